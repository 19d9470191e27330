"""The command line, in this process with the toy reader, and once or twice as its own process."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import __version__, cli, intake, workspace
from sayso.fetch import Fetched
from sayso.kit import SaysoError
from sayso.model import Case, Claim, Event, Findings, Link, Quantity, Reply, Report, Role, Span, When
from tests import toy

COURIER = (
    "publisher: Quay Courier\npublished: 2031-04-11\n\nTwo officials said the crane fell first. It rained that night."
)
HERALD = (
    "publisher: Lowland Herald\npublished: 2031-04-12\n\nQuay Courier said two officials denied the crane fell first."
)


@pytest.fixture
def sayso(monkeypatch, capsys, tmp_path):
    """Runs the program; gives exit status, standard output, standard error."""
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    monkeypatch.setattr(workspace, "default_reader", lambda limit=0: toy.READER)
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["sayso", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


@pytest.fixture
def reports(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "courier.txt").write_text(COURIER, encoding="utf-8")
    (tmp_path / "reports" / "herald.txt").write_text(HERALD, encoding="utf-8")
    return "reports"


@pytest.fixture
def case(sayso, reports):
    assert sayso("read", reports, "--case", "quay.case")[0] == 0
    return "quay.case"


def test_dossier_writes_one_file_and_says_where(sayso, reports):
    status, out, err = sayso("dossier", reports)
    assert (status, out) == (0, "")
    assert "The dossier: dossier.html" in err
    assert "Two officials" in Path("dossier.html").read_text(encoding="utf-8")
    assert Path("dossier.case").is_dir()


def test_the_case_is_named_after_the_output_and_gives_the_title(sayso, reports):
    assert sayso("dossier", reports, "-o", "story.html")[0] == 0
    assert Path("story.case").is_dir()
    assert not Path("dossier.case").exists()
    assert "story" in Path("story.html").read_text(encoding="utf-8")
    assert sayso("dossier", reports, "-o", "story.html", "--title", "The fallen crane")[0] == 0
    assert "The fallen crane" in Path("story.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("case", "title"), [("dossier.case", ""), ("a/quay fire.case", "quay fire"), ("quay", "quay")])
def test_a_case_gives_its_name_as_title(case, title):
    assert cli.reading._title(Path(case)) == title


def test_reports_that_the_case_held_before_are_said(sayso, reports):
    assert "other" not in sayso("dossier", f"{reports}/courier.txt")[2]
    err = sayso("dossier", f"{reports}/herald.txt")[2]
    assert "2 reports in dossier.case: 1 new, 1 read now. 1 was in it before.\n" in err
    assert "The case held 1 other report before; the dossier shows all 2. For a case of its own use --case.\n" in err
    assert "of its own" not in sayso("dossier", f"{reports}/herald.txt", "--case", "dossier.case")[2]


def test_what_was_given_is_said_to_be_recorded_or_not_used(sayso, reports):
    Path("bare.txt").write_text("Mayor Tarn said the pier burned.\n\n© Quay Courier\n", encoding="utf-8")
    sayso("dossier", "bare.txt")
    assert "Recorded as given, for 1 report" in sayso("dossier", "bare.txt", "--publisher", "Quay Courier")[2]
    err = sayso("dossier", f"{reports}/herald.txt", "--publisher", "Quay Courier")[2]
    assert "Not used for 1 report" in err


@pytest.mark.parametrize("place", ["gone/dossier.html", "bare.txt/dossier.html", "dossier.case"])
def test_a_place_where_nothing_can_be_written_is_refused_first(sayso, reports, place):
    Path("bare.txt").touch()
    status, _, err = sayso("dossier", reports, "-o", place)
    assert (status, "-o" in err) == (2, True), err
    assert sorted(path.name for path in Path().iterdir()) == ["bare.txt", "reports"], "nothing was read"


def test_the_demo_takes_no_options_about_reports(sayso):
    assert not any(name in sayso("demo", "--help")[1] for name in ("--field", "--publisher", "--published"))


def test_a_second_dossier_passes_over_the_first(sayso, reports):
    assert sayso("dossier", ".")[0] == 0
    status, _, err = sayso("dossier", ".")
    assert (status, "2 reports in dossier.case: 0 new, 0 read now" in err) == (0, True), err


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(sayso, reports):
    Path(reports, "empty.txt").touch()
    status, _, err = sayso("dossier", reports, "gone.txt")
    assert status == 1
    assert "empty.txt is empty." in err
    assert "gone.txt does not exist" in err
    assert "Two officials" in Path("dossier.html").read_text(encoding="utf-8")


def test_without_any_readable_report_there_is_no_dossier(sayso):
    Path("empty.txt").touch()
    status, _, err = sayso("dossier", "empty.txt")
    assert status == 1
    assert "no dossier" in err
    assert not Path("dossier.html").exists()
    assert not Path("dossier.case").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read", "reports"], "--case"),
        (["read", "nowhere", "--case", "quay.case"], "nothing to read"),
        (["read", "https://example.org/report", "--case", "quay.case"], "fetched only by sayso read --fetch"),
        (["read", "reports", "--case", "quay.case", "--field", "colour=red"], "FIELD=KEY"),
        (["read", "reports", "--case", "quay.case", "--limit", "0"], "--limit"),
        (["dossier"], "REPORTS"),
        (["dossier", "reports", "--published", "yesterday"], "2031-05-02"),
        (["claims", "reports"], "no case"),
        (["verify", "nowhere.case"], "no case"),
        (["export", "quay.case"], "--format"),
        (["export", "quay.case", "--format", "docx"], "chains"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_use_is_said_and_ends_with_two(sayso, reports, arguments, message):
    status, out, err = sayso(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_claims_as_a_table_and_for_programs(sayso, case, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    status, out, _ = sayso("claims", case)
    assert status == 0
    assert "Lowland Herald → Quay Courier → two officials" in " ".join(out.split())
    rows = json.loads(sayso("claims", case, "--format", "json")[1])
    lines = [json.loads(line) for line in sayso("claims", case, "--format", "jsonl")[1].splitlines()]
    table = list(csv.DictReader(io.StringIO(sayso("claims", case, "--format", "csv")[1])))
    assert len(rows) == len(lines) == len(table) == 3
    assert rows == lines
    assert [row["claim"] for row in rows] == [row["claim"] for row in table]
    assert rows[-1]["stance"] == "denies"
    assert (rows[-1]["probability"], rows[-1]["chain_probability"], rows[-1]["unsure"]) == (0.9, 0.8, False)


def test_what_is_unsure_is_said_in_every_listing(sayso, case, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    assert "unsure" not in sayso("claims", case)[1]
    monkeypatch.setattr("sayso.model.report.UNSURE", 0.85)
    out = sayso("claims", case)[1]
    assert "asserts, unsure" in out
    assert "denies, unsure" in out
    rows = json.loads(sayso("voices", case, "--format", "json")[1])
    assert all(row["unsure"] == row["speaks"] for row in rows)
    assert all(row["unsure"] for row in json.loads(sayso("claims", case, "--format", "json")[1]))


def test_what_reporters_say_themselves_has_no_probability(sayso, case):
    rows = json.loads(sayso("claims", case, "--own", "--format", "json")[1])
    own = [row for row in rows if row["own_voice"]]
    assert own
    assert {(row["probability"], row["chain_probability"], row["unsure"]) for row in own} == {(None, None, None)}


def test_the_table_fits_a_narrow_terminal(sayso, case, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = sayso("claims", case)[1]
    assert max(map(len, out.splitlines())) <= 60


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 100])
def test_no_word_is_broken(sayso, case, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for command in ("claims", "voices"):
        words = set(sayso(command, case)[1].split())
        assert {"officials", "Courier"} <= words
    assert {"crane", "first"} <= set(sayso("claims", case)[1].split())


def test_claims_say_where_they_stand(sayso, case):
    rows = json.loads(sayso("claims", case, "--own", "--format", "json")[1])
    order = [report.publisher for report in workspace.load(case).reports]
    places = {row["claim"]: row["where"] for row in rows}
    assert places["It rained that night."] == f"{order.index('Quay Courier') + 1}:2"
    assert places["two officials denied the crane fell first"] == f"{order.index('Lowland Herald') + 1}:1"
    assert places["It rained that night."] in sayso("claims", case, "--own")[1]


def test_a_voice_that_nobody_has_is_said(sayso, case):
    status, _, err = sayso("claims", case, "--voice", "zzz")
    assert (status, err) == (0, "No voice has these words.\n")
    assert sayso("claims", case, "--voice", "courier")[2] == ""


def test_the_chain_keeps_every_hedge(sayso, case, monkeypatch):
    links = (
        Link("Quay Courier"),
        Link("Survivors", "alleges", "probable"),
        Link("Harbour Office", "orders", "unknown"),
    )
    claim = Claim("c", "r", (Span(0, 9),), links, "a", "orders", "unknown")
    report = Report("r", "Close it.", "", "f", "a.txt")
    monkeypatch.setattr(workspace, "load", lambda _case: Case((report,), (Findings("r", claims=(claim,)),)))
    (row,) = json.loads(sayso("claims", case, "--format", "json")[1])
    assert row["chain"] == "Quay Courier → Survivors (alleges, probable) → Harbour Office (orders)"
    assert (row["stance"], row["certainty"], row["weakest_certainty"]) == ("orders", "unknown", "probable")


def test_claims_say_everything_to_programs(sayso, monkeypatch):
    text = "Four men died on Saturday."
    died = Event("e", Span(9, 13), "die", "death", (Role("patient", Span(0, 8)),), 2.9)
    links = (Link("Quay Courier"), Link("an official", "alleges", "probable", resolved=False))
    claim = Claim(
        "c", "r", (Span(0, 25),), links, "a", events=("e",), polarity="negative",
        replies=(Reply("killed", is_for=True, span=Span(0, 4), score=0.9),),
    )  # fmt: skip
    found = Findings(
        "r", claims=(claim,), events=(died,), quantities=(Quantity(Span(0, 4), 4, 4, "man", "killed", "", "Four"),),
        times=(When(Span(17, 25), "2031-05-03", "2031-05-03", "Saturday"),),
    )  # fmt: skip
    monkeypatch.setattr(workspace, "load", lambda _case: Case((Report("r", text, "", "", ""),), (found,)))
    (row,) = json.loads(sayso("claims", "case", "--format", "json")[1])
    assert (row["polarity"], row["inferred"]) == ("negative", False)
    assert row["links"][1] == {"voice": "an official", "stance": "alleges", "certainty": "probable", "resolved": False}
    roles = [{"role": "patient", "words": "Four men", "offsets": [0, 8]}]
    assert row["events"] == [
        {
            "id": "e",
            "words": "died",
            "offsets": [9, 13],
            "lemma": "die",
            "kind": "death",
            "factuality": 2.9,
            "roles": roles,
        }
    ]
    (count,), (time,), (reply,) = row["quantities"], row["times"], row["replies"]
    assert (count["words"], count["low"], count["high"], count["fate"]) == ("Four", 4, 4, "killed")
    assert (time["words"], time["earliest"], time["latest"]) == ("Saturday", "2031-05-03", "2031-05-03")
    assert (reply["question"], reply["is_for"], reply["words"]) == ("killed", True, "Four")
    assert "events" not in next(csv.DictReader(io.StringIO(sayso("claims", "case", "--format", "csv")[1])))


def test_claims_about_something(sayso, case):
    status, out, err = sayso("claims", case, "--about", "crane", "--format", "json")
    assert (status, err) == (0, "Taken as claims with the words “crane”: 3 claims.\n")
    assert len(json.loads(out)) == 3
    status, out, err = sayso("claims", case, "--about", "rained", "--format", "json")
    assert (status, json.loads(out)) == (0, [])
    assert "1 claim more in the reporters' own voice: --own" in err
    status, _, err = sayso("claims", case, "--about", "ferry")
    assert status == 2
    assert "No claim is about 'ferry'" in err


@pytest.mark.parametrize("command", ["claims", "questions", "incidents", "timeline", "tolls"])
def test_as_of_a_day(sayso, case, command):
    status, _, err = sayso(command, case, "--as-of", "2031-04-11")
    assert status == 0
    assert "What was known on 2031-04-11: 1 report of a later day left out." in err
    assert sayso(command, case, "--as-of", "yesterday")[0] == 2
    status, _, err = sayso(command, case, "--as-of", "2031-04-01")
    assert (status, "The first is of 2031-04-11." in err) == (2, True)


def test_claims_as_of_a_day(sayso, case):
    rows = json.loads(sayso("claims", case, "--as-of", "2031-04-11", "--format", "json")[1])
    assert {row["publisher"] for row in rows} == {"Quay Courier"}


def test_a_timeline_without_lines(sayso, case):
    assert sayso("timeline", case)[::2] == (0, "No line.\n")
    assert json.loads(sayso("timeline", case, "--format", "json")[1]) == []
    status, _, err = sayso("timeline", case, "--incident", "fire")
    assert (status, "The reports tell of no incident." in err) == (2, True)


def test_claims_of_one_voice(sayso, case):
    rows = json.loads(sayso("claims", case, "--voice", "courier", "--format", "json")[1])
    assert {row["publisher"] for row in rows} == {"Quay Courier", "Lowland Herald"}
    assert json.loads(sayso("claims", case, "--voice", "nobody", "--format", "json")[1]) == []


def test_claims_with_the_reporters_own(sayso, case):
    rows = json.loads(sayso("claims", case, "--own", "--format", "json")[1])
    assert [row["claim"] for row in rows if row["own_voice"]] == ["It rained that night."]


def test_voices(sayso, case):
    rows = json.loads(sayso("voices", case, "--format", "json")[1])
    assert {row["voice"] for row in rows} >= {"Quay Courier", "Two officials", "two officials"}
    assert "speaks" in sayso("voices", case)[1]


def test_export_to_standard_output_and_to_a_file(sayso, case):
    for form in ("chains", "json", "csv"):
        status, out, _ = sayso("export", case, "--format", form)
        assert status == 0
        assert sayso("export", case, "--format", form, "-o", "out")[1] == ""
        assert Path("out").read_bytes() == out.encode()
        assert sayso("export", case, "--format", form, "-o", "-")[1] == out
    assert not Path("-").exists()


def test_a_dossier_taken_for_a_case_names_its_case(sayso, reports):
    assert sayso("dossier", reports, "-o", "story.html")[0] == 0
    status, _, err = sayso("questions", "story.html")
    assert (status, "The case that stands beside it is story.case" in err) == (2, True)


def test_verify_names_the_first_break(sayso, case):
    status, out, _ = sayso("verify", case)
    assert status == 0
    assert "2 files, 2 texts" in out
    kept = next(path for path in Path(case, "files").glob("*/*"))
    kept.chmod(0o644)
    kept.write_bytes(b"other words")
    status, out, err = sayso("verify", case)
    assert status == 1
    assert err.startswith("First break: ")
    assert "\n1 break; checked 2 files" in err
    assert "was changed" in err


def test_quiet_still_names_what_cannot_be_read(sayso, reports):
    Path(reports, "empty.txt").touch()
    status, out, err = sayso("read", reports, "--case", "quay.case", "--quiet")
    assert (status, out, err) == (1, "", "empty.txt is empty.\n")


def test_hostile_names_bring_no_control_characters_to_the_terminal(sayso):
    Path("red\x1b[31m.txt").touch()
    assert "\x1b" not in sayso("dossier", ".")[2]


def test_stopping_says_that_nothing_is_lost(sayso, reports, monkeypatch):
    def stopped(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(workspace, "add", stopped)
    status, _, err = sayso("read", reports, "--case", "quay.case")
    assert status == 130
    assert "goes on from there" in err


@pytest.mark.parametrize("command", sorted(cli.commands.commands))
def test_every_command_has_help_with_examples(sayso, command):
    status, out, _ = sayso(command, "--help")
    assert status == 0
    assert "Examples:" in out
    assert f"sayso {command}" in out.split("Examples:")[1]


def test_version(sayso):
    assert sayso("--version") == (0, f"sayso {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(sayso, shell):
    if shell == "bash" and not any(os.access(Path(place, "bash"), os.X_OK) for place in os.get_exec_path()):
        pytest.skip("no bash here")
    status, out, _ = sayso("completion", shell)
    assert status == 0
    assert "_SAYSO_COMPLETE" in out


def run_alone(code, **environment):
    """Runs Python code in a process of its own that finds the same packages."""
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run([sys.executable, "-c", code], env=found, capture_output=True, text=True, check=False)


MAIN = "from sayso.cli import main; main()"


def test_completion_completes():
    done = run_alone(MAIN, _SAYSO_COMPLETE="bash_complete", COMP_WORDS="sayso do", COMP_CWORD="1")
    assert done.stdout.strip() == "plain,dossier"


def test_help_loads_nothing_slow():
    """The libraries that take long to import are left alone until they are needed."""
    done = run_alone(f"import atexit, sys; sys.argv = ['', '-h']; atexit.register(lambda: print(*sys.modules)); {MAIN}")
    slow = {"numpy", "onnxruntime", "tokenizers", "trafilatura", "htmldate", "lxml", "rich", "sqlite3", "jinja2"}
    assert "Usage: sayso" in done.stdout
    assert slow & set(done.stdout.split()) == set()


def test_a_closed_pipe_is_no_fault(case):
    """The reader of the output goes away before anything is written, as in `sayso claims CASE | head`."""
    read, write = os.pipe()
    os.close(read)
    code = f"import os, sys; os.dup2({write}, 1); sys.argv = ['', 'claims', {case!r}]; {MAIN}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        pass_fds=[write],
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_a_dossier_of_a_case_needs_no_reports(sayso, case):
    assert sayso("dossier", "--case", case, "-o", "d.html") == (0, "", "The dossier: d.html\n")
    assert "Lowland Herald" in Path("d.html").read_text(encoding="utf-8")
    assert sayso("dossier")[0] == 2
    status, _, err = sayso("dossier", case, "-o", "e.html")
    assert (status, "sayso dossier --case CASE" in err) == (2, True)


def test_versions_tells_what_changed_at_an_address(sayso, tmp_path):
    page = "url: https://courier.example/crane\npublished: 2031-04-11\n\nTwo officials said the crane fell first."
    Path("a.txt").write_text(page, encoding="utf-8")
    assert sayso("read", "a.txt", "--case", "q.case")[0] == 0
    assert sayso("versions", "q.case")[1:] == ("", "No address in this case has two texts.\n")
    Path("b.txt").write_text(page.replace("04-11", "04-12").replace("Two", "Three"), encoding="utf-8")
    status, _, err = sayso("read", "b.txt", "--case", "q.case")
    assert status == 0
    assert "1 new report has an address that has another text in the case. Compare: sayso versions q.case" in err
    (row,) = json.loads(sayso("versions", "q.case", "--format", "json")[1])
    assert (row["earlier"], row["later"], row["removed"], row["added"]) == (1, 2, ["Two"], ["Three"])


def fetched(url, _tell):
    if "gone" in url:
        raise SaysoError(f"{url} could not be fetched: the server does not answer.")
    page = b"<html><body><p>Two officials said the crane fell first.</p></body></html>"
    record = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-04-11T10:00:00Z\r\n"
    record += b"WARC-Record-ID: <urn:uuid:7b64107e-fa11-4e27-489f-6a1235ad3c99>\r\nContent-Type: text/html\r\n"
    data = record % url.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(page), page)
    return Fetched(data, "courier.example.warc", url, 200, ("A certificate was renewed.",))


def test_a_page_is_fetched_when_asked_and_kept_as_it_came(sayso, monkeypatch):
    monkeypatch.setattr(workspace, "fetch", fetched)
    url = "https://courier.example/crane"
    status, _, err = sayso("read", "--fetch", url, "--fetch", "https://gone.example/", "--case", "q.case")
    assert status == 1
    assert "gone.example/ could not be fetched" in err
    assert "A certificate was renewed." in err
    everything = json.loads(sayso("export", "q.case", "--format", "json")[1])
    assert [(one["address"], one["captured"]) for one in everything["reports"]] == [(url, "2031-04-11T10:00:00Z")]
    assert everything["files"][0]["address"] == url
    assert sayso("read", "--case", "q.case")[0] == 2


def test_the_same_file_and_the_same_report_again_are_said(sayso, reports):
    Path(reports, "copy.txt").write_text(COURIER, encoding="utf-8")
    status, _, err = sayso("read", reports, "--case", "q.case")
    assert status == 0
    assert "courier.txt is byte for byte the same as copy.txt." in err
    assert "1 report was met more than once" in err
    assert "2 reports in q.case" in err


def test_the_log_tells_what_was_done_and_verify_holds_against_a_head(sayso, case):
    rows = json.loads(sayso("log", case, "--format", "json")[1])
    assert [row["what"] for row in rows][:3] == ["made", "collected", "derived"]
    head = sayso("log", case, "--head")[1].strip()
    assert head == f"{len(rows)}:{rows[-1]['hash']}"
    assert sayso("export", case, "--format", "json")[0] == 0
    assert json.loads(sayso("log", case, "--format", "jsonl")[1].splitlines()[-1])["what"] == "exported"
    status, out, _ = sayso("verify", case, "--against", head)
    assert (status, f"{len(rows) + 1} entries of the log" in out) == (0, True)
    status, _, err = sayso("verify", case, "--against", f"{len(rows)}:{'0' * 64}")
    assert status == 1
    assert "rewritten" in err
    assert sayso("verify", case, "--against", "nonsense")[0] == 2
    assert sayso("verify", case, "--against", "")[0] == 2  # as from a shell that did not find the file


def test_delete_takes_a_file_out_and_leaves_an_entry(sayso, case, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    status, _, err = sayso("delete", case, "herald.txt", "--reason", "asked for")
    assert (status, "Delete 1 file with 1 report for good?" in err) == (0, True)
    assert err.splitlines()[-1].endswith("Nothing was deleted.")
    status, _, err = sayso("delete", case, "herald.txt", "--reason", "asked for", "--yes")
    assert (status, "Deleted: 1 file, 1 report." in err) == (0, True)
    assert "Herald" not in sayso("export", case, "--format", "json")[1]
    assert "deleted" in sayso("log", case)[1]
    assert sayso("verify", case)[0] == 0
    status, _, err = sayso("delete", case, "herald.txt", "--reason", "again", "--yes")
    assert (status, "No file of the case is called" in err) == (2, True)


def test_a_bundle_is_checked_with_python_alone(sayso, case, tmp_path):
    assert sayso("export", case, "--format", "bundle")[0] == 2
    status, _, err = sayso("export", case, "--format", "bundle", "-o", "q.zip")
    assert status == 0
    head = err.split()[-1]
    assert head != sayso("log", case, "--head")[1].strip()  # which has the entry "exported" too
    subprocess.run([sys.executable, "-m", "zipfile", "-e", "q.zip", "out"], check=True)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "--against", head.split(":")[0] + ":" + "0" * 64],
        cwd="out", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    check = [sys.executable, "-I", "-S", "verify.py", "--against", head]
    assert subprocess.run(check, cwd="out", capture_output=True, check=False).returncode == 0
    next(Path("out/texts").iterdir()).write_text("other words", encoding="utf-8")
    assert subprocess.run(check, cwd="out", capture_output=True, check=False).returncode == 1


def test_own_cases_and_dossiers_among_the_reports_are_passed_over_and_said(sayso, reports):
    assert sayso("dossier", reports, "-o", "reports/d.html")[0] == 0  # beside them, and so is its case
    Path(reports, "fake").mkdir()
    Path(reports, "fake", "case.sqlite").write_text("no case", encoding="utf-8")
    Path(reports, "fake", "hidden.txt").write_text("Two officials said the gate was open.", encoding="utf-8")
    status, _, err = sayso("read", reports, "--case", "q.case")
    assert "d.case is a case or a dossier of sayso's, and was passed over." in err
    assert "d.html is a case or a dossier of sayso's, and was passed over." in err
    assert "the gate was open" in sayso("export", "q.case", "--format", "json")[1]
    assert (status, "3 reports" in err or "4 reports" in err) == (0, True)
