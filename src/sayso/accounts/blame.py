"""What of a claim speaks of blame: the words of `blame.toml`, and who does the deeds that it tells of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from sayso.accounts.known import Paper
from sayso.model import Claim, Entity, Event, Span
from sayso.words import kind, lemma

_WORD = re.compile(r"[^\W\d_]+")
_BY = re.compile(r"\b(?:([a-z]+)\s(?:\w+\s)?by|hands? of|work of)(?: the)?\s*$")
_PREPOSED = re.compile(r"\b(?:in|on|at|near|of|outside|against|into|around|with|among|to|about)\s(?:the\s)?$")
_HELD = re.compile(r"\b(?:hands?|work|part|accus\w+|blam\w+)\s(?:of|on)\s(?:the\s)?$|\bon\s(?:the\s)?$")
_BEHIND = re.compile(
    r"\b(?:was|were|is|are|be|been|being|stands?|stood)\s(?:\w+\s)?behind\b(?!\s(?:bars|their|his|her)\b)"
)
_AND = re.compile(r",?\s(?:and|and\salso)\s(?:the\s)?")
_ON = re.compile(r"\bon(?: the)?\s*$")
_PASSIVE = re.compile(r"^\s(?:\w+\s){0,3}(?:was|were|been|being|is|are|be)\s(?:\w+\s)?$")
_BEHIND_NAME = re.compile(r"\W{0,2}(?:of|for|over)\b")
_OBJECT = re.compile(r"\b(?:of|for|over|with)\b")
_IT = re.compile(r"\b(?:of|for)\s(?:\w+ing\s)?(?:it|this|that)(?:\sout)?\W*(?:$|\b(?:and|but|in|on)\b)")
_ALONE = re.compile(r"\s?(?:(?:it|this|that)\b|(?:out\b)?\W*(?:$|\n))")
_NOT = re.compile(r"(?:\b(?:not|never|neither|nor|cannot)\b|n['’]t\b)(?!\s(?:only|just|merely)\b)")
_NONE = re.compile(r"(?:no|nobody|none|nothing)\b", re.IGNORECASE)
_OF = re.compile(r"\sof\s(?:the\s)?")
_LOOK_BACK = 24
_LONGEST_AND = 12
_NOT_WITHIN = 30
_OBJECT_WITHIN = 60

LEAST_FACTUAL = 1.0
"""From this factuality on an event is told as having happened. A rule of thumb: 0 says nothing, 3 is certain."""

WHO = frozenset({"person", "organisation", "nationality", "place"})
"""Kinds of mention that can be somebody: a place, where a state is meant."""


def table(name: str) -> frozenset[str]:
    """The words of a list of `blame.toml`."""
    return _tables()[name]


@cache
def _tables() -> Mapping[str, frozenset[str]]:
    read = tomllib.loads((Path(__file__).parent / "blame.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in read.items()}


def lemmas(words: str) -> frozenset[str]:
    """Those of the words in lower case, so that nobody's name is a word of blame."""
    return frozenset(lemma(word) for word in _WORD.findall(words) if word.islower())


def content_of(paper: Paper, claim: Claim) -> str:
    """What the claim says, in one line."""
    return " ".join(paper.text[slice(*part)] for part in claim.content)


def cue_of(paper: Paper, claim: Claim) -> frozenset[str]:
    """The lemmas of the cue of a claim's attribution."""
    said = paper.said.get(claim.attribution or "")
    return lemmas(paper.text[slice(*said.cue)].lower()) if said and said.cue else frozenset()


def is_somebody(paper: Paper, span: Span) -> bool:
    """Whether the words stand for a person, a group or a state, and not for a thing."""
    words = paper.text[slice(*span)]
    if words.casefold().removeprefix("the ") in table("nobody") or words.split(" ")[-1] in table("small"):
        return False
    near = [one for one in paper.mentions_at(span) if abs(one.span.end - span.end) <= 1]
    kinds = {one.kind for one in near if one.wording != "pronoun"}
    return bool(kinds & WHO) and (bool(kinds & {"person", "organisation"}) or any(c.isupper() for c in words))


def named_with(paper: Paper, span: Span) -> Iterator[Span]:
    """A span, and what "and" joins to it on either side: "the Reed Front and the Dock League"."""
    yield span
    for one in paper.mentions_in(Span(span.end, span.end + _LONGEST_AND)):
        if one.kind in WHO and one.wording == "name" and _AND.fullmatch(paper.text, span.end, one.span.start):
            yield one.span
            break
    for one in paper.mentions_at(Span(max(0, span.start - _LONGEST_AND), span.start)):
        gap = one.span.end < span.start and _AND.fullmatch(paper.text, one.span.end, span.start)
        if gap and one.kind in WHO and one.wording == "name":
            yield one.span
            break


def entity_of(paper: Paper, span: Span) -> Entity | None:
    """The entity whose name fills at least half of a span: "soldiers loyal to Varr" are not Varr."""
    entity = paper.entity(span)
    if entity is None:
        return None
    words = paper.text[slice(*span)]
    longest = max((len(one) for one in entity.spellings if one in words), default=0)
    inside = any(one.span.start <= span.start and span.end <= one.span.end for one in paper.mentions_at(span))
    return entity if 2 * longest >= len(words) or (not longest and inside) else None


def tells_of_deed(paper: Paper, claim: Claim) -> bool:
    """Whether a deed stands in the claim's sentence: "ordered the attack, but say that it was carried out by …"."""
    sentence = paper.sentence_at(claim.content[0].start)
    return any(event.kind in table("done") for event in paper.events_in(sentence))


def deeds_in(paper: Paper, claim: Claim) -> list[Event]:
    """The events of a claim that somebody can be held responsible for."""
    deeds = table("deeds")
    return [event for part in claim.content for event in paper.events_in(part) if event.kind in deeds]


def is_agent(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether the words name who does a deed that the claim tells of."""
    events = [event for part in claim.content for event in paper.events_in(part)]
    if any(is_doing(paper, event) and does(paper, event, span) for event in events):
        return tells_of_deed(paper, claim)
    deeds = deeds_in(paper, claim)
    if any(does(paper, event, span) for event in deeds):
        return True
    if not deeds or is_patient(paper, claim, span):
        return False
    is_carrying = any(event.lemma in table("carrying") and _is_factual_agent(event, span) for event in events)
    return is_carrying or _is_by(paper, span)


def _is_factual_agent(event: Event, span: Span) -> bool:
    return event.factuality >= LEAST_FACTUAL and _has_role(event, "agent", span)


def _is_by(paper: Paper, span: Span) -> bool:
    """Whether "by" or "at the hands of" stands before the words, and a deed before "by"."""
    by = _BY.search(paper.text[max(0, span.start - _LOOK_BACK) : span.start])
    if by is None:
        return False
    return not by[1] or kind(by[1]) in table("deeds") or lemma(by[1]) in table("carrying")


def is_negated(paper: Paper, event: Event) -> bool:
    """Whether somebody is told not to do it: "did not burn", "have never attacked", "killed nobody"."""
    for role in event.roles:
        between = paper.text[role.span.end : event.span.start]
        is_near = len(between) <= _NOT_WITHIN and not paper.events_in(Span(role.span.end, event.span.start))
        if role.name == "agent" and is_near and _NOT.search(between):
            return True
        if role.name == "patient" and role.span.start >= event.span.end and _NONE.match(paper.text, role.span.start):
            return True
    return False


def is_doing(paper: Paper, event: Event) -> bool:
    """Whether an event says no more than that something was done: "carried out", not "carried"."""
    is_out = event.lemma != "carry" or paper.text.startswith(" out", event.span.end)
    return event.lemma in table("doing") and is_out


def gives_order(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether the words name who orders something that the claim tells of."""
    several = (event for part in claim.content for event in paper.events_in(part))
    return any(event.lemma in table("ordering") and _has_role(event, "agent", span) for event in several)


def does(paper: Paper, event: Event, span: Span) -> bool:
    """Whether the words name who does a deed: not who is before a passive, nor the place in "the Ostra attack"."""
    if not has_agent(event) or not _has_role(event, "agent", span):
        return False
    between = paper.text[span.end : event.span.start]
    is_place = any(one.kind == "place" for one in paper.mentions_at(span) if one.span.end == span.end)
    return not (_PASSIVE.search(between) or (is_place and between == " "))


def has_agent(event: Event) -> bool:
    """Whether an event is told as done by somebody: one that burns or dies does nothing to others."""
    is_done_to = any(role.name == "patient" for role in event.roles)
    return event.factuality >= LEAST_FACTUAL and (event.kind in table("done") or is_done_to)


def is_where(paper: Paper, claim: Claim, span: Span, places: Collection[str]) -> bool:
    """Whether the words name where something was, or what it was done to: "in Ostra", "the Ostra attack"."""
    before = paper.text[max(0, span.start - _LOOK_BACK) : span.start]
    if _PREPOSED.search(before):
        accuses = bool(cue_of(paper, claim) & table("accusing")) or not before.endswith(("on ", "on the "))
        return not (_HELD.search(before) and accuses)
    entity = paper.entity(span)
    after = paper.events_in(Span(span.end, span.end + 2))
    return entity is not None and entity.id in places and any(one.kind in table("deeds") for one in after)


def is_patient(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether the words name to whom a deed is done that the claim tells of."""
    return any(_has_role(event, "patient", span) for event in deeds_in(paper, claim))


def _has_role(event: Event, name: str, span: Span) -> bool:
    return any(one.name == name and one.span.start < span.end and span.start < one.span.end for one in event.roles)


def accuses_of_deed(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether an accusing claim accuses of a deed: the first thing after the name is one, or leads to one."""
    if not cue_of(paper, claim) & table("accusing"):
        return False
    first = claim.content[0].start
    pinned = _ON.search(paper.text[max(first, span.start - _LOOK_BACK) : span.start])
    if not pinned and any(event.span.start < span.start for event in paper.events_in(Span(first, span.start))):
        return False
    if pinned:
        return bool(deeds_in(paper, claim)) or points_at_deed(paper.text[first : span.start])
    return is_of_deed(paper, behind(claim, span.end))


def accuses_of_other(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether an accusing claim says of what it accuses the one it names, and that is no deed."""
    start = _past_name(paper, span.end)
    if not cue_of(paper, claim) & table("accusing") or not _BEHIND_NAME.match(paper.text, start):
        return False
    return not is_of_deed(paper, behind(claim, span.end))


def behind(claim: Claim, at: int) -> list[Span]:
    """The parts of a content behind a place."""
    return [Span(max(at, part.start), part.end) for part in claim.content if part.end > at]


def _past_name(paper: Paper, at: int) -> int:
    """Where a name that goes on ends: "the government of Lena Varr"."""
    of = _OF.match(paper.text, at)
    more = [one for one in paper.mentions_at(Span(of.end(), of.end() + 1)) if one.kind in WHO] if of else []
    return max((one.span.end for one in more), default=at)


def is_of_deed(paper: Paper, rest: Sequence[Span]) -> bool:
    """Whether what somebody is accused of is a deed: the first event of the words behind them is one, or does one.

    "of the attack", "of carrying it out", "of planting a bomb"; not "of using the disaster to justify arrests", "of
    breaking the truce". Where nothing happens in these words: whether they name a deed or point at one, or are none.
    """
    rest = [Span(_past_name(paper, rest[0].start), rest[0].end), *rest[1:]] if rest else []
    words = " ".join(paper.text[slice(*part)] for part in rest)
    several = [event for part in rest for event in paper.events_in(part)]
    if not several:
        return not _OBJECT.search(words) or points_at_deed(words)
    first = several[0]
    if first.kind in table("deeds") or first.lemma in table("violent") | table("pointing"):
        return True
    if first.lemma not in table("carrying") | table("guilt"):
        return points_at_deed(paper.text[rest[0].start : first.span.start])
    return _does_deed(paper, first, several[1:], rest[-1].end)


def _does_deed(paper: Paper, first: Event, later: Sequence[Event], end: int) -> bool:
    """Whether one that carries something carries a deed: "using" does by what is used, or by what follows on that."""
    patients = [role.span for role in first.roles if role.name == "patient"]
    deeds = [event for event in later if event.kind in table("deeds")]
    behind_it = paper.text[first.span.end : end]
    if _ALONE.match(behind_it):
        return True
    if first.lemma == "use":
        used = behind_it[:_OBJECT_WITHIN]
        used += "".join(f" {paper.text[slice(*one)]}" for one in patients)
        past = max((one.end for one in patients), default=end)
        return bool(lemmas(used) & table("tools")) or any(event.span.start >= past for event in deeds)
    return bool(deeds) or points_at_deed(behind_it)


def points_at_deed(words: str) -> bool:
    """Whether words name a deed or what it is done with, or point at it."""
    several = lemmas(words)
    nouns = (one for one in _WORD.findall(words) if one.islower() and not one.endswith("ing"))
    if _IT.search(words):
        return True
    return bool(several & (table("pointing") | table("tools"))) or any(kind(one) in table("deeds") for one in nouns)


def is_deed(event: Event) -> bool:
    """Whether it is a deed, or leads to one."""
    return event.kind in table("deeds") or event.lemma in table("carrying")


def is_guilt(words: frozenset[str], content: str) -> bool:
    """Whether words say that somebody had a part."""
    return bool(words & table("guilt")) or bool(_BEHIND.search(content))
