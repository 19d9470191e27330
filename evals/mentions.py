"""Who and what is named: exact spans against re3d, CrossNER and GUM.

    python -m evals.mentions PATH …

Each PATH is one of these, and is told by what is in it:

    re3d        folder or .tar.gz with SOURCE/documents.json and SOURCE/entities.json (Dstl 2017); its non-commercial
                part is left out
    CrossNER    file of lines "word, tab, tag", a blank line between sentences (Liu et al. 2021)
    GUM         folder or .tar.gz with dep/GUM_GENRE_NAME.conllu (Zeldes 2017); nested mentions; non-commercial genres
                are left out

Prints for each: texts, gold marks, precision, recall and F1 of spans that are the same in start, end and kind, micro over
all texts, the 90 % interval of F1 over texts; the same for start and end alone ("untyped"); for each kind; for GUM also
without pronouns and for each genre.

CrossNER and GUM are read with the shipped reader, which has learned from their training parts alone. re3d has no parts:
the side network is trained ten times, each time without the tenth of the documents that it is then measured on (by hash
of the document's id). That takes torch (`make train-setup`) and an hour on one core. With `--shipped` re3d is read with
the shipped reader too: for documents of that form that it has not learned from.

What can be compared: CrossNER's authors give F1 over all marks, as here, on their test part. The ten-fold split of re3d is
ours, as no other is published. re3d's marks that its annotators found more likely wrong than right do not count, and of two
marks that overlap the longer does.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, compare, interval, total
from evals.files import members, report_result, stop
from evals.gum import NON_COMMERCIAL
from sayso.reading.mentions import PRONOUNS
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


Read = Callable[[str], Mapping[str, Sequence[tuple[int, int, str, float]]]]
"""A text to the marks of each scheme."""


def measure(texts: Sequence[Text], scheme: str, read: Read) -> list[Measured]:
    """What is marked and what is found, text by text."""
    out = []
    for text in texts:
        found = frozenset((start, end, kind) for start, end, kind, _ in read(text.text).get(scheme, ()))
        out.append(Measured(text.id, frozenset(map(tuple, text.spans[scheme])), found))  # type: ignore[arg-type]
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
