"""Short forms in one report, and the fuller names that they can be short for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.names import forms
from sayso.names.records import Key, Sheet, Short, Tie

LETTERS = "the letters are the first letters of a name in the same report"
SHORT_FORM = "a short form of a full name in the same report"
WITHOUT_MIDDLE = "a report has the name with and without a middle name"
HEAD = "the first words of a fuller name in the same report"
TAIL = "the last words of a fuller name in the same report"

LETTERS_OF_AN_ACRONYM = 3
"""An acronym of fewer letters fits too many names by chance."""


Index = Mapping[str, Sequence[Key]]


def shorten(sheet: Sheet) -> None:
    """Find out which names are short forms, tie them to this report, and note what they can be short for."""
    found = {short.key: short for short in _given(sheet)}
    by_first, by_last = _indexed(sheet.nodes)
    acronyms = []
    for key in sheet.nodes:
        if key in found:
            continue
        if key.person:
            alone = forms.is_bare(key.core)
            short = _of_person(sheet, key, by_first, by_last) if alone else _compound(key, by_last)
            sheet.ties += () if alone else _without_middle(key, by_first)
        elif forms.is_acronym(sheet.nodes[key].spelling):
            acronyms.append(key)
            continue
        else:
            short = _head(sheet, key, by_first)
            sheet.ties += () if short else _tails(sheet, key, by_last)
        if short:
            found[key] = short
    found |= {short.key: short for key in acronyms if (short := _acronym(sheet, key))}
    sheet.shorts = [_tied(sheet, short) for short in found.values()]
    _rename(sheet)


def _indexed(keys: Iterable[Key]) -> tuple[Index, Index]:
    """Names of several words by their first word, and by their last that is no "jr"."""
    by_first: defaultdict[str, list[Key]] = defaultdict(list)
    by_last: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys:
        if " " in key.core:
            by_first[key.core[: key.core.index(" ")]].append(key)
            by_last[forms.without_generation(key.core).rsplit(" ", 1)[-1]].append(key)
    return by_first, by_last


def _given(sheet: Sheet) -> Iterator[Short]:
    """What the report itself gives as short, once for each short form."""
    full: defaultdict[Key, set[Key]] = defaultdict(set)
    for short in sheet.shorts:
        full[short.key].update(short.candidates)
    yield from (replace(short, candidates=tuple(sorted(full[short.key]))) for short in sheet.shorts)


def _of_person(sheet: Sheet, key: Key, by_first: Index, by_last: Index) -> Short:
    """A family name alone or, where none is meant, a given name alone."""
    last = forms.without_generation(key.core).rsplit(" ", 1)[-1]
    fitting = [one for one in by_last.get(last, ()) if _can_be(key, one) and forms.ends_with(one.core, key.core)]
    fitting = [one for one in fitting if not forms.is_fathers(one.core, key.core)]
    fitting = fitting or [one for one in by_first.get(key.core, ()) if _can_be(key, one)]
    titled = [one for one in fitting if sheet.nodes[key].titles & sheet.nodes[one].titles]
    return Short(key, tuple(sorted(titled if len(titled) == 1 else fitting)), SHORT_FORM)


def _can_be(key: Key, full: Key) -> bool:
    """Whether a full name of a person does not contradict a short form."""
    return full.person and forms.is_full(full.core) and (not key.gender or not full.gender or key.gender == full.gender)


def _compound(key: Key, by_last: Index) -> Short | None:
    """A family name of several words ("Garcia Marquez") that one full name of the report ends in."""
    last = key.core.rsplit(" ", 1)[-1]
    fitting = [one for one in by_last.get(last, ()) if _can_be(key, one) and one.core.endswith(f" {key.core}")]
    return Short(key, tuple(fitting), SHORT_FORM) if len(fitting) == 1 else None


def _without_middle(key: Key, by_first: Index) -> Iterator[Tie]:
    first, *middle, last = key.core.split()
    for one in () if middle else by_first.get(first, ()):
        if one.person and one.core.endswith(f" {last}") and len(one.core) > len(key.core):
            yield Tie(key, one, WITHOUT_MIDDLE, 0.95)


def _acronym(sheet: Sheet, key: Key) -> Short | None:
    """An acronym that the report nowhere has beside its words."""
    node = sheet.nodes[key]
    meant = [
        one
        for one in sheet.nodes
        if " " in one.core and not one.person and one.core[0] == key.core[0]
        if sheet.nodes[one].kind == node.kind and forms.stands_for(node.spelling, one.core)
    ]
    is_long_enough = len(key.core) >= LETTERS_OF_AN_ACRONYM
    return Short(key, tuple(meant), LETTERS, 0.8, disputed=True) if len(meant) == 1 and is_long_enough else None


def _head(sheet: Sheet, key: Key, by_first: Index) -> Short | None:
    """The first words of an organisation's name: "the Ministry" for "the Ministry of Harbours"."""
    if sheet.nodes[key].kind != "organisation":
        return None
    starts = (f"{key.core} of ", f"{key.core} for ")
    first = key.core.split(" ", 1)[0]
    fuller = [one for one in by_first.get(first, ()) if not one.person and one.core.startswith(starts)]
    fuller = [one for one in fuller if sheet.nodes[one].kind == "organisation"]
    return Short(key, tuple(fuller), HEAD, 0.8, disputed=True) if len(fuller) == 1 else None


def _tails(sheet: Sheet, key: Key, by_last: Index) -> Iterator[Tie]:
    """The last words of an organisation's name: the words before them often make another of it ("the Free … Army")."""
    if sheet.nodes[key].kind == "organisation":
        for one in by_last.get(key.core.rsplit(" ", 1)[-1], ()):
            is_longer = not one.person and one.core.endswith(f" {key.core}")
            if is_longer and sheet.nodes[one].kind == "organisation" and _may_be_left_out(one.core, key.core):
                yield Tie(key, one, TAIL, 0.5, only_shown=True)


def _may_be_left_out(full: str, short: str) -> bool:
    """Whether the words before a short form can be the rest of a name: no count, no second name."""
    words = full.removesuffix(short).split()
    return forms.LINKING.isdisjoint(words) and not any(word == "or" or word[0].isdigit() for word in words)


def _tied(sheet: Sheet, short: Short) -> Short:
    """The short form as a name of this report alone."""
    node = sheet.nodes.pop(short.key)
    node.key = Key(node.key.core, node.key.person, node.key.gender, sheet.report)
    sheet.nodes[node.key] = node
    return replace(short, key=node.key)


def _rename(sheet: Sheet) -> None:
    """Let ties, candidates and voices speak of the keys as they are now."""
    now = {Key(key.core, key.person, key.gender): key for key in sheet.nodes if key.report}
    sheet.ties = [
        replace(tie, one=now.get(tie.one, tie.one), other=now.get(tie.other, tie.other)) for tie in sheet.ties
    ]
    sheet.shorts = [
        replace(short, candidates=tuple(now.get(key, key) for key in short.candidates)) if short.candidates else short
        for short in sheet.shorts
    ]
    sheet.voices = {name: now.get(key, key) for name, key in sheet.voices.items()}
