"""Puts the page together: pieces, size, and the policy that lets nothing run but the page's own script."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sayso.dossier import (
    brief,
    cast,
    drifts,
    incidents,
    ledgers,
    matrix,
    measured,
    news,
    questions,
    reports,
    silence,
    summary,
    timeline,
    tolls,
    voices,
)
from sayso.dossier.fold import LARGEST_PAGE, Folded, fold, weight
from sayso.dossier.index import Index, number, row_of
from sayso.dossier.sayings import Known
from sayso.dossier.weighed import Computed, Weighed, weighed
from sayso.dossier.words import clean, count, day, shown, size, upper_first
from sayso.model import Accounts, Case

HERE = Path(__file__).parent
OPEN_CLAIMS = 400
"""A case with more claims than this opens with all but the first voices closed."""
OPEN_VOICES = 12
OPEN_ECHOES = 12
OPEN_INCIDENTS = 3
OPEN_QUESTIONS = 12
DRAWN_QUESTIONS = 40
"""Questions whose origins are drawn and whose figures are shown; of the others it stands in words what they rest on."""
CHAINS = 3
"""Chains of an answer that are shown before it is unfolded."""
KEPT = {
    "named": 0, "once": 0, "cast": 12, "voices": 30, "incidents": 3, "echoes": 12, "reports": 10, "others": 0,
    "drift": 12, "matrices": 1, "moments": 20, "disputes": 6, "tolls": 4, "books": 3,
}  # fmt: skip
"""How many of the first pieces of each kind are never packed, however large the case."""
MOST_KEPT = 120_000
"""Bytes that the pieces of one kind may take which are never packed."""


NOT_WEIGHED = Weighed()


def compose(
    case: Case, *, accounts: Accounts | None = None, found: Weighed = NOT_WEIGHED, mark: str = "", title: str = ""
) -> str:
    """The case as one HTML page that needs nothing else: no network, no other file, and no script to be read.

    The same case gives the same page. Text of reports enters as text only: it is escaped, characters that would turn
    or hide what stands around them are made visible, and the page's policy lets no script run but its own. In a case
    too large for five million bytes, the last voices, echoes and reports are packed; the script unpacks them. `mark`
    stands in the page's head, unseen; `title` is what the case is called, shown above everything else. `accounts`: the
    ledgers of the case, where they were drawn up; `found`: what was weighed, where it was.
    """
    view = seen(case, accounts, found, mark=mark, title=title)
    asked = {
        **_weighed(view.drifts, view.matrices),
        **_booked(view.tolls, view.ledgers),
        **_asked(view.disputes, view.timeline, view.weighed),
    }
    said = _said(view, view.cards, view.known.index, view.known.cast)
    pieces = {"others": asked.pop("others"), **_who(view.members, view.scenes), **said, **asked}
    return _fitted(view, pieces)


def seen(case: Case, accounts: Accounts | None, found: Weighed, *, mark: str, title: str) -> SimpleNamespace:
    """Everything that a dossier tells, whatever it is written in: see `page.html.j2` for what stands in it."""
    index = number(case)
    cards = voices.cards(case, index)
    members = cast.members(case, index, _speakers(cards))
    known = {identity: n for n, identity in enumerate(cast.order(case), 1)}
    scenes = incidents.scenes(case, index, known)
    looked_up = Known(case, index, known)
    disputes = questions.disputes(case, looked_up)
    lines = timeline.lines(case, looked_up)
    counted, books = tolls.tolls(case, looked_up), ledgers.ledgers(accounts, looked_up)
    changes, matrices = drifts.drifts(found.drift, looked_up), matrix.sheets(found.matrices, looked_up)
    asked = {one.id: one.number for one in (*disputes.disputed, *disputes.others)}
    latest, more_news = news.latest(case, found.news)
    fresh = news.fresh(case, latest, looked_up, asked)
    maps = list(silence.maps(case, found.silences, looked_up, asked))
    shown_questions = [one.id for one in (*disputes.disputed, *disputes.others)]
    led_to = (
        cast.places(members), incidents.places(scenes), questions.places(disputes), timeline.places(lines),
        tolls.places(counted), ledgers.places(books), drifts.places(changes), matrix.places(matrices),
        news.places(fresh), silence.places(maps[: silence.MOST_MAPS]),
    )  # fmt: skip
    sheets = reports.sheets(case, index, {place for places in led_to for place in places})
    pairs = reports.pairs(case, index)
    return SimpleNamespace(
        case=case,
        mark=mark,
        title=title,
        look=summary.look(case, index, cards),
        brief=brief.brief(case, disputes, looked_up),
        drifts=changes,
        matrices=matrices,
        limits=matrix.LIMITS,
        assumed=found.assumed,
        news=fresh,
        more_news=more_news,
        maps=maps[: silence.MOST_MAPS],
        more_maps=len(maps[silence.MOST_MAPS :]),
        disputes=disputes,
        timeline=lines,
        tolls=counted,
        ledgers=books,
        sheets=sheets,
        cards=cards,
        known=looked_up,
        weighed=weighed(case, found, looked_up, shown_questions),
        pairs=pairs,
        members=members,
        scenes=scenes,
        caveats=reports.caveats(case, index),
        caveat_count=summary.caveat_count(case),
        method=measured.method(),
    )


def _speakers(cards: list[voices.Card]) -> dict[str, list[int]]:
    """Numbers of the voices by the entity that speaks."""
    speakers: defaultdict[str, list[int]] = defaultdict(list)
    for card in cards:
        if card.entity:
            speakers[card.entity].append(card.number)
    return speakers


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What comes in large numbers, a piece for each."""

    plain: list[Markup]
    lean: Callable[[], list[Markup]] = list
    """Makes them as they are packed; none where that is the same."""


def _who(members: list[cast.Member], scenes: list[incidents.Scene]) -> dict[str, _Pieces]:
    """The cast and the incidents."""
    part = environment().get_template("who.html.j2").make_module()
    often = [one for one in members if not one.once]
    sections = [""] + [one.section for one in often]
    return {
        "named": _Pieces([part.named_once(one) for one in members if one.once]),  # type: ignore[attr-defined]
        "cast": _Pieces([
            part.member(one, cast.FEW, cast.LINKS, one.section if one.section != before else "")  # type: ignore[attr-defined]
            for one, before in zip(often, sections, strict=False)
        ]),
        "incidents": _Pieces([
            part.scene(one, one.number <= OPEN_INCIDENTS, cast.FEW, cast.LINKS)  # type: ignore[attr-defined]
            for one in scenes
        ]),
    }  # fmt: skip


def _weighed(changes: drifts.Drifts, matrices: matrix.Sheets) -> dict[str, _Pieces]:
    """What changed on the way, and the matrices of hypotheses."""
    part = environment().get_template("weighed.html.j2").make_module()
    return {
        "drift": _Pieces([part.change(one) for one in changes.shown]),  # type: ignore[attr-defined]
        "matrices": _Pieces([part.sheet(one) for one in matrices.shown]),  # type: ignore[attr-defined]
    }


def _asked(disputes: questions.Disputes, lines: timeline.Lines, found: dict[str, Computed]) -> dict[str, _Pieces]:
    """The questions in dispute, the others, and the timeline."""
    part = environment().get_template("questions.html.j2").make_module()
    line = environment().get_template("timeline.html.j2").make_module().line  # type: ignore[attr-defined]

    computed = environment().get_template("weighed.html.j2").make_module().computed  # type: ignore[attr-defined]

    def rests(one: questions.Dispute) -> Markup:
        weighed_up = found.get(one.id)
        return Markup(computed(weighed_up, one.number <= DRAWN_QUESTIONS)) if weighed_up else Markup()  # noqa: S704 (a template's)

    def of(some: Sequence[questions.Dispute], opened: int) -> _Pieces:
        heads: list[str | None] = [None, *(one.about for one in some)]
        return _Pieces([
            part.dispute(one, place < opened, CHAINS, one.about != before, rests(one))  # type: ignore[attr-defined]
            for place, (one, before) in enumerate(zip(some, heads, strict=False))
        ])  # fmt: skip

    return {
        "others": of(disputes.others, 0),
        "moments": _Pieces([line(one) for one in lines.shown]),
        "disputes": of(disputes.disputed, OPEN_QUESTIONS),
    }


def _booked(counted: tolls.Tolls, books: ledgers.Ledgers) -> dict[str, _Pieces]:
    """Each toll, and each of the other ledgers."""
    part = environment().get_template("ledgers.html.j2").make_module()
    kinds = ((part.blame, books.blame), (part.states, books.states), (part.wording, books.wording))  # type: ignore[attr-defined]
    return {
        "tolls": _Pieces([part.toll(one, tolls.FEW) for one in counted.shown]),  # type: ignore[attr-defined]
        "books": _Pieces([made(books) for made, rows in kinds if rows]),
    }


def _said(view: SimpleNamespace, cards: list[voices.Card], index: Index, known: dict[str, int]) -> dict[str, _Pieces]:
    """Voices, echoes and reports."""
    part = environment().get_template("parts.html.j2").make_module()
    opened = len(index.entries) <= OPEN_CLAIMS

    def once(*, lean: bool) -> list[Markup]:
        return [part.line(card, known.get(card.entity, 0), lean) for card in cards if card.lone]  # type: ignore[attr-defined]

    def often(*, lean: bool) -> list[Markup]:
        return [
            part.voice(card, opened or card.number <= OPEN_VOICES, known.get(card.entity, 0), lean)  # type: ignore[attr-defined]
            for card in cards
            if not card.lone
        ]

    return {
        "once": _Pieces(once(lean=False), partial(once, lean=True)),
        "voices": _Pieces(often(lean=False), partial(often, lean=True)),
        "echoes": _Pieces([part.pair(pair, n <= OPEN_ECHOES) for n, pair in enumerate(view.pairs, 1)]),  # type: ignore[attr-defined]
        "reports": _Pieces([part.sheet(sheet) for sheet in view.sheets]),  # type: ignore[attr-defined]
    }


def _fitted(view: SimpleNamespace, pieces: dict[str, _Pieces]) -> str:
    """The page with as much of it plain as its size allows. What comes first in `pieces` is packed first."""
    parts = {name: Folded(Markup().join(some.plain), "", 0) for name, some in pieces.items()}
    size = weight(_render(view, {name: Folded(Markup(), "", 0) for name in pieces}))
    size += sum(part.octets for part in parts.values())
    for name, some in pieces.items():
        if size > LARGEST_PAGE:
            before = parts[name].octets
            parts[name] = fold(
                some.plain, LARGEST_PAGE - (size - before), keep=_kept(name, some.plain), lean=some.lean()
            )
            size += parts[name].octets - before
    return _render(view, parts)


def _kept(name: str, pieces: list[Markup]) -> int:
    """How many of the first pieces are never packed: so many that they take no more than `MOST_KEPT` together."""
    return sum(total <= MOST_KEPT for total in accumulate(map(weight, pieces[: KEPT[name]])))


def _render(view: SimpleNamespace, parts: dict[str, Folded]) -> str:
    style, script = (HERE / "style.css").read_text("utf-8"), (HERE / "page.js").read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src '{fingerprint(style)}'; script-src '{fingerprint(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template("page.html.j2").render(
        view=view, parts=parts, policy=policy,
        style=Markup(style), script=Markup(script),  # noqa: S704 (the package's own files)
    )  # fmt: skip


def fingerprint(text: str) -> str:
    """A source expression for a content security policy (CSP 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def environment() -> Environment:
    """The templates, with the filters through which text of reports enters them."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(shown=shown, clean=clean, day=day, size=size, upper_first=upper_first, row_of=row_of)
    environment.globals["count"] = count
    return environment
