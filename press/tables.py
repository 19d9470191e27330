"""The page of what the program assumes: weighing in full, then every table with what it says of itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from press.commands import cell, told

PACKAGE = Path(__file__).parent.parent / "src" / "sayso"
WEIGHING = PACKAGE / "weighing" / "assumptions.toml"
HEAD = (
    "What the program takes for granted stands in tables beside the code that reads them. "
    "What was measured or learned says so; all else is a rule of thumb."
)
SECTION = re.compile(r"\[([\w.]+)\]")


def page() -> str:
    """Markdown. The assumptions of weighing are shown whole; of each other table its head and its file."""
    lines = ["# Assumptions and tables", "", HEAD, ""]
    lines += _assumptions(WEIGHING) if WEIGHING.exists() else []
    lines += ["## All tables", "", "Each file says on its first lines what it holds and where that is from.", ""]
    files = sorted(file for ending in ("toml", "csv") for file in PACKAGE.rglob(f"*.{ending}"))
    room = ""
    for file in files:
        place = file.relative_to(PACKAGE)
        if place.parts[0] != room and len(place.parts) > 1:
            room = place.parts[0]
            lines += ["", f"### {room}", ""]
        elif len(place.parts) == 1 and room != ".":
            room = "."
            lines += ["", "### words", ""]
        lines.append(f"- [`{place}`](src/sayso/{place}) {told(_head(file))}")
    return "\n".join(lines) + "\n"


def _assumptions(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    values, notes = tomllib.loads(text), _notes(text)
    yield from ("## Weighing", "", told(notes.get("", "")), "")
    for section, rows in values.items():
        yield from (f"### {section.replace('_', ' ')}", "", told(notes.get(section, "")), "")
        yield from _rows(rows if isinstance(rows, Mapping) else {section: rows})
        yield ""


def _rows(rows: Mapping[str, object]) -> Iterator[str]:
    """One row a key; where the values are tables themselves, a column for each of their keys."""
    columns = list(dict.fromkeys(key for value in rows.values() if isinstance(value, Mapping) for key in value))
    yield f"| | {' | '.join(columns) or 'value'} |"
    yield "|---" * (1 + max(1, len(columns))) + "|"
    for key, value in rows.items():
        cells = [value.get(one, "") for one in columns] if isinstance(value, Mapping) else [value]
        yield f"| {key} | {' | '.join(cell(str(one)) for one in cells)} |"


def _notes(text: str) -> dict[str, str]:
    """What the comments above a section say, by its name; "": those at the head of the file."""
    notes: dict[str, str] = {}
    held: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            held.append(line.lstrip("# "))
            continue
        name = found[1] if (found := SECTION.match(line)) else ""
        if held and (name or not notes):
            notes[name] = " ".join(held)
        held = []
    return notes


def _head(file: Path) -> str:
    """The comment on the first lines; of a CSV without one, its columns."""
    lines = file.read_text("utf-8").splitlines()
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line.lstrip("# "))
    return " ".join(head) or (f"columns: {', '.join(lines[0].split(','))}" if file.suffix == ".csv" else "")
