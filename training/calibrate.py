"""Fit the weights by which what was found becomes a probability.

    python -m training.calibrate --data FOLDER [--reader FOLDER --keep N] [--scorer PATH] [--out WEIGHTS.json]

FOLDER holds `polnear/train.tar.gz` and `chains/train.jsonl.gz`, PATH is the scorer of chains. All is read by the
shipped reader, through its own rooms.

"attribution" and "source" are fitted on the documents that `training.data.held_out` keeps from training, about one in
fifteen of either set, for on all others the reader is better than it will be. PolNeAR marks outermost attributions
only, so inner ones count from chains alone; where several people marked an article each counts for its share. Layout
alone is no work of the model: how often it is right is counted over all reports of chains. "voices" is fitted on all
reports of chains, on those attributions that are right, with their sources, all the way out; the model has learned
from most of these reports, which is why the three are fitted apart and multiplied, and the rules of attribution were
written with an eye on them, so what is said of whole chains is rather too much than too little.

The shipped weights are a mean over runs of which some knew the documents kept back. A run of training that was kept
from more of them (`training.train --keep`, packed by `training.export --folder`) shows what a reader is worth on texts
that it does not know: with --reader and --keep "attribution" is fitted on what that run finds in them.

First each is fitted on half of the documents and measured on the other, which is what is printed: ECE, Brier score,
log loss, and for whole chains also how precise the surest are. Then all is fitted on all, which is what is written.
Only numpy is needed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals import calibration
from evals.calibration import Forecast, Verdict, alike, curve, load_scorer, verdicts
from evals.chains import SCORER
from evals.files import json_lines
from evals.matching import match_by
from evals.relations import Relation, from_attribution
from sayso import attribution, encoder, reading
from sayso.attribution import drafts, probability
from sayso.attribution.probability import Features, Settled
from sayso.kit import digest
from sayso.model import Attribution, Report, Span
from sayso.spine import DEFAULT_LIMIT
from training import data

PENALTY = 2.0
"""On half the squares of the weights, the constant apart: it holds down what few attributions speak for."""

STEPS = 30
"""Of Newton's method, which comes to rest long before."""

SURE = 0.6
"""The share of what is found that is not to be marked unsure: then what is marked so can still be read over."""

CONSTANT = "always"

Array: TypeAlias = NDArray[np.float64]
Weights = dict[str, float]


class Row(NamedTuple):
    """One attribution found: what speaks for it, whether it was right, and for how much it counts."""

    document: int
    features: Features
    right: bool
    weight: float = 1.0


class Read(NamedTuple):
    """A text as the program read it, and its gold: several people's attributions, or one report with its chains."""

    name: str
    settled: Settled
    people: tuple[tuple[Relation, ...], ...] = ()
    report: Mapping[str, Any] | None = None


class Tables(NamedTuple):
    """What each of the three is fitted on, see `sayso.attribution.probability`."""

    attribution: list[Row]
    source: list[Row]
    voices: list[Row]


def main() -> None:
    """Measure on halves, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--scorer", type=Path, default=SCORER, metavar="PATH")
    parser.add_argument("--out", type=Path, default=Path(probability.__file__).with_name("probabilities.json"))
    parser.add_argument(
        "--reader", type=Path, metavar="FOLDER", help="weights of a run that was kept from more documents"
    )
    parser.add_argument("--keep", type=int, default=1, help="the same as in training.train")
    asked = parser.parse_args()
    scorer = load_scorer(asked.scorer)
    texts = read_all(asked.data)
    tables = tables_of(texts, scorer)
    if asked.reader:
        other = read_all(asked.data, asked.reader, asked.keep)
        tables = tables._replace(attribution=tables_of(other, scorer, asked.keep).attribution)
    check(texts, tables, scorer)
    weights = fit_all(tables)
    print(json.dumps(threshold(texts, weights), indent=1))
    asked.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


# -- reading ---------------------------------------------------------------------------------------------------------


def read_all(folder: Path, reader: Path | None = None, keep: int = 1) -> list[Read]:
    """The documents of PolNeAR that are kept from training, and all reports of chains, read by a reader."""
    articles = [one for one in data.polnear(folder) if data.held_out(one.id, keep)]
    reports = json_lines(folder / "chains" / "train.jsonl.gz")
    asked = [_report(one.id, one.text) for one in articles]
    asked += [_report(one["id"], one["text"], one["publisher"], one["published"]) for one in reports]
    with ProcessPoolExecutor() as pool:
        read = list(pool.map(settled, asked, repeat(reader), chunksize=4))
    people = [tuple(tuple(_relation(one.text, m) for m in each) for each in one.readings) for one in articles]
    return [
        *(Read(a.id, s, people=p) for a, s, p in zip(articles, read[: len(articles)], people, strict=True)),
        *(Read(r["id"], s, report=r) for r, s in zip(reports, read[len(articles) :], strict=True)),
    ]


def _report(name: str, text: str, publisher: str = "", published: str = "") -> Report:
    return Report(name, text, digest(text), file="", name=name, publisher=publisher, published=published)


def settled(report: Report, reader: Path | None) -> Settled:
    """What `sayso.attribution.attribute` makes of a report, before it says how likely that is."""
    model = encoder.load(reader)
    read = reading.read(report, model.tokenize, model.run, limit=DEFAULT_LIMIT)
    return attribution.settle(report, read.sentences, drafts.find(report.text, read.windows, model.heads))


def _relation(text: str, marked: data.Marked) -> Relation:
    source = Span(*marked.source) if marked.source else None
    return Relation(text, source, Span(*marked.cue), tuple(Span(*span) for span in marked.content))


# -- what was right --------------------------------------------------------------------------------------------------


def tables_of(texts: Sequence[Read], scorer: ModuleType, keep: int = 1) -> Tables:
    """The rows of all three, from texts of either kind."""
    tables = Tables([], [], [])
    for one in texts:
        number = number_of(one.name)
        if one.report is None:
            for marked in one.people:
                _of_article(number, one.settled, marked, 1 / len(one.people), tables)
        else:
            _of_report(number, one, scorer, tables, kept=data.held_out(one.name, keep))
    return tables


def number_of(name: str) -> int:
    """A number for a document that is the same in every run: its halves are those of odd and of even numbers."""
    return int(digest(name)[:8], 16)


def _of_article(number: int, found: Settled, marked: Sequence[Relation], weight: float, tables: Tables) -> None:
    outermost = [a for a in found.attributions.values() if a.within is None]
    relations = [from_attribution(found.text, a) for a in outermost]
    partner = {j: marked[i] for i, j in match_by(alike, marked, relations)}
    for place, a in enumerate(outermost):
        features = probability.tagged(found.evidence[a.id])
        tables.attribution.append(Row(number, features, place in partner, weight))
        if place in partner:
            tables.source.append(Row(number, features, same_source(a.source, partner[place].source), weight))


def _of_report(number: int, one: Read, scorer: ModuleType, tables: Tables, *, kept: bool) -> None:
    found = one.settled
    judged = judged_chains(one, scorer)
    sourced = {}
    for name, (gold, _) in judged.items():
        features = probability.tagged(found.evidence[name])
        sourced[name] = gold is not None and same_source(found.attributions[name].source, gold["source"])
        if kept or "layout" in features:
            tables.attribution.append(Row(number, features, gold is not None))
            tables.source.extend([Row(number, features, sourced[name])] if gold else [])
    for name, path, features in of_voices(found):
        if all(sourced[step.id] for step in path):
            tables.voices.append(Row(number, features, judged[name][1]))


def judged_chains(one: Read, scorer: ModuleType) -> dict[str, Verdict]:
    """For each attribution found: the marked one that it is, and whether its whole chain is right."""
    found = [_as_exported(a) for a in one.settled.attributions.values()]
    marked = one.report["attributions"] if one.report else []
    return {f["id"]: verdict for f, verdict in zip(found, verdicts(marked, found, scorer), strict=True)}


def _as_exported(a: Attribution) -> dict[str, Any]:
    return {"id": a.id, "source": a.source, "cue": a.cue, "content": a.content, "voices": [k.voice for k in a.chain]}


def of_voices(found: Settled) -> Iterator[tuple[str, list[Attribution], Features]]:
    """Each attribution's id, its path and the features of its voices."""
    before = probability.previous(tuple(found.attributions.values()))
    for a in found.attributions.values():
        path = probability.path_of(a, found.attributions)
        yield a.id, path, probability.of_voices(found, path, before.get(path[-1].id))


def same_source(one: Sequence[int] | None, other: Sequence[int] | None) -> bool:
    """Whether two sources are the same: at least half of their characters, or none on either side.

    >>> same_source((0, 10), (0, 6)), same_source(None, None), same_source(None, (0, 3))
    (True, True, False)
    """
    if one is None or other is None:
        return one is other
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common >= calibration.LEAST_ALIKE * (max(one[1], other[1]) - min(one[0], other[0]))


# -- fitting ---------------------------------------------------------------------------------------------------------


def fit_all(tables: Tables, rest: int | None = None) -> dict[str, Weights]:
    """The weights of all three; with `rest`, without the documents of that half."""
    named = tables._asdict().items()
    return {name: fit([row for row in rows if rest is None or row.document % 2 != rest]) for name, rows in named}


def fit(rows: Sequence[Row]) -> Weights:
    """Weights of a logistic regression by Newton's method, each rounded to three digits."""
    names = [CONSTANT, *sorted({name for row in rows for name in row.features})]
    table = np.array([[1.0, *(row.features.get(name, 0.0) for name in names[1:])] for row in rows])
    right, counts = np.array([row.right for row in rows], dtype=float), np.array([row.weight for row in rows])
    penalty = np.array([1e-6, *[PENALTY] * (len(names) - 1)])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (right - chance)) - penalty * weights
        bend = (table * (counts * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights += np.linalg.solve(bend, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def check(texts: Sequence[Read], tables: Tables, scorer: ModuleType) -> None:
    """Print how well each half is forecast by what was fitted on the other."""
    halves = [fit_all(tables, rest=half) for half in (0, 1)]
    for name, rows in tables._asdict().items():
        _print(name, [Forecast(probability.chance(r.features, halves[r.document % 2][name]), r.right) for r in rows])
    whole = [(number_of(one.name), one) for one in texts if one.report]
    chains = [f for n, one in whole for f in _forecasts(one, halves[n % 2], scorer)]
    _print("whole chains, of reports mostly learned from", chains)
    print(json.dumps(curve(chains)))


def _forecasts(one: Read, weights: Mapping[str, Weights], scorer: ModuleType) -> Iterable[Forecast]:
    judged = judged_chains(one, scorer)
    return [Forecast(a.chain_probability, judged[a.id][1]) for a in probability.judge(one.settled, weights)]


def _print(name: str, forecasts: Sequence[Forecast]) -> None:
    result = calibration.score(forecasts)
    print(f"{name}: {result['count']} found, share right {np.mean([f.right for f in forecasts]):.3f}")
    print(f"    ECE {result['ece']:.3f}, Brier {result['brier']:.3f}")


def threshold(texts: Sequence[Read], weights: Mapping[str, Weights]) -> dict[str, float]:
    """The chain probability that the surest 60 % of all that is found in texts kept from training reach."""
    kept = [one.settled for one in texts if data.held_out(one.name)]
    found = [a.chain_probability for each in kept for a in probability.judge(each, weights)]
    return {"share sure": SURE, "chain probability from": round(float(np.quantile(found, 1 - SURE)), 3)}


if __name__ == "__main__":
    main()
