"""The records of weighing: what testimonies, taken together, leave of each answer, and what hangs on what.

Nothing here says that an answer is so. Nats are log likelihood ratios; every figure rests on the table of assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnitKind = Literal["voice", "hearer", "bloc", "report"]
"""What can be left out: an origin, who heard it first, those who depend on each other, a report."""

ConfidenceLevel = Literal["high", "moderate", "low"]
"""How well founded a support is (ICD 203, 2015, D.6.e(2)). Never to be said in one sentence with a likelihood."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one origin adds to one answer, or takes from it: one step of the waterfall."""

    origin: str
    """Id of the origin."""
    answer: str
    """Id of the answer."""
    is_for: bool
    weight: float
    """In nats, as if nobody else spoke."""
    discount: float
    """0 to 1: what is left of it beside those it depends on."""
    reports: tuple[str, ...]
    """In which it is heard, in the order of the case."""
    reliability: float
    prior_only: bool
    """Whether the reliability rests on the table alone, for want of claims to compare."""

    @property
    def contribution(self) -> float:
        """Nats that it adds in the end."""
        return self.weight * self.discount


@dataclass(frozen=True, slots=True)
class Support:
    """What is left of one answer."""

    answer: str
    """Id of the answer."""
    belief: float
    """0 to 1: how far what is said commits to it, if all who may be one are one."""
    plausible: float
    """0 to 1, at least `belief`: how far what is said leaves it possible."""
    belief_apart: float
    """The same as `belief` if all who may be one are several."""
    nats_for: float
    nats_against: float
    voices: tuple[float, float]
    """Low and high: as many reference voices, independent of each other, would support it as much as those do who give
    it or a narrower answer, which implies it."""
    likelihood: str
    """In words of one scale (ICD 203): "likely", "very likely" …"""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What becomes of a question without one voice, hearer, bloc or report."""

    kind: UnitKind
    unit: str
    """Id of the origin or report, name of the hearer or bloc."""
    leader: str | None
    """The answer that then leads, None for none."""
    flips: bool
    """Whether what led no longer does, nor anything that can hold together with it."""
    belief: float
    """What is then left of the answer that led, 0 where none did."""


@dataclass(frozen=True, slots=True)
class Fall:
    """Origins without which another answer leads, or none."""

    origins: tuple[str, ...]
    """Ids, those that matter most first."""
    leader: str | None
    """The answer that then leads, None for none."""
    smallest: bool
    """Whether it is known that no smaller set would do. False: found by taking the heaviest away one by one."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number or day as a posterior: what the figures given leave of it."""

    low: float
    """One in ten that it is lower (q10). Days are counted from 1 January of the year 1 (`date.toordinal`)."""
    best: float
    """The mode."""
    high: float
    """One in ten that it is higher (q90)."""
    scope: str
    """Of some people only: "civilians" …; "" for all."""
    origins: int
    """How many give a figure of this scope."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How the answers to one question stand: of a `Weighing` what is quick to work out."""

    question: str
    supports: tuple[Support, ...]
    """In the order of the question's answers."""
    leader: str | None
    """Id of the answer with the most support, None where none has any or two share it."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the testimonies on one question, taken together, leave of its answers."""

    question: str
    supports: tuple[Support, ...]
    """In the order of the question's answers."""
    unresolved: float
    """0 to 1: what no answer holds. With the beliefs it makes 1, where all answers exclude each other."""
    conflict: float
    """0 to 1: how far the testimonies contradict each other."""
    leader: str | None
    """Id of the answer with the most support, None where none has any or two share it. Of answers within each other
    ("11", "at least 10") the narrowest that more is said for than for the broader one itself. An unsure one leads only
    where no sure one has any support."""
    parts: tuple[Part, ...]
    """By answer, for before against, the greatest contribution first."""
    hanging: tuple[Hanging, ...]
    """By kind, voices first; within a kind what flips the answer first."""
    fall: Fall | None
    """None where no answer leads."""
    confidence: ConfidenceLevel
    reasons: tuple[str, ...]
    """Why that confidence and no other, in plain words."""
    sentence: str
    """How many reports and origins, and on what everything hangs. No number beside anybody's name."""
    estimates: tuple[Estimate, ...] = ()
    """Of counts and days, one a scope, that of all people first."""
