"""Weighing in words: likelihood from one scale, confidence apart, and one plain sentence.

Likelihood is in the words of Intelligence Community Directive 203 (2015, D.6.e(2)(a)). Confidence says how well founded
that is; the directive forbids both in one sentence, and so they stand in fields of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.model.weighing import ConfidenceLevel

SCALE = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
"""Upper ends of the bands, and their words."""

EVEN = 0.45
"""Where the band of "roughly even chance" begins."""

OPEN = "not settled"
"""In place of a likelihood where what is said leaves more than one band open."""

CLOSE_RIVAL = 0.5
"""Share of the leading answer's support from which a rival makes confidence low; from a tenth of it not high."""

CONTESTED = 0.5
"""Where rivals and denials weigh so much, in nats, beside what leads, no likelihood is said, and confidence is low.
Dempster's rule sets conflicting mass aside, and what is left can look certain that no reader would call so (Zadeh, A
simple view of the Dempster-Shafer theory of evidence, AI Magazine 7(2), 1986). The bound is a rule of thumb."""

MUCH_UNRESOLVED = 0.2
"""From here on confidence is not high. Rules of thumb, both."""

ENOUGH = 3
"""Independent origins for the leading answer, at the least, for high confidence. A rule of thumb."""


ALL_UNSURE = "Every answer that is given is unsure: read before use."
"""Where what leads is unsure: a sure answer would lead before it."""


class Grounds(NamedTuple):
    """What a confidence rests on."""

    low: int
    """Independent origins of the leading answer, at the least and at the most."""
    high: int
    rival: float
    """Support of the next best answer, as a share of the leading one's."""
    unresolved: float
    hangs_on_one: bool
    """Whether one origin less makes another answer lead, or none."""
    prior_only: bool
    """Whether the reliability of all who support it rests on the table of assumptions alone."""
    opposed: float = 0.0
    """Nats of its rivals and denials, as a share of its own."""
    unsure: bool = False
    """Whether it is unsure: then no sure answer has any support."""


def likelihood(belief: float, plausible: float, *, opposed: float = 0.0) -> str:
    """The word for a support, on the side of caution: what is likely is so by Bel, what is unlikely by Pl.

    Where the two lie on different sides of even, what is said settles nothing, and no word of the scale is true. Nor
    where much is said against what leads: `opposed`, as in `Grounds`.

    >>> likelihood(0.9375, 1.0), likelihood(0.75, 0.8), likelihood(0.43, 0.57), likelihood(0.02, 0.23)
    ('very likely', 'likely', 'not settled', 'unlikely')
    >>> likelihood(0.99, 0.99, opposed=0.8)
    'not settled'
    """
    if belief < EVEN <= plausible or opposed >= CONTESTED:
        return OPEN
    decided = belief if belief >= EVEN else plausible
    return next(word for end, word in SCALE if decided < end)


def confidence(grounds: Grounds | None) -> tuple[ConfidenceLevel, tuple[str, ...]]:
    """How well founded what leads is, and why. Never high where everything may trace to one root."""
    if grounds is None:
        return "low", ("No answer leads.",)
    against = tuple(_against(grounds))
    if grounds.unsure or grounds.low <= 1 or grounds.rival >= CLOSE_RIVAL or grounds.opposed >= CONTESTED:
        return "low", against
    if against or grounds.low < ENOUGH:
        return "moderate", against or (f"It rests on {in_words(grounds.low)} origins that are independent.",)
    return "high", (
        f"It rests on {in_words(grounds.low)} or more origins that are independent, and little speaks against it.",
    )


def _against(grounds: Grounds) -> list[str]:
    said = [
        (grounds.unsure, ALL_UNSURE),
        (grounds.low <= 1 and grounds.high > 1, "All who give it may trace to one root."),
        (grounds.high <= 1, "It traces to one root."),
        (grounds.rival >= CLOSE_RIVAL, "Another answer has nearly as much support."),
        (CLOSE_RIVAL / 5 <= grounds.rival < CLOSE_RIVAL, "Another answer has some support too."),
        (grounds.opposed >= CONTESTED, "What speaks against it weighs at least half as much as what speaks for it."),
        (grounds.unresolved >= MUCH_UNRESOLVED, "Much is left open by what is said."),
        (grounds.hangs_on_one, "Without one of its origins it no longer leads."),
        (grounds.prior_only, "How reliable its origins are is assumed, not seen."),
    ]
    return [reason for holds, reason in said if holds]


NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def in_words(number: int) -> str:
    """Small numbers in letters, as text has them.

    >>> in_words(9), in_words(40)
    ('nine', '40')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


WIDE = 3
"""Origins between the fewest and the most from which on a range says little: then some are named instead."""

NAMED = 3
"""Origins that are then named."""


def sentence(reports: int, low: int, high: int, hangs_on: str, *, names: Sequence[str] = ()) -> str:
    """How many reports and origins there are, and on what everything hangs ("" for nothing single).

    `names`: of the origins, those that most reports have first.

    >>> sentence(9, 1, 3, "three officials, heard by the Quay Courier")
    'Nine reports, one to three independent origins. Everything hangs on three officials, heard by the Quay Courier.'
    >>> sentence(1, 1, 1, "the harbour master")
    'One report, one independent origin. Everything hangs on the harbour master.'
    >>> sentence(9, 2, 3, "the harbour master")
    'Nine reports, two to three independent origins. Which answer leads hangs on the harbour master.'
    >>> sentence(9, 1, 5, "", names=["the harbour office", "two officers", "a crane driver", "Tarn", "a nurse"])
    'Nine reports: the harbour office; two officers; a crane driver; and two more. At least one independent origin.'
    """
    told = f"{in_words(reports)} report{'s' * (reports != 1)}"
    if names and high - low >= WIDE:
        more = [f"and {in_words(len(names) - NAMED)} more"] if len(names) > NAMED else []
        shown = "; ".join([*names[:NAMED], *more])
        first = f"{told}: {shown}. At least {in_words(low)} independent origin{'s' * (low != 1)}."
    else:
        span = in_words(high) if low == high else f"{in_words(low)} to {in_words(high)}"
        first = f"{told}, {span} independent origin{'s' * (high != 1)}."
    what = "Everything" if low <= 1 else "Which answer leads"
    return first[0].upper() + first[1:] + (f" {what} hangs on {hangs_on}." if hangs_on else "")
