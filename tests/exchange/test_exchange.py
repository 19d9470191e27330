"""What other programs are given."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import exchange
from sayso.exchange.table import safe
from sayso.kit import digest
from sayso.model import (
    Attribution,
    Case,
    Claim,
    Entity,
    Event,
    File,
    Filler,
    Findings,
    Incident,
    Judgement,
    Link,
    Mention,
    Quantity,
    Report,
    Span,
    When,
)
from tests.dossier.case_of_ostra import ostra

TEXT = "The Quay Courier said =two officials denied the crane fell."
OUTER = Attribution(
    "a1", "r1", Span(0, 16), Span(17, 21), (Span(22, 58),), None,
    (Link("Lowland Herald"), Link("The Quay Courier", "alleges", "possible", via="a1")),
    named=True, kind="media", probability=0.912, chain_probability=0.875,
)  # fmt: skip
INNER = Attribution(
    "a2", "r1", Span(22, 36), Span(37, 43), (Span(44, 58),), "a1",
    (*OUTER.chain, Link("two officials", "denies", "probable", via="a2")),
    kind="official", stance="denies", certainty="probable",
)  # fmt: skip
REPORT = Report("r1", TEXT, digest(TEXT), "f", "herald.txt", publisher="Lowland Herald", published="2031-04-12")
EMPTY = Report("r2", "Nothing.", digest("Nothing."), "f", "none.txt")
FILE = File("f", "herald.txt", 60, "text/plain", "2031-04-12T10:00:00+00:00")
CASE = Case((REPORT, EMPTY), (Findings("r1", (), (INNER, OUTER)), Findings("r2")), files=(FILE,), reader="toy 1")


def test_chains_have_the_form_of_the_guidelines():
    first, second = map(json.loads, exchange.to_chains(CASE).splitlines())
    assert first == {
        "id": "r1",
        "sha256": digest(TEXT),
        "publisher": "Lowland Herald",
        "published": "2031-04-12",
        "attributions": [
            {
                "id": "a1",
                "source": [0, 16],
                "cue": [17, 21],
                "content": [[22, 58]],
                "within": None,
                "voices": ["Lowland Herald", "The Quay Courier"],
                "named": True,
                "kind": "media",
                "stance": "asserts",
                "certainty": "certain",
                "manner": "indirect",
                "probability": 0.912,
                "chain_probability": 0.875,
                "unsure": False,
            },
            {
                "id": "a2",
                "source": [22, 36],
                "cue": [37, 43],
                "content": [[44, 58]],
                "within": "a1",
                "voices": ["Lowland Herald", "The Quay Courier", "two officials"],
                "named": False,
                "kind": "official",
                "stance": "denies",
                "certainty": "probable",
                "manner": "indirect",
                "probability": 0.0,
                "chain_probability": 0.0,
                "unsure": True,
            },
        ],
        "answers": [],
    }
    assert second["attributions"] == []


def test_chains_hold_the_text_when_asked():
    assert json.loads(exchange.to_chains(CASE, with_text=True).splitlines()[0])["text"] == TEXT


def test_json_holds_everything_but_the_machines_times():
    everything = json.loads(exchange.to_json(CASE))
    assert everything["form"] == "sayso case 1"
    assert everything["reports"][0]["text"] == TEXT
    assert everything["findings"][0]["attributions"][0]["chain"][2]["voice"] == "two officials"
    assert [a["unsure"] for a in everything["findings"][0]["attributions"]] == [True, False]
    file = {"sha256": "f", "name": "herald.txt", "size": 60, "media_type": "text/plain", "address": ""}
    assert everything["files"] == [file]
    assert "2031-04-12T10" not in exchange.to_json(CASE)


def test_json_has_who_and_what_with_their_words():
    case = ostra()
    everything = json.loads(exchange.to_json(case))
    texts = {one["id"]: one["text"] for one in everything["reports"]}
    wire, rival, _ = everything["findings"]
    assert wire["mentions"][0] == {"span": [15, 20], "kind": "place", "wording": "name", "score": 0.9, "words": "Ostra"}
    assert rival["quantities"][0] | {"span": 0} == {
        "span": 0, "low": 4, "high": None, "counted": "sailor", "fate": "injured", "who": "civilians",
        "as_written": "At least four",
    }  # fmt: skip
    assert [one["as_written"] for one in rival["times"]] == ["on Monday", "In 2029"]
    assert [one["words"] for one in rival["events"]] == ["burned"] * 3
    assert rival["fillers"][0] | {"span": 0} == {
        "role": "perpetrator_group", "span": 0, "score": 0.7, "confidence": "accused", "words": "the port authority",
    }  # fmt: skip
    master = everything["entities"][0]
    assert [one["words"] for one in master["mentions"]] == list(case.entities[0].spellings)
    assert master["joinings"][1]["disputed"]
    for one in master["mentions"]:
        assert texts[one["report"]][slice(*one["span"])] == one["words"]
    fire = everything["incidents"][0]
    assert fire["events"][0] == {"report": case.reports[0].id, "event": case.findings[0].events[0].id}
    assert [(one["role"], one["name"], [at["words"] for at in one["mentions"]]) for one in fire["fillers"]][:2] == [
        ("perpetrator", "guards", ["guards"]),
        ("perpetrator_group", "Ostra Port Authority", ["the port authority"]),
    ]


def test_json_names_every_field_of_every_record():
    everything = json.loads(exchange.to_json(ostra()))
    found = {name: one for each in everything["findings"] for name, some in each.items() for one in some}
    records = {
        "mentions": Mention, "quantities": Quantity, "times": When, "events": Event, "fillers": Filler, "claims": Claim,
    }  # fmt: skip
    for name, record in records.items():
        names = [field.name for field in fields(record)] if is_dataclass(record) else list(record._fields)
        assert [field for field in found[name] if field not in {"words", "unsure"}] == names
    assert [*everything["entities"][0]] == [field.name for field in fields(Entity)]
    assert [*everything["incidents"][0]] == [field.name for field in fields(Incident)]


def test_the_table_has_a_row_for_each_attribution():
    rows = list(csv.DictReader(io.StringIO(exchange.to_csv(CASE))))
    assert [row["chain"] for row in rows] == [
        "Lowland Herald > The Quay Courier (alleges, possible)",
        "Lowland Herald > The Quay Courier (alleges, possible) > two officials (denies, probable)",
    ]
    assert [row["voice"] for row in rows] == ["The Quay Courier", "two officials"]
    assert (rows[1]["stance"], rows[1]["certainty"], rows[1]["weakest_certainty"]) == ("denies", "probable", "possible")
    assert rows[0]["quote"] == "'=two officials denied the crane fell", "a formula is made harmless"
    assert (rows[1]["cue"], rows[1]["content_offsets"], rows[1]["named"]) == ("denied", "44:58", "no")
    assert {row["checked"] for row in rows} == {"read by program"}
    assert [(row["probability"], row["chain_probability"], row["unsure"]) for row in rows] == [
        ("0.912", "0.875", "no"),
        ("0.0", "0.0", "yes"),
    ]


def test_the_table_says_who_checked():
    judged = Case(CASE.reports, CASE.findings, judgements=(Judgement("j", "a2", "accepted", "", "Ana", ""),))
    rows = list(csv.DictReader(io.StringIO(exchange.to_csv(judged))))
    assert [row["checked"] for row in rows] == ["read by program", "accepted by Ana"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\r=1+1", "'\r'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("\x00=1+1", "\ufffd=1+1"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("\ud800", "\ufffd"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ("\u200b @SUM(A1)", "'\u200b @SUM(A1)"),
        ('"=1+1', "'\"=1+1"),
        ("﹦1+1", "'﹦1+1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("he left;=1+1", "he left;'=1+1"),
        ('he left; "=1+1"', 'he left;\' "=1+1"'),
        ("he left\t+49", "he left\t'+49"),
        ("he left\n- and came back", "he left\n'- and came back"),
        ("well-known = so, -2; a", "well-known = so, -2; a"),
        ("'=1+1", "'=1+1"),
        (None, ""),
        (True, "yes"),
        (3, "3"),
    ],
)
def test_cells_are_harmless(value, expected):
    assert safe(value) == expected


@given(st.text())
def test_no_cell_begins_as_a_formula_and_all_come_back(value):
    table = exchange.write_table(("a", "b"), [{"a": value, "b": value}])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["a"] == row["b"] == safe(value)
    assert safe(safe(value)) == safe(value)
    table.encode()


PARTS = st.sampled_from(
    [*"=+-@＝＋－＠;,\t\r\n\"' ab|\x00\x1b\x85", "\ufeff", "\u200b", "\u2028", "\u202e", "cmd|' /C calc'!A0"]
)


@given(st.lists(PARTS, max_size=12).map("".join), st.lists(PARTS, max_size=12).map("".join))
def test_no_spreadsheet_finds_a_formula_however_it_parts_the_cells(one, other):
    table = exchange.write_table(("a", "b"), [{"a": one, "b": other}])
    for cell in (*cells(table, ","), *cells(table, ";"), *cells(table, "\t"), *torn(table)):
        seen = cell.strip().strip('"\ufeff\u200b\u202e ')
        assert not seen.startswith(tuple("=+-@＝＋－＠"))
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", cell)


def cells(table, sign):
    """The cells for a spreadsheet that parts them by this sign and keeps quoted ones whole."""
    return [cell for row in csv.reader(io.StringIO(table, newline=""), delimiter=sign) for cell in row]


def torn(table):
    """The cells for one that knows no quotation marks and does not part by commas."""
    return re.split("[;\t\r\n]", table)
