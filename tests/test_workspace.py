"""A case from files to exports, read by the toy reader."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from sayso import intake, ledger, workspace
from sayso.kit import NotACase, SaysoError, WrongUse
from sayso.model import Joined, Judgement
from sayso.workspace import Reader, Settings
from tests import toy

COURIER = """publisher: Quay Courier
published: 2031-04-11

Two officials said the crane fell first. Nobody was hurt that night."""
HERALD = """publisher: Lowland Herald
published: 2031-04-12

Quay Courier said two officials said the crane fell first."""


@pytest.fixture(autouse=True)
def parse_here(request, monkeypatch):
    """Parsing in this process: to start another takes half a second, and it has tests of its own."""
    if "processes" not in request.node.name:
        monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "courier.txt").write_text(COURIER, encoding="utf-8")
    (folder / "herald.txt").write_text(HERALD, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "quay.case"


def add(folder, *paths, **more):
    return workspace.add(folder, paths, **{"reader": toy.READER, **more})


def test_reports_are_read_into_chains(folder, reports):
    added = add(folder, reports)
    assert (added.files, added.reports, added.new, added.read, added.failures) == (2, 2, 2, 2, ())
    case = workspace.load(folder)
    chains = [[link.voice for link in one.chain] for each in case.findings for one in each.attributions]
    assert chains == [
        ["Quay Courier", "Two officials"],
        ["Lowland Herald", "Quay Courier"],
        ["Lowland Herald", "Quay Courier", "two officials"],
    ]
    assert case.reader == "toy 1"
    assert [file.name for file in case.files] == ["courier.txt", "herald.txt"]


def test_a_second_run_reads_nothing(folder, reports):
    add(folder, reports)
    added = add(folder, reports, reader=toy.NEVER)
    assert (added.reports, added.new, added.read) == (2, 0, 0)


def test_an_added_report_alone_is_read(folder, reports):
    add(folder, reports / "courier.txt")
    added = add(folder, reports)
    assert (added.reports, added.new, added.read) == (2, 1, 1)


def test_another_version_of_the_reader_reads_all_again(folder, reports):
    add(folder, reports)
    assert add(folder, reports, reader=Reader("toy 2", toy.start)).read == 2
    assert workspace.load(folder).reader == "toy 2"
    assert add(folder, reports, reader=toy.NEVER).read == 0
    assert workspace.load(folder).reader == "toy 1", "the reader used last is the case's"


def test_what_an_older_sayso_found_in_another_form_counts_as_not_read(folder, reports):
    add(folder, reports)
    with sqlite3.connect(folder / "case.sqlite") as database:
        database.execute(
            "UPDATE derived SET record = '[\"r\", [], [[\"one field\"]], [], []]' WHERE key NOT LIKE 'echoes %'"
        )
    case = workspace.load(folder)
    assert not any(each.attributions for each in case.findings)
    assert all(caveat.kind == "unread" for each in case.findings for caveat in each.caveats)
    assert add(folder, reports, reader=Reader("toy 2", toy.start)).read == 2


def test_order_and_processes_change_no_byte(tmp_path):
    reports = tmp_path / "many"
    reports.mkdir()
    for number in range(12):
        text = (
            f"publisher: Outlet {number % 5}\n\nMayor Tarn said pier {number} burned and that it would be rebuilt soon."
        )
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    files = sorted(reports.iterdir())
    for name, parts, processes in (
        ("one", [files], 1),
        ("two", [files[6:], files[:6]], 1),
        ("three", [files[::-1]], 2),
    ):
        for paths in parts:
            add(tmp_path / name, *paths, processes=processes)
    cases = [workspace.load(tmp_path / name) for name in ("one", "two", "three")]
    for form in ("chains", "json", "csv"):
        written = {workspace.export(case, form) for case in cases}
        assert len(written) == 1, form


def test_a_report_that_fails_is_named_and_tried_again(folder, reports):
    (reports / "odd.txt").write_text(f"publisher: Odd\n\nMayor Tarn said {toy.FAULT}.", encoding="utf-8")
    added = add(folder, reports)
    assert [caveat.about for caveat in added.failures] == ["odd.txt"]
    assert added.read == 2
    unread = [each for each in workspace.load(folder).findings if not each.sentences]
    assert [caveat.kind for caveat in unread[0].caveats if caveat.kind == "unread"] == ["unread"]
    assert [caveat.about for caveat in add(folder, reports).failures] == ["odd.txt"]


def test_a_report_that_kills_its_process_costs_itself_alone(folder, tmp_path):
    reports = tmp_path / "many"
    reports.mkdir()
    for number in range(10):
        said = toy.DEATH if number == 3 else f"pier {number} burned"
        (reports / f"{number}.txt").write_text(f"publisher: Odd\n\nMayor Tarn said {said}.", encoding="utf-8")
    added = add(folder, reports, processes=2)
    assert [caveat.about for caveat in added.failures] == ["3.txt"]
    assert added.read == 9


def test_what_was_read_before_a_stop_is_kept(folder, reports):
    def stop(what, done, _total):
        if what == "reports" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(folder, reports, step=stop)
    assert add(folder, reports).read == 1


def test_bad_files_are_named_and_the_rest_is_read(folder, reports):
    (reports / "empty.txt").write_bytes(b"")
    (reports / "binary.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    added = add(folder, reports, reports / "missing.txt")
    assert sorted(caveat.about for caveat in added.failures) == ["binary.txt", "empty.txt", "missing.txt"]
    assert added.reports == 2
    again = add(folder, reports)
    assert sorted(caveat.about for caveat in again.failures) == ["binary.txt", "empty.txt"], "told again on every run"
    assert {caveat.about for caveat in workspace.load(folder).caveats} == {"binary.txt", "empty.txt"}
    told = workspace.load(folder, also=added.failures)
    assert {caveat.about for caveat in told.caveats} == {"binary.txt", "empty.txt", "missing.txt"}


def test_nothing_to_read_is_wrong_use(folder, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(SaysoError, match="nothing to read"):
        add(folder, tmp_path / "none")
    assert not folder.exists()


def test_a_case_and_a_dossier_among_the_reports_are_passed_over(reports):
    add(reports / "quay.case", reports)
    (reports / "dossier.html").write_text(
        '<!doctype html><meta name=generator content="sayso 0.1.0"><p>Hello.', "utf-8"
    )
    assert add(reports / "quay.case", reports).files == 2


def test_a_publisher_given_later_fills_in_the_one_not_recorded(folder, tmp_path):
    (tmp_path / "bare.txt").write_text("Mayor Tarn said the pier burned.", encoding="utf-8")
    add(folder, tmp_path / "bare.txt")
    add(folder, tmp_path / "bare.txt", settings=Settings(publisher="Quay Courier"))
    assert [report.publisher for report in workspace.load(folder).reports] == ["Quay Courier"]


def test_what_was_not_recorded_is_remarked_once_and_is_no_failure(folder, tmp_path):
    (tmp_path / "bare.txt").write_text("Mayor Tarn said the pier burned.", encoding="utf-8")
    first = add(folder, tmp_path / "bare.txt")
    assert ("bare.txt", "publisher-not-recorded") in {(caveat.about, caveat.kind) for caveat in first.remarks}
    add(folder, tmp_path / "bare.txt", settings=Settings(publisher="Quay Courier"))
    again = add(folder, tmp_path / "bare.txt")
    assert (first.failures, again.failures, again.remarks) == ((), (), ())


def guessed(case):
    kinds = {caveat.kind for each in case.findings for caveat in each.caveats} | {one.kind for one in case.caveats}
    return {kind for kind in kinds if kind.endswith("-proposed")}


PROPOSING = "Mayor Tarn said the pier burned.\n\n2 May 2031\n© Quay Courier\n"


@pytest.mark.parametrize(
    "given",
    [
        [{"publisher": "Quay Courier", "published": "2031-05-02"}],
        [{"publisher": "Quay Courier"}, {"published": "2 May 2031"}],
        [{"publisher": "Lowland Herald", "published": "2031-05-03"}],
    ],
)
def test_what_is_given_takes_the_place_of_what_was_proposed(folder, tmp_path, given):
    (tmp_path / "bare.txt").write_text(PROPOSING, encoding="utf-8")
    add(folder, tmp_path / "bare.txt")
    assert guessed(workspace.load(folder)) == {"publisher-proposed", "published-proposed"}
    for values in given:
        added = add(folder, tmp_path / "bare.txt", settings=Settings(**values))
        assert (added.filled, added.new, added.reports, added.kept_own, added.others) == (1, 0, 1, 0, 0)
    case = workspace.load(folder)
    assert guessed(case) == set()
    (report,) = case.reports
    wanted = {"publisher": "Quay Courier", "published": "2031-05-02"} | {
        name: value for name, value in given[0].items() if len(given) == 1
    }
    assert {name: getattr(report, name) for name in wanted} == wanted
    assert add(folder, tmp_path / "bare.txt", reader=toy.NEVER).filled == 0, "looking again takes nothing back"


def test_a_report_keeps_what_it_records_itself(folder, reports):
    added = add(folder, reports, settings=Settings(publisher="Quay Courier", published="2031-04-11"))
    assert added.kept_own == 1
    assert [report.publisher for report in workspace.load(folder).reports].count("Lowland Herald") == 1


def test_reports_of_other_files_are_counted(folder, reports):
    assert add(folder, reports / "courier.txt").others == 0
    assert add(folder, reports / "herald.txt").others == 1
    assert add(folder, reports).others == 0


@pytest.mark.parametrize("date", ["yesterday", "03/04/2031"])
def test_a_date_that_is_not_understood_is_wrong_use(folder, reports, date):
    with pytest.raises(WrongUse, match="Write it as"):
        add(folder, reports, settings=Settings(published=date))
    assert not folder.exists()


def test_a_case_that_took_nothing_in_is_not_left_behind(folder, reports, tmp_path):
    (tmp_path / "empty.txt").touch()
    assert add(folder, tmp_path / "empty.txt").reports == 0
    assert not folder.exists()
    add(folder, reports)
    add(folder, tmp_path / "empty.txt")
    assert len(workspace.load(folder).reports) == 2


def test_one_text_run_by_two_outlets_is_two_reports(folder, tmp_path):
    (tmp_path / "wire.txt").write_text("Mayor Tarn said the pier burned.", encoding="utf-8")
    add(folder, tmp_path / "wire.txt", settings=Settings(publisher="Quay Courier"))
    add(folder, tmp_path / "wire.txt", settings=Settings(publisher="Lowland Herald"))
    assert [report.publisher for report in workspace.load(folder).reports] == ["Lowland Herald", "Quay Courier"]


def test_two_files_with_the_same_report_give_it_once_whatever_came_first(tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(COURIER, encoding="utf-8")
    for case, order in (("one", ("a.txt", "b.txt")), ("two", ("b.txt", "a.txt"))):
        for name in order:
            add(tmp_path / case, tmp_path / name)
    one, two = (workspace.load(tmp_path / case) for case in ("one", "two"))
    assert [report.name for report in one.reports] == ["a.txt"]
    assert workspace.export(one, "json") == workspace.export(two, "json")


@pytest.mark.parametrize("order", ["bare first", "bare last"])
def test_a_report_that_is_there_twice_under_two_names_is_filled_in_once(tmp_path, order):
    place = tmp_path / "twice"
    place.mkdir()
    for name in ("a.txt", "b.txt"):
        (place / name).write_text("Mayor Tarn said the pier burned.", encoding="utf-8")
    given = Settings(publisher="Quay Courier")
    steps = [lambda case: add(case, place), lambda case: add(case, place / "b.txt", settings=given)]
    for step in steps if order == "bare first" else steps[::-1]:
        step(tmp_path / "one.case")
    for step in steps:
        step(tmp_path / "two.case")
    one, two = (workspace.load(tmp_path / f"{name}.case") for name in ("one", "two"))
    assert [report.publisher for report in one.reports] == ["Quay Courier"]
    for form in ("json", "csv", "chains"):
        assert workspace.export(one, form) == workspace.export(two, form)
    add(tmp_path / "one.case", place / "a.txt", settings=given)
    assert [report.publisher for report in workspace.load(tmp_path / "one.case").reports] == ["Quay Courier"]


def test_the_text_is_kept_code_point_for_code_point(folder, tmp_path):
    text = "A line.\r\nThe “Émirate” said \ud800 it—\tburned\u2028down."
    (tmp_path / "odd.jsonl").write_text(json.dumps({"text": text, "publisher": "Odd"}), encoding="utf-8")
    add(folder, tmp_path / "odd.jsonl")
    case = workspace.load(folder)
    assert case.reports[0].text == text
    assert workspace.verify(folder).breaks == ()
    assert json.loads(workspace.export(case, "json"))["reports"][0]["text"] == text
    assert json.loads(workspace.export(case, "chains", with_text=True))["text"] == text


def test_echoes_are_worked_out_once(folder, reports, monkeypatch):
    add(folder, reports)
    monkeypatch.setattr(workspace.spine, "trace", lambda _reports: pytest.fail("traced again"))
    add(folder, reports)
    workspace.load(folder)


def test_names_and_incidents_are_worked_out_once(folder, reports, monkeypatch):
    add(folder, reports)
    first = workspace.load(folder)
    assert first.voices
    with monkeypatch.context() as patched:
        patched.setattr(workspace.spine, "_join", lambda *_, **__: pytest.fail("joined again"))
        add(folder, reports)
        assert workspace.load(folder) == first
    monkeypatch.setattr("sayso.workspace.loading.joining_version", lambda: "other rules")
    assert workspace.load(folder) == first


def test_only_a_judgement_on_names_has_them_worked_out_anew(folder, reports, monkeypatch):
    add(folder, reports)
    case = workspace.load(folder)
    about = case.findings[0].attributions[0].id
    workspace.judge(folder, about, verdict="accepted", reason="read it", by="Ana")
    joined = []
    monkeypatch.setattr(workspace.spine, "_join", lambda *_, **__: joined.append(1) or Joined((), (), (), ()))
    workspace.load(folder)
    assert not joined
    judgement = Judgement("", "a pair", "same", "read it", "Ana", "2031-05-04", names=("One", "Other"))
    with ledger.open_to_write(folder) as opened:
        ledger.record_judgement(opened, judgement)
    workspace.load(folder)
    assert joined


def test_judgements_are_added_and_supersede(folder, reports):
    add(folder, reports)
    about = workspace.load(folder).findings[0].attributions[0].id
    first = workspace.judge(folder, about, verdict="accepted", reason="read it", by="Ana")
    second = workspace.judge(folder, about, verdict="rejected", reason="read it again", by="Ana")
    assert (first.supersedes, second.supersedes) == (None, first.id)
    assert workspace.load(folder).judgements == (first, second)
    assert "rejected by Ana" in workspace.export(workspace.load(folder), "csv")


def test_a_judgement_must_be_about_something_and_by_somebody(folder, reports):
    add(folder, reports)
    with pytest.raises(WrongUse, match="no attribution"):
        workspace.judge(folder, "nothing", verdict="accepted", reason="", by="Ana")
    about = workspace.load(folder).reports[0].id
    with pytest.raises(WrongUse, match="who judged"):
        workspace.judge(folder, about, verdict="accepted", reason="", by=" ")
    with pytest.raises(WrongUse, match="no verdict"):
        workspace.judge(folder, about, verdict="perhaps", reason="", by="Ana")


def test_no_case_says_what_to_do(tmp_path):
    with pytest.raises(NotACase, match="sayso read"):
        workspace.load(tmp_path / "none.case")


def test_a_folder_with_other_things_does_not_become_a_case(reports):
    with pytest.raises(NotACase, match="something else"):
        add(reports, reports / "courier.txt")


def test_a_newer_case_is_not_touched(folder, reports):
    add(folder, reports)
    with sqlite3.connect(folder / "case.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(NotACase, match="newer sayso"):
        workspace.load(folder)


def test_one_program_writes_at_a_time(folder, reports):
    add(folder, reports)
    looked_at = []

    def meanwhile(_what, _done, _total):
        with pytest.raises(SaysoError, match="another program"):
            add(folder, reports / "courier.txt")
        looked_at.append(len(workspace.load(folder).reports))

    (reports / "late.txt").write_text("publisher: Late\n\nMayor Tarn said the pier stood.", encoding="utf-8")
    add(folder, reports, step=meanwhile)
    assert looked_at, "it can be looked at meanwhile"


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    with pytest.raises(SaysoError, match="-o"):
        workspace.write("text", tmp_path / "no such folder" / "dossier.html")
    workspace.write("text", tmp_path / "dossier.html")
    assert [path.name for path in Path(tmp_path).iterdir()] == ["dossier.html"]


def test_a_dossier_is_written_again_only_when_the_case_says_something_else(folder, reports, tmp_path):
    page = tmp_path / "quay.html"
    add(folder, reports / "courier.txt")
    assert workspace.refresh_dossier(folder, page)
    first = page.read_bytes()
    assert not workspace.refresh_dossier(folder, page)
    assert page.read_bytes() == first
    add(folder, reports)
    assert workspace.refresh_dossier(folder, page)
    assert b"Lowland Herald" in page.read_bytes()
    one = workspace.load(folder).findings[0].attributions[0].id
    workspace.judge(folder, one, verdict="accepted", reason="heard the tape", by="A. Reader")
    assert workspace.refresh_dossier(folder, page)


def test_a_case_is_seen_at_one_moment_while_another_program_adds_to_it(tmp_path, monkeypatch):
    """A look reads several tables. What a commit between two of them adds must not be half there."""
    (tmp_path / "first.txt").write_text("Mara Orm said the ferry was empty.")
    case = tmp_path / "a.case"
    workspace.add(case, [tmp_path / "first.txt"], reader=toy.READER)
    taken = ledger.appearances
    with ledger.open_to_write(case) as opened:
        opened.database.execute("PRAGMA busy_timeout = 0")

        def interrupted(look):
            found = taken(look)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                ledger.use_reader(opened, "another reader", "2031-05-02T10:00:00+00:00")
            return found

        monkeypatch.setattr(ledger, "appearances", interrupted)
        assert workspace.load(case).reader == toy.READER.version


def test_a_link_is_followed_and_a_pipe_is_written_to(tmp_path):
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real").write_text("before", encoding="utf-8")
    workspace.write("after", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "after"
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    workspace.write("through", tmp_path / "pipe")
    assert os.read(reading, 99) == b"through"
    os.close(reading)
    assert (tmp_path / "pipe").is_fifo()


def test_what_was_known_on_a_day(folder, reports):
    (reports / "note.txt").write_text("Two officials said the crane was old.", encoding="utf-8")
    add(folder, reports)
    case = workspace.load(folder)
    known = workspace.as_of(case, "2031-04-11")
    assert [report.publisher for report in known.reports] == ["Quay Courier"]
    assert [found.report for found in known.findings] == [known.reports[0].id]
    assert all(set(voice.reports) == {known.reports[0].id} for voice in known.voices)
    (message,) = (one.message for one in known.caveats if one.kind == workspace.AS_OF)
    assert message == (
        "What was known on 2031-04-11: 1 report of a later day left out, and 1 report whose day of publication is not "
        "known."
    )
    assert len(known.files) == 1
    assert len(workspace.as_of(case, "2031-04-12").reports) == 2


def test_nothing_was_known_yet(folder, reports):
    add(folder, reports)
    case = workspace.load(folder)
    with pytest.raises(WrongUse, match=r"The first is of 2031-04-11\."):
        workspace.as_of(case, "2031-04-10")
    with pytest.raises(WrongUse, match="no day"):
        workspace.as_of(case, "last Monday")
