from __future__ import annotations

import pytest

from sayso.dossier.words import clean
from sayso.kit import WrongUse
from sayso.model import Span
from sayso.web.selected import spans

TEXT = "\n\n  The gate was shut.\n\n“Nobody\u202e was\x07 in,” she said.\n\n\n😀 Two.\n"


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ("0:0:8", ["The gate"]),
        ("0:4:18", ["gate was shut."]),
        ("1:1:7", ["Nobody"]),
        ("1:16:19", ["was"]),
        ("1:1:22", ["Nobody\u202e was\x07 i"]),
        ("2:0:1", ["😀"]),
        ("2:2:6", ["Two."]),
        ("0:0:3,2:2:5", ["The", "Two"]),
        ("", []),
    ],
)
def test_words_as_they_are_shown_lead_to_their_span(selected, words):
    found = spans(TEXT, selected)
    assert [TEXT[span.start : span.end] for span in found] == words


@pytest.mark.parametrize("number", range(3))
def test_every_offset_of_a_paragraph_is_found(number):
    whole = spans(TEXT, f"{number}:0:4")[0].start
    shown = [clean(c) for c in TEXT[whole:].split("\n\n", 1)[0].rstrip()]
    place = 0
    for count, character in enumerate(shown):
        assert spans(TEXT, f"{number}:{place}:{place + len(character)}") == (Span(whole + count, whole + count + 1),)
        place += len(character)


@pytest.mark.parametrize("selected", ["3:0:1", "0:2:2", "0:0:99", "0:0", "a:b:c", "0:0:3;", "0:-1:3", "٠:٠:٣"])
def test_what_is_no_selection_is_refused(selected):
    with pytest.raises(WrongUse):
        spans(TEXT, selected)
