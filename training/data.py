"""What the reader learns from: PolNeAR's training part and the chains of the training set.

Every loader yields Documents. Development files are never opened here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.attribution.labels import CERTAINTIES, KINDS, STANCES

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
    unknown: tuple[Pair, ...] = ()
    """Where nobody knows whether there is an attribution."""


_TEXT_BOUND = re.compile(r"^(T\d+)\t\w+ ([\d; ]+)\t", re.MULTILINE)
_EVENT = re.compile(r"^E\d+\t(.*)$", re.MULTILINE)


def held_out(name: str, fifteenths: int = 1) -> bool:
    """Whether a document of the training sets is kept from training, for the fit of probabilities."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 15 < fifteenths


def polnear(folder: Path) -> Iterator[Document]:
    """PolNeAR articles (brat standoff), every annotator's reading kept apart."""
    texts: dict[str, str] = {}
    marks: dict[str, list[tuple[Marked, ...]]] = defaultdict(list)
    with tarfile.open(folder / "polnear" / "train.tar.gz") as tar:
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
            out.append(Marked(source, roles["Cue"][0], tuple(sorted(roles["Content"])), outer=True, labels=None))
    return tuple(out)


def chains(path: Path) -> Iterator[Document]:
    """Reports with every attribution marked, nested ones too (JSON Lines, gzipped)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            marks = tuple(_chain_mark(a) for a in report["attributions"] if a["cue"])
            yield Document(report["id"], report["text"], (marks,), nested=True)


def labelled(path: Path) -> Iterator[Document]:
    """What `training.label` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, text, readings, nested, unknown = json.loads(line)
            yield Document(name, text, tuple(tuple(Marked(*m) for m in r) for r in readings), nested, unknown)


def _chain_mark(a: dict) -> Marked:  # type: ignore[type-arg]
    labels = (int(a["named"]), KINDS.index(a["kind"]), STANCES.index(a["stance"]), CERTAINTIES.index(a["certainty"]))
    content = tuple((s, e) for s, e in a["content"])
    return Marked(a["source"] and tuple(a["source"]), tuple(a["cue"]), content, a["within"] is None, labels)
