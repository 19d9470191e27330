"""Who and what is named: exact spans against re3d, CrossNER and GUM.

    python -m evals.mentions PATH …

Each PATH is one of these, and is told by what is in it:

    re3d        folder or .tar.gz with SOURCE/documents.json and SOURCE/entities.json (Dstl 2017); its non-commercial
                part is left out
    CrossNER    file of lines "word, tab, tag", a blank line between sentences (Liu et al. 2021)
    GUM         folder or .tar.gz with dep/GUM_GENRE_NAME.conllu (Zeldes 2017); nested mentions; non-commercial genres
                are left out

Prints for each: gold marks, precision, recall and F1 of spans that are the same in start, end and kind, micro over all
texts, the 90 % interval of F1 over texts; the same for start and end alone ("untyped"); for each kind; for GUM also
without pronouns and for each genre.

CrossNER and GUM are read with the shipped reader, which has learned from their training parts alone. re3d has no parts:
the side network is trained ten times, each time without the tenth of the documents that it is then measured on (by hash
of the document's id). That takes torch (`make train-setup`) and some minutes. With `--begun SIDE.pt`, a network taught
without re3d (`python -m training.teach --without re3d …`), each of the ten goes on from it, as the shipped one learned
from all data sets together. With `--shipped` re3d is read with the shipped reader too: for documents of that form that
it has not learned from.

What can be compared: CrossNER's authors give F1 over all marks, as here, on their test part. The ten-fold split of re3d
is ours, as no other is published. Marks of re3d that its annotators found more likely wrong than right do not count,
and of two that overlap the longer does.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, compare, interval, total
from evals.files import members, report_result, stop
from evals.gum import NON_COMMERCIAL
from sayso import reading
from sayso.encoder import load
from sayso.model import Report
from sayso.reading.mentions import PRONOUNS
from sayso.reading.side import Marked
from training import mentions
from training.texts import Text

Mark = tuple[int, int, str]


class Measured(NamedTuple):
    """One text: what is marked in it and what was found. Code points and kind."""

    id: str
    gold: frozenset[Mark]
    found: frozenset[Mark]


def score(texts: Sequence[Measured]) -> dict[str, Any]:
    """What is printed of one data set."""
    kinds = sorted({mark[2] for one in texts for mark in one.gold | one.found})
    untyped = [compare({mark[:2] for mark in one.gold}, {mark[:2] for mark in one.found}) for one in texts]
    return {
        **rates([compare(one.gold, one.found) for one in texts]),
        "untyped": rates(untyped),
        "by kind": {kind: rates([compare(*_of(one, kind)) for one in texts]) for kind in kinds},
    }


def _of(one: Measured, kind: str) -> Iterator[frozenset[Mark]]:
    return (frozenset(mark for mark in marks if mark[2] == kind) for marks in (one.gold, one.found))


def rates(parts: Sequence[Counts]) -> dict[str, Any]:
    """Figures over the counts of each text."""
    together = total(parts)
    return {"gold": together.gold, **together.rates(), "f1 interval": interval(parts)}


def texts_of(path: Path) -> tuple[str, list[Text]]:
    """The scheme that a file or folder is marked in, and its texts. Ends the program if it is none of the three."""
    if path.is_file() and not path.name.endswith((".tar.gz", ".tgz")):
        found = "crossner", list(mentions.crossner_texts(path))
    elif any(True for _ in members(path, ".conllu")):
        found = "gum", [text for text in mentions.gum_texts(path, None) if genre_of(text.id) not in NON_COMMERCIAL]
    else:
        found = "re3d", list(mentions.re3d_texts(path))
    return found if any(text.spans[found[0]] for text in found[1]) else stop(f"{path}: no mentions are marked in it")


def genre_of(name: str) -> str:
    """The genre in "gum/GUM_news_ferry"."""
    return name.split("_")[1]


def shipped(texts: Sequence[Text], scheme: str) -> dict[str, list[Marked]]:
    """What the shipped reader finds in each text, by its id."""
    encoder = load()
    out = {}
    for text in texts:
        report = Report(text.id, text.text, sha256="", file="", name="")
        read = reading.read(report, encoder.tokenize, encoder.run, limit=len(text.text))
        found = reading.find(text.text, tuple(read.windows), encoder.side)
        out[text.id] = [mark for one in found for mark in one.marks[scheme]]
    return out


def ten_fold(texts: Sequence[Text], scheme: str, begun: Path | None) -> dict[str, list[Marked]]:
    """What networks find that were trained on nine tenths of the texts, each in the last tenth."""
    try:
        folds: Any = importlib.import_module("training.folds")  # torch is there for training alone
    except ImportError as error:
        stop(f"re3d is measured ten-fold, which takes what training takes: make train-setup ({error})")
    found: dict[str, list[Marked]] = folds.marks(texts, scheme, begun)
    return found


def measure(texts: Iterable[Text], scheme: str, found: Mapping[str, Iterable[Marked]]) -> list[Measured]:
    """What is marked and what is found, text by text."""
    out = []
    for text in texts:
        gold, marks = (
            frozenset((one.start, one.end, one.kind) for one in some) for some in (text.spans[scheme], found[text.id])
        )
        out.append(Measured(text.id, gold, marks))
    return out


def without_pronouns(texts: Sequence[Text], measured: Sequence[Measured]) -> dict[str, Any]:
    """Figures over what is no pronoun, by its letters, on both sides."""
    counted = []
    for text, one in zip(texts, measured, strict=True):
        gold, found = (
            {mark for mark in marks if text.text[mark[0] : mark[1]].casefold() not in PRONOUNS}
            for marks in (one.gold, one.found)
        )
        counted.append(compare(gold, found))
    return rates(counted)


def by_genre(measured: Sequence[Measured]) -> dict[str, Any]:
    """Figures of each genre of GUM."""
    groups = defaultdict(list)
    for one in measured:
        groups[genre_of(one.id)].append(compare(one.gold, one.found))
    return {genre: rates(parts) for genre, parts in sorted(groups.items())}


def figures(path: Path, begun: Path | None, *, as_shipped: bool) -> tuple[str, dict[str, Any]]:
    """The scheme of one file or folder, and what is printed of it."""
    scheme, texts = texts_of(path)
    print(f"{path}: {len(texts)} texts in the form of {scheme}", file=sys.stderr, flush=True)
    found = ten_fold(texts, scheme, begun) if scheme == "re3d" and not as_shipped else shipped(texts, scheme)
    measured = measure(texts, scheme, found)
    printed = {"texts": len(texts), **score(measured)}
    if scheme == "gum":
        printed |= {"without pronouns": without_pronouns(texts, measured), "by genre": by_genre(measured)}
    return scheme, printed


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--begun", type=Path, metavar="SIDE.pt", help="a side network taught without re3d")
    parser.add_argument("--shipped", action="store_true", help="read re3d with the shipped reader, not ten-fold")
    asked = parser.parse_args()
    report_result(dict(figures(path, asked.begun, as_shipped=asked.shipped) for path in asked.paths))


if __name__ == "__main__":
    main()
