import pytest

from sayso.intake import Settings, take_in
from sayso.intake.plain import find_header

BODY = "The council said on Monday that the ships had left the harbour.\r\n\r\n  Nobody was hurt, it said. \n"
HEADERS = [
    ("Publisher: North Gazette\nDate: May 2, 2031\n\n", {"Publisher": "North Gazette", "Date": "May 2, 2031"}),
    (
        "title: Ships left\r\nURL: https://tide.example/a\r\n\r\n",
        {"title": "Ships left", "URL": "https://tide.example/a"},
    ),
    ('---\ntitle: "Ships left"\ntags: x\n---\n\n', {"title": "Ships left"}),
    ("---\npublisher: Tide\n---\n", {"publisher": "Tide"}),
]
NO_HEADERS = [
    "The mayor: a life\n\nBody",
    "Title: Ships left\nand then some text\n\nBody",
    "Publisher: Tide\nMood: sour\n\nBody",
    "Publisher: Tide\nBody right after",
    "\nPublisher: Tide\n\nBody",
    "Text: of things\n\nBody",
    "---\n\nA rule above.\n\n---\n",
    "",
]


def one(data, name="a.txt", settings=None):
    (report,), caveats = take_in(data.encode() if isinstance(data, str) else data, name, settings)
    return report, {caveat.kind: caveat for caveat in caveats}


@pytest.mark.parametrize(("header", "rows"), HEADERS)
def test_a_header_is_found_and_is_no_part_of_the_text(header, rows):
    assert find_header(header + BODY) == (rows, len(header))
    assert one(header + BODY)[0].text == BODY


@pytest.mark.parametrize("start", NO_HEADERS)
def test_ordinary_text_is_not_taken_for_a_header(start):
    assert find_header(start) == ({}, 0)


def test_a_header_fills_the_report():
    header = "Publisher: Tide\nPublished: 2 May 2031\nTitle: Ships left\nAuthors: Ada Mirel and Tom Oru\n"
    header += "Url: https://t.example/a\n\n"
    report, caveats = one(header + BODY)
    assert (report.publisher, report.published, report.title) == ("Tide", "2031-05-02", "Ships left")
    assert (report.authors, report.address) == (("Ada Mirel", "Tom Oru"), "https://t.example/a")
    assert caveats == {}


def test_a_header_without_a_text_is_a_failure():
    assert take_in(b"Publisher: Tide\n\n", "a.txt")[0] == ()
    assert take_in(b"Publisher: Tide\n\n", "a.txt")[1][0].kind == "empty"


def test_a_report_names_itself_before_the_settings_do():
    settings = Settings(publisher="Wire", published="3 May 2031", address="https://w.example")
    report, _ = one("Publisher: Tide\n\n" + BODY, settings=settings)
    assert (report.publisher, report.published, report.address) == ("Tide", "2031-05-03", "https://w.example")


def test_a_mark_at_the_start_is_no_text():
    assert one(("\ufeff" + BODY).encode())[0].text == BODY


def test_publisher_and_date_are_proposed_and_said():
    text = f"Site icon North Gazette\n\nShips left\n\nDecember 27-2031\n\n{BODY}\n\nExit mobile version"
    report, caveats = one(text)
    assert (report.text, report.publisher, report.published) == (text, "North Gazette", "2031-12-27")
    assert "1st line" in caveats["publisher-proposed"].message
    assert "3rd line" in caveats["published-proposed"].message
    assert caveats["publisher-proposed"].about == report.id


PUBLISHERS = [
    ("(C) 2031 North Gazette", "North Gazette"),
    ("© North Gazette", "North Gazette"),
    ("Copyright 2029-2031 The Tide Ltd. All rights reserved.", "The Tide Ltd"),
    ("The post Ships left appeared first on North Gazette.", "North Gazette"),
    ("Published in The Tide", "The Tide"),
    ("Source: Harbour Wire", "Harbour Wire"),
    ("Copyright law is hard to read", ""),
    ("(c) the third clause", ""),
    ("Sources: two officers", ""),
]


@pytest.mark.parametrize(("line", "expected"), PUBLISHERS)
def test_the_last_lines_may_name_the_publisher(line, expected):
    report, caveats = one(f"{BODY}\n\n{line}\n")
    assert report.publisher == expected
    assert ("publisher-proposed" if expected else "publisher-not-recorded") in caveats


DATES = [
    ("Published on 2 May 2031", "2031-05-02"),
    ("Date: 2031-05-02", "2031-05-02"),
    ("2031", ""),
    ("In May 2031", ""),
    ("13992480", ""),
    ("03/04/2031", ""),
]


@pytest.mark.parametrize(("line", "expected"), DATES)
def test_the_first_lines_may_give_the_date(line, expected):
    assert one(f"Ships left\n\n{line}\n\n{BODY}")[0].published == expected


def test_the_host_of_an_address_is_proposed_as_publisher():
    report, caveats = one(BODY, settings=Settings(address="https://www.tide.example/a"))
    assert report.publisher == "tide.example"
    assert "address" in caveats["publisher-proposed"].message


def test_an_ambiguous_date_is_kept_and_said():
    report, caveats = one("Published: 03/04/2031\n\n" + BODY)
    assert report.published == "03/04/2031"
    assert "two dates" in caveats["published-ambiguous"].message


def test_tags_in_a_text_are_kept_and_said():
    report, caveats = one("<p>One.</p><p>Two.</p><p>Three.</p>")
    assert report.text.startswith("<p>")
    assert "text-holds-markup" in caveats
