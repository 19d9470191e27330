"""Questions in dispute and the timeline: nobody accused without a voice, only conflicts called so, text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from sayso.dossier import compose, page, questions, timeline
from sayso.dossier.brief import brief
from sayso.dossier.differences import cliques, ways
from sayso.dossier.index import number
from sayso.dossier.sayings import Known
from sayso.dossier.timeline import window
from sayso.model import (
    Answer,
    Difference,
    Given,
    Headline,
    Judgement,
    Moment,
    Question,
    Reason,
    Told,
    Turn,
)
from tests.dossier.case_of_ostra import ATTACK, TURNED, UNION, ostra, span
from tests.dossier.test_page import Outline, unsure

# Places of the claims of a report: its own statement first, then its attributions in their order.
OWN, VARN, OFFICIALS, DENIAL, REKE, BELIEVED, HE = 0, 1, 3, 4, 5, 6, 7


def given(case, place, words="", *, report=0, is_for=True):
    """A claim of a report, by its place, that gives these words."""
    text, claims = case.reports[report].text, case.findings[report].claims
    return Given(case.reports[report].id, claims[place].id, is_for, span(text, words) if words else None)


def answer(name, *some, **fields):
    return Answer(name, fields.pop("words", name), some, **fields)


def asked(case):
    """The invented case with questions: who, how many, and one that means harm."""
    guards = answer("guards", given(case, OFFICIALS, "guards"), given(case, DENIAL, "any gate", is_for=False))
    union = answer("The Dockers' Union", given(case, 1, "the port authority", report=1), entity=UNION)
    own = answer("warehouse four", given(case, OWN, "three warehouses"), given(case, VARN, "warehouse four"))
    denied = answer("the governor", given(case, HE, is_for=False))
    who = Question(
        "q1", "perpetrator", "i1", "Who did it? (fire, Ostra, 28 April 2031)", (guards, union, denied),
        (Difference("guards", "The Dockers' Union", "conflict", "Two are named."),),
        (Reason("guards", is_for=False, by="harbour master Ilse Varn", report=case.reports[0].id,
                claim=case.findings[0].claims[VARN].id, span=span(case.reports[0].text, "paint"),
                rebutted=((case.reports[0].id, case.findings[0].claims[REKE].id),)),),
        (Turn("harbour master Ilse Varn", guards.given[1], own.given[1], "conflict"),),
        (Headline(case.reports[0].id, case.findings[0].claims[OWN].id, case.findings[0].claims[VARN].id, "firmer"),),
    )  # fmt: skip
    four = answer("four", given(case, VARN, "four"), low=4, high=4)
    many = answer("at least 4", given(case, BELIEVED), low=4, high=None, scope="sailor")
    hurt = Question(
        "q2", "injured", "i1", "How many were injured? (fire, Ostra, 28 April 2031)", (four, many),
        (Difference("four", "at least 4", "scope", "Counts of different people."),),
    )  # fmt: skip
    harm = Question(
        "q3", "perpetrator", "i3", f"{ATTACK} ({ATTACK}{TURNED})",
        (answer("x", given(case, 1, report=2), words=ATTACK), answer("y", given(case, 1, report=2, is_for=False),
                                                                     words=TURNED)),
        (Difference("x", "y", "conflict", ATTACK),),
    )  # fmt: skip
    lost = Question(
        "q4", "place", "gone", "Where was it?", (answer("gone", Given("gone", "gone", is_for=True, span=None)),)
    )
    return replace(case, questions=(who, hurt, harm, lost), moments=moments(case))


def moments(case):
    """A fire before it was told of, something of no day, and a hostile line."""
    wire, hostile = case.reports[0], case.reports[2]
    harm = case.findings[2].claims[1]
    burned, gate = span(wire.text, "burned for six hours"), span(wire.text, "guards probably left a gate open")
    claims = case.findings[0].claims
    return (
        Moment("m1", "incident", "burned for six hours", "2031-04-28", "2031-04-28",
               (Told(wire.id, claims[OWN].id, burned, "2031-05-02", "2031-05-02", "before dawn"),
                Told(wire.id, claims[OFFICIALS].id, gate, "2031-05-02", "2031-05-04")), "i1"),
        Moment("m2", "statement", ATTACK, "", "",
               (Told(hostile.id, harm.id, harm.content[0], "", "", ATTACK),)),
    )  # fmt: skip


def known(case):
    return Known(case, number(case), {})


@pytest.fixture(scope="module")
def html():
    return compose(asked(ostra()))


@pytest.fixture(scope="module")
def outline(html):
    return Outline(html)


@pytest.mark.parametrize(
    "said",
    [
        "Who did it? Two accounts, one of them denied",
        "“guards” One voice, in one report; one denies it read by program",
        "Coast Wire → The Maritime Ledger → two port officials alleges, probable : guards probably left a gate open",
        "Against it Coast Wire → harbour master Ilse Varn denies : any gate had been open 1:4",
        "Offered as a reason against it",
        "rebutted by Coast Wire → Tomas Reke",
        "“the governor” Nobody here says so; one denies it",
        "Conflict: these cannot all hold “guards” / The Dockers' Union",
        "Says two things harbour master Ilse Varn",
        "Headline against report report 1 , Coast Wire : The headline is firmer than the report.",
        "“at least 4” taken for: 4 or more, of “sailor” only",
        "No conflict, they count different people “four” / “at least 4” (of “sailor” only)",
        "“four” taken for: 4 One voice, in one report checked by a person",
        "2 questions on which no accounts conflict fire, Ostra, 28 April 2031 How many were injured? Two accounts",
        # The head of the page.
        "In dispute fire, Ostra, 28 April 2031 : name, day and place as the program puts them together. What is given",
        "“guards” ( probably, according to two port officials; denied by harbour master Ilse Varn ); The Dockers'",
        "And 1 more question in dispute",
        # The timeline.
        "Happened: 28 April 2031 before dawn The harbour of Ostra burned for six hours",
        "Coast Wire, in the reporter’s own voice incident who else says so",
        "Said: 2 to 4 May 2031",
        "Happened: not said",
    ],
)
def test_the_page_says(outline, said):
    assert said in outline.text


def test_every_lead_arrives_and_headings_descend(outline):
    assert [lead for lead in outline.leads if lead not in outline.ids] == []
    assert all(times == 1 for times in outline.ids.values())
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_text_of_reports_stays_text(html, outline):
    assert "<script>alert" not in html
    assert TURNED[0] not in html
    assert (outline.tags["script"], outline.tags["img"]) == (1, 0)
    assert not [a for a in outline.attributes if a[1].startswith("on") or "alert" in a[2]]
    assert not re.search(r"\sstyle=", html)


def test_no_per_cent_is_shown(outline):
    assert "%" not in outline.text


def test_every_answer_has_its_voices():
    case = asked(ostra())
    found = questions.disputes(case, known(case))
    for one in found.disputed:
        for rival in one.rivals:
            assert rival.given.shown or rival.against.shown
            assert all(saying.who and saying.told for saying in (*rival.given.shown, *rival.against.shown))


def test_what_rests_on_unsure_passages_alone_stands_last_and_marked():
    case = asked(unsure(ostra(), 2))
    lines = brief(case, questions.disputes(case, known(case)), known(case)).lines
    found = [(account.words, account.unsure) for account in lines[0].accounts]
    assert found == [("The Dockers' Union", False), ("“guards”", False), ("“the governor”", True)]
    assert lines[0].accounts[1].who == "denied by harbour master Ilse Varn; who says so was not read"
    assert lines[0].more == ""


def test_nothing_in_dispute_is_no_line_at_the_head():
    case = ostra()
    assert brief(case, questions.disputes(case, known(case)), known(case)) is None
    text = Outline(compose(case)).text
    assert "No question was found that the reports answer." in text
    assert "No day was found on which anything is said to have happened." in text
    settled = replace(case, questions=asked(case).questions[1:2])
    assert "No question was found on which the accounts conflict." in Outline(compose(settled)).text


def test_the_reporters_own_voice_and_what_is_attributed_are_told_apart(html):
    card = html[html.index("id=timeline") :]
    assert '<div class="wt own">' in card
    assert '<div class="wt">' in card
    case = ostra()
    own = answer("sheds", given(case, OWN, "three warehouses"), given(case, VARN, "four", is_for=False))
    one = Question("q", "means", "i1", "How?", (own,))
    text = compose(replace(case, questions=(one,)))
    assert re.search(r"<li class=own><bdi>Coast Wire, in the reporter’s own voice</bdi>", text)
    assert "One outlet in the reporter’s own voice, in one report; one denies it" in text


def test_reports_that_repeat_each_other_are_told():
    case = ostra()
    both = answer("x", given(case, OWN), given(case, 0, report=1))
    said = questions.who(both.given, known(case), questions.copied(case))
    assert said.startswith("Two outlets in the reporter’s own voice, in two reports; ")
    assert said.endswith("one of the reports repeats passages of another")


def test_a_person_s_check_is_told():
    case = ostra()
    both = answer("x", given(case, VARN, "four"), given(case, REKE), given(case, VARN, is_for=False))
    half = questions.disputes(replace(case, questions=(Question("q", "means", "i1", "How?", (both,)),)), known(case))
    assert half.disputed[0].rivals[0].read == "partly checked by a person, the rest read by program"


def test_a_reading_that_a_person_rejected_counts_for_nothing():
    case = asked(ostra())
    case = replace(case, judgements=(Judgement("j", case.findings[0].attributions[2].id, "rejected", "", "A", "2031"),))
    text = Outline(compose(case)).text
    assert "rejected by A" in text
    assert "“guards” Nobody here says so; one denies it" in text
    assert "“guards” ( denied by harbour master Ilse Varn; who says so was not read )" in text


def test_long_lists_are_folded_and_counted():
    case = ostra()
    many = tuple(answer(f"answer {n}", given(case, OFFICIALS), given(case, DENIAL, is_for=False)) for n in range(20))
    text = Outline(compose(replace(case, questions=(Question("q", "means", "i1", "How?", many),)))).text
    assert "16 more answers" in text
    assert "And 8 more answers: sayso questions lists them all." in text


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "b"), ("a", "c"), ("b", "c")], [["a", "b", "c"]]),
        ([("a", "b"), ("c", "d")], [["a", "b"], ["c", "d"]]),
        ([("a", "b"), ("b", "c")], [["a", "b"], ["b", "c"]]),
        ([("c", "a"), ("a", "gone")], [["a", "c"]]),
        ([*combinations("abcd", 2)], [["a", "b", "c", "d"]]),
    ],
)
def test_differences_of_one_kind_are_gathered(pairs, expected):
    answers = [answer(name) for name in "abcd"]
    assert cliques(answers, [Difference(one, other, "conflict", "") for one, other in pairs]) == expected


@pytest.mark.parametrize("kind", ["update", "scope", "granularity", "time zone", "alias"])
def test_only_a_conflict_is_called_one(kind):
    question = Question("q", "killed", "i", "How many?", (answer("a"), answer("b")), (Difference("a", "b", kind, ""),))
    (way,) = ways(question)
    assert way.said.startswith("No conflict")


@pytest.mark.parametrize(
    ("happened", "said", "expected"),
    [
        ("2031-04-28", "2031-05-02", ("2031-04-28", "2031-05-02")),
        ("", "2031-05-02", ("2031-05-02", "2031-05-02")),
        ("2031-06-01", "2031-05-02", ("2031-05-02", "2031-06-01")),
        ("", "", ("", "")),
    ],
)
def test_the_strips_begin_with_the_incident_and_end_with_the_last_word(happened, said, expected):
    told = (Told("r", "c", span("x", "x"), said, said),)
    old = Moment("m0", "event", "x", "1990-01-01", "1990-01-01", told)
    assert window([old, Moment("m", "incident", "x", happened, happened, told, "i")], "i") == expected


def test_strips_hold_numbers_within_their_place_only():
    case = asked(ostra())
    for line in timeline.lines(case, known(case)).shown:
        numbers = [float(one) for one in re.findall(r'(?: x="|d="M)([\d.-]+)', line.picture)]
        assert all(0 <= one <= 100 for one in numbers)


def test_a_large_case_packs_the_questions_in_dispute_last(monkeypatch, html, outline):
    monkeypatch.setattr(page, "LARGEST_PAGE", len(html.encode()) - 2000)
    monkeypatch.setattr(page, "KEPT", dict.fromkeys(page.KEPT, 0))
    small = compose(asked(ostra()))
    assert "packed in this file" in small
    assert {"k1", "k2"} <= Outline(small).ids.keys()
    assert "k3" not in Outline(small).ids
