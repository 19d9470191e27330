"""The table of word vectors by which words are told that can name the same happening.

    python -m training.word_vectors ../shared/data BASE

BASE is all-MiniLM-L6-v2 (safetensors, Apache-2.0). It reads each word alone; the mean of its last layer is the word's
vector. From all words' vectors the mean is taken off, and they are turned so that the first numbers tell most
(principal components); the first `WIDTH` are kept, one byte each. Words are the lemmas of the words in lower case that
are met at least three times in UD English EWT train and PolNeAR train, and those of `kinds.csv`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from sayso import words
from sayso.encoder import CLS, SEP, folder, tokenizer
from training import data
from training.network import Network, load_base

WIDTH, LEAST, LARGEST = 64, 3, 127
_LOWER = re.compile(r"\b[a-z]{3,20}\b")


def vocabulary(shared: Path) -> list[str]:
    """The lemmas, in alphabetical order."""
    ewt = gzip.decompress((shared / "ud_english_ewt/en_ewt-ud-train.conllu.gz").read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in ewt.splitlines())
    met = Counter(words.lemma(row[1]) for row in rows if len(row) == 10 and row[1].islower() and row[1].isalpha())
    for document in data.polnear(shared):
        met.update(words.lemma(word) for word in _LOWER.findall(document.text))
    with (Path(words.__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as table:
        known = {part for row in csv.DictReader(table) for part in words.lemma(row["words"]).split()}
    return sorted(known | {word for word, count in met.items() if count >= LEAST and word.isascii() and len(word) > 1})


@torch.no_grad()
def vectors(lemmas: list[str], base: Path) -> NDArray[np.float32]:
    """The mean of the encoder's states for each word (n, width)."""
    network = Network().eval()
    load_base(network, str(base))
    network.encoder.features.weight.zero_()
    tokenize = tokenizer(folder() / "tokenizer.json")
    out = []
    for word in lemmas:
        ids = torch.tensor([[CLS, *tokenize(word)[0], SEP]])
        out.append(network.encoder(ids, torch.zeros_like(ids)).mean(1)[0].numpy())
    return np.stack(out)


def packed(states: NDArray[np.float32]) -> NDArray[np.int8]:
    """The first principal components (n, WIDTH), each row scaled to fill a byte."""
    centred = states - states.mean(0)
    turned = centred @ np.linalg.svd(centred, full_matrices=False)[2][:WIDTH].T
    return np.round(turned / np.abs(turned).max(1, keepdims=True) * LARGEST).astype(np.int8)


def main() -> None:
    """Write the table beside `sayso.words`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the data folder")
    parser.add_argument("base", type=Path, help="all-MiniLM-L6-v2, safetensors")
    given = parser.parse_args()
    lemmas = vocabulary(given.shared)
    out = Path(words.__file__).parent / "words.npz"
    np.savez_compressed(out, words=np.array("\n".join(lemmas)), vectors=packed(vectors(lemmas, given.base)))
    print(len(lemmas), "words,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
