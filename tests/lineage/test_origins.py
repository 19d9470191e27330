"""Whose word the answers rest on, as bounds."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import lineage
from sayso.kit import identify
from sayso.lineage.origins import pair_of
from sayso.lineage.roots import head_of, role_of
from sayso.model import Case, Entity, Joining, Judgement, Lineage
from tests.lineage.cases import Says, Told, case, copied

GAZETTE, POST, ECHO = Told("g", "Quay Gazette"), Told("p", "Morning Post"), Told("e", "Hill Echo", "2031-05-04")


def rooted(made: Case) -> Lineage:
    (one,) = lineage.root(made)
    return one


def bounds(told: list[Told], says: list[Says]) -> tuple[int, int]:
    one = rooted(case(told, says))
    return one.low, one.high


@pytest.mark.parametrize(
    ("description", "role"),
    [
        ("two senior officers of the harbour guard", "officer"),
        ("firefighters who were there first", "firefighter"),
        ("a ministry official", "official"),
        ("the coroner", "coroner"),
    ],
)
def test_the_role_of_the_unnamed(description, role):
    assert role_of(description) == role


def test_the_head_of_a_name():
    assert head_of("the staff of the Harbour Hospital") == "staff"


CASES = {
    "one voice in one report": ([GAZETTE], [Says("g", "It was shut.", ("Dara Okonte",))], (1, 1)),
    "one named voice in three reports": (
        [GAZETTE, POST, ECHO],
        [Says(name, "It was shut.", ("Dara Okonte",)) for name in "gpe"],
        (1, 1),
    ),
    "a body and its unnamed spokesman in one report": (
        [GAZETTE],
        [
            Says("g", "It was shut.", ("Harbour Ministry",)),
            Says("g", "It was shut at nine.", ("a spokesman for the ministry",)),
        ],
        (1, 1),
    ),
    "a body and another's spokesman": (
        [GAZETTE],
        [
            Says("g", "It was shut.", ("Harbour Ministry",)),
            Says("g", "It was shut at nine.", ("a spokesman for the dockers",)),
        ],
        (2, 2),
    ),
    "two named voices": (
        [GAZETTE, POST],
        [Says("g", "It was shut.", ("Dara Okonte",)), Says("p", "It was shut.", ("Imre Sall",))],
        (2, 2),
    ),
    "two groups of unnamed officials": (
        [GAZETTE, POST],
        [Says("g", "It was shut.", ("three officials",)), Says("p", "It was shut.", ("a senior official",))],
        (1, 2),
    ),
    "the same with other answers": (
        [GAZETTE, POST],
        [Says("g", "It was shut.", ("three officials",)), Says("p", "It was open.", ("an official",), "no")],
        (2, 2),
    ),
    "the same months later": (
        [GAZETTE, POST._replace(published="2031-09-03")],
        [Says("g", "It was shut.", ("three officials",)), Says("p", "It was shut.", ("a senior official",))],
        (2, 2),
    ),
    "the unnamed of other roles": (
        [GAZETTE, POST],
        [
            Says("g", "It was shut.", ("two nurses",)),
            Says("p", "It was shut.", ("a guard",)),
        ],
        (2, 2),
    ),
    "a stated relay": (
        [GAZETTE, ECHO],
        [Says("g", "It was shut.", ("two officers",)), Says("e", "It was shut.", ("Quay Gazette", "two officers"))],
        (1, 1),
    ),
    "a relay of a report that says so itself": (
        [GAZETTE, ECHO],
        [Says("g", "It was shut."), Says("e", "It was shut.", ("Quay Gazette",))],
        (1, 1),
    ),
    "a relay of a report that has it from somebody": (
        [GAZETTE, ECHO],
        [Says("g", "It was shut.", ("Dara Okonte",)), Says("e", "It was shut.", ("Quay Gazette",))],
        (1, 2),
    ),
    "reporters of two publishers": ([GAZETTE, POST], [Says("g", "It was shut."), Says("p", "It was shut.")], (2, 2)),
    "two reports of one publisher": (
        [GAZETTE, Told("h", "Quay Gazette")],
        [Says("g", "It was shut."), Says("h", "It was shut.")],
        (1, 1),
    ),
    "two bylines of one publisher": (
        [GAZETTE._replace(authors=("R. Moll",)), Told("h", "Quay Gazette", authors=("Ada Finn",))],
        [Says("g", "It was shut."), Says("h", "It was shut.")],
        (1, 2),
    ),
    "publishers nobody recorded": ([Told("g", ""), Told("h", "")], [Says("g", "It was."), Says("h", "It is.")], (2, 2)),
    "a reporter who repeats what somebody says": (
        [GAZETTE],
        [Says("g", "It was shut.", ("Dara Okonte",)), Says("g", "So shut it was.")],
        (1, 2),
    ),
    "a speaker who is not given": (
        [GAZETTE, POST],
        [Says("g", "It was shut.", ("Dara Okonte",)), Says("p", "It was shut.", ("unspecified",), kind="unspecified")],
        (1, 2),
    ),
    "who has been spoken of before": (
        [GAZETTE],
        [Says("g", "It was shut.", ("two officers of the guard",)), Says("g", "Yes, shut.", ("the first officer",))],
        (1, 1),
    ),
    "a spokesman and the body": (
        [GAZETTE, POST],
        [
            Says("g", "It was shut.", ("the Ferry Company",)),
            Says("p", "It was shut.", ("a spokesman for the Ferry Company",)),
        ],
        (1, 2),
    ),
    "an order, told of by somebody": (
        [GAZETTE],
        [
            Says("g", "Shut it.", ("Dara Okonte", "the captain"), stance="orders"),
            Says("g", "It was.", ("Dara Okonte",)),
        ],
        (1, 1),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bounds(name):
    told, says, expected = CASES[name]
    assert bounds(told, says) == expected


def test_a_headline_rests_on_who_says_it_below():
    told = [GAZETTE._replace(title="Gate was shut")]
    made = case(told, [Says("g", "Gate was shut"), Says("g", "It was shut at nine.", ("Dara Okonte",))])
    one = rooted(made)
    assert (one.low, one.high) == (1, 1)
    assert [origin.name for origin in one.origins] == ["Dara Okonte"]
    assert [(merge.kind, merge.taken) for merge in one.merges] == [("restated", True)]


def test_a_copy_adds_no_origin():
    says = [
        Says("g", "The gate was shut all night."),
        Says("g", "It was bolted, they said.", ("two guards",)),
        Says("g", "It was locked, it was said.", ("unspecified",)),
    ]
    one = case([GAZETTE, ECHO], [*says, *(each._replace(report="e") for each in says)])
    alone, both = rooted(case([GAZETTE], says)), rooted(replace(one, echoes=(copied(one, "e", "g"),)))
    assert both.high == alone.high == 3
    assert all(origin.reports == ("g", "e") for origin in both.origins)


def test_a_hedge_that_a_relay_drops_stays():
    says = [
        Says("g", "It may have been shut.", ("two officers",), certainty="possible"),
        Says("e", "It was shut.", ("Quay Gazette", "two officers")),
    ]
    (testimony,) = rooted(case([GAZETTE, ECHO], says)).testimonies
    assert testimony.certainty == "possible"
    assert len(testimony.given) == 2


def test_two_spellings_in_a_report_and_its_copy():
    says = [Says("g", "It was shut.", ("Tesvu Okhal",)), Says("e", "It was shut.", ("Tesvu Ohal",))]
    made = case([GAZETTE, ECHO], says)
    joining = Joining("Tesvu Okhal", "Tesvu Ohal", "may well be one name", 0.9, taken=False, disputed=True)
    open_case = replace(made, entities=(Entity("x", "Tesvu Okhal", "person", ("Tesvu Okhal",), (), (joining,)),))
    assert (rooted(made).low, rooted(made).high) == (2, 2)
    assert (rooted(open_case).low, rooted(open_case).high) == (1, 2)
    copy = rooted(replace(open_case, echoes=(copied(made, "e", "g"),)))
    assert (copy.low, copy.high) == (1, 1)


def judged(made: Case, verdict: str) -> Case:
    one, other = (origin.id for origin in rooted(made).origins)
    judgement = Judgement("j", pair_of(one, other), verdict, "I asked", "R. Moll", "2031-06-01", names=(one, other))
    return replace(made, judgements=(judgement,))


def test_a_person_has_the_last_word():
    told, says, _ = CASES["two groups of unnamed officials"]
    made = case(told, says)
    same, apart = rooted(judged(made, "same")), rooted(judged(made, "different"))
    assert (same.low, same.high, same.merges[0].kind) == (1, 1, "person")
    assert (apart.low, apart.high, apart.merges) == (2, 2, ())
    named = case(*CASES["two named voices"][:2])
    assert rooted(judged(named, "same")).high == 1


def test_a_judgement_on_names_says_nothing_of_origins():
    made = case(*CASES["two named voices"][:2])
    one, other = (origin.id for origin in rooted(made).origins)
    other_kind = Judgement("j", identify("names", one, other), "same", "", "R. Moll", "2031-06-01", names=(one, other))
    assert rooted(replace(made, judgements=(other_kind,))).high == 2


VOICES = ["Dara Okonte", "Imre Sall", "two officials", "a senior official", "the harbour master", "unspecified"]
PUBLISHERS = ["Quay Gazette", "Morning Post", "Hill Echo", ""]


@st.composite
def cases(draw) -> tuple[list[Told], list[Says]]:
    told = [
        Told(f"r{n}", draw(st.sampled_from(PUBLISHERS)), draw(st.sampled_from(["2031-05-03", "2031-05-09", ""])))
        for n in range(draw(st.integers(1, 5)))
    ]
    chains = st.lists(st.sampled_from([*VOICES, *PUBLISHERS[:3]]), max_size=2, unique=True).map(tuple)
    says = [
        Says(
            one.name,
            f"Sentence {n} of {one.name}.",
            draw(chains),
            draw(st.sampled_from(["yes", "no"])),
            draw(st.booleans()),
        )
        for one in told
        for n in range(draw(st.integers(1, 3)))
    ]
    return told, says


SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SETTINGS
@given(cases())
def test_low_is_at_most_high_and_every_claim_counts_once(made):
    one = rooted(case(*made))
    assert 1 <= one.low <= one.high == len(one.origins)
    assert sum(len(each.given) for each in one.testimonies) == len(made[1])
    ids = {origin.id for origin in one.origins}
    assert all({merge.one, merge.other} <= ids for merge in one.merges if not merge.taken)
    assert {each.origin for each in one.testimonies} == ids


@SETTINGS
@given(cases(), st.randoms())
def test_the_order_of_claims_and_voices_changes_nothing(made, random):
    whole = case(*made)
    voices = list(whole.voices)
    random.shuffle(voices)
    assert lineage.root(replace(whole, voices=tuple(voices))) == lineage.root(whole)


@SETTINGS
@given(cases())
def test_merging_two_origins_never_raises_the_bounds(made):
    whole = case(*made)
    before = rooted(whole)
    if before.high > 1:
        one, other = before.origins[0].id, before.origins[-1].id
        judgement = Judgement("j", pair_of(one, other), "same", "r", "b", "2031-06-01", names=(one, other))
        after = rooted(replace(whole, judgements=(judgement,)))
        assert after.high == before.high - 1
        assert after.low <= before.low


@SETTINGS
@given(cases())
def test_an_exact_copy_of_a_report_adds_no_origin(made):
    told, says = made
    copy = told[0]._replace(name="copy", publisher="Daily Mirror of Ostra", published="2031-05-20")
    again = [one._replace(report="copy") for one in says if one.report == told[0].name]
    both = case([*told, copy], [*says, *again])
    assert rooted(replace(both, echoes=(copied(both, "copy", told[0].name),))).high == rooted(case(told, says)).high
