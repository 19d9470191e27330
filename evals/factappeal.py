"""Whether a source is named, and of what kind, in sentences of FactAppeal.

    python -m evals.factappeal FILE

FILE is a table in CSV, gzipped or not, with the column `annotation`: a sentence with tags such as
`<Source:Named:Official>…</Source:Named:Official>`, which may nest and repeat. The tags are taken out and each sentence
that has a source is read by sayso as any report is. A gold source is matched to a found attribution whose source
overlaps it: one to one, the best overlap (shared characters over all characters) first. `found` is the share matched,
`named` and `kind` are accuracies on the matched ones, beside what the commonest answer alone would reach there. Kinds
are compared under `KINDS_OF`; sources of no stated type (`null`) are left out.

FactAppeal looks at one sentence, so that its pronouns are not named; sayso asks whether the report names the speaker.
A pronoun whose person the same sentence names counts against sayso, therefore.

Prints {"found", "named", "named, always the commonest", "kind", "kind, always the commonest", "counts": {…}}.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.files import report_result, stop, text_of
from evals.matching import match_by, overlap
from evals.reader import read_all
from sayso.kit import trim
from sayso.model import Attribution, Kind, Span

KINDS_OF: Mapping[str, frozenset[Kind]] = {
    "Official": frozenset({"official"}),
    "Expert": frozenset({"expert"}),
    "Witness": frozenset({"witness"}),
    "Active_Participant": frozenset({"party", "victim"}),
    "News_Report": frozenset({"media"}),
    "Expert_Document": frozenset({"document"}),
    "Direct_Evidence": frozenset({"document"}),
}
"""FactAppeal's types and the kinds of ours that answer to them."""

_TAG = re.compile(r"<(/?)([A-Z]\w*(?::\w+)*)>")


class Source(NamedTuple):
    """A gold source: where it stands in the sentence, and what its tag says."""

    span: Span
    named: bool
    type: str


def read_tags(annotation: str) -> tuple[str, tuple[Source, ...]]:
    """The sentence without its tags, and its sources in order. Raises ValueError where tags do not pair.

    >>> read_tags("<Source:Named:null>Vane</Source:Named:null> said so.")
    ('Vane said so.', (Source(span=Span(start=0, end=4), named=True, type='null'),))
    """
    parts, length, last = [], 0, 0
    opened: list[tuple[str, int]] = []
    closed: list[tuple[str, int, int]] = []
    for tag in _TAG.finditer(annotation):
        parts.append(annotation[last : tag.start()])
        length, last = length + len(parts[-1]), tag.end()
        if not tag[1]:
            opened.append((tag[2], length))
        elif opened and opened[-1][0] == tag[2]:
            closed.append((*opened.pop(), length))
        else:
            message = f"<{tag[0][1:]} closes no tag that stands open"
            raise ValueError(message)
    if opened:
        message = f"<{opened[-1][0]}> is never closed"
        raise ValueError(message)
    text = "".join([*parts, annotation[last:]])
    found = (_source(name, trim(text, start, end)) for name, start, end in closed if name.startswith("Source:"))
    return text, tuple(sorted(found))


def _source(tag: str, span: Span) -> Source:
    _, named, kind = tag.split(":")
    return Source(span, named == "Named", kind)


def sentences(path: Path) -> list[tuple[str, tuple[Source, ...]]]:
    """The sentences of a file that have a source. A broken row ends the program with its number."""
    rows = csv.DictReader(io.StringIO(text_of(path), newline=""))
    if "annotation" not in (rows.fieldnames or ()):
        stop(f"{path}: no column `annotation`")
    found = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(read_tags(row["annotation"] or ""))
        except ValueError as error:
            stop(f"{path}, row {number}: {error}")
    return [one for one in found if one[1]]


def match(gold: Sequence[Source], attributions: Sequence[Attribution]) -> list[tuple[Source, Attribution]]:
    """Gold sources with the attributions that found them, one to one, best overlap first."""
    pairs = match_by(lambda source, one: overlap(source.span, one.source), gold, attributions)
    return [(gold[i], attributions[j]) for i, j in pairs]


def score(gold: Sequence[Sequence[Source]], found: Iterable[Sequence[Attribution]]) -> dict[str, Any]:
    """The measures over sentences, in the same order: their gold sources, the attributions found in them."""
    pairs = [pair for sources, attributions in zip(gold, found, strict=True) for pair in match(sources, attributions)]
    typed = [(KINDS_OF[source.type], one.kind) for source, one in pairs if source.type in KINDS_OF]
    names = [({source.named}, one.named) for source, one in pairs]
    sources = sum(map(len, gold))
    return {
        "found": _rate(len(pairs), sources),
        "named": _accuracy(names),
        "named, always the commonest": _commonest([right for right, _ in names]),
        "kind": _accuracy(typed),
        "kind, always the commonest": _commonest([right for right, _ in typed]),
        "counts": {"sentences": len(gold), "sources": sources, "matched": len(pairs), "of a stated type": len(typed)},
    }


def _accuracy(pairs: Sequence[tuple[Collection[object], object]]) -> float | None:
    return _rate(sum(answer in right for right, answer in pairs), len(pairs))


def _commonest(right: Sequence[Collection[object]]) -> float | None:
    """The accuracy of the one answer that would be right most often."""
    answers = {answer for each in right for answer in each}
    return _rate(max((sum(answer in each for each in right) for answer in answers), default=0), len(right))


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    items = sentences(parser.parse_args().file)
    found = read_all([text for text, _ in items])
    report_result(score([gold for _, gold in items], [one.attributions for one in found]))


if __name__ == "__main__":
    main()
