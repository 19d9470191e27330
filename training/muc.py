"""Who did it, to whom, to what, with what: the training part of MUC-4 as texts with the marks of the scheme "muc".

Each filler that the keys give as words of the report is marked wherever one of its alternative wordings stands, as
whole words; of marks of one role that overlap the longer stays. Marks of two roles may overlap ("members of the X" is
a perpetrator, X its group). A report without a template has no marks: that is what tells an incident from the rest.

The parts TST1 and TST2 (`grit_dev`) are what is measured on, and are never read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.muctext import Document, documents, places
from training.texts import Tagged, Text

PART = "train"

LOOSE = "muc loose"
"""Scheme of words that may stand for a filler though nobody marked them there: a family name alone, the bare head of a
description. What they are is not learned."""

AFTER_HEAD = re.compile(r"\s(?:of|with|who|in|from|wearing|at|for|that|which|carrying|belonging|and)\s")
GENERAL = frozenset({"the", "front", "group", "national", "people", "forces", "movement", "army", "party"})
"""Words of a group's name that do not stand for it."""


def muc(folder: Path) -> Iterator[Text]:
    """The 1,300 training reports, in the file's order. `folder` is the data folder."""
    for document in documents(folder / "muc34", PART):
        yield text_of(document)


def text_of(document: Document) -> Text:
    """One report with the marks of its fillers."""
    low = document.text.lower()
    marks = [
        Tagged(start, end, role)
        for role, entities in document.entities.items()
        for start, end in _longest(place for entity in entities for words in entity for place in places(low, words))
    ]
    loose = [
        Tagged(start, end, role)
        for role, entities in document.entities.items()
        for word in sorted({word for entity in entities for words in entity for word in loose_words(role, words)})
        for start, end in places(low, word)
    ]
    return Text(f"muc/{document.id}", document.text, {"muc": tuple(sorted(marks)), LOOSE: tuple(sorted(loose))})


def loose_words(role: str, words: str) -> set[str]:
    """Single words that may stand for a filler of this wording.

    >>> sorted(loose_words("victim", "ada morren")), sorted(loose_words("target", "bridges of the harbour"))
    (['morren'], ['bridge', 'bridges'])
    """
    each = re.findall(r"[\w-]+", words)
    if role == "victim":
        return {word for word in each if len(word) > 3}
    if role == "perpetrator_group":
        return {word for word in each if len(each) == 1 or (len(word) > 3 and word not in GENERAL)}
    head = (re.findall(r"[\w-]+", AFTER_HEAD.split(words)[0]) or each or [""])[-1]
    return {head, head.removesuffix("s"), f"{head.removesuffix('s')}s"} if head else set()


def _longest(spans: Iterator[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda one: (one[0] - one[1], one)):
        if all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return sorted(kept)
