"""What deserves a line of the timeline, on which day, and what shares one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso import incidents
from sayso.kit import identify
from sayso.model import Attribution, Claim, Event, Findings, Incident, Link, Report, Role, Span, Voice, When
from sayso.timeline import order
from sayso.timeline.dating import clock
from sayso.timeline.levels import levels
from sayso.timeline.phrases import phrase
from tests.incidents.made import case

PUBLISHED = "2031-05-05"
SATURDAY = ("2031-05-03", "2031-05-03")
MONDAY = ("2031-05-05", "2031-05-05")


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def told(name, text, *, events=(), times=(), said=None, **more):
    """One report of one sentence: events (word, patient, its time or "", factuality), times (words, days), and who says
    what with which cue."""
    sentence = Span(0, len(text))
    found = tuple(
        sorted(
            (
                Event(
                    identify(name, word), at(text, word), word, "",
                    (Role("patient", at(text, patient)), *((Role("time", at(text, time)),) if time else ())), fact,
                )
                for word, patient, time, fact in events
            ),
            key=lambda one: one.span,
        )
    )  # fmt: skip
    whens = tuple(sorted(When(at(text, words), *days, words) for words, days in times))
    attributions, claims = (), (Claim(f"{name} own", name, (sentence,), (Link("Courier"),)),)
    if said:
        source, cue, content = (at(text, words) for words in said)
        chain = (Link("Courier"), Link(said[0], via=f"{name} a"))
        attributions = (Attribution(f"{name} a", name, source, cue, (content,), None, chain),)
        claims = (Claim(f"{name} c", name, (content,), chain, f"{name} a"),)
        if more.get("own"):
            claims = (*claims, Claim(f"{name} own", name, (at(text, more["own"]),), (Link("Courier"),)))
    report = Report(name, text, name, "f", name, publisher="Courier", published=more.get("published", PUBLISHED))
    return report, Findings(name, (sentence,), attributions, claims, times=whens, events=found)


def lines(*given, voices=(), incidents=()):
    reports, findings = zip(*given, strict=True)
    return order(reports, findings, (), voices, incidents)


def shut(name="r1", word="shut", fact=3.0, day="Saturday", days=SATURDAY, **more):
    text = f"The quay was {word} on {day}."
    return told(name, text, events=[(word, "The quay", day, fact)], times=[(day, days)], **more)


def test_an_event_with_a_day():
    (one,) = lines(shut())
    assert (one.kind, one.words, one.earliest, one.latest) == ("event", "The quay was shut on Saturday", *SATURDAY)
    assert [(by.claim, by.said_first, by.said_last) for by in one.told] == [("r1 own", PUBLISHED, PUBLISHED)]


@pytest.mark.parametrize(
    "report",
    [
        shut(fact=0.2),
        shut(day="Friday", days=("2031-05-09", "2031-05-09")),
        shut(day="after May", days=("2031-06-01", "")),
        told("r1", "The quay was shut.", events=[("shut", "The quay", "", 3.0)]),
    ],
    ids=["may have happened", "still to come", "no last day", "no day"],
)
def test_what_gets_no_line(report):
    assert lines(report) == ()


def test_reports_of_one_event_share_a_line_and_those_of_another_day_do_not():
    one, other = lines(shut(), shut("r2"), shut("r3", day="Friday", days=("2031-05-02", "2031-05-02")))
    assert [by.report for by in one.told] == ["r3"]
    assert [by.report for by in other.told] == ["r1", "r2"]


def test_the_order_of_reports_changes_nothing():
    given = [shut(), shut("r2", published="2031-05-04"), shut("r3", word="shelled")]
    assert lines(*given) == lines(*given[::-1])


def test_a_time_beside_the_word_of_saying_is_the_day_of_the_statement():
    text = "Mayor Tarn said on Monday that the quay was shut on Saturday."
    report = told(
        "r1", text, events=[("said", "Mayor Tarn", "", 3.0), ("shut", "the quay", "Saturday", 3.0)],
        times=[("Monday", MONDAY), ("Saturday", SATURDAY)],
        said=("Mayor Tarn", "said", "the quay was shut on Saturday"), published="2031-05-07",
    )  # fmt: skip
    event, statement = lines(report)
    assert (event.kind, event.earliest, event.told[0].claim) == ("event", SATURDAY[0], "r1 c")
    assert (event.told[0].said_first, event.told[0].said_last) == MONDAY
    assert (statement.kind, statement.earliest, statement.words) == ("statement", MONDAY[0], text[:-1])


def test_a_time_inside_what_is_said_is_not_the_day_of_saying():
    text = "Mayor Tarn said the quay was shut on Saturday."
    report = told(
        "r1", text, events=[("said", "Mayor Tarn", "", 3.0), ("shut", "the quay", "", 3.0)],
        times=[("Saturday", SATURDAY)], said=("Mayor Tarn", "said", "the quay was shut on Saturday"),
    )  # fmt: skip
    assert [one.kind for one in lines(report)] == ["event"]


def test_what_one_voice_said_on_one_day_is_one_line():
    given = [
        told(
            name, f"Mayor Tarn said on Monday that {content}.", events=[("said", "Mayor Tarn", "Monday", 3.0)],
            times=[("Monday", MONDAY)], said=("Mayor Tarn", "said", content),
        )
        for name, content in (("r1", "the crane was old"), ("r2", "nobody was missing"))
    ]  # fmt: skip
    tarn = Voice(
        "v",
        "Mayor Tarn",
        "official",
        named=True,
        spellings=("Mayor Tarn",),
        attributions=("r1 a", "r2 a"),
        relays=(),
        reports=("r1", "r2"),
    )
    assert [len(one.told) for one in lines(*given, voices=(tarn,))] == [2]
    assert [len(one.told) for one in lines(*given, voices=(replace(tarn, named=False),))] == [1, 1]


def test_an_incident_is_one_line_and_one_more_for_another_day():
    shot = "Gunmen [e shot] [p Dara Okonte] in [l Ostra] on [t {}]."
    told_on = [
        ("2031-05-04", shot.format("Saturday|2031-05-03..2031-05-03")),
        ("2031-05-05", shot.format("Saturday|2031-05-03..2031-05-03")),
    ]
    reports, findings, entities = case(*told_on)
    found = incidents.group(reports, findings, entities)
    (one,) = order(reports, findings, entities, (), found)
    assert (one.kind, one.incident, one.earliest) == ("incident", found[0].id, "2031-05-03")
    assert len({by.report for by in one.told}) == 2

    text = "The fire on Friday burned the quay."
    report, findings = told(
        "r9", text, events=[("burned", "the quay", "Friday", 3.0)], times=[("Friday", ("2031-05-02", "2031-05-02"))]
    )
    event = findings.events[0]
    fire = Incident("i", "fire", "fire", (("r9", event.id),), ("r9 own",), *SATURDAY)
    assert [(one.kind, one.earliest) for one in lines((report, findings), incidents=(fire,))] == [
        ("incident", "2031-05-02")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quay burned shortly before midnight.", "shortly before midnight"),
        ("The quay burned at 9:40 p.m. local time.", "at 9:40 p.m. local time"),
        ("The quay burned around 21.52 that night.", "around 21.52"),
        ("The quay burned at about ten and cost 21.52 crowns.", ""),
        ("The quay burned for 3 days.", ""),
    ],
)
def test_the_time_of_day(text, expected):
    assert clock(text, at(text, "burned"), Span(0, len(text)), levels(())) == expected


def test_the_innermost_claim_of_a_place():
    outer = Claim("outer", "r", (Span(0, 20), Span(30, 40)), ())
    inner = Claim("inner", "r", (Span(5, 10),), ())
    found = levels((outer, inner))
    assert [one and one.id for one in map(found.at, (0, 5, 9, 10, 25, 30, 40))] == [
        "outer", "inner", "inner", "outer", None, "outer", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "patient", "expected"),
    [
        ("Some 1,000 troops went to the U.S. border on Monday.", "went", "000 troops",
         "1,000 troops went to the U.S. border on Monday"),
        ("The toll rose to 23.", "rose", "The toll", "The toll rose to 23"),
        ("At least 11 men died, the mayor said.", "died", "least 11 men", "At least 11 men died"),
        ("He left the quay after, they say.", "left", "the quay", "He left the quay"),
        ("The crane fell; the quay was shut.", "shut", "shut", "the quay was shut"),
    ],
)  # fmt: skip
def test_words_that_are_short_and_whole(text, word, patient, expected):
    event = Event("e", at(text, word), word, roles=(Role("patient", at(text, patient)),))
    assert text[slice(*phrase(text, event, Span(0, len(text))))] == expected


def test_the_words_that_most_reports_use_stand_for_all():
    texts = ("The quay burned down.", "The burned crane fell.", "The crane burned at the quay.")
    given = [told(f"r{n}", text, events=[("burned", "The", "", 3.0)]) for n, text in enumerate(texts)]
    events = tuple((report.id, found.events[0].id) for report, found in given)
    fire = Incident("i", "fire", "fire", events, (), *SATURDAY)
    (one,) = lines(*given, incidents=(fire,))
    assert (one.words, one.told[0].report, len(one.told)) == ("The crane burned at the quay", "r2", 3)


def test_no_statement_of_a_whole_year_or_still_to_come():
    for words, days in (("2030", ("2030-01-01", "2030-12-31")), ("Friday", ("2031-05-09", "2031-05-09"))):
        text = f"Mayor Tarn said in {words} that the quay was shut."
        report = told(
            "r1", text, events=[("said", "Mayor Tarn", "", 3.0)], times=[(words, days)],
            said=("Mayor Tarn", "said", "the quay was shut"),
        )  # fmt: skip
        assert lines(report) == ()
