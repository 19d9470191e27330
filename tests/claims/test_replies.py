"""Replies of claims: what speaks for a question, and which of them are kept."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sayso.claims import replies
from sayso.claims.frames import Framed
from sayso.claims.replies import LEAST, SLOTS, facts_of, label_of, reply
from sayso.claims.setting import setting_of
from sayso.model import Attribution, Claim, Findings, Link, Reply, Span, When
from tests.claims.made import bare, findings_of, place, statement

TEXT = "On Friday Mayor Tarn said Colonel Berren of Ostra ordered the guards to shoot"


def found():
    content, said = statement(
        TEXT, "Colonel Berren of Ostra ordered the guards to shoot", source="Mayor Tarn", cue="said"
    )
    return replace(said, stance="alleges", certainty="probable", kind="official"), content.claim


CAPITAL = re.compile(r"\b[A-Z][\w'’-]*")


@pytest.mark.parametrize(
    "text",
    [
        "Colonel Berren of Ostra ordered the Harbour Guard to shoot",
        "ILDA TARN AND THE FREE PORT BURNED IT",
        "They were Berren-tarn, d'Ostra and O’neil who did it",
        "The McTarns’ ferry burned at Low-water Quay",
    ],
)
def test_a_replys_features_hold_no_word_that_begins_with_a_capital(text):
    names = {part.lower() for word in CAPITAL.findall(text) for part in re.split("['’-]", word) if part}
    told = facts_of(setting_of(text, Findings("r")), bare(text), None, is_holder=False)
    assert not {name.split(" ")[-1] for name in told} & names
    assert {"own voice", "bias"} <= set(told)


def test_features():
    content, said = statement(
        TEXT,
        "Colonel Berren of Ostra ordered the guards to shoot",
        source="Mayor Tarn",
        cue="said",
        events=[("ordered", 3.0, {"agent": "Colonel Berren"}), ("shoot", -1.0, {"patient": "the guards"})],
        counts=[("guards", "killed", "guard")],
        fillers=[("the guards", "victim", 0.9)],
    )
    said = replace(said, stance="alleges", certainty="probable", kind="official")
    told = facts_of(setting_of(TEXT, Findings("r")), content, said, is_holder=True)
    assert told == sorted(set(told))
    assert {
        "said", "holder", "stance alleges", "certainty probable", "kind official", "cue say", "word order",
        "word guard", "filler victim", "count killed", "not shooting", "role shooting patient", "event shooting",
    } <= set(told)  # fmt: skip
    assert not {"own voice", "time"} & set(told)


@pytest.mark.parametrize(("stands", "expected"), [("Friday", False), ("Ostra", True)])
def test_a_time_counts_in_the_content_alone(stands, expected):
    content, said = statement(TEXT, "Colonel Berren of Ostra ordered", source="Mayor Tarn", cue="said", times=[stands])
    assert ("time" in facts_of(setting_of(TEXT, Findings("r")), content, said, is_holder=False)) is expected


def test_labels_are_the_networks():
    from sayso.claims.network import shipped

    assert set(shipped().labels) == {label_of(slot, is_for=side) for slot in SLOTS for side in (True, False)}


@pytest.fixture
def chance(monkeypatch):
    """Puts the network's chances: by label of a question and side."""

    def put(**by_label):
        told = {name.replace("__", " "): value for name, value in by_label.items()}
        monkeypatch.setattr(replies, "chances", lambda *_: told)

    return put


def test_only_likely_replies_are_kept_in_the_order_of_questions(chance):
    chance(motive__for=0.9, killed__for=LEAST, perpetrator__against=0.3, perpetrator__for=0.4, place__for=LEAST - 0.001)
    said, claim = found()
    findings = findings_of(TEXT, claim, said, mentions=[("Colonel Berren", "person", "name")])
    (one,) = reply(TEXT, findings, ())
    assert [(each.slot, each.is_for, each.score) for each in one.replies] == [
        ("perpetrator", True, 0.4),
        ("perpetrator", False, 0.3),
        ("killed", True, LEAST),
        ("motive", True, 0.9),
    ]
    assert all(0 <= each.probability <= 1 for each in one.replies)
    assert one.replies[-1].span is None


def test_without_words_of_its_own_a_reply_has_none(chance):
    chance(date__for=0.9)
    said, claim = found()
    (one,) = reply(TEXT, findings_of(TEXT, claim, said), ())
    assert [(each.slot, each.span) for each in one.replies] == [("date", None)]


def test_claims_stay_what_and_where_they_are(chance):
    chance()
    text = "The ferry burned. The quay burned."
    claims = tuple(
        Claim(name, "r", (place(text, words),), (Link("Quay Courier"),))
        for name, words in (("b", "The ferry burned"), ("a", "The quay burned"))
    )
    assert reply(text, Findings("r", claims=claims), ()) == claims


def test_a_claim_that_holds_another_is_told_apart(monkeypatch):
    seen = []
    monkeypatch.setattr(replies, "chances", lambda states, claim, said, facts: seen.append("holder" in facts) or {})
    text = "Tarn said Berren said the ferry burned"
    outer = Attribution("a0", "r", place(text, "Tarn"), None, (place(text, "Berren said the ferry burned"),))
    inner = Attribution("a1", "r", place(text, "Berren"), None, (place(text, "the ferry burned"),), "a0")
    claims = tuple(Claim(f"c {one.id}", "r", one.content, (), one.id) for one in (outer, inner))
    own = Claim("c own", "r", (Span(0, 4),), ())
    reply(text, Findings("r", attributions=(outer, inner), claims=(*claims, own)), ())
    assert seen == [True, False, False]


def test_shipped_weights_give_the_same_replies_again():
    said, claim = found()
    findings = replace(
        findings_of(TEXT, claim, said, mentions=[("Colonel Berren", "person", "name")]),
        times=(When(place(TEXT, "Friday"), "2031-05-02", "2031-05-02", "Friday"),),
    )
    first, again = reply(TEXT, findings, ()), reply(TEXT, findings, ())
    assert first == again
    assert all(one.score >= LEAST for one in first[0].replies)


def made(slot, span, probability=0.3, *, is_for=True):
    return Reply(slot, is_for, span, 0.3, probability)


HERE, THERE = Span(0, 5), Span(10, 15)


@pytest.mark.parametrize(
    ("learned", "kept"),
    [
        (made("perpetrator", THERE), []),
        (made("perpetrator", THERE, is_for=False), [made("perpetrator", THERE, is_for=False)]),
        (made("perpetrator", HERE, is_for=False), []),
        (made("ordered_by", HERE), [made("ordered_by", HERE)]),
        (made("perpetrator", None), []),
    ],
)
def test_a_frame_takes_the_place_of_what_was_learned_of_its_question(learned, kept):
    frame = Framed("killers were", "perpetrator", is_for=True, span=HERE)
    given = Reply("perpetrator", is_for=True, span=HERE, score=0.6, probability=0.6)
    assert set(replies.with_frames([learned], {frame: 0.6}, {})) == {given, *kept}


def test_a_learned_reply_with_the_same_words_can_be_surer_than_the_frame():
    frame = Framed("killers were", "perpetrator", is_for=True, span=HERE)
    (found,) = replies.with_frames([made("perpetrator", HERE, 0.99)], {frame: 0.6}, {"perpetrator for": 0.995})
    assert found == Reply("perpetrator", is_for=True, span=HERE, score=0.995, probability=0.99)


def test_all_names_of_a_list_answer():
    several = [Framed("killers were", "perpetrator", is_for=True, span=span) for span in (HERE, THERE)]
    assert [one.span for one in replies.with_frames([], dict.fromkeys(several, 0.6), {})] == [HERE, THERE]
