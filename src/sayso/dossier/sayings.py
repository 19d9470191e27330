"""Who says something, how, and where: the same for answers, incidents, ledgers and the timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sayso.dossier.index import Entry, Index, Place
from sayso.dossier.voices import called, full_chain, mark
from sayso.judging import CHECKED
from sayso.kit import covers, fold, in_words
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Case, Claim, Judgement, Link, Report, Span, Where

ARROW: Final = " → "
LONGEST_CLAIM: Final = 120
"""Characters of a claim that are shown beside its voice; it stands whole under its voice."""
CONTEXT: Final = 70
"""Characters to either side of the words that give an answer."""


class Told(NamedTuple):
    """Where something is said."""

    anchor: str
    """The id it leads to: the claim under its voice, or the sentence of the report."""
    place: Place
    words: str = ""
    before: str = ""
    """Where some of the words are meant above all: what stands before them, as `after`."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says something, how, and where."""

    who: str
    """The chain in words, publisher first."""
    mark: str
    """How the speaker stands to it; "" for a plain assertion."""
    unsure: bool
    itself: bool
    """Whether who is named is the one who speaks: "the Front claimed responsibility"."""
    told: tuple[Told, ...]
    verdict: str = ""
    """What a person decided on this reading, in a word; "" where nobody has."""
    own: bool = False
    """Whether it is the reporter's own voice, and no attribution."""
    aside: str = ""
    """What else the reader should know of the speaker or the words: a stake in the matter, quotation marks."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The sentences, each once."""
        return tuple(dict.fromkeys(told.place for told in self.told))


class Known:
    """Look-ups that everything needs that says who says so."""

    def __init__(self, case: Case, index: Index, cast: dict[str, int]) -> None:
        self.index = index
        self.cast = cast
        self.reports = {report.id: report for report in case.reports}
        self.findings = {findings.report: findings for findings in case.findings}
        self.names = {entity.id: entity.name for entity in case.entities}
        self.named = {entity.name: entity.id for entity in reversed(case.entities)}
        self.claims = {claim.id: claim for findings in case.findings for claim in findings.claims}
        self.events = {(f.report, event.id): event for f in case.findings for event in f.events}
        self.incidents = {one.id: (number, one.name) for number, one in enumerate(case.incidents, 1)}
        self.voices = {name: voice for voice in case.voices for name in voice.attributions}
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in index.entries.values():
            self.entries[entry.report.id].append(entry)


def short(words: str) -> str:
    """The first words of a claim."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_CLAIM else words[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " …"


def saying(entry: Entry | None, where: Where, known: Known, words: str = "") -> Saying:
    """By whom it is said; `entry` None for the reporter's own voice."""
    place = known.index.place(where)
    if entry is None:
        told = (Told(place.anchor, place, words),)
        return Saying(_own(known.reports[where.report]), "", unsure=False, itself=False, told=told, own=True)
    said = entry.attribution
    # The last link's stance and certainty go beside the words, as they do under the voices.
    links = [_called(link) for link in full_chain(entry)]
    return Saying(
        in_words((*links[:-1], Link(links[-1].voice, resolved=links[-1].resolved)), ARROW),
        mark(said.stance, said.certainty),
        unsure=known.index.is_unsure(entry),
        itself=_speaks(entry, where),
        told=(Told(f"c{entry.number}", place, words),),
        verdict=_verdict(known.index.standing.get(said.id)),
    )


def _called(link: Link) -> Link:
    return replace(link, voice=called(link)) if link.voice == UNSPECIFIED else link


def _verdict(judgement: Judgement | None) -> str:
    return f"{judgement.verdict} by {judgement.by}" if judgement and judgement.verdict in CHECKED else ""


def _own(report: Report) -> str:
    return f"{report.publisher or PUBLISHER_NOT_RECORDED}, in the reporter’s own voice"


def speaker(where: Where, entries: Iterable[Entry], claimed: Container[str] = ()) -> Entry | None:
    """In whose words this stands: the innermost attribution that holds it; None for the reporter's own voice.

    Who is named as the source of an attribution speaks there, in the words of whoever tells it and in their own: "the
    Front claimed responsibility". `claimed`: attributions that go before others of the same source.
    """
    within = (entry for entry in entries if covers(entry.attribution.content, where.span))
    spoken = [entry for entry in entries if _speaks(entry, where)]
    holding = [*within, *([entry for entry in spoken if entry.attribution.id in claimed] or spoken)]
    return max(holding, key=lambda entry: (entry.depth, -_size(entry), -entry.number), default=None)


def _speaks(entry: Entry, where: Where) -> bool:
    return entry.attribution.source is not None and covers([entry.attribution.source], where.span)


def _size(entry: Entry) -> int:
    return sum(span.end - span.start for span in entry.attribution.content)


def by(where: Where, known: Known, claimed: Container[str] = ()) -> Saying:
    """In whose words this stands, with how they say it."""
    return saying(speaker(where, known.entries[where.report], claimed), where, known)


def of_claim(name: str, span: Span | None, known: Known, speaker: str = "") -> Saying | None:
    """Who makes a claim, with its words around `span`; None where the case has no such claim.

    `speaker`: a voice of the chain that it ends with, where the last one is not who says so: who is said to have
    given an order does not say that they gave it.
    """
    claim = known.claims.get(name)
    if claim is None:
        return None
    text = known.reports[claim.report].text
    place = known.index.place(Where(claim.report, span or claim.content[0]))
    entry = known.index.entries.get(claim.attribution or "")
    made = saying(entry, Where(claim.report, claim.content[0]), known)
    told = Told(made.told[0].anchor if entry else place.anchor, place, *_quoted(text, claim.content, span))
    if entry is None:
        marks = ("concludes" if claim.inferred else "", mark(claim.stance, claim.certainty))
        made = replace(made, mark=", ".join(word for word in marks if word))
    return replace(_ended(made, claim.chain, speaker), told=(told,))


def _ended(made: Saying, chain: tuple[Link, ...], speaker: str) -> Saying:
    """The saying with its chain up to the speaker."""
    last = next((at for at, link in enumerate(chain, 1) if link.voice == speaker), len(chain))
    if last == len(chain) or made.own:
        return made
    links = [_called(link) for link in chain[:last]]
    who = in_words((*links[:-1], Link(links[-1].voice, resolved=links[-1].resolved)), ARROW)
    return replace(made, who=who, mark=mark(links[-1].stance, links[-1].certainty))


def of_words(where: Where, known: Known) -> Saying:
    """What a reporter says in their own voice, with its sentence around the words."""
    place = known.index.place(where)
    text, sentences = known.reports[where.report].text, known.index.sentences[where.report]
    around = (sentences[place.sentence - 1],) if place.sentence else (where.span,)
    return replace(saying(None, where, known), told=(Told(place.anchor, place, *_quoted(text, around, where.span)),))


def _quoted(text: str, content: tuple[Span, ...], span: Span | None) -> tuple[str, str, str]:
    """The words, what stands before them and what after, as far as it can be read in a line."""
    part = next((one for one in content if span and one.start <= span.start and span.end <= one.end), None)
    if span is None or part is None:
        return short(" … ".join(text[one.start : one.end] for one in content)), "", ""
    before, after = " ".join(text[part.start : span.start].split()), " ".join(text[span.end : part.end].split())
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    lead = " " if before and text[span.start - 1].isspace() else ""
    tail = " " if after and text[span.end].isspace() else ""
    return short(text[span.start : span.end]), before + lead, tail + after


def gathered(sayings: Iterable[Saying]) -> tuple[Saying, ...]:
    """Those of the same voices in the same manner as one, in the order of the first."""
    alike: defaultdict[Saying, dict[Told, None]] = defaultdict(dict)
    for one in sayings:
        alike[replace(one, told=())].update(dict.fromkeys(one.told))
    return tuple(replace(one, told=tuple(told)) for one, told in alike.items())


def counts(claim: str, known: Known) -> bool:
    """Whether the case has this claim and no person has rejected its reading."""
    found = known.claims.get(claim)
    judgement = known.index.standing.get(found.attribution or "") if found else None
    return found is not None and not (judgement and judgement.verdict == "rejected")


class Speaker(NamedTuple):
    """Who makes a claim, for counting and naming."""

    key: str
    """The same for all claims of one voice."""
    name: str
    """ "" where the report gives no speaker."""
    own: bool
    """Whether it is a reporter, in their own voice."""


def speaker_of(claim: Claim, known: Known) -> Speaker:
    """The voice of a claim, as it is resolved over all reports."""
    if claim.attribution is None:
        publisher = known.reports[claim.report].publisher or PUBLISHER_NOT_RECORDED
        return Speaker(f"own {publisher}", publisher, own=True)
    voice = known.voices.get(claim.attribution)
    name = voice.name if voice else claim.chain[-1].voice if claim.chain else UNSPECIFIED
    if name == UNSPECIFIED:
        return Speaker(f"nobody {claim.report}", "", own=False)
    return Speaker(voice.id if voice else f"stray {fold(name)}", name, own=False)
