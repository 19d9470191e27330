"""From windows of word pieces to spans of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from sayso.attribution.decode import Array, Found, Heads, decode
from sayso.kit import trim
from sayso.model import Span, Window

_OPENS = re.compile(r"[\"“«]|``")
_CLOSES = re.compile(r"[\"”»][.,;:!?]?$|''$")
_PARAGRAPH = re.compile(r"[^\n]+")

NOTHING = np.zeros(0, dtype=np.float32)
"""Evidence and labels of a draft that the role reader did not find: layout alone makes it an attribution."""

LEAST_WORDS = 4
"""Shorter paragraphs in quotation marks are titles and captions more often than speech."""


AT_ONCE = 16
"""Windows that are decoded together: many at once are quicker, few stand in memory."""


class Draft(NamedTuple):
    """An attribution as the model found it: spans of the text, what speaks for it, and the scores of its labels."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    evidence: Array
    """(decode.EVIDENCE,), or empty."""
    labels: Array
    """(22,) log scores, or empty."""


def find(text: str, windows: Iterable[Window], heads: Heads) -> list[Draft]:
    """Every attribution in the order of the text (by its first word), each cue once."""
    out: list[Draft] = []
    windows = iter(windows)
    while some := tuple(islice(windows, AT_ONCE)):
        decoded = decode([(window.tags, window.states) for window in some], heads)
        out += [_draft(text, window, one) for window, found in zip(some, decoded, strict=True) for one in found]
    paragraphs = [trim(text, *m.span()) for m in _PARAGRAPH.finditer(text)]
    out = _continued(text, out, paragraphs)
    return sorted([*out, *_without_cue(text, out, paragraphs)], key=_place)


def _place(draft: Draft) -> tuple[int, int]:
    spans = [*draft.content, *(s for s in (draft.source, draft.cue) if s)]
    return min(s.start for s in spans), -max(s.end for s in spans)


def _span(text: str, window: Window, pieces: tuple[int, int]) -> Span:
    return trim(text, int(window.starts[pieces[0]]), int(window.ends[pieces[1] - 1]))


def _draft(text: str, window: Window, found: Found) -> Draft:
    cue = _span(text, window, found.cue)
    source = _one_line(text, _span(text, window, found.source), cue) if found.source else None
    content = tuple(_span(text, window, part) for part in found.content)
    return Draft(source, cue, content, found.evidence, found.labels)


def _one_line(text: str, source: Span, cue: Span) -> Span:
    """The line of a source that is nearest to the cue: what stands on another line is a heading or page furniture."""
    lines = [
        trim(text, source.start + m.start(), source.start + m.end()) for m in _PARAGRAPH.finditer(text[slice(*source)])
    ]
    return lines[-1 if source.start < cue.start else 0] if lines else source


def _without_cue(text: str, drafts: Sequence[Draft], paragraphs: Sequence[Span]) -> list[Draft]:
    """Paragraphs that are one quotation, outside every attribution: layout alone makes them somebody's words."""
    taken = sorted(span for d in drafts for span in (*d.content, *(s for s in (d.cue, d.source) if s)))
    out = []
    for span in paragraphs:
        words = text[span.start : span.end]
        quoted = _OPENS.match(words) and _CLOSES.search(words) and len(words.split()) >= LEAST_WORDS
        if quoted and not _touches(taken, span):
            out.append(Draft(None, None, (span,), NOTHING, NOTHING))
    return out


def _touches(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_left(taken, (span.end, 0))
    return any(other.end > span.start for other in taken[max(0, at - 12) : at])


def _continued(text: str, drafts: list[Draft], paragraphs: Sequence[Span]) -> list[Draft]:
    """Direct speech over paragraphs: a quotation left open goes on where the next paragraph opens with a mark.

    (The newspaper rule: each paragraph of a long quotation opens with a mark, the last alone is closed.)
    """
    taken = sorted(span for d in drafts for span in d.content)
    more: dict[int, list[Span]] = {}
    for i, draft in enumerate(drafts):
        at = bisect_left(paragraphs, (draft.content[-1].end, 0))
        here = paragraphs[at - 1] if at else None
        while here and _left_open(text, here, draft.content[-1].end if not more.get(i) else here.end):
            following = paragraphs[at] if at < len(paragraphs) else None
            if following is None or not _OPENS.match(text, following.start) or _touches(taken, following):
                break
            more.setdefault(i, []).append(_quotation(text, following))
            here, at = following, at + 1
    return [d._replace(content=(*d.content, *more.get(i, ()))) for i, d in enumerate(drafts)]


def _left_open(text: str, paragraph: Span, content_end: int) -> bool:
    """Whether the paragraph ends inside a quotation that the content ends with."""
    words = text[paragraph.start : paragraph.end].rstrip()
    if content_end < paragraph.start + len(words) - 1:
        return False
    straight = words.count('"') % 2 == 1
    curly = words.rfind("“") > words.rfind("”")
    return straight or curly


def _quotation(text: str, paragraph: Span) -> Span:
    """From the opening mark of a paragraph to its closing one, or to the paragraph's end."""
    mark = _OPENS.match(text, paragraph.start)
    closing = {"“": "”", "«": "»", '"': '"', "``": "''"}[mark[0]] if mark else '"'
    end = text.find(closing, paragraph.start + 1, paragraph.end)
    return trim(text, paragraph.start, end + len(closing) if end >= 0 else paragraph.end)
