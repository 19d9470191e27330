"""From event words and head words to records."""

import numpy as np
import pytest

from sayso.model import Role, Span
from sayso.reading import events as module
from sayso.reading import side
from sayso.reading.events import Spotted, Words, arcs, events, spot

WORDS = Words(lemma=str.lower, kind=lambda word: "shooting" if word == "shot" else "")


def place(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def role_of(text, event, head, phrases=()):
    one = Spotted(place(text, event), 3.0, (("patient", place(text, head)),))
    (found,) = events("r", text, [one], [place(text, phrase) for phrase in phrases], words=WORDS)
    ((name, span),) = found.roles
    assert name == "patient"
    return text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("They shot the two armed men.", "men", "the two armed men"),
        ("They shot rebel fighters near Ostra.", "fighters", "rebel fighters"),
        ("They shot him.", "him", "him"),
        ("They shot President Ana Varr on Monday.", "Ana", "President Ana Varr"),
        ("They shot a group of unarmed men in Ostra.", "group", "a group of unarmed men"),
        ("They shot the mayor of the port, who fled.", "mayor", "the mayor of the port"),
        ("They shot at least 40 of all the guards.", "40", "least 40 of all the guards"),
        ("They shot all the young men.", "men", "all the young men"),
        ("They shot last week - Monday.", "Monday", "Monday"),
        ("They shot the co-pilot.", "co", "the co-pilot"),
        ("They shot the co-pilot.", "pilot", "the co-pilot"),
        ("They shot Varr's brother.", "brother", "Varr's brother"),
        ("They shot him in the week-ends", "him", "him"),
    ],
)
def test_a_phrase_grows_around_its_head(text, head, expected):
    assert role_of(text, "shot", head) == expected


@pytest.mark.parametrize(
    ("head", "phrases", "expected"),
    [
        ("guard", ["the old guard of the port", "guard"], "the old guard of the port"),
        ("port", ["the old guard of the port", "port"], "port"),
        ("guard", ["shot the old guard"], "the old guard of the port"),
        ("old", ["the old guard of the port"], "the old"),
    ],
)
def test_a_known_phrase_is_taken_where_the_head_is_its_head(head, phrases, expected):
    assert role_of("They shot the old guard of the port.", "shot", head, phrases) == expected


def test_a_phrase_holds_no_other_event():
    text = "They shot guards and burnt houses."
    found = [
        Spotted(place(text, "burnt"), -4.0, (("patient", place(text, "houses")),)),
        Spotted(place(text, "shot"), 2.345, (("patient", place(text, "guards")), ("agent", place(text, "They")))),
    ]
    shot, burnt = events("r", text, found, (), words=WORDS)
    assert shot.roles == (Role("agent", Span(0, 4)), Role("patient", place(text, "guards")))
    assert [text[slice(*role.span)] for role in burnt.roles] == ["houses"]
    assert (shot.lemma, shot.kind, burnt.kind) == ("shot", "shooting", "")
    assert (shot.factuality, burnt.factuality) == (2.35, -3.0)
    assert len({shot.id, burnt.id}) == 2


def test_scores_become_event_words_with_the_heads_of_their_arguments():
    text = "He re-shot two men; it's over"
    starts = np.array([0, 3, 5, 6, 11, 15, 18, 20, 22, 23, 25])
    ends = np.array([2, 5, 6, 10, 14, 18, 19, 22, 23, 24, 29])
    found = spot(
        text, starts, ends,
        found=np.array([3, 8]), factuality=np.linspace(0, 1, 11), arcs=[(0, 0, "agent"), (0, 5, "patient")],
    )  # fmt: skip
    assert [text[slice(*one.span)] for one in found] == ["shot", "'s"]
    assert found[0].heads == (("agent", Span(0, 2)), ("patient", Span(15, 18)))
    assert found[1].heads == ()
    assert found[1].factuality == pytest.approx(0.8)


def test_a_role_is_none_s_or_one_piece_s_or_shared():
    scores = np.full((2, 6, 5), -9.0, dtype=np.float32)
    scores[:, :, 0] = 0.0
    scores[0, 0, 3] = 9.0
    scores[1, 1, [1, 4]] = 7.0
    scores[1, 2, 2] = -1.0
    assert arcs(scores) == [(0, 2, "agent"), (1, 0, "patient"), (1, 3, "patient")]


def test_a_window_without_events_has_no_arcs():
    assert arcs(np.zeros((0, 6, 5), dtype=np.float32)) == []


def test_roles_are_scored_in_the_order_of_the_record():
    assert module.ROLES == side.ROLES
