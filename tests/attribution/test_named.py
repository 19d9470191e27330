"""Whether a voice is named."""

import pytest

from sayso.attribution import voices
from sayso.attribution.named import is_named
from sayso.attribution.voices import Meant
from sayso.model import UNSPECIFIED, Attribution, Span


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Mara Vel", True),
        ("the Varnian government", True),
        ("Varnia’s foreign ministry", True),
        ("Mayor Vel of the Harbour Union", True),
        ("Otto Tak, a harbour pilot,", True),
        ("Otto Tak a harbour pilot", True),
        ("Vel and his aides", True),
        ("the striker and captain Tak", True),
        ("eQuay", True),
        ("New Ostra police", True),
        ("Vel's book", True),
        ("a survey by Quaymetrics", True),
        ("a letter dated 12 April and seen by clerks", True),
        ("the May 12 cable", True),
        ("a note marked “Urgent”", True),
        ("a letter signed by Vel", True),
        ("UNP statistics", False),
        ("the criminal complaint", True),
        ("a survey", False),
        ("an April survey in the region", False),
        ("a memo found by the Courier", False),
        ("Varnian officials", False),
        ("a spokesman for the Harbour Union", False),
        ("the Varnians", False),
        ("House Varnicans", False),
        ("police", False),
        ("the family", False),
        ("a Department of Harbours official", False),
    ],
)
def test_the_words_tell_whether_a_voice_is_named(source: str, *, expected: bool) -> None:
    text = f"In the end {source} said no."
    at = text.index(source)
    one = Attribution("a", "r", Span(at, at + len(source)), None, (Span(len(text) - 3, len(text) - 1),))
    assert is_named(voices.resolve(voices.scene(text, (), [one]), [one])["a"]) is expected


def test_nobody_and_one_whom_nobody_could_tell_are_not_named() -> None:
    assert not is_named(Meant(UNSPECIFIED, None))
    assert not is_named(Meant("he", Span(0, 2), resolved=False))
