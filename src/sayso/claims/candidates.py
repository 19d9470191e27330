"""The words of a claim that could answer a question, and what speaks for each.

Candidates are what the reader found in the content (mentions, who and what has a part in its events, counts, times),
runs of words between the small words of the language, and the speaker, for those who speak of themselves. What ends at
the same place is one candidate. Facts about a candidate hold no word that begins with a capital, so that nobody's
name is evidence of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.claims.content import Content
from sayso.kit import shared
from sayso.model import Attribution, Span
from sayso.words import is_nobody, kind, lemma, vector


class Candidate(NamedTuple):
    """Words that could answer."""

    span: Span
    signs: frozenset[str]
    """What they were found as: "mention person", "agent of attack", "run" …"""


SPEAKER = "speaker"
NOBODY = "nobody in particular"
AIMED_AT = "aimed at"
TELLER = "teller"
"""Whose own words the content relays: "the bureau confirmed that …"."""
NAMED = frozenset({"person", "organisation", "place", "nationality", "weapon", "vehicle"})
"""Kinds of mentions that answer as they stand."""
LOOK_BACK = 40
"""Code points before a candidate in which the words before it are looked for, and half as many behind it."""
LAST_PLACE = 6
"""From this place on, where a candidate stands among the others no longer counts."""
MOST_WORDS = 4

_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+){0,6}|[^\w\s]")
_NEAR = re.compile(r"[\w']+|[^\w\s]")
_LOWER = re.compile(r"(?<![\w'’-])[a-z][a-z-]+")
_AIMING = re.compile(r"\b(?:on|at|into|against|towards?|upon) (?:the |an? |its |his |their )?$")
_BLAMING = re.compile(r"\b(?:blam|accus|responsib|fault|hands? of|work of|act of|claim|part of|involvement|role)")
_ARTICLE = re.compile(r"(?:the|an?|this|that|these|those|his|her|its|their|some)\s+", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "his", "its", "their", "her"})
_OPENING = frozenset({"", "that", "the", "a", "of", "on"})
_SMALL = frozenset(
    {
        "a", "an", "the", "of", "in", "at", "for", "and", "his", "her", "its", "their", "this", "that", "these",
        "those", "one", "who", "whom", "which", "what", "to", "by", "on", "with", "from", "into", "onto", "was",
        "were", "is", "are", "be", "been", "being", "has", "have", "had", "did", "do", "does", "as", "or", "but",
        "it", "he", "she", "they", "we", "i", "you", "not", "no", "nor", "if", "while", "when", "where", "there",
        "than", "then", "so", "because", "since", "after", "before", "during", "against", "between", "about", "over",
        "under", "through", "out", "up", "down", "off", "would", "could", "should", "will", "may", "might", "can",
        "must", "also", "only", "just", "more", "most", "very", "said", "told", "says",
    }
)  # fmt: skip
"""Words at which a run of words ends."""
_OF_SELF = frozenset({"we", "us", "our", "i", "my", "its", "their", "it", "they", "his", "her", "he", "she"})


def candidates(text: str, content: Content, said: Attribution | None) -> tuple[Candidate, ...]:
    """All candidates, in the order of the text, the speaker last."""
    by_end: dict[int, tuple[int, set[str]]] = {}
    named = _named(text, content)
    for span, signs in (*_found(content), *_runs(text, content)):
        start = _past_article(text, span)
        known = by_end.get(span.end)
        longest = start if known is None else min(known[0], start)
        is_run_only = known is not None and "run" in signs
        by_end[span.end] = (known[0] if known and is_run_only else longest, signs | (known[1] if known else set()))
    several = ((Span(named.get(end, start), end), signs) for end, (start, signs) in by_end.items())
    inside = sorted(Candidate(span, frozenset(signs | _bearing(text, span, content))) for span, signs in several)
    speaker = [Candidate(said.source, frozenset({SPEAKER}))] if said and said.source else []
    return (*inside, *speaker)


def _named(text: str, content: Content) -> dict[int, int]:
    """By where mentions end, where the longest begins: a name in a longer role is the name alone."""
    out: dict[int, int] = {}
    for one in content.mentions:
        if one.kind in NAMED and one.wording != "pronoun":
            start = _past_article(text, one.span)
            out[one.span.end] = min(start, out.get(one.span.end, start))
    return out


def _bearing(text: str, span: Span, content: Content) -> set[str]:
    """Whether nobody in particular is named, somebody who only tells something, or at whom something is aimed."""
    words = text[slice(*span)]
    before = text[max(0, span.start - LOOK_BACK) : span.start].lower()
    aimed = {AIMED_AT} if _AIMING.search(before) and not _BLAMING.search(before) else set()
    tells = {TELLER} if any(shared(span, one) > 0 for one in content.tellers) else set()
    return aimed | tells | ({NOBODY} if is_nobody(words) else set())


def _found(content: Content) -> Iterator[tuple[Span, set[str]]]:
    for one in content.mentions:
        signs = {"pronoun"} if one.wording == "pronoun" else {f"mention {one.kind}", f"wording {one.wording}"}
        yield one.span, signs
    for event in content.events:
        yield event.span, {"event", f"event {event.kind}"}
        for role in event.roles:
            deed = "deed" if event.kind else "other"
            signs = {f"{role.name} of {deed}", f"{role.name} of {event.kind}", f"{role.name} of {event.lemma}"}
            yield role.span, signs | {role.name} | ({f"not {role.name}"} if event.factuality < 0 else set())
    for filler in content.fillers:
        yield filler.span, {f"filler {filler.role}", *({f"sure {filler.role}"} if filler.score > 0.5 else ())}
    for count in content.quantities:
        yield count.span, {"count", f"count {count.fate}", f"counted {'' if count.fate else count.counted}"}
    for when in content.times:
        yield when.span, {"time"}


def _runs(text: str, content: Content) -> Iterator[tuple[Span, set[str]]]:
    """Runs of words without small words, punctuation, and verbs as the reader sees them."""
    verbs = {event.span.start for event in content.events}
    for part in content.claim.content:
        run: Span | None = None
        for found in _TOKEN.finditer(text, *part):
            word = found[0].lower()
            is_verb = found.start() in verbs and word.endswith(("ing", "ed"))
            if word in _SMALL or not word[0].isalnum() or is_verb:
                if run:
                    yield run, {"run"}
                run = None
            else:
                run = Span(run.start if run else found.start(), found.end())
        if run:
            yield run, {"run"}


def _past_article(text: str, span: Span) -> int:
    article = _ARTICLE.match(text, *span)
    return article.end() if article and article.end() < span.end else span.start


def facts(
    text: str, content: Content, said: Attribution | None, several: Sequence[Candidate], *, is_for: bool
) -> list[dict[str, float]]:
    """What speaks for each candidate, name to value; those of `several` in their order."""
    is_named = any(sign.startswith("mention ") for one in several for sign in one.signs)
    is_of_self = any(
        one.wording == "pronoun" and text[slice(*one.span)].lower() in _OF_SELF for one in content.mentions
    )
    out = []
    for place, one in enumerate(several):
        if SPEAKER in one.signs and said:
            side = "for" if is_for else "against"
            names = {SPEAKER, f"speaker {said.stance}", f"speaker {said.kind}", f"speaker {side}"}
            names |= {f"speaker of self {is_of_self} {side}", f"speaker beside names {is_named} {side}"}
            names |= _each("speaker cue", text, said.cue)
            out.append(dict.fromkeys(sorted(names), 1.0))
        else:
            names = {*one.signs, *_around(text, one.span), f"place {min(LAST_PLACE, place)}"}
            names |= {*_opening(text, content, said, one.span), *_inside(text, one.span)}
            out.append(dict.fromkeys(sorted(names), 1.0) | _meaning(text, one.span))
    return out


def _each(name: str, text: str, span: Span | None) -> set[str]:
    return {f"{name} {lemma(word)}" for word in _LOWER.findall(text[slice(*span)].lower())} if span else set()


def _around(text: str, span: Span) -> Iterator[str]:
    """The small words before and behind. Names among them count as "Name"."""
    last = _NEAR.findall(text[max(0, span.start - LOOK_BACK) : span.start])[-4:]
    before = [_plain(word) for word in last if word.lower() not in _ARTICLES]
    yield f"before {before[-1] if before else '^'}"
    if len(before) > 1:
        yield f"before {before[-2]} {before[-1]}"
    behind = [_plain(word) for word in _NEAR.findall(text[span.end : span.end + LOOK_BACK // 2])[:2]]
    yield f"behind {behind[0] if behind else '$'}"
    if len(behind) > 1:
        yield f"behind {behind[0]} {behind[1]}"


def _plain(word: str) -> str:
    is_name = word[:1].isupper() and word.lower() not in _SMALL
    return "Name" if is_name else "9" if word.isdigit() else lemma(word.lower())


def _opening(text: str, content: Content, said: Attribution | None, span: Span) -> set[str]:
    """Whether it opens the content, and behind which cue."""
    first = content.claim.content[0].start
    if span.start < first or text[first : span.start].lower().strip(" \"“'") not in _OPENING:
        return set()
    return {"first", *_each("first behind", text, said.cue if said else None)}


def _inside(text: str, span: Span) -> Iterator[str]:
    words = re.findall(r"[^\W_]+", text[slice(*span)])
    if words and words[0][0].isupper():
        yield "name"
    yield from (f"of {lemma(word)}" for word in words[:-1] if word.islower())
    if words and words[-1].islower():
        yield f"head {lemma(words[-1])}"
        yield f"kind {kind(words[-1])}"
    yield f"words {min(MOST_WORDS, len(words))}"


def _meaning(text: str, span: Span) -> dict[str, float]:
    """The vector of its last word that begins small, by dimension."""
    words = _LOWER.findall(text, *span)
    return {f"meaning {at}": float(x) for at, x in enumerate(vector(lemma(words[-1])))} if words else {}
