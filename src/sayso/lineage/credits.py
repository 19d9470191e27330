"""What a report says of where it has its words from: datelines, bylines, "the Courier reported", "told the Courier".

A publisher's name counts where a word of passing on stands beside it, and leads to the report of that publisher that
says the like: the same rare words in one paragraph. Where the case has no such report, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from math import fsum, log
from typing import Literal, NamedTuple

from sayso.kit import fold, last_day, trim
from sayso.lineage.marks import quoted_stretches
from sayso.lineage.wording import words_of
from sayso.model import Report, Span

DAYS_BACK = {"relay": 14, "credit": 3}
"""How much older the report may be that is passed on."""

MOST_LOOKED_AT = 60
"""Reports of a publisher that are looked at for one mention, those nearest in time."""

LEAST_WORDS = 4
LEAST_SHARE = {"relay": 0.4, "credit": 0.2}
"""So many words of the sentence (of the whole report, for a credit), and this share of their weight, stand in one
paragraph (in the whole text) of the original. A word weighs more the fewer reports have it. Rules of thumb."""

LEAST_SHARE_OF_ONLY = 0.25
LEAST_WORDS_OF_ONLY = 3
"""Where the case has one report of the publisher alone, of the same day or the day before: this share of the words,
whatever they weigh, stands anywhere in it, and so many in one paragraph."""

STEM = 6
"""Letters by which words are compared: report, reported."""

HEAD = 400
"""Characters at the top of a text in which a dateline or byline may stand."""

TAIL = 200
"""Characters at the end of a text in which a credit may stand in brackets."""

LONGEST_PART = 800
"""Characters of a paragraph that are looked at together: a page of captions has words of everything."""

_CAPITAL = re.compile(r"(?<![^\W_])[A-Z0-9][^\W_]*")
_WORD = re.compile(r"[^\W_]{3,}")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s{1,9}(?=[\"“‘A-Z])|\n")
_DAY = re.compile(r"\bon (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_BEFORE = re.compile(
    r"\b(?:told|telling|according to"
    r"|(?:reported|cited|quoted|carried|published|posted|revealed|obtained|seen) (?:by|in)"
    r"|reports? (?:by|in|from)|interview (?:with|to|in|by)|citing|quoting|spoke (?:to|with)|speaking (?:to|with)"
    r"|remarks (?:to|in)|quoted (?:as )?(?:saying )?(?:by|in)|said in|says in)"
    r" (?:[\w’'-]{1,20} ){0,5}$"
)
_AFTER = re.compile(
    r"(?:, (?:citing|quoting)[^.,\n]{1,80},| has| had| first| also| earlier| later|,){0,3} "
    r"(?:reported|reports|said|says|writes|wrote|revealed|reveals|learned|quoted|quotes|published|broke|obtained)\b"
)
_GIVEN = re.compile(r"\b(?!The |In |But |And |As |When |While )[A-Z][a-z.]{1,20} $")
"""A first name before it: a person of the same name speaks."""
_CREDIT = re.compile(r"(?:reporting by|reporting from|with files from|source:|contributed to this)", re.IGNORECASE)

What = Literal["relay", "credit"]


class Credit(NamedTuple):
    """One report says that it has words from another."""

    copy: str
    original: str
    kind: What
    here: Span
    """The sentence or line that says so."""
    there: Span
    """The paragraph of the original that it most likely speaks of."""
    publisher: str


class _Named(NamedTuple):
    """A publisher is named as one whose words are passed on."""

    publisher: str
    kind: What
    sentence: Span
    weekday: int | None


def stated(reports: Sequence[Report]) -> list[Credit]:
    """Who passes on whom, as the reports say it: one for each pair and kind, in the order of ids."""
    known = _Known(reports)
    found: dict[tuple[str, str, What], Credit] = {}
    for report in sorted(reports, key=lambda report: report.id):
        for named in _named(report, known):
            credit = _led(report, named, known)
            if credit and (credit.copy, credit.original, credit.kind) not in found:
                found[credit.copy, credit.original, credit.kind] = credit
    return sorted(found.values())


class _Known:
    """The case, for looking things up."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.of: defaultdict[str, list[Report]] = defaultdict(list)
        """By publisher, in the order of ids."""
        for report in sorted(reports, key=lambda report: report.id):
            if key := publisher_key(report.publisher):
                self.of[key].append(report)
        self.forms = _forms(list(self.of))
        self.days = {report.id: last_day(report.published) for report in reports}
        self.paragraphs: dict[str, list[tuple[Span, frozenset[str]]]] = {}

    @cached_property
    def holders(self) -> Counter[str]:
        """How many reports have each word."""
        return Counter(word for report in self.reports for word in _stems(report.text))

    def weight(self, words: Iterable[str]) -> float:
        """What words weigh: more, the fewer reports have them (inverse document frequency, Spärck Jones 1972)."""
        return fsum(log((len(self.reports) + 1) / self.holders[word]) for word in words)

    def paragraphs_of(self, report: Report) -> list[tuple[Span, frozenset[str]]]:
        """The paragraphs of a report with their words."""
        if report.id not in self.paragraphs:
            spans = (trim(report.text, *part) for part in _parts(report.text))
            self.paragraphs[report.id] = [
                (span, _stems(report.text[slice(*span)])) for span in spans if span.end > span.start
            ]
        return self.paragraphs[report.id]


def _parts(text: str) -> Iterator[Span]:
    """Paragraphs, the longest ones in pieces."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        yield from (Span(at, min(end, at + LONGEST_PART)) for at in range(start, end, LONGEST_PART))
        start = end + 1


def publisher_key(publisher: str) -> str:
    """What stands for a publisher, however it is written: without its article, its section and its site.

    >>> publisher_key("The Quay Courier (Web News)"), publisher_key("Quay Courier - News")
    ('quay courier', 'quay courier')
    """
    return fold(re.split(r" [-–(]", publisher)[0]).removeprefix("the ")


def _forms(publishers: list[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """By first word the names that stand for one publisher alone: (words, publisher), the longest first."""
    of: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for publisher in publishers:
        words = tuple(publisher.split())
        of[words].add(publisher)
        if len(words) > 1 and words[-1] not in words_of("generic"):
            of[("the", words[-1])].add(publisher)
        if len(words) > 1:
            of[("".join(word[0] for word in words),)].add(publisher)
    out: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, found in of.items():
        if len(found) == 1 and len("".join(words)) > 1:
            out[words[words[0] == "the"]].append((words, min(found)))
    return {first: sorted(forms, key=lambda form: (-len(form[0]), form)) for first, forms in out.items()}


def _named(report: Report, known: _Known) -> Iterator[_Named]:
    """Other publishers that the report says it has words from."""
    own, text = publisher_key(report.publisher), report.text
    quoted = quoted_stretches(text)
    breaks: list[int] = []
    for publisher, start, end in _names(text, known):
        if publisher == own or any(span.start <= start < span.end for span in quoted):
            continue
        breaks = breaks or [0, *(one.end() for one in _SENTENCE_END.finditer(text)), len(text)]
        sentence = _around(text, breaks, start)
        if kind := _kind(text, start, end, sentence):
            day = _DAY.search(text, end, min(sentence.end, end + 60))
            yield _Named(publisher, kind, sentence, _DAYS.index(day[1]) if day and kind == "relay" else None)
    for author in report.authors:
        key = publisher_key(author)
        if key in known.of and key != own:
            yield _Named(key, "credit", Span(0, 0), None)


def _names(text: str, known: _Known) -> Iterator[tuple[str, int, int]]:
    """(publisher, start, end) of each name of one of the case's publishers."""
    after = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < after:
            continue
        for words, publisher in known.forms.get(match[0].casefold(), ()):
            found = _spelled(text, match.start(), words)
            if found:
                yield publisher, match.start(), found
                after = found
                break


def _spelled(text: str, start: int, words: tuple[str, ...]) -> int:
    """Where a name that begins here ends; 0 where it is not this name."""
    if words[0] == "the":
        return start + len(words[1]) if _is_after_the(text, start) and _is_word(text, start, words[1]) else 0
    if len(words) == 1 and len(words[0]) < 4 and not text[start : start + len(words[0])].isupper():
        return 0
    at = start
    for word in words:
        at = at if at == start else at + 1
        if not _is_word(text, at, word):
            return 0
        at += len(word)
    return at


def _is_word(text: str, start: int, word: str) -> bool:
    end = start + len(word)
    return fold(text[start:end]) == word and not text[end : end + 1].isalnum()


def _is_after_the(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].casefold() == "the "


def _around(text: str, breaks: list[int], at: int) -> Span:
    first = max(one for one in breaks if one <= at)
    end = min((one for one in breaks if one > at), default=len(text))
    return trim(text, first, end)


def _kind(text: str, start: int, end: int, sentence: Span) -> What | None:
    """Whether the words around a publisher's name say that its words are passed on."""
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    if text[start - 1 : start] == "(" and rest[:1] == ")":
        is_dateline = start < HEAD and re.match(r"\)\s{0,3}[-–—]", rest)
        is_last = len(text) - end < TAIL and not rest[1:].strip(" .")
        return "credit" if is_dateline or is_last else None
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if (start < HEAD and re.fullmatch(r"\s{0,9}[Bb][Yy] [^.]{0,80}", line)) or _CREDIT.search(
        text, sentence.start, sentence.end
    ):
        return "credit"
    if _BEFORE.search(text, max(sentence.start, start - 120), start) or (
        _AFTER.match(text, end) and not _GIVEN.search(text, max(0, start - 30), start)
    ):
        return "relay"
    return None


def _led(report: Report, named: _Named, known: _Known) -> Credit | None:
    """The report of that publisher that is most likely meant."""
    is_credit = named.kind == "credit"
    said = _stems(report.text if is_credit else report.text[slice(*named.sentence)]) - _stems(named.publisher)
    best: tuple[float, int, str, Span] | None = None
    for apart, other in _candidates(report, named, known):
        told = known.paragraphs_of(other)
        everything = said.intersection(frozenset().union(*(theirs for _, theirs in told)))
        is_only = apart <= 1 and len(known.of[named.publisher]) == 1
        is_only &= len(everything) >= LEAST_SHARE_OF_ONLY * len(said)
        for span, theirs in told[: 1 if is_credit else None]:
            shared = everything if is_credit else said & theirs
            share = known.weight(shared) / max(known.weight(said), 1e-9)
            is_meant = len(shared) >= LEAST_WORDS and share >= LEAST_SHARE[named.kind]
            if is_meant or (is_only and not is_credit and len(shared) >= LEAST_WORDS_OF_ONLY):
                rank = (-share, apart, other.id, span)
                best = min(best or rank, rank)
    if best is None:
        return None
    here = named.sentence if named.sentence.end else trim(report.text, 0, len(report.text.partition("\n")[0]))
    return Credit(report.id, best[2], named.kind, here, best[3], known.of[named.publisher][0].publisher)


def _candidates(report: Report, named: _Named, known: _Known) -> list[tuple[int, Report]]:
    """Reports of the publisher that may be meant, with their distance in days, the nearest first."""
    found = []
    for other in known.of[named.publisher]:
        ours, theirs = known.days[report.id], known.days[other.id]
        apart = (ours - theirs).days if ours and theirs else 0
        if (-1 if named.kind == "relay" else 0) <= apart <= DAYS_BACK[named.kind] and _on_that_day(
            theirs, named.weekday
        ):
            found.append((abs(apart), other))
    found.sort(key=lambda one: (one[0], one[1].id))
    return found[:MOST_LOOKED_AT]


def _on_that_day(published: date | None, weekday: int | None) -> bool:
    """Whether it came out on the day of the week that is named, or on the next."""
    return weekday is None or published is None or (published.weekday() - weekday) % 7 <= 1


def _stems(text: str) -> frozenset[str]:
    small = words_of("function")
    return frozenset(word[:STEM] for word in map(str.casefold, _WORD.findall(text)) if word not in small)
