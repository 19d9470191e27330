import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.kit import digest, identify_report
from sayso.lineage import compare, same_address, versions
from sayso.model import Report

ADDRESS = "https://gazette.example/fire"
OLD = "The fire began at noon. Two people were hurt. The mayor said that nobody was to blame."
NEW = "The fire began at noon. Three people were hurt. The mayor said that nobody was to blame. She left the town."


def report(text, *, captured="", address=ADDRESS, published="2031-05-02"):
    name = identify_report(text, publisher="G", published=published, address=address)
    return Report(name, text, digest(text), "f", "n", published=published, address=address, captured=captured)


def words(text, spans):
    return [text[start:end] for start, end in spans]


def test_what_changed_between_two_versions_is_told():
    old, new = report(OLD, captured="2031-05-02T10:00:00Z"), report(NEW, captured="2031-05-03T10:00:00Z")
    (version,) = compare([new, old])
    assert (version.earlier, version.later, version.dated) == (old.id, new.id, True)
    assert words(OLD, version.removed) == ["Two"]
    assert words(NEW, version.added) == ["Three", "She left the town."]


SAME = [
    ("https://www.gazette.example/fire/", True),
    ("http://Gazette.example/fire?utm_source=mail&utm_medium=x#top", True),
    ("https://gazette.example/fire?page=2", False),
    ("https://gazette.example/Fire", False),
    ("https://herald.example/fire", False),
]


@pytest.mark.parametrize(("address", "same"), SAME)
def test_addresses_are_the_same_however_they_are_written(address, same):
    assert (same_address(address) == same_address(ADDRESS)) == same
    assert bool(compare([report(OLD), report(NEW, address=address)])) == same


def test_three_versions_are_compared_one_after_the_other():
    texts = [OLD, NEW, OLD + " Rain fell."]
    reports = [report(text, captured=f"2031-05-0{day}T10:00:00Z") for day, text in enumerate(texts, 1)]
    found = compare(reversed(reports))
    assert [(one.earlier, one.later) for one in found] == [
        (reports[0].id, reports[1].id),
        (reports[1].id, reports[2].id),
    ]


def test_the_same_text_twice_is_no_version_and_without_an_address_nothing_is_compared():
    assert compare([report(OLD), report(OLD, published="2031-05-03")]) == ()
    assert compare([report(OLD, address=""), report(NEW, address="")]) == ()


def test_without_times_the_order_is_not_known():
    (version,) = compare([report(OLD, published=""), report(NEW, published="")])
    assert not version.dated
    (version,) = compare([report(OLD, published="2031-05-01"), report(NEW)])
    assert version.dated


def test_sentences_with_little_in_common_are_shown_whole():
    old = report("It began at noon. A rescue worker told the Wire that the pumps had been off.", captured="1")
    new = report("It began at noon. Nine men of the second shift are missing since then.", captured="2")
    (version,) = compare([old, new])
    assert words(old.text, version.removed) == ["A rescue worker told the Wire that the pumps had been off."]
    assert words(new.text, version.added) == ["Nine men of the second shift are missing since then."]


def test_very_long_texts_are_compared_roughly(monkeypatch):
    monkeypatch.setattr(versions, "MOST_SENTENCES", 3)
    (version,) = compare([report(OLD, captured="1"), report(NEW, captured="2")])
    assert OLD[version.removed[0].start] == "w"  # T|wo, T|hree
    assert words(NEW, version.added)[0].endswith("She left the town")


@settings(deadline=None)
@given(st.text("ab. \n", max_size=60), st.text("ab. \n", max_size=60))
def test_what_is_left_without_the_changes_is_the_same_on_both_sides(old, new):
    for version in compare([report(old or "x", captured="1"), report(new or "x", captured="2")]):
        left = []
        for text, spans in ((old or "x", version.removed), (new or "x", version.added)):
            kept, at = "", 0
            for start, end in spans:
                assert at <= start < end <= len(text)
                kept, at = kept + text[at:start], end
            left.append("".join((kept + text[at:]).split()))
        assert left[0] == left[1]
