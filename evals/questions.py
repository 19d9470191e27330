"""Are the questions in dispute found, with all rival answers, who gives them, and how they differ?

    python -m evals.questions FOLDER [--case CASE]

FOLDER has `reports/`, `truth.jsonl` and `questions.json`, in the form of `examples/harbour-fire`; its README tells it.
The program reads the reports, unless a case that holds them is given.

The program's questions count whose claims stand mostly in reports that have answers in `truth.jsonl`: so a report about
something else that lies among them asks nothing, unless it was taken for the same event. One event may be told as
several incidents. A question is found if some question of its slot has an answer of it; a free question also needs its
words. Answers are paired one to one over all incidents, see `evals.rivals`; one that was found twice is wrong once.
Of those found, "by a right voice" have a side that somebody gives who should: the others are right by chance; "by
sentence" of free questions are told only by the sentence that they stand in. The sides are counted over
the answers found: a side (for, against) is right if the truth has it and somebody gives it who should. Differences are
counted over the pairs both of whose answers were found and that are not open; "kinds" is the recall of each kind of
each question, once, over all that the truth has. What is optional in the truth is never counted, found or not. For
"ledgers" see `evals.ledgers`.

"together" is the recall over all questions, answers and differences of the truth, those of missing answers too.

Prints one JSON object; what is missing and what is wrong goes to standard error, as JSON under "missing" and "extra".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from evals.coreference import best_pairs
from evals.counting import Counts, total
from evals.files import json_lines, report_result, stop, text_of
from evals.ledgers import known, recall
from evals.rivals import BY_SENTENCE, FREE, Mine, same_voice, words_of, worth
from sayso import workspace
from sayso.kit import NotACase, digest
from sayso.model import Answer, Case, Claim, Question, Span

SIDES = (True, False)

Truth = Mapping[str, Any]
Notes = dict[str, list[Any]]


class Pair(NamedTuple):
    """An answer of the truth and the program's that was paired with it."""

    truth: Truth
    mine: Mine
    worth: float


class Asked(NamedTuple):
    """A question of the truth, and what the program has to it."""

    truth: Truth
    mine: tuple[Mine, ...]
    pairs: tuple[Pair, ...]

    @property
    def name(self) -> str:
        """Its slot, or the free question in words."""
        return str(self.truth.get("slot") or self.truth["free"])

    @property
    def needed(self) -> list[str]:
        """The names of the answers that must be found; none of an optional question."""
        return [] if _optional(self.truth) else [one["answer"] for one in self.truth["answers"] if not _optional(one)]

    @property
    def found(self) -> list[Pair]:
        """The pairs of these."""
        return [pair for pair in self.pairs if pair.truth["answer"] in self.needed]

    @property
    def counted(self) -> list[Mine]:
        """The program's answers that are right or wrong: all but those that were paired with something optional."""
        spared = {pair.mine.answer.id for pair in self.pairs} - {pair.mine.answer.id for pair in self.found}
        return [] if _optional(self.truth) else [one for one in self.mine if one.answer.id not in spared]


def _optional(truth: Truth) -> bool:
    return bool(truth.get("optional"))


def read(folder: Path, case: Path | None) -> Case:
    """The case that is given, or one of the reports of the folder. Ends the program where there is none."""
    if case:
        return _opened(case)
    with TemporaryDirectory() as name:
        added = workspace.add(Path(name) / "case", [folder / "reports"])
        if added.failures:
            stop("\n".join(one.message for one in added.failures))
        return workspace.load(Path(name) / "case")


def _opened(case: Path) -> Case:
    """A case that this version of the program has read: else it would seem to find nothing."""
    try:
        found = workspace.load(case)
    except NotACase as error:
        stop(str(error))
    unread = sum(caveat.kind == "unread" for each in found.findings for caveat in each.caveats)
    return found if not unread else stop(f"{case}: {unread} reports are not read by this version. Use: sayso read")


def answers_of(case: Case, told: Iterable[str]) -> Iterator[Mine]:
    """The program's answers to questions whose claims stand mostly in reports with these texts (SHA-256)."""
    wanted = frozenset(told)
    about = {report.id for report in case.reports if digest(report.text) in wanted}
    spellings = {entity.id: (entity.name, *entity.spellings) for entity in case.entities}
    claims = {claim.id: claim for each in case.findings for claim in each.claims}
    texts = {report.id: report.text for report in case.reports}
    sentences = {each.report: each.sentences for each in case.findings}

    def mine(question: Question, answer: Answer) -> Mine:
        names = (answer.words, *spellings.get(answer.entity or "", ()))
        spans = {(g.report, s) for g in answer.given for s in sentences[g.report] if _touches(claims[g.claim], s)}
        held = tuple(texts[report][slice(*span)] for report, span in sorted(spans))
        voices = {
            side: frozenset(_speaker(claims[g.claim]) for g in answer.given if g.is_for is side) for side in SIDES
        }
        return Mine(question.id, question.slot, question.text, answer, names, held, voices[True], voices[False])

    for question in case.questions:
        places = [given.report in about for answer in question.answers for given in answer.given]
        if 2 * sum(places) > len(places):
            yield from (mine(question, answer) for answer in question.answers)


def _touches(claim: Claim, sentence: Span) -> bool:
    return any(part.start < sentence.end and sentence.start < part.end for part in claim.content)


def _speaker(claim: Claim) -> str:
    return claim.chain[-1].voice if claim.chain else ""


def ask(truth: Sequence[Truth], mine: Sequence[Mine]) -> tuple[list[Asked], list[Mine]]:
    """Each question of the truth with the program's answers to it, paired; and the program's answers to no question."""
    of: defaultdict[int, list[Mine]] = defaultdict(list)
    for one in mine:
        of[next((n for n, question in enumerate(truth) if _fits(question, one)), -1)].append(one)
    return [Asked(question, tuple(of[n]), _paired(question, of[n])) for n, question in enumerate(truth)], of[-1]


def _fits(truth: Truth, mine: Mine) -> bool:
    if "slot" in truth or mine.slot != FREE:
        return bool(truth.get("slot") == mine.slot)
    return any(frozenset(one) <= words_of(mine.text) for one in truth["words"])


def _paired(truth: Truth, mine: Sequence[Mine]) -> tuple[Pair, ...]:
    answers = truth["answers"]
    if not mine:
        return ()
    matrix = np.array([[worth(one, each) for each in mine] for one in answers])
    pairs = zip(*best_pairs(matrix), strict=True)
    return tuple(Pair(answers[a], mine[b], float(matrix[a, b])) for a, b in pairs if matrix[a, b] > 0)


def measure(asked: Sequence[Asked], strays: Sequence[Mine], case: Case) -> tuple[dict[str, Any], Notes]:
    """What is printed, and what is missing and wrong."""
    notes: Notes = {"missing": [], "extra": []}
    found = questions(asked, strays, notes)
    given = answers(asked, strays, notes)
    hows = {frozenset({one.one, one.other}): one.kind for question in case.questions for one in question.differences}
    told = [difference for one in asked for difference in differences(one, hows, notes)]
    wanted = [(one.name, each["kind"]) for one in asked if not _optional(one.truth) for each in _needed_pairs(one)]
    right = [one for one in told if one.is_right]
    parts = [found, given, Counts(len(right), 0, len(wanted))]
    return {
        "together": sum(one.right for one in parts) / max(1, sum(one.gold for one in parts)),
        "questions": found.rates(),
        "answers": {
            **given.rates(),
            "found": given.right,
            "by a right voice": sum(_has_right_voice(pair) for one in asked for pair in one.found),
            "by sentence": sum(pair.worth == BY_SENTENCE for one in asked for pair in one.found),
        },
        "sides": sides(asked, notes).rates(),
        "differences": by_kind(told),
        "kinds": len({(one.question, one.wanted) for one in right}) / max(1, len(set(wanted))),
        "by question": {one.name: _of_one(one) for one in asked if not _optional(one.truth)},
    }, notes


def _of_one(one: Asked) -> dict[str, int]:
    return {"answers": len(one.needed), "found": len(one.found), "extra": len(one.counted) - len(one.found)}


def questions(asked: Sequence[Asked], strays: Sequence[Mine], notes: Notes) -> Counts:
    """Right, found and wanted; several of the program's that have answers of one of the truth are right together."""
    needed = [one for one in asked if not _optional(one.truth)]
    right = [one for one in needed if one.pairs]
    notes["missing"] += [{"question": one.name} for one in needed if not one.pairs]
    every = {mine.question: mine.text for one in needed for mine in one.mine} | {m.question: m.text for m in strays}
    wrong = every.keys() - {pair.mine.question for one in needed for pair in one.pairs}
    notes["extra"] += [{"question": every[one]} for one in sorted(wrong)]
    return Counts(len(right), len(right) + len(wrong), len(needed))


def answers(asked: Sequence[Asked], strays: Sequence[Mine], notes: Notes) -> Counts:
    """Right, found and wanted, over all questions."""
    right = {pair.mine.answer.id for one in asked for pair in one.found}
    for one in asked:
        names = {pair.truth["answer"] for pair in one.found}
        notes["missing"] += [{"question": one.name, "answer": name} for name in one.needed if name not in names]
    counted = [*strays, *(mine for one in asked for mine in one.counted)]
    for mine in counted:
        if mine.answer.id not in right:
            held = mine.sentences[0] if mine.sentences else ""
            notes["extra"].append({"question": mine.slot, "answer": mine.answer.words, "sentence": held})
    return Counts(len(right), len(counted), sum(len(one.needed) for one in asked))


def sides(asked: Sequence[Asked], notes: Notes) -> Counts:
    """Of the answers found: sides that are given by somebody who should, all given, all that the truth has."""
    counts = Counts()
    for one in asked:
        for pair in one.found:
            for side, voices in (("for", pair.mine.for_by), ("against", pair.mine.against_by)):
                wanted: list[str] = pair.truth[side]
                right = _is_by(voices, wanted)
                counts = counts.plus(Counts(int(right), int(bool(voices)), int(bool(wanted))))
                if not right and (voices or wanted):
                    row = {"question": one.name, "answer": pair.truth["answer"], "side": side}
                    notes["missing" if wanted else "extra"].append({**row, "by": wanted, "found": sorted(voices)})
    return counts


def _is_by(voices: Iterable[str], wanted: Sequence[str]) -> bool:
    return any(same_voice(voice, name) for voice in voices for name in wanted)


def _has_right_voice(pair: Pair) -> bool:
    return _is_by(pair.mine.for_by, pair.truth["for"]) or _is_by(pair.mine.against_by, pair.truth["against"])


class Told(NamedTuple):
    """Two answers of the truth, both found: how they differ by the truth and by the program, "" where they do not."""

    question: str
    wanted: str
    kind: str

    @property
    def is_right(self) -> bool:
        """Whether both say the same."""
        return self.wanted == self.kind


def _needed_pairs(one: Asked) -> list[Truth]:
    needed = set(one.needed)
    return [each for each in one.truth["differences"] if {each["one"], each["other"]} <= needed]


def differences(one: Asked, hows: Mapping[frozenset[str], str], notes: Notes) -> Iterator[Told]:
    """Each two answers found that are not open and that differ by the truth or by the program."""
    wanted = {frozenset({each["one"], each["other"]}): each["kind"] for each in _needed_pairs(one)}
    left_open = {frozenset(pair) for pair in one.truth["open"]}
    ids = {pair.truth["answer"]: pair.mine.answer.id for pair in one.found}
    for pair in map(frozenset, combinations(ids, 2)):
        told = Told(one.name, wanted.get(pair, ""), hows.get(frozenset(ids[name] for name in pair), ""))
        if pair in left_open or not (told.wanted or told.kind):
            continue
        if not told.is_right:
            row = {"question": one.name, "between": sorted(pair), "is": told.wanted, "found": told.kind}
            notes["missing" if told.wanted else "extra"].append(row)
        yield told


def by_kind(told: Sequence[Told]) -> dict[str, Any]:
    """Rates of each kind and of all, over the pairs given."""
    kinds = sorted({kind for one in told for kind in (one.wanted, one.kind) if kind})
    counts = {
        kind: Counts(
            sum(one.is_right and one.kind == kind for one in told),
            sum(one.kind == kind for one in told),
            sum(one.wanted == kind for one in told),
        )
        for kind in kinds
    }
    return {
        kind: {**one.rates(), "pairs": one.gold}
        for kind, one in {"all": total(list(counts.values())), **counts}.items()
    }


def _ids(asked: Sequence[Asked]) -> tuple[dict[str, set[str]], dict[tuple[str, str], str]]:
    """The program's questions by the truth's name of theirs, and its answers by the truth's names."""
    questions = {one.name: {mine.question for mine in one.mine} for one in asked}
    return questions, {(one.name, pair.truth["answer"]): pair.mine.answer.id for one in asked for pair in one.pairs}


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with reports/, truth.jsonl and questions.json")
    parser.add_argument("--case", type=Path, help="a case that holds the reports already")
    given = parser.parse_args()
    whole = json.loads(text_of(given.folder / "questions.json"))
    truth = json_lines(given.folder / "truth.jsonl")
    told = [one["sha256"] for one in truth if one["answers"]]
    case = read(given.folder, given.case)
    asked, strays = ask(whole["questions"], tuple(answers_of(case, told)))
    result, notes = measure(asked, strays, case)
    result["ledgers"], missing = recall(whole, known(case, truth, *_ids(asked)))
    notes["missing"] += missing
    json.dump(notes, sys.stderr, indent=1, ensure_ascii=False)
    print(file=sys.stderr)
    report_result(result)


if __name__ == "__main__":
    main()
