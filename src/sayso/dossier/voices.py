"""Who says what: one card for each voice, its claims gathered under the chain through which they come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.dossier.index import Entry, Index, cut
from sayso.dossier.words import count, day, listing, times, unsure
from sayso.kit import locate
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Case, Judgement, Link, Voice

KINDS: Final = {
    "official": "official",
    "party": "a side in the matter",
    "witness": "witness",
    "expert": "expert",
    "court": "court",
    "media": "news outlet",
    "document": "document",
    "victim": "victim or relative",
    "body": "organisation",
    "unspecified": "kind not stated",
}
STANCES: Final = {"denies": "denies", "declines": "declines", "asks": "asks", "orders": "orders", "alleges": "alleges"}
HEDGES: Final = {"probable": "probable", "possible": "possible", "unknown": "unclear how firmly"}
TELLS: Final = {
    "denies": ", who denies it",
    "declines": ", who declines",
    "asks": ", who asks it",
    "orders": ", who orders it",
    "alleges": ", who alleges it",
}
NOT_GIVEN: Final = "No speaker given"
NOT_JOINED: Final = "Speakers not told apart"
GATHERED: Final = {NOT_JOINED: "passages joined to no voice", NOT_GIVEN: "passages that the reports give to nobody"}

LONGEST_WORDS: Final = 1200
"""Longer passages are cut on the card, in characters; the report has them whole."""

FEW_WORDS: Final = 4
"""So few words are shown within their sentence."""

LONGEST_CONTEXT: Final = 120
"""Characters of the sentence that are shown on either side of few words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: the last link of the chain, from the speaker to the words."""

    number: int
    flags: str
    """CSS classes for the arrow's shape: stance and certainty."""
    mark: str
    """The same in words; "" for a plain assertion."""
    before: str
    """For a few words alone ("four"): what stands before them in their sentence, else ""."""
    words: str
    in_text: bool
    """Whether these words stand just so, on one line, where the passage is marked in the report."""
    after: str
    note: str
    hearer: str
    told: str
    """Whose account it is, where a voice before the speaker does not plainly assert it; else ""."""
    verdict: str
    unsure: bool
    """Whether its chain may well be wrong, and nobody has checked it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One voice in a drawn chain."""

    name: str
    resolved: bool
    flags: str
    mark: str
    """How it stands to what it passes on, in words; "" for plain."""


@dataclass(frozen=True, slots=True)
class Group:
    """The claims that come through one chain."""

    chain: tuple[Node, ...]
    rows: tuple[Row, ...]

    @property
    def unsure(self) -> bool:
        """Whether every claim through this chain is unsure."""
        return all(row.unsure for row in self.rows)


@dataclass(frozen=True, slots=True)
class Card:
    """One voice."""

    number: int
    name: str
    about: str
    """Named or not, and of what kind."""
    speaks: str
    """How often and in how many reports, in words; "" for a voice that only passes on."""
    own: int
    """How often it surely speaks, without anybody in between who alleges, denies or hedges it."""
    heard: str
    """How often that is and through whom, in words, for the head of the page: what is unsure is only counted."""
    through: str
    """Which publishers and relays carry it, in words."""
    spellings: tuple[str, ...]
    groups: tuple[Group, ...]
    passes_on: int
    """In how many claims it is a relay."""
    places: tuple[tuple[str, int], ...]
    """Where these stand and whether they are unsure, each place once, with the number of the first claim there."""
    verdict: str
    known: bool = True
    """False for passages gathered without a voice."""
    entity: str = ""
    """Id of the entity that speaks, "" for nobody in particular."""
    lone: bool = False
    """Whether it speaks only once: then a line is enough."""
    id: str = ""
    """The voice's id, "" for passages gathered without one."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A voice in its place among the others, before its card is written."""

    number: int
    name: str
    own: int
    """As the card's."""
    entries: list[Entry]
    """What it says."""
    voice: Voice | None
    """None for passages gathered without one."""


def cards(case: Case, index: Index) -> list[Card]:
    """A card for each voice, those that surely speak most often first; passages without a known speaker come last."""
    return [card(seat, index) for seat in seats(case, index)]


def seats(case: Case, index: Index) -> list[Seat]:
    """The same without what stands on the cards."""
    found: list[tuple[Voice, list[Entry], int]] = []
    covered: set[str] = set()
    last: list[Entry] = []
    for voice in case.voices:
        covered.update(voice.attributions)
        if voice.name == UNSPECIFIED:
            last += index.of(voice.attributions)
        else:
            entries = index.of(voice.attributions)
            found.append((voice, entries, _surely(entries, index)))
    found.sort(key=lambda one: -one[2])
    made = [Seat(n, voice.name, own, entries, voice) for n, (voice, entries, own) in enumerate(found, 1)]
    rest = [entry for identity, entry in index.entries.items() if identity not in covered]
    last += [entry for entry in rest if not known_speaker(entry)]
    strays = [entry for entry in rest if known_speaker(entry)]
    for name, entries in ((NOT_JOINED, strays), (NOT_GIVEN, sorted(last, key=lambda entry: entry.number))):
        if entries:
            made.append(Seat(len(made) + 1, name, _surely(entries, index), entries, None))
    return made


def card(seat: Seat, index: Index, *, in_brief: bool = False) -> Card:
    """What is to be said of a voice, or of passages without one. `in_brief`: without its claims and their places."""
    if seat.voice is None:
        return _gathering(seat, index, in_brief=in_brief)
    return _card(seat, seat.voice, index, in_brief=in_brief)


def _surely(entries: Iterable[Entry], index: Index) -> int:
    return len(_sure(_own(entries), index))


def known_speaker(entry: Entry) -> bool:
    """Whether the report gives somebody who speaks."""
    chain = entry.attribution.chain
    return bool(chain) and chain[-1].voice != UNSPECIFIED


def _card(seat: Seat, voice: Voice, index: Index, *, in_brief: bool) -> Card:
    entries = seat.entries
    relays = index.of(voice.relays)
    shown = [] if in_brief else relays
    places = {f"{_place(e)}{unsure(index.is_unsure(e), 1)}": e.number for e in reversed(shown)}
    return Card(
        number=seat.number,
        name=voice.name,
        about=f"{'named' if voice.named else 'not named'}, {KINDS[voice.kind]}",
        speaks=_speaks(entries, index),
        own=seat.own,
        heard=_heard(_own(entries), index),
        through=_through(entries),
        spellings=tuple(spelling for spelling in voice.spellings if spelling != voice.name),
        groups=() if in_brief else groups(entries, index),
        passes_on=len(relays),
        places=tuple(reversed(places.items())),
        verdict=verdict(index.standing.get(voice.id)),
        lone=len(entries) == 1 and not relays,
        entity=voice.entity or "",
        id=voice.id,
    )


def _gathering(seat: Seat, index: Index, *, in_brief: bool) -> Card:
    name, entries = seat.name, seat.entries
    reports = len({entry.report.id for entry in entries})
    return Card(
        number=seat.number, name=name, about=GATHERED[name],
        speaks=f"{count(len(entries), 'passage')} in {count(reports, 'report')}{_unsure(entries, index)}",
        own=seat.own, heard="", through=_through(entries), spellings=(),
        groups=() if in_brief else groups(entries, index), passes_on=0, places=(),
        verdict="", known=False,
    )  # fmt: skip


def _speaks(entries: list[Entry], index: Index) -> str:
    own = _own(entries)
    others = [entry for entry in entries if told(entry)]
    lines = (
        f"{_often(own)}{_unsure(own, index)}" if own else "",
        f"is said by others to have spoken {times(len(others))}{_unsure(others, index)}" if others else "",
    )
    return "; ".join(line for line in lines if line)


def _often(entries: list[Entry]) -> str:
    reports = len({entry.report.id for entry in entries})
    return f"speaks {times(len(entries))} in {count(reports, 'report')}"


def _heard(own: list[Entry], index: Index) -> str:
    sure = _sure(own, index)
    more = f" ({len(own) - len(sure):,} more unsure)" if len(sure) < len(own) else ""
    return f"{_often(sure)}{more}, {_through(sure)}" if sure else ""


def _sure(entries: Iterable[Entry], index: Index) -> list[Entry]:
    return [entry for entry in entries if not index.is_unsure(entry)]


def _unsure(entries: list[Entry], index: Index) -> str:
    """How many of them are unsure, in words that follow their number."""
    return unsure(len(entries) - len(_sure(entries, index)), len(entries))


def _own(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if not told(entry)]


def told(entry: Entry) -> str:
    """Whose account it is that the speaker said this, where a relay does not plainly assert it; else ""."""
    doubtful = [link for link in full_chain(entry)[1:-1] if (link.stance, link.certainty) != ("asserts", "certain")]
    return f"as told by {'; in turn by '.join(_teller(link) for link in doubtful)}" if doubtful else ""


def _teller(link: Link) -> str:
    name = "somebody not given" if link.voice == UNSPECIFIED else link.voice
    hedge = _hedge(link.stance, link.certainty)
    return f"{name}{TELLS.get(link.stance, '')}" + (f" · {hedge}" if hedge else "")


def _through(entries: Iterable[Entry]) -> str:
    """Which publishers carry this voice and which relays stand between, most frequent first."""
    publishers: Counter[str] = Counter()
    relays: Counter[str] = Counter()
    for entry in entries:
        chain = full_chain(entry)
        publishers[chain[0].voice] += 1
        relays.update(link.voice for link in chain[1:-1])
    words = f"carried by {listing(_by_count(publishers))}" if publishers else ""
    return f"{words}; through {listing(_by_count(relays))}" if relays else words


def _by_count(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def full_chain(entry: Entry) -> tuple[Link, ...]:
    """The chain; where none was made, the publisher and a speaker who is not known."""
    if entry.attribution.chain:
        return entry.attribution.chain
    publisher = entry.report.publisher or PUBLISHER_NOT_RECORDED
    return (Link(publisher), Link(UNSPECIFIED, resolved=False))


def groups(entries: Iterable[Entry], index: Index) -> tuple[Group, ...]:
    """Claims gathered under equal chains, in the order of their first claim."""
    gathered: defaultdict[tuple[Node, ...], list[Row]] = defaultdict(list)
    for entry in entries:
        gathered[drawn(entry)].append(row(entry, index))
    return tuple(Group(chain, tuple(rows)) for chain, rows in gathered.items())


def drawn(entry: Entry) -> tuple[Node, ...]:
    """The nodes of the chain. The last one's stance and certainty are drawn with each claim."""
    chain = full_chain(entry)
    nodes = [_node(link) for link in chain[:-1]]
    return (*nodes, Node(called(chain[-1]), _clear(chain[-1]), flags="", mark=""))


def _node(link: Link) -> Node:
    return Node(called(link), _clear(link), _flags(link.stance, link.certainty), mark(link.stance, link.certainty))


def called(link: Link) -> str:
    """What the page calls a voice."""
    return "speaker not given" if link.voice == UNSPECIFIED else link.voice


def _clear(link: Link) -> bool:
    return link.resolved and link.voice != UNSPECIFIED


def row(entry: Entry, index: Index) -> Row:
    """One claim with its note."""
    said = entry.attribution
    words = cut(entry.report.text, said.content)
    before, after = _context(entry, words)
    in_text = not before and not after and "\n" not in words and len(words) <= LONGEST_WORDS
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS].rstrip() + " … (goes on in the report)"
    hearer = cut(entry.report.text, [said.hearer]) if said.hearer else ""
    account = told(entry)
    is_unsure = index.is_unsure(entry)
    flags = (
        _flags(said.stance, said.certainty),
        "" if said.named else "anon",
        "told" if account else "",
        "unsure" if is_unsure else "",
    )
    return Row(
        number=entry.number,
        flags=" ".join(flag for flag in flags if flag),
        mark=mark(said.stance, said.certainty),
        before=before,
        words=words,
        in_text=in_text,
        after=after,
        note=note(entry),
        hearer=hearer,
        told=account,
        verdict=verdict(index.standing.get(said.id)),
        unsure=is_unsure,
    )


def _context(entry: Entry, words: str) -> tuple[str, str]:
    """The rest of the sentence, left and right, where the words are too few to be understood alone."""
    if entry.around is None or len(words.split()) > FEW_WORDS:
        return "", ""
    text, content = entry.report.text, entry.attribution.content
    before = text[entry.around.start : min(span.start for span in content)]
    after = text[max(span.end for span in content) : entry.around.end]
    if len(before) > LONGEST_CONTEXT:
        before = "… " + before[-LONGEST_CONTEXT:].split(" ", 1)[-1]
    if len(after) > LONGEST_CONTEXT:
        after = after[:LONGEST_CONTEXT].rsplit(" ", 1)[0] + " …"
    return before, after


def note(entry: Entry) -> str:
    """Where the claim stands: report, sentence, page and line where it has them, date."""
    return f"{_place(entry)} · {day(entry.report.published) or 'no date recorded'}"


def _place(entry: Entry) -> str:
    sentence = f", sentence {entry.sentence}" if entry.sentence else ""
    page, line = locate(entry.report.pages, entry.attribution.content[0].start) or (None, None)
    paper = (f", page {page}" if page else "") + (f", line {line}" if line else "")
    return f"report {entry.report_number}{sentence}{paper}"


def verdict(judgement: Judgement | None) -> str:
    """What a person decided, in words; "" where nobody has."""
    if judgement is None:
        return ""
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"{judgement.verdict} by {judgement.by}, {day(judgement.at)}{reason}"


def _hedge(stance: str, certainty: str) -> str:
    """Certainty as far as it says something: what is asked for or declined has none."""
    return "" if certainty == "unknown" and stance in {"asks", "declines", "orders"} else HEDGES.get(certainty, "")


def _flags(stance: str, certainty: str) -> str:
    words = (stance if stance in STANCES else "", certainty if _hedge(stance, certainty) else "")
    return " ".join(word for word in words if word)


def mark(stance: str, certainty: str) -> str:
    """How a voice stands to what it says, in words; "" for a plain assertion."""
    return ", ".join(word for word in (STANCES.get(stance, ""), _hedge(stance, certainty)) if word)
