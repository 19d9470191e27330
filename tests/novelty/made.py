"""Small cases of several questions about one incident: each answer is written "question/answer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso import lineage
from sayso.model import Asked, Case, Difference, Question
from tests.lineage.cases import Says, Told, case, copied

COURIER = Told("1", "The Courier", "2031-05-03")
GAZETTE = Told("2", "The Gazette", "2031-05-04")
WIRE = Told("3", "Quay Wire", "2031-05-05")

SLOTS: dict[str, Asked] = {"order": "ordered_by", "dead": "killed"}
"""Slots of some questions; all others are free."""


def built(
    told: Sequence[Told],
    says: Sequence[Says],
    *,
    echoes: Sequence[tuple[str, str]] = (),
    conflicts: Sequence[tuple[str, str]] = (),
    entities: dict[str, str] | None = None,
) -> Case:
    """A case with its lineages. `echoes`: copy and original; `entities`: of an answer the voice that it names."""
    made = case(told, says)
    (whole,) = made.questions
    by_name: dict[str, list] = {}
    of_voice = {spelling: voice.entity for voice in made.voices for spelling in voice.spellings}
    for answer in whole.answers:
        entity = of_voice.get((entities or {}).get(answer.words, ""))
        by_name.setdefault(answer.words.split("/")[0], []).append(replace(answer, entity=entity))
    differ = tuple(Difference(f"a-{one}", f"a-{other}", "conflict", "") for one, other in conflicts)
    questions = tuple(
        Question(
            name,
            SLOTS.get(name, "free"),
            "i",
            f"{name}? (fire, Ostra)",
            tuple(answers),
            tuple(each for each in differ if each.one.startswith(f"a-{name}/")),
        )
        for name, answers in by_name.items()
    )
    made = replace(made, questions=questions, echoes=tuple(copied(made, *pair) for pair in echoes))
    return replace(made, lineages=lineage.root(made))
