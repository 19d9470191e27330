import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from sayso.intake import docx
from sayso.intake.records import Article, Lost, Member, NotRead
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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SAID = "<w:p><w:r><w:t>Ships left.</w:t></w:r></w:p>"
ROOT = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
)


def packed(document, parts=None, *, relations="", method=zipfile.ZIP_STORED):
    """A document of these parts, not compressed, so that no bound on bytes hides the others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("_rels/.rels", f"{ROOT}</Relationships>")
        file.writestr("word/document.xml", document)
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return buffer.getvalue()


def body(inner, before=""):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'{before}<w:document xmlns:w="{WORD}" xmlns:mc="{mc}"><w:body>{inner}</w:body></w:document>'


def part(kind, name="x.xml"):
    return f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{name}"/>'


def altered(data, at, value):
    """With the field at this offset changed in every entry of the directory (APPNOTE 4.3.12)."""
    changed, start = bytearray(data), 0
    while (start := changed.find(b"PK\1\2", start) + 1) > 0:
        changed[start - 1 + at : start - 1 + at + len(value)] = value
    return bytes(changed)


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
LOL = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
GOOD = packed(body(SAID))
REFUSED = {
    "an entity": (packed(body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", LOL)), "entity-trick"),
    "an entity in UTF-16": (packed(body(SAID, LOL).encode("utf-16")), "entity-trick"),
    "a document type that is elsewhere": (
        packed(body(SAID, '<!DOCTYPE x SYSTEM "file:///etc/passwd">')),
        "entity-trick",
    ),
    "an entity in another part": (
        packed(body(SAID), {"word/x.xml": f"{LOL}<x>&b;</x>"}, relations=part("styles")),
        "entity-trick",
    ),
    "an entity nobody declared": (packed(body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")), "damaged"),
    "a bomb": (packed(body("<w:p/>" * 2_000_000), method=zipfile.ZIP_DEFLATED), "too-large"),
    "a size that lies": (
        altered(packed(body("<w:p/>" * 9999), method=zipfile.ZIP_DEFLATED), 24, b"\x64\0\0\0"),
        "damaged",
    ),
    "a packed size that lies": (altered(GOOD, 20, b"\0\0\0\x09"), "too-large"),
    "an offset that lies": (altered(GOOD, 42, b"\xff\xff\xff\x7f"), "damaged"),
    "an entry with a password": (altered(GOOD, 8, b"\x01\0"), "password"),
    "an unusual packing": (packed(body(SAID), method=zipfile.ZIP_LZMA), "damaged"),
    "half a file": (GOOD[: len(GOOD) // 2], "damaged"),
    "a million elements in each other": (packed(body("<w:p>" * 1_000_000)), "too-deep"),
    "two million elements": (packed(body("<w:p/>" * 2_000_001)), "too-large"),
    "20,000 parts": (packed(body(SAID), {f"{n}.xml": "" for n in range(20_000)}), "too-large"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(999), "password"),
    "an old document": (OLE + bytes(999), "format"),
    "a zero character": (packed(body("<w:p><w:r><w:t>a\0b</w:t></w:r></w:p>")), "damaged"),
    "half a character": (packed(body("<w:p><w:r><w:t>&#xD800;</w:t></w:r></w:p>")), "damaged"),
    "a workbook": (packed('<workbook xmlns="x"/>'), "format"),
    "nothing": (packed(body("<w:p/>")), "empty"),
    "a scan": (packed(body("<w:p><w:r><w:drawing/></w:r></w:p>")), "empty"),
}


@pytest.mark.parametrize(("data", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_at_once_with_its_reason(data, kind):
    begun = time.process_time()
    with pytest.raises(NotRead) as refused:
        list(docx.articles(data))
    assert (refused.value.kind, time.process_time() - begun < 6) == (kind, True)


STRANGE = {
    "300,000 empty paragraphs": body("<w:p/>" * 300_000 + SAID),
    "200,000 attributes": body("<w:p " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>" + SAID),
    "tables in tables": body("<w:tbl><w:tr><w:tc>" * 80 + SAID + "</w:tc></w:tr></w:tbl>" * 80),
    "fields in fields": body(
        '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>' * 50_000 + SAID
    ),
    "fields without end": body("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + f"</w:p>{SAID}"),
    "alternatives": body("<mc:AlternateContent><mc:Choice>" * 100 + SAID + "</mc:Choice></mc:AlternateContent>" * 100),
    "ends alone": body("<w:tr/><w:tc/><w:txbxContent/><w:rt/><w:rubyBase/><w:footnote/><mc:Choice/>" * 100 + SAID),
    "page breaks": body('<w:p><w:r><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r></w:p>' * 50_000 + SAID),
}


@pytest.mark.parametrize("document", STRANGE.values(), ids=STRANGE)
def test_what_is_strange_loses_no_words_and_costs_little(document):
    begun = time.process_time()
    (article,), _, _ = read(packed(document))
    assert article.text == "Ships left."
    assert time.process_time() - begun < 3


def test_a_note_that_is_referred_to_again_and_again_is_given_once():
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1">{SAID}</w:footnote></w:footnotes>'
    document = body("<w:p>" + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 3 + "</w:p>")
    (article,), _, _ = read(packed(document, {"word/x.xml": notes}, relations=part("footnotes")))
    assert article.text == "[1][2][3]\n\n[1] Ships left."


def test_names_are_never_paths_and_nothing_outside_is_read():
    relations = part("package", "../../../../etc/passwd") + part("aFChunk", "..\\..\\note.txt")
    _, members, lost = read(packed(body(SAID), {"../note.txt": "words"}, relations=relations))
    assert (members, [one.place for one in lost]) == ([], ["etc/passwd"])


def test_of_a_part_that_is_there_twice_the_last_is_read_and_that_is_said():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(body(SAID), {"word/document.xml": body(SAID.replace("left", "came"))})
    (article,), _, _ = read(data)
    assert (article.text, "part-twice" in dict(article.notes)) == ("Ships came.", True)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<dc:title>Minutes</dc:title><dc:creator>Ada Mirel</dc:creator>", ("Minutes", ("Ada Mirel",), "")),
        ("<dc:title>Microsoft Word - a.doc</dc:title><dc:creator>User</dc:creator>", ("", (), "")),
        ("<dcterms:modified>2031-05-02T10:00:00Z</dcterms:modified>", ("", (), "2031-05-02")),
        ("<dcterms:modified>2013-12-23T23:15:00Z</dcterms:modified>", ("", (), "")),
    ],
)
def test_properties_are_proposed_unless_they_are_left_over(properties, expected):
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    (article,), _, _ = read(packed(body(SAID), {"docProps/core.xml": f"<x {space}>{properties}</x>"}))
    assert (article.title, article.authors, article.published) == expected
    assert bool(article.notes) == any(expected)


def test_a_date_in_the_text_goes_before_that_of_the_last_saving():
    core = '<x xmlns:t="http://purl.org/dc/terms/"><t:modified>2031-05-09T10:00:00Z</t:modified></x>'
    (article,), _, _ = read(packed(body(SAID.replace("Ships left.", "2 May 2031")), {"docProps/core.xml": core}))
    assert article.published == ""


def test_a_document_with_only_a_file_in_it_says_so_and_gives_the_file():
    _, members, lost = read(packed(body(""), {"word/note.txt": "Ships left."}, relations=part("package", "note.txt")))
    assert ([one.data for one in members], [one.kind for one in lost]) == ([b"Ships left."], ["empty"])
