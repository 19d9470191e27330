"""What a person decides: each act is a judgement, made through `workspace`, signed and kept for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Literal, get_args

from sayso import workspace
from sayso.kit import WrongUse
from sayso.model import UNSPECIFIED, Case, Cell, Evidence, Judgement, Matrix, Rating, Span
from sayso.web.desk import Desk
from sayso.web.requests import PARTING
from sayso.web.selected import spans
from sayso.workspace import Change

Fields = Mapping[str, str]
Act = Callable[[Desk, Fields, str], str]
"""Does what the form asks for, signed by somebody; gives the page to go to where the form names none."""

RATINGS: Final[tuple[str, ...]] = tuple(filter(None, get_args(Rating)))
LEVELS: Final = ("low", "medium", "high")
WEIGHTS: Final[tuple[Literal["credibility", "relevance"], ...]] = ("credibility", "relevance")
ADDED: Final = {"add": "hypothesis", "drop": "hypothesis", "assume": "assumption", "searched": "absence"}
"""What a form does to the list of hypotheses and evidence, and the kind of judgement that it is."""
THROUGH: Final = re.compile(r"through\d{1,2}", re.ASCII)
"""Fields with the voices between publisher and speaker, outermost first."""


def judge(desk: Desk, fields: Fields, by: str) -> str:
    """Accept or reject a passage, mark a report or voice as retracted, or undo what was said last of any of them."""
    verdict: Any = fields.get("verdict", "")

    def done(case: Case) -> tuple[Judgement, ...]:
        about, reason = fields.get("about", ""), _reason(fields)
        return (workspace.judge(desk.folder, about, verdict=verdict, reason=reason, by=by, case=case),)

    desk.act(done)
    return "/judgements"


def correct(desk: Desk, fields: Fields, by: str) -> str:
    """Set who speaks and through whom, what they do with it, how firmly, or who they are, in a passage."""
    chosen: dict[str, Any] = {name: fields.get(name, "") or None for name in ("stance", "certainty", "kind")}
    named = {"yes": True, "no": False}.get(fields.get("named", ""))
    change = Change("", chain=_chain(fields), named=named, **chosen)

    def done(case: Case) -> tuple[Judgement, ...]:
        about, reason = fields.get("about", ""), _reason(fields)
        return (workspace.correct(desk.folder, about, change, reason=reason, by=by, case=case),)

    desk.act(done)
    return "/judgements"


def _chain(fields: Fields) -> tuple[str, ...] | None:
    """All voices after the publisher, as the form has them; None where they are what it showed ("was").

    A speaker who is left out is one whom the text does not give.
    """
    through = sorted((name for name in fields if THROUGH.fullmatch(name)), key=lambda name: int(name[len("through") :]))
    voices = [words for name in (*through, "speaker") if (words := " ".join(fields.get(name, "").split()))]
    if not fields.get("speaker", "").strip():
        voices.append(UNSPECIFIED)
    return None if PARTING.join(voices) == fields.get("was", UNSPECIFIED) else tuple(voices)


def add_passage(desk: Desk, fields: Fields, by: str) -> str:
    """Add an attribution at words that were selected in a report."""
    made: list[Judgement] = []

    def done(case: Case) -> tuple[Judgement, ...]:
        text = next((one.text for one in case.reports if one.id == fields.get("report")), "")
        source, cue = (_one(spans(text, fields.get(name, "")), name) for name in ("source", "cue"))
        speaker = fields.get("speaker", "").strip() or (text[source.start : source.end] if source else "")
        content = spans(text, fields.get("content", ""))
        chain = _chain({**fields, "speaker": speaker})
        change = Change(fields.get("report", ""), source=source, cue=cue, content=content, chain=chain)
        made.append(workspace.add_attribution(desk.folder, change, reason=_reason(fields), by=by, case=case))
        return tuple(made)

    view = desk.act(done)
    entry = view.index.entries.get(made[0].about)
    return view.address("c", entry.number) if entry else f"/reports/{fields.get('report', '')}"


def _one(found: tuple[Span, ...], what: str) -> Span | None:
    if len(found) > 1:
        raise WrongUse(f"The {what} has to be one stretch of words in one paragraph.")
    return found[0] if found else None


def judge_names(desk: Desk, fields: Fields, by: str) -> str:
    """Say that two spellings stand for one, or for two, or take that back."""
    ruling: Any = fields.get("ruling", "")
    pair = workspace.Pair("names", fields.get("one", "").strip(), fields.get("other", "").strip())

    def done(case: Case) -> tuple[Judgement, ...]:
        return (workspace.judge_pair(desk.folder, pair, ruling=ruling, reason=_reason(fields), by=by, case=case),)

    found = workspace.entities_with(desk.act(done).case, pair.one)
    return f"/names/{found[0].id}" if found else "/names"


def rate(desk: Desk, fields: Fields, by: str) -> str:
    """Say what one row of evidence says of each hypothesis, and how much it weighs."""

    def done(case: Case) -> tuple[Judgement, ...]:
        matrix, row = _row(case, fields)
        said = [*_rated(matrix, row, fields), *_weighed(matrix, row, fields)]
        if not said:
            raise WrongUse("Nothing was changed, so there is nothing to keep.")
        return workspace.judge_matrix(desk.folder, said, by=by)

    desk.act(done)
    return f"/hypotheses/{fields.get('question', '')}"


def _row(case: Case, fields: Fields) -> tuple[Matrix, Evidence]:
    matrix = matrix_of(case, fields.get("question", ""))
    row = next((one for one in matrix.evidence if one.id == fields.get("evidence")), None)
    if row is None:
        raise WrongUse("The matrix has no such evidence now: reports or judgements changed it. Open it again.")
    return matrix, row


def matrix_of(case: Case, question: str) -> Matrix:
    """The matrix of a question. `WrongUse` where the case has no such question."""
    if question not in {one.id for one in case.questions}:
        raise WrongUse("The case has no such question now: new reports and judgements change what is asked.")
    return workspace.matrices(case, main=(question,))[0]


def _rated(matrix: Matrix, row: Evidence, fields: Fields) -> Iterator[Judgement]:
    """A judgement for each cell that the form rates otherwise than it is rated."""
    cells = {cell.hypothesis: cell for cell in matrix.cells if cell.evidence == row.id and not cell.if_deceptive}
    for one in matrix.hypotheses:
        cell, asked = cells.get(one.id, Cell(one.id, row.id)), fields.get(f"rating-{one.id}", "")
        if asked == cell.rating:
            continue
        if asked not in {"", *RATINGS}:
            raise WrongUse(f"{asked!r} is no rating. Use one of: {', '.join(RATINGS)}.")
        reason = _reason(fields) or (cell.suggestion if asked == cell.suggested else "")
        if not reason:
            raise WrongUse("Say why: it is kept beside what you say. Only what is suggested can be taken without.")
        said = workspace.judgement_on(matrix, "rating", asked or "retracted", words=one.words, row=row)
        yield replace(said, reason=reason)


def _weighed(matrix: Matrix, row: Evidence, fields: Fields) -> Iterator[Judgement]:
    for kind in WEIGHTS:
        asked = fields.get(kind, getattr(row, kind))
        if asked == getattr(row, kind):
            continue
        if asked not in LEVELS or not _reason(fields):
            raise WrongUse(f"Say how much and why: {kind} is one of {', '.join(LEVELS)}, and needs a reason.")
        yield replace(workspace.judgement_on(matrix, kind, asked, row=row), reason=_reason(fields))


def list_hypotheses(desk: Desk, fields: Fields, by: str) -> str:
    """Add a hypothesis, an assumption, a search that found nothing, or leave a hypothesis out."""
    act, words = fields.get("act", ""), " ".join(fields.get("words", "").split())
    if act not in ADDED or not words:
        raise WrongUse("Say in a few words what is to be added.")

    def done(case: Case) -> tuple[Judgement, ...]:
        matrix = matrix_of(case, fields.get("question", ""))
        if act == "drop" and words in {one.words for one in matrix.hypotheses if one.is_rest}:
            raise WrongUse(f"“{words}” always stays: what happened may not be listed.")
        said = workspace.judgement_on(matrix, ADDED[act], "dropped" if act == "drop" else "added", words=words)
        return workspace.judge_matrix(desk.folder, [replace(said, reason=_reason(fields))], by=by)

    desk.act(done)
    return f"/hypotheses/{fields.get('question', '')}"


def undo(desk: Desk, fields: Fields, by: str) -> str:
    """Take back a judgement, of whatever kind, by its id."""

    def done(case: Case) -> tuple[Judgement, ...]:
        return (
            workspace.take_back(desk.folder, fields.get("judgement", ""), reason=_reason(fields), by=by, case=case),
        )

    desk.act(done)
    return "/judgements"


def _reason(fields: Fields) -> str:
    return fields.get("reason", "").strip()
