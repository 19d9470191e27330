"""How a matrix of competing hypotheses looks: in the terminal, and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from sayso import workspace
from sayso.cli import screen
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Cell, Evidence, Matrix, Order, RowValue, Score, Shift

LIMITS = "These numbers order hypotheses. They are not probabilities, and the truth may not be listed."

MOST = 24
"""Rows of evidence that the terminal shows; all of them with --all."""
ACROSS = 12
"""Rows of evidence beside each other, where hypotheses stand in rows."""
SHIFTS = 5
"""Single changes that are told."""

CELL_COLUMNS = (
    "question", "hypothesis_id", "hypothesis", "evidence_id", "evidence", "who", "root", "basis", "claims", "rating",
    "reason", "by", "at", "state", "suggested", "why_suggested", "if_deceptive",
)  # fmt: skip


class Shown:
    """A matrix with the numbers by which hypotheses and evidence are called: H1, E1."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.code = {one.id: f"H{number}" for number, one in enumerate(matrix.hypotheses, 1)}
        self.code |= {row.id: f"E{number}" for number, row in enumerate(matrix.evidence, 1)}
        self.cells = {(one.hypothesis, one.evidence): one for one in matrix.cells if not one.if_deceptive}
        self.who = {row.root: row.actor for row in matrix.evidence}

    def touched(self, shift: Shift) -> tuple[str, ...]:
        """What a change touches: two that leave out the same rows are one."""
        if shift.kind == "cell":
            return shift.what
        keys = {"row": "id", "root": "root", "actor": "actor"}
        if shift.kind == "claim":
            return tuple(r.id for r in self.matrix.evidence if {one.claim for one in r.given} == set(shift.what))
        return tuple(row.id for row in self.matrix.evidence if getattr(row, keys[shift.kind]) == shift.what[0])

    def cell(self, hypothesis: str, evidence: str) -> str:
        """A rating; a suggestion in small letters with "?"; "·" for a blank."""
        cell = self.cells.get((hypothesis, evidence), Cell(hypothesis, evidence))
        return cell.rating or (f"{cell.suggested.lower()}?" if cell.suggested else "·")


def show(matrix: Matrix, *, classic: bool, everything: bool) -> None:
    """The matrix, what it is worth, and what it hangs on, on standard output."""
    shown = Shown(matrix)
    rows = matrix.evidence if everything else matrix.evidence[:MOST]
    click.echo(screen.one_line(matrix.text))
    click.echo()
    for one in matrix.hypotheses:
        click.echo(f"{shown.code[one.id]:>4}  {screen.one_line(one.words)}{_beside(shown, one.overlaps)}")
    click.echo()
    _show_cells(shown, rows, classic=classic)
    click.echo()
    _show_evidence(shown, rows)
    if len(rows) < len(matrix.evidence):
        click.echo(f"\n{len(matrix.evidence) - len(rows)} more rows of evidence: --all.")
    click.echo("\nc? and the like: suggested, not counted until accepted (--accept) or rated (--rate). ·: not rated.")
    _show_scores(shown)


def _beside(shown: Shown, overlaps: Sequence[str]) -> str:
    known = [shown.code[one] for one in overlaps if one in shown.code]
    return f"  (may be so together with {', '.join(known)})" if known else ""


def _show_cells(shown: Shown, rows: Sequence[Evidence], *, classic: bool) -> None:
    named = shown.matrix.hypotheses
    if classic:
        columns = ("", *(shown.code[one.id] for one in named))
        told = [{"": shown.code[row.id], **{shown.code[h.id]: shown.cell(h.id, row.id) for h in named}} for row in rows]
        screen.show("table", columns, told)
        return
    for start in range(0, len(rows), ACROSS):
        some = rows[start : start + ACROSS]
        columns = ("", *(shown.code[row.id] for row in some))
        told = [{"": shown.code[h.id], **{shown.code[row.id]: shown.cell(h.id, row.id) for row in some}} for h in named]
        screen.show("table", columns, told)


def _show_evidence(shown: Shown, rows: Sequence[Evidence]) -> None:
    values = {one.evidence: one for one in workspace.row_values(shown.matrix)}
    told = [
        {
            "": shown.code[row.id],
            "who says so": row.actor,
            "what": row.words,
            "reports": str(len({given.report for given in row.given}) or row.basis),
            "tells apart": _worth(values[row.id]),
        }
        for row in rows
    ]
    is_rated = any(row["tells apart"] for row in told)
    columns = ("", "who says so", "what", "reports", *(("tells apart",) if is_rated else ()))
    screen.show("table", columns, told, widths={"who says so": 2, "what": 5})


def _worth(value: RowValue) -> str:
    if value.against_all:
        return "inconsistent with all: is one missing, or somebody deceiving?"
    if value.settles_nothing:
        return "settles nothing"
    return "" if value.diagnosticity is None else f"{value.diagnosticity:.2f}"


def _show_scores(shown: Shown) -> None:
    scores = {one.hypothesis: one for one in workspace.score(shown.matrix)}
    rated = [one for one in scores.values() if one.rated]
    if not rated:
        click.echo("Nothing is rated yet, so there is no score.")
        return
    order = workspace.order(shown.matrix)
    placed = [one for place in order.places for one in place]
    listed = placed or [one.hypothesis for one in rated]
    click.echo(f"\n{LIMITS}")
    columns = ("", "inconsistency", "weighted", "share", "rated", "roots against")
    screen.show("table", columns, [_score(shown, scores[one]) for one in listed])
    blank = [shown.code[one.hypothesis] for one in scores.values() if not one.rated]
    if blank:
        click.echo(f"Not rated, so not compared: {', '.join(blank)}.")
    for line in in_words(shown, order):
        click.echo(screen.one_line(line))


def _score(shown: Shown, one: Score) -> dict[str, object]:
    roots = str(one.roots_high) if one.roots_low == one.roots_high else f"{one.roots_low} to {one.roots_high}"
    return {
        "": shown.code[one.hypothesis],
        "inconsistency": one.plain,
        "weighted": f"{one.weighted:.2f}",
        "share": "" if one.safe is None else f"{one.safe:.2f}",
        "rated": f"{one.rated} of {one.of}",
        "roots against": roots,
    }


def why(case: Case, matrix: Matrix, row: Evidence) -> None:
    """One row of evidence on standard output: its words in the reports, and each cell with reason, person and time."""
    shown = Shown(matrix)
    click.echo(screen.one_line(f"{shown.code[row.id]}  {row.actor}: {row.words}"))
    if row.because:
        click.echo(screen.one_line(f"      {row.basis}: {row.because}"))
    reports = {report.id: report for report in case.reports}
    claims = {claim.id: claim for found in case.findings for claim in found.claims}
    for given in row.given:
        report, spans = reports[given.report], claims[given.claim].content
        words = " … ".join(report.text[span.start : span.end] for span in spans)
        where = f"{report.publisher or PUBLISHER_NOT_RECORDED}, {report.published[:10] or 'day not recorded'}"
        click.echo(textwrap.indent(screen.one_line(f"{where}: “{words}”"), "      "))
    click.echo()
    told = [
        {
            "": shown.code[one.id],
            "hypothesis": one.words,
            "rating": shown.cell(one.id, row.id),
            "why": cell.reason or cell.suggestion,
            "by": cell.by or ("suggested" if cell.suggested else ""),
            "at": cell.at[:10],
        }
        for one in matrix.hypotheses
        for cell in [shown.cells.get((one.id, row.id), Cell(one.id, row.id))]
    ]
    screen.show("table", ("", "hypothesis", "rating", "why", "by", "at"), told, widths={"hypothesis": 2, "why": 4})


def in_words(shown: Shown, order: Order) -> Iterator[str]:
    """Who has least against it, on what, and what small change would put others first."""
    if not order.is_even:
        rows = screen.count(len(order.rows), "row")
        yield f"Unequal coverage: hypotheses are rated on different rows. Compared on the {rows} rated for all of them."
    if not order.places:
        yield "There is no order: no two hypotheses are rated on the same rows."
        return
    yield f"Least against it: {_codes(shown, order.leaders)}."
    fewest = workspace.fewest_roots(shown.matrix)
    if fewest:
        who = ", ".join(shown.who[root] for root in fewest.what)
        yield f"Without what {who} say, {_codes(shown, fewest.leaders)} would have less against it."
    elif len(order.leaders) == 1:
        yield "Leaving out voices changes nothing of that."
    found = list({(shown.touched(one), one.leaders): one for one in reversed(workspace.shifts(shown.matrix))}.values())
    found.reverse()
    for one in found[:SHIFTS]:
        yield f"{_change(shown, one)}: {_codes(shown, one.leaders) or 'there is nothing to compare'}."
    if len(found) > SHIFTS:
        yield f"{len(found) - SHIFTS} more single changes put others first: --format json."


def _change(shown: Shown, one: Shift) -> str:
    if one.kind == "cell":
        hypothesis, row, rating = one.what
        return f"With {shown.code[row]} rated {rating} for {shown.code[hypothesis]}"
    what = one.what[0]
    if one.kind == "root":
        return f"Without all that rests on {shown.who[what]}"
    return f"Without {f'claim {what}' if one.kind == 'claim' else shown.code.get(what, what)}"


def _codes(shown: Shown, several: Sequence[str]) -> str:
    return ", ".join(shown.code[one] for one in several)


def cells(matrix: Matrix) -> Iterator[dict[str, object]]:
    """One row a cell, blank ones too, evidence by evidence, for programs: keyed by `CELL_COLUMNS`."""
    words = {one.id: one.words for one in matrix.hypotheses}
    known = {(one.evidence, one.hypothesis, one.if_deceptive): one for one in matrix.cells}
    for row in matrix.evidence:
        claims = list(map(workspace.cited, row.given)) or row.basis
        for hypothesis, called in words.items():
            for deceptive in (False, True):
                one = known.get((row.id, hypothesis, deceptive))
                if one or not deceptive:
                    one = one or Cell(hypothesis, row.id)
                    yield {
                        "question": matrix.text,
                        "hypothesis_id": hypothesis,
                        "hypothesis": called,
                        "evidence_id": row.id,
                        "evidence": row.words,
                        "who": row.actor,
                        "root": row.root,
                        "basis": row.basis,
                        "claims": claims,
                        "rating": one.rating,
                        "reason": one.reason,
                        "by": one.by,
                        "at": one.at,
                        "state": one.state,
                        "suggested": one.suggested,
                        "why_suggested": one.suggestion,
                        "if_deceptive": deceptive,
                    }


def whole(matrix: Matrix) -> dict[str, Any]:
    """The matrix with its scores, for programs."""
    fewest = workspace.fewest_roots(matrix)
    return {
        **asdict(matrix),
        "limits": LIMITS,
        "scores": [{**asdict(one), "coverage": one.coverage} for one in workspace.score(matrix)],
        "order": asdict(workspace.order(matrix)),
        "rows": [asdict(one) for one in workspace.row_values(matrix)],
        "shifts": [asdict(one) for one in workspace.shifts(matrix)],
        "fewest_roots": asdict(fewest) if fewest else None,
    }
