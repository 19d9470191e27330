"""Claims as a table: one row for each attribution, safe to open in a spreadsheet.

A cell that begins with = + - @, a tab or a line end can be run as a formula by a spreadsheet. Such a cell gets an
apostrophe before it. So does what begins so inside a cell, after a semicolon, a tab or a line end: a spreadsheet that
parts cells by something else than commas, as many do outside English, would begin a cell there. Control characters
other than tabs and line ends become the replacement character. (After "CSV Injection", OWASP.)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.judging import CHECKED, standing
from sayso.kit import in_words, locate, weakest
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Judgement, Link, Report, Span

ATTRIBUTION_COLUMNS = (
    "report", "title", "publisher", "published", "address", "voice", "chain", "named", "kind", "stance", "certainty",
    "weakest_certainty", "manner", "probability", "chain_probability", "unsure",
    "quote", "source", "cue", "content_offsets", "source_offsets", "cue_offsets",
    "attribution", "within", "checked", "file", "place", "page", "line", "text_sha256",
)  # fmt: skip

LABELS = ("named", "kind", "stance", "certainty", "manner")
CHANCES = ("probability", "chain_probability", "unsure")

READ_BY_PROGRAM = "read by program"
"""What stands under "checked" until a person has judged."""

SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
"""What begins a formula; in full width too, which a Japanese Excel takes for the same."""
PASSED_OVER = '(?:[^\\S\t\r\n]|["\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*+'
"""Blanks, quotation marks and what is not seen: a spreadsheet may drop them at the start of a cell."""
_FORMULA = re.compile(f"{PASSED_OVER}[\t\r\n{SIGNS}]")
_FORMULA_WITHIN = re.compile(f"[;\t\r\n](?={PASSED_OVER}[{SIGNS}])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def to_csv(case: Case) -> str:
    """All attributions as CSV (RFC 4180), in the order of reports and of their texts, below a line of column names."""
    return write_table(ATTRIBUTION_COLUMNS, claim_rows(case))


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV with a line of column names; every cell made harmless."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe(value) for name, value in row.items()})
    return table.getvalue()


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula, or for several cells with one among them.

    >>> safe("=1+1"), safe("a; =1+1"), safe(True), safe("a plain cell; and more")
    ("'=1+1", "a;' =1+1", 'yes', 'a plain cell; and more')
    >>> safe(["Ostra", "Quell"]), safe([["victim", "Ada Morren", 2]])
    ('Ostra; Quell', 'victim, Ada Morren, 2')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = "; ".join(", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", "" if value is None else str(value))
    text = _FORMULA_WITHIN.sub(r"\g<0>'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def claim_rows(case: Case) -> Iterator[dict[str, object]]:
    """One row, keyed by `ATTRIBUTION_COLUMNS`, for each attribution."""
    judged = standing(case.judgements)
    for report, findings in zip(case.reports, case.findings, strict=True):
        for one in sorted(findings.attributions, key=lambda one: (one.content, one.cue or (), one.id)):
            chain = one.chain or (Link(report.publisher or PUBLISHER_NOT_RECORDED, one.stance, one.certainty),)
            yield {
                **_origin(report),
                "voice": chain[-1].voice,
                "chain": in_words(chain, " > "),
                "weakest_certainty": weakest(chain),
                **{name: getattr(one, name) for name in (*LABELS, *CHANCES, "within")},
                "quote": _words(report.text, one.content),
                "source": _words(report.text, (one.source,)),
                "cue": _words(report.text, (one.cue,)),
                "content_offsets": _offsets(one.content),
                "source_offsets": _offsets((one.source,)),
                "cue_offsets": _offsets((one.cue,)),
                "attribution": one.id,
                "checked": _checked(judged.get(one.id)),
                **_page(report, one.content[0].start),
            }


def _origin(report: Report) -> dict[str, object]:
    return {
        "report": report.id,
        "title": report.title,
        "publisher": report.publisher or PUBLISHER_NOT_RECORDED,
        "published": report.published,
        "address": report.address,
        "file": report.name,
        "place": report.place,
        "text_sha256": report.sha256,
    }


def _page(report: Report, offset: int) -> dict[str, object]:
    page, line = locate(report.pages, offset) or (None, None)
    return {"page": page, "line": line}


def _words(text: str, spans: Iterable[Span | None]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans if span is not None)


def _offsets(spans: Iterable[Span | None]) -> str:
    return " ".join(f"{span.start}:{span.end}" for span in spans if span is not None)


def _checked(judgement: Judgement | None) -> str:
    if judgement is None or judgement.verdict not in CHECKED:
        return READ_BY_PROGRAM
    return f"{judgement.verdict} by {judgement.by}"
