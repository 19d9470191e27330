"""Are the numbers of killed and injured right? The tolls of the program beside those of the Gun Violence Corpus.

    python -m evals.toll PATH

PATH is a folder with `*.conll.gz` and `*event_mentions.json.gz` in it (the Gun Violence Corpus, Vossen et al. 2018, in
the form of Zhukova's collection). Its texts are read and joined to incidents by the program, all together; of each gold
incident that incident counts which most events of its reports belong to. A number is exact if killed (or injured) is
the gold number; where the program tells no toll, it says none. The same was asked of systems by SemEval-2018 task 5
("Counting Events and Participants in the Long Tail", Postma, Ilievski and Vossen 2018), subtask 3, in questions.

Gold comes from the marked mentions. The last part of a mention's description names those whom it befalls by their
numbers in the registry of the incident, one digit each: "X.death.13" the first and the third. Killed are all whom some
mention of a death names. Injured are all whom a mention of an injury or a hit names and none of a death. A mention with
"UNK" or "ALL" names nobody, one without an incident ("0") is about another. An incident none of whose mentions names
anybody is left out, and counted under "unsettled".

Beside it stand the plain baselines (always one killed and none injured; the commonest number of each fate in the very
gold), and "gold reports": the tolls where the reports of each gold incident are a case of their own and the incident
is the one that most events belong to, so that what is lost by joining is seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.files import report_result, stop
from evals.same_event import Document, gvc, gvc_mentions
from sayso import encoder, spine
from sayso.model import Case, Fate, Findings

FATES: tuple[Fate, ...] = ("killed", "injured")
Tolls = Mapping[str, tuple[float, float]]
"""Killed and injured, by gold incident."""

DEATHS = frozenset({"death"})
WOUNDS = frozenset({"injuring", "hitting"})


def gold_tolls(mentions: Iterable[Mapping[str, Any]]) -> Tolls:
    """Killed and injured of every incident whose mentions name somebody."""
    dead, hit = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for mention in mentions:
        incident, kind, who = (*mention["description"].split("."), "", "")[:3]
        if incident == mention["subtopic_id"] and who.isdigit():
            (dead if kind in DEATHS else hit if kind in WOUNDS else defaultdict(set))[incident].update(who)
    named = sorted({*dead, *hit})
    return {name: (len(dead[name]), len(hit[name] - dead[name])) for name in named}


def told_tolls(documents: Sequence[Document], case: Case) -> Tolls:
    """Killed and injured as the program tells them of each gold incident."""
    about = {one.report.id: one.incident for one in documents}
    counts = defaultdict[str, Counter[str]](Counter)
    for incident in case.incidents:
        for report, _ in incident.events:
            counts[about[report]][incident.id] += 1
    best = {(one.incident, one.fate): one.best for one in spine.account(case).tolls}
    chosen = {gold: max(found, key=lambda one: (found[one], one)) for gold, found in counts.items()}
    return {gold: (best.get((one, "killed"), 0.0), best.get((one, "injured"), 0.0)) for gold, one in chosen.items()}


def by_gold(documents: Sequence[Document], findings: Mapping[str, Findings]) -> Tolls:
    """The same where each gold incident's reports are a case of their own."""
    out: dict[str, tuple[float, float]] = {}
    for name in sorted({one.incident for one in documents}):
        own = [one for one in documents if one.incident == name]
        out |= told_tolls(own, assemble(own, findings))
    return out


def assemble(documents: Sequence[Document], findings: Mapping[str, Findings]) -> Case:
    """The case of these documents."""
    return spine.assemble(tuple(d.report for d in documents), tuple(findings[d.report.id] for d in documents))


def score(gold: Tolls, told: Tolls) -> dict[str, Any]:
    """Shares of exact numbers: of all pairs of incident and fate, of each fate, and of incidents with both right."""
    right = {name: [a == b for a, b in zip(gold[name], told.get(name, (0.0, 0.0)), strict=True)] for name in gold}
    share: dict[str, Any] = {fate: sum(one[at] for one in right.values()) / len(gold) for at, fate in enumerate(FATES)}
    both = sum(all(one) for one in right.values()) / len(gold)
    return {"exact": sum(share.values()) / len(FATES), **share, "both": both}


def baselines(gold: Tolls) -> dict[str, Any]:
    """What can be had without reading: one killed and none injured; the commonest numbers."""
    commonest = tuple(Counter(one[at] for one in gold.values()).most_common(1)[0][0] for at in range(len(FATES)))
    return {
        "one killed, none injured": score(gold, dict.fromkeys(gold, (1.0, 0.0))),
        "commonest": score(gold, dict.fromkeys(gold, commonest)),  # type: ignore[arg-type]
    }


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="folder of the Gun Violence Corpus")
    parser.add_argument("--misses", action="store_true", help="also list what is not exact, on standard error")
    given = parser.parse_args()
    documents = gvc(given.path)
    if not documents:
        stop(f"{given.path}: no *.conll.gz and *event_mentions.json.gz in it")
    gold = gold_tolls(gvc_mentions(given.path))
    reader = encoder.load()
    findings = {one.report.id: spine.read_report(one.report, reader) for one in documents}
    report_result(evaluate(documents, findings, gold, list_misses=given.misses))


def evaluate(
    documents: Sequence[Document], findings: Mapping[str, Findings], gold: Tolls, *, list_misses: bool = False
) -> dict[str, Any]:
    """All figures of the runner."""
    told = told_tolls(documents, assemble(documents, findings))
    for name in gold if list_misses else ():
        if gold[name] != told.get(name):
            print(name, "gold", gold[name], "told", told.get(name), file=sys.stderr)
    return {
        "reports": len(documents),
        "incidents": len(gold),
        "unsettled": len({one.incident for one in documents} - {*gold}),
        "sayso": score(gold, told),
        "gold reports": score(gold, by_gold(documents, findings)),
        "baselines": baselines(gold),
    }


if __name__ == "__main__":
    main()
