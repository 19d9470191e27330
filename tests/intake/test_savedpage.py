import pytest

from sayso.intake import webpage
from sayso.intake.webpage import saved as savedpage
from sayso.intake.webpage.saved import Saved, companions, saved

SAID = "The council said on Monday that the ships had left the harbour. “Nobody was hurt,” said the mayor’s office."
MORE = "A witness told the Gazette that two of the ships had been burning when they passed the breakwater."
BODY = f"<body><article><h1>Ships left</h1><p>{SAID}</p><p>{MORE}</p></article></body>"
HERE = "https://gazette.example/ships"
COPY = f"https://web.archive.org/web/20310502100000/{HERE}"

COMPANIONS = [
    (["Fire.html", "Fire_files/quay.jpg"], {"Fire_files/quay.jpg": "Fire.html"}),
    (["Fire.htm", "Fire.files/quay.jpg"], {"Fire.files/quay.jpg": "Fire.htm"}),
    (["Fire.HTM", "Fire-Dateien/x.css"], {"Fire-Dateien/x.css": "Fire.HTM"}),
    (["Fire.html", "Fire_fichiers/x.js"], {"Fire_fichiers/x.js": "Fire.html"}),
    (["Fire.html", "Fire_archivos/x.js"], {"Fire_archivos/x.js": "Fire.html"}),
    (["Fire.html", "Fire.html_files/x.js"], {"Fire.html_files/x.js": "Fire.html"}),
    (["a.b_c.html", "a.b_c_files/x.js"], {"a.b_c_files/x.js": "a.b_c.html"}),
    (["web/Fire.html", "web/Fire_files/x.js"], {"web/Fire_files/x.js": "web/Fire.html"}),
    (["Fire_files/a.html", "Fire_files/a_files/b.css", "Fire.html"],
     {"Fire_files/a.html": "Fire.html", "Fire_files/a_files/b.css": "Fire.html"}),
    (["caf\u00e9.html", "cafe\u0301_files/x.js"], {"cafe\u0301_files/x.js": "caf\u00e9.html"}),
    (["Fire.html", "fire_pictures/quay.jpg", "quay.jpg", "Fire_files"], {}),  # another folder; beside it; a file
    (["web/Fire.html", "Fire_files/x.js"], {}),  # not beside it
    (["Fire.txt", "Fire_files/x.js"], {}),  # no page
    (["Fire_files/x.js"], {}),
    (["Fire.html", "Fire_files/minutes.pdf", "Fire_files/note.eml"], {}),  # no browser leaves these
    ([".html", "..html", "/", "", ".", "_files/x", "//_files/", "a/_files/x", "../_files/x"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "expected"), COMPANIONS)
def test_the_folder_beside_a_saved_page_is_part_of_it(names, expected):
    assert companions(names) == expected


def test_companions_of_ten_thousand_names_and_of_endless_ones_cost_little():
    names = ["x.html", *(f"x_files/{n}.js" for n in range(10_000)), "a/" * 2000 + "x.js", "a/" * 2_000_000]
    assert len(companions(names)) == 10_000


MARKS = [
    (f"<!DOCTYPE html>\n<!-- saved from url=(0029){HERE} -->\n<html>", Saved(HERE)),
    ("<!-- saved from url=(0014)about:internet --><html>", Saved()),
    ("<!-- saved from url=(0021)file:///C:/ships.html --><html>", Saved()),
    (f"<!-- saved from url=(0076){COPY} --><html>", Saved(HERE, "2031-05-02T10:00:00Z", "web.archive.org")),
    ((f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {HERE} \n saved date: "
     "Fri May 02 2031 10:00:00 GMT+0300 (Coastal Time)\n--><meta charset=utf-8>"), Saved(HERE, "2031-05-02T07:00:00Z")),
    ((f"<html><!-- \n Archive processed by SingleFile \n url: {HERE} \n saved date: Fri May 02 2031 10:00:00 GMT+0000 "
     "(UTC) \n-->"), Saved(HERE, "2031-05-02T10:00:00Z")),
    (f"<!-- Saved from {HERE} at 2031-05-02T10:00:00Z using monolith v2.8.3 -->", Saved(HERE, "2031-05-02T10:00:00Z")),
    (("<html>\n<!-- Mirrored from gazette.example/ships by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 02 May 2031 "
     "10:00:00 GMT -->"), Saved("http://gazette.example/ships", "2031-05-02T10:00:00Z")),
    ((f'<html><head><meta name="savepage-url" content="{HERE}?a=1&amp;copy=2"><meta name="savepage-title" content="x">'
     '<meta name="savepage-date" content="Fri May 02 2031 10:00:00 GMT+0300 (Coastal Time)">'),
     Saved(f"{HERE}?a=1&copy=2", "2031-05-02T07:00:00Z")),
    (f'<html lang="en" data-scrapbook-source="{HERE}" data-scrapbook-create="20310502100000123">',
     Saved(HERE, "2031-05-02T10:00:00Z")),
    (f'<html><head><script>__wm.wombat("{HERE}","20310502100000","https://web.archive.org/","web")</script>',
     Saved(HERE, "2031-05-02T10:00:00Z", "web.archive.org")),
    (("<html></html><!--\n FILE ARCHIVED ON 10:00:00 May 02, 2031 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON 11:00 "
     "Jun 03, 2031."), Saved("", "2031-05-02T10:00:00Z", "web.archive.org")),
    ("<html><p>No mark, but it speaks of SingleFile.</p>", Saved()),
    (" " * 30_000 + f"<!-- saved from url=(0029){HERE} -->", Saved()),  # too late to be a saver's
    ("<!-- Saved from https://gazette.example at 2031-13-41T10:00:00Z using monolith -->",
     Saved("https://gazette.example")),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), MARKS)
def test_a_saved_page_says_where_and_when(page, expected):
    assert saved(page) == expected


def one(page):
    (article,) = webpage.articles(page.encode())
    return article, dict(article.notes)


def test_where_a_page_was_saved_from_counts_before_what_it_calls_itself():
    other = '<link rel="canonical" href="https://tide.example/all">'
    article, notes = one(f"<!-- saved from url=(0029){HERE} --><html><head>{other}</head>{BODY}")
    assert article.address == HERE
    assert "https://tide.example/all" in notes["address-differs"]
    same = f'<link rel="canonical" href="{HERE}/">'
    article, notes = one(f"<!-- saved from url=(0035){HERE}?a=1 --><html><head>{same}</head>{BODY}")
    assert (article.address, "address-differs" in notes) == (f"{HERE}?a=1", False)


BAR = '<div id="wm-ipp-base"><div id="wm-ipp">The archive holds 4 captures of the ships in the harbour.</div></div>'
INSERT = f"<!-- BEGIN WAYBACK TOOLBAR INSERT -->{BAR}<!-- END WAYBACK TOOLBAR INSERT -->"


@pytest.mark.parametrize("toolbar", [INSERT, BAR], ids=["with its comments", "without"])
def test_a_copy_of_a_web_archive_gives_the_original_without_the_toolbar(toolbar):
    head = f'<head><title>Ships left</title><link rel="canonical" href="{COPY}"></head>'
    article, notes = one(f"<html>{head}{BODY.replace('<body>', '<body>' + toolbar)}</html>")
    assert (article.address, article.captured) == (HERE, "2031-05-02T10:00:00Z")
    assert "web.archive.org" in notes["web-archive-copy"]
    assert "4 captures" not in article.text
    assert SAID in article.text


def test_the_words_between_the_toolbars_comments_are_left_out_of_a_page_without_main_text():
    page = f'<html><script>__wm.wombat("{HERE}","20310502100000","x")</script><body>{INSERT}<footer>Ships left</footer>'
    article, notes = one(page)
    assert article.text == "Ships left"
    assert "whole-page" in notes


def test_an_open_toolbar_hides_nothing():
    page = f"<html>{savedpage._TOOLBAR[0]}{BODY}"
    assert savedpage.without_toolbar(page) == page
