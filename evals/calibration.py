"""Do the probabilities hold: of what is said to be right in seven of ten cases, is as much right?

    python -m evals.calibration PATH … [--picture FILE.svg]
    python -m evals.calibration --gold FILE [--scorer PATH] [--picture FILE.svg] [--record FILE.json]

PATH is a folder or .tar.gz of articles, as `evals.relations` reads them. The outermost attributions found are held
against those marked, one to one by their contents: right is one that shares at least half of all characters that
either has (intersection over union). FILE is a file of chains, as `evals.chains` reads it, matched by its scorer.

Prints, of articles for `probability`, of chains for `attribution` (`probability`) and `chain` (`chain_probability`):

    ece      expected calibration error: the mean distance between what is said and what is so, over 15 bins of equal
             width, each weighted by what is in it (Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural
             Networks)
    brier    the mean squared distance of the probability from 1 where it is right and 0 where not (Brier 1950)
    count    how many attributions were found
    bins     of each bin that is not empty: low, high, count, mean probability, share right

For chains moreover `sure` and `unsure`: of what is not marked unsure, and of what is, its share of all that was found
(`coverage`) and how much of it is right with every voice of its chain (`precision`); and `curve`, the same precision
for the most probable .3, .4 … of all found. A picture shows the bins as a reliability diagram. `--record` keeps what
the dossier says about the mark: the number of reports, `sure` and `unsure`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple

from evals import chains
from evals.files import json_lines, report_result, stop
from evals.matching import match_by
from evals.reader import read_all
from evals.relations import Article, Relation, articles_of, from_attribution
from evals.reliability import draw
from sayso.model import Attribution, Span

BINS = 15
"""As many as Guo et al. (2017) use."""

LEAST_ALIKE = 0.5
"""Intersection over union from which two contents are the same, as for the scorer of chains."""

RECORD = "src/sayso/dossier/measured.json"
"""Where the dossier looks for what `--record` keeps."""

TITLES = {"attribution": "Attribution", "chain": "Whole chain"}
"""Of the panels of the picture."""

COVERAGES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Forecast(NamedTuple):
    """A probability, and whether it came true."""

    probability: float
    right: bool


Verdict = tuple[Mapping[str, Any] | None, bool]
"""The marked attribution that one found is, if any, and whether its whole chain is right as well."""


def score(forecasts: Sequence[Forecast]) -> dict[str, Any]:
    """ECE, Brier score and bins; the rates are None where there is nothing to count."""
    bins = _bins(forecasts)
    count = len(forecasts)
    gaps = sum(b["count"] * abs(b["mean probability"] - b["share right"]) for b in bins)
    squares = sum((f.probability - f.right) ** 2 for f in forecasts)
    return {
        "ece": gaps / count if count else None,
        "brier": squares / count if count else None,
        "count": count,
        "bins": bins,
    }


def _bins(forecasts: Iterable[Forecast]) -> list[dict[str, Any]]:
    """Those of the 15 that hold something, lowest first. The upper bound belongs to the last one only."""
    sorted_in: dict[int, list[Forecast]] = {}
    for forecast in forecasts:
        sorted_in.setdefault(min(int(forecast.probability * BINS), BINS - 1), []).append(forecast)
    return [
        {
            "low": round(place / BINS, 4),
            "high": round((place + 1) / BINS, 4),
            "count": len(several),
            "mean probability": sum(f.probability for f in several) / len(several),
            "share right": sum(f.right for f in several) / len(several),
        }
        for place, several in sorted(sorted_in.items())
    ]


def alike(one: Relation, other: Relation) -> float:
    """Intersection over union of the characters of two contents; 0 below `LEAST_ALIKE`.

    >>> alike(Relation("", None, None, (Span(0, 10),)), Relation("", None, None, (Span(2, 10),)))
    0.8
    """
    here, there = (_characters(relation.content) for relation in (one, other))
    share = len(here & there) / len(here | there) if here | there else 0.0
    return share if share >= LEAST_ALIKE else 0.0


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(*span)}


def of_article(article: Article, attributions: Iterable[Attribution]) -> list[Forecast]:
    """One forecast for each outermost attribution found, in their order."""
    outermost = [a for a in attributions if a.within is None]
    pairs = match_by(alike, article.relations, [from_attribution(article.text, a) for a in outermost])
    right = {found for _, found in pairs}
    return [Forecast(a.probability, place in right) for place, a in enumerate(outermost)]


def load_scorer(path: Path) -> ModuleType:
    """The scorer of chains as a module, from wherever its file stands."""
    found = importlib.util.spec_from_file_location("score_chains", path) if path.is_file() else None
    if found is None or found.loader is None:
        stop(f"{path}: no scorer there. Say where it is with --scorer PATH")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def verdicts(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], scorer: ModuleType
) -> list[Verdict]:
    """One for each attribution found in a report.

    Both lists hold attributions in the form of the exported chains. Matched, and their voices compared, by the scorer.
    """
    agrees = scorer.agreeing({voice for a in gold for voice in a["voices"]})
    partner = {id(f): g for g, f in scorer.matched(gold, found)}
    out: list[Verdict] = []
    for f in found:
        g = partner.get(id(f))
        same = g is not None and len(f["voices"]) == len(g["voices"])
        out.append((g, g is not None and same and all(map(agrees, g["voices"], f["voices"]))))
    return out


def of_chains(
    gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]], scorer: ModuleType
) -> dict[str, Any]:
    """The whole result for reports with marked chains, `predicted` being what sayso exports of them."""
    there = {report["sha256"]: report["attributions"] for report in predicted}
    found: list[dict[str, Any]] = []
    right: list[Verdict] = []
    for report in gold:
        found += there.get(report["sha256"], [])
        right += verdicts(report["attributions"], there.get(report["sha256"], []), scorer)
    alone = [Forecast(f["probability"], g is not None) for f, (g, _) in zip(found, right, strict=True)]
    chain = [Forecast(f["chain_probability"], whole) for f, (_, whole) in zip(found, right, strict=True)]
    sides: dict[bool, list[Forecast]] = {False: [], True: []}
    for f, forecast in zip(found, chain, strict=True):
        sides[f["unsure"]].append(forecast)
    return {
        "attribution": score(alone),
        "chain": score(chain),
        "sure": _part(sides[False], len(found)),
        "unsure": _part(sides[True], len(found)),
        "curve": curve(chain),
    }


def _part(forecasts: Sequence[Forecast], whole: int) -> dict[str, float | None]:
    return {"coverage": len(forecasts) / whole if whole else None, "precision": _precision(forecasts)}


def curve(forecasts: Sequence[Forecast]) -> list[dict[str, float | None]]:
    """Precision of the most probable part, for each coverage. At equal probability what is wrong comes first."""
    ranked = sorted(forecasts, key=lambda f: (-f.probability, f.right))
    return [{"coverage": share, "precision": _precision(ranked[: round(share * len(ranked))])} for share in COVERAGES]


def _precision(forecasts: Sequence[Forecast]) -> float | None:
    return sum(f.right for f in forecasts) / len(forecasts) if forecasts else None


def _on_articles(paths: Sequence[Path]) -> dict[str, Any]:
    articles = [article for path in paths for article in articles_of(path)]
    findings = read_all([article.text for article in articles])
    both = zip(articles, findings, strict=True)
    return score([forecast for article, found in both for forecast in of_article(article, found.attributions)])


def _on_chains(gold: Sequence[dict[str, Any]], scorer: Path) -> dict[str, Any]:
    module = load_scorer(scorer)
    with TemporaryDirectory() as folder:
        return of_chains(gold, json_lines(chains.predict(gold, Path(folder))), module)


def _keep(result: Mapping[str, Any], reports: int, path: Path) -> None:
    parts = {name: {k: round(v, 3) for k, v in result[name].items()} for name in ("sure", "unsure")}
    path.write_text(json.dumps({"reports": reports, **parts}, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folder or .tar.gz of articles")
    parser.add_argument("--gold", type=Path, metavar="FILE", help="reports with marked chains")
    parser.add_argument("--scorer", type=Path, default=chains.SCORER, metavar="PATH", help=f"default: {chains.SCORER}")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw the reliability diagram here")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help=f"what the dossier says, so {RECORD}")
    return parser


def main() -> None:
    """Run the evaluation named on the command line."""
    asked = arguments().parse_args()
    if bool(asked.paths) == bool(asked.gold):
        stop("Name articles, or a file of chains with --gold: one of the two.")
    if asked.record and not asked.gold:
        stop("--record keeps what was measured on chains: name them with --gold.")
    gold = json_lines(asked.gold) if asked.gold else []
    result = _on_chains(gold, asked.scorer) if gold else _on_articles(asked.paths)
    if asked.picture:
        both = ("attribution", "chain") if asked.gold else ()
        panels = {TITLES[name]: result[name] for name in both} or {TITLES["attribution"]: result}
        asked.picture.write_text(draw(panels), encoding="utf-8")
    if asked.record:
        _keep(result, len(gold), asked.record)
    report_result(result)


if __name__ == "__main__":
    main()
