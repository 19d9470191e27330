"""Who echoes whom: four kinds of signs, each with what shows it.

    credits ─▶ relay, credit           what a report says of where it has its words from
    words ─▶ quotations, passages      what stands in an earlier report too

Direction is by what the text says, then by date of publication. Reports without a date come last; where the dates are
the same and no report credits the other, the order is by id, which says nothing about who was first: the reason says
so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.lineage.credits import Credit, stated
from sayso.lineage.passages import Passage, passages
from sayso.lineage.quotations import shared_quotations
from sayso.lineage.versions import same_address
from sayso.lineage.wording import Wording, wording, words_of
from sayso.model import Echo, Report, Span

LEAST_SHARE_OF_OWN = 1 / 3
"""What a report has from another of the same publisher counts if it is this share of its words: less is standing
background, more is a new form of the same story. A rule of thumb."""

FURNITURE_WORDS = 60
"""A passage with a phrase of page furniture in each so many words is page furniture: a list of captions, a form."""


_PICTURE = re.compile(r"\([A-Z][\w. ]{1,40}/[A-Z]")
"""Who took a picture, and for which agency, at the end of its caption."""

LONGEST_REASON = 160
"""Characters of a report that are repeated in a reason."""


def trace(reports: tuple[Report, ...]) -> tuple[Echo, ...]:
    """All echoes, one for each copy, original and kind: by copy, original, then kind. The same in whatever order."""
    said = stated(reports)
    ordered = _in_order(reports, said)
    words = wording(ordered, [same_address(report.address) for report in ordered])
    credited = {(one.copy, one.original) for one in said}
    found = [*_stated(said, ordered), *_quoted(words, ordered), *_reused(words, ordered)]
    of = {report.id: report for report in ordered}
    return _merged(_turned(echo, credited, of) for echo in found)


def _merged(found: Iterable[Echo]) -> tuple[Echo, ...]:
    """In order; of two for the same reports and kind, as turning one round may give, the one that shows more."""
    best: dict[tuple[str, str, str], Echo] = {}
    for echo in sorted(found, key=lambda echo: (-echo.score, echo.passages)):
        best.setdefault(_key(echo), echo)
    return tuple(sorted(best.values(), key=_key))


def _key(echo: Echo) -> tuple[str, str, str]:
    return echo.copy, echo.original, echo.kind


def _in_order(reports: Sequence[Report], said: Iterable[Credit]) -> list[Report]:
    """The earliest first; on the same day, whoever is credited before those that credit it."""
    days = {report.id: report.published[:10] for report in reports}
    credited: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        if days[one.copy] == days[one.original]:
            credited[one.copy].add(one.original)
    depth = _depths(credited)
    return sorted(
        reports,
        key=lambda one: (one.published == "", one.published[:10], depth.get(one.id, 0), one.published, one.id),
    )


def _depths(credited: dict[str, set[str]]) -> dict[str, int]:
    """How many reports stand behind each, one crediting the next. Circles end after as many steps as there are."""
    depth: dict[str, int] = {}
    for _ in range(min(len(credited), 8)):
        depth = {name: 1 + max(depth.get(other, 0) for other in others) for name, others in credited.items()}
    return depth


def _stated(said: Iterable[Credit], ordered: Sequence[Report]) -> Iterator[Echo]:
    of = {report.id: report for report in ordered}
    for one in said:
        text = of[one.copy].text
        words = text[slice(*one.here)]
        how = "passes on" if one.kind == "relay" else "credits"
        reason = f"{_name(of[one.copy])} {how} {one.publisher}: “{_short(words)}”"
        share = len(words.split()) / max(1, len(text.split()))
        yield Echo(one.copy, one.original, ((one.here, one.there),), round(share, 4), one.kind, reason)


def _quoted(words: Wording, ordered: Sequence[Report]) -> Iterator[Echo]:
    for (copy, original), found in shared_quotations(words).items():
        total = sum(one.length for one in found)
        places = [(one.here, one.here + one.length, one.there, one.there + one.length) for one in found]
        reason = f"Both quote the same {total} words.{_order(ordered[copy], ordered[original])}"
        yield Echo(
            ordered[copy].id,
            ordered[original].id,
            _spans(words, places),
            _share(words, copy, total),
            "quotation",
            reason,
        )


def _reused(words: Wording, ordered: Sequence[Report]) -> Iterator[Echo]:
    pairs: defaultdict[tuple[int, int], list[Passage]] = defaultdict(list)
    for one in passages(words):
        if not _is_furniture(words, ordered, one):
            pairs[one.copy, one.original].append(one)
    for (copy, original), found in pairs.items():
        same = sum(one.same for one in found)
        share = _share(words, copy, same)
        if words.publisher[copy] == words.publisher[original] and share < LEAST_SHARE_OF_OWN:
            continue
        whole = sum(one.here_end - one.here for one in found)
        reason = f"{_count(len(found), 'passage')}, {same} of {whole} words the same, in the same order."
        reason += _order(ordered[copy], ordered[original])
        places = sorted((one.here, one.here_end, one.there, one.there_end) for one in found)
        yield Echo(ordered[copy].id, ordered[original].id, _spans(words, places), share, "passage", reason)


def _is_furniture(words: Wording, ordered: Sequence[Report], one: Passage) -> bool:
    span = words.span(one.here, one.here_end)
    text = ordered[one.copy].text[max(0, span.start - 10) : span.end + 20]
    plain = text.casefold()
    signs = len(_PICTURE.findall(text)) + sum(plain.count(phrase) for phrase in words_of("furniture"))
    return signs * FURNITURE_WORDS >= one.here_end - one.here


def _spans(words: Wording, places: Iterable[tuple[int, int, int, int]]) -> tuple[tuple[Span, Span], ...]:
    return tuple(
        (words.span(here, here_end), words.span(there, there_end)) for here, here_end, there, there_end in places
    )


def _share(words: Wording, report: int, same: int) -> float:
    return round(min(1.0, same / int(words.first[report + 1] - words.first[report])), 4)


def _turned(echo: Echo, credited: set[tuple[str, str]], of: dict[str, Report]) -> Echo:
    """The other way round where the text says so, whatever the dates."""
    pair = echo.copy, echo.original
    if echo.kind in {"relay", "credit"} or pair in credited or pair[::-1] not in credited:
        return echo
    sizes = [max(1, len(of[name].text.split())) for name in pair]
    return replace(
        echo,
        copy=echo.original,
        original=echo.copy,
        passages=tuple(sorted((there, here) for here, there in echo.passages)),
        score=round(min(1.0, echo.score * sizes[0] / sizes[1]), 4),
        reason=f"{echo.reason.partition('. ')[0].removesuffix('.')}. The report itself names where it comes from.",
    )


def _order(copy: Report, original: Report) -> str:
    """What is to be said of the direction, where the dates do not settle it."""
    if not copy.published or not original.published:
        return " Which came first is not recorded."
    return "" if copy.published[:10] != original.published[:10] else " Both carry the same date."


def _name(report: Report) -> str:
    return report.publisher or report.name or "A report"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST_REASON else flat[:LONGEST_REASON].rsplit(" ", 1)[0] + " …"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
