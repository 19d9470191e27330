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
              "found" with that of the truth's answers whose words some claim of the program's question touches

"drift": of the steps at which a hedge got lost by `echoes.json` (a certainty is firmer than one before), how many the
program tells, between the two reports, of words that touch; and how many changes it tells in all.

Prints one JSON object; the bounds of each question are under "by question".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.files import json_lines, report_result, text_of
from evals.questions import read
from evals.rivals import FREE, Mine, words_of, worth
from sayso import lineage, names
from sayso.kit import fold, identify
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
        "by question": rows,
    }


def of_program(case: Case, truth: Sequence[Truth], asked: Sequence[Truth]) -> dict[str, Any]:
    """The program's questions beside the truth's, of several the one with most claims."""
    lineages = dict(zip((one.id for one in case.questions), lineage.root(case), strict=True))
    true = true_origins(truth)
    whole, found = {}, {}
    for one in asked:
        name = _name(one)
        mine = [each for each in case.questions if _fits(one, each)]
        if name in true and mine:
            best = max(mine, key=lambda each: (sum(len(answer.given) for answer in each.answers), each.id))
            whole[name] = row(lineages[best.id], best, len(true[name]))
            found[name] = row(lineages[best.id], best, len(_touched(case, best, truth, name)))
    return {
        "all": summed(whole),
        "found": summed(found),
        "missing": sorted({_name(one) for one in asked} & set(true) - set(whole)),
    }


def _fits(truth: Truth, mine: Question) -> bool:
    if "slot" in truth or mine.slot != FREE:
        return bool(truth.get("slot") == mine.slot)
    return any(frozenset(one) <= words_of(mine.text) for one in truth["words"])


def _touched(case: Case, question: Question, truth: Sequence[Truth], name: str) -> set[str]:
    """Origins of the truth's answers whose words a claim of the program's question touches."""
    claims = {claim.id: claim for found in case.findings for claim in found.claims}
    reports = {report.id: report.sha256 for report in case.reports}
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for answer in question.answers:
        for given in answer.given:
            spans[reports[given.report]] += claims[given.claim].content
    return {
        origin
        for one in truth
        for answer in one["answers"]
        if answer["question"] == name and _touches(_words(one, answer), spans[one["sha256"]])
        for origin in answer["origins"]
    }


def _words(truth: Truth, answer: Truth) -> list[Span]:
    contents = [
        Span(*span) for one in truth["attributions"] if one["id"] in answer["attributions"] for span in one["content"]
    ]
    return contents or [_place(truth["text"], answer["answer"])]


def _touches(here: Iterable[Span], there: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in here for other in there)


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with reports/, truth.jsonl, questions.json and echoes.json")
    parser.add_argument("--case", type=Path, help="a case that holds the reports already")
    given = parser.parse_args()
    asked = json.loads(text_of(given.folder / "questions.json"))["questions"]
    truth = json_lines(given.folder / "truth.jsonl")
    report_result(evaluate(read(given.folder, given.case), truth, asked))


def evaluate(case: Case, truth: Sequence[Truth], asked: Sequence[Truth]) -> dict[str, Any]:
    """All figures of the runner."""
    told = of_truth(case, truth, asked)
    true = true_origins(truth)
    rows = {
        each.id: row(one, each, len(true[each.id]))
        for one, each in zip(lineage.root(told), told.questions, strict=True)
    }
    return {"truth": summed(rows), "program": of_program(case, truth, asked)}


if __name__ == "__main__":
    main()
