"""What the words of a content tell of its stance, where neither cue nor model tells anything."""

import numpy as np
import pytest

from sayso.attribution.drafts import NOTHING, Draft
from sayso.attribution.labels import read
from sayso.attribution.stances import evidence, features
from sayso.model import Span, Stance


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the guards lied about the fire and staged the photographs to cover up what was behind it", "alleges"),
        ("the harbour was corrupt, its master failed and lied", "alleges"),
        ("the gates must open", "asks"),
        ("we want the gates opened", "asks"),
        ("the gates open at noon", None),
        ("the harbour was quiet", None),
    ],
)
def test_contents_tell_of_accusations_and_calls(said: str, told: Stance | None) -> None:
    scores = dict(zip(("alleges", "asks"), evidence(features(said), ("alleges", "asks")).tolist(), strict=True))
    assert {stance for stance, score in scores.items() if score > 1.0} == ({told} if told else set())


def test_a_cue_that_tells_settles_it() -> None:
    text = "Odrel denied that they lied and staged it to cover up who was behind it"
    cue = Span(6, 12)
    draft = Draft(None, cue, (Span(13, len(text)),), NOTHING, np.zeros(22, np.float32))
    assert read(text, draft)[1] == "denies"


@pytest.mark.parametrize(("cue", "stance"), [("does not rule out", "asserts"), ("objected to", "denies")])
def test_a_denied_denial_is_none(cue: str, stance: Stance) -> None:
    text = f"Odrel {cue} a fire"
    draft = Draft(None, Span(6, 6 + len(cue)), (Span(7 + len(cue), len(text)),), NOTHING, np.zeros(22, np.float32))
    assert read(text, draft)[1] == stance
