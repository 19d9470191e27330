"""How found mentions are counted, and how a file is told by what is in it."""

import json

import pytest

from evals import mentions
from evals.mentions import Measured
from sayso.reading.side import Marked
from training.texts import Tagged, Text

CONLLU = "1\tVarr\t_\tPROPN\t_\t_\t0\t_\t_\tEntity=(1-person-new-cf1-1-sgl)\n"


def test_exact_spans_are_counted_with_and_without_their_kind():
    gold = frozenset({(0, 3, "Person"), (5, 9, "Location")})
    found = frozenset({(0, 3, "Person"), (5, 9, "Organisation"), (10, 12, "Person")})
    printed = mentions.score([Measured("a", gold, found), Measured("b", frozenset(), frozenset())])
    assert (printed["precision"], printed["recall"], printed["f1"]) == pytest.approx((1 / 3, 1 / 2, 2 / 5))
    assert printed["untyped"]["f1"] == pytest.approx(4 / 5)
    assert printed["by kind"]["Person"]["recall"] == 1
    assert printed["by kind"]["Organisation"]["precision"] == 0


def test_pronouns_are_left_out_on_both_sides():
    text = Text("gum/GUM_news_ferry", "They met Varr", {"gum": ()})
    one = Measured(text.id, frozenset({(0, 4, "person"), (9, 13, "person")}), frozenset({(0, 4, "person")}))
    printed = mentions.without_pronouns([text], [one])
    assert (printed["gold"], printed["precision"], printed["recall"]) == (1, 0, 0)


def test_genres_are_counted_apart():
    marks = frozenset({(0, 4, "person")})
    measured = [Measured("gum/GUM_news_ferry", marks, marks), Measured("gum/GUM_court_ferry", marks, frozenset())]
    assert {name: rates["f1"] for name, rates in mentions.by_genre(measured).items()} == {"court": 0, "news": 1}


def test_marks_found_are_held_against_those_of_the_text():
    text = Text("a", "Ostra", {"re3d": (Tagged(0, 5, "Location"),)})
    (measured,) = mentions.measure([text], "re3d", {"a": [Marked(0, 5, "Location", 0.9)]})
    assert measured.gold == measured.found == {(0, 5, "Location")}


def test_each_file_is_told_by_what_is_in_it(tmp_path):
    crossner = tmp_path / "dev.txt"
    crossner.write_text("Ostra\tB-country\n\n")
    gum = tmp_path / "gum"
    gum.mkdir()
    for genre in ("vlog", "fiction"):
        (gum / f"GUM_{genre}_ferry.conllu").write_text(CONLLU)
    re3d = tmp_path / "Quay"
    re3d.mkdir()
    (re3d / "documents.json").write_text(json.dumps({"_id": "d", "text": "Ostra"}) + "\n")
    mark = {"documentId": "d", "begin": 0, "end": 5, "value": "Ostra", "type": "Location", "confidence": 1}
    (re3d / "entities.json").write_text(json.dumps(mark) + "\n")
    found = {path.name: mentions.texts_of(path) for path in (crossner, gum, re3d)}
    assert {name: (scheme, [text.id for text in texts]) for name, (scheme, texts) in found.items()} == {
        "dev.txt": ("crossner", ["crossner/dev/0"]),
        "gum": ("gum", ["gum/GUM_vlog_ferry"]),
        "Quay": ("re3d", ["re3d/d"]),
    }


def test_what_has_no_marks_is_told_at_once(tmp_path, capsys):
    (tmp_path / "dev.txt").write_text("Rain\tO\n")
    with pytest.raises(SystemExit):
        mentions.texts_of(tmp_path / "dev.txt")
    assert "no mentions are marked" in capsys.readouterr().err
