"""What the reader learns from: PolNeAR's training part, the chains of the training set, and plain unlabelled reports.

Every loader takes the data folder and yields Documents. Development files are never opened here; unlabelled texts that
share a run of ten words with one of them are left out by `clean` (the caller hands in the development texts).
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

KINDS = ("official", "party", "witness", "expert", "court", "media", "document", "victim", "body", "unspecified")
STANCES = ("asserts", "denies", "declines", "asks", "orders", "alleges")
CERTAINTIES = ("certain", "probable", "possible", "unknown")

Pair = tuple[int, int]


class Marked(NamedTuple):
    """One attribution of the gold. Offsets are code points, half-open."""

    source: Pair | None
    cue: Pair
    content: tuple[Pair, ...]
    outer: bool
    """Not inside another attribution's content."""
    labels: tuple[int, int, int, int] | None
    """Indices of named (0, 1), kind, stance, certainty; None where the data set has none."""


class Document(NamedTuple):
    """A text and its marks, once per annotator. `nested` says whether attributions inside contents are marked."""

    id: str
    text: str
    readings: tuple[tuple[Marked, ...], ...]
    nested: bool


_TEXT_BOUND = re.compile(r"^(T\d+)\t\w+ ([\d; ]+)\t", re.M)
_EVENT = re.compile(r"^E\d+\t(.*)$", re.M)


def polnear(folder: Path, part: str = "train") -> Iterator[Document]:
    """PolNeAR articles (brat standoff), every annotator's reading kept apart."""
    texts: dict[str, str] = {}
    marks: dict[str, list[tuple[Marked, ...]]] = defaultdict(list)
    with tarfile.open(folder / "polnear" / f"{part}.tar.gz") as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if not member.isfile():
                continue
            body = tar.extractfile(member).read().decode()  # type: ignore[union-attr]
            name = Path(member.name).name
            if name.endswith(".txt"):
                texts[name[:-4]] = body
            elif name.endswith(".ann"):
                marks[name[:-4].rpartition("_")[0]].append(_brat(body))
    for name, text in sorted(texts.items()):
        if marks[name]:
            yield Document(name, text, tuple(marks[name]), nested=False)


def _brat(body: str) -> tuple[Marked, ...]:
    spans = {
        i: tuple((int(a), int(b)) for a, b in (s.split() for s in r.split(";"))) for i, r in _TEXT_BOUND.findall(body)
    }
    out = []
    for event in _EVENT.findall(body):
        roles: dict[str, list[Pair]] = defaultdict(list)
        for pair in event.split():
            role, _, where = pair.partition(":")
            roles[role.rstrip("0123456789")] += spans.get(where, ())
        if roles["Cue"] and roles["Content"]:
            source = roles["Source"][0] if roles["Source"] else None
            out.append(Marked(source, roles["Cue"][0], tuple(sorted(roles["Content"])), True, None))
    return tuple(out)


def chains(path: Path) -> Iterator[Document]:
    """Reports with every attribution marked, nested ones too (JSON Lines, gzipped)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            marks = tuple(_chain_mark(a) for a in report["attributions"] if a["cue"])
            yield Document(report["id"], report["text"], (marks,), nested=True)


def _chain_mark(a: dict) -> Marked:  # type: ignore[type-arg]
    labels = (
        int(a["named"]), KINDS.index(a["kind"]), STANCES.index(a["stance"]), CERTAINTIES.index(a["certainty"])
    )
    content = tuple((s, e) for s, e in a["content"])
    return Marked(a["source"] and tuple(a["source"]), tuple(a["cue"]), content, a["within"] is None, labels)


def plain(folder: Path, leave_out: set[str]) -> Iterator[Document]:
    """Unlabelled news reports: AllSides events (without `leave_out`), FA-KES, FNC-1 bodies, BASIL."""
    for path in sorted((folder / "allsides_events").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["ID"] not in leave_out:
                    yield Document(article["ID"], article["content_original"], (), nested=False)
    csv.field_size_limit(10_000_000)
    for name, column in (("fa_kes/FA-KES-Dataset.csv.gz", "article_content"), ("fnc1/train_bodies.csv.gz", "articleBody")):
        with gzip.open(folder / name, "rt", encoding="utf-8", errors="replace") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                yield Document(f"{name}:{number}", row[column], (), nested=False)
    with tarfile.open(folder / "basil" / "basil.tar.gz") as tar:
        for member in tar.getmembers():
            if member.name.startswith("articles/") and member.name.endswith(".json"):
                article = json.loads(tar.extractfile(member).read())  # type: ignore[union-attr]
                text = "\n\n".join(" ".join(p) for p in article["body-paragraphs"])
                yield Document(member.name, text, (), nested=False)


def clean(documents: Iterable[Document], held_out: Iterable[str]) -> Iterator[Document]:
    """Documents that share no run of ten words with a held-out text, each text once."""
    taboo = {run for text in held_out for run in _runs(text)}
    seen: set[str] = set()
    for document in documents:
        runs = _runs(document.text)
        start = document.text[:200]
        if len(document.text) > 300 and start not in seen and not runs & taboo:
            seen.add(start)
            yield document


def _runs(text: str, size: int = 10) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + size]) for i in range(max(0, len(words) - size + 1))}


def to_json(document: Document) -> str:
    return json.dumps([document.id, document.text, document.readings, document.nested])


def from_json(line: str) -> Document:
    """What `to_json` wrote."""
    name, text, readings, nested = json.loads(line)
    marks = tuple(tuple(_mark(*m) for m in reading) for reading in readings)
    return Document(name, text, marks, nested)


def _mark(source: list[int] | None, cue: list[int], content: list[list[int]], outer: bool, labels: list[int] | None) -> Marked:
    spans = tuple((a, b) for a, b in content)
    return Marked((source[0], source[1]) if source else None, (cue[0], cue[1]), spans, outer, labels and tuple(labels))
