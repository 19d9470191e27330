"""PDFs made for the purpose by some fifteen programs; `documents/pdf/make.py` tells how, `truth.json` what they say."""

import json
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from sayso import kit
from sayso.intake import pdf
from sayso.intake.pdf import flow
from sayso.intake.pdf import pages as pdfpage
from sayso.intake.pdf.layout import Line
from sayso.intake.records import Article, Lost, Member, NotRead
from tests.intake import hostile_pdfs

FOLDER = Path(__file__).parent / "documents" / "pdf"
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
ANOTHER_WAY = {"browser-slides", "merged"}
"""In these nothing on the page tells where some paragraph begins. Their words, order, pages and lines are right."""


@cache
def read(name):
    return tuple(pdf.articles((FOLDER / f"{name}.pdf").read_bytes()))


def kinds(article):
    return dict(article.notes)


def test_there_are_forty():
    assert len(TRUTH) >= 40
    assert len({told["producer"].split()[0] for told in TRUTH.values()}) >= 15


@pytest.mark.parametrize("name", TRUTH)
def test_the_whole_text_is_read_in_order(name):
    """Words are compared one by one, whatever white space parts them."""
    article = read(name)[0]
    assert article.text.split() == " ".join(TRUTH[name]["paragraphs"]).split()


@pytest.mark.parametrize("name", sorted(set(TRUTH) - ANOTHER_WAY))
def test_paragraphs_are_parted_where_the_source_parts_them(name):
    assert read(name)[0].text.split("\n\n") == TRUTH[name]["paragraphs"]


@pytest.mark.parametrize("name", TRUTH)
def test_every_sentence_has_its_page_and_line(name):
    article = read(name)[0]
    letters = [at for at, character in enumerate(article.text) if not character.isspace()]
    flat = "".join(article.text.split())
    at, found = 0, []
    for sentence, _, _ in TRUTH[name]["sentences"]:
        at = flat.index("".join(sentence.split()), at)
        found.append([sentence, *kit.locate(article.pages, letters[at])])
        at += 1
    assert found == TRUTH[name]["sentences"]


@pytest.mark.parametrize("name", TRUTH)
def test_lines_begin_at_words_and_in_order(name):
    article = read(name)[0]
    starts = sorted(start for lines in article.pages for start in lines)
    assert starts[0] == 0
    assert len(set(starts)) == len(starts)
    assert all(list(lines) == sorted(lines) for lines in article.pages)
    assert not any(article.text[start].isspace() for start in starts)


def test_a_blank_page_counts():
    assert [bool(lines) for lines in read("blank-page-between")[0].pages] == [True, False, True]


def test_attachments_are_members():
    _, crew, minutes = read("with-attachments")
    assert isinstance(crew, Member)
    assert (crew.name, crew.place) == ("crew.csv", "attachment 1 (crew.csv)")
    assert crew.data.startswith(b"Ship,Flag,Cargo,Crew\nMerle,Vell")
    assert (minutes.name, minutes.place) == ("minutes.txt", "attachment 2 (minutes.txt)")


@pytest.mark.parametrize(("name", "kind"), [("scan", "scan"), ("blank", "empty")])
def test_pages_without_text_are_named(name, kind):
    (lost,) = read(name)
    assert isinstance(lost, Lost)
    assert lost.kind == kind


@pytest.mark.parametrize(("name", "kind"), [("locked", "encrypted"), ("cut-short", "damaged")])
def test_what_cannot_be_opened_is_named(name, kind):
    with pytest.raises(NotRead) as problem:
        read(name)
    assert problem.value.kind == kind


def test_scanned_pages_among_others_are_named():
    (article,) = read("typed-page-then-scans")
    assert kinds(article)["scan"].startswith("Page 2 of 2: pictures without text")
    assert article.pages[1] == ()


def test_a_text_layer_without_letters_is_named():
    assert "garbled" in kinds(read("no-letters")[0])


@pytest.mark.parametrize("name", sorted(set(TRUTH) - {"no-letters"}))
def test_a_good_text_layer_is_not_called_garbled_or_damaged(name):
    assert not {"garbled", "damaged", "too-large", "outside"} & set(kinds(read(name)[0]))


def test_properties_are_proposed_not_believed():
    article = read("updated")[0]
    assert (article.title, article.authors, article.published) == ("Harbour fire: what is known", ("Ilse Korvin",), "")
    assert {"title-proposed", "authors-proposed"} <= set(kinds(article))


@pytest.mark.parametrize(
    "title", ["Microsoft Word - x.doc", "untitled", "Document1", "page 3", "fire.indd", "(anonymous)", "about:blank"]
)
def test_junk_titles_are_passed_over(title):
    assert pdf._said({"Title": title, "Author": "user"}, "")[:2] == ("", ())


def test_when_the_file_was_made_is_only_told():
    _, _, notes = pdf._said({"CreationDate": "D:20310502101112Z"}, "")
    assert dict(notes)["file-made"].startswith("The file was made on 2031-05-02")


@pytest.mark.parametrize("name", ["two-columns-out-of-order", "letter", "linearised", "fpdf-report"])
def test_of_a_file_cut_short_what_is_left_is_read(name):
    whole = (FOLDER / f"{name}.pdf").read_bytes()
    article = next(iter(pdf.articles(whole[: len(whole) * 9 // 10])))
    assert "damaged" in kinds(article)
    assert len(article.text) > 500


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-" + b"\xff" * 3000])
def test_what_is_no_pdf_is_named(data):
    with pytest.raises(NotRead) as problem:
        list(pdf.articles(data))
    assert problem.value.kind == "damaged"


hostile = cache(lambda name: hostile_pdfs.ALL[name]())


@pytest.mark.parametrize("name", hostile_pdfs.ALL)
def test_small_hostile_files_are_read_or_named_soon(name):
    data = hostile(name)
    begun = time.process_time()
    with suppress(NotRead):
        assert all(isinstance(one, Article | Lost | Member) for one in pdf.articles(data))
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("name", ["forms_in_forms", "form_in_itself", "bomb_of_blanks", "two_million_pieces"])
def test_what_would_take_for_ever_is_refused_by_its_name(name):
    with pytest.raises(NotRead) as problem:
        list(pdf.articles(hostile(name)))
    assert problem.value.kind == "bomb"


def test_an_attachment_that_is_a_bomb_is_left_in_the_file():
    assert [one.kind for one in pdf.articles(hostile_pdfs.attachment_bomb())] == ["empty", "too-large"]


def test_the_same_bytes_give_the_same_article():
    assert read("typst-newsletter") == read.__wrapped__("typst-newsletter")


def line(text, y, **more):
    at = {
        "x0": 50.0,
        "x1": 250.0,
        "size": 10.0,
        "font": "F",
        "left": 50.0,
        "right": 250.0,
        "inner": 70.0,
        "first": 15.0,
    }
    return Line(text, **{**at, "y": y, "tabular": False, "column": 0, "flush": True, **more})


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the min\u00ad", "ister said"), "the minister said"),
        (
            ("an ex\u2010", "tra word, pre-", "cisely, of the min-", "ister"),
            "an extra word, precisely, of the minister",
        ),
        (("the well-", "known case, a well-known one"), "the well-known case, a well-known one"),
        (
            ("a state-of-", "the-art hall, min-", "isters and the min-", "ister"),
            "a state-of-the-art hall, ministers and the minister",
        ),
        (("from Al-", "Mirel in 2030-", "2031"), "from Al-Mirel in 2030-2031"),
        (("they agreed\u2014", "all of them"), "they agreed\u2014all of them"),
        (("a hand-", "made thing"), "a hand-made thing"),  # the only hyphen at a line's end belongs to the word
        (("四人", "失踪"), "四人失踪"),
    ],
)
def test_lines_are_joined(lines, text):
    page = [line(one, 700 - 12 * at) for at, one in enumerate(lines)]
    poured = flow.pour([page])
    assert poured.text == text
    assert len(poured.pages[0]) == len(lines)


def page_of(number, *lines):
    head = line(f"Quay Courier, page {number}", 800)
    return [head, *(line(one, 700 - 12 * at) for at, one in enumerate(lines)), line(str(number), 40)]


def test_running_lines_stand_once_at_the_end_and_do_not_part_a_paragraph():
    poured = flow.pour([page_of(1, "the ships had"), page_of(2, "left the harbour and"), page_of(3, "were gone.")])
    assert poured.text == "the ships had left the harbour and were gone.\n\nQuay Courier, page 1"
    assert poured.pages == ((0, 47), (14,), (35,))


def test_rows_of_numbers_at_the_top_of_pages_are_no_running_lines():
    pages = [[line("7 12 31", 800, tabular=True)], [line("9 14 40", 800, tabular=True)]]
    assert flow.pour(pages).text == "7 12 31\n\n9 14 40"


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        ("o\ufb03ce \ufb02ag", "office flag"),
        ("\uf0b7", "•"),
        ("\ufee3\ufeee\ufe97", "موت"),
        ("\ud83d\udea2", "🚢"),
        ("é", "é"),
    ],
)
def test_glyphs_become_letters_and_nothing_else_changes(glyphs, text):
    assert pdfpage.tidy(glyphs) == text
