"""What the mark "unsure" is worth: how often the program was right with it and without it, as measured.

`measured.json` is written by `python -m evals.calibration --gold … --record`, on reports that taught it nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

from sayso.dossier.words import count


def method() -> str:
    """What the mark means and how often the program is right with it and without it, in words."""
    measured = json.loads(Path(__file__).with_name("measured.json").read_text(encoding="utf-8"))
    sure, unsure = measured["sure"], measured["unsure"]
    return (
        "The program also says how likely it is that it read a passage right, with every voice of its chain. Where "
        "that is too little, “unsure: read the sentence” stands at the claim and “[unsure]” in the report; nothing of "
        f"it stands at the head of this page. On {count(measured['reports'], 'report')} kept for measuring, "
        f"{tenths(sure['coverage'])} passages went without the mark, and {tenths(sure['precision'])} of these were "
        f"right with their whole chain; of those with the mark, {tenths(unsure['precision'])}. Without the mark a "
        "chain can be wrong too."
    )


def tenths(share: float) -> str:
    """A share in tenths, in words that need no per cent.

    >>> tenths(0.62), tenths(0.98), tenths(0.02)
    ('6 in 10', 'nearly all', 'hardly any')
    """
    number = round(10 * share)
    return {0: "hardly any", 10: "nearly all"}.get(number, f"{number} in 10")
