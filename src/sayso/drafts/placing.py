"""A draft set into a case that is ready, by way of the few reports that are most like it.

Who is who, which incident a claim is about and what it answers is worked out for the draft and these reports alone;
what comes out as one with names, voices and answers of the whole case joins those. So a large case takes little longer
than a small one, and one with few reports is worked out whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log
from typing import TypeAlias, TypeVar

from sayso.drafts.units import plain_words
from sayso.model import Answer, Case, Difference, Entity, Findings, Given, Question, Report, Voice

MOST = 20
"""Reports that are looked at for who and what a draft speaks of. With as many in the case it is worked out whole."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Key: TypeAlias = tuple[str, bool, str]
"""A claim, whether it is for the answer, and the slot of the question."""


def nearest(case: Case, draft: Report, found: Findings) -> frozenset[str]:
    """The ids of the reports whose sentences are most like those of a draft, each in its turn; at most `MOST`."""
    if len(case.reports) <= MOST:
        return frozenset(report.id for report in case.reports)
    asked = [plain_words(draft.text[slice(*span)]) for span in sorted(found.sentences)]
    wanted: frozenset[str] = frozenset().union(*asked)
    texts = {report.id: report.text for report in case.reports}
    held = [
        (found.report, held)
        for found in case.findings
        for span in found.sentences
        if (held := plain_words(texts[found.report][slice(*span)]) & wanted)
    ]
    often = Counter(word for _, words in held for word in words)
    weight = {word: log(1 + len(held) / (number + 1)) for word, number in often.items()}
    ranked = [_ranked(words, held, weight) for words in asked]
    kept: dict[str, None] = {}
    for rank in range(MOST):
        kept.update(dict.fromkeys(one[rank] for one in ranked if rank < len(one)))
    return frozenset(list(kept)[:MOST])


def _ranked(
    words: frozenset[str], held: Iterable[tuple[str, frozenset[str]]], weight: Mapping[str, float]
) -> list[str]:
    """Reports by their sentence that holds most of these words, at most `MOST`."""
    best: defaultdict[str, float] = defaultdict(float)
    for report, here in held:
        if both := here & words:
            best[report] = max(best[report], round(sum(weight[word] for word in sorted(both)), 6))
    return sorted(best, key=lambda one: (-best[one], one))[:MOST]


def place(case: Case, few: Case, draft: Report) -> Case:
    """The case with a draft as its last report. `few` is the draft with the reports that are most like it."""
    found = few.findings[-1]
    entities, name = _with_entities(case, few, draft.id)
    voices = _with_voices(case, few, {one.id for one in found.attributions}, name)
    questions = _with_questions(case.questions, few.questions, {one.id for one in found.claims})
    return replace(
        few,
        reports=(*case.reports, draft),
        findings=(*case.findings, found),
        entities=entities,
        voices=voices,
        incidents=case.incidents,
        questions=questions,
        judgements=case.judgements,
    )


def _with_entities(case: Case, few: Case, draft: str) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """Those of the case with what the draft names, and by the ids of `few` their own."""
    owner = {where: one.id for one in case.entities for where in one.mentions}
    known = {one.id: one for one in case.entities}
    name = {}
    for one in few.entities:
        name[one.id] = _owner(one.mentions, owner) or one.id
        here = tuple(where for where in one.mentions if where.report == draft)
        if here:
            whole = known.get(name[one.id])
            known[name[one.id]] = (
                replace(whole, mentions=(*whole.mentions, *here)) if whole else replace(one, mentions=here)
            )
    return tuple(known.values()), name


def _with_voices(case: Case, few: Case, said: set[str], name: Mapping[str, str]) -> tuple[Voice, ...]:
    owner = {each: one.id for one in case.voices for each in (*one.attributions, *one.relays)}
    known = {one.id: one for one in case.voices}
    for one in few.voices:
        here = tuple(each for each in one.attributions if each in said)
        if here:
            whole = known.get(_owner((*one.attributions, *one.relays), owner) or "")
            more = tuple(dict.fromkeys((*(whole or one).spellings, *one.spellings)))
            known[(whole or one).id] = (
                replace(whole, attributions=(*whole.attributions, *here), spellings=more)
                if whole
                else replace(one, attributions=here, entity=name.get(one.entity or "", one.entity))
            )
    return tuple(known.values())


def _with_questions(questions: Sequence[Question], few: Iterable[Question], here: set[str]) -> tuple[Question, ...]:
    """The questions of the case with what the draft answers to them; what it alone speaks to is left out."""
    owner: dict[Key, tuple[str, str]] = {
        (given.claim, given.is_for, one.slot): (one.id, answer.id)
        for one in questions
        for answer in one.answers
        for given in answer.given
    }
    known = {one.id: one for one in questions}
    for asked in few:
        place = {one.id: _owner(_keys(asked, one, here), owner) for one in asked.answers}
        whole = known.get(next((found[0] for found in place.values() if found), ""))
        if whole and any(given.claim in here for one in asked.answers for given in one.given):
            known[whole.id] = _answered(whole, asked, place, here)
    return tuple(known.values())


def _keys(asked: Question, one: Answer, here: set[str]) -> Iterator[Key]:
    return ((each.claim, each.is_for, asked.slot) for each in one.given if each.claim not in here)


def _answered(
    whole: Question, asked: Question, place: Mapping[str, tuple[str, str] | None], here: set[str]
) -> Question:
    """A question with the answers of the draft among its own, and how these differ."""
    mine: dict[str, tuple[Given, ...]] = {}
    new = []
    name = {}
    for one in asked.answers:
        given = tuple(each for each in one.given if each.claim in here)
        found = place[one.id]
        name[one.id] = found[1] if found else one.id
        if given and found:
            mine[found[1]] = given
        elif given:
            new.append(replace(one, given=given))
    answers = (replace(one, given=(*one.given, *mine.get(one.id, ()))) for one in whole.answers)
    more = (
        Difference(name[one.one], name[one.other], one.kind, one.reason)
        for one in asked.differences
        if {one.one, one.other} & {each.id for each in new}
    )
    return replace(whole, answers=(*answers, *new), differences=(*whole.differences, *more))


def _owner(several: Iterable[K], owner: Mapping[K, T]) -> T | None:
    """To whom most of them belong, of equals the first."""
    met = Counter(found for one in several if (found := owner.get(one)) is not None)
    return max(met, key=lambda one: met[one]) if met else None
