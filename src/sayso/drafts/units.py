"""Claims as what can be compared: words in all the forms under which others may write them, and who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf, isfinite, log
from typing import NamedTuple

from rapidfuzz import fuzz

from sayso.kit import named_by_report
from sayso.model import UNSPECIFIED, Attribution, Case, Claim, Findings, Quantity, Span, When
from sayso.words import lemma, sense, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(
    {
        "a", "about", "after", "all", "almost", "also", "among", "an", "and", "any", "are", "as", "at", "be", "been",
        "before", "being",
        "but", "by", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "i",
        "if", "in", "into", "is", "it", "its", "least", "may", "me", "might", "more", "most", "must", "my", "nearly",
        "no", "not", "of", "on", "or", "our",
        "out", "over", "said", "say", "says", "she", "so", "some", "tell", "tells", "than",
        "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "those", "to", "told", "up", "us", "was", "we", "were",
        "what", "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "would", "you",
    }
)  # fmt: skip
"""Words that say nothing of what is claimed. What negates is looked at apart."""

_JOINS = re.compile(
    r"(?:[,;] (?:and|but|while|whereas|although|though|yet)|;| (?:but|while|whereas|although)|"
    r" and(?= (?:that|no|nothing|none|nobody|neither|its?|his|her|their|the|he|she|they|has|have|had|was|were)\b)) ",
    re.IGNORECASE,
)
"""Between two clauses of a sentence that joins two claims."""

_BELONGS = re.compile(r",? (?:of|at|for|from|in|who|with) |, ")
"""Before what a name or description says of where somebody belongs."""

_NAME = re.compile(r"(?:(?:the|an?|its|his|her|their) )?(?:[a-z]{3,20} ){0,3}[A-Z]")
"""How a name begins, or a description that ends in one: "the passenger Greta Fallow"."""

_OF_BODY = re.compile(r"(?:(?:the|its|their) )?([a-z]{4,20})['’]s? [a-z]")
"""A description of somebody by the body that they belong to: "the company's port manager"."""

_NO_NAME = frozenset({"colonel", "dr", "mr", "mrs", "ms", "former", "chief", "two", "three", "one"})
"""Words of names and descriptions that many share: they show no tie between two speakers."""


LONG = 6
"""Letters of a word of a name from which on another spelling of it is looked for."""
ALIKE = 75
"""From which on two spellings are one: Indel similarity, per cent. A rule of thumb."""

OPEN = 1.5
"""How many times its lower bound a count without an upper one is taken to be at most. A rule of thumb."""


class Word(NamedTuple):
    """A word of a claim."""

    key: str
    """By which its rareness is counted: its lemma, "#31" for a number, "+2031-05-03" for a day."""
    is_name: bool
    """Whether it stands in a name."""
    forms: frozenset[str]
    """Lemma, stem ("~…"), synonyms ("=…"), entity ("@…"), number, day: two words are alike if they share one."""


class Speaker(NamedTuple):
    """What tells who a voice is; all empty for a reporter's own and for one that is not told."""

    ids: frozenset[str] = frozenset()
    """Of the voice, and of the entity ("@…")."""
    words: frozenset[str] = frozenset()
    """Stems of all that it is called, over all reports."""
    name: frozenset[str] = frozenset()
    """Of its name or description in this report, without what it belongs to."""
    is_named: bool = False
    """Whether that is a name: "the Interior Ministry", not "two officers of the Guard"."""
    body: str = ""
    """Stem of the body that it is described by: of "the company's port manager" that of "company"."""


class Unit(NamedTuple):
    """A claim with its words."""

    claim: Claim
    parts: tuple[tuple[Word, ...], ...]
    """The words of its content, span by span."""
    said: tuple[Word, ...]
    """Of its source and cue: who says it, and how."""
    speaker: Speaker
    """Who says it."""
    through: tuple[Speaker, ...]
    """Who else stands in its chain, the publisher left out."""
    said_as: Attribution | None
    sentence: int
    """In which it begins: its place among those of its report, from 0."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Of its content."""
        return tuple(word for part in self.parts for word in part)

    @property
    def forms(self) -> frozenset[str]:
        """Everything that it can be recognised by."""
        return _forms_of((*self.words, *self.said))

    @property
    def content_forms(self) -> frozenset[str]:
        """The same, of its content alone."""
        return _forms_of(self.words)


def _forms_of(words: Iterable[Word]) -> frozenset[str]:
    return frozenset().union(*(word.forms for word in words))


class _Page:
    """The words of one report, and where they begin."""

    def __init__(self, starts: list[int], words: list[Word], found: Findings) -> None:
        self.starts, self.words = starts, words
        self._sentences = sorted(found.sentences)
        self._around: dict[tuple[int, str], frozenset[str]] = {}

    def within(self, span: Span) -> tuple[Word, ...]:
        """The words of a stretch."""
        return tuple(self.words[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)])

    def around(self, sentence: int, publisher: str) -> frozenset[str]:
        """All forms of a sentence and of those beside it, and of the publisher."""
        if (sentence, publisher) not in self._around:
            near = self._sentences[max(0, sentence - 1) : sentence + 2]
            words = (word for one in near for word in self.within(one))
            self._around[sentence, publisher] = _forms_of(words) | _publisher_forms(publisher)
        return self._around[sentence, publisher]


class Units:
    """All claims of a case, made once, with how rare their words are."""

    def __init__(self, case: Case, draft: str) -> None:
        """`draft`: id of the report that is the draft; its words count for no rareness."""
        self._texts = {report.id: report.text for report in case.reports}
        self._publishers = {report.id: report.publisher for report in case.reports}
        self._named = named_by_report(case.entities)
        self._numbers = sorted({_bounds(one) for found in case.findings for one in found.quantities})
        self._draft = draft
        self._pages: dict[str, _Page] = {}
        self._called: dict[str, Speaker] = {}
        self._speakers: dict[tuple[str, str], Speaker] = {}
        self.voices = {name: voice for voice in case.voices for name in voice.attributions}
        """Attribution to the voice that speaks in it."""
        self._entities = {one.name: one.id for one in reversed(case.entities)}
        self.by_claim = {unit.claim.id: unit for found in case.findings for unit in self._of(found)}
        others = [one for one in self.by_claim.values() if one.claim.report != draft]
        self._often: Counter[str] = Counter()
        for one in others:
            self._often.update({word.key for word in (*one.words, *one.said)})
        self._number = len(others) + 1

    def weight(self, word: Word) -> float:
        """How much a word says: its inverse frequency (Spärck Jones 1972) over the claims of the case, above 0."""
        return log(1 + self._number / (self._often[word.key] + 1))

    def words(self, found: Findings, span: Span) -> tuple[Word, ...]:
        """Those of a stretch that say something, in order; a number and a day each as one."""
        if found.report not in self._pages:
            self._pages[found.report] = self._told(found)
        return self._pages[found.report].within(span)

    def clauses(self, unit: Unit) -> Iterator[tuple[Span, tuple[Word, ...]]]:
        """The clauses of its content, each with its words."""
        page = self._pages[unit.claim.report]
        for span in unit.claim.content:
            for part in clauses(self._texts[unit.claim.report], span):
                yield part, page.within(part)

    def around(self, unit: Unit) -> frozenset[str]:
        """All forms of the sentence that it begins in, and of those beside it; of a reporter's own its publisher."""
        report = unit.claim.report
        page = self._pages[report]
        publisher = self._publishers[report] if unit.claim.attribution is None else ""
        return page.around(unit.sentence, publisher)

    def _told(self, found: Findings) -> _Page:
        """All words of a report; numbers and days as one word, where their first stands."""
        met = [(one.start(), _word(one[0])) for one in _WORD.finditer(self._texts[found.report])]
        starts, words = [at for at, _ in met], [word for _, word in met]
        for span, entity in self._named[found.report]:
            for at in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
                if word := words[at]:
                    words[at] = Word(word.key, is_name=True, forms=word.forms | {f"@{entity.id}"})
        for span, key in sorted([*_numbers(found.quantities), *_days(found.times)]):
            first, past = bisect_left(starts, span.start), bisect_left(starts, span.end)
            more = self._alike(key) if found.report == self._draft else frozenset()
            for at in range(first, past):
                plain = word.forms if (word := words[at]) else frozenset()
                words[at] = Word(key, is_name=False, forms=plain | more | {key}) if at == first else None
        told = [(at, word) for at, word in zip(starts, words, strict=True) if word]
        return _Page([at for at, _ in told], [word for _, word in told], found)

    def _alike(self, key: str) -> frozenset[str]:
        """Of a number of the draft those of the case that may be it: "almost sixty" and 58."""
        mine = next((one for one in self._numbers if _number_key(one) == key), None)
        return frozenset(_number_key(one) for one in self._numbers if mine and _may_be(mine, one))

    def _of(self, found: Findings) -> Iterator[Unit]:
        said = {one.id: one for one in found.attributions}
        sentences = [one.start for one in sorted(found.sentences)]
        for claim in found.claims:
            its = said.get(claim.attribution or "")
            cues = [span for span in (its.source, its.cue) if span] if its else []
            parts = tuple(self.words(found, span) for span in claim.content)
            by = tuple(word for span in cues for word in self.words(found, span))
            at = bisect_right(sentences, claim.content[0].start) - 1
            who = self._speaker(claim, by)
            through = tuple(self._named_as(link.voice) for link in claim.chain[1:-1])
            yield Unit(claim, parts, by, who, through, its, at)

    def _speaker(self, claim: Claim, said: Sequence[Word]) -> Speaker:
        if claim.attribution is None or claim.chain[-1].voice == UNSPECIFIED:
            return Speaker()
        last = self._named_as(claim.chain[-1].voice)
        voice = self.voices.get(claim.attribution)
        if not voice:
            ids = {form for word in said for form in word.forms if form.startswith("@")}
            return last._replace(ids=last.ids | ids)
        key = claim.chain[-1].voice, voice.id
        if key not in self._speakers:
            ids = {voice.id, *([f"@{voice.entity}"] if voice.entity else [])} if voice.name != UNSPECIFIED else set()
            words = last.words.union(*(name_words(one) for one in voice.spellings))
            self._speakers[key] = last._replace(ids=last.ids | ids, words=words)
        return self._speakers[key]

    def _named_as(self, name: str) -> Speaker:
        if name not in self._called:
            entity = self._entities.get(name)
            head = _BELONGS.split(name, maxsplit=1)[0]
            ids = frozenset([f"@{entity}"] if entity else [])
            body = _OF_BODY.match(name)
            of = next(iter(name_words(body[1])), "") if body else ""
            made = Speaker(ids, name_words(name), head_words(name), bool(_NAME.match(head)), of)
            self._called[name] = Speaker() if name == UNSPECIFIED else made
        return self._called[name]


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """What a stretch says in several clauses, each by itself.

    >>> text = "the bus had stopped, but nobody was hurt"
    >>> [text[slice(*one)] for one in clauses(text, Span(0, len(text)))]
    ['the bus had stopped', 'nobody was hurt']
    """
    cuts = [(span.start, span.start), *(one.span() for one in _JOINS.finditer(text, *span)), (span.end, span.end)]
    return tuple(Span(one[1], other[0]) for one, other in pairwise(cuts))


def name_words(name: str) -> frozenset[str]:
    """Stems of the words of a name or description that tell whom it is of.

    >>> sorted(name_words("Interior Minister Oru")), sorted(name_words("the Interior Ministry"))
    (['interi', 'ministr', 'oru'], ['interi', 'ministr'])
    """
    found = (word.lower() for word in _WORD.findall(name))
    return frozenset(_same_office(stem(lemma(one))) for one in found if one not in _SMALL and one not in _NO_NAME)


def head_words(name: str) -> frozenset[str]:
    """The same, without what it belongs to.

    >>> sorted(head_words("a spokeswoman for the company"))
    ['spokeswoman']
    """
    return name_words(_BELONGS.split(name, maxsplit=1)[0])


def is_one(one: Speaker, other: Speaker, *, wholly: bool = False) -> bool:
    """Whether two voices are one, or one speaks for the other: at least half of the words of the shorter name.

    `wholly`: all of them.

    >>> is_one(Speaker(words=name_words("hospital staff")), Speaker(words=name_words("Dr Vale of the Quay Hospital")))
    True
    """
    if (
        one.ids & other.ids
        or (not wholly and one.body in other.name | {other.body} and one.body)
        or (not wholly and other.body in one.name and other.body)
    ):
        return True
    least, both = min(len(one.words), len(other.words)), one.words & other.words
    if not wholly and any(
        here.is_named and _half(here.name, there.words) for here, there in ((one, other), (other, one))
    ):
        return True
    # "Colonel Okand of the Guard" and "two officers of the Guard" belong to one body, and are not one.
    apart = one.name and other.name and not both & (one.name | other.name)
    return not apart and least > 0 and (1 if wholly else 2) * len(both) >= least


def _half(name: frozenset[str], words: frozenset[str]) -> bool:
    alike = sum(any(_is_spelled_alike(one, other) for other in words) for one in name)
    return bool(name) and 2 * alike >= len(name)


@lru_cache(maxsize=1 << 16)
def _is_spelled_alike(one: str, other: str) -> bool:
    """Whether two words of names are one in two spellings."""
    is_long = min(len(one), len(other)) >= LONG
    return one == other or (is_long and one[0] == other[0] and fuzz.ratio(one, other) >= ALIKE)


def _same_office(word: str) -> str:
    """One form for "minister" and "ministry"."""
    return "ministr" if word.startswith("minist") else word


def _bounds(one: Quantity) -> tuple[float, float]:
    return one.low, inf if one.high is None else one.high


def _numbers(several: Iterable[Quantity]) -> Iterator[tuple[Span, str]]:
    return ((one.span, _number_key(_bounds(one))) for one in several)


def _number_key(bounds: tuple[float, float]) -> str:
    return f"#{bounds[0]:g}-{bounds[1]:g}"


def _may_be(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether what a draft counts can be what a report counts. "More than 20" is at most half as many again."""
    if one[0] == one[1]:
        return one[0] == other[0]
    (low, high), (least, most) = (each if isfinite(each[1]) else (each[0], OPEN * each[0]) for each in (one, other))
    return low <= most and least <= high


def _days(several: Iterable[When]) -> Iterator[tuple[Span, str]]:
    """Times of one day."""
    return ((one.span, f"+{one.earliest}") for one in several if one.earliest and one.earliest == one.latest)


def _publisher_forms(publisher: str) -> frozenset[str]:
    return frozenset(form for word in _WORD.findall(publisher) if word.lower() not in _SMALL for form in _forms(word))


def plain_words(text: str) -> frozenset[str]:
    """Stems of all words that say something."""
    return frozenset(found for one in _WORD.findall(text) if (found := _plain(one)))


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return "" if word.lower() in _SMALL else stem(lemma(word))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> Word | None:
    """A word that stands in no name; None for one that says nothing."""
    return None if word.lower() in _SMALL else Word(lemma(word), is_name=False, forms=_forms(word))


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> frozenset[str]:
    base = lemma(word)
    alike = sense(word)
    return frozenset({base, f"~{stem(base)}", *([f"={alike}"] if alike else [])})
