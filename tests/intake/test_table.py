import csv
import io

import pytest

from sayso.intake import Settings, take_in

TEXT = 'The council said: "Ships left",\r\n\r\n a witness; told\tthe Gazette. '


def table(*rows, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_cells_are_kept_code_point_for_code_point(delimiter):
    data = table(["Title", "Text", "Outlet", "Date"], ["Ships", TEXT, "Tide", "2 May 2031"], delimiter=delimiter)
    (report,), caveats = take_in(data, "a.csv")
    assert (report.text, report.title, report.publisher, report.published) == (TEXT, "Ships", "Tide", "2031-05-02")
    assert (report.place, caveats) == ("row 2", ())


def test_a_cell_over_the_usual_limit_is_read_and_the_limit_put_back():
    before = csv.field_size_limit()
    (report,), _ = take_in(table(["text", "source"], [TEXT * 10_000, "T"]), "a.csv")
    assert report.text == TEXT * 10_000
    assert csv.field_size_limit() == before


def test_rows_that_give_nothing_are_named():
    data = table(["text", "source"], [TEXT, "T"], ["", "T"], [], ["a", "b", "c"]) + b'"never closed,T\r\nx,T\r\n'
    reports, caveats = take_in(data, "a.csv")
    assert [r.place for r in reports] == ["row 2"]
    assert [(c.kind, place in c.message) for c, place in zip(caveats, ["row 3", "row 5", "row 6"], strict=True)] == [
        ("no-text", True),
        ("broken-table", True),
        ("broken-table", True),
    ]


def test_a_column_twice_is_said_and_the_first_with_something_counts():
    (report,), caveats = take_in(table(["text", "text", "source"], ["", TEXT, "T"]), "a.csv")
    assert report.text == TEXT
    assert [c.kind for c in caveats] == ["column-twice"]


def test_a_table_without_texts_says_what_it_has_and_how_to_name_one():
    data = table(["words", "source"], [TEXT, "T"])
    assert take_in(data, "a.csv")[0] == ()
    assert "'words', 'source'" in take_in(data, "a.csv")[1][0].message
    assert take_in(data, "a.csv", Settings((("text", "words"),)))[0][0].text == TEXT


def test_a_million_columns_are_refused_at_once():
    reports, caveats = take_in(b"text," * 1_000_000 + b"\nx", "a.csv")
    assert (reports, [c.kind for c in caveats]) == ((), ["too-large"])
