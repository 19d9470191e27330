"""Do the bounds on independent origins hold the true number, and are they narrow?

    python -m evals.origins FOLDER [--case CASE]

FOLDER has `reports/`, `truth.jsonl`, `questions.json` and `echoes.json`, in the form of `examples/harbour-fire`. The
program reads the reports, unless a case that holds them is given.

For every question of the truth file the true number of origins is that of the names which its answers list as
`origins`, over all reports. "inside": low <= true <= high. "narrow": high - low is at most half of what [1, number of
reports that speak to the question] leaves open. Measured twice:

    truth     the attributions and answers of the truth file are given to the program, which resolves voices, takes the
              echoes that it found, and counts: the counting alone
    program   the program's own questions, with whatever it read wrong or missed. "all" compares with the true number;
              "given" with the true number of those on whose word the very claims rest that the program took for
              answers, right or wrong: of each the origin of the truth's attribution that shares most words with it, or
              the publisher where none does

"drift": of the steps at which a hedge got lost by `echoes.json` (a certainty is firmer than one before), how many the
program tells, between the two reports, of words that touch; and how many changes it tells in all.

Prints one JSON object; the bounds of each question are under "by question".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.files import json_lines, report_result, text_of
from evals.questions import read
from evals.rivals import FREE, Mine, words_of, worth
from sayso import lineage, names
from sayso.kit import FIRMNESS, fold, identify
from sayso.model import Answer, Attribution, Case, Claim, Findings, Given, Lineage, Link, Question, Report, Span

Truth = Mapping[str, Any]
_IN_BRACKETS = re.compile(r"\s*\([^)]{0,200}\)$")


def of_truth(case: Case, truth: Sequence[Truth], asked: Sequence[Truth]) -> Case:
    """The case with the truth's attributions, answers and questions; everything else as the program has it."""
    told = {one["sha256"]: one for one in truth}
    pairs = [(report, told[report.sha256]) for report in case.reports]
    findings = tuple(
        replace(found, attributions=said, claims=_claims(report, one, said))
        for found, (report, one) in zip(case.findings, pairs, strict=True)
        for said in [tuple(_attributions(report, one))]
    )
    entities, voices = names.resolve(case.reports, findings, ())
    questions = _questions(pairs, findings, asked)
    return replace(case, findings=findings, entities=entities, voices=voices, questions=questions)


def _attributions(report: Report, truth: Truth) -> Iterator[Attribution]:
    for one in truth["attributions"]:
        name = identify("truth", truth["id"], one["id"])
        source, cue = (Span(*one[key]) if one[key] else None for key in ("source", "cue"))
        links = [Link(voice) for voice in one["voices"]]
        links[-1] = replace(links[-1], stance=one["stance"], certainty=one["certainty"], via=name, span=source)
        content = tuple(Span(*span) for span in one["content"])
        rest = {key: one[key] for key in ("named", "kind", "stance", "certainty", "manner")}
        yield Attribution(name, report.id, source, cue, content, None, tuple(links), **rest, chain_probability=1.0)


def _claims(report: Report, truth: Truth, said: Iterable[Attribution]) -> tuple[Claim, ...]:
    """One of each attribution, and one of the reporter's for each answer without one."""
    stated = [Claim(one.id, report.id, one.content, one.chain, one.id, one.stance, one.certainty) for one in said]
    own = [
        Claim(_own(truth, number), report.id, (_place(report.text, one["answer"]),), (Link(truth["publisher"]),))
        for number, one in enumerate(truth["answers"])
        if not one["attributions"]
    ]
    return (*stated, *own)


def _own(truth: Truth, number: int) -> str:
    return identify("truth", truth["id"], "own", number)


def _place(text: str, answer: str) -> Span:
    """The sentence that holds most words of an answer, the first of equals."""
    sentences = [Span(*one.span()) for one in re.finditer(r"[^.\n]+", text)]
    return max(sentences, key=lambda one: len(words_of(answer) & words_of(text[slice(*one)])))


def _questions(
    pairs: Sequence[tuple[Report, Truth]], findings: Sequence[Findings], asked: Sequence[Truth]
) -> tuple[Question, ...]:
    given: defaultdict[str, defaultdict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    claims = {claim.id: claim for found in findings for claim in found.claims}
    by_name = {_name(one): one for one in asked}
    for report, truth in pairs:
        for number, one in enumerate(truth["answers"]):
            known = by_name.get(one["question"], {"answers": ()})
            ids = [identify("truth", truth["id"], name) for name in one["attributions"]] or [_own(truth, number)]
            for claim in ids:
                row = Given(report.id, claim, one["polarity"] == "for", claims[claim].content[0])
                given[one["question"]][_answer(one["answer"], known["answers"])].append(row)
    return tuple(
        Question(
            name,
            "free",
            "",
            name,
            tuple(Answer(identify(name, each), each, tuple(rows)) for each, rows in several.items()),
        )
        for name, several in given.items()
    )


def _name(question: Truth) -> str:
    return str(question.get("slot") or fold(question["text"]))


def _answer(words: str, known: Iterable[Truth]) -> str:
    """The name of the answer among those of the questions file that some words give; the words where it is none."""
    bare = _IN_BRACKETS.sub("", words)
    exact = next((one["answer"] for one in known if one["answer"] == bare), None)
    mine = Mine("", "", "", Answer("", bare, ()), (bare,), (), frozenset(), frozenset())
    ranked = sorted(((worth(one, mine), one["answer"]) for one in known), reverse=True)
    return exact or (ranked[0][1] if ranked and ranked[0][0] > 0 else bare)


def true_origins(truth: Sequence[Truth]) -> dict[str, set[str]]:
    """The names of all origins of every question."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in truth:
        for answer in one["answers"]:
            found[answer["question"]].update(answer["origins"])
    return dict(found)


def row(one: Lineage, question: Question, true: int) -> dict[str, Any]:
    """The bounds of one question beside the truth."""
    reports = len({given.report for answer in question.answers for given in answer.given})
    return {
        "true": true,
        "low": one.low,
        "high": one.high,
        "reports": reports,
        "inside": one.low <= true <= one.high,
        "narrow": one.high - one.low <= (reports - 1) / 2,
    }


def summed(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """How many questions are inside, narrow and both."""
    told = [(one["inside"], one["narrow"]) for one in rows.values()]
    return {
        "questions": len(told),
        "inside": sum(inside for inside, _ in told),
        "narrow": sum(narrow for _, narrow in told),
        "both": sum(inside and narrow for inside, narrow in told),
        "share": sum(inside and narrow for inside, narrow in told) / max(1, len(told)),
        "by question": rows,
    }


def of_program(case: Case, truth: Sequence[Truth], asked: Sequence[Truth]) -> dict[str, Any]:
    """The program's questions beside the truth's, of several the one with most claims."""
    lineages = dict(zip((one.id for one in case.questions), lineage.root(case), strict=True))
    true = true_origins(truth)
    behind = Behind(truth)
    claims = {claim.id: claim for found in case.findings for claim in found.claims}
    hashes = {report.id: report.sha256 for report in case.reports}
    whole, given = {}, {}
    for one in asked:
        name = _name(one)
        mine = [each for each in case.questions if _fits(one, each)]
        if name in true and mine:
            best = max(mine, key=lambda each: (sum(len(answer.given) for answer in each.answers), each.id))
            whole[name] = row(lineages[best.id], best, len(true[name]))
            said = [each for answer in best.answers for each in answer.given]
            rest_on = {behind.origin(hashes[each.report], claims[each.claim]) for each in said}
            given[name] = row(lineages[best.id], best, len(rest_on))
    return {
        "all": summed(whole),
        "given": summed(given),
        "missing": sorted({_name(one) for one in asked} & set(true) - set(whole)),
    }


def _fits(truth: Truth, mine: Question) -> bool:
    if "slot" in truth or mine.slot != FREE:
        return bool(truth.get("slot") == mine.slot)
    return any(frozenset(one) <= words_of(mine.text) for one in truth["words"])


class Behind:
    """The truth, for telling on whose word a claim rests, under one name in all reports."""

    def __init__(self, truth: Sequence[Truth]) -> None:
        self.truth = {one["sha256"]: one for one in truth}
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one in truth:
            voices = {each["id"]: each["voices"][-1] for each in one["attributions"]}
            for answer in one["answers"]:
                for name in answer["attributions"] if len(answer["origins"]) == 1 else ():
                    names[voices[name]][answer["origins"][0]] += 1
        self.names = {voice: max(sorted(found), key=found.__getitem__) for voice, found in names.items()}

    def origin(self, sha256: str, claim: Claim) -> str:
        """The origin of a claim. The unnamed are of their report alone, unless an answer of the truth says who."""
        truth = self.truth[sha256]
        best = max(truth["attributions"], key=lambda one: _shared(one["content"], claim.content), default=None)
        if claim.attribution is None and (best is None or 2 * _shared(best["content"], claim.content) <= _size(claim)):
            return str(truth["publisher"])
        if best is None or not _shared(best["content"], claim.content):
            return str(truth["publisher"])
        voice = best["voices"][-1]
        return self.names.get(voice, voice if best["named"] else f"{truth['id']} {voice}")


def _shared(spans: Iterable[Sequence[int]], content: Sequence[Span]) -> int:
    return sum(max(0, min(a[1], b.end) - max(a[0], b.start)) for a in spans for b in content)


def _size(claim: Claim) -> int:
    return sum(part.end - part.start for part in claim.content)


def of_drift(case: Case, truth: Sequence[Truth], told: Truth) -> dict[str, Any]:
    """Which lost hedges are told: steps that are firmer than one before them."""
    changes = lineage.drift(replace(case, lineages=lineage.root(case)))
    told_of = {one["sha256"]: one for one in truth}
    texts = {report.id: told_of[report.sha256]["id"] for report in case.reports}
    claims = {claim.id: claim for one in case.findings for claim in one.claims}
    found: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in changes:
        if one.kind in FIRMER:
            found[texts[one.before.report], texts[one.after.report]].append(claims[one.after.claim])
    lost: dict[tuple[str, str], bool] = {}
    for before, after in (step for one in told["drift"] for step in _firmer(one["steps"])):
        text = next(one["text"] for one in truth if one["id"] == after["report"])
        hit = any(_holds(one, text, after["words"]) for one in found[before["report"], after["report"]])
        name = after["report"], after["words"]
        lost[name] = lost.get(name, False) or hit
    missed = sorted(name for name, hit in lost.items() if not hit)
    kinds = Counter(one.kind for one in changes)
    return {"lost": len(lost), "found": sum(lost.values()), "missed": missed, "told": kinds}


def _holds(claim: Claim, text: str, words: str) -> bool:
    """Whether some words lie, in part, in a claim's."""
    start = text.find(words)
    return _shared([(start, start + len(words))], claim.content) > 0


FIRMER = frozenset({"hedge lost", "certainty raised"})


def _firmer(steps: Sequence[Truth]) -> Iterator[tuple[Truth, Truth]]:
    for place, after in enumerate(steps):
        for before in steps[:place]:
            if FIRMNESS.index(after["certainty"]) < FIRMNESS.index(before["certainty"]):
                yield before, after


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with reports/, truth.jsonl, questions.json and echoes.json")
    parser.add_argument("--case", type=Path, help="a case that holds the reports already")
    given = parser.parse_args()
    asked = json.loads(text_of(given.folder / "questions.json"))["questions"]
    truth = json_lines(given.folder / "truth.jsonl")
    case = read(given.folder, given.case)
    drift = of_drift(case, truth, json.loads(text_of(given.folder / "echoes.json")))
    report_result({**evaluate(case, truth, asked), "drift": drift})


def evaluate(case: Case, truth: Sequence[Truth], asked: Sequence[Truth]) -> dict[str, Any]:
    """The bounds, measured in both ways."""
    told = of_truth(case, truth, asked)
    true = true_origins(truth)
    rows = {
        each.id: row(one, each, len(true[each.id]))
        for one, each in zip(lineage.root(told), told.questions, strict=True)
    }
    return {"truth": summed(rows), "program": of_program(case, truth, asked)}


if __name__ == "__main__":
    main()
