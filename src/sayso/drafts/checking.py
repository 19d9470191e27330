"""Every sentence of a draft with its statements, each traced to claims of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias, get_args

from sayso.drafts.firmness import is_hedged
from sayso.drafts.matching import LEAST_WORDS, SAME, Matched, Matcher
from sayso.drafts.origins import Rooted, goes_on, question, roots
from sayso.drafts.units import Speaker, Unit, Units, Word, clauses, head_words, is_one, name_words
from sayso.kit import covers, shared
from sayso.model import (
    UNSPECIFIED,
    Case,
    Claim,
    DraftCheck,
    Dropped,
    Echo,
    Findings,
    Root,
    Sentence,
    Source,
    Span,
    Statement,
    Verdict,
)

ACTS = frozenset({"orders", "asks"})
"""Stances of which the draft says in its own voice that somebody did it: "the colonel ordered the doors shut"."""

_ASKS = re.compile(r"\?$|^(?:what|who|why|how|where|when)\b.*[^.!…]$", re.IGNORECASE | re.DOTALL)
"""A question, and a headline that is half of one: "What is known of the night"."""

LEAST_OUTSIDE = 2
"""Words of a claim that must stand outside those that it holds for it to be looked at beside them."""

Key: TypeAlias = tuple[int, int, str]
"""Sentence, statement in it, and which of its sources."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class _Traced(NamedTuple):
    """A statement with what is like it, before it is known whose word that is."""

    unit: Unit
    content: tuple[Span, ...]
    matched: Matched
    by_them: tuple[Source, ...]
    """What says the same, by whom the draft names."""
    others: tuple[Source, ...]


def check(case: Case, draft: str, rooted: Rooted, *, step: Callable[[int, int], None] | None = None) -> DraftCheck:
    """Where each sentence of a draft comes from. `case` holds the draft as one of its reports, with this id.

    `rooted` gives the lineages of questions over the case without the draft; `step` is told of how many sentences are
    done, and of how many.
    """
    report = next(one for one in case.reports if one.id == draft)
    found = next(one for one in case.findings if one.report == draft)
    checker = _Checker(case, found)
    sentences = sorted(found.sentences)
    passages = [tuple(sorted(_passages(checker.echoes, draft, span))) for span in sentences]
    traced = []
    for number, (span, copied) in enumerate(zip(sentences, passages, strict=True), 1):
        traced.append(list(checker.traced(span, copied)))
        if step:
            step(number, len(sentences))
    parts = {
        (number, at, part): sources
        for number, several in enumerate(traced)
        for at, one in enumerate(several)
        for part, sources in (("root", one.by_them), ("also", one.others))
    }
    found_roots = checker.roots(parts, rooted)
    made = []
    for number, (span, copied, several) in enumerate(zip(sentences, passages, traced, strict=True)):
        statements = tuple(
            checker.judged(one, found_roots[number, at, "root"], found_roots[number, at, "also"])
            for at, one in enumerate(several)
        )
        verdicts: list[Verdict] = [one.verdict for one in statements]
        made.append(Sentence(span, min(verdicts, key=VERDICTS.index, default="no claim"), statements, copied))
    return DraftCheck(report, found, tuple(made))


class _Checker:
    """What is looked up for every sentence."""

    def __init__(self, case: Case, found: Findings) -> None:
        self._draft = found.report
        self._found = found
        self._texts = {one.id: one.text for one in case.reports}
        self._units = Units(case, found.report)
        self._matcher = Matcher(case, self._units, found.report, _rejected(case))
        self._number = {report.id: number for number, report in enumerate(case.reports)}
        self.echoes = [one for one in case.echoes if found.report in {one.copy, one.original}]
        self._people = {f"@{one.id}" for one in case.entities if one.kind == "person"}
        self._within = {one.id: one.within for each in case.findings for one in each.attributions}
        self._claims = {each.report: each.claims for each in case.findings}

    def traced(self, span: Span, passages: Sequence[tuple[Span, str, Span]]) -> Iterator[_Traced]:
        """The statements of a sentence."""
        if not _ASKS.search(self._texts[self._draft][slice(*span)].rstrip("\"'”’)")):
            for claim in self._claims_in(span):
                whole = self._traced(claim, span, passages)
                parts = [self._traced(one, span, passages, part=True) for one in self._parts(claim, span)]
                met = [bool(one.matched.same or one.matched.against) for one in parts]
                has_whole = bool(whole.matched.same or whole.matched.against)
                if len(parts) > 1 and (all(met) or (any(met) and not has_whole)):
                    yield from parts
                else:
                    yield _also_against(whole, parts)

    def roots(self, parts: Mapping[Key, Sequence[Source]], rooted: Rooted) -> dict[Key, tuple[Root, ...]]:
        """The origins of each, all asked for at once."""
        units = {key: [self._units.by_claim[one.claim] for one in sources] for key, sources in parts.items()}
        lineages = rooted(tuple(question(self._draft, str(key), several) for key, several in units.items()))
        return {
            key: roots(lineage, parts[key], units[key], self._texts)
            for key, lineage in zip(parts, lineages, strict=True)
        }

    def _claims_in(self, span: Span) -> Iterator[Claim]:
        """The claims that begin in a sentence; of nested ones those of the innermost voice that is told."""
        here = [one for one in self._found.claims if any(shared(part, span) > 0 for part in one.content)]
        said = {one.attribution for one in here if one.attribution and one.stance not in ACTS}
        bare = [
            one
            for one in here
            if one.stance in ACTS
            and one.attribution
            and (one.chain[-1].voice == UNSPECIFIED or self._within[one.attribution] in said)
        ]
        here = [one for one in here if one not in bare] or here
        here.sort(key=lambda one: not self._is_told_in(one, span))
        once = {_clipped(one, span): one for one in reversed(here)}
        here = [one for one in here if once[_clipped(one, span)] is one]
        for one in here:
            inner = [other for other in here if other is not one and covers(one.content, other.content[0])]
            words = list(self._words(one, span))
            held = [word for other in inner for word in self._words(other, span)]
            beside = any(other is not one and other.attribution for other in here) and not one.attribution
            if words and (not (inner or beside) or len([word for word in words if word not in held]) > LEAST_OUTSIDE):
                yield one

    def _is_told_in(self, claim: Claim, span: Span) -> bool:
        """Whether who says it stands in this sentence too."""
        said = self._units.by_claim[claim.id].said_as
        return bool(said and any(each and covers([span], each) for each in (said.source, said.cue)))

    def _parts(self, claim: Claim, sentence: Span) -> tuple[Claim, ...]:
        """What a claim says in several clauses, each as a claim; nothing where it says one thing."""
        spans = _clipped(claim, sentence)
        if len(spans) != 1 or self._is_act(claim, sentence):
            return ()
        parts = clauses(self._texts[self._draft], spans[0])
        told = [part for part in parts if len(self._units.words(self._found, part)) >= LEAST_WORDS]
        return tuple(replace(claim, content=(part,)) for part in told) if len(parts) > 1 else ()

    def _words(self, claim: Claim, sentence: Span) -> Iterator[Word]:
        """Those of a claim in this sentence; of an act also who does it."""
        parts = (sentence,) if self._is_act(claim, sentence) else _clipped(claim, sentence)
        for part in parts:
            yield from self._units.words(self._found, part)

    def _is_act(self, claim: Claim, sentence: Span) -> bool:
        """Whether the draft tells in its own voice what somebody did, though it reads like their word.

        So it is of orders, and where all that is said is a name: "she speaks for the movement".
        """
        if claim.stance in ACTS:
            return True
        words = [word for part in _clipped(claim, sentence) for word in self._units.words(self._found, part)]
        return bool(claim.attribution and words) and all(word.is_name for word in words)

    def _traced(
        self, claim: Claim, sentence: Span, passages: Sequence[tuple[Span, str, Span]], *, part: bool = False
    ) -> _Traced:
        unit = self._units.by_claim[claim.id]
        unit = unit._replace(claim=claim) if part else unit
        words = tuple(self._words(claim, sentence))
        unit = unit._replace(said=()) if self._is_act(claim, sentence) else self._as_written(unit)
        held = {one.id: 1.0 for _, report, there in passages for one in self._claims[report]
                if any(shared(part, there) > (part.end - part.start) / 2 for part in one.content)}  # fmt: skip
        matched = self._matcher.match(unit, words, held)
        same = tuple(sorted(self._innermost(matched.same), key=self._place))
        by_them = self._theirs(unit, same)
        others = tuple(one for one in same if one not in by_them)
        return _Traced(unit, _clipped(claim, sentence), matched, by_them, others)

    def _as_written(self, unit: Unit) -> Unit:
        """The statement with whom its words name, where the voice that they were taken for has none of these words."""
        source = unit.said_as.source if unit.said_as else None
        written = self._texts[self._draft][slice(*source)] if source else ""
        name = head_words(written)
        if not name or name & unit.speaker.words:
            return unit
        return unit._replace(speaker=Speaker(words=name_words(written), name=name))

    def _place(self, one: Source) -> tuple[int, int, str]:
        return self._number[one.report], self._units.by_claim[one.claim].claim.content[0].start, one.claim

    def judged(self, one: _Traced, roots: tuple[Root, ...], also: tuple[Root, ...]) -> Statement:
        """The statement with its verdict, once it is known whose word it is."""
        unit, content, matched, by_them, others = one
        dropped = tuple(self._dropped(unit, content, by_them))
        named = tuple(self._named(unit, by_them))
        whose = bool(unit.said or named)  # and who gave this number may give another at another time
        against = any(
            self._contradicts(unit, content, named, each.source)
            for each in matched.against
            if not (each.is_rival and by_them and whose)
        )
        verdict = _verdict(roots, dropped, is_contradicted=against)
        nearest = matched.nearest if verdict == "untraced" and not others else ()
        spoken = tuple(sorted(matched.against, key=lambda each: self._place(each.source)))
        return Statement(unit.claim.id, content, verdict, roots, spoken, dropped, also, nearest)

    def _innermost(self, sources: Sequence[Source]) -> Iterator[Source]:
        """Without claims of which another among them is the part that is passed on."""
        claims = {one.claim: self._units.by_claim[one.claim].claim for one in sources}
        inner = {self._within.get(one.attribution or "") for one in claims.values()}
        return (one for one in sources if claims[one.claim].attribution not in inner - {None})

    def _contradicts(self, unit: Unit, content: Sequence[Span], named: Sequence[Speaker], source: Source) -> bool:
        """Whether a claim that speaks against a statement contradicts the draft.

        What the draft gives as somebody's word is contradicted by that somebody alone, and what it hedges by nobody.
        """
        whose = [unit.speaker] if unit.said else named
        if not whose:
            return not self._is_hedged(unit, content)
        other = self._units.by_claim[source.claim].speaker
        return any((one.ids or one.words) and is_one(one, other, wholly=True) for one in whose)

    def _theirs(self, unit: Unit, same: Sequence[Source]) -> tuple[Source, ...]:
        """Those of whom the draft names; of an unnamed one ("a guard") those that are called so, if any are."""
        theirs = tuple(one for one in same if self._is_theirs(unit, one))
        source = unit.said_as.source if unit.said_as else None
        several = source is not None and " and " in self._texts[self._draft][slice(*source)]
        if unit.said and not unit.speaker.is_named and not several:
            called = tuple(one for one in theirs if is_one(unit.speaker, self._units.by_claim[one.claim].speaker))
            return called or theirs
        return theirs

    def _is_theirs(self, unit: Unit, source: Source) -> bool:
        """Whether a claim is that of whom the draft names; so is every one where the draft names nobody."""
        if not unit.said or not (unit.speaker.ids or unit.speaker.words):
            return True
        other = self._units.by_claim[source.claim]
        if any(is_one(unit.speaker, one) for one in (other.speaker, *other.through)):
            return True
        if not other.claim.attribution and self._goes_on(unit.speaker, other):
            return True
        told = {part for word in other.words for part in name_words(word.key)} if not other.claim.attribution else set()
        is_told = 2 * len(unit.speaker.name & told) >= max(1, len(unit.speaker.name))
        return is_told or bool(unit.speaker.ids & other.forms) or not unit.speaker.is_named

    def _goes_on(self, speaker: Speaker, other: Unit) -> bool:
        """Whether a reporter tells of somebody by "he" or "she" right beside a sentence that names them."""
        text, around = self._texts[other.claim.report], self._units.around(other)
        names = {part for form in around for part in name_words(form) if form[0] not in "@#+=~"}
        is_near = bool(speaker.ids & around) or (bool(speaker.name) and speaker.is_named and speaker.name <= names)
        return is_near and goes_on(text, other.claim.content[0].start)

    def _is_hedged(self, unit: Unit, content: Sequence[Span], forms: frozenset[str] = frozenset()) -> bool:
        return is_hedged(unit, self._texts[unit.claim.report], content, forms)

    def _dropped(self, unit: Unit, content: Sequence[Span], same: Sequence[Source]) -> Iterator[Dropped]:
        """What all sources have and the draft has not."""
        close = [one for one in same if one.likeness >= SAME] or same
        sources = [self._units.by_claim[one.claim] for one in close]
        if not sources:
            return
        forms = frozenset(word.key for part in content for word in self._units.words(self._found, part))
        if not self._is_hedged(unit, content) and all(
            self._is_hedged(one, one.claim.content, forms) for one in sources
        ):
            yield "hedge"
        if not unit.said and all(one.claim.attribution for one in sources) and not any(self._named(unit, same)):
            yield "attribution"

    def _named(self, unit: Unit, same: Sequence[Source]) -> Iterator[Speaker]:
        """Those on whose word it is whom the draft names in its own voice: "the ministry gave a toll of four"."""
        said = () if unit.said else self._units.by_claim[unit.claim.id].said
        here = {part for word in (*unit.words, *said) for part in name_words(word.key)}
        ids = {form for word in (*unit.words, *said) for form in word.forms if form.startswith("@")}
        for source in () if unit.said else same:
            one = self._units.by_claim[source.claim]
            name = one.speaker.name
            beside = (ids & self._units.around(one) & self._people) - one.content_forms
            is_doer = is_one(unit.speaker, one.speaker)  # of an act; a reporter's own voice is nobody's
            if is_doer or one.speaker.ids & ids or (name and 2 * len(name & here) >= len(name)) or beside:
                yield one.speaker


def _also_against(whole: _Traced, parts: Sequence[_Traced]) -> _Traced:
    """A statement with what speaks against one of its clauses."""
    met = {each.source.claim: each for one in (*parts, whole) for each in one.matched.against}
    said = {one.claim for one in whole.matched.same}
    against = tuple(each for name, each in met.items() if name not in said)
    return whole._replace(matched=whole.matched._replace(against=against))


def _verdict(roots: Sequence[Root], dropped: Sequence[Dropped], *, is_contradicted: bool) -> Verdict:
    if is_contradicted:
        return "contradicted"
    if not roots:
        return "untraced"
    if "hedge" in dropped or ("attribution" in dropped and len(roots) == 1):
        return "firmer"
    return "traced" if len(roots) > 1 else "single-rooted"


def _clipped(claim: Claim, sentence: Span) -> tuple[Span, ...]:
    parts = (Span(max(one.start, sentence.start), min(one.end, sentence.end)) for one in claim.content)
    return tuple(one for one in parts if one.start < one.end)


def _passages(echoes: Sequence[Echo], draft: str, sentence: Span) -> Iterator[tuple[Span, str, Span]]:
    """What of a sentence stands word for word in a report."""
    for echo in echoes:
        for one, other in echo.passages:
            here, there = (one, other) if echo.copy == draft else (other, one)
            if shared(here, sentence) > 0:
                yield here, echo.original if echo.copy == draft else echo.copy, there


def _rejected(case: Case) -> frozenset[str]:
    """Claims whose reading a person has rejected, and that stands."""
    gone = {one.supersedes for one in case.judgements}
    about = {one.about for one in case.judgements if one.verdict == "rejected" and one.id not in gone}
    claims = (claim for found in case.findings for claim in found.claims)
    return frozenset(one.id for one in claims if one.attribution in about or one.report in about)
