"""Who is meant by the words of a source. All names, places and outlets are invented."""

import pytest

from sayso.attribution import cast, sources, voices
from sayso.model import UNSPECIFIED, Attribution, Span


def at(text: str, words: str, occurrence: int = 1) -> Span:
    """The span of some words, at their nth occurrence."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def said(text: str, *speakers: str | None) -> list[Attribution]:
    """Attributions in order of the text, one for each source (a lone one: its last place); None: a bare quotation."""
    out, place = [], 0
    for i, speaker in enumerate(speakers):
        if speaker is None:
            start = text.index("“", place)
            out.append(Attribution(f"A{i}", "r", None, None, (Span(start, text.index("”", start) + 1),)))
        else:
            start = text.index(speaker, place) if len(speakers) > 1 else text.rindex(speaker)
            source = Span(start, start + len(speaker))
            place = source.end
            out.append(Attribution(f"A{i}", "r", source, None, (Span(source.end, source.end + 1),)))
    return out


def meant(text: str, *speakers: str | None) -> list[str]:
    attributions = said(text, *speakers)
    found = voices.resolve(voices.scene(text, (), attributions), attributions)
    return [found[a.id].name for a in attributions]


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("Mara Vel, the harbour minister,", "Mara Vel"),
        ("Mara Vel, who leads the ministry,", "Mara Vel"),
        ("Harbour Minister Mara Vel", "Harbour Minister Mara Vel"),
        ("the Harbour Ministry's", "the Harbour Ministry"),
        ("the Harbour Ministry’s", "the Harbour Ministry"),
        ("Sen. Mara Vel (R-Tal)", "Sen. Mara Vel"),
        ("(Vel)", "Vel"),
        ("the Varnian Coast Guard (VCG)", "the Varnian Coast Guard (VCG)"),
        ("a statement from the Harbour Ministry", "the Harbour Ministry"),
        ("A statement issued by Tal Shipping, which owns the ferry,", "Tal Shipping"),
        ("the Harbour Ministry's statement", "the Harbour Ministry"),
        ("The Vel letter", "Vel"),
        ("The Tal Review report", "Tal Review"),
        ("a report by the Port Tal Courier", "Port Tal Courier"),
        ("a report by the ministry of fisheries", "a report by the ministry of fisheries"),
        ("the minister, Mara Vel,", "the minister, Mara Vel"),
        ("officials with knowledge of the raid", "officials with knowledge of the raid"),
        ("two officials, who spoke on condition of anonymity", "two officials"),
        ("Vel, Orm and Tak", "Vel, Orm and Tak"),
        ("Varnian officials, including the envoy to Tal", "Varnian officials, including the envoy to Tal"),
        ("a new, longer report", "a new, longer report"),
        ("Vel herself", "Vel"),
        ("", ""),
        ("  ,", ""),
    ],
)
def test_strip_leaves_the_words_that_make_the_voice(source, voice):
    text = f"x {source} y"
    span = sources.strip(text, Span(2, 2 + len(source)))
    assert text[span.start : span.end] == voice


@pytest.mark.parametrize(
    ("text", "speakers", "expected"),
    [
        pytest.param(
            "Harbour Minister Mara Vel spoke first. Vel said no.",
            ["Vel"],
            ["Harbour Minister Mara Vel"],
            id="short form",
        ),
        pytest.param(
            "Vel said no. Later Harbour Minister Mara Vel left.",
            ["Vel", "Harbour Minister Mara Vel"],
            ["Harbour Minister Mara Vel"] * 2,
            id="later",
        ),
        pytest.param(
            "Mr. King said no. Sen. Amos King left.", ["Mr. King"], ["Sen. Amos King"], id="name like a title"
        ),
        pytest.param(
            "Prince Jan bin Ivo left. King Ivo said no.", ["King Ivo"], ["King Ivo"], id="a king's given name"
        ),
        pytest.param(
            "The Varnian Bureau of Ports met. VBP said no.", ["VBP"], ["Varnian Bureau of Ports"], id="initials over of"
        ),
        pytest.param("The Sunday Herald met. The Sunday Herald said no.", ["The Sunday Herald"], ["the Sunday Herald"]),
        pytest.param(
            "The Harbour Workers Union met. HWU said no.", ["HWU"], ["Harbour Workers Union"], id="initials of a body"
        ),
        pytest.param(
            "Ministry spokeswoman Tessa Orm spoke. Orm said no.", ["Orm"], ["Ministry spokeswoman Tessa Orm"], id="role"
        ),
        pytest.param(
            "Varnia's Foreign Minister Jan Tak left. Tak said no.", ["Tak"], ["Varnia's Foreign Minister Jan Tak"]
        ),
        pytest.param(
            "Mrs. Vel and Mr. Vel met. Ana Vel, a lawyer, and Tom Vel, a clerk, left. Mrs. Vel said no.",
            ["Mrs. Vel"],
            ["Ana Vel"],
            id="gender of the honorific",
        ),
        pytest.param(
            "Minister Mara Vel and Gen. Otto Tak met. Vel and Tak said no.",
            ["Vel and Tak"],
            ["Minister Mara Vel and Gen. Otto Tak"],
            id="two as one",
        ),
        pytest.param(
            "Sen. Jon Orm, a Reformist, and Rep. Eva Tak, a Liberal, said no.",
            ["Sen. Jon Orm, a Reformist, and Rep. Eva Tak, a Liberal,"],
            ["Sen. Jon Orm and Rep. Eva Tak"],
            id="appositions between",
        ),
        pytest.param(
            "The Port Tal Courier reported it. The Courier said no.", ["The Courier"], ["the Port Tal Courier"]
        ),
        pytest.param("Security firm Varnlock wrote. Varnlock said no.", ["Varnlock"], ["Varnlock"]),
        pytest.param(
            "A report by security firm Varnlock came. Varnlock said no.", ["Varnlock"], ["security firm Varnlock"]
        ),
    ],
)
def test_a_name_means_the_fullest_name_in_the_report(text, speakers, expected):
    assert meant(text, *speakers) == expected


@pytest.mark.parametrize(
    ("text", "speakers", "expected"),
    [
        pytest.param(
            "Harbour Minister Mara Vel said no. She said yes.",
            ["Harbour Minister Mara Vel", "She"],
            ["Harbour Minister Mara Vel"] * 2,
            id="the speaker before",
        ),
        pytest.param(
            "Anna Orm said no. Peter Tak left the room. She said yes.",
            ["Anna Orm", "She"],
            ["Anna Orm", "Anna Orm"],
            id="gender",
        ),
        pytest.param(
            "Two officials said no. Minister Mara Vel sat there. They said yes.",
            ["Two officials", "They"],
            ["two officials", "two officials"],
            id="number",
        ),
        pytest.param(
            "A senior official said no.\n\n“We go,” he said.",
            ["A senior official", "he"],
            ["a senior official", "a senior official"],
            id="a description",
        ),
        pytest.param(
            "A report by the coast guard came out on Monday. It said no.",
            ["It"],
            ["a report"],
            id="a document",
        ),
        pytest.param("He said no.", ["He"], ["He"], id="nobody before"),
    ],
)
def test_a_pronoun_means_the_last_figure_that_agrees(text, speakers, expected):
    assert meant(text, *speakers) == expected


@pytest.mark.parametrize(
    ("text", "speakers", "expected"),
    [
        pytest.param(
            "Harbour Minister Mara Vel left. The minister said no.",
            ["The minister"],
            ["Harbour Minister Mara Vel"],
            id="title",
        ),
        pytest.param(
            "Mara Vel, the harbour minister, left. The minister said no.",
            ["The minister"],
            ["Mara Vel"],
            id="apposition",
        ),
        pytest.param(
            "A senior harbour official said no. The official said yes.",
            ["A senior harbour official", "The official"],
            ["a senior harbour official"] * 2,
            id="the same description",
        ),
        pytest.param(
            "Varnian President Ivo Tak met Kestrian President Una Orm. The Varnian president said no.",
            ["The Varnian president"],
            ["Varnian President Ivo Tak"],
            id="modifier",
        ),
        pytest.param(
            "Sen. Amos King said no. The senator said yes.", ["Sen. Amos King", "The senator"], ["Sen. Amos King"] * 2
        ),
        pytest.param(
            "Prosecutors filed a criminal complaint. The document said no.", ["The document"], ["a criminal complaint"]
        ),
        pytest.param(
            "There was a letter from Minister Mara Vel to the port. The letter said no.",
            ["The letter"],
            ["Minister Mara Vel"],
            id="the issuer of a letter",
        ),
        pytest.param("Officials said no.", ["Officials"], ["officials"], id="nobody before"),
        pytest.param(
            "A cable came. The May 3 cable marked “urgent” said no. The cable said yes.",
            ["The May 3 cable marked “urgent”", "The cable"],
            ["the May 3 cable marked “urgent”"] * 2,
            id="the fullest description of a document",
        ),
        pytest.param(
            "A spokesman for the Kestrian Navy said no. Varnian Army spokesman Jan Tak said yes.",
            ["A spokesman for the Kestrian Navy", "Varnian Army spokesman Jan Tak"],
            ["a spokesman for the Kestrian Navy", "Varnian Army spokesman Jan Tak"],
            id="another body's spokesman",
        ),
        pytest.param(
            "A senior senator said no. “It burned,” Sen. Amos King said.",
            ["A senior senator", "Sen. Amos King"],
            ["Sen. Amos King", "Sen. Amos King"],
            id="described first, named later",
        ),
        pytest.param(
            "A harbour official said no. Harbour official Otto Tak said yes.",
            ["A harbour official", "Harbour official Otto Tak"],
            ["a harbour official", "Harbour official Otto Tak"],
            id="an official who is not named is given no name",
        ),
        pytest.param("Varnian officials said no.", ["Varnian officials"], ["Varnian officials"]),
        pytest.param(
            "Minister Mara Vel left. She and other ministers said no.",
            ["She and other ministers"],
            ["Minister Mara Vel and other ministers"],
            id="in company",
        ),
        pytest.param(
            "Governor Ivo Tak left. His office said no.",
            ["His office"],
            ["Ivo Tak's office"],
            id="somebody's office",
        ),
        pytest.param(
            "Lawmakers, who had met, said no. It was Minister Mara Vel, who said yes.",
            ["who", "who"],
            ["lawmakers", "Minister Mara Vel"],
        ),
    ],
)
def test_a_description_means_who_was_met_before(text, speakers, expected):
    assert meant(text, *speakers) == expected


def test_a_quotation_without_source_goes_on_with_the_last_speaker():
    text = "Minister Mara Vel said no. “We shall see.”"
    assert meant(text, "Minister Mara Vel", None) == ["Minister Mara Vel"] * 2


def test_a_quotation_without_source_and_without_anybody_before_is_nobodys():
    assert meant("“We shall see.” So it was.", None) == [UNSPECIFIED]


def test_what_nobody_can_be_found_for_says_so():
    text = "He said no. The group said yes."
    attributions = said(text, "He", "The group")
    found = voices.resolve(voices.scene(text, (), attributions), attributions)
    assert [found[a.id].resolved for a in attributions] == [False, False]


def test_the_span_is_the_antecedents():
    text = "Harbour Minister Mara Vel left. She said no."
    attributions = said(text, "She")
    span = voices.resolve(voices.scene(text, (), attributions), attributions)["A0"].span
    assert span == at(text, "Harbour Minister Mara Vel")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("However, Varnia said no.", ["Varnia"]),
        ("Reportedly Vel left.", ["Vel"]),
        ("Officials in Port Tal left.", ["Port Tal"]),
        ("He told the Courier Tuesday.", ["Courier"]),
        ("Secretary of State Mara Vel met Otto bin Tak.", ["Secretary of State Mara Vel", "Otto bin Tak"]),
        ("The President of Varnia left.", []),
        ("U.S. officials met.", ["U.S."]),
    ],
)
def test_names_are_found_by_their_capitals(text, names):
    assert [f.name for f in cast.find(text).figures if f.core] == names


@pytest.mark.parametrize(
    ("text", "speakers", "expected"),
    [
        pytest.param(
            "The Courier said that Varnian leaders had met. They said so.",
            ["The Courier", "They"],
            ["the Courier", "Varnian leaders"],
            id="they: those in plural before an outlet",
        ),
        pytest.param(
            "Mara Vel and Otto Tak met. The two leaders said so.",
            ["The two leaders"],
            ["Mara Vel and Otto Tak"],
            id="the two",
        ),
        pytest.param(
            "Two sailors who came late said so. One of them heard shots.",
            ["Two sailors who came late", "One of them"],
            ["two sailors who came late", "one of the two sailors"],
            id="one of them",
        ),
        pytest.param("Orm burned. Some of them said so.", ["Some of them"], ["Some of them"], id="some of nobody"),
        pytest.param(
            "Tal Radio said so. The report said more.", ["Tal Radio", "The report"], ["Tal Radio"] * 2, id="its report"
        ),
        pytest.param(
            "It burned, a new report says. Tal Radio said more.",
            ["a new report", "Tal Radio"],
            ["Tal Radio"] * 2,
            id="a report, and then whose",
        ),
        pytest.param(
            "Lira Aid said so. The group said no.", ["Lira Aid", "The group"], ["Lira Aid"] * 2, id="the group"
        ),
        pytest.param(
            "The Varnian Force said so. The group said no.",
            ["The Varnian Force", "The group"],
            ["the Varnian Force", "the group"],
            id="a force is no group",
        ),
        pytest.param(
            "A harbour spokesman said no. So said Otto Tak.",
            ["A harbour spokesman", "Otto Tak"],
            ["Otto Tak"] * 2,
            id="named by who speaks next",
        ),
        pytest.param(
            "A harbour spokeswoman said no. So said Mr. Tak.",
            ["A harbour spokeswoman", "Mr. Tak"],
            ["a harbour spokeswoman", "Mr. Tak"],
            id="not of another gender",
        ),
        pytest.param(
            "The mayor said no. So said Governor Otto Tak.",
            ["The mayor", "Governor Otto Tak"],
            ["the mayor", "Governor Otto Tak"],
            id="not of another post",
        ),
        pytest.param(
            "A senior official said no. So said Otto Tak.",
            ["A senior official", "Otto Tak"],
            ["a senior official", "Otto Tak"],
            id="an official stays nameless",
        ),
        pytest.param(
            "“So,” said the sailors, who feared a fire.", ["who"], ["the sailors"], id="who, after a description"
        ),
        pytest.param(
            "The board and the strikers met. The board said no.",
            ["The board and the strikers", "The board"],
            ["the board and the strikers", "the board"],
            id="two described are neither of them",
        ),
    ],
)
def test_voices_that_stand_for_others(text, speakers, expected):
    assert meant(text, *speakers) == expected


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("Port Tal-based Quayside", "Quayside"),
        ("Varnians by more than 2-1", "Varnians"),
        ("a video it had obtained", "a video"),
        ("the company he leads", "the company"),
    ],
)
def test_strip_drops_what_the_sentence_hangs_on(source, voice):
    text = f"x {source} y"
    span = sources.strip(text, Span(2, 2 + len(source)))
    assert text[span.start : span.end] == voice


def test_an_age_makes_a_person_and_a_people_is_plural():
    figures = {f.name: f for f in cast.find("Brisa Orm, 33, saw it. The Varnians did not.").figures}
    assert figures["Brisa Orm"].sort == "person"
    assert figures["Varnians"].plural


def test_a_medium_cut_short_to_its_article_is_no_outlet_and_no_failure():
    text = "The reports say that it burned."
    assert sources.introduced(text, at(text, "The"), media=True) is not None
