"""How likely what was found is right: what speaks for it and against it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sayso.attribution import chains, decode, probability
from sayso.attribution.probability import COLUMNS, PLAIN, Settled
from sayso.model import UNSURE, Attribution, Report, Span

CLEAR = np.array([5, 5, 4, 4, 2, 0, 0, 0], dtype=np.float32)
VAGUE = np.array([-1, -1, 0, 0, 2, 0, 0, 0], dtype=np.float32)
NONE = np.zeros(0, dtype=np.float32)

WAYS = [
    ("", "Mara Vel said the crane was old.", "Mara Vel", PLAIN),
    ("Mara Vel went home. ", "Vel said the crane was old.", "Vel", PLAIN),
    ("Mara Vel went home. ", "She said the crane was old.", "She", "pronoun"),
    ("", "She said the crane was old.", "She", "unresolved"),
    ("", "two officials said the crane was old.", "two officials", "described"),
    ("", "The chief diver said the crane was old.", "The chief diver", "definite"),
    ("Mara Vel, the harbour minister, went home. ", "The minister said the crane was old.", "The minister",
     "taken for another"),
    ("", "It is said the crane was old.", "", "nobody"),
]  # fmt: skip


def settled(text, said, *, evidence=CLEAR):
    """A report of which some attributions were found: (source, content, index of the holder or None) each."""
    found = []
    for number, (source, content, holder) in enumerate(said):
        start = text.index(content)
        place = text.rindex(source, 0, start) if source else -1
        cue = text.rindex("said", 0, start)
        found.append(
            Attribution(
                str(number), "r", Span(place, place + len(source)) if source else None, Span(cue, cue + 4),
                (Span(start, start + len(content)),), None if holder is None else str(holder),
            )
        )  # fmt: skip
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^ .][^.]*\.", text))
    report = Report("r", text, "", file="", name="", publisher="Quay Courier")
    linked, meant = chains.link(report, sentences, tuple(found))
    return Settled(text, {a.id: a for a in linked}, {a.id: evidence for a in linked}, meant)


def test_the_shipped_weights_know_every_column_and_no_other_table():
    weights = json.loads(Path(probability.__file__).with_name("probabilities.json").read_text())
    assert set(weights) == {"attribution", "source", "voices"}
    assert len(COLUMNS) == decode.EVIDENCE
    for name in ("attribution", "source"):
        assert set(weights[name]) == {"always", "layout", *COLUMNS}


@pytest.mark.parametrize(("before", "sentence", "source", "way"), WAYS)
def test_how_a_voice_was_found(before, sentence, source, way):
    found = settled(before + sentence, [(source, "the crane was old", None)])
    assert probability.found_by(found, found.attributions["0"]) == way


@pytest.mark.parametrize("way", sorted({way for *_, way in WAYS} - {PLAIN}))
def test_no_way_is_better_than_a_name(way):
    assert probability.WEIGHTS["voices"][way] < 0


def test_what_is_clearly_tagged_is_likelier_right():
    text, said = "Mara Vel said the crane was old.", [("Mara Vel", "the crane was old", None)]
    (clear,), (vague,), (layout,) = (
        probability.judge(settled(text, said, evidence=row)) for row in (CLEAR, VAGUE, NONE)
    )
    assert clear.probability > vague.probability
    assert 0 < layout.probability < 1
    assert all(a.chain_probability < a.probability for a in (clear, vague, layout))


def test_a_voice_that_cannot_be_told_makes_its_chain_unsure_and_not_the_attribution():
    (named,) = probability.judge(settled("Mara Vel said the crane was old.", [("Mara Vel", "the crane was old", None)]))
    (open_,) = probability.judge(settled("She said the crane was old.", [("She", "the crane was old", None)]))
    assert named.probability == open_.probability
    assert open_.chain_probability < named.chain_probability
    assert open_.unsure


def test_a_chain_is_no_surer_than_what_holds_it():
    text = "Mara Vel said Ode Varr said the crane was old."
    said = [("Mara Vel", "Ode Varr said the crane was old", None), ("Ode Varr", "the crane was old", 0)]
    outer, inner = probability.judge(settled(text, said))
    assert inner.chain_probability < outer.chain_probability
    found = settled(text, said)
    doubtful = replace(found, evidence={"0": VAGUE, "1": CLEAR})
    assert probability.judge(doubtful)[1].chain_probability < inner.chain_probability


def test_a_pronoun_with_many_candidates_is_less_sure():
    one = settled("Mara Vel went home. She said the crane was old.", [("She", "the crane was old", None)])
    many = settled(
        "Mara Vel met Senator Ina Orr and Mrs. Ulla Berg. She said the crane was old.",
        [("She", "the crane was old", None)],
    )
    assert many.meant["0"].chance < one.meant["0"].chance
    assert probability.judge(many)[0].chain_probability < probability.judge(one)[0].chain_probability


RELAYED = "Mara Vel, according to the Ostra Herald, said the crane was old."


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        ("Mara Vel said the crane was old.", [("Mara Vel", "the crane was old", None)], set()),
        (RELAYED, [("Mara Vel", "the crane was old", None)], {"relay near"}),
        (
            f"{RELAYED} Ode Varr said the rope was new.",
            [("Mara Vel", "the crane was old", None), ("Ode Varr", "the rope was new", None)],
            {"relay left"},
        ),
    ],
)
def test_relays_count_by_where_they_stand(text, said, names):
    found = settled(text, said)
    *earlier, last = found.attributions.values()
    features = probability.of_voices(found, [last], earlier[-1] if earlier else None)
    assert {name for name in features if name.startswith("relay")} == names


def test_unsure_is_what_lies_below_the_bound():
    a = Attribution("a", "r", None, None, (Span(0, 1),))
    assert replace(a, chain_probability=UNSURE - 0.001).unsure
    assert not replace(a, chain_probability=UNSURE).unsure
