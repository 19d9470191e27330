"""The commands `new`, `silence`, `ask`, and what `read` says of new reports: on the invented case."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from sayso import workspace
from sayso.cli import commands
from sayso.kit import WrongUse
from sayso.model.novelty import News


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The invented case, read."""
    place = tmp_path_factory.mktemp("novelty") / "harbour.case"
    workspace.add(place, [workspace.example()])
    return place


@pytest.fixture(scope="session")
def case(folder):
    return workspace.load(folder)


def run(*args):
    done = CliRunner().invoke(commands, [str(one) for one in args])
    assert done.exception is None, done.output
    return done


def of(case, name, place="") -> tuple[str, News]:
    (report,) = [one for one in case.reports if one.name == name and one.place == place]
    return report.id, next(one for one in workspace.news(case) if one.report == report.id)


def test_the_rewritten_wire_story_repeats_the_wire(case):
    """README of the case: the Herald rewrites the wire almost word for word under its dateline."""
    wire, _ = of(case, "tessera-2031-04-11.txt")
    _, herald = of(case, "archive.jsonl", "line 1")
    assert {(one.original, one.kind) for one in herald.echoes} >= {(wire, "credit"), (wire, "passage")}
    repeats = [one for one in herald.gains if one.kind == "repeat"]
    assert len(repeats) > len(herald.adds)
    assert {one.known[0] for one in repeats} == {wire}
    assert {one.heard for one in repeats} <= {"credit", "passage"}


def test_the_leak_is_passed_on(case):
    """README: Radio Ketterand and the Courier relay the leak, the Whistle relays it without its hedge."""
    line, leak = of(case, "archive.jsonl", "line 2")
    for name, place in (("archive.jsonl", "line 3"), ("courier-2031-04-15.html", "")):
        assert (line, "relay") in {(one.original, one.kind) for one in of(case, name, place)[1].echoes}
    radio, _ = of(case, "ketterand-2031-04-14.txt")
    assert (radio, "relay") in {(one.copy, one.kind) for one in (*leak.echoed, *leak.echoes)}


def test_the_other_fire_has_nothing_to_do_with_the_case(case):
    """README: the Herald of 13 April is about another fire."""
    _, other = of(case, "archive.jsonl", "line 4")
    assert not other.clashes
    assert not other.echoes
    spoken = {one.question for each in workspace.news(case) if each != other for one in each.gains}
    assert not spoken & {one.question for one in other.gains}


def test_the_denial_of_the_missing_is_the_first(case):
    """README: the missing are none by the ministry; the movement names 26."""
    _, courier = of(case, "courier-2031-04-11.html")
    (denial,) = [one for one in courier.adds if one.kind == "denial"]
    (question,) = [one for one in case.questions if one.id == denial.question]
    assert question.slot == "missing"
    assert any(one.question == denial.question and one.is_new for one in courier.clashes)


def test_who_declined_and_who_denied(case):
    """README: the colonel denies, so he is not silent. The fire officer will not speak of bodies, of the fire she does.

    The ministry's spokesman will not say how it knew of a forgery: that is no question about the fire.
    """
    (order,) = [one for one in case.questions if one.slot == "ordered_by"]
    silent = {one.name: one for one in workspace.silences(case) if one.question == order.id}
    slots = {one.id: one.slot for one in case.questions}
    declined = {(slots[one.question], one.name) for one in workspace.silences(case) if one.kind == "declined"}
    assert declined == {("killed", "Chief Fire Officer Nessa Quorle")}
    assert "Okhandril" not in " ".join(silent)
    assert not {one.name for one in workspace.silences(case)} & {report.publisher for report in case.reports}


def test_what_falls_with_the_magazine_that_has_the_leak(case):
    """README: four reports, one origin. Without the magazine the order rests on less."""
    line, _ = of(case, "archive.jsonl", "line 2")
    fallen = workspace.what_falls(case, workspace.if_retracted(case, line))
    (order,) = [one for one in fallen if one.question.startswith("Who ordered it?")]
    assert order.origins_after[1] < order.origins_before[1]


def test_new_tells_every_report_and_since_a_day_the_later_ones(folder, case):
    everything = run("new", folder, "--brief").output
    assert everything.count("2031-04-") >= len(case.reports)
    later = run("new", folder, "--since", "2031-04-15", "--brief").output.splitlines()
    heads = [line for line in later if not line.startswith(" ")]
    assert len(heads) == sum(one.published[:10] >= "2031-04-15" for one in case.reports)
    behind = run("new", folder, "--since", "tessera-2031-04-17.txt", "--brief").output
    assert "tidings-2031-04-19.html" in behind
    assert "courier" not in behind.splitlines()[0]


def test_since_somebody_or_nothing_is_wrong_use(case):
    with pytest.raises(WrongUse, match="is a voice"):
        workspace.since(case, case.voices[0].id)
    with pytest.raises(WrongUse, match="no report and no voice"):
        workspace.since(case, "yesterday")


@pytest.mark.parametrize(
    ("command", "columns"),
    [("new", workspace.NEWS_COLUMNS), ("silence", workspace.SILENCE_COLUMNS), ("ask", workspace.ASK_COLUMNS)],
)
def test_tables_for_programs(folder, command, columns):
    rows = list(csv.DictReader(io.StringIO(run(command, folder, "--format", "csv").output)))
    assert rows
    assert tuple(rows[0]) == columns
    assert len(json.loads(run(command, folder, "--format", "json").output)) == len(rows)


def test_silence_shows_a_few_and_all(folder):
    short, full = run("silence", folder, "--disputed").output, run("silence", folder, "--disputed", "--all").output
    assert "more: --all" in short
    assert len(full.splitlines()) > len(short.splitlines())


def test_ask_tells_so_many_in_words_without_weights(folder):
    lines = run("ask", folder, "--most", "3").output.splitlines()
    assert [line[:7] for line in lines] == ["1. Ask ", "2. Ask ", "3. Ask "]
    assert "0." not in "".join(lines)


def test_export_holds_it(case):
    found = json.loads(workspace.export(case, "json"))
    assert [one["report"] for one in found["news"]] == [one.id for one in case.reports]
    assert found["silences"][0].keys() >= {"question", "voice", "part", "kind", "declined"}
    assert found["asks"][0]["ask"][0].keys() == {"voice", "name", "kind", "declined"}


def test_read_tells_what_new_reports_add(tmp_path):
    reports = workspace.example()
    first = run("read", reports / "tessera-2031-04-11.txt", "--case", tmp_path / "c", "--processes", 1)
    assert "New question: " in first.stderr
    assert "In full: sayso new" in first.stderr
    again = run("read", reports / "tessera-2031-04-11.txt", "--case", tmp_path / "c", "--processes", 1)
    assert "sayso new" not in again.stderr
    quiet = run("read", reports / "tidings.txt", "--case", tmp_path / "c", "--quiet", "--processes", 1)
    assert "New" not in quiet.stderr
    filled = run(
        "read", reports / "tidings.txt", "--case", tmp_path / "c", "--publisher", "The Mazrin Tidings",
        "--published", "2031-04-13", "--processes", 1,
    )  # fmt: skip
    assert "sayso new" not in filled.stderr
