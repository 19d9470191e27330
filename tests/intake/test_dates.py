import pytest

from sayso.intake.dates import understand

UNDERSTOOD = [
    ("2031-05-02", "2031-05-02"),
    ("2031-05", "2031-05"),
    ("2031", "2031"),
    ("20310502", "2031-05-02"),
    ("20310502T101500Z", "2031-05-02T10:15:00Z"),
    ("2031-05-02T10:00:00Z", "2031-05-02T10:00:00Z"),
    ("2031-05-02 10:00:00.123 UTC", "2031-05-02T10:00:00Z"),
    ("2031-05-02 10:00:00 +0300", "2031-05-02T10:00:00+03:00"),
    ("2031/5/2", "2031-05-02"),
    ("December 27-2013", "2013-12-27"),
    ("27 December 2013", "2013-12-27"),
    ("Dec. 27, 2013", "2013-12-27"),
    ("Friday, 27th of Dec 2013", "2013-12-27"),
    ("May 2nd, 2031 at 3:15 PM EST", "2031-05-02"),
    ("Fri, 02 May 2031 10:00:00 +0300", "2031-05-02T10:00:00+03:00"),
    ("May 2031", "2031-05"),
    ("13/04/2031", "2031-04-13"),
    ("4/13/2031", "2031-04-13"),
    ("05/05/2031", "2031-05-05"),
    ("1399024800", "2014-05-02T10:00:00Z"),
    ("1399024800000", "2014-05-02T10:00:00Z"),
    ("  2 \n May 2031 ", "2031-05-02"),
]
KEPT = [
    ("03/04/2031", "published-ambiguous"),
    ("3.4.2031", "published-ambiguous"),
    ("3/4/31", "published-ambiguous"),
    ("30/02/2031", "published-not-understood"),
    ("2031-02-30", "published-not-understood"),
    ("2 mai 2031", "published-not-understood"),
    ("yesterday", "published-not-understood"),
    ("2031-05-02" * 20, "published-not-understood"),
]


@pytest.mark.parametrize(("written", "expected"), UNDERSTOOD)
def test_a_date_that_means_one_thing_becomes_iso(written, expected):
    assert understand(written) == (expected, "")


@pytest.mark.parametrize(("written", "kind"), KEPT)
def test_another_date_stays_as_written_and_says_why(written, kind):
    assert understand(written) == (written, kind)


def test_an_iso_date_stays_the_same_when_understood_again():
    assert all(understand(expected).value == expected for _, expected in UNDERSTOOD)
