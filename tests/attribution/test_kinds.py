"""What kind of voice speaks."""

import numpy as np
import pytest

from sayso.attribution.kinds import settle
from sayso.attribution.labels import KINDS
from sayso.model import UNSPECIFIED, Attribution, Kind, Link, Span, Stance


def said(text: str, source: str, voice: str, content: str = "it burned", *, stance: Stance = "asserts") -> Attribution:
    at, what = text.index(source), text.index(content)
    name = f"{voice}{content}"
    link = Link(voice, stance)
    span = Span(what, what + len(content))
    return Attribution(name, "r", Span(at, at + len(source)), None, (span,), chain=(link,), stance=stance)


def flat() -> np.ndarray:
    return np.zeros(len(KINDS), dtype=np.float32)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("two port officials", "official"),
        ("Odrel, a professor of shipping", "expert"),
        ("the Quay Gazette", "media"),
        ("a leaked memo", "document"),
        ("survivors", "victim"),
        ("residents of the quay", "witness"),
        ("the Dockers' Union", "body"),
        ("Judge Vane", "court"),
        ("a ministry spokesman", "official"),
        ("the rebels", "party"),
    ],
)
def test_the_words_of_a_source_tell(source: str, expected: Kind) -> None:
    text = f"{source} said it burned"
    one = said(text, source, source.partition(",")[0])
    assert settle(text, [one], {one.id: flat()})[0].kind == expected


def test_one_voice_is_of_one_kind() -> None:
    text = "Odrel, a port official, said it burned. Odrel said we ran."
    both = [said(text, "Odrel, a port official,", "Odrel"), said(text, "Odrel", "Odrel", "we ran")]
    assert {one.kind for one in settle(text, both, {one.id: flat() for one in both})} == {"official"}


def test_who_is_accused_is_a_party() -> None:
    text = "Odrel accused Vane of it. Vane denied it burned."
    blamed = said(text, "Odrel", "Odrel", "Vane of it", stance="alleges")
    denied = said(text, "Vane", "Vane", stance="denies")
    kinds = [one.kind for one in settle(text, [blamed, denied], {one.id: flat() for one in (blamed, denied)})]
    assert kinds[1] == "party"
    assert kinds[0] != "party"


def test_a_speaker_whom_nobody_names_is_of_no_kind() -> None:
    text = "It is said it burned"
    one = said(text, "It", UNSPECIFIED)
    assert settle(text, [one], {one.id: flat()})[0].kind == "unspecified"
