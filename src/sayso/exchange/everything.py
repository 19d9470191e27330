"""The whole case as one JSON object, named field by field as in `model.py`; nothing that differs from run to run.

When a file was collected is left out, for it is a time of this machine; it stands in the dossier. Judgements keep
theirs: when somebody judged is part of what they said.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sayso.model import Case, File

FORM = "sayso case 1"
"""Names this form, first in the object."""


def to_json(case: Case) -> str:
    """Reports with their texts, findings, voices, echoes, judgements, caveats, files. Spans are [start, end]."""
    everything = {"form": FORM, **asdict(case), "files": [_file(file) for file in case.files]}
    for found, findings in zip(everything["findings"], case.findings, strict=True):
        for made, one in zip(found["attributions"], findings.attributions, strict=True):
            made["unsure"] = one.unsure
    return json.dumps(everything, separators=(",", ":")) + "\n"  # ASCII: a lone surrogate of a text comes through


def _file(file: File) -> dict[str, Any]:
    return {name: value for name, value in asdict(file).items() if name != "collected"}
