"""Whose word it is: what is like a statement, as a question to lineage, and its answer as roots of the statement.

Which claims rest on one origin, lineage says, as for any question of a case; here its low bound counts: what may be one
origin is one. So are two who speak for one body by their names ("the ministry", "the minister"), and what a reporter
tells in their own voice of somebody who says it elsewhere ("the ministry raised it", "it gave a toll of four"), or in
the words of another report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from sayso.drafts.units import Unit, is_one, name_words
from sayso.kit import identify
from sayso.model import Answer, Given, Lineage, Origin, Question, Root, Source

Rooted: TypeAlias = Callable[[tuple[Question, ...]], tuple[Lineage, ...]]
"""Lineages of questions, one for each, in their order."""


SAME_WORDS = 0.8
"""Share of the words of two sentences of reporters that both have, from which on the one is taken for a copy."""

_GOES_ON = re.compile(
    r"\W{0,3}(?:(?:In|On|At|For|But|And|Then|Also)\b[^,;.]{0,40},? )?(?:It|He|She|They)\b", re.IGNORECASE
)
"""A sentence whose subject is a pronoun."""


def goes_on(text: str, start: int) -> bool:
    """Whether a sentence whose subject is a pronoun begins here."""
    return bool(_GOES_ON.match(text, start))


def question(claim: str, part: str, units: Sequence[Unit]) -> Question:
    """All of whose answer is what is like a statement."""
    name = identify("draft", claim, part)
    given = tuple(Given(one.claim.report, one.claim.id, is_for=True, span=one.claim.content[0]) for one in units)
    return Question(name, "free", "", "Who says so?", (Answer(identify(name, "answer"), "so", given),))


def roots(
    lineage: Lineage, sources: Sequence[Source], units: Sequence[Unit], texts: Mapping[str, str]
) -> tuple[Root, ...]:
    """Independent origins, those heard in most reports first, then in the order of the case.

    `units` are the claims of the sources, one for each; `texts` by report.
    """
    place = {one.claim: at for at, one in enumerate(sources)}
    group = _groups(lineage)
    heard: defaultdict[str, set[int]] = defaultdict(set)
    for testimony in lineage.testimonies:
        heard[group[testimony.origin]].update(place[given.claim] for given in testimony.given)
    names = {group[one.id]: one for one in sorted(lineage.origins, key=lambda one: (one.voice is not None, one.named))}
    apart: list[tuple[set[int], Origin]] = []
    for name in sorted(heard, key=lambda one: (names[one].voice is None, not names[one].named, min(heard[one]))):
        told, origin = heard[name], names[name]
        for other in [one for one in apart if _are_one(one[0], told, units, texts)]:
            told, origin = told | other[0], other[1]
            apart.remove(other)
        apart.append((told, origin))
    made = (
        Root(origin.name, origin.voice is None, tuple(sources[at] for at in sorted(told))) for told, origin in apart
    )
    return tuple(
        sorted(made, key=lambda one: (-len({each.report for each in one.sources}), place[one.sources[0].claim]))
    )


def _are_one(some: Iterable[int], others: Iterable[int], units: Sequence[Unit], texts: Mapping[str, str]) -> bool:
    """Whether a claim of the one group may be of one origin with a claim of the other."""
    return any(_may_be_one(units[one], units[other], texts) for one, other in product(some, others))


def _groups(lineage: Lineage) -> dict[str, str]:
    """By origin the first of those that may be one with it."""
    group = {one.id: one.id for one in lineage.origins}
    for merge in lineage.merges:
        if not merge.taken and merge.one in group and merge.other in group:
            kept, gone = sorted((group[merge.one], group[merge.other]))
            group = {name: kept if of == gone else of for name, of in group.items()}
    return group


def _may_be_one(one: Unit, other: Unit, texts: Mapping[str, str]) -> bool:
    own = [each for each in (one, other) if each.claim.attribution is None]
    if not own:
        return is_one(one.speaker, other.speaker)
    if any(goes_on(texts[each.claim.report], each.claim.content[0].start) for each in own):
        return True
    if len(own) == 2:
        here, there = ({word.key for word in each.words} for each in own)
        return len(here & there) >= SAME_WORDS * len(here | there)
    spoken = other if own[0] is one else one
    words = {part for word in own[0].words for part in name_words(word.key)}
    name = spoken.speaker.name
    return bool(spoken.speaker.ids & own[0].content_forms or (name and 2 * len(name & words) >= len(name)))
