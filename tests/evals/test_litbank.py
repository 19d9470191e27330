import pytest

from evals import litbank
from evals.counting import Counts
from sayso.model import Attribution, Link, Span

SENTENCES = """Old Mr. Varr sat down .
" It burned , " he said , " to the keel . "
" Did it ? " asked Ode .
"""
TEXT = "Old Mr. Varr sat down. “It burned,” he said, “to the keel.” “Did it?” asked Ode."
QUOTATIONS = """QUOTE\tQ1\t1\t0\t1\t4\t“ It burned , ”
QUOTE\tQ2\t1\t8\t1\t13\t“ to the keel . ”
QUOTE\tQ3\t2\t0\t2\t4\t“ Did it ? ”
ATTRIB\tQ1\tMr_Varr-0
ATTRIB\tQ2\tMr_Varr-0
ATTRIB\tQ3\tsomebody_else-7
"""
MARKS = {0: "(3", 2: "3)", 11: "(3)", 25: "(4)"}


def coreference():
    tokens = SENTENCES.split()
    rows = ["\t".join(["name", "0", "0", t, *["_"] * 8, MARKS.get(n, "")]) for n, t in enumerate(tokens)]
    return "\n".join(["#begin document", *rows])


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(content, source, voice=None):
    link = Link(source, span=span(voice) if voice else None)
    return Attribution(content, "r", span(source), None, (span(content),), chain=(Link("Quay Courier"), link))


EXCERPT = litbank.parse(SENTENCES, QUOTATIONS, coreference())


def test_the_files_of_an_excerpt_are_joined():
    assert EXCERPT.text == TEXT
    assert [TEXT[slice(*one.span)] for one in EXCERPT.quotations] == ["“It burned,”", "“to the keel.”", "“Did it?”"]
    assert EXCERPT.quotations[0].speaker == {span("Old Mr. Varr"), span("he")}
    assert EXCERPT.quotations[2].speaker == frozenset()


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([], (0, 0, 0)),
        ([said("“It burned,”", "he")], (1, 1, 1)),
        ([said("“It burned,”", "he", voice="Mr. Varr")], (1, 1, 1)),
        ([said("“It burned,”", "Ode")], (1, 0, 1)),
        ([said("“It bu", "he")], (1, 1, 1)),
        ([said("“It b", "he")], (0, 0, 0)),
        ([said("“It burned,”", "he"), said(TEXT, "Ode")], (3, 1, 2)),
    ],
)
def test_quotations_and_speakers(found, counts):
    quotations, right, of_found = counts
    assert litbank.count(EXCERPT, found) == {
        "found": Counts(quotations, 0, 3),
        "speaker right": Counts(right, 0, 2),
        "speaker right, of the found": Counts(right, 0, of_found),
    }


def test_what_is_printed():
    printed = litbank.score([litbank.count(EXCERPT, [said("“It burned,”", "he")]), litbank.count(EXCERPT, [])])
    assert (printed["texts"], printed["quotations"], printed["speakers looked up"]) == (2, 6, 4)
    assert printed["found"] == pytest.approx(1 / 6)
    assert printed["speaker right"] == pytest.approx(1 / 4)
    assert printed["speaker right, of the found"] == 1
    assert printed["found, interval"] == [0, 0.3333]


def test_a_folder_without_excerpts_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        litbank.excerpts_of(tmp_path)
    assert str(tmp_path) in capsys.readouterr().err


def test_a_folder_is_read(tmp_path):
    for name, content in [("ferry.txt", SENTENCES), ("ferry.ann", QUOTATIONS), ("ferry.conll", coreference())]:
        (tmp_path / name).write_text(content)
    assert litbank.excerpts_of(tmp_path) == [EXCERPT]
