"""Contested words: where different voices call the same act or the same people by words that mean different things.

    acts      words for what an incident's events are, and "the incident" in claims that tell of one; who is killed
              by name is killed apart from others
    people    words beside a name: "the militia Ansel", "Ansel, a terrorist group,", "Ansel rebels", "Ansel is a cult"
    rulers    words behind a name: "the Varr government", "the Varr regime"

`wordings.csv` has the words by group, and what each commits to, its sense. A group is contested for a referent where
two voices use words of different sense, at least one of them in words of its own: the reporter's, or a speaker's
between quotation marks. What a speaker is only reported to have said may be the reporter's word; it is marked so.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.accounts.known import Known, Paper
from sayso.kit import fold
from sayso.model import (
    UNSPECIFIED,
    Claim,
    ContestedWords,
    Entity,
    Event,
    Said,
    Span,
    WordUse,
)
from sayso.words import lemma

BESIDE = 40
"""Code points before and behind a name in which a word for it stands."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,3}")
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such an?)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_BEFORE = re.compile(r"(?:^|[\s(“\"'])((?:[^\W\d_][\w-]{0,30}[“”\"'’]?\s){1,3})[“\"']?$")
"""Up to three words that stand right before a name."""
_PHRASE = r"([\w'’-]{1,30}(?:\s[\w'’-]{1,30}){0,4})"
_APPOSED = re.compile(rf",\s(?:an?|the|which is an?|who is an?)\s{_PHRASE}")
_IS = re.compile(rf"\s(?:is|are|was|were)\s(?:an?|the|nothing but an?)\s{_PHRASE}")
_RULED = re.compile(
    r"\b([A-Z][\w-]{2,30})(?:['’]s?)?\s(?:(?!the\b|an?\b|to\b|of\b|in\b|and\b|or\b)[a-z]+\s)?([a-z]{5,14})\b"
)
"""A name, and a word behind it."""
_WHERE = re.compile(r"\b(?:at|in|near|outside|inside|around)\s(?:the\s)?$")
_BROAD = frozenset({"incident", "operation", "answer", "accident", "fight", "invention", "misfortune", "resistance"})
"""Senses of words that can be said of much else: they count with an article before them ("the incident")."""

_NO_NAME = frozenset(
    {"the", "this", "that", "his", "her", "their", "its", "our", "whether", "but", "and", "any", "under"}
)
_BEHIND = re.compile(r"(?:['’]s?)?\s([^\W\d_][\w-]{0,30}(?:\s[^\W\d_][\w-]{0,30})?)")


class Entry(NamedTuple):
    """A row of `wordings.csv`."""

    group: str
    of: str
    sense: str


class _Found(NamedTuple):
    """A word for something, before it is known whether it is contested."""

    incident: str
    group: str
    entity: Entity | None
    name: str
    """Of people and rulers, what they are called; "" of acts."""
    use: WordUse


def contested_words(known: Known) -> tuple[ContestedWords, ...]:
    """The groups of words that are contested, by incident, then group and name."""
    by_referent: defaultdict[tuple[str, str, str], list[_Found]] = defaultdict(list)
    for paper in known.papers.values():
        for one in (*_acts(paper, known), *_people(paper, known), *_rulers(paper, known)):
            by_referent[one.incident, one.group, one.entity.id if one.entity else one.name].append(one)
    order = {name: number for number, name in enumerate(known.incidents)}
    told = [_record(several, known) for several in by_referent.values() if is_contested([one.use for one in several])]
    return tuple(sorted(told, key=lambda one: (order[one.incident], one.group, one.name, one.entity or "")))


def is_contested(uses: Iterable[WordUse]) -> bool:
    """Whether two voices use words of different sense, at least one of them a word of its own.

    A speaker whom the text does not give may be anybody, and contests nothing.
    """
    known = [one for one in uses if one.speaker != UNSPECIFIED]
    own = {(one.sense, _voice(one)) for one in known if one.said != "reported"}
    every = {(one.sense, _voice(one)) for one in known}
    return any(sense != other and voice != another for sense, voice in own for other, another in every)


def _voice(one: WordUse) -> str:
    return one.voice or f"{one.report} {one.speaker}"


def _record(several: Sequence[_Found], known: Known) -> ContestedWords:
    first = several[0]
    ordered = sorted(several, key=lambda one: (known.place[one.use.report], one.use.span, one.use.word))
    uses = tuple(dict.fromkeys(one.use for one in ordered))
    name = first.name or known.incidents[first.incident].name
    return ContestedWords(first.incident, first.group, name, uses, first.entity.id if first.entity else None)


def _acts(paper: Paper, known: Known) -> Iterator[_Found]:
    """Words for what happened: an incident's own events, and "the incident" in a claim that tells of one alone."""
    events = {event.span.start: event for event in paper.events}
    for sentence in paper.sentences:
        for span, word, entry in _known_in(paper.text, sentence, "act"):
            claim, event = paper.claim_at(span.start), events.get(span.start)
            incident = known.happened.get(event.id, "") if event else ""
            if (event and incident and not _fits(paper, entry, event)) or (not incident and entry.sense == "fire"):
                continue
            is_definite = _DEFINITE.search(paper.text[max(0, span.start - BESIDE) : span.start])
            if not is_definite and entry.sense in _BROAD:
                continue
            if not incident and claim:
                told = {known.happened[name] for name in claim.events if name in known.happened}
                incident = next(iter(told)) if len(told) == 1 else ""
            if incident:
                victim = _victim(paper, event) if event and entry.group == "killing" else None
                use = _use(paper, known, claim, span, (word, entry))
                yield _Found(incident, entry.group, victim, victim.name if victim else "", use)


def _victim(paper: Paper, event: Event) -> Entity | None:
    """The one person by name to whom it is done: the killing of Varr and that of others are two."""
    for role in event.roles:
        for one in paper.mentions_at(role.span) if role.name == "patient" else ():
            is_where = _WHERE.search(paper.text[max(0, one.span.start - BESIDE) : one.span.start])
            if one.kind == "person" and one.wording == "name" and one.span == role.span and not is_where:
                entity = paper.entity(one.span)
                return entity if entity and entity.kind == "person" else None
    return None


def _fits(paper: Paper, entry: Entry, event: Event) -> bool:
    """Whether it is told as having happened, and to somebody where it must: who executes a plan kills nobody."""
    if event.factuality <= 0:
        return False
    if entry.sense == "fire":
        return event.kind == "fire" and all(role.name != "agent" for role in event.roles)
    patients = [role.span for role in event.roles if role.name == "patient"]
    kinds = {one.kind for span in patients for one in paper.mentions_at(span) if abs(one.span.end - span.end) <= 1}
    return (
        entry.group != "killing" or not patients or not kinds or bool(kinds & {"person", "organisation", "nationality"})
    )


def _people(paper: Paper, known: Known) -> Iterator[_Found]:
    """Words beside a name that say what those are who bear it."""
    for name, entity in paper.named:
        incident = known.incident_at(paper, name.start)
        if incident and entity.kind in {"person", "organisation"}:
            for span, word, entry in _beside(paper, name):
                claim = paper.claim_at(span.start)
                yield _Found(incident, entry.group, entity, entity.name, _use(paper, known, claim, span, (word, entry)))


def _rulers(paper: Paper, known: Known) -> Iterator[_Found]:
    """Words for those who govern, behind a name: the last word of the name is whom they are said of."""
    table = _table("rulers")
    for found in _RULED.finditer(paper.text):
        word = lemma(found[2])
        is_name = found[1].lower() not in _NO_NAME
        incident = known.incident_at(paper, found.start()) if word in table and is_name else ""
        if incident:
            use = _use(paper, known, paper.claim_at(found.start(2)), Span(*found.span(2)), (word, table[word]))
            yield _Found(incident, table[word].group, None, fold(found[1]).split()[-1], use)


def _beside(paper: Paper, name: Span) -> Iterator[tuple[Span, str, Entry]]:
    """The words of the table that stand in the name, before it, behind it, in apposition to it, or behind "is"."""
    sentence, text = paper.sentence_at(name.start), paper.text
    first, last = max(sentence.start, name.start - BESIDE), min(sentence.end, name.end + 2 * BESIDE)
    places = [name]
    if before := _BEFORE.search(text[first : name.start]):
        places.append(Span(first + before.start(1), first + before.end(1)))
    behind = (pattern.match(text, name.end, last) for pattern in (_APPOSED, _IS, _BEHIND))
    places.extend(Span(*found.span(1)) for found in behind if found)
    for place in places:
        yield from _known_in(text, place, "people")


def _known_in(text: str, place: Span, of: str) -> Iterator[tuple[Span, str, Entry]]:
    """The words of the table in a stretch of text; the longest of those that begin at one place.

    Of people only words in lower case, so that what is part of a name is none.
    """
    table, first, past = _table(of), _first(of), -1
    words = list(_WORD.finditer(text, *place))
    for at, word in enumerate(words):
        is_first = word[0].lower() in first or lemma(word[0]) in first
        if not is_first or word.start() < past or (word[0][0].isupper() and of == "people"):
            continue
        for size in (3, 2, 1):
            several = words[at : at + size]
            phrase = next((one for one in _forms([each[0] for each in several]) if one in table), "")
            if len(several) == size and phrase:
                past = several[-1].end()
                yield Span(word.start(), past), phrase, table[phrase]
                break


def _forms(words: Sequence[str]) -> Iterator[str]:
    """A phrase as it stands, and with its last word's lemma."""
    first = [word.lower() for word in words[:-1]]
    yield " ".join([*first, words[-1].lower()])
    yield " ".join([*first, lemma(words[-1])])


def _use(paper: Paper, known: Known, claim: Claim | None, span: Span, found: tuple[str, Entry]) -> WordUse:
    word, entry = found
    whose, said = _whose(paper, claim, span)
    speaker = known.speaker(paper, whose)
    voice, name = speaker.voice.id if speaker.voice else None, claim.id if claim else ""
    return WordUse(word, entry.sense, said, speaker.name, paper.id, name, span, voice)


def _whose(paper: Paper, claim: Claim | None, span: Span) -> tuple[Claim | None, Said]:
    """Whose word it is: of the innermost claim, or of one that holds it between quotation marks."""
    if claim is None or claim.attribution is None:
        return claim, "own voice"
    holder: Claim | None = claim
    while holder and (said := paper.said.get(holder.attribution or "")):
        if said.manner == "direct" or _is_in_quotes(paper.text, holder, span):
            return holder, "quoted"
        holder = paper.stated.get(said.within or "")
    return claim, "reported"


def _is_in_quotes(text: str, claim: Claim, span: Span) -> bool:
    """Whether quotation marks are open where a word stands, counted from the beginning of the content."""
    start = next((part.start for part in claim.content if part.start <= span.start < part.end), span.start)
    before = text[max(0, start - 1) : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@cache
def _table(of: str) -> dict[str, Entry]:
    lines = (Path(__file__).parent / "wordings.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["word"]: Entry(row["group"], row["of"], row["sense"]) for row in rows if row["of"] == of}


@cache
def _first(of: str) -> frozenset[str]:
    """The first words of the entries."""
    return frozenset(word.split()[0] for word in _table(of))
