"""The records of what is new, who is silent, what falls, and what to ask next. Nothing here says what is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sayso.model.case import Echo, Given

GainKind = Literal["question", "answer", "denial", "origin", "repeat"]
"""What a statement adds: a question that nobody spoke to before; an answer that nobody gave; the first denial of an
answer; one more origin for what others said; nothing, for the same origin was heard with it before."""

Heard = Literal["relay", "credit", "quotation", "passage", "voice", ""]
"""By what a report repeats another: the kind of their echo; "voice" where only the same voice is heard again."""

SilenceKind = Literal["declined", "not heard"]
"""Whether a report says that they would not answer, or nothing shows that anybody asked."""

Involvement = Literal["accused", "party", "official", "court", "victim", "witness", "expert", "body"]
"""What a silent voice has to do with the incident: others hold it responsible; else what kind of voice it is."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What one report adds by one statement: one origin on one answer, for it or against it."""

    kind: GainKind
    question: str
    answer: str
    """Ids."""
    is_for: bool
    origin: str
    """Id of the origin."""
    given: tuple[Given, ...]
    """The claims of this report that carry it. Never empty."""
    known: tuple[str, ...] = ()
    """Of a repeat the first reports that had it, those first that this one echoes; of all others empty."""
    heard: Heard = ""
    """Of a repeat how it comes from the first of `known`."""
    may_be: tuple[str, ...] = ()
    """Ids of origins heard before with the same, one of which it may be."""
    before: tuple[str, ...] = ()
    """Ids of other answers that the same origin gave before."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What one report says against what others said before it: another answer in conflict, or a denial."""

    question: str
    answer: str
    is_for: bool
    """What this report says."""
    against: str
    against_is_for: bool
    """What the others say: another answer, or the same one where one side denies it."""
    reports: tuple[str, ...]
    """The first of the others."""
    is_new: bool
    """Whether nobody had said this against that before."""


@dataclass(frozen=True, slots=True)
class News:
    """What one report adds to those that were known before it."""

    report: str
    gains: tuple[Gain, ...]
    """By question, in the order of the case; repeats too."""
    clashes: tuple[Clash, ...]
    echoes: tuple[Echo, ...]
    """What it has from reports known before."""
    echoed: tuple[Echo, ...]
    """What reports known before have from it."""

    @property
    def adds(self) -> tuple[Gain, ...]:
        """The gains that are no repeats."""
        return tuple(one for one in self.gains if one.kind != "repeat")


@dataclass(frozen=True, slots=True)
class Silence:
    """A voice that has a part in an incident and did not speak to a question that others answered."""

    question: str
    voice: str
    """Id of the voice."""
    name: str
    part: Involvement
    kind: SilenceKind
    spoke_on: tuple[str, ...]
    """Ids of the questions about the same incident that it spoke to, in the order of the case."""
    reports: tuple[str, ...]
    """In which it does, or declines, in the order of the case."""
    spoken: tuple[tuple[str, str], ...] = ()
    """For each of `spoke_on` (report, claim) ids of where it speaks to it first."""
    declined: tuple[tuple[str, str], ...] = ()
    """(report, claim) ids of where it declines."""


class Whom(NamedTuple):
    """Somebody who could be asked."""

    voice: str
    """Id of the voice, "" for anybody independent."""
    name: str
    kind: str
    """Kind of the voice, or "accused"."""
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One open question, and whose answer would change most what the accounts leave of it."""

    question: str
    why: Literal["near", "one root", "nobody leads"]
    """Answers near each other; everything on one root; no answer leads."""
    leader: str | None
    """Id of the answer that leads."""
    ask: tuple[Whom, ...]
    """Whom to ask, those first whose word would change most. Never empty."""
    change: float
    """0 to 1: the share of support that is expected to move if the first of them speaks. For ordering, not for show."""
    turns: tuple[str, ...]
    """Ids of answers that would lead, and do not, if one more independent origin gave them."""
    settles: tuple[str, ...]
    """Ids of answers that would go on leading, on more than one root, if one more independent origin gave them."""


class Novelty(NamedTuple):
    """What is new, who is silent and whom to ask, of a whole case."""

    news: tuple[News, ...]
    """Of every report, held against those before it."""
    silences: tuple[Silence, ...]
    asks: tuple[Ask, ...]


class Side(NamedTuple):
    """An answer, and on how much it stands."""

    words: str
    reports: int
    """Reports that give it."""
    against: int
    """Reports that say that it is not the answer."""
    origins: int = 0
    """Origins that give it, those that may be one counted apart."""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A question that is answered otherwise than before."""

    question: str
    """Its text."""
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    """Empty where nobody answers it any more."""
    was_disputed: bool
    is_disputed: bool
    origins_before: tuple[int, int] = (0, 0)
    """Independent origins, at the least and at the most; as `origins_after`."""
    origins_after: tuple[int, int] = (0, 0)
    led: str = ""
    """The answer that led, in words, "" for none; as `leads`."""
    leads: str = ""
    moved: str = ""
    """Text of another question that it went into, for their incidents became one; "" as a rule. Then `after` counts
    only what its own claims give there, and neither origins nor leading answers are told."""
