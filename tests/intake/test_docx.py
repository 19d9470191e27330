import json
from pathlib import Path

import pytest

from sayso.intake import docx
from sayso.intake.records import Article, Lost, Member
from sayso.kit import locate

DOCUMENTS = Path(__file__).parent / "documents" / "docx"
TRUTH = json.loads((DOCUMENTS / "truth.json").read_text(encoding="utf-8"))
"""What each document was made from: see documents/docx/make_docx.py."""


def read(data):
    """The article, members and losses of a document."""
    found = list(docx.articles(data))
    articles, members, lost = ([one for one in found if isinstance(one, kind)] for kind in (Article, Member, Lost))
    return articles, members, lost


def test_there_are_over_twenty_documents_and_each_has_its_truth():
    assert len(TRUTH) == 21
    assert {path.name for path in DOCUMENTS.glob("*.do*")} == set(TRUTH)


@pytest.mark.parametrize("name", TRUTH)
def test_all_text_is_read_in_order_and_what_is_left_out_is_said(name):
    truth = TRUTH[name]
    (article,), members, lost = read((DOCUMENTS / name).read_bytes())
    assert article.text == truth["text"]
    notes = dict(article.notes)
    kinds = {kind for kind in notes if not kind.endswith("-proposed")}
    assert kinds >= set(truth.get("notes", [])) >= kinds - {"pages-of-last-saving"}
    for kind, words in truth.get("said", {}).items():
        assert all(word in notes[kind] for word in words)
    assert [member.name for member in members] == truth.get("members", [])
    assert [one.kind for one in lost] == truth.get("lost", [])
    assert article.title == truth.get("title", article.title)
    assert list(article.authors) == truth.get("authors", list(article.authors))


@pytest.mark.parametrize("name", [name for name, truth in TRUTH.items() if "pages" in truth])
def test_each_passage_is_on_its_page(name):
    (article,), _, _ = read((DOCUMENTS / name).read_bytes())
    found = {text: locate(article.pages, article.text.index(text))[0] for text in TRUTH[name]["pages"]}
    assert found == TRUTH[name]["pages"]
