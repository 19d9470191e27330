"""A report's text with its marks: always nested, never a word lost."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.dossier.index import Entry, number
from sayso.dossier.markup import marked, paragraphs
from sayso.dossier.reports import sheets
from sayso.model import Attribution, Change, Judgement, Link, Report, Span
from tests.dossier.case_of_ostra import ostra, span


def entry(number, *content, source=None, cue=None, depth=0):
    attribution = Attribution(f"a{number}", "r", source, cue, tuple(content))
    return Entry(number, attribution, Report("r", "", "", "", ""), 1, 1, depth)


def taken(number, source, link):
    report = Report("r", HE, "", "", "")
    attribution = Attribution(f"a{number}", "r", span(HE, source), None, (Span(0, 4),), chain=(Link("Wire"), link))
    return Entry(number, attribution, report, 1, 1, 0)


TWO = "Ann said: “One. Two” and left."
NESTED = "Ann said Bo said no."
SPLIT = "“Yes,” said Ann. “Now\n\n“go.”"


@pytest.mark.parametrize(
    ("text", "sentences", "entries", "expected"),
    [
        ("Plain.", [Span(0, 6)], [], "<p><span>Plain.</span>"),
        ("No sentences.", [], [], "<p>No sentences."),
        (
            NESTED,
            [Span(0, 20)],
            [
                entry(1, span(NESTED, "Bo said no"), source=Span(0, 3), cue=Span(4, 8)),
                entry(2, span(NESTED, "no"), source=span(NESTED, "Bo"), cue=span(NESTED, "said", 1), depth=1),
            ],
            (
                "<p><span><i>Ann</i> <a href=#c1>said</a> <u id=q1><i>Bo</i> <a href=#c2>said</a> <u id=q2>no</u></u>."
                "</span>"
            ),
        ),
        (
            TWO,
            [Span(0, 15), Span(16, 30)],
            [entry(7, span(TWO, "“One. Two”"), cue=span(TWO, "said"))],
            (
                "<p><span>Ann <a href=#c7>said</a>: <u id=q7>“One.</u></span><u class=q7> </u>"
                "<span><u class=q7>Two”</u> and left.</span>"
            ),
        ),
        (
            SPLIT,
            [],
            [entry(3, span(SPLIT, "“Yes,”"), span(SPLIT, "“Now\n\n“go.”"), cue=span(SPLIT, "said"))],
            '<p><u id=q3>“Yes,”</u> <a href=#c3>said</a> Ann. <u class="q3 k">“Now</u>\n<p><u class=q3>“go.”</u>',
        ),
        (
            "Ann and Bo said no.",
            [],
            [entry(1, Span(16, 18), cue=Span(11, 15)), entry(2, Span(16, 18), cue=Span(11, 15))],
            "<p>Ann and Bo <a href=#c1>said</a> <u id=q1><u id=q2>no</u></u>.",
        ),
        ("a <b> & c", [], [entry(1, Span(2, 5))], "<p>a <u id=q1>&lt;b&gt;</u> &amp; c"),
    ],
)
def test_marks(text, sentences, entries, expected):
    assert marked(text, sentences, entries).strip() == expected


HE = "Ilse Varn, who runs it, said no. He said so. Varn said so. The master said so."


@pytest.mark.parametrize(
    ("source", "link", "expected"),
    [
        ("He", Link("Ilse Varn"), "<i>He</i><small role=note>[= Ilse Varn]</small> said so"),
        ("He", Link("<b>"), "<i>He</i><small role=note>[= &lt;b&gt;]</small> said so"),
        (
            "The master",
            Link("the harbour master"),
            "<i>The master</i><small role=note>[= the harbour master]</small> said",
        ),
        ("He", Link("He", resolved=False), "<i>He</i><small role=note>[who?]</small> said"),
        ("The master", Link("a master"), "<i>The master</i> said"),
        ("Varn said", Link("Varn"), "<i>Varn said</i> so"),
        ("who", Link("Ilse Varn", span=Span(0, 9)), "<i>who</i> runs"),
    ],
)
def test_a_source_is_followed_by_whom_it_was_taken_for(source, link, expected):
    assert expected in marked(HE, [], [taken(1, source, link)])


def test_a_name_shortened_is_told_in_a_tooltip_only():
    page = marked(HE, [], [taken(1, "Varn", Link('Ilse "Tar" Varn'))])
    assert '<i title="Ilse &#34;Tar&#34; Varn">Varn</i>,' in page
    assert "[=" not in page


def test_one_source_of_two_attributions_is_explained_once():
    assert str(marked(HE, [], [taken(1, "He", Link("Varn")), taken(2, "He", Link("Varn"))])).count("[= Varn]") == 1


@pytest.mark.parametrize(
    ("change", "glosses"),
    [(Change("", speaker="Ilse Varn"), 0), (Change("", chain=("Ilse Varn",)), 0), (Change("", stance="denies"), 1)],
)
def test_no_gloss_stands_where_a_person_said_who_speaks(change, glosses):
    case = ostra()
    (he,) = (one for one in case.findings[0].attributions if one.chain[-1].voice == "He")
    told = replace(case, judgements=(Judgement("j9", he.id, "corrected", "heard", "R. Moll", "", change=change),))
    found = [str(sheets(one, number(one))[0].body).count("[who?]") for one in (case, told)]
    assert found == [1, glosses]


def test_a_sentence_over_two_paragraphs_is_counted_once():
    page = str(marked("One,\n\ntwo. Three.", [Span(0, 10), Span(11, 17)], []))
    assert page == "<p><span>One,</span>\n<p><span class=m>two.</span> <span>Three.</span>\n"


def test_where_a_page_begins_is_said():
    page = str(marked("One, two.\n\nThree.", [Span(0, 9)], [], pages=((0,), (), (5,), (11,))))
    assert page == (
        "<p><span>One, <small class=pg role=note>[page 3]</small>two.</span>\n"
        "<p><small class=pg role=note>[page 4]</small>Three.\n"
    )


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair)))


@given(
    st.text(alphabet="ab .<\n", min_size=40, max_size=40),
    st.lists(spans, max_size=4),
    st.lists(st.tuples(spans, spans, spans), max_size=5),
)
def test_any_spans_nest_and_no_word_is_lost(text, sentences, triples):
    entries = [entry(n, c, source=s, cue=q, depth=n) for n, (s, q, c) in enumerate(triples, 1)]
    page = str(marked(text, sentences, entries))
    stack = []
    for end, name in re.findall(r"<(/?)([a-z]+)", page.replace("<p>", "")):
        if end:
            assert stack.pop() == name
        else:
            assert name != "a" or "a" not in stack
            stack.append(name)
    assert not stack
    assert unescape(re.sub(r"<[^>]+>", "", page)).split() == text.split()
    ids = re.findall(r"id=(\w+)", page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("Wrapped\nline.\n\nNext\nline.\n", ["Wrapped\nline.", "Next\nline."]),
        ("\n\nOne.\n\n", ["One."]),
        ("One.\n \n\nTwo.", ["One.", "Two."]),
        ("", []),
    ],
)
def test_paragraphs(text, expected):
    assert [text[s.start : s.end] for s in paragraphs(text)] == expected
