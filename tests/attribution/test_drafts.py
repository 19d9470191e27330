"""Direct speech over paragraphs, quotations without a cue, and nesting."""

import pytest

from sayso.attribution.drafts import NOTHING, Draft, _continued, _without_cue
from sayso.attribution.nesting import holders
from sayso.model import Span


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def paragraphs(text: str) -> list[Span]:
    return [span(text, line) for line in text.split("\n")]


def draft(text: str, cue: str, *content: str) -> Draft:
    return Draft(None, span(text, cue) if cue else None, tuple(span(text, c) for c in content), NOTHING, NOTHING)


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("She said: “It burned.\n“We ran.”\nThe end.", "“It burned.", ["“It burned.", "“We ran.”"]),
        ('She said: "It burned.\n"We ran.\n"Far." She wept.', '"It burned.', ['"It burned.', '"We ran.', '"Far."']),
        ("She said: “It burned.”\n“We ran.”", "“It burned.”", ["“It burned.”"]),
        ("She said: “It burned.\nWe ran.", "“It burned.", ["“It burned."]),
    ],
)
def test_a_quotation_left_open_goes_on(text: str, said: str, expected: list[str]) -> None:
    (found,) = _continued(text, [draft(text, "said", said)], paragraphs(text))
    assert [text[a:b] for a, b in found.content] == expected


def test_a_paragraph_that_is_one_quotation_is_somebodys_words() -> None:
    text = "He said “it burned badly.”\n“We all ran far away.”\nthe “big” one\n“Fire”"
    found = _without_cue(text, [draft(text, "said", "“it burned badly.”")], paragraphs(text))
    assert [(d.cue, d.content) for d in found] == [(None, (span(text, "“We all ran far away.”"),))]


def test_the_innermost_holder_is_found() -> None:
    text = "The paper said the mayor claimed that guards believed it burned"
    drafts = [
        draft(text, "said", "the mayor claimed that guards believed it burned"),
        draft(text, "claimed", "that guards believed it burned"),
        draft(text, "believed", "it burned"),
    ]
    assert holders(drafts) == [None, 0, 1]


def test_two_attributions_of_one_content_do_not_hold_each_other() -> None:
    text = "it burned said one believed two"
    assert holders([draft(text, "said", "it burned"), draft(text, "believed", "it burned")]) == [None, None]
