"""The matrices of competing hypotheses of a case, and what people say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sayso import exchange, hypotheses, ledger
from sayso.exchange import cited
from sayso.hypotheses import deceiving, fewest_roots, judgement_on, order, row_values, score, shifts
from sayso.kit import WrongUse, fold
from sayso.model import Case, Judgement, Matrix
from sayso.workspace.loading import load

__all__ = [
    "adrift",
    "cited",
    "deceiving",
    "fewest_roots",
    "judge_matrix",
    "judged_only_on",
    "judgement_on",
    "matrices",
    "matrix_as_csv",
    "order",
    "read_matrix",
    "row_values",
    "score",
    "shifts",
]


def matrices(case: Case, *, main: Iterable[str] = ()) -> tuple[Matrix, ...]:
    """The matrix of each incident's main question, or of the questions with these ids, with what people said of it."""
    return hypotheses.judge(_proposed(case, main), case.judgements)


def adrift(case: Case) -> tuple[Judgement, ...]:
    """What people said of matrices that no longer finds what it was about, in any question of the case."""
    if not any(map(hypotheses.is_judgement, case.judgements)):
        return ()
    return hypotheses.adrift(_proposed(case, (one.id for one in case.questions)), case.judgements)


def _proposed(case: Case, main: Iterable[str]) -> tuple[Matrix, ...]:
    texts = {report.id: report.text for report in case.reports}
    return hypotheses.propose(case.questions, case.lineages, texts, main=main)


def judge_matrix(folder: Path | str, said: Sequence[Judgement], *, by: str) -> tuple[Judgement, ...]:
    """Record judgements on a matrix, as `hypotheses.judgement_on` makes them, all or none of them.

    What has no person is said by `by`, what has no time now. `WrongUse` where one has no reason, or nobody says it.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    signed = []
    for one in said:
        names = tuple(map(_line, one.names))
        signed.append(replace(one, reason=_line(one.reason), by=_line(one.by or by), at=one.at or now, names=names))
    for one in signed:
        if not one.by or not one.reason:
            raise WrongUse(f"Say who judges, and why: {one.names[0]} of {one.names[1] or one.names[2]} has no reason.")
    with ledger.open_to_write(Path(folder)) as opened:
        return ledger.record_judgements(opened, signed)


def _line(text: str) -> str:
    """In one line, without control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def matrix_as_csv(matrix: Matrix, *, classic: bool = False) -> str:
    """A matrix as CSV, to be filled in and read again."""
    return exchange.matrix_to_csv(matrix, classic=classic)


def read_matrix(folder: Path | str, text: str, *, by: str) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """Record what a matrix in CSV says otherwise than the case does. Gives what was recorded, and what could not be.

    What is as it was makes no judgement, nor does an empty cell. A rating that was changed under the name and time of
    the one before is said by `by`, now; one that bears another's name is theirs. `WrongUse` where the CSV is no matrix
    of this case; then nothing is kept.
    """
    case = load(folder)
    question = exchange.question_of(text)
    if question not in {one.id for one in case.questions}:
        raise WrongUse("The matrix is of no question of this case. Write it anew with `sayso hypotheses CASE --csv`.")
    (matrix,) = matrices(case, main=(question,))
    said, problems = exchange.judgements_in(text, matrix, case.judgements)
    return (judge_matrix(folder, said, by=by) if said else ()), problems


def judged_only_on(case: Case, gone: Iterable[str]) -> frozenset[str]:
    """Ids of the judgements on matrices that rest on these reports alone: on claims or hypotheses found in no other."""
    gone = frozenset(gone)
    report_of = {claim.id: claim.report for found in case.findings for claim in found.claims}
    reports_of: dict[str, set[str]] = {}
    for question in case.questions:
        for answer in question.answers:
            reports_of.setdefault(fold(answer.words), set()).update(given.report for given in answer.given)
    found = set()
    for one in filter(hypotheses.is_judgement, case.judgements):
        _, words, _, _, *claims = one.names
        carried = {report_of[claim] for claim in claims if claim in report_of}
        named = reports_of.get(fold(words), set())
        if any(reports and reports <= gone for reports in (carried, named)):
            found.add(one.id)
    return frozenset(found)
