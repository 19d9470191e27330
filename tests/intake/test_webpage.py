import pytest

from sayso.intake import Settings, take_in

SAID = "The council said on Monday that the ships had left the harbour. “Nobody was hurt,” said the mayor’s office."
MORE = "A witness told the Gazette that two of the ships had been burning when they passed the breakwater."
PAGE = f"""<!doctype html><html><head><title>Ships left | North Gazette</title>
<meta property="og:site_name" content="North Gazette"><meta name="author" content="Ada Mirel">
<meta property="article:published_time" content="2031-05-02T10:00:00Z">
<link rel="canonical" href="https://gazette.example/ships"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ships left</h1><p>{SAID}</p><p>{MORE}</p><p>{SAID}</p></article><footer>Menu</footer></body></html>"""


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


HOSTILE = [
    "<html><body><p>Start.</p>" + "<div>" * 200_000 + f"<p>{SAID}</p>",
    "<html><body><p " + " ".join(f"a{n}='1>'" for n in range(200_000)) + f">Start.</p><p>{SAID}</p>",
]


@pytest.mark.parametrize("page", HOSTILE, ids=["200,000 nested tags", "200,000 attributes"])
def test_a_page_too_strange_for_the_parser_loses_no_words(page):
    report, caveats = one(page)
    assert report.text == f"Start.\n\n{SAID}"
    assert "whole-page" in caveats


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><script>draw('ships')</script></html>"])
def test_a_page_without_words_is_a_failure_with_a_reason(page):
    reports, caveats = take_in(page.encode(), "a.html")
    assert reports == ()
    assert caveats[0].kind == "empty"


def test_an_address_alone_is_not_fetched():
    reports, _ = take_in(b"http://127.0.0.1:9/ships", "a.html")
    assert [r.text for r in reports] == ["http://127.0.0.1:9/ships"]
