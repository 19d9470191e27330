"""Which question somebody declines to answer: what their words ask, never merely what stands nearby.

    words that decline ──▶ their learned replies, and plain wordings ("how many died", "who gave the order") ──▶ slots
    no slot in them ──▶ the questions answered in the same sentence

Somebody who declines to say how many were on shift declines none of the questions about what happened.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.model import Asked, Case, Claim, Findings, Question, Span
from sayso.words import kind

_WORDS: Mapping[Asked, re.Pattern[str]] = {
    "perpetrator": re.compile(
        r"\bwho(?:m|se)?\b[^.;]{0,60}\b(?:did|done|behind|attack\w*|carried|responsible|kill\w*|shot|fired|set|start\w*"
        r"|plant\w*|bomb\w*|burn\w*|poison\w*|abduct\w*|took)\b|\b(?:culprits?|perpetrators?|suspects?)\b",
        re.IGNORECASE,
    ),
    "ordered_by": re.compile(
        r"\bwho(?:m|se)?\b[^.;]{0,60}\b(?:order\w*|instruct\w*)|\border(?:ed)?\b[^.;]{0,40}\bby whom\b", re.IGNORECASE
    ),
    "complicity": re.compile(
        r"\bwho(?:m|se)?\b[^.;]{0,60}\b(?:help\w*|paid|armed|suppl\w+|funded|financed|let)\b", re.IGNORECASE
    ),
    "killed": re.compile(r"\b(?:dead|died|deaths?|killed|fatalit\w+|casualt\w+|bodies)\b", re.IGNORECASE),
    "injured": re.compile(r"\b(?:injur\w+|wounded|hurt|casualt\w+)\b", re.IGNORECASE),
    "missing": re.compile(r"\b(?:missing|unaccounted|disappeared)\b", re.IGNORECASE),
    "detained": re.compile(r"\b(?:detain\w+|detention|arrest(?:s|ed)?|custody|in prison|jailed)\b", re.IGNORECASE),
    "means": re.compile(
        r"\bcaus(?:e|es|ed)\b|\bhow\b[^.;]{0,60}\b(?:happened|started|began|done|died)\b"
        r"|\b(?:which|what)\b[^.;]{0,30}\b(?:weapons?|explosives?|bombs?|poison)\b",
        re.IGNORECASE,
    ),
    "motive": re.compile(r"\b(?:motives?|why)\b", re.IGNORECASE),
    "date": re.compile(r"\bwhen\b", re.IGNORECASE),
    "place": re.compile(r"\bwhere\b", re.IGNORECASE),
    "whereabouts": re.compile(
        r"\bwhereabouts\b|\bwhere\b[^.;]{0,60}\b(?:held|kept|taken|they|them|he|she|bodies)\b|\bwhere\W*$",
        re.IGNORECASE,
    ),
}
"""Plain English wordings of what each question asks."""
_COUNT = re.compile(r"\b(?:how many|numbers?|tolls?|figures?|counts?|talk|speak|comment|discuss)\b", re.IGNORECASE)
_COUNTED: frozenset[Asked] = frozenset({"killed", "injured", "missing", "detained"})
_OF_THE_EVENT: frozenset[Asked] = frozenset({"date", "place", "motive"})
"""Asked with words that ask much else: of these the words must tell of what happened, or say no more."""
_WORD = re.compile(r"[a-z]+")

SURE = 0.3
"""Replies from this probability on are taken as an answer here, so that nobody is called silent who may have spoken."""


def declining(case: Case, findings: Sequence[Findings]) -> dict[str, list[tuple[str, str, str]]]:
    """By question (voice, report, claim) of who declines to answer it."""
    speaker = {name: voice.id for voice in case.voices for name in voice.attributions}
    texts = {report.id: report.text for report in case.reports}
    given, asked = _given(case, findings), _asked(case)
    out: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for found in findings:
        near = sorted(given[found.report], key=lambda one: (one[0], one[1].id))
        for claim in found.claims if near else ():
            voice = speaker.get(claim.attribution or "")
            if claim.stance == "declines" and voice:
                for name in _about(texts[found.report], claim, found.sentences, near, asked):
                    out[name].append((voice, found.report, claim.id))
    return out


def answering(case: Case, findings: Sequence[Findings]) -> dict[str, set[str]]:
    """By question the voices with a claim that is read to answer it, or counts so, in a report on the incident."""
    speaker = {name: voice.id for voice in case.voices for name in voice.attributions}
    given, asked = _given(case, findings), _asked(case)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for found in findings:
        incidents = dict.fromkeys(question.incident for _, question in given[found.report])
        for claim in found.claims if incidents else ():
            voice = speaker.get(claim.attribution or "")
            if voice and claim.stance not in {"declines", "asks"}:
                for slot in _slots_answered(claim, found):
                    for name in (name for incident in incidents for name in asked.get((incident, slot), ())):
                        out[name].add(voice)
    return out


def _slots_answered(claim: Claim, found: Findings) -> set[str]:
    inside = (one for one in found.quantities if any(p.start <= one.span.start < p.end for p in claim.content))
    return {one.slot for one in claim.replies if one.probability >= SURE} | {one.fate for one in inside}


Near = Sequence[tuple[int, Question]]


def _given(case: Case, findings: Sequence[Findings]) -> defaultdict[str, list[tuple[int, Question]]]:
    """By report where answers are given, and to which question."""
    starts = {claim.id: claim.content[0].start for found in findings for claim in found.claims}
    given: defaultdict[str, list[tuple[int, Question]]] = defaultdict(list)
    for question in case.questions:
        for answer in question.answers:
            for one in answer.given:
                if one.claim in starts:
                    given[one.report].append((starts[one.claim], question))
    return given


def _asked(case: Case) -> dict[tuple[str, str], list[str]]:
    """Ids of questions by incident and slot."""
    asked: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for question in case.questions:
        asked[question.incident, question.slot].append(question.id)
    return asked


def _about(
    text: str, claim: Claim, sentences: Sequence[Span], near: Near, asked: Mapping[tuple[str, str], Sequence[str]]
) -> list[str]:
    """Ids of the questions that somebody declines."""
    start = claim.content[0].start
    _, nearest = min(near, key=lambda one: abs(one[0] - start))
    slots = {*(reply.slot for reply in claim.replies), *_slots(" ".join(text[slice(*part)] for part in claim.content))}
    if slots:
        return [name for slot in sorted(slots) for name in asked.get((nearest.incident, slot), ())]
    sentence = _sentence(sentences, start)
    inside = (question.id for where, question in near if sentence and sentence.start <= where < sentence.end)
    return list(dict.fromkeys(inside))


def _slots(words: str) -> Iterator[Asked]:
    """What is asked for in words that decline."""
    tells = any(kind(word) for word in _WORD.findall(words.lower()))
    for slot, pattern in _WORDS.items():
        found = pattern.search(words)
        if not found:
            continue
        if slot in _COUNTED and not _COUNT.search(words):
            continue
        is_all = not words[found.end() :].strip(" .,;:!?\"'”’")
        if slot not in _OF_THE_EVENT or tells or (is_all and slot != "place"):
            yield slot


def _sentence(sentences: Sequence[Span], at: int) -> Span | None:
    place = bisect_right(sentences, at, key=lambda one: one.start) - 1
    return sentences[place] if place >= 0 and at < sentences[place].end else None
