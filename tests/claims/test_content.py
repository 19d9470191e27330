"""What of a report's findings stands in a claim's content."""

from __future__ import annotations

import pytest

from sayso.claims.content import content_of
from sayso.model import Claim, Findings, Link, Mention, Span
from tests.claims.made import place, statement

TEXT = "On Monday Mayor Tarn said four guards shot at the old ferry on Friday, and left Ostra."


@pytest.fixture
def content():
    found, _ = statement(
        TEXT,
        "four guards shot at the old ferry on Friday",
        source="Mayor Tarn",
        cue="said",
        mentions=[
            ("Mayor Tarn", "person", "name"),
            ("four guards", "person", "description"),
            ("Ostra", "place", "name"),
        ],
        events=[("said", 3.0, {}), ("shot", 3.0, {"agent": "four guards"}), ("left", 3.0, {})],
        counts=[("four", "", "person")],
        times=["Monday", "Friday"],
        fillers=[("the old ferry", "target", 0.9), ("four guards", "perpetrator", 0.2), ("Mayor Tarn", "victim", 0.9)],
    )
    return found


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("mentions", ["four guards"]),
        ("events", ["shot"]),
        ("quantities", ["four"]),
        ("times", ["Friday"]),
        ("fillers", ["four guards", "the old ferry"]),
    ],
)
def test_what_begins_in_the_content_is_its_own_in_the_order_of_the_text(content, field, expected):
    assert [TEXT[slice(*one.span)] for one in getattr(content, field)] == expected


def test_content_in_two_parts_leaves_out_what_stands_between():
    text = "The ferry, said Tarn, burned at the quay."
    parts = (place(text, "The ferry"), place(text, "burned at the quay"))
    claim = Claim("c", "r", parts, (Link("Quay Courier"),))
    mentions = tuple(Mention(place(text, words), "other", "name", 0.9) for words in ("The ferry", "Tarn", "the quay"))
    found = content_of(claim, Findings("r", mentions=mentions))
    assert [text[slice(*one.span)] for one in found.mentions] == ["The ferry", "the quay"]


def test_what_begins_before_the_content_is_not_in_it():
    claim = Claim("c", "r", (Span(4, 9),), ())
    mentions = (Mention(Span(0, 9), "other", "name", 0.9), Mention(Span(9, 12), "other", "name", 0.9))
    assert content_of(claim, Findings("r", mentions=mentions)).mentions == ()
