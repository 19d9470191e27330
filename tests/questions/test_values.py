"""What a reply answers, as a value."""

from __future__ import annotations

import pytest

from sayso.model import Entity, Reply, Span
from sayso.questions.asking import Posed
from sayso.questions.values import Known, Value, value_of
from tests.questions.made import Story, incident, says, to

TEXT = "Tarn said four children and the Harbour Guard were hit at the old ferry on Friday."


CONTENT = TEXT[len("Tarn said ") : -1]


def value(slot, words, **found):
    story = Story().report(TEXT, says(CONTENT, "", to(slot, words)), **found)
    (claim,) = story.findings[0].claims
    return value_of(Posed(claim.replies[0], claim, incident()), Known(*story.case()))


def children(fate, who=""):
    return [("four children", (4, 4), fate, who)]


@pytest.mark.parametrize(
    ("slot", "words", "found", "expected"),
    [
        ("killed", "four children", {"counts": children("killed")}, Value(low=4, high=4)),
        ("killed", "four children", {"counts": children("killed", "civilians")},
         Value(low=4, high=4, scope="civilians")),
        ("killed", "children", {"counts": children("killed")}, Value(low=4, high=4)),
        ("killed", "Harbour Guard", {"names": [("Harbour Guard", "person")]}, None),
        ("killed", "old ferry", {}, None),
        ("date", "Friday", {"times": ["Friday"]}, Value(earliest="2031-05-02", latest="2031-05-02")),
        ("date", "Friday", {}, None),
        ("perpetrator", "the Harbour Guard", {"names": [("Harbour Guard", "organisation")]},
         Value(entity="Harbour Guard", name="Harbour Guard")),
        ("perpetrator", "the Harbour Guard", {}, Value(words="harbour guard")),
        ("means", "the old ferry", {"names": [("old ferry", "vehicle")]}, Value(words="old ferry")),
        ("means", "the", {}, None),
    ],
)  # fmt: skip
def test_value(slot, words, found, expected):
    assert value(slot, words, **found) == expected


def test_a_reply_without_words_has_no_value():
    story = Story().report(TEXT, says("four children", "", to("killed", "four")))
    (claim,) = story.findings[0].claims
    reply = claim.replies[0]._replace(span=None)
    assert value_of(Posed(reply, claim, incident()), Known(*story.case())) is None


@pytest.mark.parametrize(("counted", "scope"), [("child", "child"), ("person", ""), ("guard", "")])
def test_a_count_of_some_is_no_count_of_all(counted, scope):
    story = Story().report(TEXT, says(TEXT[:-1], "", to("killed", "four")), counts=[("four", (4, 4), "killed", "")])
    found = story.findings[0]
    known = Known(*story.case())
    known.counts = {"r0": {one.span.end: one._replace(counted=counted) for one in found.quantities}}
    claim = found.claims[0]
    assert value_of(Posed(claim.replies[0], claim, incident()), known).scope == scope


def test_a_speaker_who_answers_with_themselves_is_the_entity_that_speaks():
    text = "He said we shot the guard."
    story = Story().report(text, says("we shot the guard", "He"))
    (claim,) = story.findings[0].claims
    known = Known(*story.case())
    known.speaking = {"r0 c0": "Berren"}
    known.entities = {"Berren": Entity("Berren", "Colonel Berren", "person", (), ())}
    own = Posed(Reply("perpetrator", is_for=True, span=Span(0, 2), score=0.9), claim, incident())
    assert value_of(own, known) == Value(entity="Berren", name="Colonel Berren")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([("Harbour Guard", "organisation"), ("Guard", "person")], "Harbour Guard"),
        ([("Guard", "person")], None),
        ([("the Harbour", "place")], "the Harbour"),
        ([("Tarn", "person")], None),
    ],
)
def test_the_entity_in_a_span_fills_most_of_it(names, expected):
    story = Story().report(TEXT, says(TEXT[:-1]), names=names)
    at = TEXT.index("Harbour Guard")
    found = Known(*story.case()).entity("r0", Span(at, at + len("Harbour Guard")))
    assert (found and found.name) == expected


def test_himself_is_he():
    text = "It was ordered by Bo Ril himself."
    story = Story().report(text, says(text[:-1], "", to("ordered_by", "Bo Ril himself")), names=[("Bo Ril", "person")])
    (claim,) = story.findings[0].claims
    found = value_of(Posed(claim.replies[0], claim, incident()), Known(*story.case()))
    assert found == Value(entity="Bo Ril", name="Bo Ril")


def test_nobody_in_particular_is_no_voice_and_a_name_is_one_without_an_entity():
    told = says("It was so", "the Free Port movement"), says("It was not", "unspecified")
    story = Story().report("It was so. It was not.", *told).report("It rained.", says("It rained", "two officials"))
    known = Known(*story.case())
    assert known.voice["r0 c1"] == ""
    assert known.voice["r0 c0"] == "named the free port movement"
    assert known.voice["r1 c0"] == "V two officials"
    assert known.voices["named the free port movement"] == "the Free Port movement"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("former harbour master Ilvo Berren", Value(entity="Ilvo Berren", name="Ilvo Berren")),
        ("the men of Ilvo Berren", Value(words="men of ilvo berren")),
        ("the captain's brother Ilvo Berren", Value(entity="Ilvo Berren", name="Ilvo Berren")),
        ("a man called Berren", Value(words="man called berren")),
        ("who", None),
    ],
)
def test_a_description_that_ends_in_a_full_name_is_that_person(words, expected):
    text = f"The ship was sunk by {words}."
    story = Story().report(text, says(text[:-1], "", to("perpetrator", words)))
    story.report("Ilvo Berren spoke.", names=[("Ilvo Berren", "person")])
    claim = story.findings[0].claims[0]
    assert value_of(Posed(claim.replies[0], claim, incident()), Known(*story.case())) == expected
