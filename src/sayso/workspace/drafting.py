"""A draft against a case: one's own article, sentence by sentence. Nothing of it enters the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from sayso import intake, spine
from sayso.drafts import MEANINGS, Telling
from sayso.intake import Settings
from sayso.kit import SaysoError, WrongUse, identify
from sayso.model import Case, Caveat, DraftCheck, Findings, Report, Source, Statement
from sayso.workspace.adding import Step, silent
from sayso.workspace.loading import no_collection

__all__ = [
    "DRAFT_COLUMNS",
    "MEANINGS",
    "Telling",
    "check_draft",
    "check_page",
    "draft_rows",
    "draft_tree",
    "read_draft",
]

DRAFT_COLUMNS = (
    "sentence", "words", "verdict", "statement", "statement_verdict", "part", "origin", "reason", "report", "publisher",
    "published", "place", "chain", "cited", "claim",
)  # fmt: skip
"""Of the table for spreadsheets, one row a source."""


def read_draft(file: Path | str, *, published: str = "") -> tuple[Report, tuple[Caveat, ...]]:
    """The one text in a file, in any form that reports come in, with remarks on the file.

    `SaysoError` where it has no text or many. What a report should have and a draft need not, such as a publisher, is
    not asked for. `published`: the day from which "on Friday" is counted, where the file gives none.
    """
    found, lost = intake.find([file])
    if len(found) != 1 or Path(file).is_dir():
        raise SaysoError(lost[0].message if lost else f"{file} is not one file. Name the file that holds the draft.")
    data = intake.load(found[0])
    if isinstance(data, Caveat):
        raise SaysoError(data.message)
    settings = intake.understand(Settings(published=published))
    ((_, reports, caveats),) = intake.take_in_safely([(found[0], data)], settings)
    if not reports:
        raise SaysoError(caveats[0].message if caveats else f"{file} holds no text.")
    if len(reports) > 1:
        raise WrongUse(f"{file} holds {len(reports)} texts. Put the draft into a file of its own.")
    report = reports[0]
    # An id of its own: the same text may stand in the case as a report.
    draft = replace(report, id=identify("draft", report.id), address="", file="")
    return draft, tuple(one for one in caveats if one.about != report.id)


def check_draft(case: Case, draft: Report, *, step: Step = silent) -> tuple[Case, DraftCheck]:
    """Where each sentence of a draft comes from; before it the case as it looks with the draft among its reports.

    A draft without a day counts as of the last day of the case. The first time the encoder is loaded.
    """
    if not draft.published:
        draft = replace(draft, published=max((one.published[:10] for one in case.reports), default=""))
    with no_collection():
        return spine.check_draft(case, draft, read(draft), step=partial(step, "sentences"))


def read(draft: Report) -> Findings:
    """What a draft says, and who says it."""
    from sayso import encoder

    return spine.read_report(draft, encoder.load())


def check_page(case: Case, check: DraftCheck) -> str:
    """The check as one HTML page that needs nothing else. `case` as `check_draft` gives it."""
    from sayso import dossier

    return dossier.compose_check(case, check)


def draft_tree(case: Case, check: DraftCheck) -> list[dict[str, object]]:
    """The check as plain objects, one a sentence. Offsets are code points, half-open, as everywhere."""
    told = Telling(case)
    text = check.report.text
    return [
        {
            "sentence": number,
            "start": one.span.start,
            "end": one.span.end,
            "words": text[slice(*one.span)],
            "verdict": one.verdict,
            "statements": [_statement(told, text, each) for each in one.statements],
            "word_for_word": [
                {"words": text[slice(*here)], "report": report, "start": there.start, "end": there.end}
                for here, report, there in one.passages
            ],
        }
        for number, one in enumerate(check.sentences, 1)
    ]


def _statement(told: Telling, text: str, one: Statement) -> dict[str, object]:
    return {
        "words": " … ".join(text[slice(*span)] for span in one.content),
        "content": [list(span) for span in one.content],
        "verdict": one.verdict,
        "dropped": list(one.dropped),
        "reasons": list(told.reasons(one)),
        "next": told.advice(one),
        "roots": [_root(told, root.name, own=root.own, sources=root.sources) for root in one.roots],
        "against": [{"reason": each.reason, **_source(told, each.source)} for each in one.against],
        "also": [_root(told, root.name, own=root.own, sources=root.sources) for root in one.also],
        "nearest": [_source(told, each) for each in one.nearest],
    }


def _root(told: Telling, name: str, *, own: bool, sources: tuple[Source, ...]) -> dict[str, object]:
    return {"origin": name, "own_voice": own, "sources": [_source(told, each) for each in sources]}


def _source(told: Telling, one: Source) -> dict[str, object]:
    cited = told.cite(one)
    return {
        "report": cited.report,
        "publisher": cited.publisher,
        "published": cited.published,
        "place": f"{cited.number}:{cited.sentence}",
        "chain": cited.chain,
        "cited": cited.words,
        "spans": [list(span) for span in cited.content],
        "claim": one.claim,
    }


def draft_rows(case: Case, check: DraftCheck) -> Iterator[dict[str, object]]:
    """One row a source, for spreadsheets; one row for a sentence or statement without any."""
    told = Telling(case)
    text = check.report.text
    for number, sentence in enumerate(check.sentences, 1):
        base = {"sentence": number, "words": text[slice(*sentence.span)], "verdict": sentence.verdict}
        for one in sentence.statements:
            words = " … ".join(text[slice(*span)] for span in one.content)
            mine = {**base, "statement": words, "statement_verdict": one.verdict}
            yield from [_row({**mine, **row}) for row in _parts(told, one)] or [_row(mine)]
        if not sentence.statements:
            yield _row(base)


def _parts(told: Telling, one: Statement) -> Iterator[dict[str, object]]:
    for part, roots in (("root", one.roots), ("also", one.also)):
        for root in roots:
            for source in root.sources:
                yield {"part": part, "origin": root.name, **_source(told, source)}
    for against in one.against:
        yield {"part": "against", "reason": against.reason, **_source(told, against.source)}
    for source in one.nearest:
        yield {"part": "nearest", **_source(told, source)}


def _row(values: dict[str, object]) -> dict[str, object]:
    return {name: values.get(name, "") for name in DRAFT_COLUMNS}
