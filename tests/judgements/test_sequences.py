"""A case is what its reports and the judgements that stand say, whatever was said and taken back in between."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import spine
from sayso.kit import Memory, digest, identify
from sayso.model import Change, Judgement, Report, Span
from tests import toy

TEXTS = (
    "Mara Orm said Ilo Venn denied that the crane fell on the quay. A spokesman said the pier burned all night.",
    "Ilo Venn said the crane stood. Ada Quell said Mara Orm said the doors of the shed had been bolted.",
)
REPORTS = tuple(
    Report(f"r{number}", text, digest(text), f"f{number}", f"{number}.txt", publisher=f"Paper {number}")
    for number, text in enumerate(TEXTS)
)
READ = tuple(map(toy.read, REPORTS))
CASE = spine.account(spine.assemble(REPORTS, READ))
NEW = Change("r1", content=(Span(0, 8),), speaker="a clerk")
ADDED = identify("attribution", "r1", None, None, *NEW.content)
THINGS = [*(one.id for each in READ for one in each.attributions), ADDED, "r0", "r1", CASE.voices[0].id]
ON_ATTRIBUTIONS = ("accepted", "rejected", "Ada Quell", "a clerk", "denies", "possible", "undone")

acts = st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(ON_ATTRIBUTIONS)), max_size=12)


def judged(number, thing, word):
    """A judgement on a thing; on reports and voices there is but one."""
    at = f"2031-05-04T10:00:{number:02}"
    if word == "undone":
        return Judgement(str(number), thing, word, "", "R. Moll", at)
    if thing in {"r0", "r1"} or thing == CASE.voices[0].id:
        return Judgement(str(number), thing, "retracted", "why", "R. Moll", at)
    found = next((one for each in READ for one in each.attributions if one.id == thing), None)
    change = Change(found.report, found.source, found.cue, found.content) if found else NEW
    if word in {"accepted", "rejected"}:
        return Judgement(str(number), thing, word, "why", "R. Moll", at, change=None if found else change)
    field = {"denies": "stance", "possible": "certainty"}.get(word, "speaker")
    return Judgement(str(number), thing, "corrected", "why", "R. Moll", at, change=replace(change, **{field: word}))


def case_of(judgements):
    return replace(spine.account(spine.assemble(REPORTS, READ, judgements=tuple(judgements))), judgements=())


def remaining(judgements):
    kept = defaultdict(list)
    for one in judgements:
        if one.verdict != "undone":
            kept[one.about].append(one)
        elif kept[one.about]:
            kept[one.about].pop()
    stands = {one.id for several in kept.values() for one in several}
    return [one for one in judgements if one.id in stands]


@settings(max_examples=30, deadline=None)
@given(acts)
def test_what_was_taken_back_leaves_nothing(said):
    judgements = [judged(number, *act) for number, act in enumerate(said)]
    assert case_of(judgements) == case_of(remaining(judgements))


@settings(max_examples=20, deadline=None)
@given(acts, st.randoms(use_true_random=False))
def test_the_order_of_judgements_on_different_things_changes_nothing(said, chance):
    judgements = [judged(number, *act) for number, act in enumerate(said)]
    queues = defaultdict(list)
    for one in judgements:
        queues[one.about].append(one)
    mixed = []
    while queues:
        about = chance.choice(sorted(queues))
        mixed.append(queues[about].pop(0))
        if not queues[about]:
            del queues[about]
    assert case_of(judgements) == case_of(mixed)


@settings(max_examples=20, deadline=None)
@given(acts, acts)
def test_a_case_in_memory_comes_to_the_same_as_one_loaded_anew(first, then):
    judgements = tuple(judged(number, *act) for number, act in enumerate([*first, *then]))
    before = spine.account(spine.assemble(REPORTS, READ, judgements=judgements[: len(first)]))
    whole = spine.account(spine.assemble(REPORTS, READ, judgements=judgements))
    memory = Memory()
    spine.resolve_again(CASE, (), memory=memory)
    assert spine.rejudge(before, judgements, memory) == spine.rejudge(before, judgements) == whole
    assert spine.rejudge(whole, before.judgements, memory) == before
    assert spine.as_read(whole) == READ


@pytest.mark.parametrize("word", ["rejected", "accepted"])
def test_what_does_not_count_is_in_no_voice(word):
    about = READ[0].attributions[2].id
    case = spine.rejudge(CASE, (judged(0, about, word),))
    assert any(about in voice.attributions for voice in case.voices) == (word == "accepted")
    assert about in {one.id for each in case.findings for one in each.attributions}


def test_a_retracted_voice_stays_listed_and_its_claims_count_no_more():
    case = spine.rejudge(CASE, (judged(0, CASE.voices[0].id, "retracted"),))
    assert case.voices == CASE.voices
    told = {one.claim for moment in case.moments for one in moment.told}
    theirs = {claim.id for each in case.findings for claim in each.claims
              if claim.attribution in CASE.voices[0].attributions}  # fmt: skip
    assert theirs
    assert not told & theirs
