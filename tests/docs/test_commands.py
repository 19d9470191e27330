"""Every command that the documentation names exists, with its options; every example runs on the invented case."""

from __future__ import annotations

import gzip
import json
import re
import shlex
import shutil
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from press.site import ROOT
from sayso.cli import commands

PAGES = ("README.md", "docs/tutorial.md", "docs/how-to.md", "docs/reference.md", "docs/explanation.md")
EXAMPLE = ROOT / "examples" / "harbour-fire"
CONNECTS = "--fetch"
"""The one option that needs a network: such lines are only parsed."""
SERVES = "serve"
"""The one command that does not end by itself: it is only parsed here, and run in tests/web."""


class Line(NamedTuple):
    """One line of a block of commands."""

    page: str
    section: str
    words: str

    @property
    def args(self):
        """What follows `sayso`, without a comment and without what the shell does with the output."""
        words = shlex.split(re.sub(r'^eval "\$\((.*)\)"', r"\1", self.words), comments=True)
        words = words[len(words) - words[::-1].index("sayso") :]
        return words[: words.index(">")] if ">" in words else words


def blocks(page):
    """Each block of code with the heading above it."""
    section = ""
    tokens = MarkdownIt("commonmark").parse((ROOT / page).read_text("utf-8"))
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open":
            section = after.content
        if token.type in {"code_block", "fence"}:
            yield section, token.content


def lines():
    for page in PAGES:
        for section, block in blocks(page):
            for words in block.splitlines():
                yield Line(page, section, words.strip().replace(".venv/bin/", ""))


LINES = [line for line in lines() if re.match(r'(eval "\$\()?sayso ', line.words)]
EXAMPLES = [
    Line("help", name, line.strip())
    for name in commands.list_commands(None)
    for line in (commands.commands[name].epilog or "").strip().splitlines()
]
RUN = [line for line in LINES if CONNECTS not in line.words and line.args[0] != SERVES]


def parse(args):
    """Raises click's own error for a command or an option that is not there."""
    name, command, rest = commands.resolve_command(click.Context(commands), args)
    return command.make_parser(click.Context(command, info_name=name)).parse_args(list(rest))


@pytest.mark.parametrize("line", [*LINES, *EXAMPLES], ids=lambda line: line.words)
def test_each_line_is_a_command_with_options_that_are_there(line):
    parse(line.args)


def test_a_wrong_option_would_be_seen():
    with pytest.raises(click.NoSuchOption):
        parse(["claims", "harbour.case", "--sorted"])
    with pytest.raises(click.UsageError):
        parse(["gossip"])


@pytest.mark.parametrize("name", commands.list_commands(None))
def test_every_command_is_documented(name):
    assert any(f"sayso {name}" in (ROOT / page).read_text("utf-8") for page in PAGES)


def test_targets_and_modules_of_the_documentation_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    texts = [(ROOT / page).read_text("utf-8") for page in (*PAGES, "CONTRIBUTING.md")]
    made = {name for text in texts for name in re.findall(r"(?:^    |`)make ([a-z-]+)", text, re.MULTILINE)}
    modules = {name for text in texts for name in re.findall(r"python -m (evals\.[a-z_]+)", text)}
    assert made
    assert made <= targets
    assert modules
    assert all((ROOT / f"{name.replace('.', '/')}.py").exists() for name in modules)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    """The folder that the how-to page speaks of: harbour.case, made from the invented reports, and some files."""
    folder = tmp_path_factory.mktemp("harbour")
    run(["dossier", str(EXAMPLE / "reports"), "-o", str(folder / "harbour.html"), "-q"])
    shutil.copyfile(EXAMPLE / "drafts" / "trade-weekly.txt", folder / "article.txt")
    (folder / "witnesses.txt").write_text("Wenna Sturrick\n", encoding="utf-8")
    article = {"body": "The pier was shut on Friday, the harbour master said.", "outlet": "Gull Post"}
    (folder / "articles.jsonl.gz").write_bytes(gzip.compress(json.dumps(article).encode()))
    for name in ("new-reports", "reports"):
        (folder / name).mkdir()
        (folder / name / "gull.txt").write_text("publisher: Gull Post\npublished: 2031-05-02\n\n" + article["body"])
    shutil.copytree(EXAMPLE, folder / "examples" / "harbour-fire")
    return folder


def run(args, *, file=None):
    """The command's own exit status, as the shell would see it."""
    done = CliRunner().invoke(commands, args, standalone_mode=False)
    if file:
        file.write_text(done.stdout, encoding="utf-8")
    assert done.exception is None, f"{shlex.join(args)}: {done.exception}"
    assert not done.return_value, f"{shlex.join(args)}: {done.output}"
    return done.stdout


def filled(args, case):
    """The words in capitals that stand for something of one's own."""
    given = {"FOLDER": "reports", "CASE": "harbour.case", "FILE": "article.txt", "DRAFT": "article.txt"}
    if "ID" in args:
        listed = json.loads(run(["lineage", case, "--slot", "killed", "--format", "json"]))
        ids = iter(row["id"] for row in listed)
        return [next(ids) if word == "ID" else word for word in args]
    return [given.get(word, word) for word in args]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "section"), list(dict.fromkeys((line.page, line.section) for line in RUN)), ids=lambda part: part
)
def test_every_example_runs_on_the_invented_case(page, section, harbour, tmp_path, monkeypatch):
    work = tmp_path / "work"
    shutil.copytree(harbour, work)
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(tmp_path))
    if page.endswith("tutorial.md"):
        for name in ("story.case", "harbour-fire.case"):
            shutil.copytree("harbour.case", name)
    for line in RUN:
        if (line.page, line.section) == (page, section):
            written = re.search(r"> (\S+)", line.words)
            run(filled(line.args, "harbour.case"), file=work / written[1] if written else None)


PYTHON = [block for page in PAGES for _, block in blocks(page) if "import sayso" in block]


@pytest.mark.slow
@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.splitlines()[-1])
def test_every_example_in_python_runs(block, harbour, monkeypatch):
    if "pandas" in block:
        pytest.importorskip("pandas")
    monkeypatch.chdir(harbour)
    exec(compile(block, "example", "exec"), {})  # noqa: S102 (our own documentation)
