"""What can be looked at: one function a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar, get_args

from markupsafe import Markup

from sayso.dossier import voices
from sayso.dossier.cast import is_disputed
from sayso.dossier.index import Entry
from sayso.dossier.reports import first_line
from sayso.judging import CHECKED
from sayso.kit import SaysoError, fold
from sayso.model import UNSPECIFIED, Certainty, Judgement, Kind, Stance
from sayso.web.drawing import draw
from sayso.web.requests import PARTING
from sayso.web.search import search
from sayso.web.view import View

ON_A_PAGE: Final = 60
"""Reports, names, voices or judgements on one page."""
OPEN: Final = 3
"""Questions that are open on the first page."""
CHAINS: Final = 3
FEW: Final = 12
LINKS: Final = 6

STANCES: Final = {one: one for one in get_args(Stance)}
CERTAINTIES: Final = {one: one for one in get_args(Certainty)}

Query = Mapping[str, str]
T = TypeVar("T")


class Missing(SaysoError):
    """An address that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a long list."""

    number: int
    """Of the page, from 1."""
    pages: int
    whole: int
    size: int
    """Of a page."""


def stretch(some: Sequence[T], query: Query, size: int = ON_A_PAGE) -> tuple[Sequence[T], Stretch]:
    """The part of a list that is asked for."""
    pages = max(1, -(-len(some) // size))
    asked = query.get("page", "1")
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 9 else 1, 1), pages)
    return some[(number - 1) * size : number * size], Stretch(number, pages, len(some), size)


def home(view: View, _query: Query) -> Markup:
    """The case in one look."""
    if not view.home:
        view.home = view.led(draw("home", view=view, opened=OPEN, few=CHAINS))
    return view.home


def list_reports(view: View, query: Query) -> Markup:
    """All reports, or those that have some words."""
    wanted = fold(query.get("q", "")).split()
    checked = Counter(view.index.entries[one].report.id for one in checked_ids(view))
    passages = Counter(entry.report.id for entry in view.entries)
    rows = [
        (number, report, report.title or first_line(report), passages[report.id], checked[report.id])
        for number, (report, folded) in enumerate(view.folded, 1)
        if all(word in folded for word in wanted)
    ]
    some, part = stretch(rows, query)
    return draw("reports", view=view, rows=some, part=part, query=query.get("q", ""))


def checked_ids(view: View) -> list[str]:
    """Ids of the attributions that a person has looked at."""
    standing = view.index.standing
    return [one for one in view.index.entries if one in standing and standing[one].verdict in CHECKED]


def report(view: View, name: str) -> Markup:
    """One report: its text, and beside it what is attributed in it."""
    if name not in view.reports:
        raise Missing("The case holds no such report. It may have been deleted: the list of reports has all there are.")
    sheet = view.sheet(name)
    entries = view.known.entries.get(name, [])
    place = sheet.number - 1
    terms = {"stances": STANCES, "certainties": CERTAINTIES, "kinds": voices.KINDS}
    around = [view.case.reports[n].id if 0 <= n < len(view.case.reports) else "" for n in (place - 1, place + 1)]
    names = dict.fromkeys(link.voice for entry in entries for link in voices.full_chain(entry)[1:])
    return view.led(
        draw("report", view=view, sheet=sheet, claims=[_claim(view, entry) for entry in entries], around=around,
             names=[one for one in names if one != UNSPECIFIED], judgement=view.index.standing.get(name), **terms),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """One attributed passage as it stands beside the text."""

    number: int
    id: str
    group: voices.Group
    through: tuple[str, ...]
    """The voices between the publisher and the one who speaks, outermost first."""
    speaker: str
    """"" where the text gives none."""
    was: str
    """All of these, as the form sends them back to tell whether they were changed."""
    stance: str
    certainty: str
    kind: Kind
    named: bool
    judgement: Judgement | None
    """What a person said of it last, if it stands."""


def _claim(view: View, entry: Entry) -> Beside:
    said = entry.attribution
    through = [link.voice for link in voices.full_chain(entry)[1:]] or [UNSPECIFIED]
    return Beside(
        number=entry.number,
        id=said.id,
        group=voices.groups([entry], view.index)[0],
        through=tuple(through[:-1]),
        speaker="" if through[-1] == UNSPECIFIED else through[-1],
        was=PARTING.join(through),
        stance=said.stance,
        certainty=said.certainty,
        kind=said.kind,
        named=said.named,
        judgement=view.index.standing.get(said.id),
    )


def names(view: View, query: Query) -> Markup:
    """Who is who."""
    wanted = fold(query.get("q", "")).split()
    found = [number for number, folded in enumerate(view.named, 1) if all(word in folded for word in wanted)]
    if query.get("open"):
        found = [number for number in found if is_disputed(view.names.met[number - 1])]
    some, part = stretch(found, query)
    members = [view.member(number) for number in some]
    asked = {"q": query.get("q", ""), "open": query.get("open", "")}
    return view.led(draw("names", view=view, members=members, part=part, asked=asked, few=FEW, links=LINKS))


def _has(wanted: list[str], *texts: str) -> bool:
    if not wanted:
        return True
    core = fold(" ".join(texts))
    return all(word in core for word in wanted)


def name(view: View, identity: str) -> Markup:
    """One name: its spellings, why they are taken for one, and what a person says of that."""
    number = next((n for n, one in enumerate(view.cast, 1) if one == identity), 0)
    if not number:
        raise Missing("The case has no such name now: what a person says of names, and new reports, change who is who.")
    member, others = view.member(number), _like(view, number)
    return view.led(draw("name", view=view, member=member, others=others, few=FEW, links=LINKS))


def _like(view: View, number: int) -> list[str]:
    """Names with which this one may be one: those that share a word with it."""
    own = set(view.named[number - 1].split())
    alike = (n for n, folded in enumerate(view.named, 1) if n != number and not own.isdisjoint(folded.split()))
    return [view.names.met[n - 1].name for n in islice(alike, ON_A_PAGE)]


def list_voices(view: View, query: Query) -> Markup:
    """Who speaks."""
    wanted = fold(query.get("q", "")).split()
    found = [seat for seat in view.seats if _has(wanted, seat.name, *(seat.voice.spellings if seat.voice else ()))]
    some, part = stretch(found, query)
    cards = [view.card(seat, in_brief=True) for seat in some]
    return view.led(draw("voices", view=view, cards=cards, part=part, query=query.get("q", "")))


def voice(view: View, identity: str) -> Markup:
    """One voice with all its claims."""
    named = (seat for seat in view.seats if identity == str(seat.number) or (seat.voice and identity == seat.voice.id))
    seat = next(named, None)
    if seat is None:
        raise Missing("The case has no such voice now: new reports and judgements change who is who.")
    card = view.card(seat)
    numbers = {entity: n for n, entity in enumerate(view.cast, 1)}
    return view.led(
        draw(
            "voice",
            view=view,
            card=card,
            member=numbers.get(card.entity, 0),
            judgement=view.index.standing.get(card.id),
        )
    )


def incident(view: View, number: str) -> Markup:
    """One incident."""
    if not number.isdecimal() or not 0 < int(number[:9]) <= len(view.case.incidents):
        raise Missing("The case has no incident of this number.")
    return view.led(draw("incident", view=view, scene=view.scene(int(number)), few=FEW, links=LINKS))


def find(view: View, query: Query) -> Markup:
    """Words in all texts."""
    words = query.get("q", "")[:200]
    return view.led(draw("search", view=view, hits=search(view, words), query=words))
