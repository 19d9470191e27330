"""Who or what is named before or behind some words of a claim's content: as their subject, or as what they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.claims.answers import can_answer
from sayso.claims.candidates import Candidate
from sayso.claims.content import Content
from sayso.claims.phrases import ARTICLES, Word
from sayso.model import Attribution, Slot, Span

LONGEST_SUBJECT = 60
"""Code points of a part in an event that is taken for a subject as it stands: "guards at the gate"."""
MOST_OF_HEAD = 4
"""Words of a subject among the first of which its head is looked for."""
OPENING = 2
"""Words from the beginning of a content within which a pronoun that opens it ends: "that he"."""

_SPEAKING = frozenset({"we", "i"})
_MEANT = frozenset({"he", "she", "they", "it"})
"""Pronouns that mean the speaker where they open what is told of their words: "said he had no part"."""
_LISTED = frozenset({"and", ",", "also", "or", "plus"})
_JOINED = frozenset({"and", "or", "plus"})
_GOING_ON = frozenset(
    {
        "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would", "should", "may",
        "might", "must", "can", "could", "also", "then", "not", "never", "said",
    }
)  # fmt: skip
"""Words before which a name is a subject of its own, and no further one of a list."""
_WHO = frozenset({"person", "organisation", "place", "nationality"})
_NOWHERE = frozenset(
    {
        "custody", "detention", "jail", "large", "way", "debt", "bandages", "own", "least", "hands", "hospital",
        "hospitals", "morgue", "mortuary", "court", "clinic", "trial", "justice", "safety", "charge", "home",
        "question", "touch", "danger", "fear", "part", "order", "trouble", "accident", "crash", "explosion", "attack",
        "fire", "shock", "line", "power", "office", "contact", "place", "front", "case", "fact", "days", "day", "hours",
        "time", "force", "control", "critical", "condition", "all", "connection",
        "arrest", "service", "seal", "remand", "metres", "meters", "name", "warning", "supper", "benefits", "law",
        "ground", "photo", "image", "school", "work",
    }
)  # fmt: skip
"""Words with which no place is named where somebody is looked for."""


class Part(NamedTuple):
    """One stretch of a claim's content, with what can be named in it."""

    text: str
    content: Content
    said: Attribution | None
    words: Sequence[Word]
    could: Sequence[Candidate]
    """What could answer, the speaker left out."""


def subjects(part: Part, start: int, words: range, slot: Slot) -> list[Span]:
    """Who stands before the place `start`, or else is the agent of what the words tell; nobody before a noun."""
    if start == words.start and start and part.words[start - 1].form in ARTICLES:
        return []
    if start and not part.words[start - 1].is_mark:
        word = part.words[start - 1]
        if word.form in _SPEAKING or word.form in _MEANT:
            return speaker(part) if word.form in _SPEAKING or _means_speaker(part, start) else []
        found = _named_to(part, word.span.end, slot)
        if found:
            return [_whole(part, found), *_listed_before(part, found, slot)]
    return _agent(part, words, slot)


def speaker(part: Part) -> list[Span]:
    """The one whose words the content is."""
    return [part.said.source] if part.said and part.said.source else []


def _means_speaker(part: Part, start: int) -> bool:
    return start <= OPENING and part.said is not None and part.said.manner == "indirect"


def _agent(part: Part, words: range, slot: Slot) -> list[Span]:
    here = Span(part.words[words.start].span.start, part.words[words.stop - 1].span.end)
    told = (event for event in part.content.events if here.start <= event.span.start < here.end)
    agents = [role.span for event in told for role in event.roles if role.name == "agent"]
    before = [one.end for one in agents if one.end <= here.start][:1]
    return [span for end in before if (span := _named_to(part, end, slot))]


def is_person(part: Part, word: Word) -> bool:
    """Whether a word ends what names a person."""
    return any(
        one.kind == "person" and one.wording != "pronoun" and one.span.end == word.span.end
        for one in part.content.mentions
    )


def heads_of_patient(part: Part, words: range) -> list[Word]:
    """The words that can be the head of who undergoes what the words tell: the first few of it."""
    here = Span(part.words[words.start].span.start, part.words[words.stop - 1].span.end)
    told = (event for event in part.content.events if here.start <= event.span.start < here.end)
    spans = [
        role.span for event in told for role in event.roles if role.name == "patient" and role.span.end <= here.start
    ]
    return [one for span in spans for one in part.words if span.start <= one.span.start < span.end][:MOST_OF_HEAD]


def _whole(part: Part, found: Span) -> Span:
    """The agent of an event that ends with the words found, if it is told in a few words."""
    agents = (role.span for event in part.content.events for role in event.roles if role.name == "agent")
    wider = [one for one in agents if one.end == found.end and one.start < found.start]
    return _past_article(part, min((one for one in wider if one.end - one.start <= LONGEST_SUBJECT), default=found))


def _past_article(part: Part, span: Span) -> Span:
    inside = [one for one in part.words if span.start <= one.span.start < span.end]
    has_article = len(inside) > 1 and inside[0].form in ARTICLES
    return Span(inside[1].span.start, span.end) if has_article else span


def _named_to(part: Part, end: int, slot: Slot) -> Span | None:
    """Who is named by words that end here."""
    could = [one.span for one in part.could if one.span.end == end and can_answer(slot, one)]
    mentions = [one.span for one in part.content.mentions if one.span.end == end and one.kind in _WHO]
    single = [one for one in mentions if " and " not in part.text[slice(*one)]]
    return _past_article(part, min(single, default=could[0])) if could else None


def _listed_before(part: Part, found: Span, slot: Slot) -> list[Span]:
    """Who else is named before "and"."""
    at = next((n for n, one in enumerate(part.words) if one.span.end > found.start), 0)
    while at and part.words[at - 1].form in ARTICLES:
        at -= 1
    if at < 2 or part.words[at - 1].form != "and":
        return []
    one = _named_to(part, part.words[at - 2].span.end, slot)
    return [one] if one else []


def named_from(part: Part, at: int, slot: Slot) -> tuple[list[Span], int]:
    """Who or what is named by the words from this place on, with others of a list; and the place behind them."""
    out: list[Span] = []
    behind = at
    while found := _one_from(part, at, slot):
        past = _past(part, found)
        if out and _goes_on(part, past):
            break
        out.append(found)
        at = behind = past
        while slot != "whereabouts" and at < len(part.words) and part.words[at].form in _LISTED:
            at += 1
        if at == behind:
            break
    return (out if len(out) < 2 or _is_joined(part, out) else [_better(part, out)]), behind


def _past(part: Part, span: Span) -> int:
    """The place of the first word behind a span."""
    return next((n for n, one in enumerate(part.words) if one.span.start >= span.end), len(part.words))


def _is_joined(part: Part, several: Sequence[Span]) -> bool:
    """Whether "and" stands before the last: else one is told in other words, "the Jackdaws, a band of outlaws"."""
    return any(one.form in _JOINED for one in part.words if several[-2].end <= one.span.start < several[-1].start)


def _better(part: Part, several: Sequence[Span]) -> Span:
    """The first that is a name."""
    names = {one.span.end for one in part.content.mentions if one.wording == "name"}
    return next((one for one in several if one.end in names and part.text[one.start].isupper()), several[0])


def _goes_on(part: Part, at: int) -> bool:
    """Whether a clause of its own begins, whose subject stands before."""
    if at >= len(part.words):
        return False
    start = part.words[at].span.start
    return part.words[at].form in _GOING_ON or any(event.span.start == start for event in part.content.events)


def _one_from(part: Part, at: int, slot: Slot) -> Span | None:
    if at >= len(part.words):
        return None
    if slot == "whereabouts":
        return _place_from(part, at)
    with_article = part.words[at].form in ARTICLES and at + 1 < len(part.words)
    starts = {part.words[n].span.start for n in ((at, at + 1) if with_article else (at,))}
    ends = {one.span.end for one in part.could if can_answer(slot, one)}
    fit = [one for one in part.content.mentions if one.kind in _WHO and one.wording != "pronoun"]
    several = [one.span for one in fit if one.span.start in starts and one.span.end in ends & _word_ends(part)]
    single = [one for one in several if " and " not in part.text[slice(*one)]]
    found = max(single or several, key=lambda one: one.end, default=None)
    return _past_article(part, found) if found else None


def _word_ends(part: Part) -> set[int]:
    """Where words end: not before the ending of "Ostra's men"."""
    return {one.span.end for one in part.words} | {one.span.end + 1 for one in part.words}


def _place_from(part: Part, at: int) -> Span | None:
    """A place, with what "of" joins to it."""
    while at < len(part.words) and part.words[at].form in ARTICLES:
        at += 1
    if at >= len(part.words):
        return None
    start = part.words[at].span.start
    fit = [one.span for one in part.could if one.span.start == start and can_answer("whereabouts", one)]
    found = max(fit, key=lambda one: one.end, default=None)
    if found is None or _is_no_place(part, found):
        return None
    behind = _past(part, found)
    more = _place_from(part, behind + 1) if behind < len(part.words) and part.words[behind].form == "of" else None
    return Span(start, more.end) if more else found


def _is_no_place(part: Part, span: Span) -> bool:
    """Whether the words are a verb ("to keep"), or no place where somebody is looked for ("custody")."""
    if any(one.form in _NOWHERE for one in part.words if span.start <= one.span.start < span.end):
        return True
    is_named = any(one.span.end == span.end for one in part.content.mentions)
    return not is_named and any(one.span.start == span.start for one in part.content.events)
