"""`sayso hypotheses` on a case on disk: what it shows, what a person says of it, and the matrix in CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import cli, intake, ledger, workspace
from sayso.hypotheses import judge, order, score
from sayso.model import Event, Reply, Span
from sayso.words import kind, lemma
from sayso.workspace import Reader
from tests import toy

DEED = re.compile(r"(?P<who>[A-Z]\w+) (?P<word>burned) the shed")
TEXTS = {
    "a.txt": ("Courier", "11", "Okonte said Strikers burned the shed. Tarr said Guards burned the shed."),
    "b.txt": ("Herald", "12", "Okonte said Strikers burned the shed. Lomm denied that Strikers burned the shed."),
    "c.txt": ("Tidings", "13", "=Ansa said Guards burned the shed. Okonte said Strikers burned the shed."),
}


def read(report):
    """The toy reader, with events and with answers to who did it."""
    found = toy.read(report)
    deeds = list(DEED.finditer(report.text))
    events = [Event(f"{report.id} {one.start()}", Span(*one.span("word")), lemma("burned"), kind("burned"), (), 3.0)
              for one in deeds]  # fmt: skip
    claims = []
    for claim in found.claims:
        here = [
            one for one in deeds if claim.attribution and claim.content[0].start <= one.start() < claim.content[0].end
        ]
        replies = tuple(
            Reply("perpetrator", claim.stance != "denies", Span(*one.span("who")), 0.9, 0.9) for one in here
        )  # fmt: skip
        told = tuple(f"{report.id} {one.start()}" for one in here)
        claims.append(replace(claim, replies=replies, events=told))
    return replace(found, claims=tuple(claims), events=tuple(events))


def written(folder, names):
    for name in names:
        publisher, day, text = TEXTS[name]
        (folder / name).write_text(f"publisher: {publisher}\npublished: 2031-04-{day}\n\n{text}", encoding="utf-8")
    return [str(folder / name) for name in names]


@pytest.fixture(scope="module")
def shed(tmp_path_factory):
    """A case of three reports, on which nobody has said anything yet."""
    folder = tmp_path_factory.mktemp("shed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "take_in_safely", toy.take_in_here)
        workspace.add(folder / "shed.case", written(folder, TEXTS), reader=Reader("deeds", lambda: read))
    return folder / "shed.case"


@pytest.fixture
def sayso(monkeypatch, capsys, tmp_path, shed):
    """Runs the program on a copy of the case; gives exit status, standard output, standard error."""
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shed, "shed.case")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["sayso", "hypotheses", "shed.case", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, " ".join(out.split()), " ".join(err.split())

    return run


def matrix():
    return workspace.matrices(workspace.load("shed.case"))[0]


def rated():
    """(hypothesis, who, rating) of every cell that counts."""
    found = matrix()
    words = {one.id: one.words for one in found.hypotheses}
    who = {one.id: one.actor for one in found.evidence}
    return {(words[one.hypothesis], who[one.evidence], one.rating) for one in found.cells if one.rating}


def test_it_shows_hypotheses_evidence_and_suggestions_and_no_score(sayso):
    status, out, _ = sayso()
    assert status == 0
    assert "Who did it?" in out
    for words in ("H1 Strikers", "H2 Guards", "H3 None of these", "Okonte", "Who did it? Not “Strikers”", "c?", "i?"):
        assert words in out
    assert "Nothing is rated yet, so there is no score." in out
    assert not re.search(r"\d\.\d", out)


def test_who_is_heard_in_three_reports_is_one_row(sayso):
    sayso()
    (row,) = [one for one in matrix().evidence if one.actor == "Okonte"]
    assert len({given.report for given in row.given}) == 3


def test_a_rating_is_kept_with_reason_person_and_time_and_can_be_taken_back(sayso):
    status, _, err = sayso("--rate", "H1", "E1", "ii", "--because", "He was\nabroad.", "--by", "A. Reader")
    assert (status, "1 judgement by A. Reader" in err) == (0, True)
    assert rated() == {("Strikers", "Okonte", "II")}
    (cell,) = [one for one in matrix().cells if one.rating]
    assert (cell.reason, cell.by, cell.state) == ("He was abroad.", "A. Reader", "rated")
    assert cell.at
    sayso("--undo", "Strikers", "E1", "--because", "I misread it.", "--by", "A. Reader")
    assert rated() == set()
    with ledger.open_to_read(Path("shed.case")) as opened:
        assert not ledger.check(opened).breaks
        assert [about for entry, about in ledger.told(opened) if entry.what == "judged"] == [
            "II by A. Reader: rating: Strikers", "retracted by A. Reader: rating: Strikers",
        ]  # fmt: skip


def test_scores_stand_with_their_limits_once_suggestions_are_accepted(sayso):
    status, out, _ = sayso("--accept", "all", "all", "--by", "A. Reader")
    assert status == 0
    assert "order hypotheses. They are not probabilities, and the truth may not be listed." in out
    assert "Least against it: H2." in out
    assert {cell.state for cell in matrix().cells} == {"accepted"}
    assert all(cell.reason and cell.reason == cell.suggestion for cell in matrix().cells)
    assert "Nothing is suggested there" in sayso("--accept", "all", "all", "--by", "A")[2]


def test_no_number_stands_beside_a_name(sayso):
    out = sayso("--accept", "all", "all", "--by", "A. Reader")[1]
    assert not re.search(r"(?:Strikers|Guards|None of these)[ :]+\d", out)


def test_unequal_coverage_is_said(sayso):
    for hypothesis, row in (("H1", "E1"), ("H2", "E1"), ("H1", "E2")):
        out = sayso("--rate", hypothesis, row, "I", "--because", "seen", "--by", "A")[1]
    assert "Unequal coverage" in out
    assert "Compared on the 1 row rated for all of them." in out
    assert "Not rated, so not compared: H3." in out


def test_hypotheses_assumptions_and_searches_are_added_weighed_and_left_out(sayso):
    say = ("--because", "Heard of it.", "--by", "A. Reader")
    sayso("--add", "A fault in the wiring", *say)
    sayso("--assume", "The wiring was old", *say)
    sayso("--searched", "No call was logged", *say)
    sayso("--credibility", "The wiring was old", "high", *say)
    sayso("--drop", "Strikers", *say)
    found = matrix()
    assert [one.words for one in found.hypotheses] == ["Guards", "A fault in the wiring", "None of these"]
    assert [(one.basis, one.credibility) for one in found.evidence[-2:]] == [
        ("assumption", "high"),
        ("absence", "medium"),
    ]
    for words in ("Strikers", "A fault in the wiring", "The wiring was old", "No call was logged"):
        sayso("--restore", words, *say)
    assert [one.words for one in matrix().hypotheses] == ["Strikers", "Guards", "None of these"]
    assert {one.basis for one in matrix().evidence} == {"answer"}


def test_a_row_leads_back_to_its_words_and_says_why(sayso):
    sayso("--rate", "H2", "E1", "II", "--because", "He was abroad.", "--by", "A. Reader")
    out = sayso("--why", "E1")[1]
    for words in (
        "Courier, 2031-04-11: “Strikers burned the shed”",
        "Tidings, 2031-04-13",
        "He was abroad.",
        "A. Reader",
    ):
        assert words in out
    assert "H1 Strikers c? Okonte says so. suggested" in out


def test_what_if_somebody_deceives(sayso):
    sayso("--accept", "all", "all", "--by", "A. Reader")
    assert [one["plain"] for one in json.loads(sayso("--format", "json")[1])["scores"]] == [3, 1, 3]
    scores = json.loads(sayso("--format", "json", "--deceiving", "lomm")[1])["scores"]
    assert [(one["plain"], one["rated"]) for one in scores] == [(2, 4), (1, 4), (3, 4)]
    assert "Nobody here is called so" in sayso("--deceiving", "Nobody")[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rate", "H1", "E1", "II"), "Say why with --because"),
        (("--rate", "H1", "E1", "maybe", "--because", "x"), "'maybe' is no rating. Use one of: II, I, N, C, CC, NA."),
        (("--rate", "H9", "E1", "II", "--because", "x"), "No hypothesis is called 'H9'. They are H1 to H3"),
        (("--rate", "H1", "E9", "II", "--because", "x"), "No row of evidence is called 'E9'. They are E1 to E4"),
        (("--add", "strikers", "--because", "x"), "The matrix has 'strikers' already."),
        (("--drop", "H3", "--because", "x"), "always stays"),
        (("--credibility", "E1", "huge", "--because", "x"), "'huge' is no credibility. Use one of: low, medium, high."),
        (("--add", "x", "--drop", "H1", "--because", "x"), "Say one thing at a time"),
        (("--add", "x", "--because", "x", "--if-deceptive"), "--if-deceptive goes with --rate and --undo."),
        (("--add", "x", "--because", "x", "--as-of", "2031-04-11"), "leave --as-of out"),
        (("--question", "whereabouts"), "No question has the words 'whereabouts'."),
        (("--read", "nothing.csv"), "nothing.csv: cannot be read (No such file or directory)."),
    ],
)
def test_wrong_use_says_what_to_do(sayso, arguments, words):
    status, _, err = sayso(*arguments, "--by", "A. Reader")
    assert status == 2
    assert words in err
    assert rated() == set()


def test_help_has_examples(sayso):
    out = sayso("--help")[1]
    assert "sayso hypotheses harbour.case --rate H1 E3 II --because" in out


def test_programs_get_cells_and_the_whole(sayso, capsys):
    sayso("--rate", "H1", "E1", "II", "--because", "He was abroad.", "--by", "A. Reader")
    rows = json.loads(sayso("--format", "json")[1])
    assert {"hypotheses", "evidence", "cells", "limits", "scores", "order", "rows", "shifts"} <= {*rows}
    cells = [json.loads(line) for line in re.split(r"(?<=}) (?={)", sayso("--format", "jsonl")[1])]
    assert len(cells) == 3 * 4
    (one,) = [cell for cell in cells if cell["rating"]]
    assert (one["rating"], one["state"], one["who"], one["by"]) == ("II", "rated", "Okonte", "A. Reader")
    assert re.fullmatch(r"\w+ \w+ \d+:\d+", one["claims"][0])
    assert '"\'=Ansa"' in sayso("--format", "csv")[1]


@pytest.mark.parametrize("classic", [(), ("--classic",)])
def test_a_matrix_goes_through_csv_without_loss(sayso, shed, classic):
    """Everything that a person said of it comes into a copy of the case: ratings, reasons, persons, times, all."""
    sayso("--accept", "all", "E1", "--by", "A. Reader")
    sayso("--rate", "H2", "E2", "II", "--because", '=HYPERLINK("x"); "quoted"; +1', "--by", "'A' Reader")
    sayso("--rate", "H1", "E2", "NA", "--because", "No matter", "--by", "B. Reader", "--if-deceptive")
    sayso("--add", "-A fault; =in the wiring", "--because", "The surveyor asked.", "--by", "B. Reader")
    sayso("--assume", "@The wiring was old", "--because", "It looked so.", "--by", "B. Reader")
    sayso("--rate", "-A fault; =in the wiring", "@The wiring was old", "CC", "--because", "plain", "--by", "C. Reader")
    sayso("--credibility", "E1", "high", "--because", "She saw it.", "--by", "A. Reader")
    sayso("--csv", "m.csv", *classic)
    before = matrix()
    copy = shutil.copytree(shed, "copy.case")
    kept, problems = workspace.read_matrix(copy, Path("m.csv").read_text("utf-8"), by="Somebody else")
    assert (len(kept), problems) == (len([one for one in before.cells if one.rating]) + 3, ())
    assert workspace.matrices(workspace.load(copy))[0] == before
    assert workspace.read_matrix(copy, Path("m.csv").read_text("utf-8"), by="Somebody else") == ((), ())


def cells_of(file):
    return list(csv.reader(io.StringIO(Path(file).read_text("utf-8"), newline="")))


def put(file, lines, delimiter=","):
    with Path(file).open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(lines)


def changed(lines, part, hypothesis, row, value):
    """In a matrix with hypotheses in rows."""
    (line,) = [one for one in lines[1:] if one[0] == part and one[2] == hypothesis]
    line[len(HEAD) + row] = value


HEAD = ("part", "hypothesis", "words", "by", "because", "at")


def test_no_cell_of_the_csv_can_run_as_a_formula(sayso):
    sayso("--rate", "H1", "E1", "II", "--because", "=1+1", "--by", "+A")
    sayso("--csv", "m.csv")
    cells = [cell for line in cells_of("m.csv") for cell in line]
    assert {"'=1+1", "'+A", "'=Ansa"} <= {*cells}
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_filled_in_by_hand_is_read(sayso, delimiter):
    """Ratings in small letters, no person, no time; saved as spreadsheets outside English do."""
    sayso("--csv", "m.csv")
    lines = cells_of("m.csv")
    changed(lines, "rating", "Guards", 0, " ii ")
    changed(lines, "reason", "Guards", 0, "He was abroad.")
    changed(lines, "rating", "Strikers", 0, "C")  # as suggested: the suggestion's reason will do
    put("m.csv", lines, delimiter)
    status, _, err = sayso("--read", "m.csv", "--by", "A. Reader")
    assert (status, "2 judgements" in err) == (0, True)
    assert rated() == {("Guards", "Okonte", "II"), ("Strikers", "Okonte", "C")}
    assert {(cell.by, cell.state) for cell in matrix().cells if cell.rating} == {
        ("A. Reader", "rated"), ("A. Reader", "accepted"),
    }  # fmt: skip
    assert "Nothing in it is new." in sayso("--read", "m.csv", "--by", "A. Reader")[2]


def test_what_somebody_changes_is_theirs_and_what_they_empty_is_taken_back(sayso):
    sayso("--rate", "H1", "E1", "II", "--because", "first", "--by", "A. Reader")
    sayso("--rate", "H2", "E1", "C", "--because", "first", "--by", "A. Reader")
    sayso("--csv", "m.csv")
    lines = cells_of("m.csv")
    changed(lines, "rating", "Strikers", 0, "CC")
    changed(lines, "rating", "Guards", 0, "")
    put("m.csv", lines)
    sayso("--read", "m.csv", "--by", "B. Reader")
    assert [(cell.rating, cell.by) for cell in matrix().cells if cell.rating] == [("CC", "B. Reader")]


def test_what_was_said_since_a_csv_was_written_stands(sayso):
    """Two people fill in copies of one CSV: what one left empty stays, what is older is not said anew."""
    sayso("--rate", "H1", "E2", "I", "--because", "first", "--by", "A. Reader")
    sayso("--csv", "m.csv")
    sayso("--rate", "H1", "E2", "CC", "--because", "second", "--by", "B. Reader")
    sayso("--rate", "H2", "E1", "II", "--because", "abroad", "--by", "B. Reader")
    sayso("--credibility", "E1", "high", "--because", "saw it", "--by", "B. Reader")
    lines = cells_of("m.csv")
    changed(lines, "rating", "None of these", 2, "N")
    changed(lines, "reason", "None of these", 2, "no matter")
    put("m.csv", lines)
    assert "1 judgement." in sayso("--read", "m.csv", "--by", "C. Reader")[2]
    assert sorted((cell.rating, cell.by) for cell in matrix().cells if cell.rating) == [
        ("CC", "B. Reader"), ("II", "B. Reader"), ("N", "C. Reader"),
    ]  # fmt: skip
    assert matrix().evidence[0].credibility == "high"
    changed(lines, "rating", "Strikers", 1, "NA")  # under the name and time of a rating that said something else
    put("m.csv", lines)
    sayso("--read", "m.csv", "--by", "C. Reader")
    assert ("NA", "C. Reader") in {(cell.rating, cell.by) for cell in matrix().cells}


def test_what_cannot_be_taken_is_named_and_the_rest_goes_on(sayso):
    sayso("--csv", "m.csv")
    lines = cells_of("m.csv")
    changed(lines, "rating", "Guards", 0, "perhaps")
    changed(lines, "reason", "Guards", 0, "Who knows.")
    changed(lines, "rating", "Guards", 1, "II")  # no reason
    changed(lines, "rating", "Strikers", 0, "C")
    put("m.csv", lines)
    status, _, err = sayso("--read", "m.csv", "--by", "A. Reader")
    assert status == 1
    assert "m.csv: Guards × Who did it? “Strikers”: 'PERHAPS' is no rating. Use II, I, N, C, CC, NA." in err
    assert "II has no reason, and was left out." in err
    assert rated() == {("Strikers", "Okonte", "C")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This is no matrix in CSV"),
        ("a,b\n1,2\n", "This is no matrix in CSV"),
        ('"sayso: competing hypotheses"\n', "This is no matrix in CSV"),
        ('"sayso: competing hypotheses","QUESTION","?","evidence in rows"\n"x"\n', "is broken"),
        ('"sayso: competing hypotheses","other","?","evidence in rows"\n', "is broken"),
    ],
)
def test_what_is_no_matrix_gets_a_clear_error(sayso, text, words):
    Path("m.csv").write_text(text.replace("QUESTION", matrix().question), encoding="utf-8")
    status, _, err = sayso("--read", "m.csv", "--by", "A. Reader")
    assert status == 2
    assert "m.csv: " in err
    assert words in err


def test_ratings_stay_when_reports_come_and_go_when_reports_go(sayso, tmp_path, monkeypatch):
    """What was said of a row that no other report carries is deleted with it; the rest stands."""
    sayso("--accept", "all", "all", "--by", "A. Reader")
    before = rated()
    monkeypatch.setitem(TEXTS, "d.txt", ("Gazette", "14", "Okonte said Strikers burned the shed."))
    workspace.add("shed.case", written(tmp_path, ["d.txt"]), reader=Reader("deeds", lambda: read))
    assert rated() == before
    case = workspace.load("shed.case")
    workspace.delete("shed.case", [one for one in case.files if one.name.endswith("c.txt")], reason="asked for")
    assert rated() == {one for one in before if one[1] != "=Ansa"}
    assert not workspace.adrift(workspace.load("shed.case"))


def test_a_rating_does_not_make_who_is_who_be_worked_out_again(sayso):
    with ledger.open_to_write(Path("shed.case")) as opened:
        workspace.loading.load_and_keep(opened)
    sayso("--rate", "H1", "E1", "II", "--because", "seen", "--by", "A. Reader")
    with ledger.open_to_read(Path("shed.case")) as opened:
        assert ledger.joined(opened, workspace.reader.joining_version()) is not None


def test_the_matrix_is_a_function_of_case_and_judgements(sayso):
    sayso("--accept", "all", "all", "--by", "A. Reader")
    case = workspace.load("shed.case")
    (found,) = workspace.matrices(case)
    (bare,) = workspace.matrices(replace(case, judgements=()))
    assert judge((bare,), case.judgements) == (found,)
    assert [one.rated for one in score(bare)] == [0, 0, 0]
    assert order(bare).places == ()
