"""The records that every room reads and writes.

A case is a function of what was recorded (reports, judgements). Everything else is derived from it, can be thrown
away, and comes out the same when it is made again. All records are frozen; ids are hashes of content; records refer
to each other by id and hold no back-links. Offsets are code points of the report's text, half-open.

    Report ── read ──▶ Mention, Quantity, When, Event ── attribute ──▶ Attribution ── state ──▶ Claim
                                                             one report at a time, cached as Findings
    Findings of all reports ── resolve ──▶ Entity, Voice, ── group ──▶ Incident, ── trace ──▶ Echo        the whole Case
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["official", "party", "witness", "expert", "court", "media", "document", "victim", "body", "unspecified"]
Stance = Literal["asserts", "denies", "declines", "asks", "orders", "alleges"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Manner = Literal["direct", "indirect", "mixed"]
MentionKind = Literal[
    "person", "organisation", "place", "nationality", "weapon", "vehicle", "event", "document", "money", "quantity",
    "time", "other",
]  # fmt: skip
Wording = Literal["name", "description", "pronoun"]
RoleName = Literal["agent", "patient", "recipient", "means", "place", "time"]
FillerRole = Literal["perpetrator", "perpetrator_group", "target", "victim", "weapon"]
PERPETRATORS: frozenset[FillerRole] = frozenset({"perpetrator", "perpetrator_group"})

UNSPECIFIED = "unspecified"
"""The voice of a speaker whom the text does not give."""

UNSURE = 0.58
"""Chains less likely right than this are marked unsure.

Six in ten of what is found in training texts that nothing was learned from reach it, as `training/calibrate.py` prints:
so what goes without the mark can still carry a dossier, and there is little enough with it to be read over by a person.
"""

PUBLISHER_NOT_RECORDED = "publisher not recorded"
"""The first voice of a report whose publisher nobody recorded."""


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


@dataclass(frozen=True, slots=True)
class Joining:
    """Why two spellings of a case stand for one entity, or why they may: a judgement of the program or of a person."""

    one: str
    other: str
    reason: str
    """In plain words: "the report gives the short form", "spellings of one name in Latin letters" …"""
    score: float
    """0 to 1; 1 where the text itself or a person says so."""
    taken: bool
    """Whether the two were joined. A joining that was not taken is shown as open to a person."""
    disputed: bool
    """Whether something speaks against it, so that results are worth seeing with and without it."""
    by: str = ""
    """Who decided, "" for the program."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the reports speak of, under all its spellings."""

    id: str
    name: str
    """The fullest spelling met."""
    kind: MentionKind
    spellings: tuple[str, ...]
    """As written, the commonest first."""
    mentions: tuple[Where, ...]
    """In the order of the case's reports, then of their texts."""
    joinings: tuple[Joining, ...] = ()
    """Why these spellings are taken for one, and which others may belong to it."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What several claims speak of: one attack, one crash, one disappearance."""

    id: str
    kind: str
    """The kind of most of its events."""
    name: str
    """A few words to call it by, made of kind, place and day: "shooting, Ostra, 3 May 2031"."""
    events: tuple[tuple[str, str], ...]
    """(report, event) ids, in the order of the case."""
    claims: tuple[str, ...]
    """Ids of the claims that speak of it."""
    earliest: str
    """First day it can have happened on, ISO 8601; "" where unsaid, as `latest`."""
    latest: str
    places: tuple[str, ...] = ()
    """Ids of entities, the most often named first."""
    fillers: tuple[tuple[FillerRole, str, tuple[Where, ...]], ...] = ()
    """Role, the fullest words (an entity's name where there is one), and where they stand. Who is named as perpetrator
    is named so by somebody: its claims say by whom."""
    reasons: tuple[str, ...] = ()
    """Why its events are taken for one incident, in plain words."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, resolved over all reports of a case."""

    id: str
    name: str
    """The fullest spelling met."""
    kind: Kind
    named: bool
    spellings: tuple[str, ...]
    attributions: tuple[str, ...]
    """Ids of those in which this voice is the last of the chain."""
    relays: tuple[str, ...]
    """Ids of those in which it passes on another's words."""
    reports: tuple[str, ...]
    """Ids of the reports it is met in."""
    entity: str | None = None
    """Id of the entity that speaks; None for nobody in particular ("two officials")."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What only all reports of a case together show."""

    entities: tuple[Entity, ...]
    """By how many reports name them, then name."""
    voices: tuple[Voice, ...]
    """By how often they speak, then name."""
    incidents: tuple[Incident, ...]
    """By how many reports speak of them, then first day."""


@dataclass(frozen=True, slots=True)
class Echo:
    """One report holds passages of another, word for word. Direction by publication date where both are recorded."""

    copy: str
    original: str
    passages: tuple[tuple[Span, Span], ...]
    """Pairs of spans, in the copy and in the original."""
    score: float
    """Share of the copy's words that stand in the original, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Version:
    """Two reports from the same address, one after the other, and what changed between them."""

    earlier: str
    later: str
    removed: tuple[Span, ...]
    """Stretches of the earlier text that are not in the later one."""
    added: tuple[Span, ...]
    """Stretches of the later text that are not in the earlier one."""
    dated: bool = True
    """Whether times of capture or publication say which came first; if not, the order means nothing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided. It stands beside what the program said, never over it."""

    id: str
    about: str
    """Id of an attribution, voice or report; what stands for a pair of names, if `names` has one."""
    verdict: str
    """"accepted", "rejected" or "retracted"; of a pair of names "same", "different" or "retracted"."""
    reason: str
    by: str
    at: str
    """UTC, ISO 8601."""
    supersedes: str | None = None
    names: tuple[str, ...] = ()
    """Two spellings that it says are one's or two's. Not ids of entities, for those may change with every report."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known, in one fixed order: the faces and the dossier are drawn from this alone."""

    reports: tuple[Report, ...]
    """By publication date (unrecorded last), then publisher, then id."""
    findings: tuple[Findings, ...]
    """One for each report, in the same order."""
    voices: tuple[Voice, ...] = ()
    """By how often they speak, then name."""
    echoes: tuple[Echo, ...] = ()
    versions: tuple[Version, ...] = ()
    """By address, oldest first."""
    judgements: tuple[Judgement, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    """Of files that gave no report, and of the whole case. A report's own stand in its findings."""
    files: tuple[File, ...] = ()
    reader: str = ""
    """Name and version of the model that read the reports."""
    entities: tuple[Entity, ...] = ()
    """By how many reports name them, then name."""
    incidents: tuple[Incident, ...] = ()
    """By how many reports speak of them, then first day."""
