"""What changed on the way: between claims that rest on one origin, and between a report and its copy.

    claims of one origin, for one answer ──▶ the first at first hand, and each later one in another report
    a report and its copy ──▶ claims at the same place of a passage, or with the same words by the same speaker

    link dropped        the reporter tells in their own voice what somebody says; a copy does not name whom it is from
    hedge lost          "may have" became plain
    certainty raised    "possibly" became "probably"
    named               somebody unnamed got a name
    rounded             a figure became a rounder one
    denial lost         what was denied is told as so

A hedge is what the chain says of it, or a word in the claim that makes it one (`HEDGES`). Nothing drifts from a copy to
its original: the echoes say which is which, whatever the dates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache

from sayso.kit import FIRMNESS
from sayso.lineage.origins import commitment, root
from sayso.lineage.roots import Cast, Root, Said, head_of, plain
from sayso.model import Answer, Case, Certainty, Claim, Drift, DriftKind, Echo, Given, Lineage, Question, Report
from sayso.words import lemma

HEDGES: Mapping[str, Certainty] = {
    **dict.fromkeys(("may", "might", "could", "possibly", "perhaps", "maybe"), "possible"),
    **dict.fromkeys(("probably", "likely", "appear", "seem", "apparently", "presumably"), "probable"),
}
"""Words that weaken what is said. General English; those of ICD 203 (2015) among them."""

EMPTY = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your",
    "be", "have", "do", "will", "would", "can", "could", "may", "might", "must", "should", "of", "in", "on",
    "at", "to", "by", "for", "with", "from", "as", "and", "or", "but", "not", "no", "if", "who", "whom",
    "which", "what", "when", "where", "there", "it", "he", "she", "they", "we", "you", "i", "him", "them",
    "us", "into", "out", "up", "down", "over", "under", "about", "after", "before", "then", "than", "so",
    "also", "too", "all", "any", "some", "one", "two", "say", "tell", "been", "had", "was", "were", "is",
    "are", "has", "did", "said", "told",
})  # fmt: skip
"""Words that two sentences share without speaking of the same."""

LEAST_SHARED, SURE_SHARED = 2, 3
SHARE = 0.5
"""Two claims of a report and its copy speak of the same if they share so many words, and so much of the shorter one. A
rule of thumb. If they share all, and the second number at least, whoever is said to have said it."""

COUNTS = frozenset({"killed", "injured", "missing", "detained"})
ROUND_WITHIN = 0.15
"""A rounder figure is no further from the first than this share of it."""

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+){0,3}|\d[\d.,]{0,12}")

Change = tuple[DriftKind, str]


def drift(case: Case) -> tuple[Drift, ...]:
    """What changed, question by question, then between reports and their copies."""
    cast = Cast(case)
    uncredited = _uncredited(case.echoes)
    sources = _sources(case.echoes)
    found: dict[tuple[str, str, str], Drift] = {}
    asked = list(zip(case.questions, case.lineages or root(case), strict=True))
    pairs = (*(pair for question, each in asked for pair in _told(cast, question, each)), *_copied(cast, case))
    for before, after, question in pairs:
        for kind, reason in _changes(before, after, uncredited):
            name = kind, before.given.claim, after.given.claim
            found.setdefault(name, Drift(kind, before.given, after.given, reason, question))
    every = (*found.values(), *(one for question, each in asked for one in _rounded(cast, question, each)))
    return tuple(one for one in every if not _is_against(one.before.report, one.after.report, sources))


def _sources(echoes: Sequence[Echo]) -> Mapping[str, Sequence[str]]:
    """By report those that it copies or relays."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for echo in echoes:
        found[echo.copy][echo.original] = None
    return {name: tuple(several) for name, several in found.items()}


def _is_against(before: str, after: str, sources: Mapping[str, Sequence[str]]) -> bool:
    """Whether the report before rests on the one after, by whatever way, and the one after not on it."""
    return _rests(before, after, sources) and not _rests(after, before, sources)


def _rests(copy: str, original: str, sources: Mapping[str, Sequence[str]]) -> bool:
    seen, ahead = {copy}, [copy]
    while ahead:
        more = dict.fromkeys(one for name in ahead for one in sources.get(name, ()))
        if original in more:
            return True
        ahead = [one for one in more if one not in seen]
        seen.update(ahead)
    return False


Pair = tuple[Said, Said, str | None]


def _told(cast: Cast, question: Question, lineage: Lineage) -> Iterator[Pair]:
    """The first claim of each testimony at first hand, with every later one in another report."""
    for testimony in lineage.testimonies:
        several = [cast.said(one, testimony.answer) for one in testimony.given]
        first = min(several, key=lambda one: (one.root.sort == "own", _relayed(one), _when(cast, one)))
        for one in several:
            if one.report.id != first.report.id and _when(cast, first) <= _when(cast, one):
                yield first, one, question.id


def _relayed(one: Said) -> int:
    return len(one.claim.chain) if one.claim.attribution else 0


def _when(cast: Cast, one: Said) -> tuple[bool, str, int, int]:
    report = one.report
    return not report.published, report.published[:10], cast.place[report.id], one.claim.content[0].start


def _copied(cast: Cast, case: Case) -> Iterator[Pair]:
    """Claims of a report and its copy that speak of the same, by the words that they share."""
    claims = {found.report: found.claims for found in case.findings}
    telling = cache(lambda name: _telling(cast.claims[name], cast.reports[cast.claims[name].report]))
    for original, copy in dict.fromkeys((echo.original, echo.copy) for echo in case.echoes):
        index: defaultdict[str, list[Said]] = defaultdict(list)
        for said in (_said(cast, claim) for claim in claims.get(original, ())):
            for word in telling(said.claim.id):
                index[word].append(said)
        for after in (_said(cast, claim) for claim in claims.get(copy, ())):
            before = _nearest(after, index, telling)
            if before:
                yield before, after, None


def _nearest(after: Said, index: Mapping[str, Sequence[Said]], telling: Callable[[str], frozenset[str]]) -> Said | None:
    """The claim of the same speaker that shares most words, if these are enough."""
    mine = telling(after.claim.id)
    found = {one.claim.id: one for word in sorted(mine) for one in index.get(word, ())}
    shared = Counter(one.claim.id for word in mine for one in index.get(word, ()))
    enough = [
        (number / least, number, name)
        for name, number in shared.items()
        for least in [min(len(mine), len(telling(name)))]
        if number >= LEAST_SHARED
        and number >= SHARE * least
        and _may_be_one(found[name], after, number=number, share=number / least)
    ]
    return found[max(enough)[2]] if enough else None


def _may_be_one(before: Said, after: Said, *, number: int, share: float) -> bool:
    """Whether the speaker of a copy's claim may be the original's: the same, of the same role, or left out."""
    here, there = before.root, after.root
    return (
        here.id == there.id
        or there.sort in {"own", "nobody"}
        or here.role == there.role != ""
        or (share == 1 and number >= SURE_SHARED)
    )


def _telling(claim: Claim, report: Report) -> frozenset[str]:
    return frozenset(lemma(word) for word in _words(claim, report)) - EMPTY


def _words(claim: Claim, report: Report) -> list[str]:
    return [word for span in claim.content for word in _WORD.findall(report.text[slice(*span)].lower())]


def _said(cast: Cast, claim: Claim) -> Said:
    given = Given(claim.report, claim.id, claim.stance != "denies", claim.content[0])
    return cast.said(given, "")


def _changes(before: Said, after: Said, uncredited: Container[tuple[str, str]]) -> Iterator[Change]:
    where, who = after.report.publisher or "the later report", before.root.name
    mine, theirs = (_firmness(one) for one in (before, after))
    if mine in HEDGED and theirs == "certain":
        yield "hedge lost", f"{mine} in the words of {who}; {where} gives it without a hedge"
    elif mine == "possible" and theirs == "probable":
        yield "certainty raised", f"possible in the words of {who}; {where} gives it as probable"
    words = {lemma(word) for word in _words(after.claim, after.report)}
    is_plain = after.claim.stance in {"asserts", "alleges"} and not words & DENIALS
    if before.claim.stance == "denies" and is_plain and not before.answer:
        yield "denial lost", f"denied by {who}; {where} tells it as so"
    if before.root.sort != "own" and after.root.sort == "own" and not _names(words, before.root):
        how = f"gives it as the word of {after.root.name}" if after.claim.attribution else "tells it in its own voice"
        yield "link dropped", f"{where} {how} and leaves out {who}"
    elif (before.report.id, after.report.id) in uncredited:
        yield "link dropped", f"{where} has words of {before.report.publisher or 'another report'} and does not say so"
    if before.root.sort == "unnamed" and after.root.sort == "named":
        yield "named", f"{who} is {after.root.name} in {where}"


def _names(words: Container[str], root: Root) -> bool:
    """Whether words name somebody, by the last word of their name or the noun that says what they are."""
    return lemma(head_of(root.name)) in words or plain(root.name).split()[-1] in words


DENIALS = frozenset(
    {"deny", "reject", "refute", "dismiss", "dispute", "not", "no", "never", "none", "nobody", "without"}
)
HEDGED = frozenset({"probable", "possible"})


def _firmness(one: Said) -> Certainty:
    """The weakest of what the chain says and of the hedges among the words."""
    words = _words(one.claim, one.report)
    hedges = [HEDGES[name] for word in words for name in (word, lemma(word)) if name in HEDGES]
    return max([commitment(one), *hedges], key=FIRMNESS.index)


def _uncredited(echoes: Sequence[Echo]) -> frozenset[tuple[str, str]]:
    """Original and copy, where the copy has words of the original and does not say so."""
    kinds: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for echo in echoes:
        kinds[echo.original, echo.copy].add(echo.kind)
    return frozenset(pair for pair, found in kinds.items() if found.isdisjoint({"relay", "credit"}))


def _rounded(cast: Cast, question: Question, lineage: Lineage) -> Iterator[Drift]:
    """A figure of an origin that another report has less exactly."""
    answers = {one.id: one for one in question.answers} if question.slot in COUNTS else {}
    exact: dict[str, tuple[Given, float]] = {}
    rest: list[tuple[str, Given, Answer]] = []
    for told in lineage.testimonies if answers else ():
        answer = answers[told.answer]
        if told.is_for and answer.low is not None and answer.low == answer.high and not _is_round(answer.low):
            exact.setdefault(told.origin, (told.given[0], answer.low))
        elif told.is_for:
            rest += [(told.origin, one, answer) for one in told.given]
    for origin, after, answer in rest:
        before, number = exact.get(origin, (None, 0.0))
        if before and cast.place[before.report] < cast.place[after.report] and _is_rounder(number, answer):
            words = f"{number:g} became “{answer.words}” in {cast.reports[after.report].publisher or 'a later report'}"
            yield Drift("rounded", before, after, words, question.id)


def _is_round(number: float) -> bool:
    return number % TEN == 0


TEN = 10


def _is_rounder(number: float, answer: Answer) -> bool:
    low, high = answer.low or 0.0, answer.high
    holds = low <= number and (high is None or number <= high) and low != high
    near = low == high and _is_round(low) and abs(low - number) <= ROUND_WITHIN * number
    return holds or near
