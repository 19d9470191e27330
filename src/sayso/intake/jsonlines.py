"""Articles from JSON Lines, from one JSON array, and from one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sayso.intake import fields
from sayso.intake.encoding import MARKS, decode
from sayso.intake.records import Article, Lost, Notes, NotRead, Settings


def articles(data: bytes, settings: Settings) -> Iterator[Article | Lost]:
    """The articles in the bytes, in order; for each line or item that gives none, why.

    Each line is decoded by itself, so that one in another encoding costs nothing but itself.
    """
    if any(data.startswith(mark) for mark, _ in MARKS) or b"\0" in data[:4]:
        data = decode(data).text.encode("utf-8", "surrogatepass")
    whole = _whole(data)
    rows = _lines(data) if whole is None else _items(whole)
    chosen = False
    for place, row, notes in rows:
        if isinstance(row, Lost):
            yield row
            continue
        if not chosen and (said := fields.choice(row, settings)):
            chosen = True
            yield Lost("field-chosen", "", said)
        yield _article(row, place, notes, settings)


Row = tuple[str, dict[str, Any] | Lost, Notes]
"""Place, the object (or why there is none), and notes on its encoding."""


def _whole(data: bytes) -> list[Any] | dict[str, Any] | None:
    """The value, if all of the bytes are one JSON array, or one object over several lines; None for lines."""
    start = data[:1000].lstrip()
    first_line = data[: data.find(b"\n") + 1] or data
    if not start.startswith((b"[", b"{")) or (start.startswith(b"{") and _parses(first_line)):
        return None
    try:
        value = json.loads(decode(data).text, strict=False)
    except (ValueError, RecursionError, NotRead):
        return None
    return value if isinstance(value, list | dict) else None


def _parses(line: bytes) -> bool:
    try:
        json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _items(whole: list[Any] | dict[str, Any]) -> Iterator[Row]:
    """Each item of an array; an object is one article, or holds one array of them, as news services answer."""
    if isinstance(whole, dict):
        arrays = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        if fields.keys("text", whole, Settings()) or len(arrays) != 1:
            yield "", whole, ()
            return
        whole = arrays[0]
    for number, item in enumerate(whole, 1):
        place = f"item {number}"
        yield place, item if isinstance(item, dict) else _no_object(place, item), ()


def _lines(data: bytes) -> Iterator[Row]:
    start = 0
    number = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        line = data[start:end]
        start = end + 1
        if line.strip():
            yield _line(line, f"line {number}")


def _line(line: bytes, place: str) -> Row:
    try:
        decoded = decode(line)
        value = json.loads(decoded.text, strict=False)
    except NotRead as problem:
        return place, Lost(problem.kind, place, problem.reason), ()
    except RecursionError:
        return place, Lost("broken-json", place, "is JSON nested too deeply to be an article."), ()
    except ValueError as problem:
        return place, Lost("broken-json", place, f"is no whole JSON object ({_short(problem)}). Mend the line."), ()
    return place, value if isinstance(value, dict) else _no_object(place, value), decoded.notes


def _short(problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg}, character {problem.pos + 1}"
    return str(problem)[:100]


def _no_object(place: str, value: object) -> Lost:
    return Lost("no-article", place, f"is a JSON {type(value).__name__}, not an object with a text.")


def _article(row: dict[str, Any], place: str, notes: Notes, settings: Settings) -> Article | Lost:
    article = fields.article(row, place, settings)
    if article is None:
        asked = ", ".join(key for field, key in settings.fields if field == "text")
        wanted = f"no text under {asked!r}" if asked else "no text under a name that is known"
        seen = ", ".join(map(repr, list(row)[:12])) or "nothing"
        return Lost("no-text", place, f"has {wanted}; it has {seen}. Name the right one: --field text=KEY.")
    return replace(article, notes=notes + article.notes)


def looks_like(data: bytes) -> bool:
    """Whether bytes without a telling name are JSON: all of them, or the first line."""
    first = data[: data.find(b"\n") + 1] or data
    return data[:1000].lstrip().startswith((b"{", b"[")) and (_parses(first) or _whole(data) is not None)
