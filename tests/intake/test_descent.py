from dataclasses import replace

from sayso.intake import descent
from sayso.intake.descent import descend, placed, within
from sayso.intake.records import Member
from sayso.model import Caveat, Report

REPORT = Report("r", "The ships left.", "s", "f", "top")


def opener(tree):
    """Open a made tree: each name gives the names of its members; a name without members is a report of its own."""
    asked = []

    def open_level(member, depth):
        asked.append((member.place, depth))
        inside = tree.get(member.name)
        if inside is None:
            yield replace(REPORT, id=member.name, place=member.place), (("note", member.name),)
        for name in inside or ():
            yield Member(b"1234", name, within(member.place, name))

    return open_level, asked


def take(tree, name="top"):
    open_level, asked = opener(tree)
    return *descend(Member(b"x", name, ""), name, open_level), asked


def test_members_are_taken_in_at_their_place_and_in_order():
    reports, caveats, asked = take({"top": ["a", "box"], "box": ["b", "c"]})
    assert [(one.id, one.place) for one in reports] == [("a", "a"), ("b", "box > b"), ("c", "box > c")]
    assert caveats == tuple(Caveat(name, "note", name) for name in "abc")
    assert asked == [("", 0), ("a", 1), ("box", 1), ("box > b", 2), ("box > c", 2)]


def test_what_lies_too_deep_is_named_and_the_rest_read():
    reports, caveats, _ = take({"top": ["1", "a"], "1": ["2"], "2": ["3"], "3": ["4"]})
    assert [one.id for one in reports] == ["a"]
    assert [(c.about, c.kind) for c in caveats] == [("top", "too-deep"), ("a", "note")]
    assert "1 > 2 > 3 > 4, lies 4 files deep" in caveats[0].message


def test_a_file_with_too_many_members_is_read_up_to_the_bound(monkeypatch):
    monkeypatch.setattr(descent, "MOST_MEMBERS", 5)
    reports, caveats, _ = take({"top": [str(n) for n in range(9)]})
    assert len(reports) == 5
    assert caveats[-1].kind == "too-large"
    assert "4 more files in it were not opened" in caveats[-1].message


def test_a_file_that_unpacks_to_too_much_is_read_up_to_the_bound(monkeypatch):
    monkeypatch.setattr(descent, "MOST_BYTES", 9)
    reports, caveats, _ = take({"top": ["a", "b", "c", "d"]})
    assert len(reports) == 2
    assert "2 more files" in caveats[-1].message


def test_a_member_that_comes_twice_is_one_report():
    reports, caveats, _ = take({"top": ["a", "box"], "box": ["a"]})
    assert [one.place for one in reports] == ["a"]
    assert caveats[-1] == Caveat("a", "same-report", "box > a of top is the same report as a; it was taken once.")


def test_a_file_that_gives_nothing_at_all_is_empty():
    assert take({"top": []})[:2] == ((), (Caveat("top", "empty", "top is empty."),))


def test_what_is_said_of_an_archive_holds_for_what_is_in_it():
    outer = Member(b"", "a.zip", "a.zip", publisher="North Gazette", published="2031-05-02")
    inner = placed(Member(b"", "b.txt", "b.txt", published="2031-05-03"), outer)
    assert (inner.place, inner.publisher, inner.published) == ("a.zip > b.txt", "North Gazette", "2031-05-03")
