"""What the reports tell of: each incident with when, where, who says what of it, and who is named as what by whom.

Nobody is named in a part without the voice that names them: a name beside an accusation is the accuser's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, permutations
from typing import Final, NamedTuple

from sayso.dossier.index import CHECKED, Entry, Index, Place
from sayso.dossier.voices import called, full_chain, mark
from sayso.dossier.words import day
from sayso.kit import covers, in_words
from sayso.model import (
    PUBLISHER_NOT_RECORDED,
    Case,
    Findings,
    Incident,
    Judgement,
    Link,
    Quantity,
    Report,
    Span,
    Where,
)

ROLES: Final = {
    "perpetrator": "Named as perpetrator",
    "perpetrator_group": "Named as the group behind it",
    "victim": "Named as victim",
    "target": "Named as target",
    "weapon": "Named as weapon",
}
FATES: Final = ("killed", "injured", "missing", "detained", "displaced", "")
ARROW: Final = " → "
LONGEST_CLAIM: Final = 120
"""Characters of a claim that are shown with an incident; it stands whole under its voice."""
MOST_ALIKE: Final = 5


class Told(NamedTuple):
    """Where something is said."""

    anchor: str
    """The id it leads to: the claim under its voice, or the sentence of the report."""
    place: Place
    words: str = ""


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

    @property
    def places(self) -> tuple[Place, ...]:
        """The sentences, each once."""
        return tuple(dict.fromkeys(told.place for told in self.told))


@dataclass(frozen=True, slots=True)
class Said:
    """A count or a time as it is written, with what the program takes it for."""

    words: str
    means: str
    of: str
    """What is counted; "" for times."""
    by: Saying


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something in a part, and everybody who names them so."""

    role: str
    name: str
    member: int
    """Number in the cast; 0 for none."""
    by: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One incident as the page shows it."""

    number: int
    name: str
    when: str
    times: tuple[Said, ...]
    counts: tuple[Said, ...]
    where: tuple[tuple[str, int], ...]
    """Names of places with their numbers in the cast, 0 for none."""
    reports: tuple[tuple[int, str, tuple[Place, ...]], ...]
    """Number and publisher of each report, and the sentences in which it tells of it."""
    claims: tuple[Saying, ...]
    named: tuple[Named, ...]
    reasons: tuple[str, ...]
    alike: tuple[tuple[int, str, str], ...]
    """Number and name of incidents that could be taken for this one, and what they share."""


class _Case:
    """Look-ups that every incident needs."""

    def __init__(self, case: Case, index: Index, cast: dict[str, int]) -> None:
        self.index = index
        self.cast = cast
        self.reports = {report.id: report for report in case.reports}
        self.findings = {findings.report: findings for findings in case.findings}
        self.names = {entity.id: entity.name for entity in case.entities}
        self.named = {entity.name: entity.id for entity in reversed(case.entities)}
        self.claims = {claim.id: claim for findings in case.findings for claim in findings.claims}
        self.events = {(f.report, event.id): event for f in case.findings for event in f.events}
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in index.entries.values():
            self.entries[entry.report.id].append(entry)


def scenes(case: Case, index: Index, cast: dict[str, int]) -> list[Scene]:
    """The incidents in the case's order. `cast`: numbers in the cast by entity."""
    known = _Case(case, index, cast)
    others = alike(case.incidents)
    return [_scene(incident, number, others[number - 1], known) for number, incident in enumerate(case.incidents, 1)]


def places(scenes: Iterable[Scene]) -> Iterator[Place]:
    """All sentences that the incidents lead to."""
    for scene in scenes:
        yield from chain.from_iterable(told for _, _, told in scene.reports)
        by = (said.by for said in (*scene.times, *scene.counts))
        for saying in chain(scene.claims, by, *(one.by for one in scene.named)):
            yield from saying.places


def _scene(incident: Incident, number: int, others: tuple[tuple[int, str, str], ...], known: _Case) -> Scene:
    told = _told(incident, known)
    return Scene(
        number=number,
        name=incident.name,
        when=days(incident.earliest, incident.latest),
        times=tuple(_times(told, known)),
        counts=tuple(_counts(told, known)),
        where=tuple((known.names[one], known.cast.get(one, 0)) for one in incident.places if one in known.names),
        reports=tuple(
            (known.index.reports[report], known.reports[report].publisher or PUBLISHER_NOT_RECORDED,
             tuple(dict.fromkeys(known.index.place(Where(report, span)) for span in spans)))
            for report, spans in told.items()
        ),
        claims=_gathered(_claims(incident, known)),
        named=tuple(_named(incident, known)),
        reasons=incident.reasons,
        alike=others,
    )  # fmt: skip


def _told(incident: Incident, known: _Case) -> dict[str, list[Span]]:
    """Where each report tells of it: the words that name its events."""
    told: defaultdict[str, list[Span]] = defaultdict(list)
    for key in incident.events:
        if key in known.events:
            told[key[0]].append(known.events[key].span)
    return told


def _claims(incident: Incident, known: _Case) -> Iterator[Saying]:
    for name in incident.claims:
        claim = known.claims.get(name)
        if claim is None:
            continue
        report = known.reports[claim.report]
        words = " … ".join(report.text[span.start : span.end] for span in claim.content)
        entry = known.index.entries.get(claim.attribution or "")
        where = Where(claim.report, claim.content[0])
        yield _saying(entry, where, known, _short(words))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_CLAIM else words[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " …"


def _saying(entry: Entry | None, where: Where, known: _Case, words: str = "") -> Saying:
    """By whom it is said; `entry` None for the reporter's own voice."""
    place = known.index.place(where)
    if entry is None:
        told = (Told(place.anchor, place, words),)
        return Saying(_own(known.reports[where.report]), "", unsure=False, itself=False, told=told)
    said = entry.attribution
    # The last link's stance and certainty go beside the words, as they do under the voices.
    links = [replace(link, voice=called(link)) for link in full_chain(entry)]
    return Saying(
        in_words((*links[:-1], Link(links[-1].voice, resolved=links[-1].resolved)), ARROW),
        mark(said.stance, said.certainty),
        unsure=known.index.is_unsure(entry),
        itself=_speaks(entry, where),
        told=(Told(f"c{entry.number}", place, words),),
        verdict=_verdict(known.index.standing.get(said.id)),
    )


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


def _by(where: Where, known: _Case, claimed: Container[str] = ()) -> Saying:
    return _saying(speaker(where, known.entries[where.report], claimed), where, known)


def _gathered(sayings: Iterable[Saying]) -> tuple[Saying, ...]:
    """Those of the same voices in the same manner as one, in the order of the first."""
    gathered: defaultdict[Saying, dict[Told, None]] = defaultdict(dict)
    for saying in sayings:
        gathered[replace(saying, told=())].update(dict.fromkeys(saying.told))
    return tuple(replace(saying, told=tuple(told)) for saying, told in gathered.items())


def _named(incident: Incident, known: _Case) -> Iterator[Named]:
    """Who and what has a part, by role. Without a place nobody says so, and nobody is named."""
    claimed = {known.claims[name].attribution or "" for name in incident.claims if name in known.claims}
    for role in ROLES:
        for its, name, wheres in incident.fillers:
            by = _gathered(_by(where, known, claimed) for where in wheres if where.report in known.reports)
            if its == role and by:
                yield Named(ROLES[role], name, known.cast.get(known.named.get(name, ""), 0), by)


def _times(told: dict[str, list[Span]], known: _Case) -> Iterator[Said]:
    for report, findings, sentences in _telling(told, known):
        for when in findings.times:
            if covers(sentences, when.span):
                by = _by(Where(report, when.span), known)
                yield Said(when.as_written, days(when.earliest, when.latest), "", by)


def _counts(told: dict[str, list[Span]], known: _Case) -> Iterator[Said]:
    """Counts of what has a name or a fate, by fate."""
    some = [
        (report, quantity)
        for report, findings, sentences in _telling(told, known)
        for quantity in findings.quantities
        if (quantity.fate or quantity.counted) and covers(sentences, quantity.span)
    ]
    for report, quantity in sorted(some, key=lambda one: FATES.index(one[1].fate)):
        by = _by(Where(report, quantity.span), known)
        yield Said(quantity.as_written, interval(quantity), _counted(quantity), by)


def _telling(told: dict[str, list[Span]], known: _Case) -> Iterator[tuple[str, Findings, list[Span]]]:
    """Each report that tells of it, with the sentences that do."""
    for report, spans in told.items():
        numbers = {known.index.place(Where(report, span)).sentence for span in spans} - {0}
        yield report, known.findings[report], [known.index.sentences[report][number - 1] for number in sorted(numbers)]


def _counted(quantity: Quantity) -> str:
    who = f"{quantity.counted or 'not said of what'}{f' ({quantity.who})' if quantity.who else ''}"
    return f"{who}, {quantity.fate}" if quantity.fate else who


def days(earliest: str, latest: str) -> str:
    """First and last day in words.

    >>> days("2031-05-02", "2031-05-02"), days("2031-05-02", ""), days("", "")
    ('2 May 2031', '2 May 2031 or later', 'not said')
    """
    if earliest and latest:
        return day(earliest) if earliest == latest else f"{day(earliest)} to {day(latest)}"
    if earliest or latest:
        return f"{day(earliest)} or later" if earliest else f"{day(latest)} or before"
    return "not said"


def interval(quantity: Quantity) -> str:
    """How many, in words.

    >>> interval(Quantity(Span(0, 11), 40, None, "person", "killed", "", "at least 40"))
    '40 or more'
    """
    low = _figure(quantity.low)
    if quantity.high is None:
        return f"{low} or more"
    high = _figure(quantity.high)
    if quantity.low == quantity.high:
        return low
    return f"{low} to {high}" if quantity.low else f"{high} or fewer"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def alike(incidents: Sequence[Incident]) -> list[tuple[tuple[int, str, str], ...]]:
    """For each incident, the others of its kind that share a place or can have happened on the same day."""
    others: list[list[tuple[int, str, str]]] = [[] for _ in incidents]
    for (one, here), (other, there) in permutations(enumerate(incidents), 2):
        shared = _shared(here, there) if here.kind == there.kind else ""
        if shared and len(others[one]) < MOST_ALIKE:
            others[one].append((other + 1, there.name, shared))
    return [tuple(some) for some in others]


def _shared(one: Incident, other: Incident) -> str:
    place = "the same place" if set(one.places) & set(other.places) else ""
    is_dated = bool(one.earliest and one.latest and other.earliest and other.latest)
    same_days = is_dated and one.earliest <= other.latest and other.earliest <= one.latest
    return " and ".join(word for word in (place, "days that can be the same" if same_days else "") if word)
