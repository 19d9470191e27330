"""Which claims of the case say the same as a claim of the draft, and which speak against it.

Two claims are alike as far as the one holds the words of the other, rare words counting more, in any form: inflected,
derived, a synonym, another name of the same entity, a number in letters. They say the same where they are alike enough,
or give the same answer to a question and are somewhat alike. One speaks against the other where it denies what the
other asserts, or gives another answer that cannot hold beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from sayso.drafts.units import Unit, Units, Word, is_one
from sayso.kit import begun_in
from sayso.model import Against, Answer, Case, Quantity, Question, Source, Span
from sayso.words import lemma

SAME = 0.68
"""Share of the draft's words, by weight, from which on a claim says the same. This and the other bounds were set on
three invented drafts on the invented case."""
SAME_VOICE = 0.5
"""The same, where whom the draft names is the one who says it."""
SAME_ANSWER = 0.3
"""The same, where both give the same answer to a question."""
RIVALS = 0.45
"""The same, for another number of those who suffered the same."""
AROUND = 0.6
"""What a word counts that stands not in the claim but in its sentence or one beside it."""
TOLD = 0.5
"""Share of the draft's words that stand in no name, by weight, that a claim must have itself."""
SAID = 0.7
"""The part of that share that must stand in what is said, not in who says it. A rule of thumb."""
LACKING = 0.27
"""Share of the draft's words, by weight, that no claim may lack in one word and still say the same."""
LACKING_VOICE = 0.45
"""The same, where whom the draft names is the one who says it."""
AGAINST = 0.38
"""The same, for a claim that denies what the draft says; of its own words as many must stand in the draft."""
NEAREST = 0.4
"""The same, for what is shown beside an untraced statement."""
LEAST_WORDS = 2
"""Words that must be alike, unless the draft's claim has fewer."""

TELLING = frozenset({"killed", "injured", "missing", "detained", "perpetrator", "ordered_by", "complicity", "free"})
"""Questions whose answers say most of what a claim says. A day or a place says little: many claims share it."""
RIVAL = frozenset({"killed", "injured", "missing", "perpetrator", "ordered_by"})
"""Questions of whose answers one only can be so."""
RIVAL_WORDS = "gives another"
COUNTED = frozenset({"killed", "injured", "missing"})
SILENT = frozenset({"asks", "declines"})

_NOT = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|fail(?:ed|s)? to|refus(?:ed|es?) to)\b|n['’]t\b",
    re.IGNORECASE,
)


_WISHED = re.compile(r"\b(?:should|must|ought to|urg(?:ed|es?)|call(?:ed|s)? for|demand(?:ed|s)?)\b", re.IGNORECASE)
"""Words that tell what somebody wants, not what is."""

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(
    r"[,;:.!?\"”“]|\b(?:until|before|except|unless|but|because|than|while|when|if|since|though|although)\b"
)
_NO_ONE = frozenset({"nobody", "none", "nothing", "neither"})
REACH = 6
"""Words behind a "not" that it can negate. A rule of thumb."""


class Reply(NamedTuple):
    """An answer that a claim gives or rejects."""

    question: Question
    answer: Answer
    is_for: bool


class Matched(NamedTuple):
    """What the case has for and against one statement."""

    same: tuple[Source, ...]
    against: tuple[Against, ...]
    nearest: tuple[Source, ...]


class Replies:
    """Which answers claims give, over all questions of a case."""

    def __init__(self, case: Case) -> None:
        self.of: defaultdict[str, list[Reply]] = defaultdict(list)
        self.conflicts: dict[frozenset[str], str] = {}
        for question in case.questions:
            for answer in question.answers:
                for given in answer.given:
                    self.of[given.claim].append(Reply(question, answer, given.is_for))
            for one in question.differences:
                if one.kind == "conflict":
                    self.conflicts[frozenset((one.one, one.other))] = question.slot

    def beside(self, claim: str) -> frozenset[str]:
        """All claims that speak to a question to which this one does."""
        questions = {each.question.id: each.question for each in self.of[claim]}
        return frozenset(given.claim for one in questions.values() for answer in one.answers for given in answer.given)

    def same(self, one: str, other: str) -> bool:
        """Whether two claims give one answer to a question that says most of what they say."""
        here = {(each.answer.id, each.is_for) for each in self.of[one] if each.question.slot in TELLING}
        return bool(here & {(each.answer.id, each.is_for) for each in self.of[other]})

    def against(self, one: str, other: str) -> str:
        """Why the other claim's answer speaks against the one's; "" where it does not."""
        for here in self.of[one]:
            for there in self.of[other]:
                if here.answer.id == there.answer.id and here.is_for != there.is_for and here.question.slot in TELLING:
                    return "says that it is not so" if here.is_for else "says that it is so"
                both = here.is_for and there.is_for and here.question.slot in RIVAL and not there.answer.unsure
                if both and frozenset((here.answer.id, there.answer.id)) in self.conflicts:
                    return f"{RIVAL_WORDS} answer: {there.answer.words}"
        return ""


class Matcher:
    """The case, for finding what a claim is like. Made once."""

    def __init__(self, case: Case, units: Units, draft: str, shunned: frozenset[str]) -> None:
        """`shunned`: claims whose reading a person has rejected."""
        self._units, self._replies = units, Replies(case)
        self._texts = {report.id: report.text for report in case.reports}
        self._quantities = {found.report: found.quantities for found in case.findings}
        self._others = [
            one for one in units.by_claim.values() if one.claim.report != draft and one.claim.id not in shunned
        ]
        self._all = [one.forms for one in self._others]
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for at, forms in enumerate(self._all):
            for form in forms:
                self._holding[form].append(at)

    def match(self, unit: Unit, words: Sequence[Word], passages: Mapping[str, float]) -> Matched:
        """What says the same as a statement of the draft with these words, and what speaks against it.

        `passages`: claims that stand in it word for word, as likeness.
        """
        same, against, near = [], [], []
        for other, likeness in self._alike(unit, words, passages):
            source = Source(other.claim.report, other.claim.id, max(likeness, passages.get(other.claim.id, 0.0)))
            reason = self._against(unit, words, other, likeness)
            if reason:
                against.append(Against(source, reason, reason.startswith(RIVAL_WORDS)))
            elif self._is_same(unit, words, other, source.likeness):
                same.append(source)
            elif likeness >= NEAREST:
                near.append(source)
        near.sort(key=lambda one: (-one.likeness, one.claim))
        return Matched(tuple(same), tuple(against), tuple(near[:2]))

    def _alike(self, unit: Unit, words: Sequence[Word], also: Container[str]) -> Iterator[tuple[Unit, float]]:
        """All claims that may be like enough for anything, with how much of the draft's words they hold.

        `also`: claims that are looked at however little they share, as are those that answer a question with it.
        """
        met: defaultdict[int, float] = defaultdict(float)
        for word in words:
            weight = self._units.weight(word)
            for at in {at for form in word.forms for at in self._holding.get(form, ())}:
                met[at] += weight
        least = min(SAME_ANSWER, RIVALS, AGAINST, NEAREST) / 2 * sum(self._units.weight(word) for word in words)
        answering = self._replies.beside(unit.claim.id)
        for at in sorted(met):
            other = self._others[at]
            name = other.claim.id
            silent = other.claim.stance in SILENT and other.claim.stance != unit.claim.stance
            if (
                not silent
                and other.claim.report != unit.claim.report
                and (met[at] >= least or name in also or name in answering)
            ):
                yield other, self._likeness(words, self._forms(unit, other), self._units.around(other))

    def _forms(self, unit: Unit, other: Unit) -> frozenset[str]:
        """What of another claim counts: of one that the draft gives as somebody's word its content alone."""
        return other.content_forms if unit.said else other.forms | other.speaker.words

    def _likeness(self, words: Sequence[Word], forms: frozenset[str], around: frozenset[str] = frozenset()) -> float:
        """Share of the words that have one of these forms, by weight; what only stands around counts less."""
        whole = sum(self._units.weight(word) for word in words)
        shared = sum(self._units.weight(word) for word in words if word.forms & forms)
        beside = sum(self._units.weight(word) for word in words if not word.forms & forms and word.forms & around)
        return round((shared + min(AROUND * beside, shared)) / whole, 4) if whole else 0.0

    def _is_same(self, unit: Unit, words: Sequence[Word], other: Unit, likeness: float) -> bool:
        same = self._replies.same(unit.claim.id, other.claim.id) or _same_count(self._told(unit), self._told(other))
        if self._answers(unit) and same and likeness >= SAME_ANSWER:
            return True
        if self._is_denied(other, words) != self._is_denied(unit, words):
            return False
        forms = self._forms(unit, other)
        shared = {word.key for word in words if word.forms & forms}
        is_theirs = bool(unit.said) and is_one(unit.speaker, other.speaker)
        least, lacking = (SAME_VOICE, LACKING_VOICE) if is_theirs else (SAME, LACKING)
        if self._lacks(words, forms | self._units.around(other), lacking) or self._is_wished(other, unit):
            return False
        told = [word for word in words if not word.is_name]
        if told and min(self._likeness(told, forms), self._likeness(told, other.content_forms) / SAID) < TOLD:
            return False
        return likeness >= least and len(shared) >= min(LEAST_WORDS, len({word.key for word in words}))

    def _counts(self, unit: Unit, other: Unit, likeness: float) -> str:
        """The other's count of those who suffered the same, where both cannot hold; "" where there is none."""
        if likeness < RIVALS or "denies" in {unit.claim.stance, other.claim.stance}:
            return ""
        here, there = self._told(unit), self._told(other)
        if _same_count(here, there):
            return ""
        for one in here:
            for two in there:
                if (one.fate, one.who) == (two.fate, two.who) and _apart(one, two):
                    return f"{RIVAL_WORDS} number: {two.as_written}"
        return ""

    def _told(self, unit: Unit) -> tuple[Quantity, ...]:
        """The counts in a claim of those killed, injured and missing."""
        found = begun_in(unit.claim.content, self._quantities[unit.claim.report])
        return tuple(one for one in found if one.fate in COUNTED)

    @staticmethod
    def _answers(unit: Unit) -> bool:
        """Whether what a claim answers is what the draft says: of an order it is what was to be done."""
        return unit.claim.stance not in {"orders", "asks"}

    def _is_wished(self, other: Unit, unit: Unit) -> bool:
        """Whether a claim says what should be, and the draft that it is."""
        there, here = (
            any(_WISHED.search(self._texts[one.claim.report], *span) for span in one.claim.content)
            for one in (other, unit)
        )
        return there and not here and not unit.said

    def _lacks(self, words: Sequence[Word], forms: frozenset[str], most: float) -> bool:
        """Whether a word is missing that says much of what the draft says, a larger share than `most`."""
        whole = sum(self._units.weight(word) for word in words)
        return any(self._units.weight(word) > most * whole for word in words if not word.forms & forms)

    def _against(self, unit: Unit, words: Sequence[Word], other: Unit, likeness: float) -> str:
        """Why a claim speaks against the draft's; "" where it does not."""
        answers = self._answers(unit)
        reason = (
            (self._replies.against(unit.claim.id, other.claim.id) or self._counts(unit, other, likeness))
            if answers
            else ""
        )
        if reason:
            return reason
        here = frozenset(form for word in words for form in word.forms)
        if likeness < AGAINST:
            return ""
        for span, part in self._units.clauses(other):
            forms = frozenset(form for word in (*part, *other.said) for form in word.forms)
            held = {word.key for word in words if word.forms & forms}
            there = self._likeness(words, forms, self._units.around(other)) if len(held) >= LEAST_WORDS else 0.0
            if len(part) >= LEAST_WORDS and min(there, self._likeness(part, here)) >= AGAINST:
                denied = self._is_denied(other, words, span)
                if denied != self._is_denied(unit, words):
                    return "denies it" if denied else "says that it is so"
        return ""

    def _is_denied(self, unit: Unit, words: Sequence[Word], *spans: Span) -> bool:
        """Whether a claim says that what these words tell of is not so: it denies it, or negates one of them.

        `spans`: the stretches of it that are looked at, if not all.
        """
        text, claim = self._texts[unit.claim.report], unit.claim
        forms = frozenset(form for word in words for form in word.forms)
        negated = any(
            lemma(word) in forms
            for span in spans or claim.content
            for found in _NOT.finditer(text, *span)
            for word in _negated(text, span, found)
        )
        cue = unit.said_as.cue if unit.said_as else None
        negated = negated != bool(cue and claim.stance not in {"denies", "declines"} and _NOT.search(text, *cue))
        return (claim.stance == "denies") != negated


def _negated(text: str, span: Span, found: re.Match[str]) -> Iterator[str]:
    """The words of a stretch that a "not" negates: those behind it, of "nobody" and its like those before it too."""
    yield from _WORD.findall(_BREAK.split(text[found.end() : span.end])[0])[:REACH]
    if found[0].lower() in _NO_ONE:
        yield from _WORD.findall(_BREAK.split(text[span.start : found.start()])[-1])[-REACH:]


def _same_count(here: Sequence[Quantity], there: Sequence[Quantity]) -> bool:
    counts = {(one.fate, one.who, one.low, one.high) for one in here}
    return bool(counts & {(one.fate, one.who, one.low, one.high) for one in there})


def _apart(one: Quantity, other: Quantity) -> bool:
    """Whether no number is in both."""
    low, high = max(one.low, other.low), min(one.high or inf, other.high or inf)
    return low > high
