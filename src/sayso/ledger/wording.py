"""Which row of a case a message is about, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sayso.ledger import codec, log

SHOWN = 60
"""Characters of what a row says that a message shows."""

NAME = codec.REPORT_FIELDS.index("name")


def describe(line: str) -> str:
    """Which row this line of `log.recorded` is, and the beginning of what it says, without hashes and numbers.

    Never raises for what a changed row holds.
    """
    table, _, *values = json.loads(line)
    row = dict(zip(log.TABLES[table], values, strict=True))
    said = ", ".join(_words([_parsed(value) for value in values])).replace("\n", " ")
    return _which(table, row) + (f" ({said[:SHOWN]}{'…' if said[SHOWN:] else ''})" if said else "")


def _which(table: str, row: dict[str, object]) -> str:
    record = _parsed(row.get("record"))
    if table == "reports":
        name = record[NAME] if isinstance(record, list) and len(record) > NAME else ""
        return f"report {row['id']}" + (f" in {name}" if name else "")
    if table == "derived":
        about = record[0] if isinstance(record, list) and record else ""
        return f"what was found in report {about}" if isinstance(about, str) and about else "the list of copies"
    return {
        "files": f"file {row.get('name')}",
        "takings": f"the reading of file {row.get('name')}",
        "judgements": f"judgement {row.get('id')}",
        "readers": f"reader {row.get('version')}",
    }[table]


def _parsed(value: object) -> object:
    """What JSON in a column says; anything else as it is."""
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in {"[", "{"} else value
    except (ValueError, RecursionError):
        return value


def _words(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, str) and value and not re.fullmatch(r"[0-9a-f]{16,}", value):
        yield value
