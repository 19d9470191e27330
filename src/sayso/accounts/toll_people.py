"""Who is told to have suffered what in one report: people with a number, people with a name, people with neither.

Reports of local events often give no number: "a boy of 17 was shot dead", "J. Doll, 41, was killed and his wife
wounded". So besides the numbers (`Quantity`, whose fate the reading tells) the patients of events count: each name
once, however often it stands there; those without a name once for each event that tells of several beside each other.
Who is "shot" or "struck" can be dead or injured: that is told apart as "hit". Who takes their own life is told apart
too, for coders of conflicts want to see dead attackers beside the other dead.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from sayso.kit import shared
from sayso.model import Entity, Event, Findings, Quantity, Report, Span

Suffered = Literal["killed", "injured", "missing", "detained", "hit"]
"""A fate, or "hit": killed or injured."""

SUFFERED: frozenset[str] = frozenset(get_args(Suffered))

_TABLE = tomllib.loads((Path(__file__).parent / "toll.toml").read_text(encoding="utf-8"))
KINDS: Mapping[str, Suffered] = _TABLE["kinds"]
HITTING, CHARGES, SEVERAL, TRIED, REFLEXIVE, PRONOUNS, PLURALS, DEFINITE, ANYBODY = (
    frozenset(_TABLE["words"][name])
    for name in ("hitting", "charges", "several", "tried", "reflexive", "pronouns", "plurals", "definite", "anybody")
)
SELF = re.compile("|".join(_TABLE["phrases"]["self"]), re.IGNORECASE)
PAIR = re.compile("|".join(_TABLE["phrases"]["both"]), re.IGNORECASE)
HOSPITAL = re.compile("|".join(_TABLE["phrases"]["hospital"]), re.IGNORECASE)

SELF_KEY = "self"
"""Stands for whoever took their own life."""

_WORD = re.compile(r"[^\W_]+")
_PASSIVE = re.compile(
    r"\s{0,9}(?:$|[.,;:]|//|and\b|dead\b|in\b|at\b|by\b|near\b|outside\b|inside\b|on\b|while\b|during\b|after\b)",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets|get)\s{1,9}(?:\w{1,30}\s{1,9}){0,2}$", re.IGNORECASE)
_TO_OBJECT = re.compile(
    r"(?:\s{1,9}(?:and|or)\s{1,9}(?:killed|killing|wounded|wounding|injured|injuring))?\s{1,9}(?=\w)"
)
_AND = re.compile(r"(?:\s{0,9},\s{0,9}\d{1,3}\b\s{0,9},?|\s{0,9},)?\s{1,9}and\s{1,9}")
_ENDS = re.compile(
    r"\s{0,9}(?:$|[.,;:)]|//|(?:and|in|at|by|near|on|before|after|during|while|with|as|outside|inside|then)\b)",
    re.IGNORECASE,
)
TRANSITIVE = frozenset({"kill", "shoot", "stab", "strike", "hit", "wound", "injure", "murder", "slay", "execute"})
_FATAL_BEFORE = re.compile(r"\bfatally\s{1,9}$", re.IGNORECASE)
_FATAL_AFTER = re.compile(
    r"\s{1,9}(?:\w{1,30}\s{1,9}){0,3}?(?:dead|to death|and\s{1,9}kill(?:ed|ing|s))\b", re.IGNORECASE
)
_MORE = re.compile(r"\s{1,9}(?:(?:other|more)|(?:\w{1,30}\s{1,9}){1,2}(?:was|were)\s{1,9}also)\b", re.IGNORECASE)
_AGED = re.compile(r"(?:\w{1,30}|\d{1,3}) ?- ?year ?- ?old\b", re.IGNORECASE)
_NO = re.compile(r"\bno\s$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)|\s['’]s\b")
_OF = re.compile(r"\b(?:of|to|for|by)\s{1,9}(?:[A-Z][\w.]{0,12}\s{1,9}){0,3}$")
_LOOK_BACK = 30


class Sufferers(NamedTuple):
    """So many people suffered one fate, in the words of one place."""

    fate: Suffered
    low: float
    high: float | None
    who: str
    """Id of an entity, `SELF_KEY`, or "" for people without a name."""
    span: Span
    """The words for them, or the event's where there are none."""
    sentence: int
    event: str = ""
    """Id of the event that tells it; "" for a number that stands by itself."""
    noun: str = ""
    """What is counted, or who it is in small letters; "" for a pronoun."""
    is_number: bool = False
    scope: str = ""
    is_more: bool = False
    """Whether they are "others" beside those told of before."""
    is_definite: bool = False
    """Of a number: whether it takes up those told of before: "all three", "the two"."""
    is_deed: bool = False
    """Whether somebody did it to them: "killed", not "died"."""
    is_object: bool = False
    """Whether they stand behind an active verb: "killed his friend"."""
    is_bare: bool = False
    """Whether the words name nobody whom it befell: "a death"."""


class Page:
    """One report, for looking things up: made once."""

    def __init__(self, report: Report, findings: Findings, named: Sequence[tuple[Span, Entity]]) -> None:
        self.text = report.text
        self.report = report.id
        self.sentences = sorted(findings.sentences) or [Span(0, len(report.text))]
        self.starts = [one.start for one in self.sentences]
        self.counts = sorted(findings.quantities)
        self.people = sorted((one for one in findings.mentions if one.kind == "person"), key=lambda one: one.span)
        self.begins = [one.span.start for one in self.people]
        self.named = sorted(named, key=lambda one: (one[0], one[1].id))
        self.at = [span.start for span, _ in self.named]

    def sentence(self, span: Span) -> int:
        """The number of the sentence that a span begins in."""
        return max(0, bisect_right(self.starts, span.start) - 1)

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def counts_in(self, span: Span) -> list[Quantity]:
        """The numbers of people that stand in a span."""
        first = bisect_left(self.counts, (Span(span.start, 0),))
        return [one for one in self.counts[first : first + 8] if one.span.end <= span.end]

    def entities_in(self, span: Span) -> list[tuple[Span, Entity]]:
        """The people that are named in a span, each once, the longest spelling of those that overlap."""
        first = bisect_left(self.at, span.start)
        found: list[tuple[Span, Entity]] = []
        for one in self.named[first : first + 12]:
            if one[0].end <= span.end and not (found and one[0].start < found[-1][0].end):
                found.append(one)
        return found

    def is_person(self, span: Span) -> bool:
        """Whether words for somebody fill most of a span."""
        first = bisect_left(self.begins, span.start - 60)
        near = self.people[first : bisect_left(self.begins, span.end)]
        return any(2 * shared(one.span, span) > span.end - span.start for one in near) or bool(
            _AGED.search(self.text, *span)
        )

    def person_at(self, start: int) -> Span | None:
        """The longest words for somebody, or for a number of people, that begin at a place."""
        known = [one.span for one in self.people[bisect_left(self.begins, start) :][:4] if one.span.start == start]
        counts = [
            one.span for one in self.counts_in(Span(start, start + 40)) if one.span.start == start and one.counted
        ]
        return max([*known, *counts], key=lambda span: span.end, default=None)


def told_by_events(page: Page, events: Sequence[Event]) -> Iterator[Sufferers]:
    """Who suffered what by the events of one incident, in the order of the text."""
    for event in events:
        fate = _fate_here(page, event)
        if not fate or event.factuality <= 0 or _is_tried(page, event):
            continue
        patients = list(_patients(page, event))
        told = [one for span in patients for one in _told_of(page, event, fate, span)]
        if object_of(page, event):
            told = [one._replace(is_object=True) for one in told]
        yield from told if patients else _without_patient(page, event, fate)


def fate_of(event: Event) -> Suffered | None:
    """What became of the patient of an event, None where nothing of the kind is told."""
    return "hit" if event.lemma in HITTING else KINDS.get(event.kind)


def _fate_here(page: Page, event: Event) -> Suffered | None:
    """The same in its sentence: who is shot dead, or fatally hit, is killed."""
    fate = fate_of(event)
    is_fatal = fate == "hit" and (
        _FATAL_BEFORE.search(page.text, max(0, event.span.start - _LOOK_BACK), event.span.start)
        or _FATAL_AFTER.match(page.text, event.span.end)
    )
    return "killed" if is_fatal else fate


def _is_tried(page: Page, event: Event) -> bool:
    before = page.text[max(0, event.span.start - _LOOK_BACK) : event.span.start].lower()
    return bool(TRIED.intersection(_WORD.findall(before)[-2:]))


def _patients(page: Page, event: Event) -> list[Span]:
    """The patient of an event, if it is a person, with those that are joined to it by "and".

    An active verb has its patient behind it ("killed his friend"), whatever roles were found before it; all others have
    the nearest one. Of a passive without "was", as in headlines, it is the words before it.
    """
    first = object_of(page, event)
    if first is None:
        roles = [
            one
            for one in event.roles
            if one.name == "patient" or (one.name == "agent" and _is_bare(page, event, one.span))
        ]
        people = [one.span for one in roles if page.is_person(one.span) or page.words(one.span).lower() in REFLEXIVE]
        first = min(people, key=lambda span: (_gap(event.span, span), span), default=None)
    return [first, *_joined(page, first)] if first else []


def object_of(page: Page, event: Event) -> Span | None:
    """The people right behind an active verb."""
    if event.lemma not in TRANSITIVE or _BEING.search(
        page.text, max(0, event.span.start - _LOOK_BACK), event.span.start
    ):
        return None
    found = _TO_OBJECT.match(page.text, event.span.end)
    return page.person_at(found.end()) if found else None


def _is_bare(page: Page, event: Event, span: Span) -> bool:
    """Whether words before an event are its patient though read as its agent: "Four people shot in Ostra"."""
    is_form = event.lemma in TRANSITIVE and not page.words(event.span).endswith(("ing", "s"))
    return is_form and 0 < event.span.start - span.end <= 6 and bool(_PASSIVE.match(page.text, event.span.end))


def _joined(page: Page, first: Span) -> Iterator[Span]:
    """Those joined to somebody by "and": "Lena Doll, 41, and her son"."""
    for _ in range(4):
        found = _AND.match(page.text, first.end)
        other = page.person_at(found.end()) if found else None
        if other is None or not _ENDS.match(page.text, other.end):
            return
        yield other
        first = other


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _told_of(page: Page, event: Event, fate: Suffered, span: Span) -> Iterator[Sufferers]:
    """The people of one patient: a number of them, those named, or one or some without a name."""
    sentence, words = page.sentence(event.span), page.words(span)
    if words.lower() in REFLEXIVE:
        yield Sufferers(fate, 1, None, SELF_KEY, span, sentence, event.id)
        return
    is_deed = event.lemma in TRANSITIVE
    counts, before = page.counts_in(span), page.text[max(0, span.start - 4) : span.start]
    if any(one.high == 0 for one in counts) or _NO.search(words[:3]) or _NO.search(before):
        return  # "no person was missing"
    names = [one for one in page.entities_in(span) if _is_head(page, event, one[0], span)]
    for count in counts[:1] if event.lemma in HITTING or (counts and counts[0].fate == fate) else ():
        yield of_count(page, count, fate, event.id)._replace(is_deed=is_deed)
    if not counts:
        for where, entity in names:
            yield Sufferers(fate, 1, None, entity.id, where, sentence, event.id, is_deed=is_deed)
        if not names:
            low = 2 if _is_plural(words) else 1
            noun = "" if words.lower() in PRONOUNS else words.lower()
            yield Sufferers(fate, low, None, "", span, sentence, event.id, noun, is_deed=is_deed)


def _is_head(page: Page, event: Event, name: Span, span: Span) -> bool:
    """Whether a name in a phrase is that of the people it is about: not the place of "a senior at Ostra School".

    Nor the name of whom they belong to: "the son of Lena Doll", "Lena Doll's son". "The killing of Lena Doll" is hers.
    """
    of = _OF.search(page.text, max(0, name.start - _LOOK_BACK), name.start)
    if _POSSESSIVE.match(page.text, name.end) or (of and not 0 <= of.start() - event.span.end <= 1):
        return False
    return name.end == span.end or (name.start == span.start and page.text[name.end : name.end + 1] == ",")


def of_count(page: Page, count: Quantity, fate: Suffered, event: str = "") -> Sufferers:
    """A number of people as told; "a man" is one at least."""
    is_number = not (count.low == count.high == 1)
    high = count.high if is_number else None
    is_more = bool(_MORE.match(page.text, count.span.end)) or page.words(count.span).lower() == "another"
    before = _WORD.findall(page.text[max(0, count.span.start - _LOOK_BACK) : count.span.start].lower())[-1:]
    is_definite = bool(DEFINITE.intersection([*before, page.words(count.span).lower()]))
    return Sufferers(
        fate, count.low, high, "", count.span, page.sentence(count.span), event, count.counted, is_number, count.who,
        is_more, is_definite,
    )  # fmt: skip


def _without_patient(page: Page, event: Event, fate: Suffered) -> Iterator[Sufferers]:
    """Somebody, where an event tells of no patient. A charge alone tells of nobody, and a shot need not hit."""
    word = page.words(event.span).lower()
    if fate == "hit" or (event.lemma in CHARGES and event.kind != "death") or fate in {"missing", "detained"}:
        return
    low = 2 if word in SEVERAL else 1
    yield Sufferers(fate, low, None, "", event.span, page.sentence(event.span), event.id, is_bare=True)


def _is_plural(words: str) -> bool:
    found = [word.lower() for word in _WORD.findall(words.split(" of ", maxsplit=1)[0].split(" who ", maxsplit=1)[0])]
    if not found:
        return False
    last = found[-1]
    return last in PLURALS or (
        last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3 and words[0].islower()
    )


def self_harm(page: Page, sentence: int) -> Span | None:
    """The words that tell that somebody took their own life, in one sentence."""
    found = SELF.search(page.text, *page.sentences[sentence])
    return Span(*found.span()) if found else None


def pair(page: Page, sentence: int) -> Span | None:
    """The words "murder-suicide": two at least died, the one by their own hand."""
    found = PAIR.search(page.text, *page.sentences[sentence])
    return Span(*found.span()) if found else None
