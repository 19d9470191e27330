"""What claims tell of an incident in passing."""

from __future__ import annotations

import pytest

from sayso.questions.telling import told
from tests.questions.made import Story, incident, says

TEXT = "Masked riders shot nine ferry hands with rifles at Low Quay on Friday."
INCIDENT = incident(reports="r0")
ROLES = {"agent": "Masked riders", "means": "rifles", "place": "Low Quay", "time": "Friday"}


def telling(kind="shooting", fact=3.0, led=INCIDENT, **more):
    """(slot, words, whether for) of what the one claim tells."""
    voice = "Tarn" if "stance" in more else ""
    story = Story().report(
        TEXT,
        says(TEXT[:-1], voice, events=("r0 ei",), **more),
        names=[("Masked riders", "person"), ("Low Quay", "place")],
        times=["Friday"],
        counts=[("nine", (9, 9), "killed", "")],
        events=[("shot", kind, fact, ROLES)],
    )
    found = told(story.reports, story.findings, {"r0 c0": INCIDENT}, {("r0", "r0 ei"): led})
    return [(one.reply.slot, TEXT[slice(*one.reply.span)], one.reply.is_for) for one in found]


COUNT, WHO, HOW, WHERE, WHEN = (
    ("killed", "nine", True),
    ("perpetrator", "Masked riders", True),
    ("means", "rifles", True),
    ("place", "Low Quay", True),
    ("date", "Friday", True),
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, [COUNT, WHO, HOW, WHERE, WHEN]),
        ({"kind": "fire"}, [COUNT, HOW, WHERE, WHEN]),
        ({"kind": "death"}, [COUNT, HOW]),
        ({"fact": 0.0}, [COUNT, WHO]),
        ({"fact": -3.0}, [COUNT, ("perpetrator", "Masked riders", False)]),
        ({"led": incident("another")}, [COUNT]),
        ({"stance": "asks"}, []),
        ({"stance": "declines"}, []),
        (
            {"stance": "denies"},
            [
                ("killed", "nine", False),
                *((slot, words, False) for slot, words, _ in (WHO, HOW, WHERE, WHEN)),
            ],
        ),
    ],
)
def test_told(changed, expected):
    assert telling(**changed) == expected


def test_a_count_further_on_in_a_denial_is_not_what_is_denied():
    text = "he had ordered the doors shut on the night at least nine people died"
    story = Story().report(
        f"Tarn denied that {text}.",
        says(text, "Tarn", stance="denies"),
        counts=[("nine", (9, None), "killed", "")],
    )
    found = told(story.reports, story.findings, {"r0 c0": INCIDENT}, {})
    assert [one.reply.slot for one in found] == ["ordered_by"]


def test_only_counts_of_a_fate_in_the_content_are_told():
    text = "Four boats sank. Nine people died."
    story = Story().report(
        text,
        says("Four boats sank"),
        counts=[("Four", (4, 4), "", ""), ("Nine", (9, 9), "killed", "")],
    )
    assert list(told(story.reports, story.findings, {"r0 c0": INCIDENT}, {})) == []


def test_a_span_of_many_days_is_no_date():
    text = "Riders shot him in May."
    story = Story().report(
        text, says(text[:-1], events=("r0 ei",)), times=["May"], events=[("shot", "shooting", 3.0, {"time": "May"})]
    )
    assert list(told(story.reports, story.findings, {"r0 c0": INCIDENT}, {("r0", "r0 ei"): INCIDENT})) == []


@pytest.mark.parametrize(
    ("text", "doer", "word", "is_told"),
    [
        ("Riders shot the guard.", "Riders", "shot", True),
        ("The guard was shot by masked riders.", "riders", "shot", True),
        ("The guard was shot by the riders.", "riders", "shot", True),
        ("Riders were shot.", "Riders", "shot", False),
        ("Tarn told the riders to shoot.", "riders", "shoot", False),
        ("They shot at the riders.", "riders", "shot", False),
    ],
)
def test_who_is_put_down_as_the_doer(text, doer, word, is_told):
    story = Story().report(
        text,
        says(text[:-1], events=("r0 ei",)),
        names=[(doer, "person")],
        events=[(word, "shooting", 3.0, {"agent": doer})],
    )
    found = told(story.reports, story.findings, {"r0 c0": INCIDENT}, {("r0", "r0 ei"): INCIDENT})
    assert [one.reply.slot for one in found] == (["perpetrator"] if is_told else [])


@pytest.mark.parametrize(
    ("behind", "is_told"), [("people died", True), ("other people died", False), ("of them died", False)]
)
def test_a_count_of_some_or_of_further_ones_is_no_toll(behind, is_told):
    text = f"Nine {behind}."
    story = Story().report(text, says(text[:-1]), counts=[("Nine", (9, 9), "killed", "")])
    found = told(story.reports, story.findings, {"r0 c0": INCIDENT}, {})
    assert [one.reply.slot for one in found] == (["killed"] if is_told else [])


def test_nobody_is_a_means():
    text = "They shot him with masked riders."
    story = Story().report(
        text,
        says(text[:-1], events=("r0 ei",)),
        names=[("masked riders", "person")],
        events=[("shot", "shooting", 3.0, {"means": "masked riders"})],
    )
    assert list(told(story.reports, story.findings, {"r0 c0": INCIDENT}, {("r0", "r0 ei"): INCIDENT})) == []


@pytest.mark.parametrize(
    ("content", "stance", "is_told"),
    [
        ("having given any order to clear the quay", "denies", True),
        ("that he had ordered the doors shut", "denies", True),
        ("I gave no such order", "asserts", True),
        ("he never ordered it", "asserts", True),
        ("he gave no such order", "denies", False),
        ("she ordered the doors shut", "asserts", False),
        ("the mayor gave no order", "asserts", False),
        ("that the doors were shut on the order of the guard", "denies", False),
    ],
)
def test_who_says_that_they_gave_no_order_denies_it_for_themselves(content, stance, is_told):
    story = Story().report(f"Tarn spoke: {content}.", says(content, "Tarn", cue="spoke", stance=stance))
    found = list(told(story.reports, story.findings, {"r0 c0": INCIDENT}, {}))
    assert bool(found) is is_told
    assert {(one.reply.slot, one.reply.is_for, story.reports[0].text[slice(*one.reply.span)]) for one in found} <= {
        ("ordered_by", False, "Tarn")
    }
