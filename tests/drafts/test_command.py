"""The command `sayso check` and its page: every form, nothing of a draft trusted, nothing added to the case."""

import csv
import html
import io
import json
import sys

import pytest

from sayso import cli, intake, workspace
from sayso.dossier import compose_check
from tests import toy

COURIER = "publisher: Quay Courier\npublished: 2031-05-03\n\nThe harbour master said the crane fell on the pier.\n"
HERALD = "publisher: Port Herald\npublished: 2031-05-04\n\nThe mayor denied the crane fell on the pier.\n"
DRAFT = "The harbour master said the crane fell on the pier. The bishop danced in Lorn."


@pytest.fixture
def sayso(monkeypatch, capsys, tmp_path):
    """Runs the program on a case of two reports; gives exit status, standard output, standard error."""
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    monkeypatch.setattr("sayso.workspace.drafting.read", toy.read)
    monkeypatch.chdir(tmp_path)
    for name, text in (("courier.txt", COURIER), ("herald.txt", HERALD), ("draft.txt", DRAFT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace.add("quay.case", ["courier.txt", "herald.txt"], reader=toy.READER)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["sayso", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def test_the_table_has_words_beside_its_colours(sayso):
    status, out, err = sayso("draft.txt", "--case", "quay.case")
    assert status == 0
    assert "single-rooted" in out
    assert "? untraced" in out
    assert "2 sentences: 1 untraced, 1 single-rooted." in err


def test_json_leads_to_the_exact_words(sayso):
    status, out, _ = sayso("draft.txt", "--case", "quay.case", "--format", "json")
    first, second = json.loads(out)
    assert (status, first["verdict"], second["verdict"]) == (0, "single-rooted", "untraced")
    assert DRAFT[first["start"] : first["end"]] == first["words"]
    ((source,),) = (root["sources"] for root in first["statements"][0]["roots"])
    text = COURIER.split("\n\n")[1]
    assert (source["publisher"], source["cited"]) == ("Quay Courier", " … ".join(text[a:b] for a, b in source["spans"]))


def test_csv_has_a_row_for_every_source(sayso):
    _, out, _ = sayso("draft.txt", "--case", "quay.case", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {"root", "against"} <= {row["part"] for row in rows}
    assert {row["sentence"] for row in rows} == {"1", "2"}


def test_the_page_is_written_whole_and_asks_for_nothing(sayso, tmp_path):
    status, out, err = sayso("draft.txt", "--case", "quay.case", "-o", "check.html")
    page = html.unescape((tmp_path / "check.html").read_text("utf-8"))
    assert (status, out) == (0, "")
    assert "check.html" in err
    assert "<mark>the crane fell on the pier</mark>" in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_the_draft_is_not_added_to_the_case(sayso):
    before = [one.id for one in workspace.load("quay.case").reports]
    sayso("draft.txt", "--case", "quay.case")
    assert [one.id for one in workspace.load("quay.case").reports] == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing.txt", "--case", "quay.case"), "nothing.txt"),
        (("draft.txt", "--case", "no.case"), "no.case"),
        (("empty.txt", "--case", "quay.case"), "empty.txt"),
        ((".", "--case", "quay.case"), "file"),
        (("draft.txt", "--case", "quay.case", "-o", "no/check.html"), "no/check.html"),
        (("draft.txt",), "--case"),
    ],
)
def test_wrong_use_says_what_is_wrong(sayso, tmp_path, arguments, told):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    status, _, err = sayso(*arguments)
    assert status == 2
    assert told in err
    assert "Traceback" not in err


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "{{ 7 * 7 }}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_draft_or_report_becomes_markup(checked, payload):
    case, check = checked(f"The miller {payload} said seven people died in the fire. Seven people died in the fire.")
    page = compose_check(case, check)
    assert payload not in page or "<" not in payload
    assert html.escape(payload, quote=False) in page
    assert "<img" not in page
    assert "<svg" not in page
