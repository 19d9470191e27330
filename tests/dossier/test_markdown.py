"""The dossier as Markdown: the page's parts in their order, every statement with its note, no markup of a report."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from sayso.dossier import compose, compose_markdown
from sayso.dossier.markdown import escaped
from tests.dossier.case_of_ostra import ostra
from tests.dossier.test_questions import asked

HARMFUL = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- x -->", "[x](javascript:alert(1))",
    "![x](http://x/y)", "[x]: http://x.example", "<http://x.example>", "<a@x.example>", "https://x.example/y",
    "www.x.example", "a@x.example", "# head", "## head", "> quote", "- item", "+ item", "* item", "1. item",
    "7) item", "***", "---", "===", "```", "~~~", "`code`", "**strong**", "_emphasis_", "~~gone~~",
    "| a | b |", "&lt;b&gt;", "&#60;b&#62;", "a\n\n# head", "a\n    code", "a\r\n\r\n<b>x</b>", "a  \nb", "\\",
    "\\[x\\](y)", "[^1]: note", "[^1]", "$x$", "{% raw %}", "{{ x }}", "{: .x }", ": x", "a\u2028# head",
    "\u202ex", "\t# head", " 1. item", "<b", "a\n===", "a\n---", "a\x85# head", "a\x0b- item",
)  # fmt: skip

PLAIN = {"text", "softbreak"}


def parsed(text):
    """With all that a reader of Markdown may add: HTML, tables, strikethrough, links of bare addresses."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return reader.parse(text)


@pytest.mark.parametrize("words", HARMFUL)
@pytest.mark.parametrize("before", ["", "- ", "> ", "  - ", "| a |\n| --- |\n| ", "## ", "“", "**"])
def test_nothing_of_a_report_becomes_markup(words, before):
    after = "**" if before == "**" else ""
    harmless = parsed(f"{before}{escaped('plain words')}{after}\n")
    harmful = parsed(f"{before}{escaped(words)}{after}\n")
    assert [one.type for one in harmful] == [one.type for one in harmless]
    inside = {child.type for one in harmful if one.children for child in one.children}
    assert inside <= PLAIN | {"strong_open", "strong_close"}


@pytest.mark.parametrize("words", ["https://x.example", "HTTP://x.example", "www.x.example", "a@x.example", "mailto:a"])
def test_no_bare_address_is_left_to_be_made_a_link(words):
    assert not re.search(r"(?<!\\):(?=//)|www\.|(?<!\\)@|mailto:", escaped(words), re.IGNORECASE)


def test_words_come_through_as_they_are():
    reader = MarkdownIt("commonmark")
    for words in (
        "It was 1.5 km away.",
        "Tom & Jerry: 50 % (or more)",
        "a_b*c",
        "“Yes,” he said – O'Brien’s U.S. view",
    ):
        (_, inline, _) = reader.parse(escaped(words))
        assert "".join(child.content for child in inline.children) == words


@pytest.fixture(scope="module")
def text():
    return compose_markdown(asked(ostra()), title="The fire")


def test_a_hostile_case_has_no_html_and_no_link(text):
    tokens = parsed(text)
    inside = [child for one in tokens if one.children for child in one.children]
    kinds = {one.type for one in tokens} | {child.type for child in inside}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block", "fence", "hr"}
    assert "<" not in re.sub(r"\\<", "", text)


def test_the_parts_stand_in_the_order_of_the_page(text):
    html = compose(asked(ostra()))
    page = re.findall(r"<section id=(\w+) ", html)
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    named = {
        "look": "In one look", "disputes": "Questions in dispute", "ledgers": "Ledgers", "hypotheses": "Hypotheses",
        "timeline": "Timeline", "voices": "Voices and their claims", "incidents": "Incidents", "cast": "Cast",
        "reports": "Reports", "echoes": "Who echoes whom", "drift": "What changed on the way",
        "silence": "Who is silent", "new": "What is new in the last reports", "caveats": "Caveats",
        "assumed": "Assumptions", "custody": "Custody",
    }  # fmt: skip
    assert [named[name] for name in page] == [one for one in heads if one in named.values()]
    assert heads[-1] == "Notes"


def test_every_note_is_there_once_and_says_where_it_stands(text):
    body, _, notes = text.partition("\n## Notes\n")
    asked_for = list(dict.fromkeys(re.findall(r"(?<!\\)\[\^(\d+)\]", body)))
    told = re.findall(r"^\[\^(\d+)\]: (.*)$", notes, re.MULTILINE)
    assert asked_for == [number for number, _ in told] == [str(n) for n in range(1, len(told) + 1)]
    assert all(
        re.search(r"Report \d+, .*, (paragraph|page) \d+, .*sentence \d+\.", words, re.IGNORECASE) for _, words in told
    )
    assert '“Harbour master Ilse Varn said the fire "started in warehouse four", where paint was stored.”' in notes


def test_every_claim_has_its_sentence_as_a_quotation(text):
    voices = text.partition("## Voices and their claims")[2].partition("## Incidents")[0]
    claims = re.findall(r"^- .*\[\^\d+\]\n\n  > \S", voices, re.MULTILINE)
    assert len(claims) == voices.count("[^") == 11


def test_the_same_case_gives_the_same_text(text):
    assert compose_markdown(asked(ostra()), title="The fire") == text
