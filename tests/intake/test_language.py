import pytest

from sayso.intake.language import caution, tell

ENGLISH = "The council said on Monday that the ships had left the harbour and that nobody had been hurt in the fire. "
GERMAN = "Die Regierung sagte am Montag, dass die Schiffe den Hafen verlassen hätten und niemand verletzt wurde. "

TEXTS = [
    (ENGLISH, ("en", "")),
    (GERMAN, ("de", "")),
    (GERMAN * 30, ("de", "")),
    (GERMAN * 30 + ENGLISH * 30, ("en", "de")),  # a release in two languages is read
    (ENGLISH * 30 + GERMAN * 30, ("en", "")),
    ("", ("", "")),
    ("12 34 " * 500, ("", "")),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_language_of_a_text_is_told(text, expected):
    assert tell(text) == expected


def test_what_is_not_read_is_said():
    assert list(caution("en", "")) == list(caution("", "")) == []
    ((_, message),) = caution("fr", "")
    assert "another language (fr). It is kept, not read" in message
    ((_, message),) = caution("en", "de")
    assert "begins in another language (de)" in message
