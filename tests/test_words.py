import csv
from pathlib import Path

import pytest

from sayso import words


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Fired", "fire"), ("fled", "flee"), ("slain", "slay"), ("struck", "strike"), ("dying", "die"),
        ("Explosions", "explosion"), ("bodies", "body"), ("tried", "try"), ("stabbing", "stab"), ("was", "be"),
        ("injured", "injure"), ("visited", "visit"), ("evacuated", "evacuate"), ("gunmen", "gunman"), ("bus", "bus"),
        ("agreed", "agree"), ("hijacked", "hijack"), ("burning", "burn"), ("charged", "charge"), ("king", "king"),
        ("Varr’s", "varr"), ("", ""), ("ß", "ß"), ("Émigrés", "émigrés"),
    ],
)  # fmt: skip
def test_lemma(word, expected):
    assert words.lemma(word) == expected


@pytest.mark.parametrize(
    ("phrase", "lemma", "kind"),
    [
        ("the shooting", "shoot", "shooting"),
        ("opened fire", "open fire", "shooting"),
        ("shots were fired", "shoot fire", "shooting"),
        ("gunned down", "gun down", "killing"),
        ("murder-suicide", "murder suicide", "killing"),
        ("murder - suicide", "murder suicide", "killing"),
        ("lost her life", "lose life", "death"),
        ("a deadly fire", "fire", "fire"),
        ("took part in", "take", ""),
        ("was fired", "fire", ""),
        ("it", "it", ""),
        ("—", "—", ""),
    ],
)
def test_the_head_of_a_phrase_with_its_lemma_and_kind(phrase, lemma, kind):
    head = words.head(phrase)
    assert (words.lemma(head), words.kind(head)) == (lemma, kind)


@pytest.mark.parametrize(
    ("one", "other"), [("destroy", "destruction"), ("foil", "thwart"), ("abduct", "kidnapping"), ("die", "death")]
)
def test_synonyms_have_one_sense(one, other):
    assert words.sense(words.lemma(one)) == words.sense(words.lemma(other)) != ""


def test_killing_and_dying_are_two_kinds():
    assert words.kind("kill") != words.kind("die")


@pytest.mark.parametrize(
    ("one", "other"), [("nominate", "nominee"), ("announce", "announcement"), ("attack", "attacker")]
)
def test_a_noun_and_its_verb_have_one_stem(one, other):
    assert words.stem(one) == words.stem(other)


def test_every_row_of_the_tables_is_needed():
    here = Path(words.__file__).parent
    with (here / "lemmas.csv").open(encoding="utf-8", newline="") as table:
        idle = [row["form"] for row in csv.DictReader(table) if words.by_rule(row["form"]) == row["lemma"]]
    assert not idle
    with (here / "kinds.csv").open(encoding="utf-8", newline="") as table:
        rows = [row["words"] for row in csv.DictReader(table)]
    assert len(rows) == len(set(rows))
