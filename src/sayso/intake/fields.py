"""Fields of an article under the many names that files give them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from sayso.intake.records import Article, Settings
from sayso.kit import WrongUse

FIELDS = ("text", "publisher", "published", "title", "url", "authors")
"""What `--field FIELD=KEY` can name."""
LONGEST = 500
"""Characters of a publisher, title, author, date or address. What is longer is cut: it is shown in tables."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Control and direction characters: no part of a name, and a way to make one look like another."""
_HALVES = re.compile(r"[\ud800-\udfff]")
# Between names of a byline, which is tidy: never two spaces in a row.
_SEMICOLON = re.compile(r" ?; ?")
_JOINT = re.compile(r" ?, ?(?:and )?| and | ?& ?", re.IGNORECASE)
_SITE = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#\s:]+)", re.IGNORECASE)


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """For each field the keys that are understood, the best first, from `fields.toml`."""
    table = tomllib.loads(resources.files("sayso.intake").joinpath("fields.toml").read_text(encoding="utf-8"))
    return {field: tuple(keys) for field, keys in table.items()}


def check(settings: Settings) -> None:
    """Raise WrongUse if a field is named that does not exist."""
    for field, key in settings.fields:
        if field not in FIELDS or not key:
            raise WrongUse(
                f"There is no field {field!r} to fill from {key!r}. Write FIELD=KEY; fields: {', '.join(FIELDS)}."
            )


def plain(key: str) -> str:
    """A key for comparing: "Publish-Date " and "publish_date" are one.

    >>> plain(" Publish-Date")
    'publish_date'
    """
    return re.sub(r"[\s.\-]+", "_", key.strip().lstrip("\ufeff").lower())


def keys(field: str, row: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """The row's own keys that may hold the field, the best first."""
    asked = tuple(key for name, key in settings.fields if name == field)
    if asked:
        return asked
    by_name = {plain(key): key for key in reversed(list(row))}
    return tuple(by_name[name] for name in names()[field] if name in by_name)


def tidy(value: object) -> str:
    """A value as one line: no control characters, single spaces, cut to `LONGEST`, half pairs shown as \ufffd.

    A value that is an object is its name; for lists see `people`.
    """
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "title", "id") if value.get(key)), "")
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    line = " ".join(_UNSEEN.sub(" ", str(value)[: 4 * LONGEST]).split())
    return _HALVES.sub("\ufffd", line)[:LONGEST]


def people(value: object) -> tuple[str, ...]:
    """The authors that a byline or a list names.

    A comma parts two names only if each has two words, so that "Mirel, Ada" stays one person.

    >>> people("By Ada Mirel, Tom Oru and Lea Sund")
    ('Ada Mirel', 'Tom Oru', 'Lea Sund')
    >>> people("Mirel, Ada; Oru, Tom")
    ('Mirel, Ada', 'Oru, Tom')
    """
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for one in value[:100] for name in people(one)))
    line = re.sub(r"^(?:written\s+)?by[\s:]+", "", tidy(value), flags=re.IGNORECASE)
    parts = [part for part in _SEMICOLON.split(line) if part]
    if len(parts) < 2:
        split = [part for part in _JOINT.split(line) if part]
        parts = split if all(" " in name for name in split) else [line]
    return tuple(dict.fromkeys(name for name in parts if name))


def pick(field: str, row: Mapping[str, Any], settings: Settings) -> object:
    """The first value of the field that is not empty; None if there is none. KEY may be a path: `article.body`."""
    for key in keys(field, row, settings):
        value = row[key] if key in row else _within(row, key)
        if value not in (None, "", [], {}):
            return value
    return None


def _within(row: Mapping[str, Any], path: str) -> object:
    value: Any = row
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def article(row: Mapping[str, Any], place: str, settings: Settings) -> Article | None:
    """The article that a row holds, its text untouched; None if the row has no text."""
    text = pick("text", row, settings)
    if not isinstance(text, str) or not text or text.isspace():
        return None
    return Article(
        text,
        place,
        title=tidy(pick("title", row, settings)),
        publisher=site(tidy(pick("publisher", row, settings))),
        published=tidy(pick("published", row, settings)),
        address=tidy(pick("url", row, settings)),
        authors=people(pick("authors", row, settings)),
        notes=tuple(_oddities(text)),
    )


def _oddities(text: str) -> Iterator[tuple[str, str]]:
    if halves := len(_HALVES.findall(text)):
        yield "half-characters", f"The text holds halves of characters (lone surrogates: {halves}), kept as they are."
    if zeros := text.count("\0"):
        yield "zero-characters", f"The text holds zero characters ({zeros}), kept as they are."


def site(value: str) -> str:
    """The host's name if the value is an address, else the value.

    >>> site("https://www.gazette.example/a"), site("North Gazette")
    ('gazette.example', 'North Gazette')
    """
    match = _SITE.match(value)
    return match[1].lower() if match else value


def choice(row: Iterable[str], settings: Settings) -> str:
    """What to say about a file in which several keys could be the text; "" if only one could."""
    found = keys("text", list(row), settings)
    if len(found) < 2 or any(field == "text" for field, _ in settings.fields):
        return ""
    others = ", ".join(found[1:])
    return (
        f"gives its texts under {found[0]!r}, which were taken, and under {others}. To choose: --field text={found[1]}."
    )
