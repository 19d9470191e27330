"""What the program proposes: hypotheses from rival answers, evidence from their origins, and what it says of each.

Only what follows from the accounts alone is suggested: who gives an answer speaks for it and against those that
conflict with it, if they are firm. Whether a reason, or an answer to another question, tells hypotheses apart is for a
person to say: such cells stay blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TypeAlias, get_args

from sayso.kit import fold, identify
from sayso.model import (
    Answer,
    Cell,
    Difference,
    Evidence,
    Given,
    Hypothesis,
    Lineage,
    Matrix,
    Origin,
    Question,
    Rating,
    Reason,
    Slot,
    Testimony,
)

REST = "None of these"
FIRM = frozenset({"certain", "unknown"})
SLOTS: tuple[str, ...] = (*get_args(Slot), "free")
ALSO_BLAMES = frozenset({"ordered_by", "complicity"})
"""Slots whose answers are consistent with the same entity as perpetrator."""

Suggestion: TypeAlias = tuple[Rating, str]
Proposed: TypeAlias = tuple[Evidence, dict[str, Suggestion]]
"""A row, and by hypothesis what is suggested for its cell, with the reason."""


def propose(
    questions: Sequence[Question], lineages: Sequence[Lineage], texts: Mapping[str, str], *, main: Iterable[str] = ()
) -> tuple[Matrix, ...]:
    """One matrix for the main question of each incident, in their order, with all its cells still to be accepted.

    The main question is who did it, else the first in the order of slots that is disputed, else the first. `main` are
    ids of questions to be taken instead. Evidence are the testimonies on all questions of the incident, those on the
    main one first, and the reasons offered on it. `texts` are the reports' texts, by id.
    """
    by_question = {one.question: one for one in lineages}
    wanted = frozenset(main)
    found = []
    for _, several in groupby(questions, key=lambda one: one.incident):
        asked = sorted(several, key=lambda one: SLOTS.index(one.slot))
        chosen = [one for one in asked if one.id in wanted] if wanted else [_main(asked)]
        traced = {one.id: by_question[one.id] for one in asked if one.id in by_question}
        found += [_matrix(one, asked, traced, texts) for one in chosen]
    return tuple(found)


def _main(asked: Sequence[Question]) -> Question:
    return next((one for one in asked if one.slot == "perpetrator" or one.disputed), asked[0])


def _matrix(
    question: Question, asked: Sequence[Question], lineages: Mapping[str, Lineage], texts: Mapping[str, str]
) -> Matrix:
    hypotheses = (*_hypotheses(question), rest_of(question.id))
    by_id = {one.id: one for one in asked}
    told = {name: list(_testified(question, by_id[name], one, hypotheses)) for name, one in lineages.items()}
    reasons = _reasoned(question, lineages, texts, hypotheses)
    rows = _once([*told.pop(question.id, ()), *reasons, *chain.from_iterable(told.values())])
    merges = (merge for one in lineages.values() for merge in one.merges if not merge.taken)
    cells = tuple(
        Cell(one.id, row.id, suggested=said[one.id][0], suggestion=said[one.id][1])
        for row, said in rows
        for one in hypotheses
        if one.id in said
    )
    pairs = tuple(dict.fromkeys((merge.one, merge.other) for merge in merges))
    return Matrix(question.id, question.text, question.slot, hypotheses, tuple(row for row, _ in rows), cells, pairs)


def _once(rows: Iterable[Proposed]) -> list[Proposed]:
    """Rows of the same proposition on the same root as one: two answers may be given in the same words."""
    found: dict[str, Proposed] = {}
    for row, said in rows:
        first, told = found.get(row.id, (row, said))
        found[row.id] = (replace(first, given=tuple(dict.fromkeys((*first.given, *row.given)))), {**said, **told})
    return list(found.values())


def rest_of(question: str) -> Hypothesis:
    """The hypothesis that none of the others is so, of a question."""
    return Hypothesis(identify("hypothesis", question, "", "rest"), REST, is_rest=True)


def hypothesis_id(question: str, words: str) -> str:
    """The same for the same words, however they are written."""
    return identify("hypothesis", question, fold(words))


def _hypotheses(question: Question) -> list[Hypothesis]:
    """One for each answer that is read surely; for all of them where none is."""
    answers = [one for one in question.answers if not one.unsure] or list(question.answers)
    named = dict(zip((one.id for one in answers), _distinct(answers), strict=True))
    ids = {name: hypothesis_id(question.id, words) for name, words in named.items()}
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for one in question.differences:
        if one.kind != "conflict" and one.one in ids and one.other in ids:
            beside[one.one].append(ids[one.other])
            beside[one.other].append(ids[one.one])
    return [
        Hypothesis(ids[one.id], named[one.id], one.id, overlaps=tuple(dict.fromkeys(beside[one.id]))) for one in answers
    ]


def _distinct(answers: Iterable[Answer]) -> Iterator[str]:
    """Their words, with the people counted, and with a number where two would be the same."""
    met: dict[str, int] = {}
    for one in answers:
        words = f"{one.words} ({one.scope})" if one.scope else one.words
        key = fold(words)
        met[key] = met.get(key, 0) + 1
        yield f"{words} ({met[key]})" if met[key] > 1 else words


def _testified(
    question: Question, asked: Question, lineage: Lineage, hypotheses: Sequence[Hypothesis]
) -> Iterator[Proposed]:
    origins = {one.id: one for one in lineage.origins}
    answers = {one.id: one for one in asked.answers}
    differ = {pair: _kind(d, pair[0]) for d in asked.differences for pair in ((d.one, d.other), (d.other, d.one))}
    about = asked.text.split(" (", maxsplit=1)[0]
    for one in lineage.testimonies:
        answer, origin = answers[one.answer], origins[one.origin]
        unsure = " (unsure)" if answer.unsure else ""
        key = identify(about, fold(answer.words), answer.scope, one.is_for)
        words = f"{about} {'' if one.is_for else 'Not '}“{answer.words}”{unsure}"
        row = Evidence(_row_id(question, key, origin.id), key, words, origin.id, origin.name, "answer", one.given)
        if answer.unsure:
            yield row, {}
        elif asked.id == question.id:
            yield row, dict(_suggested(one, origin, hypotheses, differ))
        else:
            yield row, dict(_also_blamed(question, asked, (one, answer, origin), hypotheses))


def _kind(difference: Difference, given: str) -> str:
    """How an answer that is given differs from the other one: "implies" where the other is the broader one."""
    return "implies" if difference.broader not in {"", given} else difference.kind


def _row_id(question: Question, proposition: str, root: str) -> str:
    return identify("evidence", question.id, proposition, root)


def _suggested(
    one: Testimony, origin: Origin, hypotheses: Iterable[Hypothesis], differ: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Suggestion]]:
    for hypothesis in hypotheses:
        kind = "same" if hypothesis.answer == one.answer else differ.get((one.answer, hypothesis.answer or ""), "")
        told = _suggestion(one, "conflict" if hypothesis.is_rest else kind)
        if told:
            yield hypothesis.id, (told[0], f"{origin.name} {told[1]}.")


def _suggestion(one: Testimony, kind: str) -> Suggestion | None:
    """`kind` is how its answer differs from the hypothesis, "" where that is not known."""
    firm = one.certainty in FIRM
    against: Rating = "I" if firm else "N"
    how = "" if firm else ", but not firmly"
    if kind == "same":
        return ("C", "says so") if one.is_for else (against, f"denies it{how}")
    if not one.is_for:
        return "N", "denies another answer, which need not speak for this one"
    if kind == "conflict":
        return against, f"gives another answer{how}"
    if kind == "implies":
        return "C", "gives a narrower answer, from which this one follows"
    if kind in {"granularity", "alias"}:
        return "C", "gives an answer that may be so with this one"
    return ("N", "gives an answer that may be so with this one") if kind else None


def _also_blamed(
    question: Question, asked: Question, said: tuple[Testimony, Answer, Origin], hypotheses: Iterable[Hypothesis]
) -> Iterator[tuple[str, Suggestion]]:
    """Who is said to have ordered it, or to have helped, may also be said to have done it."""
    testimony, answer, origin = said
    if question.slot != "perpetrator" or asked.slot not in ALSO_BLAMES or not answer.entity or not testimony.is_for:
        return
    same = {one.id for one in question.answers if one.entity == answer.entity}
    for one in hypotheses:
        if one.answer in same:
            yield one.id, ("C", f"{origin.name} says it of a part in it too.")


def _reasoned(
    question: Question, lineages: Mapping[str, Lineage], texts: Mapping[str, str], hypotheses: Sequence[Hypothesis]
) -> Iterator[Proposed]:
    """Reasons, each root's once: in other reports they may be given in fewer words, or in just the same."""
    roots = _Roots(question, lineages)
    words_of = {one.id: one.words for one in question.answers}
    by_root: defaultdict[tuple[str, str, str, bool], list[tuple[str, Reason]]] = defaultdict(list)
    for one in question.reasons:
        words = " ".join(texts[one.report][one.span.start : one.span.end].split())
        by_root[(*roots.of(one), one.answer, one.is_for)].append((words, one))
    for (root, actor, answer, is_for), several in by_root.items():
        for words, reasons in _wordings(several):
            key = identify("reason", fold(words), fold(words_of[answer]), is_for)
            side = "for" if is_for else "against"
            told = f"A reason {side} “{words_of[answer]}”: “{words}”"
            given = tuple(dict.fromkeys(Given(one.report, one.claim, is_for, one.span) for one in reasons))
            row = Evidence(_row_id(question, key, root), key, told, root, actor, "reason", given)
            rating: Rating = "C" if is_for else "I"
            why = f"{actor} offers it as a reason {side} it."
            yield row, {one.id: (rating, why) for one in hypotheses if one.answer == answer}


def _wordings(several: Sequence[tuple[str, Reason]]) -> list[tuple[str, list[Reason]]]:
    """Reasons whose words another holds are that other one."""
    longest = sorted({words for words, _ in several}, key=lambda words: (-len(fold(words)), words))
    held: dict[str, str] = {}
    for words in longest:
        held[words] = next((one for one in held.values() if f" {fold(words)} " in f" {fold(one)} "), words)
    found: dict[str, list[Reason]] = {}
    for words, one in several:
        found.setdefault(held[words], []).append(one)
    return list(found.items())


class _Roots:
    """Whose word a reason is: the origin of the same claim, else the one of that name heard in the same report."""

    def __init__(self, question: Question, lineages: Mapping[str, Lineage]) -> None:
        own = lineages.get(question.id)
        self.of_claim: dict[str, Origin] = {}
        self.of_name: dict[tuple[str, str], Origin] = {}
        origins = {one.id: one for one in own.origins} if own else {}
        for testimony in own.testimonies if own else ():
            for given in testimony.given:
                self.of_claim.setdefault(given.claim, origins[testimony.origin])
        for each in (*((own,) if own else ()), *lineages.values()):
            for origin in each.origins:
                for report in origin.reports:
                    self.of_name.setdefault((report, fold(origin.name)), origin)

    def of(self, reason: Reason) -> tuple[str, str]:
        """The id and the name of the root."""
        found = self.of_claim.get(reason.claim) or self.of_name.get((reason.report, fold(reason.by)))
        return (found.id, found.name) if found else (identify("root", fold(reason.by)), reason.by)
