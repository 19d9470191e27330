"""The records of one report: what was handed in, and what was found in it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sayso.model.terms import (
    UNSURE,
    Certainty,
    Confidence,
    FillerRole,
    Kind,
    Manner,
    MentionKind,
    Polarity,
    RoleName,
    Slot,
    Stance,
    Wording,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Span(NamedTuple):
    """A stretch of a report's text: code points, half-open. `text[start:end]` has no white space at its ends."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class File:
    """What somebody handed in, byte for byte, and when. A file can hold many reports."""

    sha256: str
    """Hex digest of the bytes as they came (compressed, if they came compressed)."""
    name: str
    """The name it came under, relative to the folder that was read; "-" for standard input."""
    size: int
    """Bytes."""
    media_type: str
    collected: str
    """UTC, ISO 8601, to the second."""
    address: str = ""
    """Where the bytes were fetched from; "" where not recorded."""
    collector: str = ""
    """Who took it in: the name of the user's account; "" where not recorded."""
    tool: str = ""
    """What took it in: program and version; "" where not recorded."""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text. Two reports are the same only if text, publisher, published and address all are."""

    id: str
    text: str
    """The canonical text. Given text is kept code point for code point."""
    sha256: str
    """Hex digest of the text in UTF-8 (lone surrogates passed through)."""
    file: str
    """The sha256 of the file that holds it."""
    name: str
    """The file's name."""
    place: str = ""
    """Where in the file: "" for the whole, else "line 12" or "row 3"; within a file in a file "a.zip > minutes.pdf"."""
    title: str = ""
    publisher: str = ""
    """"" where nobody recorded it."""
    authors: tuple[str, ...] = ()
    published: str = ""
    """ISO 8601 date (or date and time), "" where not recorded."""
    address: str = ""
    """Where the bytes came from, a URL as a rule; "" where not recorded."""
    language: str = ""
    """ISO 639-1 code, "" where unknown."""
    captured: str = ""
    """When the bytes were taken from the web, as the web archive or saved page says (UTC, ISO 8601); "" where it does
    not. Not to be mixed with `File.collected`, when this program took them in."""
    pages: tuple[tuple[int, ...], ...] = ()
    """For paged formats, one tuple a page: the offsets in `text` at which its lines begin, in order. Those of two pages
    may alternate. A page without text is (); () for formats without pages. `kit.locate` tells page and line of an
    offset."""


class Where(NamedTuple):
    """A stretch of one report of the case."""

    report: str
    span: Span


class Mention(NamedTuple):
    """Words that stand for somebody or something."""

    span: Span
    kind: MentionKind
    wording: Wording
    score: float
    """The model's, 0 to 1, not calibrated."""


class Quantity(NamedTuple):
    """How many, as an interval: "at least 40" is from 40 to no end."""

    span: Span
    """The words that say how many, with what bounds them: "at least 40", not "at least 40 people"."""
    low: float
    high: float | None
    """None where the words set no upper bound."""
    counted: str
    """What is counted, as a singular noun ("person", "child", "soldier"); "" where the words do not say."""
    fate: str
    """What became of them: "killed", "injured", "missing", "detained", "displaced"; "" for none of these."""
    who: str
    """"civilians", "combatants", or "" for all or unsaid."""
    as_written: str


class When(NamedTuple):
    """A time as first and last day (ISO 8601), both included; "" where the words do not bound that side."""

    span: Span
    earliest: str
    latest: str
    as_written: str


class Role(NamedTuple):
    """Who or what has a part in an event."""

    name: RoleName
    span: Span


class Filler(NamedTuple):
    """Who or what has a part in the incident that a report is about (the role fillers of MUC-4, 1992)."""

    role: FillerRole
    span: Span
    score: float
    """The model's, 0 to 1, not calibrated."""
    confidence: Confidence | Literal[""] = ""
    """Of a perpetrator: how firmly the report holds it to have done it; "" for every other role."""


@dataclass(frozen=True, slots=True)
class Event:
    """A word that tells of something that happens, with who and what has a part in it."""

    id: str
    span: Span
    """The one word that names it ("attacked", "explosion")."""
    lemma: str
    kind: str = ""
    """What kind of incident it can be part of ("attack", "killing"); "" for every other event ("said", "is")."""
    roles: tuple[Role, ...] = ()
    factuality: float = 3.0
    """How far the words commit to it: 3 it happened, 0 nothing is said, -3 it did not (Saurí & Pustejovsky 2009)."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """A problem as data: shown to the reader, never raised."""

    about: str
    """A report's id, or the name of a file that gave no report."""
    kind: str
    """A short slug, such as "publisher-proposed" or "not-read"."""
    message: str
    """What is wrong and what to do about it, in plain words."""


class Window(NamedTuple):
    """What the encoder says of one stretch of T word pieces."""

    starts: NDArray[np.int64]
    """(T,): code points of the text, as are `ends`."""
    ends: NDArray[np.int64]
    tags: NDArray[np.float32]
    """(T, 10): scores of the outermost tags (7) and of cues at any depth (3), see `attribution.decode`."""
    states: NDArray[np.float32]
    """(T, width): the encoder's last layer."""
    side: NDArray[np.float32]
    """(T, D): scores of the side network, see `reading.side`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as the encoder sees it."""

    report: str
    sentences: tuple[Span, ...]
    windows: Iterable[Window]
    """In order, without overlap. Computed as they are asked for, once: a long report never stands in memory whole."""
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One voice in a chain, and how it stands to what it passes on."""

    voice: str
    """The fullest name or description in the report; `UNSPECIFIED` where the text gives no speaker."""
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    via: str | None = None
    """Id of the attribution in which this voice speaks; None for the publisher and for a relay stated in passing."""
    span: Span | None = None
    """The words of the report that name this voice (a pronoun's antecedent, not the pronoun); None for a publisher."""
    resolved: bool = True
    """False where the program could not tell who is meant ("he", "the report"): the link says so."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A passage that gives somebody's statement, belief, finding or order as theirs."""

    id: str
    report: str
    source: Span | None
    """The words that name the source in this sentence, a pronoun included."""
    cue: Span | None
    """The words that make it an attribution; None where layout alone does it."""
    content: tuple[Span, ...]
    """What is attributed, in order; several spans where the cue interrupts it. Never empty."""
    within: str | None = None
    """Id of the innermost attribution whose content holds this one."""
    chain: tuple[Link, ...] = ()
    """All voices, OUTERMOST FIRST: the publisher, every stated relay, the one who speaks."""
    named: bool = False
    kind: Kind = "unspecified"
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    manner: Manner = "indirect"
    """`named` to `manner` are the last voice's."""
    hearer: Span | None = None
    """Who was told, where the text says so."""
    probability: float = 0.0
    """How likely a person would mark an attribution here, at least half of its content the same. Calibrated."""
    chain_probability: float = 0.0
    """How likely moreover every voice of its chain is right, in order. Calibrated."""

    @property
    def unsure(self) -> bool:
        """Whether its chain is to be checked against the sentence before anything rests on it.

        So it is too where the program could not tell who is meant, however often what it wrote down may do.
        """
        return self.chain_probability < UNSURE or not all(link.resolved for link in self.chain)


class Reply(NamedTuple):
    """A disputed question that a claim speaks to, and what it answers."""

    slot: Slot
    is_for: bool
    """False where the claim says that this is not the answer."""
    span: Span | None
    """The words that give the answer; None where the claim gives none in words of its own ("nobody ordered it")."""
    score: float
    """How likely a person would say that it speaks to this question, on this side: 0 to 1, not calibrated."""
    probability: float = 1.0
    """How likely a person would moreover take these words for its answer. Calibrated."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asserted, and through whom. `attribution` is None where the reporter speaks in their own voice."""

    id: str
    report: str
    content: tuple[Span, ...]
    chain: tuple[Link, ...]
    attribution: str | None = None
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    events: tuple[str, ...] = ()
    """Ids of the events that its content tells of, in the order of the text."""
    replies: tuple[Reply, ...] = ()
    """In the order of `Slot`."""
    polarity: Polarity = "positive"
    """"negative" where the content says that what it mainly tells of did not happen. What a voice denies stays as its
    content has it: `stance` says that it is denied."""
    inferred: bool = False
    """Whether the reporter concludes it rather than tells it ("it appeared likely that"). Never of an attribution."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was derived from one report alone."""

    report: str
    sentences: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[When, ...] = ()
    events: tuple[Event, ...] = ()
    fillers: tuple[Filler, ...] = ()
