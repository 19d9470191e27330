import time

import pytest

from sayso.intake import Settings, take_in, webpage
from sayso.intake.webpage.words import all_words

SAID = "The council said on Monday that the ships had left the harbour. “Nobody was hurt,” said the mayor’s office."
MORE = "A witness told the Gazette that two of the ships had been burning when they passed the breakwater."
PAGE = f"""<!doctype html><html><head><title>Ships left | North Gazette</title>
<meta property="og:site_name" content="North Gazette"><meta name="author" content="Ada Mirel">
<meta property="article:published_time" content="2031-05-02T10:00:00Z">
<link rel="canonical" href="https://gazette.example/ships"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ships left</h1><p>{SAID}</p><p>{MORE}</p><p>{SAID}</p></article><footer>Menu</footer></body></html>"""

PAGE_SAYS = ("Ships left", "North Gazette", "https://gazette.example/ships")


def one(page, name="a.html", settings=None):
    (report,), caveats = take_in(page.encode() if isinstance(page, str) else page, name, settings)
    return report, {caveat.kind: caveat for caveat in caveats}


def test_main_text_and_metadata_are_found():
    report, caveats = one(PAGE)
    assert report.text.split("\n\n")[-3:] == [SAID, MORE, SAID]
    assert "World" not in report.text
    assert (report.title, report.publisher, report.authors) == ("Ships left", "North Gazette", ("Ada Mirel",))
    assert (report.published, report.address) == ("2031-05-02T10:00:00Z", "https://gazette.example/ships")
    assert caveats == {}


@pytest.mark.parametrize("name", ["a", "a.page", "-"])
def test_a_page_without_its_suffix_is_known(name):
    assert one(PAGE, name)[0].publisher == "North Gazette"


def test_what_is_guessed_is_said_and_gives_way_to_what_the_user_says():
    page = PAGE.replace('<meta property="og:site_name" content="North Gazette">', "").replace(
        "gazette.example", "g.example"
    )
    report, caveats = one(page)
    assert report.publisher
    assert "publisher-proposed" in caveats
    report, caveats = one(page, settings=Settings(publisher="Tide"))
    assert report.publisher == "Tide"
    assert "publisher-proposed" not in caveats


def test_the_same_page_gives_the_same_report():
    assert one(PAGE)[0] == one(PAGE)[0]


def test_a_declared_encoding_is_used():
    page = f'<html><head><meta charset="windows-1252"></head><body><article><p>{SAID}</p><p>{MORE}</p></article>'
    assert "“Nobody was hurt,”" in one(page.encode("cp1252"))[0].text


def test_a_page_without_a_main_text_gives_all_its_words_and_says_so():
    report, caveats = one("<html><body><footer><b>Ships</b> left<script>x='no'</script></footer></body></html>")
    assert report.text == "Ships left"
    assert "No main text was found" in caveats["whole-page"].message


def test_an_open_head_swallows_no_words():
    report, caveats = one("<html><head><title>x</title><style>p {}</style><body><footer>Ships left")
    assert report.text == "Ships left"
    assert "whole-page" in caveats


MB = 1 << 20
LONG = 400_000
"""Characters. The standard library's parser hung on 2 MB of most of these."""
START = "<html><body><p>Start.</p>"
STRANGE = {
    "200,000 nested tags": START + "<div>" * 200_000 + f"<p>{SAID}</p>",
    "200,000 attributes": START + "<p " + " ".join(f"a{n}='1>'" for n in range(200_000)) + f">{SAID}</p>",
    "1,000 tags of 900 attributes": START + ("<p " + "a=1 " * 900 + ">") * 1000 + f"{SAID}</p>",
    "100,000 prefixes": START + "".join(f"<a{n}:b xmlns:a{n}='u'>" for n in range(100_000)) + f"<p>{SAID}</p>",
    "20 MB of white space": START + "<p> \n</p>" * (2 * MB // 9) + " " * 18 * MB + f"<p>{SAID}</p>",
}
OPEN = ["<!--", "<![CDATA[", "<a ", '<a b="', "</a ", "<p =", "<script>", "<!-- x --!>", "&", "&#1", "<svg>", "<title>"]


def spent(page):
    """The article of a page and the seconds of processor that it took."""
    begun = time.process_time()
    (article,) = webpage.articles(page.encode())
    return article, time.process_time() - begun


@pytest.mark.parametrize("page", STRANGE.values(), ids=STRANGE)
def test_a_page_too_strange_for_the_parser_loses_no_words(page):
    article, seconds = spent(page)
    assert article.text == f"Start.\n\n{SAID}"
    assert "whole-page" in dict(article.notes)
    assert seconds < 3


@pytest.mark.parametrize("piece", OPEN)
def test_what_is_opened_again_and_again_does_not_hang(piece):
    article, seconds = spent(f"{START}<p>{SAID}</p>" + piece * (LONG // len(piece)))
    assert SAID in article.text
    assert seconds < 3


def test_a_large_page_gives_all_its_words_and_what_its_head_says():
    page = PAGE.replace("<footer>", f"<p>{MORE}</p>" * 30_000 + "<footer>")
    article, seconds = spent(page)
    assert article.text.count(MORE) == 30_001
    assert (article.title, article.publisher, article.address) == PAGE_SAYS
    assert seconds < 3


def test_a_page_of_more_tags_than_any_report_has_is_refused():
    reports, caveats = take_in(("<html>" + "<br>" * 1_000_001).encode(), "a.html")
    assert (reports, caveats[0].kind) == ((), "too-large")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a; is left</p>", "]>\n\n&a; is left"),
        ("<p>a\u202eb &#xD800;c &#0; &#99999999999999;d</p>", "a\u202eb \ufffdc \ufffd \ufffdd"),
        ("<p title='<!-- > </p>'>kept</p><!-->shown<!-- gone > --!>too", "kept\n\nshowntoo"),
        ("<p>1 < 2 <3</p></ gone ><? gone ?>left</P >", "1 < 2 <3\n\nleft"),
        ("<script>if (a<b) '</p>'</script >left<style></style><SCRIPT>open", "left"),
        ("<svg><title>no</title><text>no</text></svg>left<svg><p>right</p>", "left\n\nright"),
    ],
)
def test_words_are_what_a_browser_shows(page, words):
    assert all_words(page).text == words


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><script>draw('ships')</script></html>"])
def test_a_page_without_words_is_a_failure_with_a_reason(page):
    reports, caveats = take_in(page.encode(), "a.html")
    assert reports == ()
    assert caveats[0].kind == "empty"


def test_an_address_alone_is_not_fetched():
    reports, _ = take_in(b"http://127.0.0.1:9/ships", "a.html")
    assert [r.text for r in reports] == ["http://127.0.0.1:9/ships"]
