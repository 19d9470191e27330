"""Count how often each sentence frame answers what a person marked.

    python -m training.frames MARKED.jsonl.gz INVENTED.jsonl ... [--out FRAMES.json]

The forms are those of `training/answered.py`. An answer of a frame is right if its claim is marked with that question
and side, and the words agree with a marked answer; of a claim in the reporter's own voice of a marked chain, if they
agree with one that the reporter gives. Written is, by frame, how often it is right on real reports, which count in
full, and on invented ones, which together count as `INVENTED` real answers: (right + 1) / (all + 2) (Laplace's rule of
succession). Under "" stands by what that is to be multiplied for who did, ordered or helped it where the claim tells of
no deed: the share that is right of those on real reports by the share of all of them.

Reports with no answers marked are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.claims.frames import DOERS, Framed, framed, table, tells_of_deed
from training import answered

INVENTED = 12
"""A guess: as many real answers would outweigh what is known of invented reports."""
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


Counts = Counter[tuple[str, bool]]


def counted(paths: Iterable[Path]) -> tuple[Counts, Counts]:
    """By frame and kind of report (invented or not): answers, and right ones. Under "" and "no deed" those of doers."""
    every, right = Counts(), Counts()
    for marked, several in answered.load(paths):
        for one in several if marked.get("answers") else ():
            for found, is_right in judged(marked, one):
                names = [found.frame]
                if found.slot in DOERS:
                    names += ["", *([] if tells_of_deed(one.text, one.content) else ["no deed"])]
                for name in names:
                    every[name, one.is_invented] += 1
                    right[name, one.is_invented] += is_right
    return every, right


def likely(name: str, every: Counts, right: Counts) -> float:
    """How often a frame is right."""
    weight = min(1.0, INVENTED / max(1, every[name, True]))
    rights, all_ = (of[name, False] + weight * of[name, True] for of in (right, every))
    return round((rights + 1) / (all_ + 2), 3)


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
    found = {}
    for name in names:
        found[name] = likely(name, every, right)
        told = (
            f"chains {right[name, False]} of {every[name, False]}, invented {right[name, True]} of {every[name, True]}"
        )
        print(f"{name}: {told}: {found[name]}")
    share, alone = (right[name, False] / max(1, every[name, False]) for name in ("", "no deed"))
    found[""] = round(min(1.0, alone / share), 3) if share else 1.0
    asked.out.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
