"""Free questions: what some voices say and others deny, beside the closed list.

A word that has an opposite (`opposites.csv`: bolted and open, genuine and staged) is said of a thing by one voice and
denied, negated or replaced by its opposite by another: "the doors had been bolted from outside", "denied that any door
was locked", "every door was open" make "Was the door shut or open?". Nothing is asked where all say the same.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import NamedTuple

from sayso.kit import Memory, identify
from sayso.model import Answer, Claim, Event, Findings, Given, Incident, Question, Report, Span
from sayso.questions.telling import DENIED
from sayso.words import lemma

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+){0,3}")
_SUBJECT = re.compile(
    r"\b([a-z]+) (?:(?:(?:was|were|is|are|had|has|have)(?:n['’]t)?|be|been|being|to|appeared|appears|seemed|seems|may|"
    r"might|could|would|must|remained|found|not|never|ever|still|already) ){1,6}$"
)
_NEGATED = re.compile(r"(?:\b(?:not|never|no|nor|neither|nobody|none|without)|n['’]t)\b(?:\W+\w+){0,4}\W*$")
_LOOK_BACK = 60
_NO_THING = frozenset(
    {
        "it",
        "that",
        "this",
        "they",
        "them",
        "he",
        "she",
        "which",
        "who",
        "we",
        "i",
        "you",
        "one",
        "order",
        "claim",
        "statement",
        "report",
        "decision",
        "plan",
        "case",
        "call",
    }
)


class Word(NamedTuple):
    """An entry of `opposites.csv`."""

    group: str
    is_yes: bool


class Said(NamedTuple):
    """One claim that says of a thing that it is so, or that it is not."""

    thing: str
    group: str
    is_yes: bool
    claim: Claim
    span: Span


def free_questions(
    reports: Sequence[Report],
    findings: Sequence[Findings],
    incident_of: Mapping[str, Incident],
    memory: Memory | None = None,
) -> Iterator[Question]:
    """Those of every incident, by thing and group. `incident_of`: claim to the incident that it is about."""
    memory = memory or Memory(keeps=False)
    said: defaultdict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for report, found in zip(reports, findings, strict=True):
        for one in memory.recall(("free", report.id), (report, found), partial(_in_report, report, found)):
            incident = incident_of.get(one.claim.id)
            if incident:
                said[incident.id, one.thing, one.group].append(one)
    incidents = {incident.id: incident for incident in incident_of.values()}
    for (incident_id, thing, group), several in sorted(said.items()):
        if _is_disputed(several):
            yield _question(incidents[incident_id], thing, group, several)


def _in_report(report: Report, found: Findings) -> tuple[Said, ...]:
    events = {event.span.start: event for event in found.events}
    return tuple(one for claim in found.claims for one in _said(report.text, claim, events))


def _is_disputed(several: Sequence[Said]) -> bool:
    """Whether one voice says yes and another says no."""
    sides = {side: {one.claim.chain[-1].voice for one in several if one.is_yes == side} for side in (True, False)}
    return bool(sides[True] and sides[False] and len(sides[True] | sides[False]) > 1)


def _question(incident: Incident, thing: str, group: str, several: Sequence[Said]) -> Question:
    asked = _asked()[group]
    name = identify("question", incident.id, "free", thing, group)
    each = {one.claim.id: Given(one.claim.report, one.claim.id, one.is_yes, one.span) for one in reversed(several)}
    given = tuple(reversed(each.values()))
    answer = Answer(identify("answer", name), asked.split(" or ")[0], given)
    return Question(name, "free", incident.id, f"Was the {thing} {asked}? ({incident.name})", (answer,))


def _said(text: str, claim: Claim, events: Mapping[int, Event]) -> Iterator[Said]:
    if claim.stance in {"asks", "declines"}:
        return
    for part in claim.content:
        for found in _WORD.finditer(text, *part):
            word = _opposite(found[0])
            if word:
                event = events.get(found.start())
                thing = _thing(text, part, found.start(), event)
                if thing:
                    is_no = claim.stance == "denies" or _is_negated(text, part, found.start(), event)
                    yield Said(thing, word.group, word.is_yes != is_no, claim, Span(*found.span()))


def _is_negated(text: str, part: Span, at: int, event: Event | None) -> bool:
    if event and event.factuality < DENIED:
        return True
    return bool(_NEGATED.search(text[max(part.start, at - _LOOK_BACK) : at].lower()))


def _thing(text: str, part: Span, at: int, event: Event | None) -> str:
    """What the word is said of: the patient of its event, else the word before "was"; "" for a person's name."""
    for role in event.roles if event else ():
        if role.name == "patient":
            words = re.findall(r"[^\W_]+", text[slice(*role.span)].split(" of ", maxsplit=1)[0])
            return _noun(words[-1]) if words else ""
    subject = _SUBJECT.search(text[max(part.start, at - _LOOK_BACK) : at].lower())
    if not subject:
        return ""
    start = max(part.start, at - _LOOK_BACK) + subject.start(1)
    return _noun(text[start : start + len(subject[1])])


def _noun(word: str) -> str:
    return lemma(word) if word.islower() and word not in _NO_THING else ""


@cache
def _rows() -> list[dict[str, str]]:
    lines = (files("sayso.questions") / "opposites.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def _opposites() -> dict[str, Word]:
    return {row["word"]: Word(row["group"], row["side"] == "yes") for row in _rows()}


@lru_cache(maxsize=1 << 16)
def _opposite(word: str) -> Word | None:
    return _opposites().get(lemma(word)) or _opposites().get(word.lower())


@cache
def _asked() -> dict[str, str]:
    return {row["group"]: row["asked"] for row in reversed(_rows()) if row["asked"]}
