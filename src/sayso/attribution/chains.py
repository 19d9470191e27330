"""Through whom: the chain of voices of every attribution, from the publisher to the one who speaks.

    publisher ─▶ voices of the holder        ─▶ relay stated in passing        ─▶ the one who speaks
    (always)     the attribution whose content   "told the Courier", "(AP) —",     the source words,
                 holds this one, outermost       "documents obtained by ...",      resolved by `voices`
                 first                           or carried on from before

A relay is carried on while the same voice goes on, or while voices that the relay brought in go on, with no other
source in between. A new speaker without a stated relay ends it. Nothing is ever carried back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sayso.attribution import relays, voices
from sayso.attribution.figures import Figure
from sayso.attribution.named import is_named
from sayso.attribution.relays import Passing, Relay
from sayso.attribution.scene import Scene
from sayso.attribution.vocabulary import singular
from sayso.attribution.voices import Meant, place_of
from sayso.kit import fold, trim
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Link, Report, Span

Chain = tuple[Link, ...]

GOING_ON = frozenset({"added", "also", "continued", "further", "adding"})
"""Words of a cue with which a description goes on: "one official added"."""
POLLS = frozenset({"poll", "survey"})
"""Documents that pass on what those say who were asked."""
WIDEST = 500
"""Code points around a cue in which its relay is looked for, in a sentence without end."""


class Linked(NamedTuple):
    """What `link` gives back."""

    attributions: tuple[Attribution, ...]
    meant: Mapping[str, Meant]
    """By the attribution's id."""


def link(report: Report, sentences: tuple[Span, ...], attributions: tuple[Attribution, ...]) -> Linked:
    """The same attributions with chain, hearer and `named` filled in, and whom each one's source means.

    `sentences` are the report's, in order; without them each line counts as one.
    """
    attributions = tuple(_without_hearer(report.text, a) for a in attributions)
    here = voices.scene(report.text, sentences, attributions)
    meant = voices.resolve(here, attributions)
    stated = _stated(here, attributions, report.publisher)
    meant |= _heard(attributions, meant, stated)
    chains = _chains(
        here,
        attributions,
        Found(report.text, meant, stated, relays.of_documents(here, report.publisher)),
        _first(here, report.publisher),
    )
    known = {a.id: a for a in attributions}
    linked = tuple(
        replace(
            a,
            chain=tuple(replace(link, span=_clean(report.text, link.span)) for link in chains[a.id]),
            hearer=_clean(report.text, stated[a.id].hearer),
            named=_is_named(a, known, meant),
        )
        for a in attributions
    )
    return Linked(linked, meant)


def _without_hearer(text: str, a: Attribution) -> Attribution:
    """With the hearer's pronoun before the content, not in it."""
    told = relays.told_first(text, a)
    if told is None:
        return a
    return replace(a, content=(trim(text, told.end, a.content[0].end), *a.content[1:]))


def _heard(
    attributions: Sequence[Attribution], meant: Mapping[str, Meant], stated: Mapping[str, Passing]
) -> dict[str, Meant]:
    """Who reports what "reportedly" passes on, where its content says so: "she reportedly told the Herald"."""
    out: dict[str, Meant] = {}
    nobody = {a.id for a in attributions if a.source is None and a.cue and meant[a.id].name == UNSPECIFIED}
    for a in attributions:
        relay = stated[a.id].relay
        if relay and a.within in nobody and a.within not in out:
            figure = Figure(relay.name, relay.span, "outlet")
            out[a.within] = Meant(relay.name, relay.span, figure=figure)
    return out


def _clean(text: str, span: Span | None) -> Span | None:
    """The span without white space at its ends; None if nothing else is in it."""
    if span is None:
        return None
    inner = trim(text, *span)
    return inner if inner.start < inner.end else None


def _is_named(a: Attribution, known: Mapping[str, Attribution], meant: Mapping[str, Meant]) -> bool:
    """Whether the last voice is named: that of "I" and "we" is the holder's."""
    seen: set[str] = set()
    while meant[a.id].own and a.id not in seen and (holder := known.get(a.within or "")):
        seen.add(a.id)
        a = holder
    return is_named(meant[a.id])


# -- relays stated in passing ---------------------------------------------------------------------------------------


def _stated(here: Scene, attributions: Sequence[Attribution], publisher: str) -> dict[str, Passing]:
    """What the words around each attribution state, by its id."""
    known = {a.id: a for a in attributions}
    beside = sorted((a.cue.start, a.id) for a in attributions if a.cue)
    frames = {a.id: _frame(here, a, known, beside) for a in attributions}
    return {a.id: relays.passing(here, a, frames[a.id], publisher) for a in attributions}


def _frame(
    here: Scene, a: Attribution, known: Mapping[str, Attribution], beside: Sequence[tuple[int, str]]
) -> list[Span]:
    """The words around an attribution that may name its relay.

    Its sentence, without its contents and source, no further than the next cue beside it, and inside its holder's
    content.
    """
    anchor = a.cue or a.source or a.content[0]
    start, end = _sentence_of(here, anchor)
    if holder := known.get(a.within or ""):
        around = next((s for s in holder.content if s.start <= anchor.start < s.end), anchor)
        start, end = max(start, around.start), min(end, around.end)
    opened: Span | None = None
    for place, other in beside[bisect_left(beside, (start, "")) : bisect_left(beside, (end, ""))]:
        if known[other].within != a.within or other == a.id:
            continue
        if anchor.end <= place:
            end = min(end, place)
        elif place < anchor.start:
            parts = [known[other].source, known[other].cue, *known[other].content]
            opening = min(part.start for part in parts if part)
            if opening > start and relays.opens(here.text[start:opening]):
                opened = Span(start, opening)
            start = max(start, *(part.end for part in parts if part and part.end <= anchor.start))
    left = _without(start, end, sorted([*a.content, *([a.source] if a.source else [])]))
    return [opened, *left] if opened else left


def _sentence_of(here: Scene, anchor: Span) -> tuple[int, int]:
    """Start and end of the sentence of a cue, paragraph breaks apart."""
    start, end = here.bounds(anchor.start)
    end = min(max(end, anchor.end), anchor.end + WIDEST)
    line = here.text.find("\n", anchor.end, end)
    return max(min(start, anchor.start), anchor.start - WIDEST), end if line < 0 else line


def _without(start: int, end: int, taken: Sequence[Span]) -> list[Span]:
    """What is left of a stretch of text when some spans, in order, are taken out."""
    out = []
    for span in taken:
        if start < min(span.start, end):
            out.append(Span(start, min(span.start, end)))
        start = max(start, span.end)
    return [*out, Span(start, end)] if start < end else out


# -- chains ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Carried:
    """The relay of the passage, and the voices that it has brought in."""

    relay: Relay
    voices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one report's attributions before their chains are joined, by their ids."""

    text: str
    meant: Mapping[str, Meant]
    stated: Mapping[str, Passing]
    documents: Mapping[str, tuple[int, Relay]]
    """See `relays.of_documents`."""


def _first(here: Scene, publisher: str) -> Chain:
    """What every chain of a report begins with: the publisher, and the agency of the dateline."""
    credit = relays.credit(here)
    first: Chain = (Link(publisher or PUBLISHER_NOT_RECORDED),)
    return (
        (*first, Link(credit.name, span=credit.span))
        if credit and not relays.same_outlet(credit.name, publisher)
        else first
    )


def _chains(here: Scene, attributions: Sequence[Attribution], found: Found, first: Chain) -> dict[str, Chain]:
    """Every chain, by id: those that nothing holds in order of the text, then the nested ones from the outside in."""
    known = {a.id: a for a in attributions}
    outer = sorted((a for a in attributions if a.within not in known), key=place_of)
    meant = found.meant
    carried = _carried(here, outer, found, _held(attributions, meant))
    done = {a.id: _extended(first, carried[a.id], a, meant[a.id]) for a in outer}
    for a in attributions:
        for step in voices.inwards(a, known, done):
            base = done.get(step.within or "", first)
            done[step.id] = _extended(base, found.stated[step.id].relay, step, meant[step.id])
    return done


def _held(attributions: Sequence[Attribution], meant: Mapping[str, Meant]) -> dict[str, frozenset[str]]:
    """The voices that each attribution directly holds, by its id."""
    out: dict[str, set[str]] = {}
    for a in attributions:
        if a.within:
            out.setdefault(a.within, set()).add(_key(meant[a.id].name))
    return {holder: frozenset(names) for holder, names in out.items()}


def _carried(
    here: Scene, outer: Sequence[Attribution], found: Found, held: Mapping[str, frozenset[str]]
) -> dict[str, Relay | None]:
    """The relay in passing of each outermost attribution: its own, or the one that the passage carries on."""
    out: dict[str, Relay | None] = {}
    passage: Carried | None = None
    last: dict[str, Relay] = {}
    poll: Relay | None = None
    for a in outer:
        if here.is_teaser(place_of(a)):
            out[a.id] = None
            continue
        who, around = found.meant[a.id], found.stated[a.id]
        key = _key(who.name)
        if around.own:
            passage, last = None, {}
        relay = around.relay or (last.get(key) if around.occasion else None)
        if relay is None and who.figure and who.figure.sort == "document":
            since, outlet = found.documents.get(who.figure.head, (len(found.text), None))
            relay = outlet if since <= place_of(a) else None
        if who.span and not POLLS.isdisjoint(key.split()):
            poll = Relay(who.name, who.span)
        elif relay is None and poll and a.source and relays.is_respondent(found.text[a.source.start : a.source.end]):
            relay = poll
        if relay is None and passage and (key in passage.voices or _one_more(found.text, a, who, passage)):
            relay = passage.relay
        if relay:
            last[key] = relay
            before = passage.voices if passage and passage.relay.name == relay.name else frozenset()
            passage = Carried(relay, before | {key})
        elif who.figure and who.span and _passes_on(a, who.figure):
            passage = Carried(Relay(who.name, who.span), held.get(a.id, frozenset()))
        else:
            passage = None
        out[a.id] = relay
    return out


def _passes_on(a: Attribution, figure: Figure) -> bool:
    """Whether a voice is an outlet or a document, through whom others speak.

    A name that no table knows is an outlet's where the model says so and it cannot be its reporter's.
    """
    return figure.sort in {"outlet", "document"} or (
        a.kind == "media" and (figure.sort == "body" or len(figure.core) == 1)
    )


def _one_more(text: str, a: Attribution, who: Meant, passage: Carried) -> bool:
    """Whether a description goes on with what the passage's voices said: "one official added"."""
    cue = text[a.cue.start : a.cue.end].casefold().split() if a.cue else []
    if not who.figure or not who.figure.head or GOING_ON.isdisjoint(cue):
        return False
    return any(singular(word) == who.figure.head for voice in passage.voices for word in voice.split())


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _extended(base: Chain, relay: Relay | None, a: Attribution, who: Meant) -> Chain:
    """The chain before an attribution, its relay in passing, and its own voice. Nobody is named twice in a row."""
    last = Link(who.name, a.stance, a.certainty, a.id, who.span, who.resolved)
    holder = base[-1]
    if len(base) > 1 and (who.own or (_key(holder.voice) == _key(who.name) and who.name != UNSPECIFIED)):
        return (*base[:-1], replace(last, voice=holder.voice, span=holder.span, resolved=holder.resolved))
    if relay and all(_key(relay.name) != _key(known.voice) for known in (*base, last)):
        base = (*base, Link(relay.name, span=relay.span))
    return (*base, last)
