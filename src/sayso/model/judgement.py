"""The records of what people decide. They stand beside what the program said, never over it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.report import Span
from sayso.model.terms import Certainty, Kind, Stance


@dataclass(frozen=True, slots=True)
class Change:
    """What a person sets in an attribution; what is empty or None stays as the program has it."""

    report: str
    """Id of the report that it stands in."""
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    """In the order of the text. With source and cue: of an added one all three, else empty or what is set instead."""
    speaker: str = ""
    """Who speaks: the last voice of the chain."""
    chain: tuple[str, ...] | None = None
    """All voices after the publisher, outermost first, the one who speaks last."""
    stance: Stance | None = None
    certainty: Certainty | None = None
    kind: Kind | None = None
    """Of the one who speaks, as `named`."""
    named: bool | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided."""

    id: str
    about: str
    """Id of an attribution, voice or report; what stands for a pair of names, if `names` has one."""
    verdict: str
    """Of an attribution "accepted", "rejected", "corrected" or "added"; of a report or voice "retracted"; of any of
    them "undone", which takes back the last that stands. Of a pair of names "same", "different" or "retracted": taken
    back."""
    reason: str
    by: str
    at: str
    """UTC, ISO 8601."""
    supersedes: str | None = None
    names: tuple[str, ...] = ()
    """Two spellings that it says are one's or two's: not ids of entities, for those may change with every report. Of a
    voice its name, for the same reason."""
    change: Change | None = None
    """Of an attribution: all that people have set in it so far, with what this judgement sets."""
