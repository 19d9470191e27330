"""Descriptions that stand beside a name and say who it is: "the prosecutor, Lena Okonte, said".

They hold in their own report alone. What can be a list ("the mayor, Lena Okonte and a judge") is passed over: rather
no tie than a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sayso.kit import fold
from sayso.model import Mention, Span, Where
from sayso.names import forms
from sayso.names.records import Key, Named, Node, Sheet, Tie

BESIDE = "a report has the one beside the other, as what he, she or it is"
TITLE = "a report calls only this one so, as a title"

DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "on", "with", "to", "who", "that", "which"})
JOINTS = (" and ", ", and ", " or ", ", or ", " & ")
COMMA = ", "


def describe(sheet: Sheet, text: str, mentions: Iterable[Mention], places: Sequence[Named]) -> None:
    """Tie each description of the report that apposition or a title fixes to the one name it stands beside."""
    told = [one for one in sorted(mentions) if one.wording == "description" and one.kind in {"person", "organisation"}]
    told = [one for one in told if text[one.span.start : one.span.end].casefold() not in DETERMINERS]
    if not told or not places:
        return
    now = {Key(key.core, key.person, key.gender): key for key in sheet.nodes}
    names = [one._replace(key=now[one.key]) for one in places]
    meant: defaultdict[str, set[Key]] = defaultdict(set)
    beside: set[Span] = set()
    for span, key in _beside(text, told, names):
        meant[_core(text, span)].add(key)
        beside.add(span)
    fixed = {core: (next(iter(keys)), BESIDE) for core, keys in meant.items() if len(keys) == 1}
    for core, key in _titled(sheet).items():
        if core not in meant:
            fixed[core] = (key, TITLE)
    again = [one for one in told if one.span in beside or fold(text[one.span.start : one.span.start + 4]) == "the"]
    _attach(sheet, text, again, fixed)


def is_closed(text: str, end: int) -> bool:
    """Whether punctuation stands there, or the text ends."""
    return text[end : end + 2].lstrip("\"”’'")[:1] in {",", ")", ".", ";", ":", "", "\n"}


def _beside(text: str, told: list[Mention], names: list[Named]) -> Iterator[tuple[Span, Key]]:
    starts, ends = _by(names, "start"), _by(names, "end")
    appositions = [pair for one in told for pair in _neighbours(text, one, starts, ends)]
    counts: defaultdict[Span, int] = defaultdict(int)
    for one, name in appositions:
        counts[one.span] += 1
        counts[name.span] += 1
    for one, name in appositions:
        if counts[one.span] == counts[name.span] == 1:  # else it may be a list
            yield one.span, name.key


def _by(names: list[Named], side: str) -> dict[int, Named]:
    """The longest name that begins, or ends, at each offset."""
    found: dict[int, Named] = {}
    for one in sorted(names, key=lambda one: one.span.end - one.span.start):
        found[getattr(one.span, side)] = one
    return found


def _neighbours(
    text: str, one: Mention, starts: dict[int, Named], ends: dict[int, Named]
) -> Iterator[tuple[Mention, Named]]:
    if _is_plural(text, one.span):
        return
    behind = starts.get(one.span.end + len(COMMA)) if text.startswith(COMMA, one.span.end) else None
    if behind and behind.kind == one.kind and _ends_there(text, behind.span.end):
        yield one, behind
    right = starts.get(one.span.end + 1) if text[one.span.end : one.span.end + 1] == " " else None
    is_whole = not text.endswith(("of ", "for "), 0, one.span.start)  # else "Ports" of "Secretary of Ports"
    if right and right.kind == one.kind == "person" and is_whole:
        yield one, right
    before = ends.get(one.span.start - len(COMMA)) if text.endswith(COMMA, 0, one.span.start) else None
    is_determined = text[one.span.start : one.span.end].split(maxsplit=1)[0].casefold() in DETERMINERS
    if before and before.kind == one.kind and is_determined and _ends_there(text, one.span.end):
        yield one, before


def _ends_there(text: str, end: int) -> bool:
    """Whether an apposition can end there, and no list goes on."""
    return is_closed(text, end) and not text.startswith(JOINTS, end)


def _is_plural(text: str, span: Span) -> bool:
    """Whether it seems to mean several: "two officials", "rebels of the north"."""
    words = fold(text[span.start : span.end]).split()
    if not words or words[0] in forms.NUMBERS:
        return True
    head = next((word for word, then in pairwise(words) if then in PREPOSITIONS), words[-1])
    return head.endswith("s") and not head.endswith("ss")


def _core(text: str, span: Span) -> str:
    return forms.form(text[span.start : span.end], person=False).core


def _titled(sheet: Sheet) -> dict[str, Key]:
    """Titles that just one person of the report bears."""
    bearers: defaultdict[str, list[Key]] = defaultdict(list)
    for key, node in sheet.nodes.items():
        for title in node.titles:
            bearers[title].append(key)
    return {title: keys[0] for title, keys in bearers.items() if len(keys) == 1}


def _attach(sheet: Sheet, text: str, told: list[Mention], fixed: dict[str, tuple[Key, str]]) -> None:
    for one in told:
        core = _core(text, one.span)
        if core not in fixed:
            continue
        name, reason = fixed[core]
        written = text[one.span.start : one.span.end]
        key = Key(core, name.person, report=sheet.report)
        if key in sheet.nodes and not sheet.nodes[key].described:
            continue
        if key not in sheet.nodes:
            sheet.nodes[key] = Node(key, described=True)
            sheet.ties.append(Tie(key, name, reason, 1.0))
        sheet.nodes[key].meet(written, one.kind, Where(sheet.report, one.span))
