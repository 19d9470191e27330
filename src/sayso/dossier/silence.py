"""The map of silence: those with a part in an incident, and the questions about it to which they did and did not speak.

Silence proves nothing: most were never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sayso.dossier.index import Place
from sayso.dossier.sayings import Known
from sayso.model import Case, Question, Where
from sayso.model.novelty import Silence

MOST_MAPS: Final = 3
"""Incidents whose map the dossier shows."""
MOST_QUESTIONS: Final = 8
MOST_VOICES: Final = 10

PARTS: Final = {
    "accused": "held responsible by others", "party": "a side in the matter", "official": "official", "court": "court",
    "victim": "victim", "witness": "witness", "expert": "expert", "body": "institution",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One voice and one question."""

    state: str
    """"spoke", "declined" or "silent"."""
    place: Place | None
    """Where it speaks or declines; None where it is silent, or its words cannot be told."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """One voice."""

    name: str
    part: str
    reports: tuple[int, ...]
    """Numbers of the reports in which it speaks, or declines."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a map."""

    code: str
    text: str
    number: int
    """Under which the page shows it, 0 where it does not."""
    answers: int
    """How many answers others give."""


@dataclass(frozen=True, slots=True)
class Map:
    """The questions about one incident, and those with a part in it."""

    incident: int
    about: str
    questions: tuple[Asked, ...]
    more_questions: int
    voices: tuple[Quiet, ...]
    more_voices: int


def maps(
    case: Case,
    found: Iterable[Silence],
    known: Known,
    asked: Mapping[str, int],
    *,
    questions: int = MOST_QUESTIONS,
    voices: int = MOST_VOICES,
) -> Iterator[Map]:
    """A map for each incident on which somebody is silent, in the order of the case.

    `asked`: by id of a question the number under which the page shows it. Questions in dispute come first.
    """
    by_id = {one.id: one for one in case.questions}
    for incident, several in groupby(found, key=lambda one: by_id[one.question].incident):
        yield _map(incident, list(several), by_id, (known, asked), (questions, voices))


def _cell(question: str, one: Silence, silent: Silence | None, known: Known) -> Cell:
    """What a voice did on a question. `one`: any of its silences; `silent`: the one on this question."""
    if silent is None:
        spoken = dict(zip(one.spoke_on, one.spoken, strict=True)).get(question)
        return Cell("spoke", _place(spoken[1], known)) if spoken else Cell("", None)
    if silent.kind == "declined":
        return Cell("declined", _place(silent.declined[0][1], known))
    return Cell("silent", None)


def _place(name: str, known: Known) -> Place | None:
    claim = known.claims.get(name)
    return known.index.place(Where(claim.report, claim.content[0])) if claim else None


def _map(
    incident: str,
    several: list[Silence],
    by_id: Mapping[str, Question],
    looked_up: tuple[Known, Mapping[str, int]],
    most: tuple[int, int],
) -> Map:
    known, asked = looked_up
    names = dict.fromkeys([*(one.question for one in several), *(name for one in several for name in one.spoke_on)])
    wanted = sorted((by_id[name] for name in names), key=lambda one: not one.disputed)
    voices: dict[str, dict[str, Silence]] = {}
    for one in several:
        voices.setdefault(one.voice, {})[one.question] = one
    shown = wanted[: most[0]]
    rows: list[tuple[str, Quiet]] = []
    for silent in list(voices.values()):
        first = next(iter(silent.values()))
        cells = tuple(_cell(one.id, first, silent.get(one.id), known) for one in shown)
        if any(cell.state in {"silent", "declined"} for cell in cells):
            reports = tuple(known.index.reports[name] for name in first.reports)
            rows.append((first.part, Quiet(first.name, PARTS[first.part], reports, cells)))
    rows.sort(key=lambda row: list(PARTS).index(row[0]))
    number, about = known.incidents.get(incident, (0, ""))
    return Map(
        incident=number,
        about=about,
        questions=tuple(
            Asked(f"Q{n}", one.text.partition(" (")[0], asked.get(one.id, 0), len(one.answers))
            for n, one in enumerate(shown, 1)
        ),
        more_questions=len(wanted) - len(shown),
        voices=tuple(row for _, row in rows[: most[1]]),
        more_voices=len(rows) - len(rows[: most[1]]),
    )


def places(found: Iterable[Map]) -> Iterator[Place]:
    """All sentences that the maps lead to."""
    for one in found:
        for voice in one.voices:
            yield from (cell.place for cell in voice.cells if cell.place)
