"""The ledger of legal status: who is said to be wanted, investigated, charged, convicted, cleared, immune; by whom.

    words of `statuses.csv` ──▶ whom they are said of ──▶ so, not so, or only possible ──▶ who says it, and of what day

Whom: the patient of the verb; else, by the words' place, who stands before a passive or behind the phrase. Where that
is nobody with a name or description of their own, nothing is told. "Has not been charged" is kept as not so, "could be
charged" as possible.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.accounts.blame import entity_of
from sayso.accounts.known import Known, Paper
from sayso.kit import weakest
from sayso.model import (
    Certainty,
    Claim,
    Event,
    LegalStatus,
    Mention,
    Span,
    StatusKind,
)

WHO = frozenset({"person", "organisation", "nationality"})
"""Kinds of mention that the law can deal with."""

DENIED = -1.0
"""Events below this factuality are told as not having happened."""

_NOT = re.compile(
    r"(?:\b(?:no|not|never|without|neither|nor|nobody|hardly|yet to be|yet been|den(?:y|ied|ies) being)|n['’]t)\b"
    r"(?:\s\w+){0,3}\s?$",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:could|may|might|would|should|will|can|if|whether|unless|before|possibl[ey]|possibility of|threat of"
    r"|(?:likely|expected|threatened|about|going|ready|prepar\w+|wants?|wanted|vow(?:s|ed)?|open|reluctant|reticent) to"
    r"|to be|cusp of|hopes?|expect(?:s|ed|ing)?|consider(?:s|ed|ing)?|propos(?:e|es|ed|ing)|urge[ds]?|seek(?:s|ing)?"
    r"|sought|(?:call|push)(?:s|es|ed|ing)? for|demand(?:s|ed)?|risk(?:s|ed)?|rather than|instead of"
    r"|avoid(?:s|ed)?)\b"
    r"(?:\s[\w'’]+){0,4}\s?$",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|dismiss(?:ed|es|ing)?|withdr[ae]wn?|abandon(?:ed|s|ing)?)\b", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\b(?:be|been|being|is|are|was|were|am|get|gets|got|gotten|['’]s|['’]re)\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_LOOK_BACK = 60
_BESIDE = 25
"""Code points between words and a time that stands beside them, at most."""
_FURTHEST = 120
"""Code points to either side of the words in which the one they are said of is looked for."""

_NO_CLAUSE = re.compile(r"[;:!?\n]|\b(?:who|which|that|after|before|while|when|because|but|and (?:he|she|it|they))\b")
_COMMA = re.compile(r",")


class Entry(NamedTuple):
    """A row of `statuses.csv`."""

    status: StatusKind
    whom: str
    is_negative: bool


def _entries() -> dict[str, Entry]:
    lines = (Path(__file__).parent / "statuses.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["words"]: Entry(row["status"], row["whom"], bool(row["negative"])) for row in rows}  # type: ignore[arg-type]


_ENTRIES = _entries()
_LONGEST_FIRST = sorted(_ENTRIES, key=lambda words: (-len(words), words))
_STATUS = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})\b".replace(" ", r"\s"), re.IGNORECASE)


def statuses(known: Known) -> tuple[LegalStatus, ...]:
    """The ledger, by whom it is said of, then in the order of the case."""
    found = [(known.place[paper.id], one) for paper in known.papers.values() for one in _in(paper, known)]
    in_order = sorted(found, key=lambda one: (one[1].name.casefold(), one[1].entity or "", one[0], one[1].span))
    return tuple(one for _, one in in_order)


def _in(paper: Paper, known: Known) -> Iterator[LegalStatus]:
    for found in _STATUS.finditer(paper.text):
        entry, words = _ENTRIES[" ".join(found[0].lower().split())], Span(*found.span())
        claim = paper.claim_at(words.start)
        if claim and claim.stance in {"asks", "declines"}:
            continue
        event = next(iter(paper.events_in(words)), None)
        who = _whom(paper, entry, words, event)
        if who:
            yield _record(paper, known, claim, entry, (words, who), event)


def _record(
    paper: Paper, known: Known, claim: Claim | None, entry: Entry, place: tuple[Span, Span], event: Event | None
) -> LegalStatus:
    words, who = place
    entity = entity_of(paper, who)
    speaker = known.speaker(paper, claim)
    days = _days(paper, words, event)
    is_negated = _is_negated(paper, claim, words, event)
    is_dropped = entry.status == "charged" and _is_dropped(paper, words)
    return LegalStatus(
        incident=known.incident_at(paper, words.start),
        name=entity.name if entity else " ".join(paper.text[slice(*who)].split()),
        kind=entry.status,
        is_so=not (entry.is_negative or is_dropped or is_negated),
        certainty=_certainty(paper, claim, words, None if is_negated else event),
        earliest=days[0],
        latest=days[1],
        speaker=speaker.name,
        report=paper.id,
        claim=claim.id if claim else "",
        span=words,
        entity=entity.id if entity else None,
        voice=speaker.voice.id if speaker.voice else None,
    )


def _before(paper: Paper, words: Span) -> str:
    """What stands before the words in their sentence."""
    return paper.text[max(paper.sentence_at(words.start).start, words.start - _LOOK_BACK) : words.start]


def _is_negated(paper: Paper, claim: Claim | None, words: Span, event: Event | None) -> bool:
    if _NOT.search(_before(paper, words)) or (event is not None and event.factuality < DENIED):
        return True
    return claim is not None and claim.stance == "denies"


def _is_dropped(paper: Paper, words: Span) -> bool:
    """Whether the charges were taken back: "dropped the charges against X", "charges against X were dropped"."""
    sentence = paper.sentence_at(words.start)
    start, end = max(sentence.start, words.start - _LOOK_BACK // 2), min(sentence.end, words.end + _LOOK_BACK)
    is_noun = paper.text[words.start : words.end].lower().startswith("charge") and words.end - words.start > len(
        "charged"
    )
    return is_noun and bool(_DROPPED.search(paper.text, start, end))


def _certainty(paper: Paper, claim: Claim | None, words: Span, event: Event | None) -> Certainty:
    """The weakest of the chain; possible where the words themselves leave it open."""
    is_open = event is not None and DENIED <= event.factuality < 0.5
    if is_open or _MAY.search(_before(paper, words)) or (claim is not None and claim.stance == "orders"):
        return "possible"
    return weakest(claim.chain) if claim else "certain"


def _days(paper: Paper, words: Span, event: Event | None) -> tuple[str, str]:
    """The days of the event's own time; else of the one time that stands beside the words."""
    own = [role.span for role in event.roles if role.name == "time"] if event else []
    inside = [one for one in paper.times_in(paper.sentence_at(words.start)) if one.earliest or one.latest]
    for one in inside:
        if any(one.span.start < span.end and span.start < one.span.end for span in own):
            return one.earliest, one.latest
    near = [one for one in inside if _is_beside(paper, one.span, words)]
    return (near[0].earliest, near[0].latest) if len(near) == 1 and not own else ("", "")


def _is_beside(paper: Paper, time: Span, words: Span) -> bool:
    first, last = min(time.end, words.end), max(time.start, words.start)
    gap = paper.text[first:last]
    return len(gap) <= _BESIDE and not _NO_CLAUSE.search(gap) and "," not in gap


def _whom(paper: Paper, entry: Entry, words: Span, event: Event | None) -> Span | None:
    """The words that name whom it is said of."""
    if entry.whom == "after":
        return _next(paper, words, most=2)
    if entry.whom == "patient" and event:
        patients = [role.span for role in event.roles if role.name == "patient"]
        agents = [role.span for role in event.roles if role.name == "agent"]
        for span in patients:
            if span not in agents and (found := _somebody(paper, span)):
                return found
    if entry.whom == "patient" and paper.text[words.start : words.end].lower().endswith("ing"):
        return None if event else _next(paper, words)
    if entry.whom == "before" or _PASSIVE.search(_before(paper, words)):
        return _last(paper, words)
    return None if event else _next(paper, words)


def _somebody(paper: Paper, span: Span) -> Span | None:
    """The span, where its last words are a mention of somebody; the name that a pronoun stands for in the sentence."""
    near = [one for one in paper.mentions_at(span) if abs(one.span.end - span.end) <= 1]
    if any(one.kind in WHO and one.wording != "pronoun" for one in near):
        return span
    words = paper.text[slice(*span)].casefold()
    return _subject(paper, span) if words in {"he", "she", "him", "her", "himself", "herself", "who"} else None


def _subject(paper: Paper, pronoun: Span) -> Span | None:
    """The one person named before a pronoun in its sentence, if there is but one."""
    sentence = paper.sentence_at(pronoun.start)
    before = {
        (entity.id if (entity := paper.entity(one.span)) else paper.text[slice(*one.span)]): one.span
        for one in reversed(paper.mentions_in(Span(sentence.start, pronoun.start)))
        if one.kind == "person" and one.wording == "name"
    }
    return next(iter(before.values())) if len(before) == 1 else None


def _next(paper: Paper, words: Span, most: int = 1) -> Span | None:
    """The mention of somebody that begins right behind the words, up to `most` words passed over."""
    for one in _mentions(paper, Span(words.end, words.end + _FURTHEST)):
        gap = paper.text[words.end : one.span.start]
        if len(gap.split()) <= most and not re.search(r"[.,;:!?\n]", gap):
            return one.span if one.kind in WHO and one.wording != "pronoun" else None
    return None


def _last(paper: Paper, words: Span) -> Span | None:
    """The mention of somebody that the words follow on, in the same clause: what commas set off is passed over."""
    start = max(paper.sentence_at(words.start).start, words.start - _FURTHEST)
    found = [one for one in _mentions(paper, Span(start, words.start)) if one.span.end <= words.start]
    for one in reversed(found):
        gap = paper.text[one.span.end : words.start]
        if _NO_CLAUSE.search(gap) and not gap.strip().lower().startswith("who"):
            return None
        if len(_COMMA.findall(gap)) != 1 and one.kind in WHO and _is_head(paper, one):
            return _somebody(paper, one.span)
    return None


def _is_head(paper: Paper, one: Mention) -> bool:
    """Whether a mention is no part of what another one is about: "the lawyer of X was charged"."""
    return not re.search(
        r"\b(?:of|for|with|against|by|from|to|in|on|about)\s(?:the\s)?$",
        paper.text[max(0, one.span.start - 12) : one.span.start],
    )


def _mentions(paper: Paper, span: Span) -> list[Mention]:
    """Outermost mentions that begin in a span, in the order of the text."""
    out: list[Mention] = []
    for one in sorted(paper.mentions_in(span), key=lambda one: (one.span.start, -one.span.end, one.kind)):
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return out
