"""Through whom words came. All names, places and outlets are invented.

A report is written with its marks: <S1 source>, <C1 cue> and <X1 content> of attribution 1, and so on; a content may
hold further marks. Chains are shown without the publisher, the voices parted by " > ".
"""

import random
import re
import time
from dataclasses import replace

import pytest

from sayso.attribution import chains, relays
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Report, Span

PUBLISHER = "North Gazette"


def read(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """The text without its marks, and the attributions that they mark."""
    text, opened = "", []
    parts: dict[str, dict[str, list[Span]]] = {}
    holders: dict[str, str | None] = {}
    for token in re.split(r"(<[SCX]\d |>)", marked):
        if match := re.fullmatch(r"<([SCX])(\d) ", token):
            holding = [number for role, number, _ in opened if role == "X"]
            holders.setdefault(match[2], holding[-1] if holding else None)
            opened.append((match[1], match[2], len(text)))
        elif token == ">":
            role, number, start = opened.pop()
            parts.setdefault(number, {}).setdefault(role, []).append(Span(start, len(text)))
        else:
            text += token
    out = []
    for number, spans in sorted(parts.items()):
        within = holders[number]
        source, cue = spans.get("S", [None])[0], spans.get("C", [None])[0]
        out.append(Attribution(number, "r", source, cue, tuple(spans["X"]), within))
    return text, tuple(out)


def report(text: str, publisher: str = PUBLISHER) -> Report:
    return Report(id="r", text=text, sha256="", file="", name="", publisher=publisher)


def linked(marked: str, publisher: str = PUBLISHER) -> tuple[str, tuple[Attribution, ...]]:
    text, attributions = read(marked)
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"\S[^\n]*?(?:[.!?]”?(?= |\n|$)|(?=\n|$))", text))
    return text, chains.link(report(text, publisher), sentences, attributions).attributions


def drawn(marked: str, publisher: str = PUBLISHER) -> list[str]:
    return [" > ".join(link.voice for link in a.chain[1:]) for a in linked(marked, publisher)[1]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("<S1 Mara Vel> <C1 said> <X1 the port was shut>.", ["Mara Vel"], id="plain"),
        pytest.param(
            "<S1 The Courier> <C1 said> <X1 <S2 two officials> <C2 had told> it <X2 that rebels fired first>>.",
            ["the Courier", "the Courier > two officials"],
            id="nested",
        ),
        pytest.param(
            "<X1 <S2 Kestria> <C2 calls> <X2 <S3 Varnia's> <C3 claim> <X3 it fired>>>, <C1 writes> <S1 the Herald>.",
            ["the Herald", "the Herald > Kestria", "the Herald > Kestria > Varnia"],
            id="two relays",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> <X1 <S2 she> <C2 had warned> <X2 of a fire>>.",
            ["Mara Vel", "Mara Vel"],
            id="her own words",
        ),
        pytest.param(
            "“<X1 <S2 I> <C2 think> <X2 it burned>>,” <C1 said> <S1 Mara Vel>.", ["Mara Vel", "Mara Vel"], id="I"
        ),
        pytest.param("<X1 The port> <C1 reportedly> <X1 burned>.", [UNSPECIFIED], id="nobody"),
    ],
)
def test_a_nested_voice_speaks_through_its_holder(marked, expected):
    assert drawn(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("<S1 Mara Vel> <C1 told> the Herald <X1 the port was shut>.", ["Herald > Mara Vel"], id="told"),
        pytest.param("<S1 Mara Vel> <C1 told> lawmakers <X1 the port was shut>.", ["Mara Vel"], id="hearers"),
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Gazette <X1 the port was shut>.", ["Mara Vel"], id="the publisher itself"
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> Monday on Tal Radio <X1 that it burned>.", ["Tal Radio > Mara Vel"], id="on air"
        ),
        pytest.param(
            "In an interview with the Courier, <S1 Mara Vel> <C1 said> <X1 it burned>.",
            ["Courier > Mara Vel"],
            id="interview",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> <X1 it burned>, in a statement carried by state television.",
            ["state television > Mara Vel"],
            id="carried by",
        ),
        pytest.param(
            "The Courier broke the news.\n\n<S1 Mara Vel> <C1 told> the newspaper <X1 that it burned>.",
            ["Courier > Mara Vel"],
            id="the newspaper",
        ),
        pytest.param(
            "<S1 Documents obtained by the Herald> <C1 say> <X1 it burned>.",
            ["Herald > documents obtained by the Herald"],
            id="obtained by",
        ),
        pytest.param(
            "<S1 Videos posted by rebels> <C1 show> <X1 the fire>.",
            ["rebels > videos posted by rebels"],
            id="posted by",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Herald <X1 it burned>, and <S2 Otto Tak> <C2 said> <X2 it did not>.",
            ["Herald > Mara Vel", "Otto Tak"],
            id="not the next one's",
        ),
    ],
)
def test_a_relay_stated_in_passing_stands_before_the_speaker(marked, expected):
    assert drawn(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Herald <X1 it burned>. <S2 She> <C2 added> <X2 that nobody died>.",
            ["Herald > Mara Vel"] * 2,
            id="the same voice goes on",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Herald <X1 it burned>. <S2 Otto Tak> <C2 denied> <X2 it>. "
            "<S3 Vel> <C3 said> <X3 so>.",
            ["Herald > Mara Vel", "Otto Tak", "Mara Vel"],
            id="a new voice ends it",
        ),
        pytest.param(
            "<S1 The Courier> <C1 reported> <X1 <S2 officials> <C2 had told> it <X2 it burned>>. "
            "<S3 The officials> <C3 also said> <X3 nobody died>.",
            ["the Courier", "the Courier > officials", "the Courier > officials"],
            id="voices that the relay brought in",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> <X1 it burned>. <S2 Vel> <C2 told> the Herald <X2 that nobody died>.",
            ["Mara Vel", "Herald > Mara Vel"],
            id="never back",
        ),
        pytest.param(
            "The Herald obtained two cables on the fire. <S1 Otto Tak> <C1 said> <X1 no>. "
            "<S2 One cable> <C2 said> <X2 it burned>. <S3 Otto Tak> <C3 said> <X3 no>.",
            ["Otto Tak", "Herald > one cable", "Otto Tak"],
            id="a document known through an outlet",
        ),
        pytest.param(
            "PORT TAL (AFP) — <S1 Mara Vel> <C1 said> <X1 it burned>.\n\n<S2 Otto Tak> <C2 denied> <X2 it>.",
            ["AFP > Mara Vel", "AFP > Otto Tak"],
            id="dateline",
        ),
    ],
)
def test_a_relay_is_carried_while_the_passage_runs_on(marked, expected):
    assert drawn(marked) == expected


def test_the_dateline_of_the_publisher_itself_is_no_relay():
    assert drawn("PORT TAL (AFP) — <S1 Mara Vel> <C1 said> <X1 it burned>.", "AFP") == ["Mara Vel"]


def test_every_chain_begins_with_the_publisher():
    marked = "<S1 Mara Vel> <C1 said> <X1 it burned>."
    assert linked(marked)[1][0].chain[0].voice == PUBLISHER
    assert linked(marked, "")[1][0].chain[0].voice == PUBLISHER_NOT_RECORDED


@pytest.mark.parametrize(
    ("marked", "hearer"),
    [
        ("<S1 Mara Vel> <C1 told> lawmakers on Monday <X1 that it burned>.", "lawmakers"),
        ("<S1 Mara Vel> <C1 told> the port council <X1 it burned>.", "the port council"),
        ("<S1 Mara Vel> <C1 told> the Herald <X1 it burned>.", None),
        ("<S1 Mara Vel> <C1 said> <X1 it burned>.", None),
    ],
)
def test_who_was_told_is_kept_unless_it_is_a_relay(marked, hearer):
    text, (attribution,) = linked(marked)
    assert (attribution.hearer and text[attribution.hearer.start : attribution.hearer.end]) == hearer


@pytest.mark.parametrize(
    ("marked", "named"),
    [
        ("<S1 Mara Vel> <C1 said> <X1 no>.", True),
        ("Mara Vel left. <S1 She> <C1 said> <X1 no>.", True),
        ("<S1 Officials> <C1 said> <X1 no>.", False),
        ("<S1 A Varnian official> <C1 said> <X1 no>.", False),
        ("<S1 The government> <C1 said> <X1 no>.", True),
        ("<S1 State media> <C1 said> <X1 no>.", False),
        ("<S1 He> <C1 said> <X1 no>.", False),
        ("<X1 It> <C1 reportedly> <X1 burned>.", False),
    ],
)
def test_named_is_what_the_resolved_voice_is(marked, named):
    assert linked(marked)[1][0].named is named


def test_links_keep_their_own_attribution_s_stance_and_name_it():
    text, attributions = read("<S1 The Courier> <C1 says> <X1 <S2 Varnia> <C2 denies> <X2 it fired>>.")
    one, two = attributions
    two = Attribution(two.id, "r", two.source, two.cue, two.content, two.within, stance="denies", certainty="probable")
    links = chains.link(report(text), (Span(0, len(text)),), (one, two)).attributions[1].chain
    assert [(link.via, link.stance, link.certainty) for link in links] == [
        (None, "asserts", "certain"),
        ("1", "asserts", "certain"),
        ("2", "denies", "probable"),
    ]


def test_every_link_s_span_holds_words_of_the_report():
    text, attributions = linked(
        "<S1 Mara Vel, a minister,> <C1 told> the Herald <X1 <S2 officials> <C2 said> <X2 no>>. "
        "<S3 She> <C3 left> <X3 it>."
    )
    spans = [link.span for a in attributions for link in a.chain[1:]]
    assert all(span and text[span.start : span.end].strip() for span in spans)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AP", "Associated Press", True),
        ("the North Gazette", "North Gazette", True),
        ("Harbour News Sunday", "Harbour News", True),
        ("Tal Radio", "Tal Herald", False),
        ("", "North Gazette", False),
    ],
)
def test_same_outlet(one, other, same):
    assert relays.same_outlet(one, other) is same


@pytest.mark.parametrize(
    "attributions",
    [
        (),
        (Attribution("a", "r", None, None, (Span(0, 3),), "missing"),),
        (Attribution("a", "r", Span(0, 0), Span(0, 0), (Span(0, 0),), "a"),),
        (Attribution("a", "r", Span(0, 9), Span(0, 9), (Span(0, 9),)),),
        (
            Attribution("a", "r", Span(0, 2), None, (Span(3, 9),), "b"),
            Attribution("b", "r", Span(3, 9), None, (Span(0, 2),), "a"),
        ),
    ],
)
def test_odd_input_ends_in_chains(attributions):
    out = chains.link(report("He said the ship sank."), (), attributions).attributions
    assert [a.id for a in out] == [a.id for a in attributions]
    assert all(a.chain[0].voice == PUBLISHER for a in out)


def test_a_long_report_takes_linear_time():
    """Twice the report may take three times as long, with room for a busy machine."""

    def seconds(count):
        draw = random.Random(0)  # noqa: S311
        line = "{} said the ships of Varnia would leave Port Tal on Monday."
        subjects = ["Minister Mara Vel", "He", "They", "The minister", "the report", "officials", "The Courier", "who"]
        text, found = "", []
        for i in range(count):
            subject = draw.choice(subjects)
            start, end = len(text), len(text) + len(subject)
            text += line.format(subject) + " "
            found.append(
                Attribution(str(i), "r", Span(start, end), Span(end + 1, end + 5), (Span(end + 6, len(text) - 2),))
            )
        begin = time.process_time()
        chains.link(report(text), (), tuple(found))
        return time.process_time() - begin

    assert seconds(1000) < 4 * seconds(500) + 0.2


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "<S1 Harbour Review magazine> <C1 reported> last week on its website <X1 that it burned>.",
            ["Harbour Review magazine"],
            id="an outlet is no relay of its own",
        ),
        pytest.param("<S1 KV> <C1 believes> <X1 the port was shut>", ["KV"], id="initials"),
        pytest.param("<S1 US> <C1 believes> <X1 the port was shut>", ["US"], id="initials that look like a pronoun"),
    ],
)
def test_small_names(marked: str, expected: list[str]) -> None:
    attributions = linked(marked)[1]
    assert [" > ".join(link.voice for link in a.chain[1:]) for a in attributions] == expected
    assert all(link.resolved for a in attributions for link in a.chain)


def test_one_group_is_not_two_militia() -> None:
    marked = "Guards of two militia were seen. <S1 The group> <C1 has accused> <X1 the port of it>."
    (found,) = linked(marked)[1]
    assert "militia" not in found.chain[-1].voice
    assert not found.chain[-1].resolved


def test_a_heading_is_not_what_who_stands_for() -> None:
    text, (found,) = linked("the day's stories.\n\nSpeed Read\n\n<S1 Who><C1 :> <X1 “It burned.”>")
    last = found.chain[-1]
    assert "Speed Read" not in last.voice
    assert last.span is None or text[slice(*last.span)] == text[slice(*last.span)].strip()


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "PORT TAL, May 3 (Tessor) - <S1 Mara Vel> <C1 said> <X1 it burned>.",
            ["Tessor > Mara Vel"],
            id="an agency that no table knows",
        ),
        pytest.param(
            "PORT TAL (Tal Sea) - <S1 Mara Vel> <C1 told> Orm <X1 it burned>.",
            ["Tal Sea > Mara Vel"],
            id="told somebody",
        ),
        pytest.param(
            "<S1 Two sailors> <C1 told> the Kestrian online magazine The Quay <X1 it burned>.",
            ["online magazine The Quay > two sailors"],
            id="an outlet by its description",
        ),
        pytest.param(
            "<S1 Two sailors> <C1 told> the news agency Tessor <X1 it burned>. Tessor, the agency, said no more.",
            ["news agency Tessor > two sailors"],
            id="a news agency",
        ),
        pytest.param(
            "In remarks carried by the state agency Orp, <S1 Mara Vel> <C1 said> <X1 it burned>.",
            ["state agency Orp > Mara Vel"],
            id="carried by a body",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> at a press conference <X1 that it burned>.", ["Mara Vel"], id="no outlet"
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 said> on North Gazette’s “Harbour Hour” <X1 it burned>. "
            "<S2 Otto Tak> <C2 said> on “Harbour Hour” <X2 it did not>.",
            ["Mara Vel", "Otto Tak"],
            id="the publisher's own show",
        ),
        pytest.param("The Courier <C1 was told> <X1 that it burned>.", ["Courier > unspecified"], id="was told"),
        pytest.param(
            "<X1 <S2 One sailor> <C1 reportedly> <C2 told> the Herald <X2 it burned>>.",
            ["Herald", "Herald > one sailor"],
            id="reportedly told",
        ),
        pytest.param(
            "The Herald on Monday released <S1 a video> <C1 showing> <X1 a fire>.", ["Herald > a video"], id="released"
        ),
        pytest.param(
            "Asked by Tal Radio about what <S1 Orm> <C1 calls> <X1 a fire>, <S2 Mara Vel> <C2 said> <X2 no>.",
            ["Tal Radio > Orm", "Tal Radio > Mara Vel"],
            id="an opening holds for the main clause",
        ),
        pytest.param(
            "(Photo: Tal News via Herald) <S1 Mara Vel> <C1 said> <X1 it burned>.", ["Mara Vel"], id="a photo's credit"
        ),
        pytest.param(
            "<S1 A Tal Radio poll> <C1 found> <X1 anger>. <S2 Some 42%> <C2 said> <X2 it burned>. "
            "<S3 A majority> <C3 said> <X3 no>. <S4 The majority leader> <C4 said> <X4 so>.",
            ["a Tal Radio poll", "a Tal Radio poll > some 42%", "a Tal Radio poll > a majority", "the majority leader"],
            id="those whom a poll asked",
        ),
    ],
)
def test_relays_are_known_by_what_stands_around_them(marked, expected):
    assert drawn(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Herald <X1 it burned>. <S2 She> <C2 told> us <X2 that it did not>. "
            "<S3 She> <C3 said> <X3 so>.",
            ["Herald > Mara Vel", "Mara Vel", "Mara Vel"],
            id="told the publisher",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 told> the Herald <X1 it burned>.\nREAD MORE: <S2 Otto Tak> <C2 denies> <X2 it>\n"
            "<S3 Vel> <C3 said> <X3 so>.",
            ["Herald > Mara Vel", "Otto Tak", "Herald > Mara Vel"],
            id="a pointer to another report ends nothing",
        ),
        pytest.param(
            "<S1 Mara Vel> <C1 told> Tal Radio <X1 it burned>. <S2 Otto Tak> <C2 denied> <X2 it>. "
            "<S3 Vel> <C3 said> in a wide-ranging interview <X3 that it did>.",
            ["Tal Radio > Mara Vel", "Otto Tak", "Tal Radio > Mara Vel"],
            id="an interview goes on",
        ),
    ],
)
def test_a_relay_ends_and_goes_on_in_time(marked, expected):
    assert drawn(marked) == expected


def test_a_name_that_the_model_takes_for_an_outlet_carries_on():
    text, attributions = read(
        "<S1 Vhal> <C1 quoted> <X1 <S2 a sailor> <C2 as saying> <X2 so>>. <S3 The sailor> <C3 said> <X3 no>."
    )
    attributions = (replace(attributions[0], kind="media"), *attributions[1:])
    out = chains.link(report(text), (), attributions).attributions
    assert [link.voice for link in out[2].chain[1:]] == ["Vhal", "a sailor"]


@pytest.mark.parametrize("pronoun", ["it", "them", "us"])
def test_a_pronoun_for_who_was_told_is_no_part_of_the_content(pronoun):
    text, out = linked(f"<S1 Officials> <C1 told> <X1 {pronoun} that rebels fired>.")
    assert text[slice(*out[0].content[0])] == "that rebels fired"
    assert text[slice(*out[0].hearer)] == pronoun


def test_that_between_a_noun_and_its_cue_means_the_noun():
    assert drawn("<S1 The Courier> <C1 has> <X1 footage <S2 that> <C2 shows> <X2 smoke>>.") == [
        "the Courier",
        "the Courier > footage",
    ]
