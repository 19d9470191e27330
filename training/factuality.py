"""How far a text commits to the events it tells of: sentences with judged words, -3 to 3.

All three sets come in the form of Jiang & de Marneffe (2021): JSON Lines with `text` (tokens with a space between) and
`targets` (`span1` in tokens, `label`). Their scales differ, and one head for all would learn their mean: UDS-IH2 asks
whether a thing happened (what is planned did not), UW and MEANTIME how sure the writer is that it does or will.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.polnear import join
from training.texts import Text

Judged = Mapping[tuple[str, ...], Sequence[tuple[int, int, float]]]
"""Tokens of a sentence to its judged stretches: first token, last token and one, value."""


def uds(folder: Path) -> Iterator[Text]:
    """UDS-IH2, training part (White et al. 2016; Rudinger et al. 2018): weblogs, letters, reviews, questions.

    `folder` is the data folder, with `event_factuality` in it.
    """
    yield from read(folder / "event_factuality" / "UDS_IH2_train.jsonl.gz")


def uw(folder: Path) -> Iterator[Text]:
    """UW, training part (Lee et al. 2015): news."""
    yield from read(folder / "event_factuality" / "UW_train.jsonl.gz")


def meantime(folder: Path) -> Iterator[Text]:
    """MEANTIME, training part (Minard et al. 2016): news of companies."""
    yield from read(folder / "event_factuality" / "MEANTIME_train.jsonl.gz")


def read(path: Path) -> Iterator[Text]:
    """One text for each sentence, its id made of the file's name and the line's number."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield sentence(f"{path.name.partition('.')[0]}-{number}", json.loads(line))


def sentence(name: str, row: Mapping[str, Any]) -> Text:
    """One row as running text. A judged stretch of several tokens counts from the first to the last.

    >>> sentence("a", {"text": "It did n't sink .", "targets": [{"span1": [3, 4], "label": -3.0}]})
    Text(id='a', text="It didn't sink.", spans={}, happenings=None, factuality=(((10, 14), -3.0),))
    """
    text, places = join(row["text"].split(" "))
    judged = (((places[t["span1"][0]].start, places[t["span1"][1] - 1].end), float(t["label"])) for t in row["targets"])
    return Text(name, text, factuality=tuple(judged))


def by_tokens(path: Path) -> Judged:
    """The same by a sentence's tokens: judged stretches as first token, last token and one, value."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {tuple(r["text"].split(" ")): [(*t["span1"], float(t["label"])) for t in r["targets"]] for r in rows}
