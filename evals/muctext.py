"""The reports of MUC-3/4 with their answer keys, as evaluation and training read them.

A folder holds, for each part NAME, `doc_NAME.jsonl` (docid, text in capitals) and `grit_NAME.jsonl` (docid, extracts:
role to entities, each a list of [mention, place], as GRIT's authors made them from the keys), and the keys themselves,
as `key-*` files, on their own or in a .tar.gz. All may be gzipped. What the slots mean stands in the task's own
documentation (`TASKDOC`).

The reports are in capitals, in lines of eighty. They are put back into paragraphs and mixed case (`evals.casing`): that
is the text which is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from evals.casing import natural
from evals.files import json_lines, members, stop

ROLES = {
    "PerpInd": "perpetrator",
    "PerpOrg": "perpetrator_group",
    "Target": "target",
    "Victim": "victim",
    "Weapon": "weapon",
}
"""GRIT's name of each role and ours. Victims are people with a name: descriptions of people are no part of its gold."""

CONFIDENCE = {
    "REPORTED AS FACT": "fact",
    "SUSPECTED OR ACCUSED": "accused",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "accused by authorities",
    "CLAIMED OR ADMITTED": "claimed",
    "POSSIBLE": "possible",
    "ACQUITTED": "acquitted",
}
"""The six values of slot 11, PERP: ORGANIZATION CONFIDENCE, and what `reading.fillers` calls them."""

_SLOT = re.compile(r"(\d{1,2})\.\s{1,4}[A-Z][A-Z: ]{1,40}?\s{2,20}(\S.*)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.){1,200})"')


class Accused(NamedTuple):
    """One filler of slot 11."""

    names: tuple[str, ...]
    """The organisation's alternative names, in small letters, in the key's order."""
    allowed: frozenset[str]
    """The values that the key lets pass, as `CONFIDENCE` calls them."""


class Act(NamedTuple):
    """Who did it, by one template of the key."""

    people: tuple[tuple[str, ...], ...]
    """Of slot 9, PERP: INDIVIDUAL ID: each filler's alternative names, in small letters, in the key's order."""
    accused: tuple[Accused, ...]
    """Of slot 11."""


class Document(NamedTuple):
    """One report and its gold."""

    id: str
    text: str
    entities: Mapping[str, tuple[tuple[str, ...], ...]]
    """Role to entities, each its alternative mentions in small letters."""
    acts: tuple[Act, ...] = ()
    """Template by template, so that somebody can stand here more than once."""

    @property
    def accused(self) -> tuple[Accused, ...]:
        """All fillers of slot 11."""
        return tuple(one for act in self.acts for one in act.accused)


def documents(folder: Path, part: str) -> list[Document]:
    """The reports of one part, in the file's order."""
    texts = {one["docid"]: unwrapped(one["text"]) for one in json_lines(_file(folder, f"doc_{part}.jsonl"))}
    keys = acts(folder)
    return [
        Document(one["docid"], natural(texts[one["docid"]]), _entities(one["extracts"]), tuple(keys[one["docid"]]))
        for one in json_lines(_file(folder, f"grit_{part}.jsonl"))
    ]


def parts(folder: Path) -> list[str]:
    """The parts a folder holds, by name. Ends the program if there are none."""
    names = {path.name.partition(".")[0].removeprefix("grit_") for path in folder.glob("grit_*.jsonl*")}
    return sorted(names) or stop(f"{folder}: no grit_NAME.jsonl or grit_NAME.jsonl.gz in it")


def _file(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.gz"
    return packed if packed.exists() else folder / name


def unwrapped(text: str) -> str:
    """Lines joined to paragraphs, an empty line between two."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t]{0,80}\n", text))
    return "\n\n".join(part for part in paragraphs if part)


def places(low: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand in a text in small letters, as whole words, whatever the white space between them."""
    pattern = r"\s{1,4}".join(re.escape(word) for word in words.split())
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", low)]


def _entities(extracts: Mapping[str, list[list[tuple[str, int]]]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        ours: tuple(tuple(mention for mention, _ in entity) for entity in extracts[theirs] if entity)
        for theirs, ours in ROLES.items()
    }


def acts(folder: Path) -> dict[str, list[Act]]:
    """Who did it, in every template of every key in the folder, by docid, in the keys' order."""
    found: dict[str, list[Act]] = defaultdict(list)
    for key in _keys(folder):
        docid = ""
        for number, entry in _entries(key):
            if number == 0:
                docid = entry.split()[0]
                found[docid].append(Act((), ()))
            elif docid:
                found[docid][-1] = _with(found[docid][-1], number, entry)
    return found


def _with(act: Act, number: int, entry: str) -> Act:
    if number == 9 and '"' in entry:
        return act._replace(people=(*act.people, _names(entry)))
    if number == 11 and ":" in entry:
        return act._replace(accused=(*act.accused, _accused(entry)))
    return act


def _keys(folder: Path) -> Iterator[str]:
    yield from (path.read_text(encoding="latin-1") for path in sorted(folder.glob("key-*")))
    for archive in sorted(folder.glob("*.tar.gz")):
        inside = ((name, text) for name, text in members(archive, *_KEY_ENDINGS) if "/key-" in f"/{name}")
        yield from (text for _, text in sorted(inside))


_KEY_ENDINGS = (".muc4", *(f".v{number}" for number in range(10)))
"""Of the names of key files in the archive of the conferences."""


def _entries(key: str) -> Iterator[tuple[int, str]]:
    """Slot number and one filler, for every line of a key that has one. A slot's further fillers follow, indented."""
    slot = -1
    for line in key.splitlines():
        if line.startswith(";") or not line.strip():
            continue
        begun = _SLOT.match(line)
        slot = int(begun[1]) if begun else slot
        yield slot, (begun[2] if begun else line).strip()


def _accused(entry: str) -> Accused:
    """Of an entry such as: POSSIBLE / REPORTED AS FACT: "ARMED WING" / "WING".

    >>> sorted(_accused('POSSIBLE / REPORTED AS FACT: "ARMED WING" / "WING"').allowed)
    ['fact', 'possible']
    """
    values, _, names = entry.partition(":")
    allowed = (CONFIDENCE.get(value.strip(" ?()")) for value in values.split("/"))
    return Accused(_names(names), frozenset(value for value in allowed if value))


def _names(entry: str) -> tuple[str, ...]:
    return tuple(name.replace("\\", "").lower() for name in _QUOTED.findall(entry))
