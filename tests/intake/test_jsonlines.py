import gzip
import json

from sayso.intake import Settings, take_in

TEXT = "The council said on Monday that the ships had left, two witnesses told the Gazette.\r\n\r\n Nobody was hurt. "


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def test_each_line_is_a_report_with_its_place():
    data = lines(
        {"text": TEXT, "publisher": "Tide"}, "", {"body": "Short.", "outlet": "Gazette", "pubDate": "2 May 2031"}
    )
    reports, caveats = take_in(data, "a.jsonl")
    assert [(r.text, r.publisher, r.published, r.place) for r in reports] == [
        (TEXT, "Tide", "", "line 1"),
        ("Short.", "Gazette", "2031-05-02", "line 3"),
    ]
    assert caveats == ()


def test_a_broken_line_costs_only_itself_and_is_named():
    data = lines(
        {"text": TEXT, "source": "Tide"}, '{"text": "cut', "[1]", '{"publisher": "Tide"}', {"text": "b", "source": "T"}
    )
    reports, caveats = take_in(data, "a.jsonl")
    assert [r.place for r in reports] == ["line 1", "line 5"]
    assert [(c.about, c.kind) for c in caveats] == [
        ("a.jsonl", "broken-json"),
        ("a.jsonl", "no-article"),
        ("a.jsonl", "no-text"),
    ]
    assert [f"a.jsonl, line {n}, " in c.message for n, c in zip((2, 3, 4), caveats, strict=True)] == [True] * 3


def test_many_broken_lines_are_all_named_without_a_flood():
    _, caveats = take_in(lines({"text": TEXT, "source": "T"}, *["{"] * 500), "a.jsonl")
    assert len(caveats) == 2
    assert "499 more" in caveats[-1].message
    assert "line 501" in caveats[-1].message


def test_a_line_in_another_encoding_costs_only_a_caveat():
    data = lines({"text": TEXT, "source": "T"}) + b"\n" + '{"text": "The café closed.", "source": "T"}'.encode("cp1252")
    reports, caveats = take_in(data, "a.jsonl")
    assert reports[1].text == "The café closed."
    assert [(c.about, c.kind) for c in caveats] == [(reports[1].id, "encoding-guessed")]


def test_an_array_an_object_and_a_wrapped_array_are_read_too():
    row = {"content": TEXT, "source": {"id": None, "name": "Tide"}, "author": "Ada Mirel", "url": "https://t.example/a"}
    for whole, place in [([row], "item 1"), (row, ""), ({"status": "ok", "articles": [row]}, "item 1")]:
        ((report,), caveats) = take_in(json.dumps(whole, indent=2).encode(), "a.json")
        assert (report.text, report.publisher, report.authors, report.place) == (TEXT, "Tide", ("Ada Mirel",), place)
        assert caveats == ()


def test_depth_costs_only_its_line():
    data = b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + lines({"text": TEXT, "source": "T"})
    reports, caveats = take_in(data, "a.jsonl")
    assert len(reports) == 1
    assert "line 1" in caveats[0].message
    assert "nested" in caveats[0].message


def test_half_characters_and_zeros_stay_in_the_text_and_are_said():
    reports, caveats = take_in(b'{"text":"a \\ud800 b \\u0000 c","source":"T\\udc00"}', "a.jsonl")
    assert reports[0].text == "a \ud800 b \0 c"
    assert reports[0].publisher == "T\ufffd"
    assert {c.kind for c in caveats} == {"half-characters", "zero-characters"}


def test_a_choice_between_texts_is_said_and_can_be_made():
    row = {"content": "a b", "content_original": "a, b", "source": "T"}
    reports, caveats = take_in(lines(row, row | {"content_original": "c"}), "a.jsonl")
    assert [r.text for r in reports] == ["a, b", "c"]
    assert [c.kind for c in caveats] == ["field-chosen"]
    reports, caveats = take_in(lines(row), "a.jsonl", Settings((("text", "content"),)))
    assert (reports[0].text, caveats) == ("a b", ())


def test_the_same_report_twice_is_one_and_another_outlet_is_another():
    row = {"text": TEXT, "source": "Tide"}
    reports, caveats = take_in(lines(row, row, row | {"source": "Gazette"}), "a.jsonl")
    assert [r.publisher for r in reports] == ["Tide", "Gazette"]
    assert reports[0].sha256 == reports[1].sha256
    assert [(c.about, c.kind) for c in caveats] == [(reports[0].id, "same-report")]


def test_utf16_and_gzip_and_no_suffix_are_read():
    data = lines({"text": TEXT, "source": "T"})
    for name, form in [
        ("a.jsonl.gz", gzip.compress(data, mtime=0)),
        ("a.jsonl", data.decode().encode("utf-16")),
        ("a", data),
        ("-", gzip.compress(data, mtime=0)),
    ]:
        assert take_in(form, name)[0][0].text == TEXT
