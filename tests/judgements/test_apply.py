"""What judgements do to the findings of a report: attributions, chains, claims, answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso import attribution, claims, judging
from sayso.judging import standing
from sayso.kit import digest, identify
from sayso.model import Change, Judgement, Reply, Report, Span
from tests import toy

TEXT = (
    "Mara Orm said the harbour master denied that the crane stood. Ilo Venn said the pier burned for a night.\n"
    "The mayor of the old town told nobody why the doors had been bolted."
)
REPORT = Report("r1", TEXT, digest(TEXT), "f1", "a.txt", publisher="Quay Courier")
READ = toy.read(REPORT)
OUTER, INNER, OTHER = READ.attributions


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(verdict, about, **change):
    spans = next(((one.source, one.cue, one.content) for one in READ.attributions if one.id == about), (None, None, ()))
    what = Change("r1", *spans, **change) if change else None
    return Judgement("", about, verdict, "why", "R. Moll", "2031-05-04", change=what)


def applied(*judgements, findings=READ):
    done = judging.apply([REPORT], [findings], judgements, settle=attribution.complete, state=claims.state)
    return done[0]


def voices(findings, about):
    return [link.voice for link in next(one for one in findings.attributions if one.id == about).chain]


def test_without_judgements_the_very_same_findings_come_back():
    assert applied() is READ
    assert applied(said("accepted", OUTER.id)) is READ
    assert applied(said("corrected", OUTER.id, speaker="Ada Quell"), said("undone", OUTER.id)) is READ


def test_another_speaker_stands_in_the_chains_of_what_is_said_inside_too():
    found = applied(said("corrected", OUTER.id, speaker="Ilo Venn"))
    assert voices(found, OUTER.id) == ["Quay Courier", "Ilo Venn"]
    assert voices(found, INNER.id) == ["Quay Courier", "Ilo Venn", "the harbour master"]
    assert voices(found, OTHER.id) == ["Quay Courier", "Ilo Venn"]
    (mended,) = (one for one in found.attributions if one.id == OUTER.id)
    assert mended.chain[-1].span == span("Ilo Venn")
    assert not mended.unsure
    assert {claim.attribution: claim.chain for claim in found.claims}[INNER.id][1].voice == "Ilo Venn"


def test_a_chain_is_set_as_a_whole():
    found = applied(said("corrected", OTHER.id, chain=("a clerk", "Mara Orm")))
    assert voices(found, OTHER.id) == ["Quay Courier", "a clerk", "Mara Orm"]


def test_what_is_rejected_is_kept_does_not_count_and_leaves_the_chains_of_others():
    judgement = said("rejected", OUTER.id)
    found = applied(judgement)
    assert voices(found, INNER.id) == ["Quay Courier", "the harbour master"]
    assert OUTER.id in {one.id for one in found.attributions}
    (counted,) = judging.counted([found], [judgement])
    assert OUTER.id not in {one.id for one in counted.attributions} | {claim.attribution for claim in counted.claims}
    assert INNER.id in {claim.attribution for claim in counted.claims}


def test_an_added_attribution_makes_a_claim_of_what_was_the_reporters_own():
    words = "the doors had been bolted"
    name = identify("attribution", "r1", None, None, span(words))
    change = Change("r1", content=(span(words),), speaker="the mayor of the old town", stance="alleges")
    own = next(claim for claim in READ.claims if claim.attribution is None)
    reply = Reply("means", is_for=True, span=span("bolted"), score=0.9)
    read = replace(READ, claims=tuple(replace(c, replies=(reply,)) if c is own else c for c in READ.claims))
    found = applied(Judgement("", name, "added", "heard it", "R. Moll", "2031", change=change), findings=read)
    (claim,) = (claim for claim in found.claims if claim.attribution == name)
    assert claim.content == (span(words),)
    assert [link.voice for link in claim.chain] == ["Quay Courier", "the mayor of the old town"]
    assert (claim.stance, claim.replies) == ("alleges", (reply,))
    assert not any(part == own.content[0] for one in found.claims for part in one.content)


def test_other_words_keep_only_the_answers_that_stand_in_them():
    here, there = (
        Reply("place", is_for=True, span=span("pier"), score=0.9),
        Reply("date", is_for=True, span=span("a night"), score=0.9),
    )
    read = replace(
        READ, claims=tuple(replace(c, replies=(here, there)) if c.attribution == OTHER.id else c for c in READ.claims)
    )
    change = Change("r1", OTHER.source, OTHER.cue, (span("the pier burned"),))
    judgement = Judgement("", OTHER.id, "corrected", "too long", "R. Moll", "2031", change=change)
    (claim,) = (claim for claim in applied(judgement, findings=read).claims if claim.attribution == OTHER.id)
    assert (claim.content, claim.replies) == ((span("the pier burned"),), (here,))


@pytest.mark.parametrize(("stance", "is_for"), [("denies", False), ("alleges", True)])
def test_what_turns_into_a_denial_rejects_what_it_answered(stance, is_for):
    reply = Reply("place", is_for=True, span=span("pier"), score=0.9)
    read = replace(
        READ, claims=tuple(replace(c, replies=(reply,)) if c.attribution == OTHER.id else c for c in READ.claims)
    )
    found = applied(said("corrected", OTHER.id, stance=stance), findings=read)
    (claim,) = (claim for claim in found.claims if claim.attribution == OTHER.id)
    assert (claim.stance, claim.chain[-1].stance) == (stance, stance)
    assert [one.is_for for one in claim.replies] == [is_for]


def test_a_correction_outlives_a_reader_that_finds_the_words_no_more():
    read = replace(READ, attributions=(OUTER, INNER), claims=())
    found = applied(said("corrected", OTHER.id, speaker="Ada Quell"), findings=read)
    assert voices(found, OTHER.id) == ["Quay Courier", "Ada Quell"]
    assert applied(said("accepted", OTHER.id), findings=read) is read


def test_a_retracted_report_says_nothing_more():
    judgement = Judgement("", "r1", "retracted", "they said so", "R. Moll", "2031")
    (found,) = judging.counted([READ], [judgement])
    assert (found.attributions, found.claims, found.sentences) == ((), (), READ.sentences)
    assert judging.counted([READ], [judgement, replace(judgement, verdict="undone")]) == (READ,)


A, B, C = "accepted", "rejected", "corrected"


@pytest.mark.parametrize(
    ("verdicts", "stands"),
    [
        ("", None),
        ("A", A),
        ("A B", B),
        ("A B undone", A),
        ("A B undone undone", None),
        ("undone A", A),
        ("A undone undone C", C),
        ("A C undone B undone", A),
    ],
)
def test_an_undone_judgement_gives_way_to_the_one_before(verdicts, stands):
    names = {"A": A, "B": B, "C": C}
    several = [said(names.get(word, word), "x") for word in verdicts.split()]
    found = standing(several).get("x")
    assert (found.verdict if found else None) == stands
