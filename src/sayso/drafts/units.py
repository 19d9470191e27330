"""Claims as what can be compared: words in all the forms under which others may write them, and who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from sayso.kit import named_by_report
from sayso.model import UNSPECIFIED, Attribution, Case, Claim, Findings, Quantity, Span, When
from sayso.words import lemma, sense, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(
    {
        "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
        "but", "by", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "i",
        "if", "in", "into", "is", "it", "its", "may", "me", "might", "must", "my", "no", "not", "of", "on", "or", "our",
        "out", "over", "said", "say", "says", "she", "so", "some", "tell", "tells", "than", "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "those", "to", "told", "up", "us", "was", "we", "were",
        "what", "when", "where", "which", "who", "whom", "will", "with", "would", "you",
    }
)  # fmt: skip
"""Words that say nothing of what is claimed. What negates is looked at apart."""

_BELONGS = re.compile(r",? (?:of|at|for|from|in|who|with) |, ")
"""Before what a name or description says of where somebody belongs."""

_NAME = re.compile(r"(?:(?:the|an?|its|his|her|their) )?[A-Z]")
"""How a name begins."""

_NO_NAME = frozenset({"colonel", "dr", "mr", "mrs", "ms", "former", "chief", "two", "three", "one"})
"""Words of names and descriptions that many share: they show no tie between two speakers."""


NEAR_NAMES = 8
"""Names before a word that are looked through for one that holds it: names seldom stand in names."""


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
    around: frozenset[str]
    """All forms of the sentence that it begins in, and of those beside it."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Of its content."""
        return tuple(word for part in self.parts for word in part)

    @property
    def forms(self) -> frozenset[str]:
        """Everything that it can be recognised by."""
        return frozenset(form for word in (*self.words, *self.said) for form in word.forms)

    @property
    def content_forms(self) -> frozenset[str]:
        """The same, of its content alone."""
        return frozenset(form for word in self.words for form in word.forms)


class Units:
    """All claims of a case, made once, with how rare their words are."""

    def __init__(self, case: Case, draft: str) -> None:
        """`draft`: id of the report that is the draft; its words count for no rareness."""
        self._texts = {report.id: report.text for report in case.reports}
        self._publishers = {report.id: report.publisher for report in case.reports}
        self._named = named_by_report(case.entities)
        self._words: dict[str, tuple[list[int], list[Word]]] = {}
        self.voices = {name: voice for voice in case.voices for name in voice.attributions}
        """Attribution to the voice that speaks in it."""
        self._entities = {one.name: one.id for one in reversed(case.entities)}
        self.by_claim = {unit.claim.id: unit for found in case.findings for unit in self._of(found)}
        others = [one for one in self.by_claim.values() if one.claim.report != draft]
        self._often = Counter(key for one in others for key in {word.key for word in (*one.words, *one.said)})
        self._number = len(others) + 1

    def weight(self, word: Word) -> float:
        """How much a word says: its inverse frequency (Spärck Jones 1972) over the claims of the case, above 0."""
        return log(1 + self._number / (self._often[word.key] + 1))

    def words(self, found: Findings, span: Span) -> tuple[Word, ...]:
        """Those of a stretch that say something, in order; a number and a day each as one."""
        if found.report not in self._words:
            told = list(self._told(found))
            self._words[found.report] = [at for at, _ in told], [word for _, word in told]
        starts, words = self._words[found.report]
        return tuple(words[bisect_left(starts, span.start) : bisect_left(starts, span.end)])

    def _told(self, found: Findings) -> Iterator[tuple[int, Word]]:
        """All words of a report with where they begin; numbers and days as one word, where their first stands."""
        whole = sorted([*_numbers(found.quantities), *_days(found.times)])
        named = self._named[found.report]
        begun = [one[0].start for one in named]
        last = Span(0, 0)
        for word in _WORD.finditer(self._texts[found.report]):
            at = bisect_right(whole, word.start(), key=lambda one: one[0].start) - 1
            where, key = whole[at] if at >= 0 else (last, "")
            if key and where.end > word.start():
                if where != last:
                    last = where
                    yield word.start(), Word(key, is_name=False, forms=frozenset({key, *_forms(word[0])}))
            elif word[0].lower() not in _SMALL:
                past = bisect_right(begun, word.start())
                near = named[max(0, past - NEAR_NAMES) : past]
                names = {f"@{one.id}" for where, one in near if where.end > word.start()}
                yield word.start(), Word(lemma(word[0]), is_name=bool(names), forms=_forms(word[0]) | names)

    def _of(self, found: Findings) -> Iterator[Unit]:
        said = {one.id: one for one in found.attributions}
        sentences = sorted(found.sentences)
        forms = [frozenset(form for word in self.words(found, span) for form in word.forms) for span in sentences]
        for claim in found.claims:
            its = said.get(claim.attribution or "")
            cues = [span for span in (its.source, its.cue) if span] if its else []
            parts = tuple(self.words(found, span) for span in claim.content)
            by = tuple(word for span in cues for word in self.words(found, span))
            at = bisect_right(sentences, claim.content[0].start, key=lambda one: one.start) - 1
            publisher = _publisher_forms(self._publishers[found.report]) if claim.attribution is None else frozenset()
            around = publisher.union(*forms[max(0, at - 1) : at + 2])
            who = self._speaker(claim, by)
            through = tuple(self._named_as(link.voice) for link in claim.chain[1:-1])
            yield Unit(claim, parts, by, who, through, its, around)

    def _speaker(self, claim: Claim, said: Sequence[Word]) -> Speaker:
        if claim.attribution is None or claim.chain[-1].voice == UNSPECIFIED:
            return Speaker()
        last = self._named_as(claim.chain[-1].voice)
        voice = self.voices.get(claim.attribution)
        ids = {form for word in said for form in word.forms if form.startswith("@")} if not voice else set()
        if voice and voice.name != UNSPECIFIED:
            ids |= {voice.id, *([f"@{voice.entity}"] if voice.entity else [])}
        more = (name_words(one) for one in voice.spellings) if voice else ()
        return last._replace(ids=last.ids | ids, words=last.words.union(*more))

    def _named_as(self, name: str) -> Speaker:
        if name == UNSPECIFIED:
            return Speaker()
        entity = self._entities.get(name)
        head = _BELONGS.split(name, maxsplit=1)[0]
        return Speaker(
            frozenset([f"@{entity}"] if entity else []), name_words(name), head_words(name), bool(_NAME.match(head))
        )


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
    if one.ids & other.ids:
        return True
    least = min(len(one.words), len(other.words))
    return least > 0 and (1 if wholly else 2) * len(one.words & other.words) >= least


def _same_office(word: str) -> str:
    """One form for "minister" and "ministry"."""
    return "ministr" if word.startswith("minist") else word


def _numbers(several: Iterable[Quantity]) -> Iterator[tuple[Span, str]]:
    return ((one.span, f"#{one.low if one.high is None or one.high else 0:g}") for one in several)


def _days(several: Iterable[When]) -> Iterator[tuple[Span, str]]:
    """Times of one day."""
    return ((one.span, f"+{one.earliest}") for one in several if one.earliest and one.earliest == one.latest)


def _publisher_forms(publisher: str) -> frozenset[str]:
    return frozenset(form for word in _WORD.findall(publisher) if word.lower() not in _SMALL for form in _forms(word))


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> frozenset[str]:
    base = lemma(word)
    alike = sense(word)
    return frozenset({base, f"~{stem(base)}", *([f"={alike}"] if alike else [])})
