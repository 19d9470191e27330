"""Who is said to have had which part, by whom, and what the speaker has to do with it."""

from __future__ import annotations

import pytest

from sayso.accounts import responsibilities
from tests.accounts.made import Story, did, said

VARR = ("Lena Varr", "person")
GUARD = ("Harbour Guard", "organisation")
FRONT = ("Reed Front", "organisation")


def told(story):
    return [(one.name, one.kind, one.slot, one.speaker, one.stake) for one in responsibilities(story.known())]


def accused(words="Lena Varr attacked the shed", speaker="The ministry", **more):
    return Story().report(
        f"{words}, {speaker} said.", said(words, speaker, **more), names=[VARR], events=[did("attacked", agent=VARR[0])]
    )


@pytest.mark.parametrize(
    ("words", "more", "kind"),
    [
        ("Lena Varr attacked the shed", {}, "accused"),
        ("Lena Varr attacked the shed", {"certainty": "probable"}, "suspected"),
        ("Lena Varr likely attacked the shed", {}, "suspected"),
        ("Lena Varr attacked the shed", {"stance": "denies"}, "cleared"),
    ],
)
def test_whoever_is_told_as_doing_a_deed_is_accused_by_the_speaker(words, more, kind):
    assert told(accused(words, **more)) == [(VARR[0], kind, "perpetrator", "The ministry", "")]


@pytest.mark.parametrize("stance", ["asks", "declines", "orders"])
def test_questions_and_orders_accuse_nobody(stance):
    assert told(accused(stance=stance)) == []


def test_the_reporters_own_words_are_the_publishers():
    story = Story().report("Lena Varr attacked the shed.", names=[VARR], events=[did("attacked", agent=VARR[0])])
    assert told(story) == [(VARR[0], "accused", "perpetrator", "Quay Courier", "")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Lena Varr was attacked.", {"agent": "Lena Varr"}),
        ("The guests of Lena Varr attacked the shed.", {"patient": "Lena Varr"}),
        ("Lena Varr may have attacked nobody.", {"agent": "Lena Varr"}),
    ],
)
def test_who_suffers_it_or_stands_beside_it_is_not_accused(text, what):
    factuality = 0.0 if "may" in text else 3.0
    assert told(Story().report(text, names=[VARR], events=[did("attacked", factuality, **what)])) == []


def test_an_answer_that_speaks_of_no_blame_is_left_out():
    story = Story().report("An attack hit the shed.", events=[did("attack")])
    story.report("Police said Lena Varr ate fish.", said("Lena Varr ate fish", "Police"), names=[VARR])
    assert told(story.answer("perpetrator", VARR[0])) == []


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        ("Mayors accused Lena Varr of the attack.", "Lena Varr of the attack", "accused", ("accused", "perpetrator")),
        ("Mayors blamed the attack on Lena Varr.", "the attack on Lena Varr", "blamed", ("accused", "perpetrator")),
        ("Mayors said Lena Varr ordered the attack.", "Lena Varr ordered the attack", "said",
         ("ordered", "ordered_by")),
        ("Mayors said Lena Varr had no part in the attack.", "Lena Varr had no part in the attack", "said",
         ("cleared", "perpetrator")),
    ],
)  # fmt: skip
def test_answers_and_words_of_blame(text, content, cue, expected):
    slot = expected[1]
    events = [did("attack")]
    if "ordered" in text:
        events = [did("ordered", agent=VARR[0]), did("attack")]
    story = Story().report(text, said(content, "Mayors", cue), names=[VARR], events=events)
    assert [one[1:4] for one in told(story.answer(slot, VARR[0]))] == [(*expected, "Mayors")]


@pytest.mark.parametrize(
    ("words", "deeds", "expected"),
    [
        ("We burned the shed.", [("burned", "We", "the shed")], ["claimed"]),
        ("We did not burn the shed.", [("burn", "We", "the shed")], ["denied"]),
        ("We never attacked anybody.", [("attacked", "We", "anybody")], ["denied"]),
        ("We killed no farmers.", [("killed", "We", "no farmers")], ["denied"]),
        ("We did not only burn the shed.", [("burn", "We", "the shed")], ["claimed"]),
        ("We planted no bomb. We do not burn bread.", [("planted", "We", "no bomb"), ("burn", "We do", "bread")],
         ["denied"]),
        ("We did not kill farmers. We attacked a post.", [("kill", "We", "farmers"), ("attacked", "We a", "a post")],
         []),
    ],
)  # fmt: skip
def test_who_says_that_they_did_not_do_it_claims_nothing(words, deeds, expected):
    text = f"Lena Varr said: {words} The attack was on Monday."
    events = [did(verb, agent=agent.split(" ", maxsplit=1)[0], patient=what) for verb, agent, what in deeds]
    if len(deeds) > 1:
        second = text.rindex("We")
        text = f"{text[:second]}we{text[second + 2 :]}"
        events[1][2]["agent"] = "we"
        words = text.removeprefix("Lena Varr said: ").removesuffix(" The attack was on Monday.")
    story = Story().report(text, said(words, VARR[0]), names=[VARR], events=[*events, did("attack")])
    assert [one.kind for one in responsibilities(story.known())] == expected


@pytest.mark.parametrize(
    ("behind", "events", "is_accused"),
    [
        ("of the attack", ["attack"], True),
        ("of planting the bomb that day", ["planting"], True),
        ("of firing flares into the shed", ["firing"], True),
        ("of carrying it out", ["carrying"], True),
        ("of carrying out the attack", ["carrying", "attack"], True),
        ("of involvement in the attack", ["involvement", "attack"], True),
        ("for it", [], True),
        ("for the crime", [], True),
        ("of the attack that day", [], True),
        ("of a stalling tactic", [], False),
        ("of killing time", [], False),
        ("of breaking the truce", ["breaking"], False),
        ("of exploiting the attack", ["exploiting", "attack"], False),
        ("of using the fire to justify arrests", ["using", "fire", "arrests"], False),
        ("for the delay", ["delay"], False),
    ],
)
def test_who_is_accused_of_another_thing_is_not_accused_of_the_deed(behind, events, is_accused):
    cue = "blamed" if behind.startswith("for") else "accused"
    content = f"Lena Varr {behind}"
    text = f"Mayors {cue} {content}. A shooting was on Monday."
    several = [did(one, patient="the fire") if one == "using" else did(one) for one in events]
    story = Story().report(
        text, said(content, "Mayors", cue, stance="alleges"), names=[VARR], events=[*several, did("shooting")]
    )
    story.answer("perpetrator", VARR[0])
    kinds = [one.kind for one in responsibilities(story.known())]
    assert kinds == ["accused"] * is_accused


@pytest.mark.parametrize(
    "text",
    ["The shed held about 30 tonnes of bread after the attack.", "Mayors blamed about ten people for the attack."],
)
def test_nobody_is_called_by_a_small_word(text):
    assert told(Story().report(text, people=["about"], events=[did("attack")])) == []


def claims_it(text, content, cue, **more):
    name = next(one for one in (FRONT[0], VARR[0], "No group") if one in text)
    return Story().report(text, said(content, name, cue, **more), names=[FRONT], events=[did("attack")])


def test_a_claim_of_responsibility_is_its_speakers():
    text = "Reed Front claimed responsibility for the attack."
    story = claims_it(text, "responsibility for the attack", "claimed")
    assert told(story) == [("Reed Front", "claimed", "perpetrator", "Reed Front", "self")]


def test_a_claim_of_responsibility_that_the_reporter_tells_of():
    text = "Responsibility for the attack was claimed by Reed Front."
    assert told(Story().report(text, names=[FRONT], events=[did("attack")])) == [
        ("Reed Front", "claimed", "perpetrator", "Quay Courier", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the attack.",
        "Reed Front has not claimed responsibility for the attack.",
        "Nobody knew whether Reed Front took credit for the attack.",
    ],
)
def test_that_nobody_claims_it_claims_nothing(text):
    events = [did("claimed" if "claimed" in text else "took", agent="Reed Front"), did("attack")]
    if "No group" in text:
        events = events[1:]
    names = [FRONT] if FRONT[0] in text else []
    assert told(Story().report(text, names=names, events=events)) == []


def test_a_denial_is_of_the_one_who_denies():
    story = claims_it("Reed Front denied any role in the attack.", "any role in the attack", "denied", stance="denies")
    assert told(story) == [("Reed Front", "denied", "perpetrator", "Reed Front", "self")]


def test_who_denies_an_order_denies_the_order():
    text = "Reed Front denied having ordered the attack."
    (one,) = told(claims_it(text, "having ordered the attack", "denied", stance="denies"))
    assert one == ("Reed Front", "denied", "ordered_by", "Reed Front", "self")


def test_of_an_order_the_one_before_is_the_speaker():
    story = Story().report(
        "Lena Varr ordered the attack.", said("the attack", VARR[0], "ordered", stance="orders"), names=[VARR],
        events=[did("attack")],
    )  # fmt: skip
    story.answer("ordered_by", VARR[0])
    assert told(story) == [("Lena Varr", "ordered", "ordered_by", "Quay Courier", "")]


@pytest.mark.parametrize(
    ("speaker", "stake"),
    [
        ("The ministry", ""),
        ("A spokesman for Lena Varr", "same side"),
        ("The dockers' movement", "party"),
        ("A captain of the Harbour Guard", "accused"),
    ],
)
def test_what_the_speaker_has_to_do_with_it(speaker, stake):
    story = accused(speaker=speaker)
    story.report("Harbour Guard attacked the shed.", names=[GUARD], events=[did("attacked", agent=GUARD[0])])
    assert [one[4] for one in told(story) if one[0] == VARR[0]] == [stake]


def test_the_order_of_reports_within_the_case_gives_the_order_of_lines():
    story = accused()
    story.report("Harbour Guard attacked the shed.", names=[GUARD], events=[did("attacked", agent=GUARD[0])])
    story.report("Harbour Guard attacked it.", names=[GUARD], events=[did("attacked", agent=GUARD[0])])
    assert [one[0] for one in told(story)] == ["Harbour Guard", "Harbour Guard", "Lena Varr"]


def test_without_an_incident_nothing_is_told():
    assert told(Story().report("Lena Varr sang.", names=[VARR], events=[did("sang", agent=VARR[0])])) == []
