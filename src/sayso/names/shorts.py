"""Short forms in one report, and the fuller names that they can be short for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sayso.names import forms
from sayso.names.records import Key, Sheet, Short, Tie

LETTERS = "the letters are the first letters of a name in the same report"
SHORT_FORM = "a short form of a full name in the same report"
WITHOUT_MIDDLE = "a report has the name with and without a middle name"
HEAD = "the first words of a fuller name in the same report"
TAIL = "the last words of a fuller name in the same report"


def shorten(sheet: Sheet) -> None:
    """Find out which names are short forms, tie them to this report, and note what they can be short for."""
    people = [key for key in sheet.nodes if key.person]
    groups = [key for key in sheet.nodes if not key.person]
    found = {short.key: short for short in _given(sheet)}
    for key in people:
        short = _of_person(sheet, key, people) if forms.is_bare(key.core) else _compound(key, people)
        if short and key not in found:
            found[key] = short
        sheet.ties += _without_middle(key, people)
    for key in groups:
        if key not in found and (short := _of_group(sheet, key, groups)):
            found[key] = short
    sheet.shorts = [_tied(sheet, short) for short in found.values()]
    _rename(sheet)


def _given(sheet: Sheet) -> Iterator[Short]:
    """What the report itself gives as short, once for each short form."""
    full: defaultdict[Key, set[Key]] = defaultdict(set)
    for short in sheet.shorts:
        full[short.key].update(short.candidates)
    yield from (replace(short, candidates=tuple(sorted(full[short.key]))) for short in sheet.shorts)


def _of_person(sheet: Sheet, key: Key, people: list[Key]) -> Short:
    full = [one for one in people if forms.is_full(one.core) and _genders_agree(key, one)]
    fitting = [one for one in full if forms.ends_with(one.core, key.core)]
    fitting = fitting or [one for one in full if one.core.startswith(f"{key.core} ")]
    titled = [one for one in fitting if sheet.nodes[key].titles & sheet.nodes[one].titles]
    return Short(key, tuple(sorted(titled if len(titled) == 1 else fitting)), SHORT_FORM)


def _genders_agree(one: Key, other: Key) -> bool:
    return not one.gender or not other.gender or one.gender == other.gender


def _compound(key: Key, people: list[Key]) -> Short | None:
    """A family name of several words ("Garcia Marquez") that one full name of the report ends in."""
    if forms.is_bare(key.core):
        return None
    fitting = [one for one in people if forms.ends_with(one.core, key.core) and _genders_agree(key, one)]
    return Short(key, tuple(fitting), SHORT_FORM) if len(fitting) == 1 else None


def _without_middle(key: Key, people: list[Key]) -> Iterator[Tie]:
    words = key.core.split()
    if len(words) != 2 or forms.is_bare(key.core):
        return
    first, last = words
    for one in people:
        if one.core.startswith(f"{first} ") and one.core.endswith(f" {last}") and len(one.core) > len(key.core):
            yield Tie(key, one, WITHOUT_MIDDLE, 0.95)


def _of_group(sheet: Sheet, key: Key, groups: list[Key]) -> Short | None:
    """An acronym without its words in brackets, or the first or last words of a fuller name."""
    node = sheet.nodes[key]
    same_kind = [one for one in groups if one != key and sheet.nodes[one].kind == node.kind]
    if forms.is_acronym(node.spelling):
        meant = [one for one in same_kind if " " in one.core and forms.stands_for(node.spelling, one.core)]
        return Short(key, tuple(meant), LETTERS, 0.8, disputed=True) if len(meant) == 1 and len(key.core) > 2 else None
    if node.kind != "organisation":
        return None
    fuller = [one for one in same_kind if one.core.startswith((f"{key.core} of ", f"{key.core} for "))]
    if len(fuller) == 1:
        return Short(key, tuple(fuller), HEAD, 0.8, disputed=True)
    fuller = [one for one in same_kind if forms.ends_with(one.core, key.core)]
    for one in fuller:
        sheet.ties.append(Tie(key, one, TAIL, 0.5, only_shown=True))
    return None


def _tied(sheet: Sheet, short: Short) -> Short:
    """The short form as a name of this report alone."""
    node = sheet.nodes.pop(short.key)
    node.key = short.key._replace(report=sheet.report)
    sheet.nodes[node.key] = node
    return replace(short, key=node.key)


def _rename(sheet: Sheet) -> None:
    """Let ties, candidates and voices speak of the keys as they are now."""
    now = {key._replace(report=""): key for key in sheet.nodes}
    sheet.ties = [replace(tie, one=now[tie.one], other=now[tie.other]) for tie in sheet.ties]
    sheet.shorts = [replace(one, candidates=tuple(now[key] for key in one.candidates)) for one in sheet.shorts]
    sheet.voices = {name: now[key] for name, key in sheet.voices.items()}
