"""How likely a reply is right: between 0 and 1, whatever is known of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims import assurance
from sayso.claims.answers import Chosen
from sayso.claims.assurance import STANDING, probability, signs_of
from sayso.model import Slot, Span

SLOTS = Slot.__args__
SIGNS = ("mention person", "agent of deed", "agent of bombing", "not agent", "run", "time", "speaker", "event bombing")
chosen = st.builds(
    Chosen,
    span=st.just(Span(0, 4)),
    signs=st.frozensets(st.sampled_from(SIGNS)),
    share=st.floats(1e-6, 1),
    weight=st.floats(-1e6, 1e6),
    candidates=st.integers(0, 50),
)


@given(st.sampled_from(SLOTS), chosen, st.floats(0, 1), st.booleans(), st.lists(st.sampled_from(sorted(STANDING))))
def test_a_probability_is_between_0_and_1(slot, one, chance, is_for, facts):
    known = signs_of(slot, one, chance, facts, is_for=is_for)
    assert 0 <= probability(known) <= 1
    assert probability(dict(reversed(known.items()))) == probability(known)


@pytest.mark.parametrize(("total", "expected"), [(0, 0.5), (2, 0.8808), (1e9, 1.0), (-1e9, 0.0)])
def test_the_sum_becomes_a_probability(monkeypatch, total, expected):
    monkeypatch.setattr(assurance, "_weights", lambda: {"bias": total})
    assert probability({"bias": 1.0, "unheard of": 9.0}) == expected


@pytest.mark.parametrize("slot", SLOTS)
def test_a_better_chance_is_no_worse_a_reply(slot):
    one = Chosen(Span(0, 4), frozenset({"mention person"}), 0.8, 2.0, 3)
    found = [probability(signs_of(slot, one, c, ["said"], is_for=True)) for c in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_signs():
    one = Chosen(Span(0, 4), frozenset({"mention person", "agent of deed", "agent of bombing", "first"}), 0.5, 30.0, 2)
    found = signs_of("ordered_by", one, 0.75, ["said", "word harbour", "beside the day"], is_for=False)
    assert found["odds"] == found["odds ordered_by"] == pytest.approx(math.log(3))
    assert found["share actor"] == pytest.approx(math.log(0.5))
    assert found["weight actor"] == 2.0
    assert (found["said"], found["no candidate"], found["ordered_by against"]) == (1.0, 0.0, 1.0)
    of_words = {"actor mention person", "actor agent of deed"}
    standing = {"actor said", "actor beside the day"}
    assert {name for name in found if name.startswith("actor ")} == of_words | standing
    assert found["beside the day"] == 1.0


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_a_chance_at_the_end_has_finite_odds(chance):
    found = signs_of("motive", Chosen(None), chance, ["own voice"], is_for=True)
    assert math.isfinite(found["odds"])
    assert found["no candidate"] == 1.0
