"""Which questions claims answer, which replies are one answer, and how answers differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import Claim, Entity, Findings, Incident, Link, Mention, Quantity, Reply, Report, Span, When, Where
from sayso.questions import pose

VARR = "Lena Varr"
SHOOTING = Incident("i1", "shooting", "shooting, Ostra", (("r0", "e0"), ("r1", "e1")), (), "", "")


def said(number, text, slot, words, *, is_for=True, **found):
    """One report with one claim that replies to one question with some of its words."""
    name = f"r{number}"
    at = text.index(words)
    span = Span(at, at + len(words))
    reply = Reply(slot, is_for, span, 0.9)
    claim = Claim(f"c{number}", name, (Span(0, len(text)),), (Link("Courier"),), replies=(reply,))
    quantities = tuple(Quantity(span, *bounds, "person", slot, "", words) for bounds in found.get("count", ()))
    times = tuple(When(span, *days, words) for days in found.get("days", ()))
    mentions = (Mention(span, "person", "name", 0.9),) if "entity" in found else ()
    return (
        Report(name, text, name, "", name, publisher="Courier"),
        Findings(name, (), (), (claim,), (), mentions, quantities, times),
        [(found["entity"], Where(name, span))] if "entity" in found else [],
    )


def posed(*reports, joinings=()):
    wheres = {}
    for _, _, named in reports:
        for name, where in named:
            wheres.setdefault(name, []).append(where)
    entities = tuple(
        Entity(name, name, "person", (name,), tuple(several), joinings) for name, several in sorted(wheres.items())
    )
    return pose(tuple(r for r, _, _ in reports), tuple(f for _, f, _ in reports), entities, (), (SHOOTING,))


def killed(number, words, low, high, **more):
    return said(number, f"The shooting killed {words} people.", "killed", words, count=[(low, high)], **more)


def test_counts_of_one_interval_are_one_answer():
    (question,) = posed(killed(0, "four", 4, 4), killed(1, "4", 4, 4))
    assert question.text == "How many were killed? (shooting, Ostra)"
    (answer,) = question.answers
    assert (answer.words, answer.low, answer.high, [one.claim for one in answer.given]) == ("four", 4, 4, ["c0", "c1"])
    assert not question.disputed


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("four", 4, 4), ("nine", 9, 9), "conflict"),
        (("at least 11", 11, None), ("23", 23, 23), "update"),
        (("at least 11", 11, None), ("four", 4, 4), "conflict"),
    ],
)
def test_counts_differ(one, other, kind):
    (question,) = posed(killed(0, *one), killed(1, *other))
    assert [each.kind for each in question.differences] == [kind]
    assert question.disputed == (kind == "conflict")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("2031-05-03", "2031-05-03"), ("2031-05-01", "2031-05-31"), "granularity"),
        (("2031-05-03", "2031-05-03"), ("2031-05-04", "2031-05-04"), "time zone"),
        (("2031-05-03", "2031-05-03"), ("2031-05-09", "2031-05-09"), "conflict"),
    ],
)
def test_days_differ(one, other, kind):
    (question,) = posed(
        said(0, "It was on Saturday.", "date", "Saturday", days=[one]),
        said(1, "It was in spring.", "date", "spring", days=[other]),
    )
    assert [each.kind for each in question.differences] == [kind]


def test_one_answer_given_and_rejected_is_in_dispute():
    (question,) = posed(
        said(0, "Lena Varr shot him.", "perpetrator", VARR, entity=VARR),
        said(1, "Lena Varr did not shoot.", "perpetrator", VARR, entity=VARR, is_for=False),
    )
    (answer,) = question.answers
    assert answer.entity == VARR
    assert [one.is_for for one in answer.given] == [True, False]
    assert question.disputed


@pytest.mark.parametrize("is_for", [True, False])
def test_one_claim_stands_on_one_side_only_the_likelier(is_for):
    report, found, named = said(0, "Lena Varr shot him.", "perpetrator", VARR, entity=VARR)
    (claim,) = found.claims
    sides = tuple(
        claim.replies[0]._replace(is_for=side, probability=0.8 if side == is_for else 0.3) for side in (True, False)
    )
    (question,) = posed((report, replace(found, claims=(replace(claim, replies=sides),)), named))
    assert [one.is_for for one in question.answers[0].given] == [is_for]


def test_an_answer_that_is_only_rejected_conflicts_with_none():
    (question,) = posed(
        said(0, "Lena Varr shot him.", "perpetrator", VARR, entity=VARR),
        said(1, "Dara Okonte did not shoot.", "perpetrator", "Dara Okonte", entity="Dara Okonte", is_for=False),
    )
    assert len(question.answers) == 2
    assert question.differences == ()


def test_the_order_of_reports_changes_nothing():
    reports = [killed(0, "four", 4, 4), killed(1, "nine", 9, 9)]
    assert [one.id for one in posed(*reports)[0].answers] == [one.id for one in posed(*reports[::-1])[0].answers]


def test_without_words_or_incident_there_is_no_answer():
    report, found, _ = killed(0, "four", 4, 4)
    claim = found.claims[0]
    replies = (Reply("killed", is_for=True, span=None, score=0.9),)
    wordless = replace(found, claims=(replace(claim, replies=replies),), quantities=())
    assert pose((report,), (wordless,), (), (), (SHOOTING,)) == ()
    assert pose((report,), (found,), (), (), ()) == ()
