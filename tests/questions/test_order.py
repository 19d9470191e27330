"""Questions of a whole case: what is put together, and that the order of reports changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import spine
from sayso.model import Answer, Difference, Given, Question
from sayso.questions import ASKED, pose
from tests.questions.made import Story, incident, says, to

INCIDENT = incident(reports="r0 r1 r2 r3 r4 r5 r6", claims=())


def tell(story, who, killed, means, door, day):
    """One report: what a voice says of the dead, the means, the doors and the Guard."""
    text = f"{who} spoke\n\n{who} said {killed} people died of {means}, the doors were {door} and the Guard did it."
    content = text[text.index(f"said {killed}") + 5 : -1]
    replies = to("killed", killed), to("means", means), to("perpetrator", "Guard", is_for=door != "open")
    name = f"r{len(story.reports)}"
    return story.report(
        text,
        says(content, who, *replies, events=(f"{name} ei",)),
        published=day,
        counts=[(killed, (len(killed), len(killed)), "killed", "")],
        events=[("died", "death", 3.0, {"patient": f"{killed} people"})],
        names=[(who, "person"), ("Guard", "organisation")],
    )


TELLINGS = st.tuples(
    st.sampled_from(["Tarn", "Berren", "Vesk"]),
    st.sampled_from(["four", "seven"]),
    st.sampled_from(["a flare", "signal flares", "smoke", "hunting flares"]),
    st.sampled_from(["open", "locked", "not locked"]),
    st.sampled_from(["2031-05-03", "2031-05-04", ""]),
)


def case_of(tellings):
    story = Story()
    for one in tellings:
        tell(story, *one)
    return story


@settings(max_examples=25, deadline=None)
@given(st.lists(TELLINGS, min_size=1, max_size=6), st.randoms())
def test_the_order_of_reports_changes_no_question(tellings, random):
    """As the spine hands them over: reports in the order of the case, in whatever order they came."""
    story = case_of(tellings)
    order = random.sample(range(len(tellings)), len(tellings))
    came = tuple(story.reports), tuple(story.findings)
    shuffled = tuple(tuple(several[at] for at in order) for several in came)
    case = spine.assemble(*came)
    assert spine.assemble(*shuffled) == case
    assert case.questions


@settings(max_examples=25, deadline=None)
@given(st.lists(TELLINGS, min_size=1, max_size=6), st.randoms())
def test_the_order_in_which_reports_are_posed_changes_no_answer(tellings, random):
    """Whoever stands first: only which voice is told to have raised its own number rests on the order of the case."""
    story = case_of([(*one[:-1], "2031-05-03") for one in tellings])
    order = random.sample(range(len(tellings)), len(tellings))
    reports, findings, entities, voices = story.case()
    posed = pose(reports, findings, entities, voices, (INCIDENT,))
    again = pose(tuple(reports[at] for at in order), tuple(findings[at] for at in order), entities, voices, (INCIDENT,))
    assert [plain(one) for one in posed] == [plain(one) for one in again]


def plain(question):
    """What of a question does not hang on the order: by id who gives which answer, how sure."""
    answers = {
        one.id: (frozenset(one.given), one.probability, one.low, one.high, one.entity) for one in question.answers
    }
    return question.id, question.slot, question.text, answers


def test_a_case_of_three_voices():
    story = case_of(
        [
            ("Tarn", "four", "a flare", "locked", "2031-05-03"),
            ("Berren", "seven", "smoke", "open", "2031-05-03"),
            ("Vesk", "four", "signal flares", "not locked", "2031-05-04"),
        ]
    )
    questions = {one.slot: one for one in pose(*story.case(), (INCIDENT,))}
    assert list(questions) == ["perpetrator", "killed", "means", "free"]
    told = {slot: [(one.words, len(one.given)) for one in question.answers] for slot, question in questions.items()}
    assert told["killed"] == [("four", 2), ("seven", 1)]
    assert dict(told["means"]) == {"a flare": 2, "smoke": 1}
    assert told["free"] == [("shut", 3)]
    assert questions["killed"].text == f"{ASKED['killed']} ({INCIDENT.name})"
    assert all(question.incident == INCIDENT.id for question in questions.values())


def test_without_incidents_nothing_is_asked():
    story = case_of([("Tarn", "four", "a flare", "locked", "2031-05-03")])
    assert pose(*story.case(), ()) == ()


FOR, AGAINST = (Given("r0", "r0 c0", side, None) for side in (True, False))


def asked(*answers, kind=""):
    differences = (Difference("a0", "a1", kind, ""),) if kind else ()
    named = tuple(
        Answer(f"a{at}", "words", given, probability=probability) for at, (given, probability) in enumerate(answers)
    )
    return Question("q", "killed", "i", "?", named, differences)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (asked(((FOR,), 0.9), ((FOR,), 0.9), kind="conflict"), True),
        (asked(((FOR,), 0.9), ((FOR,), 0.44), kind="conflict"), False),
        (asked(((FOR,), 0.45), ((FOR,), 0.45), kind="conflict"), True),
        *((asked(((FOR,), 0.9), ((FOR,), 0.9), kind=kind), False) for kind in
          ("update", "scope", "granularity", "time zone", "alias")),
        (asked(((FOR,), 0.9), ((FOR,), 0.9)), False),
        (asked(((FOR, AGAINST), 0.9)), True),
        (asked(((FOR, AGAINST), 0.1)), False),
        (asked(((AGAINST,), 0.9)), False),
        (asked(), False),
    ],
)  # fmt: skip
def test_disputed(question, expected):
    assert question.disputed is expected


@pytest.mark.parametrize(("probability", "unsure"), [(0.0, True), (0.449, True), (0.45, False), (1.0, False)])
def test_an_answer_is_unsure_below_a_bound(probability, unsure):
    (answer,) = asked(((FOR,), probability)).answers
    assert answer.unsure is unsure
    assert replace(answer, probability=1.0).unsure is False
