"""The answers in chains: which replies are told, with whom."""

from __future__ import annotations

import json

import pytest

from sayso import exchange
from sayso.exchange.chains import LEAST_SCORE
from sayso.model import Case, Claim, Findings, Link, Reply, Report, Span

TEXT = "Riders shot four guards at Low Quay."


def answers(*claims):
    """`claims`: (id, attribution or None, replies)."""
    told = tuple(
        Claim(name, "r", (Span(0, len(TEXT)),), (Link("Courier"),), said, replies=replies)
        for name, said, replies in claims
    )
    case = Case((Report("r", TEXT, "", "", "r.txt"),), (Findings("r", claims=told),))
    return json.loads(exchange.to_chains(case))["answers"]


def reply(slot, words, score=0.9, *, is_for=True):
    at = TEXT.index(words) if words else 0
    return Reply(slot, is_for, Span(at, at + len(words)) if words else None, score)


@pytest.mark.parametrize(("score", "is_told"), [(LEAST_SCORE, True), (LEAST_SCORE - 0.001, False), (1.0, True)])
def test_replies_with_too_small_a_chance_are_not_told(score, is_told):
    assert bool(answers(("c", None, (reply("killed", "four", score),)))) is is_told


def test_answers_stand_in_order_with_all_who_give_them():
    assert answers(
        ("c0", "a0", (reply("place", "Low Quay"), reply("killed", "four"))),
        ("c1", "a1", (reply("killed", "four"), reply("killed", "four", is_for=False))),
        ("c2", None, (reply("killed", "four"), reply("motive", ""))),
    ) == [
        {"question": "killed", "answer": "four", "attributions": ["a1"], "polarity": "against"},
        {"question": "killed", "answer": "four", "attributions": ["a0", "a1"], "polarity": "for"},
        {"question": "motive", "answer": "", "attributions": [], "polarity": "for"},
        {"question": "place", "answer": "Low Quay", "attributions": ["a0"], "polarity": "for"},
    ]
