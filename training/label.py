"""Marks what no person marked: unlabelled reports, and the insides of PolNeAR's contents, by the shipped reader.

    python -m training.label --data DIR --out marked.jsonl

A mark of which the reader is sure counts in training like a person's; where it is not sure, nobody knows (self-training
with a threshold, Yarowsky 1995). The development texts are opened for one purpose: to leave out every report that
shares a run of ten words with one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from sayso import encoder, reading
from sayso.attribution.drafts import Draft, find
from sayso.model import Report
from training import data
from training.data import Document, Marked, Pair

LONGEST = 12_000
"""Code points of a report that are marked: the rest of a long one teaches little that is new."""

SHORTEST = 300

SURE = 1.5
"""Log odds of cue and content (`decode._evidence`) from which a mark counts: .82."""

RUN = 10
"""Words in a row that two texts do not share by chance."""


def drafts(text: str) -> list[Draft]:
    """Every attribution that the shipped reader finds."""
    model = encoder.load()
    report = Report("", text, "", "", "")
    return find(text, reading.read(report, model.tokenize, model.run, limit=len(text)).windows, model.heads)


def plain(folder: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of reports that nobody marked: AllSides events."""
    marked = {d.id for d in data.chains(folder / "chains" / "train.jsonl.gz")}
    for path in sorted((folder / "allsides_events").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["ID"] not in marked:
                    yield article["ID"], article["content_original"][:LONGEST]


def development(folder: Path) -> Iterator[str]:
    """The texts to keep away from."""
    with gzip.open(folder / "chains" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]
    with tarfile.open(folder / "polnear" / "dev.tar.gz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".txt") else None
            if file:
                yield file.read().decode()


def apart(reports: Iterable[tuple[str, str]], closed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The reports that share no run of words with a closed text, each beginning once."""
    taboo = {run for text in closed for run in _runs(text)}
    seen: set[str] = set()
    for name, text in reports:
        if len(text) >= SHORTEST and text[:200] not in seen and taboo.isdisjoint(_runs(text)):
            seen.add(text[:200])
            yield name, text


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def sorted_out(found: Sequence[Draft]) -> tuple[list[Marked], list[Pair]]:
    """The marks of which the reader is sure, and the stretches of text where it is not."""
    marks, unsure = [], []
    for draft in found:
        if draft.cue is None:
            continue
        cue, content, inner = max(draft.evidence[0], draft.evidence[1]), draft.evidence[2], draft.evidence[5] > 0
        if min(cue, content) >= SURE:
            marks.append(Marked(draft.source, draft.cue, draft.content, outer=not inner, labels=None))
        else:
            unsure += [tuple(s) for s in (draft.source, draft.cue, *draft.content) if s]
    return marks, unsure


def with_insides(document: Document) -> Document:
    """The document's readings, each with the marks found inside its contents."""
    marks, unsure = sorted_out([d for d in drafts(document.text) if len(d.evidence) and d.evidence[5] > 0])
    readings = tuple((*gold, *(m for m in marks if _inside(m, gold))) for gold in document.readings)
    return Document(document.id, document.text, readings, nested=True, unknown=tuple(unsure))


def _inside(mark: Marked, gold: Sequence[Marked]) -> bool:
    return any(a <= mark.cue[0] and mark.cue[1] <= b for g in gold for a, b in g.content)


def marked(report: tuple[str, str]) -> Document:
    """One unlabelled report with the reader's marks."""
    marks, unsure = sorted_out(drafts(report[1]))
    return Document(report[0], report[1], (tuple(marks),), nested=True, unknown=tuple(unsure))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    loose = list(apart(plain(asked.data), development(asked.data)))
    flat = [d for d in data.polnear(asked.data) if not data.held_out(d.id)]
    with ProcessPoolExecutor() as pool, asked.out.open("w") as out:
        for part in (pool.map(with_insides, flat, chunksize=8), pool.map(marked, loose, chunksize=8)):
            out.writelines(json.dumps(document) + "\n" for document in part)


if __name__ == "__main__":
    main()
