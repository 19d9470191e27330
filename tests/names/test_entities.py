"""Which names of a case stand for one, and why; and what a person's word does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Attribution, Findings, Judgement, Link, Mention, Span
from sayso.names import APART, RETRACTED, SAME, pair_of, resolve
from tests.names.case_in_brackets import case


def who(*marked, **how):
    """The entities as lists of spellings, each sorted."""
    return sorted(sorted(one.spellings) for one in resolve(*case(*marked), **how)[0])


def joinings(*marked, judgements=(), **how):
    entities, _ = resolve(*case(*marked), judgements, **how)
    return {joining for entity in entities for joining in entity.joinings}


def said(one, other, verdict, at="2031-05-02T10:00:00+00:00", by="R. Moll"):
    return Judgement(f"j{at}{verdict}", pair_of(one, other), verdict, "seen on a list", by, at, names=(one, other))


ONE_REPORT = [
    # short forms
    ("[p Dara Okonte] spoke. Later [p Okonte] left, and [p Dara] too.", [["Dara", "Dara Okonte", "Okonte"]]),
    ("[p Okonte] leaves. [p Dara Okonte] left on Monday.", [["Dara Okonte", "Okonte"]]),
    ("[p Kasim al-Din] spoke. [p al-Din] left.", [["Kasim al-Din", "al-Din"]]),
    ("[p Dara Mbe Okonte] spoke. [p Dara Okonte] left.", [["Dara Mbe Okonte", "Dara Okonte"]]),
    ("[p Ana Mirel Varga] spoke. [p Mirel Varga] left.", [["Ana Mirel Varga", "Mirel Varga"]]),
    ("[p Dara Okonte] and [p Lena Okonte] met. [p Okonte] left.", [["Dara Okonte"], ["Lena Okonte"], ["Okonte"]]),
    ("President [p Dara Okonte] met [p Lena Okonte]. President [p Okonte] left.",
     [["Dara Okonte", "Okonte"], ["Lena Okonte"]]),
    ("Mr. [p Dara Okonte] met Mrs. [p Lena Okonte]. Mrs. [p Okonte] left.",
     [["Dara Okonte"], ["Lena Okonte", "Okonte"]]),
    ("Mrs. [p Lena Okonte] spoke. Mr. [p Okonte] left.", [["Lena Okonte"], ["Okonte"]]),
    ("[p Dara Okonte Jr.] spoke. [p Okonte] left.", [["Dara Okonte Jr.", "Okonte"]]),
    ("[p Dara Okonte] and [p Dara Okonte Jr.] met. [p Okonte] left.",
     [["Dara Okonte"], ["Dara Okonte Jr."], ["Okonte"]]),
    ("[o Ministry of Harbours] spoke. [o The Ministry] denied it.", [["Ministry", "Ministry of Harbours"]]),
    ("[o Free Veskaran Army] fired on the [o Veskaran Army].", [["Free Veskaran Army"], ["Veskaran Army"]]),
    ("[p Orpa] met the [o Orpa Council].", [["Orpa"], ["Orpa Council"]]),
    # acronyms
    ("The [o Free Harbour Movement] (FHM) won.", [["FHM", "Free Harbour Movement"]]),
    ("The [o Free Harbour Movement (FHM)] won. [o FHM] lost.",
     [["FHM", "Free Harbour Movement"]]),
    ("[o FHM] ([o Free Harbour Movement]) won.", [["FHM", "Free Harbour Movement"]]),
    ("The [o Workers of the Sea] ([o PKB]) won.", [["PKB", "Workers of the Sea"]]),
    ("The [o Free Harbour Movement] won. [o FHM] lost.", [["FHM", "Free Harbour Movement"]]),
    ("The [o Free Harbour Movement] won. [o FHT] lost.", [["FHT"], ["Free Harbour Movement"]]),
    ("On Talk of the [o Harbour] ([o QNR]'s programme) it won.", [["Harbour"], ["QNR"]]),
    ("The [o Harbour Party] ([l VSK]) won.", [["Harbour Party"], ["VSK"]]),
    ("[p Lena Okonte] ([o Harbour Party]) won.", [["Harbour Party"], ["Lena Okonte"]]),
    ("[l Ostra] ([l Veskara]) burned.", [["Ostra"], ["Veskara"]]),
    # other names
    ("[o Harakat al-Bahr], or [o Movement of the Sea], won.", [["Harakat al-Bahr", "Movement of the Sea"]]),
    ("[o Harakat al-Bahr] (“[o Movement of the Sea]”) won.", [["Harakat al-Bahr", "Movement of the Sea"]]),
    ("[p Dara Okonte], also known as [p Abu Salim], won.", [["Abu Salim", "Dara Okonte"]]),
    ("[l New Ostra], formerly [l Fort Orpa], burned.", [["Fort Orpa", "New Ostra"]]),
    ("[p Dara Okonte], or [p Lena Tarr], did it.", [["Dara Okonte"], ["Lena Tarr"]]),
    ("The [o Quay Union] or [o Movement of the Sea] did it.", [["Movement of the Sea"], ["Quay Union"]]),
    # descriptions
    ("[-p The prosecutor], [p Lena Okonte], spoke. Then [-p the prosecutor] left.",
     [["Lena Okonte", "The prosecutor", "the prosecutor"]]),
    ("[p Lena Okonte], [-p the prosecutor], spoke.", [["Lena Okonte", "the prosecutor"]]),
    ("[-p Harbour engineer] [p Lena Okonte] spoke.", [["Harbour engineer", "Lena Okonte"]]),
    ("Prosecutor [p Lena Okonte] spoke. [-p The prosecutor] left.", [["Lena Okonte", "The prosecutor"]]),
    ("[-p The mayor], [p Lena Okonte] and a judge left.", [["Lena Okonte"]]),
    ("[-p The mayor], [p Lena Okonte], [-p the judge], left.", [["Lena Okonte"]]),
    ("[-p Two officials], [p Lena Okonte], left.", [["Lena Okonte"]]),
    ("[-p The mayor], [p Lena Okonte], met [-p the mayor], [p Dara Tarr].", [["Dara Tarr"], ["Lena Okonte"]]),
    ("[-p A prosecutor], [p Lena Okonte], left. [-p A prosecutor] stayed.", [["A prosecutor", "Lena Okonte"]]),
    ("[-p The prosecutor] left.", []),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), ONE_REPORT)
def test_one_report(marked, expected):
    assert who(marked) == expected


def test_a_description_that_was_passed_over_is_no_place_of_the_name():
    (one,), _ = resolve(*case("[-p A prosecutor], [p Lena Okonte], left. [-p A prosecutor] stayed."))
    assert [where.span.start for where in one.mentions] == [0, 14]


SEVERAL = [
    (["[p Dara Okonte] won.", "President [p Dara Okonte] lost."], [["Dara Okonte"]]),
    (["[p President Dara Okonte] won.", "[p DÁRA OKONTE] lost."], [["DÁRA OKONTE", "President Dara Okonte"]]),
    (["[p Dara Okonte] won.", "[p Okonte] lost.", "[p Okonte] ran."], [["Dara Okonte"], ["Okonte"], ["Okonte"]]),
    (["[p Dara Okonte] won.", "[p Lena Okonte] lost."], [["Dara Okonte"], ["Lena Okonte"]]),
    (["[p Dara Okonte] won.", "[p Dara Okonte Jr.] lost."], [["Dara Okonte"], ["Dara Okonte Jr."]]),
    (["President [p Dara Okonte] won.", "President [p Okonte] lost."], [["Dara Okonte", "Okonte"]]),
    (["President [p Dara Okonte] won.", "Judge [p Okonte] lost."], [["Dara Okonte"], ["Okonte"]]),
    (["Mr. [p Dara Okonte] won.", "Mr. [p Okonte] lost."], [["Dara Okonte"], ["Okonte"]]),
    (["Mr. [p Okonte] won.", "Mr. [p Okonte] lost."], [["Okonte"], ["Okonte"]]),
    (["[p Okonte] won.", "[p Okonte] lost."], [["Okonte"]]),
    (["Mr. [p Sam Okonte] won.", "Ms. [p Sam Okonte] lost."], [["Sam Okonte"], ["Sam Okonte"]]),
    (["Mr. [p Sam Okonte] won.", "[p Sam Okonte] lost."], [["Sam Okonte"]]),
    (["[p Lena Orpa] won.", "[o Lena Orpa] lost."], [["Lena Orpa"], ["Lena Orpa"]]),
    (["[o 1st Brigade] won.", "[o 2nd Brigade] lost."], [["1st Brigade"], ["2nd Brigade"]]),
    (["The [o Free Harbour Movement] (FHM) won.", "[o FHM] lost."], [["FHM", "Free Harbour Movement"]]),
    (["The [o Free Harbour Movement] (FHM) won.", "The [o Fair Homes Mission] (FHM) lost.", "[o FHM] ran."],
     [["FHM"], ["FHM", "Fair Homes Mission"], ["FHM", "Free Harbour Movement"]]),
    (["[-p The prosecutor], [p Lena Okonte], spoke.", "[-p The prosecutor], [p Dara Tarr], spoke."],
     [["Dara Tarr", "The prosecutor"], ["Lena Okonte", "The prosecutor"]]),
    (["[p Dara Okonte], also known as [p Abu Salim], won.", "[p Kem Tarr], also known as [p Abu Salim], lost."],
     [["Abu Salim", "Dara Okonte"], ["Abu Salim", "Kem Tarr"]]),
    (["[p Dara Okonte], also known as [p Lio Sarn], won.", "[p Kem Tarr], also known as [p Lio Sarn], lost."],
     [["Dara Okonte"], ["Kem Tarr"], ["Lio Sarn"]]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), SEVERAL)
def test_several_reports(marked, expected):
    assert who(*marked) == expected


def test_disputed_joinings_can_be_left_out():
    marked = ["President [p Dara Okonte] won.", "President [p Okonte] lost.", "[p Tarr] ran.", "[p Tarr] fell."]
    assert who(*marked) == [["Dara Okonte", "Okonte"], ["Tarr"]]
    assert who(*marked, disputed=False) == [["Dara Okonte"], ["Okonte"], ["Tarr"], ["Tarr"]]
    assert {(one.one, one.other, one.taken, one.disputed) for one in joinings(*marked)} == {
        ("Okonte", "Dara Okonte", True, True),
        ("Tarr", "Tarr", True, True),
    }
    assert not any(one.taken for one in joinings(*marked, disputed=False))


def test_what_may_be_one_is_shown_as_open():
    shown = joinings("[p Dara Okonte] won.", "[p Lena Okonte] lost.", "[p Okonte] ran.")
    assert {(one.one, one.other) for one in shown if not one.taken} == {
        ("Okonte", "Dara Okonte"),
        ("Okonte", "Lena Okonte"),
    }
    assert all("family name alone" in one.reason for one in shown)


def test_a_joining_says_in_how_many_reports():
    (shown,) = joinings(*["[p Dara Okonte] won. [p Okonte] left."] * 3)
    assert shown.reason == "a short form of a full name in the same report (3 reports)"


def test_an_entity_has_its_places_in_the_order_of_the_case():
    reports, findings = case("[p Dara Okonte] won. [p Okonte] left.", "It was [p Okonte]: [p Dara Okonte].")
    (one,), _ = resolve(reports[::-1], findings)
    texts = {report.id: report.text for report in reports}
    assert [where.report for where in one.mentions] == ["r1", "r1", "r0", "r0"]
    assert [texts[w.report][w.span.start : w.span.end] for w in one.mentions[:2]] == ["Okonte", "Dara Okonte"]
    assert (one.name, one.kind, one.spellings) == ("Dara Okonte", "person", ("Dara Okonte", "Okonte"))


# What a person says


OKONTES = ("[p Dara Okonte] won.", "[p Okonte] lost.", "[p Lena Tarr] ran.")


def test_a_person_joins_what_the_program_left_apart():
    word = said("okonte", "Dara Okonte", SAME)
    assert who(*OKONTES, judgements=(word,)) == [["Dara Okonte", "Okonte"], ["Lena Tarr"]]
    (by_person,) = (one for one in joinings(*OKONTES, judgements=(word,)) if one.by)
    assert (by_person.by, by_person.taken, by_person.reason) == ("R. Moll", True, "seen on a list")


def test_a_person_joins_names_that_have_nothing_in_common():
    assert who(*OKONTES, judgements=(said("Lena Tarr", "Dara Okonte", SAME),)) == [
        ["Dara Okonte", "Lena Tarr"],
        ["Okonte"],
    ]


def test_a_person_sets_apart_what_the_program_joined():
    marked = "[p Dara Okonte] spoke. [p Okonte] left."
    word = said("Dara Okonte", "Okonte", APART)
    assert who(marked, judgements=(word,)) == [["Dara Okonte"], ["Okonte"]]
    shown = joinings(marked, judgements=(word,))
    assert {(one.by, one.taken) for one in shown} == {("R. Moll", False), ("", False)}, "the program's word stays"


def test_what_a_person_sets_apart_stays_apart_by_whatever_way():
    marked = ("[o Quay Union], formerly [o Sea Front], won.", "[o Sea Front], also known as [o Harakat al-Bahr], won.")
    assert who(*marked) == [["Harakat al-Bahr", "Quay Union", "Sea Front"]]
    word = said("Quay Union", "Harakat al-Bahr", APART)
    assert not any({"Quay Union", "Harakat al-Bahr"} <= set(one) for one in who(*marked, judgements=(word,)))
    assert any("a person has set" in one.reason for one in joinings(*marked, judgements=(word,)))


def test_the_last_word_counts_and_can_be_taken_back():
    first = said("Okonte", "Dara Okonte", SAME, "2031-05-02T10:00:00+00:00")
    then = said("dara okonte", "OKONTE", APART, "2031-05-03T10:00:00+00:00")
    back = said("Okonte", "Dara Okonte", RETRACTED, "2031-05-04T10:00:00+00:00")
    before = resolve(*case(*OKONTES))
    assert resolve(*case(*OKONTES), (first,)) != before
    assert who(*OKONTES, judgements=(first, then)) == who(*OKONTES)
    assert resolve(*case(*OKONTES), (first, then, back)) == before


def test_a_merge_against_a_split_of_another_pair_is_said_to_be_barred():
    words = (
        said("Okonte", "Dara Okonte", SAME, "2031-05-02T10:00:00+00:00"),
        said("Dara Okonte", "Lena Tarr", APART, "2031-05-03T10:00:00+00:00"),
        said("Okonte", "Lena Tarr", SAME, "2031-05-04T10:00:00+00:00"),
    )
    assert not any({"Dara Okonte", "Lena Tarr"} <= set(one) for one in who(*OKONTES, judgements=words))
    assert any(one.by and one.disputed and not one.taken for one in joinings(*OKONTES, judgements=words))


# Voices


def spoken(reports, findings, *voices, kind="official"):
    """The first report's findings with these (name, span, named) speaking in it."""
    said_ones = tuple(
        Attribution(f"a{n}", "r0", None, None, (Span(0, 1),), None,
                    (Link("Quay Courier"), Link(name, via=f"a{n}", span=span)), named, kind)
        for n, (name, span, named) in enumerate(voices)
    )  # fmt: skip
    return reports, (Findings("r0", attributions=said_ones, mentions=findings[0].mentions), *findings[1:])


def test_voices_are_joined_as_their_entities_are():
    reports, findings = case("[-p The prosecutor], [p Lena Okonte], spoke. [p Okonte] left. [-p The prosecutor] too.")
    voices = [
        ("Lena Okonte", Span(16, 27), True),
        ("Okonte", Span(35, 41), True),
        ("the prosecutor", Span(48, 62), False),
    ]
    entities, found = resolve(*spoken(reports, findings, *voices))
    (prosecutor,) = (voice for voice in found if voice.attributions)
    assert prosecutor.spellings == ("Lena Okonte", "Okonte", "the prosecutor")
    assert prosecutor.entity == entities[0].id
    assert len(entities[0].mentions) == 4


def test_a_voice_that_the_model_did_not_mark_is_an_entity_too():
    entities, voices = resolve(*spoken(*case("Mara Tensk spoke."), ("Mara Tensk", Span(0, 10), True)))
    assert [(one.name, one.kind, [where.span for where in one.mentions]) for one in entities] == [
        ("Mara Tensk", "person", [Span(0, 10)])
    ]
    assert {voice.name: voice.entity for voice in voices} == {"Mara Tensk": entities[0].id, "Quay Courier": None}


def test_a_person_met_as_a_voice_alone_is_compared_with_the_persons_who_are_named():
    reports, findings = case("Mara al-Tensk spoke.", "[p Mara Tensk] spoke.")
    entities, _ = resolve(*spoken(reports, findings, ("Mara al-Tensk", Span(0, 13), True), kind="party"))
    assert [one.spellings for one in entities] == [("Mara Tensk", "Mara al-Tensk")]


def test_a_place_that_begins_with_what_it_is_goes_by_its_whole_name():
    reports, findings = case("[p Camp Orr] burned.")
    short = Mention(Span(0, 4), "place", "name", 0.9)
    findings = (replace(findings[0], mentions=(*findings[0].mentions, short)),)
    entities, _ = resolve(reports, findings)
    assert [(one.name, one.kind) for one in entities] == [("Camp Orr", "place")]


# Properties

PEOPLE = [("Dara", "Okonte"), ("Lena", "Okonte"), ("Kem", "Tarrow"), ("Ziv", "Umbrel"), ("Mirel", "Umbrel")]
OTHERS = [("Hollis", "Brack"), ("Ines", "Brack"), ("Juno", "Fell"), ("Wanda", "Pryce"), ("Otto", "Pryce")]
TITLES = ["", "", "Mr. ", "Mrs. ", "President ", "Judge "]
SHAPES = ["{t}[p {g} {f}] spoke. ", "{t}[p {f}] left. ", "[p {g} {f}], also known as [p Abu Orr], fled. ",
          "[-p The prosecutor], [p {g} {f}], left. ", "[p {g}] wept. "]  # fmt: skip
sentences = st.tuples(st.sampled_from(SHAPES), st.integers(0, 4), st.sampled_from(TITLES))
cases = st.lists(st.lists(sentences, min_size=1, max_size=5), min_size=1, max_size=6)


def written(shapes, people):
    return [
        "".join(shape.format(t=title, g=people[who][0], f=people[who][1]) for shape, who, title in report)
        for report in shapes
    ]


def clusters(entities):
    return {frozenset(one.mentions) for one in entities}


@given(cases, st.randoms())
@settings(deadline=None)
def test_the_order_of_reports_changes_nothing(shapes, shuffled):
    reports, findings = case(*written(shapes, PEOPLE))
    order = list(range(len(reports)))
    shuffled.shuffle(order)
    entities, voices = resolve(reports, findings)
    again = resolve(reports, tuple(findings[n] for n in order))
    assert again == (entities, voices)
    turned, _ = resolve(tuple(reports[n] for n in order), findings)
    assert [(one.id, one.name, one.spellings, one.joinings) for one in turned] == [
        (one.id, one.name, one.spellings, one.joinings) for one in entities
    ]
    assert clusters(turned) == clusters(entities)


def places(shapes, people):
    """Clusters as the numbers of the mentions in them, which are the same whatever people are called."""
    reports, findings = case(*written(shapes, people))
    every = [
        (report.id, mention.span) for report, found in zip(reports, findings, strict=True) for mention in found.mentions
    ]
    entities, _ = resolve(reports, findings)
    return {frozenset(every.index(where) for where in one.mentions) for one in entities}


@given(cases)
@settings(deadline=None)
def test_other_names_change_nothing_else(shapes):
    assert places(shapes, PEOPLE) == places(shapes, OTHERS)


@given(cases, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
@settings(deadline=None)
def test_splitting_what_a_person_merged_gives_back_what_was(shapes, one, other):
    marked = written(shapes, PEOPLE)
    pair = " ".join(one), " ".join(other)
    before, _ = resolve(*case(*marked))
    if one == other or any(set(pair) <= set(entity.spellings) for entity in before):
        return
    merged = said(*pair, SAME, "2031-05-02T10:00:00+00:00")
    split = said(*pair, APART, "2031-05-03T10:00:00+00:00")
    undone = said(*pair, RETRACTED, "2031-05-04T10:00:00+00:00")
    assert clusters(resolve(*case(*marked), (merged, split))[0]) == clusters(before)
    assert resolve(*case(*marked), (merged, split, undone))[0] == before
    assert resolve(*case(*marked), (merged, undone))[0] == before


@given(cases)
@settings(deadline=None)
def test_nobody_is_joined_on_a_family_name_alone(shapes):
    entities, _ = resolve(*case(*written(shapes, PEOPLE)))
    for entity in entities:
        families = [name for name in entity.spellings if name in {" ".join(one) for one in PEOPLE}]
        assert len({name.split()[0] for name in families}) <= 1, entity
        full = {where.report for where in entity.mentions if where.span.end - where.span.start > len("Umbrel")}
        bare = {where.report for where in entity.mentions} - full
        reasons = {joining.reason for joining in entity.joinings if joining.taken and joining.disputed}
        assert not full or not bare or reasons, "a family name in a report without the full one is disputed at least"


def test_an_outlet_of_the_case_is_no_person_or_place():
    reports, findings = case("[p Quay Courier] has it that [l Courier] Lane flooded.", "The [l Quay Courier] says so.")
    own = (replace(reports[0], publisher="The Quay Courier"), reports[1])
    entities, _ = resolve(own, findings)
    assert {one.name: one.kind for one in entities}["Quay Courier"] == "organisation"


def test_what_stands_behind_bin_names_the_father():
    assert who("Crown Prince [p Kasim bin Varr] spoke. King [p Varr] left. [p bin Varr] stayed.") == [
        ["Kasim bin Varr", "bin Varr"], ["Varr"],
    ]  # fmt: skip
