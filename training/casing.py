"""The list of words that are written small, by which `evals.casing` puts text in capitals back into mixed case.

    python -m training.casing ../shared/data

Counted are the words of UD English EWT, GUM (free genres) and wikigold, training parts, but for the first of each
sentence. Those that are written small more often than not, and at least twice, go into `evals/lowercase.txt`.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals.casing import LIST, WORD
from evals.files import members
from training.mentions import FREE_GENRES

LEAST = 2


def rows(text: str, *, column: int, mark: str) -> Iterator[list[str]]:
    """The words of each sentence: that column of lines parted by `mark`, a blank line between sentences."""
    for block in re.split(r"\n[ \t]*\n", text):
        cells = [line.split(mark) for line in block.splitlines() if line and not line.startswith("#")]
        words = [row[column] for row in cells if len(row) > column and (column == 0 or row[0].isdigit())]
        if words:
            yield words


def sentences(data: Path) -> Iterator[list[str]]:
    """Those of all three sets."""
    yield from rows(_unpacked(data / "ud_english_ewt" / "en_ewt-ud-train.conllu.gz"), column=1, mark="\t")
    for name, text in members(data / "gum" / "gum_train_nonreddit.tar.gz", ".conllu"):
        corpus, genre, *_ = f"{Path(name).name}_".split("_")
        if "/dep/" in name and corpus == "GUM" and genre in FREE_GENRES:
            yield from rows(text, column=1, mark="\t")
    yield from rows(_unpacked(data / "wikigold" / "wikigold.conll.txt.gz"), column=0, mark=" ")


def _unpacked(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    asked = parser.parse_args()
    small, large = Counter[str](), Counter[str]()
    for words in sentences(asked.data):
        for word in words[1:]:
            if WORD.fullmatch(word.lower()):
                (small if word.islower() else large)[word.lower()] += 1
    kept = sorted(word for word in small if small[word] >= LEAST and small[word] > large[word])
    LIST.write_text("\n".join(kept) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
