"""What shows that two origins are one: evidence, each with its reason in words.

    relay       "the Courier reported that two officers said …": officers in a report of the Courier's with this answer
    credit, quotation, passage     the claim lies in words that echo another report: it rests on whoever says them
                there; or the reports share words, and the same answer is given there by the unnamed of the same role,
                or by somebody whose name may well be the same, written otherwise
    role        "the first officer", where the report has spoken of "two officers" before
    restated    a headline that says what somebody says below it
    bloc        "a spokesman for the ministry", and the ministry in the same report

Agreement on an answer alone shows nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sayso.kit import fold, headline_end
from sayso.lineage.roots import Cast, Root, Said, Sort, head_of, plain, shares
from sayso.model import MergeKind, Report, Span
from sayso.words import lemma

ECHO_KINDS: Mapping[str, MergeKind] = {"quotation": "quotation", "credit": "credit", "relay": "relay"}
"""Kinds of echoes that are no plain passage."""

_SPEAKS = re.compile(r"\bspokes(?:man|woman|person|people|men)\b|\bpress (?:office|officer|secretary|service)\b")

LEAST_LETTERS = 5
"""Of a word that two names share, for one to speak for the other: "Minister", "Ministry"."""
STEM_LETTERS = 6

SHOWN_WORDS = 12
"""Of a passage, in a reason."""


class Shown(NamedTuple):
    """Evidence that one claim rests on the origin of another."""

    one: Said
    other: Said
    kind: MergeKind
    reason: str


def taken(cast: Cast, several: Sequence[Said]) -> Iterator[Shown]:
    """What makes origins of the claims of one question one. Each claim at most once as `one`, the strongest first."""
    groups, spoken_of = by_report(several), _spoken_of(several)
    for said in several:
        found = next(_shown(cast, said, groups, spoken_of), None)
        if found and found.other.root.id != said.root.id:
            yield found


Groups = Mapping[tuple[str, str, bool], Sequence[Said]]


def by_report(several: Iterable[Said]) -> Groups:
    """By report, answer and side; and by publisher, answer and side."""
    groups: defaultdict[tuple[str, str, bool], list[Said]] = defaultdict(list)
    for one in several:
        groups[one.report.id, *one.side].append(one)
        groups[_desk(plain(one.report.publisher)), *one.side].append(one)
    return groups


Spoken = Mapping[tuple[str, str], Said]


def _spoken_of(several: Iterable[Said]) -> Spoken:
    """The first unnamed of each role in each report."""
    found: dict[tuple[str, str], Said] = {}
    for one in sorted(several, key=lambda one: (one.claim.content[0].start, one.root.id)):
        if one.root.sort == "unnamed" and one.root.role:
            found.setdefault((one.report.id, one.root.role), one)
    return found


def _again(said: Said, first: Said) -> Iterator[Shown]:
    """Who has been spoken of before: "the first officer", where "two officers" were quoted."""
    words = said.root.name.lower().split()
    if words[0] in DEFINITE and first.root.id != said.root.id:
        yield Shown(said, first, "role", f"the report has spoken of {first.root.name} before {said.root.name}")


DEFINITE = frozenset({"the", "both", "one", "these", "those", "another"})


def _shown(cast: Cast, said: Said, groups: Groups, spoken_of: Spoken) -> Iterator[Shown]:
    if said.root.sort != "named":
        yield from _relayed(cast, said, groups)
        yield from _echoed(cast, said, groups)
    if said.root.sort in {"named", "unnamed"}:
        yield from _alike(cast, said, groups)
    if said.root.sort == "own":
        yield from _headline(said, groups)
    if said.root.sort == "unnamed":
        yield from _mouth(said, groups)
    if said.root.sort == "unnamed" and (first := spoken_of.get((said.report.id, said.root.role))):
        yield from _again(said, first)


def _desk(publisher: str) -> str:
    return f"publisher {publisher}"


def relayed_from(cast: Cast, said: Said, groups: Groups) -> tuple[str, list[Said]]:
    """The outlet that a claim came through or from, and who gives the same answer in its reports and can be meant."""
    for publisher in cast.relays(said):
        everything = groups.get((_desk(publisher), *said.side), ())
        told = [one for one in everything if _can_precede(one.report, said.report)]
        is_outlet = said.root.sort == "own"
        fitting = [one for one in told if is_outlet or _can_be(one.root, said.root)]
        if fitting:
            return publisher, fitting
    return "", []


def _relayed(cast: Cast, said: Said, groups: Groups) -> Iterator[Shown]:
    """Of several who can be meant the one described most alike: whoever it is, no other origin is added."""
    _, fitting = relayed_from(cast, said, groups)
    if fitting and said.root.sort != "own":
        words = _words(said.root)
        other = min(fitting, key=lambda one: (-len(words & _words(one.root)), one.claim.content[0].start, one.root.id))
        says = f"{said.report.publisher or 'a report'} has it from {other.report.publisher}, which quotes"
        yield Shown(said, other, "relay", f"{says} {other.root.name}")


def _mouth(said: Said, groups: Groups) -> Iterator[Shown]:
    """Somebody unnamed who speaks for a body by office, and the body itself, with one answer in one report."""
    words = plain(said.root.name)
    if not _SPEAKS.search(words):
        return
    stems = {word[:STEM_LETTERS] for word in words.split()}
    for other in groups[said.report.id, *said.side]:
        head = head_of(plain(other.root.name))
        is_body = other.root.sort == "named" and other.root.id != said.root.id and len(head) >= LEAST_LETTERS
        if is_body and head[:STEM_LETTERS] in stems:
            yield Shown(said, other, "bloc", f"{said.root.name} speaks for {other.root.name} by office")


def _words(root: Root) -> set[str]:
    return {lemma(word) for word in fold(root.name).split()}


def _can_be(one: Root, other: Root) -> bool:
    """Whether two of whom at least one is unnamed can be the same."""
    if one.sort == "own" or "named" in {one.sort, other.sort}:
        return False
    return "nobody" in {one.sort, other.sort} or one.role == other.role or one.kind == other.kind


def _can_precede(one: Report, other: Report) -> bool:
    return not (one.published and other.published) or one.published[:10] <= other.published[:10]


def _echoed(cast: Cast, said: Said, groups: Groups) -> Iterator[Shown]:
    """What stands at the same place of a report that this one echoes, or is echoed by if that one came from it."""
    for echo in cast.echoes_of[said.report.id]:
        is_copy = echo.copy == said.report.id
        there = cast.reports[echo.original if is_copy else echo.copy]
        others = groups.get((there.id, *said.side), ())
        for here, place in echo.passages if others else ():
            mine, theirs = (here, place) if is_copy else (place, here)
            if shares(said.claim.content, mine):
                expected = _moved(said.claim.content[0], mine, theirs)
                near = [one for one in others if shares((expected,), one.claim.content[0])]
                near = [one for one in near if _tells(one, said, is_copy=is_copy)]
                if near:
                    other = min(near, key=lambda one: (abs(one.claim.content[0].start - expected.start), one.claim.id))
                    yield _echo(said, other, ECHO_KINDS.get(echo.kind, "passage"), mine)


def _moved(span: Span, mine: Span, theirs: Span) -> Span:
    """About where a span of one passage stands in the other, which may be edited: by its share of the length."""
    share = (theirs.end - theirs.start) / max(1, mine.end - mine.start)
    start, end = (theirs.start + round((at - mine.start) * share) for at in span)
    return Span(start, end)


def _alike(cast: Cast, said: Said, groups: Groups) -> Iterator[Shown]:
    """In a report and its copy, with one answer: the unnamed of one role, and two spellings that may be one name."""
    here = _of_role(groups[said.report.id, *said.side], said.root)
    for echo in cast.echoes_of[said.report.id]:
        others = groups.get((echo.original, *said.side), ()) if echo.copy == said.report.id else ()
        there = _of_role(others, said.root)
        names = [one for one in others if {said.root.sort, one.root.sort} == {"named"} and cast.may_be_one(said, one)]
        is_role = len({one.root.id for one in here}) == len({one.root.id for one in there}) == 1
        for other in (*(there[:1] if is_role else ()), *names[:1]):
            where = f"{said.report.publisher or 'one report'} and {other.report.publisher or 'another'}"
            reason = f"{where} share words, and {said.root.name} and {other.root.name} say the same"
            yield Shown(said, other, ECHO_KINDS.get(echo.kind, "passage"), reason)


def _of_role(several: Sequence[Said], root: Root) -> list[Said]:
    """Those of the role of somebody unnamed."""
    return [one for one in several if one.root.sort == root.sort == "unnamed" and one.root.role == root.role != ""]


CLEAR: tuple[Sort, ...] = ("named", "unnamed", "nobody", "own")
"""From what tells best who says something to what tells least."""


def _tells(one: Said, other: Said, *, is_copy: bool) -> bool:
    """Whether a report tells who says it as well as its copy does; or the copy better: then that was read better."""
    here, there = CLEAR.index(one.root.sort), CLEAR.index(other.root.sort)
    return here <= there if is_copy else here < there


def _echo(said: Said, other: Said, kind: MergeKind, span: Span) -> Shown:
    words = said.report.text[slice(*span)].split()
    shown = " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")
    both = f"{said.report.publisher or 'one report'} and {other.report.publisher or 'another'}"
    return Shown(said, other, kind, f"the same words in {both}: “{shown}”")


def _headline(said: Said, groups: Groups) -> Iterator[Shown]:
    end = headline_end(said.report)
    if said.claim.content[0].start >= end:
        return
    below = [one for one in groups[said.report.id, *said.side] if one.claim.content[0].start >= end]
    below = [one for one in below if one.root.sort != "own"]
    if below:
        yield Shown(said, below[0], "restated", f"the headline says what {below[0].root.name} says below it")
