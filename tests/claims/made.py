"""One invented statement with what was found in it, given by its words."""

from __future__ import annotations

from sayso.claims.content import Content, content_of
from sayso.kit import identify
from sayso.model import (
    Attribution,
    Claim,
    Event,
    Filler,
    Findings,
    Link,
    Mention,
    Quantity,
    Role,
    Span,
    When,
)
from sayso.words import kind, lemma


def place(text, words):
    at = text.index(words)
    return Span(at, at + len(words))


def statement(text, content, *, source="", cue="", **found):
    """A claim, what its content holds, and its attribution (None without a source).

    `found`: mentions (words, kind, wording); events (word, factuality, {role: words}); counts (words, fate, counted);
    times (words); fillers (words, role, score). They may stand outside of the content too.
    """
    part = place(text, content)
    said = None
    if source:
        chain = (Link("Quay Courier"), Link(source))
        said = Attribution("a", "r", place(text, source), place(text, cue) if cue else None, (part,), chain=chain)
    claim = Claim("c", "r", (part,), said.chain if said else (Link("Quay Courier"),), said and said.id)
    return content_of(claim, findings_of(text, claim, said, **found)), said


def findings_of(text, claim, said, **found):
    mentions = (Mention(place(text, words), what, how, 0.9) for words, what, how in found.get("mentions", ()))
    counts = (
        Quantity(place(text, words), 4, 4, counted, fate, "", words) for words, fate, counted in found.get("counts", ())
    )
    times = (When(place(text, words), "2031-05-03", "2031-05-03", words) for words in found.get("times", ()))
    return Findings(
        "r",
        (Span(0, len(text)),),
        (said,) if said else (),
        (claim,),
        mentions=in_order(mentions),
        quantities=in_order(counts),
        times=in_order(times),
        events=in_order(_event(text, *one) for one in found.get("events", ())),
        fillers=tuple(Filler(role, place(text, words), score) for words, role, score in found.get("fillers", ())),
    )


def in_order(several):
    return tuple(sorted(several, key=lambda one: one.span))


def _event(text, word, factuality, roles):
    span = place(text, word)
    parts = tuple(Role(name, place(text, words)) for name, words in roles.items())
    return Event(identify("e", *span), span, lemma(word), kind(word), parts, factuality)


def bare(text):
    """A statement in which nothing was found."""
    claim = Claim("c", "r", (Span(0, len(text)),), (Link("Quay Courier"),))
    return Content(claim, (), (), (), (), ())
