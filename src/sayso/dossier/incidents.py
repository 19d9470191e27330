"""What the reports tell of: each incident with when, where, who says what of it, and who is named as what by whom.

Nobody is named in a part without the voice that names them: a name beside an accusation is the accuser's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from sayso.dossier.index import Index, Place
from sayso.dossier.sayings import Known, Saying, by, gathered, saying, short
from sayso.dossier.words import bounds, days
from sayso.kit import covers
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Findings, Incident, Quantity, Span, Where

ROLES: Final = {
    "perpetrator": "Named as perpetrator",
    "perpetrator_group": "Named as the group behind it",
    "victim": "Named as victim",
    "target": "Named as target",
    "weapon": "Named as weapon",
}
FATES: Final = ("killed", "injured", "missing", "detained", "displaced", "")
MOST_ALIKE: Final = 5


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


def scenes(case: Case, index: Index, cast: dict[str, int]) -> list[Scene]:
    """The incidents in the case's order. `cast`: numbers in the cast by entity."""
    known = Known(case, index, cast)
    return [scene(case, number, known) for number in range(1, len(case.incidents) + 1)]


def places(scenes: Iterable[Scene]) -> Iterator[Place]:
    """All sentences that the incidents lead to."""
    for scene in scenes:
        yield from chain.from_iterable(told for _, _, told in scene.reports)
        figures = (said.by for said in (*scene.times, *scene.counts))
        for one in chain(scene.claims, figures, *(one.by for one in scene.named)):
            yield from one.places


def scene(case: Case, number: int, known: Known) -> Scene:
    """One incident, by number from 1."""
    incident = case.incidents[number - 1]
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
        claims=gathered(_claims(incident, known)),
        named=tuple(_named(incident, known)),
        reasons=incident.reasons,
        alike=alike(case.incidents, number),
    )  # fmt: skip


def _told(incident: Incident, known: Known) -> dict[str, list[Span]]:
    """Where each report tells of it: the words that name its events."""
    told: defaultdict[str, list[Span]] = defaultdict(list)
    for key in incident.events:
        if key in known.events:
            told[key[0]].append(known.events[key].span)
    return told


def _claims(incident: Incident, known: Known) -> Iterator[Saying]:
    for name in incident.claims:
        claim = known.claims.get(name)
        if claim is None:
            continue
        report = known.reports[claim.report]
        words = " … ".join(report.text[span.start : span.end] for span in claim.content)
        entry = known.index.entries.get(claim.attribution or "")
        where = Where(claim.report, claim.content[0])
        yield saying(entry, where, known, short(words))


def _named(incident: Incident, known: Known) -> Iterator[Named]:
    """Who and what has a part, by role. Without a place nobody says so, and nobody is named."""
    claimed = {known.claims[name].attribution or "" for name in incident.claims if name in known.claims}
    for role in ROLES:
        for its, name, wheres in incident.fillers:
            whose = gathered(by(where, known, claimed) for where in wheres if where.report in known.reports)
            if its == role and whose:
                yield Named(ROLES[role], name, known.cast.get(known.named.get(name, ""), 0), whose)


def _times(told: dict[str, list[Span]], known: Known) -> Iterator[Said]:
    for report, findings, sentences in _telling(told, known):
        for when in findings.times:
            if covers(sentences, when.span):
                yield Said(when.as_written, days(when.earliest, when.latest), "", by(Where(report, when.span), known))


def _counts(told: dict[str, list[Span]], known: Known) -> Iterator[Said]:
    """Counts of what has a name or a fate, by fate."""
    some = [
        (report, quantity)
        for report, findings, sentences in _telling(told, known)
        for quantity in findings.quantities
        if (quantity.fate or quantity.counted) and covers(sentences, quantity.span)
    ]
    for report, quantity in sorted(some, key=lambda one: FATES.index(one[1].fate)):
        whose = by(Where(report, quantity.span), known)
        yield Said(quantity.as_written, interval(quantity), _counted(quantity), whose)


def _telling(told: dict[str, list[Span]], known: Known) -> Iterator[tuple[str, Findings, list[Span]]]:
    """Each report that tells of it, with the sentences that do."""
    for report, spans in told.items():
        numbers = {known.index.place(Where(report, span)).sentence for span in spans} - {0}
        yield report, known.findings[report], [known.index.sentences[report][number - 1] for number in sorted(numbers)]


def _counted(quantity: Quantity) -> str:
    who = f"{quantity.counted or 'not said of what'}{f' ({quantity.who})' if quantity.who else ''}"
    return f"{who}, {quantity.fate}" if quantity.fate else who


def interval(quantity: Quantity) -> str:
    """How many, in words.

    >>> interval(Quantity(Span(0, 11), 40, None, "person", "killed", "", "at least 40"))
    '40 or more'
    """
    return bounds(quantity.low, quantity.high)


def alike(incidents: Sequence[Incident], number: int) -> tuple[tuple[int, str, str], ...]:
    """The first of the others of its kind that share a place or can have happened on the same day."""
    here = incidents[number - 1]
    others = (
        (other, there.name, shared)
        for other, there in enumerate(incidents, 1)
        if other != number and there.kind == here.kind and (shared := _shared(here, there))
    )
    return tuple(islice(others, MOST_ALIKE))


def _shared(one: Incident, other: Incident) -> str:
    place = "the same place" if set(one.places) & set(other.places) else ""
    is_dated = bool(one.earliest and one.latest and other.earliest and other.latest)
    same_days = is_dated and one.earliest <= other.latest and other.earliest <= one.latest
    return " and ".join(word for word in (place, "days that can be the same" if same_days else "") if word)
