"""The reader that ships with sayso: its version, and how a process starts it."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib import resources
from importlib.abc import Traversable

from sayso.spine import DEFAULT_LIMIT
from sayso.workspace.crew import Read, Reader

ROOMS = (
    "reading",
    "attribution",
    "claims",
    "words.py",
    "kinds.csv",
    "lemmas.csv",
    "spine.py",
    "kit.py",
    "model/report.py",
    "model/terms.py",
    "encoder.py",
)
"""What the findings in a report depend on, beside the model."""

JOINING_ROOMS = (
    "judging",
    "names",
    "incidents",
    "questions",
    "timeline",
    "words.py",
    "kinds.csv",
    "lemmas.csv",
    "spine.py",
    "kit.py",
    "model",
)
"""What it depends on how names and incidents come out of the findings."""


def default_reader(limit: int = DEFAULT_LIMIT) -> Reader:
    """The shipped reader. Its version names the model, the rules (a hash of their source) and the limit."""
    from sayso import encoder

    unusual = "" if limit == DEFAULT_LIMIT else f", first {limit} characters"
    return Reader(f"{encoder.version()}, rules {sources(*ROOMS)}{unusual}", partial(_start, limit))


def joining_version() -> str:
    """Changes when the same findings could give other names or incidents."""
    return f"joined by rules {sources(*JOINING_ROOMS)}"


def _start(limit: int) -> Read:
    from sayso import encoder, spine

    return partial(spine.read_report, encoder=encoder.load(), limit=limit)


@cache
def sources(*rooms: str) -> str:
    """Eight hex digits over the source of some rooms, so that what other rules made is not taken for theirs."""
    package = resources.files("sayso")
    found = hashlib.sha256()
    for room in rooms:
        for name, data in sorted(_sources(package / room, room)):
            found.update(name.encode() + b"\0" + data + b"\0")
    return found.hexdigest()[:8]


def _sources(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    if place.is_file():
        is_source = name.endswith((".py", ".toml", ".csv", ".json", ".npz", ".j2", ".css", ".js"))
        return [(name, place.read_bytes())] if is_source else []
    if not place.is_dir():
        return []
    return [one for child in place.iterdir() for one in _sources(child, f"{name}/{child.name}")]
