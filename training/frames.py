"""Count how often each sentence frame answers what a person marked.

    python -m training.frames MARKED.jsonl.gz INVENTED.jsonl ... [--out FRAMES.json]

The forms are those of `training/answered.py`. An answer of a frame is right if its claim is marked with that question
and side, and the words agree with a marked answer; of a claim in the reporter's own voice of a marked chain, if they
agree with one that the reporter gives. Written is, by frame, (right + 1) / (all + 2) (Laplace's rule of succession),
over both kinds of reports; printed are the counts of each.

Reports with no answers marked are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.claims.frames import Framed, framed, table
from training import answered

SELF = frozenset({"i", "we"})
"""Answers of people who speak of themselves: of these their name is right too."""


def judged(marked: Mapping[str, Any], one: answered.Answered) -> Iterator[tuple[Framed, bool]]:
    """What the frames answer in a claim, and whether it is right."""
    for found in framed(one.text, one.content, one.said):
        words = one.text[slice(*found.span)]
        several = [answer for slot, side, answer in one.answers if (slot, side) == (found.slot, found.is_for)]
        if found.slot in one.unknown:
            several += [
                each["answer"]
                for each in marked["answers"]
                if not each["attributions"]
                and each["question"] == found.slot
                and (each.get("polarity", "for") == "for") == found.is_for
            ]
        is_speaker = one.said is not None and found.span == one.said.source
        yield (
            found,
            any(answered.agree(each, words) > 0 or (is_speaker and each.lower() in SELF) for each in several),
        )


def counted(paths: Iterable[Path]) -> tuple[Counter[tuple[str, bool]], Counter[tuple[str, bool]]]:
    """By frame and kind of report (invented or not): answers, and right ones."""
    every, right = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for marked, several in answered.load(paths):
        for one in several if marked.get("answers") else ():
            for found, is_right in judged(marked, one):
                every[found.frame, one.is_invented] += 1
                right[found.frame, one.is_invented] += is_right
    return every, right


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/frames.json"))
    asked = parser.parse_args()
    if not asked.out.exists():  # reading needs them
        asked.out.write_text("{}\n", encoding="utf-8")
    every, right = counted(asked.marked)
    names = sorted({frame.name for frame in table().frames})
    likely = {}
    for name in names:
        rights, all_ = (of[name, False] + of[name, True] for of in (right, every))
        likely[name] = round((rights + 1) / (all_ + 2), 3)
        told = (
            f"chains {right[name, False]} of {every[name, False]}, invented {right[name, True]} of {every[name, True]}"
        )
        print(f"{name}: {told}: {likely[name]}")
    asked.out.write_text(json.dumps(likely, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
