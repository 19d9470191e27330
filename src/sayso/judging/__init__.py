"""What people decided, and what follows from it for the findings of single reports.

    judgements ── standing ──▶ the one that stands on each thing
    findings, judgements ── apply ──▶ findings as corrected ── counted ──▶ findings that count

The program's own findings are never lost: whoever calls `apply` still has them.
"""

from sayso.judging.applying import Settle, State, apply
from sayso.judging.counting import counted, retracted_voices, without_voices
from sayso.judging.standing import CHECKED, RETRACTED, UNDONE, altering, standing
from sayso.judging.telling import Step, steps

__all__ = [
    "CHECKED",
    "RETRACTED",
    "UNDONE",
    "Settle",
    "State",
    "Step",
    "altering",
    "apply",
    "counted",
    "retracted_voices",
    "standing",
    "steps",
    "without_voices",
]
