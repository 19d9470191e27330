"""How rival answers differ, by kind, in words. Only a conflict is called one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.model import Answer, Difference, DifferenceKind, Question

KINDS: Final[dict[DifferenceKind, str]] = {
    "conflict": "Conflict: these cannot all hold",
    "update": "No conflict, it may be an update or a wider number",
    "scope": "No conflict, they count different people",
    "granularity": "No conflict, one may say more than the other",
    "time zone": "No conflict for certain: days next to each other",
    "alias": "No conflict for certain: they may be two names of one",
}
"""How each kind is called, in the order of the page."""

MOST: Final = 8
"""Groups of answers of one kind that are shown; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of difference, and the answers that differ so."""

    kind: DifferenceKind
    said: str
    groups: tuple[tuple[str, ...], ...]
    """Words of answers: each two of a group differ so."""
    more: int
    """Groups that are not shown."""


def ways(question: Question) -> tuple[Way, ...]:
    """The kinds of difference of a question, conflicts first."""
    by_kind: defaultdict[DifferenceKind, list[Difference]] = defaultdict(list)
    for one in question.differences:
        by_kind[one.kind].append(one)
    words = {answer.id: in_words(answer) for answer in question.answers}
    out = []
    for kind, said in KINDS.items():
        groups = cliques(question.answers, by_kind[kind]) if kind in by_kind else []
        if groups:
            shown = tuple(tuple(words[name] for name in group) for group in groups[:MOST])
            out.append(Way(kind, said, shown, max(0, len(groups) - MOST)))
    return tuple(out)


def in_words(answer: Answer) -> str:
    """An answer in running text: in quotation marks where it is a report's words, with whom alone it counts."""
    words = f"“{answer.words}”" if answer.entity is None else answer.words
    return f"{words} (of “{answer.scope}” only)" if answer.scope else words


def cliques(answers: Sequence[Answer], differences: Iterable[Difference]) -> list[list[str]]:
    """Groups of answers of which each two differ so, the largest that come of taking them in their order.

    So twelve answers that all exclude each other are one line, not sixty-six.
    """
    order = {answer.id: place for place, answer in enumerate(answers)}
    others: defaultdict[str, set[str]] = defaultdict(set)
    edges = sorted((order[one], order[other]) for one, other in _pairs(differences, order))
    for one, other in edges:
        others[answers[one].id].add(answers[other].id)
        others[answers[other].id].add(answers[one].id)
    covered: set[frozenset[str]] = set()
    groups: list[list[str]] = []
    for one, other in edges:
        group = [answers[one].id, answers[other].id]
        if frozenset(group) not in covered:
            for third in answers:
                if third.id not in group and others[third.id].issuperset(group):
                    group.append(third.id)
            covered |= {frozenset((a, b)) for a in group for b in group if a != b}
            groups.append(sorted(group, key=order.__getitem__))
    return groups


def _pairs(differences: Iterable[Difference], known: dict[str, int]) -> Iterable[tuple[str, str]]:
    return ((one.one, one.other) for one in differences if one.one in known and one.other in known)
