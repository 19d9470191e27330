"""Trains the side network on what its data sets mark: mentions, events and roles, factuality, fillers.

    python -m training.teach --data DIR --out side.pt [--states lessons.pickle] [--epochs 6] [--without re3d]

The encoder's states are computed once (three minutes); `--states` keeps them for the next run. An epoch takes about
three minutes on two cores. Development files are never opened here.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import torch

from training import factuality, happenings, mentions
from training.side import Side, fit
from training.states import Lesson, frozen, lessons
from training.texts import Text

LOADERS: Mapping[str, Callable[[Path], Iterator[Text]]] = {
    "re3d": mentions.re3d,
    "crossner": mentions.crossner,
    "wikigold": mentions.wikigold,
    "gum": mentions.gum,
    "propbank": happenings.propbank,
    "uds": factuality.uds,
    "uw": factuality.uw,
    "meantime": factuality.meantime,
}

TIMES = {"re3d": 4, "crossner": 4, "gum": 2}
"""How often a set is read in an epoch, where not once: small sets are read more often."""


def learned(data: Path) -> dict[str, list[Lesson]]:
    """The lessons of every data set."""
    states = frozen()
    out = {}
    for name, load in LOADERS.items():
        out[name] = lessons(load(data), states)
        print(f"{name}: {len(out[name])} windows", file=sys.stderr, flush=True)
    return out


def kept(data: Path, path: Path | None) -> dict[str, list[Lesson]]:
    """The same, from the file where they were kept, or kept there."""
    if path is None:
        return learned(data)
    if not path.exists():
        path.write_bytes(pickle.dumps(learned(data), protocol=5))
    found: dict[str, list[Lesson]] = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program
    return found


def say(line: str) -> None:
    """Progress."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--states", type=Path, help="where the encoder's states are kept between runs")
    parser.add_argument("--start", type=Path, metavar="SIDE.pt", help="go on from this network")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(LOADERS), help="leave data sets out")
    asked = parser.parse_args()
    found = kept(asked.data, asked.states)
    pool = [one for name, some in found.items() if name not in asked.without for one in some * TIMES.get(name, 1)]
    side = Side()
    if asked.start:
        side.load_state_dict(torch.load(asked.start, map_location="cpu"))
    fit(side, pool, epochs=asked.epochs, rate=asked.rate, seed=asked.seed, say=say)
    torch.save(side.state_dict(), asked.out)


if __name__ == "__main__":
    main()
