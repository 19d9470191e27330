"""From the records of a case to what is left of its answers: an invented fire, three voices, two accounts."""

from dataclasses import replace

import pytest

from sayso import weighing
from sayso.kit import WrongUse
from sayso.model import (
    Answer,
    Claim,
    Difference,
    Findings,
    Given,
    Lineage,
    Link,
    Merge,
    Origin,
    Question,
    Reply,
    Responsibility,
    Span,
)
from sayso.model.lineage import Testimony as Said  # pytest would take a name in Test… for tests
from sayso.weighing.words import ALL_UNSURE, Grounds, confidence

GUARD, CREW = "answer-guard", "answer-crew"


def _origin(name, kind="official", *, named=True):
    return Origin(name, f"the {name}", kind, named, f"voice-{name}", (f"report-{name}",))


def _claim(name, chain, certainty="certain"):
    links = tuple(Link(voice, certainty=certainty) for voice in (*chain, f"the {name}"))
    return Findings(f"report-{name}", claims=(Claim(f"claim-{name}", f"report-{name}", (Span(0, 1),), links),))


def _says(name, answer, *, is_for=True):
    return Said(name, answer, is_for, (Given(f"report-{name}", f"claim-{name}", is_for, None),))


def _question(slot="perpetrator", **answers):
    made = tuple(
        Answer(name, name, (), entity=name, low=low, high=high)
        for name, (low, high) in (answers or {GUARD: (None, None), CREW: (None, None)}).items()
    )
    return Question("question", slot, "incident", "Who did it?", made)


def _lineage(*testimonies, merges=(), **kinds):
    names = list(dict.fromkeys(one.origin for one in testimonies))
    origins = tuple(
        _origin(name, kinds.get(name, "official"), named=kinds.get(name) != "unspecified") for name in names
    )
    return Lineage("question", origins, testimonies, merges, 1, len(names))


def _weigh(question, lineage, *findings, **more):
    """With nothing to learn from: there is one question."""
    (found,) = weighing.weigh((question,), (lineage,), findings, **more)
    return found


def test_one_voice():
    found = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier"]))
    first, second = found.supports
    assert first.belief == pytest.approx(0.75)
    assert first.voices == pytest.approx((1.0, 1.0))
    assert (second.belief, found.unresolved, found.conflict) == (0, pytest.approx(0.25), 0)
    assert found.leader == GUARD
    assert found.fall.origins == ("mayor",)
    assert found.fall.smallest
    assert found.confidence == "low"
    assert found.sentence == "One report, one independent origin. Everything hangs on the mayor, heard by Courier."


def test_two_to_one():
    lineage = _lineage(_says("mayor", GUARD), _says("cook", GUARD), _says("clerk", CREW))
    found = _weigh(_question(), lineage)
    assert [one.belief for one in found.supports] == pytest.approx([15 / 19, 3 / 19])
    assert [part.contribution for part in found.parts] == pytest.approx([1.386] * 3, abs=1e-3)
    flips = {one.unit: one.leader for one in found.hanging if one.kind == "voice" and one.flips}
    assert flips == {"mayor": None, "cook": None}  # then one stands against one


def test_who_may_be_one_counts_once_in_the_cautious_reading():
    merge = Merge("mayor", "cook", "role", "both are officials with the same answer", taken=False)
    found = _weigh(_question(), _lineage(_says("mayor", GUARD), _says("cook", GUARD), merges=(merge,)))
    assert found.supports[0].voices == pytest.approx((1.0, 2.0))
    assert found.supports[0].belief == pytest.approx(0.75)
    assert found.supports[0].belief_apart == pytest.approx(0.9375)
    assert sorted(part.discount for part in found.parts) == [0, 1]
    assert found.confidence == "low"
    assert "All who give it may trace to one root." in found.reasons


def test_a_wire_and_a_hedge_lower_the_weight():
    plain = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier"]))
    relayed = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier", "the wire"]))
    hedged = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier"], "probable"))
    open_ = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier"], "possible"))
    weights = [found.parts[0].weight for found in (plain, relayed, hedged)]
    assert weights == sorted(weights, reverse=True)
    assert weights[2] == pytest.approx(0.43, abs=0.005)
    assert open_.parts[0].weight == 0
    assert open_.leader is None


def _stake(stake):
    return Responsibility("incident", GUARD, "accused", "perpetrator", "certain", "the mayor", stake, "report-mayor",
                          "claim-mayor", Span(0, 1), entity=GUARD)  # fmt: skip


@pytest.mark.parametrize(
    ("stake", "is_for", "expected"),
    [("", True, 1.39), ("accused", True, 0.13), ("self", True, 2.94), ("self", False, 0.13), ("same side", True, 2.94)],
)
def test_for_and_against_ones_own_interest(stake, is_for, expected):
    lineage = _lineage(_says("mayor", GUARD, is_for=is_for))
    found = _weigh(_question(), lineage, _claim("mayor", ["Courier"]), responsibilities=[_stake(stake)])
    assert found.parts[0].weight == pytest.approx(expected, abs=0.005)


def test_a_bloc_counts_less_than_its_voices():
    lineage = _lineage(_says("mayor", GUARD), _says("cook", GUARD))
    found = _weigh(_question(), lineage, blocs={"mayor": "town hall", "cook": "town hall"})
    assert found.supports[0].nats_for == pytest.approx(1.5 * 1.386, abs=1e-3)
    assert [one.unit for one in found.hanging if one.kind == "bloc" and one.flips] == ["town hall"]


def test_a_question_nobody_answers():
    found = _weigh(_question(), Lineage("question", (), (), (), 0, 0))
    assert (found.leader, found.unresolved, found.fall) == (None, 1, None)


def test_the_order_of_testimonies_changes_nothing():
    one = _lineage(_says("mayor", GUARD), _says("cook", GUARD), _says("clerk", CREW))
    other = replace(one, testimonies=one.testimonies[::-1], origins=one.origins[::-1])
    assert _weigh(_question(), one) == _weigh(_question(), other)


def test_counts_get_an_estimate():
    question = _question("killed", few=(4, 4), many=(11, None), most=(12, 12))
    lineage = _lineage(_says("mayor", "few"), _says("cook", "many"), _says("clerk", "most"), _says("nurse", "most"))
    (found,) = _weigh(question, lineage).estimates
    assert found.best == pytest.approx(12)
    assert found.low <= 12 <= found.high
    assert found.origins == 4


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"interests": {}}, "no section"),
        ({"interest": {"partly": 0.5}}, "has no 'partly'"),
        ({"interest": {"party": 1.5}}, "out of bounds"),
        ({"rivals": {"killed": 0}}, "out of bounds"),
        ({"reliability": {"court": {"named": 0.9}}}, "out of bounds"),
    ],
)
def test_assumptions_that_make_no_sense(changed, message):
    with pytest.raises(WrongUse, match=message):
        weighing.change(weighing.DEFAULTS, changed)


def test_assumptions_are_the_callers(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("[interest]\naccused = 0.0\n", encoding="utf-8")
    found = _weigh(_question(), _lineage(_says("mayor", GUARD)), _claim("mayor", ["Courier"]),
                   responsibilities=[_stake("accused")], assumptions=weighing.load(file))  # fmt: skip
    assert found.parts[0].weight == pytest.approx(1.386, abs=1e-3)


def test_every_section_says_where_it_comes_from():
    sections = set(weighing.DEFAULTS.__slots__) - {"sources"}
    assert sections == set(weighing.DEFAULTS.sources)


GOOD = Grounds(low=5, high=6, rival=0.0, unresolved=0.01, hangs_on_one=False, prior_only=False)


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        (GOOD, "high"),
        (GOOD._replace(low=1), "low"),
        (GOOD._replace(rival=0.6), "low"),
        (GOOD._replace(rival=0.2), "moderate"),
        (GOOD._replace(low=2), "moderate"),
        (GOOD._replace(opposed=0.49), "high"),
        (GOOD._replace(opposed=0.5), "low"),
        (GOOD._replace(prior_only=True), "moderate"),
        (None, "low"),
    ],
)
def test_confidence(grounds, expected):
    level, reasons = confidence(grounds)
    assert level == expected
    assert reasons


def test_no_likelihood_where_much_is_said_against_what_leads():
    says = [_says(name, GUARD) for name in ("mayor", "clerk", "cook")]
    claims = [_claim(name, [f"Post {name}"]) for name in ("mayor", "clerk", "cook", "pilot", "smith")]
    alone = _weigh(_question(), _lineage(*says), *claims)
    one_against = _weigh(_question(), _lineage(*says, _says("pilot", CREW)), *claims)
    two_against = _weigh(
        _question(), _lineage(*says, _says("pilot", CREW), _says("smith", GUARD, is_for=False)), *claims
    )
    assert [found.supports[0].likelihood for found in (alone, one_against, two_against)] == [
        "almost certain", "very likely", "not settled",
    ]  # fmt: skip
    assert two_against.supports[0].belief > 0.7
    assert two_against.supports[1].likelihood == "not settled"
    assert two_against.confidence == "low"
    assert any("weighs at least half as much" in reason for reason in two_against.reasons)


def test_nothing_hangs_on_anybody_where_nothing_leads():
    found = _weigh(_question(), _lineage(_says("mayor", GUARD), _says("clerk", CREW)))
    assert found.leader is None
    assert found.sentence == "Two reports, one to two independent origins."


@pytest.mark.parametrize(("probability", "least"), [(1.0, 0.7), (0.5, 0.2), (0.1, 0.0)])
def test_what_may_be_misread_weighs_less(probability, least):
    question, lineage = _question(), _lineage(_says("captain", GUARD))
    (findings,) = [_claim("captain", ("Quay Courier",))]
    reply = Reply("perpetrator", is_for=True, span=None, score=probability, probability=probability)
    read = replace(findings, claims=(replace(findings.claims[0], replies=(reply,)),))
    support = next(one for one in _weigh(question, lineage, read).supports if one.answer == GUARD)
    whole = next(one for one in _weigh(question, lineage, findings).supports if one.answer == GUARD)
    assert least <= support.belief <= whole.belief


def test_a_count_that_a_later_one_has_overtaken_is_no_rival_to_it():
    question = _question("killed", four=(4.0, 4.0), nine=(9.0, 9.0))
    rising = replace(question, differences=(Difference("four", "nine", "update", "A toll rises."),))
    lineage = _lineage(_says("guard", "four"), _says("crew", "four"), _says("coroner", "nine"))
    findings = [_claim(name, ("Quay Courier",)) for name in ("guard", "crew", "coroner")]
    flat, risen = _weigh(question, lineage, *findings), _weigh(rising, lineage, *findings)
    assert (flat.leader, risen.leader) == ("four", "nine")
    assert flat.estimates[0].best == pytest.approx(4, abs=0.5)
    assert risen.estimates[0].best == pytest.approx(9, abs=0.5)


def _many(number):
    """So many questions on which a captain stands alone against three others."""
    for n in range(number):
        answers = tuple(Answer(f"{name}-{n}", name, ()) for name in (GUARD, CREW))
        says = [_says(name, f"{GUARD}-{n}") for name in ("mayor", "clerk", "cook")]
        found = _lineage(*says, _says("captain", f"{CREW}-{n}"))
        yield Question(f"q{n}", "perpetrator", "incident", "Who?", answers), replace(found, question=f"q{n}")


@pytest.mark.parametrize(("floor", "least"), [(0.5, 0.65), (1.0, 0.8), (1e-9, 0.5)])
def test_nobody_falls_further_than_the_table_lets_them(floor, least):
    questions, lineages = zip(*_many(12), strict=True)
    claims = [_claim(name, ["Courier"]) for name in ("mayor", "clerk", "cook", "captain")]
    given = weighing.change(weighing.DEFAULTS, {"learning": {"floor": floor}})
    found = weighing.weigh(questions, lineages, claims, assumptions=given)
    by_name = {part.origin: part.reliability for part in found[0].parts}
    assert by_name["captain"] == pytest.approx(least, abs=1e-6)
    assert by_name["mayor"] >= 0.7


def _unsure(question, *names):
    return replace(
        question,
        answers=tuple(replace(one, probability=0.1 if one.id in names else 1.0) for one in question.answers),
    )


def test_an_unsure_answer_leads_only_where_all_are_unsure_and_that_is_said():
    question = _question()
    lineage = _lineage(_says("mayor", GUARD), _says("cook", GUARD), _says("clerk", CREW))
    found = _weigh(_unsure(question, GUARD), lineage)
    assert found.leader == CREW
    assert ALL_UNSURE not in found.reasons
    both = _unsure(question, GUARD, CREW)
    found = _weigh(both, lineage)
    assert (found.leader, found.confidence) == (GUARD, "low")
    assert ALL_UNSURE in found.reasons
    assert ALL_UNSURE in next(weighing.hangs(both, found, {}))


def test_a_broader_answer_competes_with_neither_its_narrower_one_nor_makes_it_fall():
    broad = "at-least-ten"
    question = _question("killed", nine=(9, 9), eleven=(11, 11), **{broad: (10, None)})
    question = replace(question, differences=(Difference("eleven", broad, "update", "", broad),))
    lineage = _lineage(_says("mayor", "eleven"), _says("cook", "eleven"), _says("clerk", broad))
    found = _weigh(question, lineage)
    support = {one.answer: one for one in found.supports}
    assert found.leader == "eleven"
    assert support[broad].belief > support["eleven"].belief > 0.9
    assert support[broad].voices[0] == pytest.approx(3.0, abs=0.01)
    assert support["eleven"].likelihood != "not settled"
    assert found.conflict == pytest.approx(0.0, abs=1e-9)
    assert not any(one.flips for one in found.hanging)
    assert set(found.fall.origins) == {"mayor", "cook", "clerk"}
    told = next(weighing.hangs(question, found, {}))
    assert told == "By what is said, “eleven” has the most support, and with it “at-least-ten”, which follows from it."


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("abcdef", "Six reports: the a; the b; the c; and three more. At least three independent origins."),
        ("abc", "Three reports, three independent origins."),
    ],
)
def test_where_the_range_of_origins_is_wide_they_are_named(names, expected):
    lineage = _lineage(*(_says(name, GUARD) for name in names))
    assert _weigh(_question(), replace(lineage, low=3)).sentence == expected
