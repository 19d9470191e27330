"""A weighing in sentences: what hangs on what, what the figures come to, what is to be kept in mind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sayso.model import Estimate, Hanging, Question, UnitKind, Weighing
from sayso.weighing.words import ALL_UNSURE

LIMITS = "This is what is said, weighed under assumptions: it does not say what is so. What nobody said is not in it."

CONTRADICTED = "The accounts contradict each other: most of what they say together had to be set aside."
MUCH_CONFLICT = 0.5
"""From here on that is said. A rule of thumb."""

KINDS: dict[UnitKind, tuple[str, str]] = {
    "voice": ("", "any one voice"),
    "hearer": ("what was heard by ", "what any one of those who heard it heard"),
    "bloc": ("the bloc of ", "any one bloc"),
    "report": ("the report of ", "any one report"),
}
"""What can be left out, in words: this one, and each in turn."""

SHOWN = 3
"""Things left out that are told of each kind."""


def hangs(question: Question, weighing: Weighing, names: Mapping[str, str], *, numbers: bool = False) -> Iterator[str]:
    """What would put another answer first, or none: voices, hearers, blocs, reports; then the fewest voices.

    `names`: of origins and reports, by their ids. `numbers`: everything that was left out, with what is then left of
    the answer that leads now.
    """
    words = {one.id: f"“{one.words}”" for one in question.answers}
    leader = weighing.leader
    yield _leading(question, leader, words) if leader else "By what is said, no answer leads."
    for kind, said in KINDS.items():
        some = [each for each in weighing.hanging if each.kind == kind]
        if some:
            yield from _of_kind(weighing, said, some, (words, names), numbers=numbers)
    fall = weighing.fall
    if fall and len(fall.origins) > 1:
        fewest = "The fewest voices" if fall.smallest else "A few voices"
        yield f"{fewest} without which {_leads(fall.leader, words)}: {'; '.join(names[one] for one in fall.origins)}."


def _leading(question: Question, leader: str, words: Mapping[str, str]) -> str:
    """What leads, with the broader answers that follow from it, and whether it is unsure."""
    pairs = [one for one in question.differences if leader in {one.one, one.other}]
    follow = [words[one.broader] for one in pairs if one.broader not in {"", leader}]
    several = ", ".join(dict.fromkeys(follow[:SHOWN]))
    also = f", and with it {several}, which follow{'s' * (len(follow) == 1)} from it" if follow else ""
    unsure = f" {ALL_UNSURE}" if any(one.unsure for one in question.answers if one.id == leader) else ""
    return f"By what is said, {words[leader]} has the most support{also}.{unsure}"


def _of_kind(
    weighing: Weighing,
    said: tuple[str, str],
    some: Sequence[Hanging],
    called: tuple[Mapping[str, str], Mapping[str, str]],
    *,
    numbers: bool,
) -> Iterator[str]:
    this, in_turn = said
    words, names = called
    still = "it still leads" if weighing.leader else "still none leads"
    flips = [each for each in some if each.flips]
    if not flips and not numbers:
        yield f"Without {in_turn}: {still}."
    for each in some if numbers else flips[:SHOWN]:
        then = _leads(each.leader, words) if each.flips else still
        left = f" ({each.belief:.2f} is left of it)" if numbers and weighing.leader else ""
        yield f"Without {this}{names.get(each.unit, each.unit)}: {then}{left}."
    if not numbers and len(flips) > SHOWN:
        yield f"And {len(flips) - SHOWN} more without which that changes."


def _leads(answer: str | None, words: Mapping[str, str]) -> str:
    return f"{words[answer]} leads" if answer else "none leads"


def estimated(one: Estimate, *, days: bool) -> str:
    """What the figures or days given come to, in a sentence.

    >>> estimated(Estimate(3.7, 4.0, 6.2, "civilians", 3), days=False)
    'The figures given of “civilians”, taken together, point to 4: 4 to 6.'
    """
    low, best, high = (_figure(value, days=days) for value in (one.low, one.best, one.high))
    of = f" of “{one.scope}”" if one.scope else ""
    spread = "" if low == high else f": {low} to {high}"
    return f"The {'days' if days else 'figures'} given{of}, taken together, point to {best}{spread}."


def _figure(value: float, *, days: bool) -> str:
    return date.fromordinal(max(1, round(value))).isoformat() if days else f"{round(value):,}"
