"""The whole case as one JSON object, named field by field as in `model.py`; nothing that differs from run to run.

When a file was collected, by whom and with what is left out, for it is of this machine; it stands in the case's log.
Judgements keep theirs: when somebody judged is part of what they said.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sayso.model import Attribution, Case, File

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OF_THIS_MACHINE = frozenset({"collected", "collector", "tool"})
FORM = "sayso case 1"
"""Names this form, first in the object."""


def to_json(case: Case) -> str:
    """Reports with their texts, findings, voices, echoes, judgements, caveats, files. Spans are [start, end]."""
    everything = {"form": FORM, **_named(case), "files": [_file(file) for file in case.files]}
    # ASCII: a lone surrogate of a text comes through
    return json.dumps(everything, separators=(",", ":"), default=_named) + "\n"


def _file(file: File) -> dict[str, Any]:
    return {name: value for name, value in _named(file).items() if name not in OF_THIS_MACHINE}


def _named(record: DataclassInstance) -> dict[str, Any]:
    """The fields of a record under their names. `dataclasses.asdict` copies all values: four times as slow."""
    named = {field.name: getattr(record, field.name) for field in fields(record)}
    return named | {"unsure": record.unsure} if isinstance(record, Attribution) else named
