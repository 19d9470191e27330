"""The pages on which a whole case is written up: tolls, responsibility, the timeline, who is silent, what is new."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from sayso.dossier import ledgers, news, silence, timeline, tolls
from sayso.web.batches import batches
from sayso.web.drawing import draw
from sayso.web.pages import Query, stretch
from sayso.web.view import View

TOLLS: Final = 8
"""Tolls on one page: each has a picture of its figures."""
ROWS: Final = 30
MAPS: Final = 3
"""Maps of silence on one page, each as large as a table that can be read."""
QUESTIONS: Final = 12
VOICES: Final = 20
REPORTS: Final = 20
FACTS: Final = 6
BOOKS: Final = {"blame": "Who is held responsible", "states": "Legal status", "wording": "Contested words"}


def list_tolls(view: View, query: Query) -> Markup:
    """How many, as the reports tell it."""
    some, part = stretch(view.case.tolls, query, TOLLS)
    found = tolls.tolls(replace(view.case, tolls=tuple(some)), view.known)
    return view.led(draw("tolls", view=view, tolls=found.shown, part=part, few=tolls.FEW))


def responsibility(view: View, query: Query) -> Markup:
    """One of the ledgers: of responsibility, legal status, contested words."""
    book = query.get("book", "")
    book = book if book in BOOKS else next(iter(BOOKS))
    found = view.ledgers
    sizes = {name: len(getattr(found, name)) for name in BOOKS}
    some, part = stretch(getattr(found, book), query, ROWS)
    rows = {name: tuple(some) if name == book else () for name in BOOKS}
    shown = ledgers.Ledgers(rows["blame"], 0, rows["states"], 0, rows["wording"], 0)
    return view.led(draw("responsibility", view=view, books=shown, book=book, part=part, names=BOOKS, sizes=sizes))


def moments(view: View, query: Query) -> Markup:
    """When it happened beside when it was said: what most reports tell of, or everything."""
    everything = bool(query.get("all"))
    some, part = stretch(view.case.moments if everything else (), query)
    found = timeline.lines(view.case, view.known, some) if everything else view.moments
    return view.led(draw("timeline_page", view=view, lines=found, part=part, everything=everything))


def silent(view: View, query: Query) -> Markup:
    """Who did not speak to a question that others answered, incident by incident."""
    incidents = dict.fromkeys(view.asked[one.question].incident for one in view.silences)
    some, part = stretch(list(incidents), query, MAPS)
    found = [one for one in view.silences if view.asked[one.question].incident in some]
    maps = silence.maps(view.case, found, view.known, view.numbers, questions=QUESTIONS, voices=VOICES)
    return view.led(draw("silence", view=view, maps=list(maps), part=part))


def fresh(view: View, query: Query) -> Markup:
    """What each report added, the latest first."""
    adding = bool(query.get("adding"))
    rows = [
        (when if one is some[-1] else "", len(some), view.news[one.id])
        for when, some in reversed(batches(view.case))
        for one in reversed(some)
        if view.news[one.id].adds or not adding
    ]
    shown, part = stretch(rows, query, REPORTS)
    found = news.fresh(view.case, [one for *_, one in shown], view.known, view.numbers)
    heads = [(when, size) for when, size, _ in shown]
    pairs = list(zip(heads, found, strict=True))
    return view.led(draw("news_page", view=view, rows=pairs, part=part, few=FACTS, adding=adding))
