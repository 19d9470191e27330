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
from sayso.dossier.index import Entry, cut
from sayso.dossier.reports import first_line
from sayso.dossier.words import day
from sayso.judging import CHECKED
from sayso.kit import SaysoError, fold
from sayso.model import Certainty, Judgement, Stance
from sayso.web.drawing import draw
from sayso.web.search import search
from sayso.web.view import View

ON_A_PAGE: Final = 60
"""Reports, names, voices or judgements on one page."""
OPEN: Final = 3
"""Questions that are open on the first page."""
CHAINS: Final = 3
FEW: Final = 12
LINKS: Final = 6

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
    stances, certainties = get_args(Stance), get_args(Certainty)
    around = [view.case.reports[n].id if 0 <= n < len(view.case.reports) else "" for n in (place - 1, place + 1)]
    names = dict.fromkeys(link.voice for entry in entries for link in voices.full_chain(entry)[1:])
    return view.led(
        draw("report", view=view, sheet=sheet, claims=[_claim(view, entry) for entry in entries], around=around,
             names=list(names), stances=stances, certainties=certainties, judgement=view.index.standing.get(name)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """One attributed passage as it stands beside the text."""

    number: int
    id: str
    group: voices.Group
    speaker: str
    stance: str
    certainty: str
    judgement: Judgement | None
    """What a person said of it last, if it stands."""


def _claim(view: View, entry: Entry) -> Beside:
    said = entry.attribution
    return Beside(
        number=entry.number,
        id=said.id,
        group=voices.groups([entry], view.index)[0],
        speaker=voices.full_chain(entry)[-1].voice,
        stance=said.stance,
        certainty=said.certainty,
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


@dataclass(frozen=True, slots=True)
class Act:
    """One judgement as the history shows it."""

    judgement: Judgement
    when: str
    about: str
    """What it is about, in words."""
    address: str
    """Where that stands, "" where it is nowhere now."""
    stands: bool
    """Whether no later one supersedes it."""
    kind: str
    """What it is about: "names", "matrix", or "" for passages, reports and voices."""


def judgements(view: View, query: Query) -> Markup:
    """What people decided, the latest first."""
    gone = {one.supersedes for one in view.case.judgements}
    stand = {one.id for one in view.index.standing.values()}
    stand.update(one.id for one in view.case.judgements if len(one.names) > 1 and one.id not in gone)
    acts = [_act(view, one, stands=one.id in stand) for one in reversed(view.case.judgements)]
    some, part = stretch(acts, query)
    return view.led(draw("judgements", view=view, acts=some, part=part))


def _act(view: View, one: Judgement, *, stands: bool) -> Act:
    about, address = _about(view, one)
    kind = "matrix" if len(one.names) > 2 else "names" if len(one.names) == 2 else ""
    takes_back = one.verdict == ("retracted" if kind else "undone")
    return Act(one, day(one.at), about, address, stands=stands and not takes_back, kind=kind)


def _about(view: View, one: Judgement) -> tuple[str, str]:
    """In words, and where it is."""
    if len(one.names) > 2:
        return f"{one.names[0]}: “{one.names[1] or one.names[2]}”", ""
    if len(one.names) == 2:
        return " / ".join(f"“{name}”" for name in one.names), ""
    entry = view.index.entries.get(one.about)
    if entry:
        words = f"“{cut(entry.report.text, entry.attribution.content)}”"
        return f"{words}, report {entry.report_number}", view.address("c", entry.number)
    if one.about in view.reports:
        return f"report {view.index.reports[one.about]}", f"/reports/{one.about}"
    found = next((voice.name for voice in view.case.voices if voice.id == one.about), "")
    return (found, f"/voices/{one.about}") if found else ("what no report of the case holds now", "")


def find(view: View, query: Query) -> Markup:
    """Words in all texts."""
    words = query.get("q", "")[:200]
    return view.led(draw("search", view=view, hits=search(view, words), query=words))
