import os
from pathlib import Path

import pytest

from sayso import intake
from sayso.intake import find, load


def put(folder, name, text="Ships left."):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(paths):
    found, caveats = find(paths)
    return [one.name for one in found], [(c.about, c.message) for c in caveats]


def test_a_folder_means_all_files_below_it_sorted_and_not_the_hidden_ones(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/x.txt", "B.txt"]:
        put(tmp_path, name)
    for name in [".DS_Store", "__MACOSX/x.txt", "a/Thumbs.db", "a/._b.txt"]:
        put(tmp_path, name)
    found, told = names([tmp_path])
    assert found == ["B.txt", "a/b/c.txt", "a/z.txt", "b.txt"]
    shown = "holds hidden files, which were passed over: .git, .hidden. To read one, name it."
    assert told == [(tmp_path.name, f"{tmp_path.name} {shown}")]


def test_files_and_patterns_and_standard_input_keep_their_order(tmp_path):
    for name in ["a.txt", "b.txt", "sub/c.txt"]:
        put(tmp_path, name)
    assert names([tmp_path / "b.txt", "-", str(tmp_path / "*.txt")])[0] == ["b.txt", "-", "a.txt"]
    assert names([str(tmp_path / "**" / "c.txt")])[0] == ["c.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path):
    put(tmp_path, "a[1].txt")
    assert names([tmp_path / "a[1].txt"]) == (["a[1].txt"], [])


def test_a_file_met_twice_is_found_once(tmp_path):
    put(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert names([tmp_path, tmp_path / "a.txt", str(tmp_path / "*")])[0] == ["a.txt"]


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for name in ["x/r/a.txt", "y/r/a.txt", "y/r/b.txt"]:
        put(tmp_path, name)
    assert names([tmp_path / "x/r", tmp_path / "y/r"])[0] == ["x/r/a.txt", "y/r/a.txt", "b.txt"]


def test_names_that_are_no_utf8_are_shown_and_told_apart(tmp_path):
    for name in [b"a\xff.txt", b"a\xfe.txt"]:
        (tmp_path / os.fsdecode(name)).write_text("x")
    found, caveats = find([tmp_path])
    assert sorted(one.name for one in found) == [r"a\xfe.txt", r"a\xff.txt"]
    assert [load(one) for one in found] == [b"x", b"x"]
    assert caveats == ()


def test_a_link_out_of_the_folder_is_followed_only_where_it_is_named(tmp_path):
    put(tmp_path, "elsewhere.txt")
    put(tmp_path, "in/a.txt")
    (tmp_path / "in" / "b.txt").symlink_to("../elsewhere.txt")
    (tmp_path / "in" / "c.txt").symlink_to("a.txt")
    found, caveats = names([tmp_path / "in"])
    assert found == ["a.txt"]
    assert [(about, "outside the folder" in message) for about, message in caveats] == [("b.txt", True)]
    assert names([tmp_path / "in" / "b.txt"]) == (["b.txt"], [])
    assert names([str(tmp_path / "in" / "b*")]) == (["b.txt"], [])


def test_folders_nested_without_end_cost_only_themselves(tmp_path, monkeypatch):
    put(tmp_path, "a.txt")
    put(tmp_path, "d/" * 100 + "b.txt")
    monkeypatch.chdir(tmp_path / ("d/" * 100))
    for _ in range(1200):  # one by one: the whole path would be too long
        Path("d").mkdir()
        os.chdir("d")
    try:
        folder, pattern = names([tmp_path]), names([str(tmp_path / "**" / "*.txt")])
    finally:
        for _ in range(1200):  # what clears up after tests cannot
            os.chdir("..")
            Path("d").rmdir()
    assert folder[0] == ["a.txt", "d/" * 100 + "b.txt"]
    assert [(about, "folders deep" in message) for about, message in folder[1]] == [("d/" * 100 + "d", True)]
    assert "folders deep" in pattern[1][0][1]


def test_signs_unseen_in_names_show_as_their_numbers(tmp_path):
    for name in ["a\nb.txt", "\u202ec.txt", "\x1b[2Jd.txt", "Émile \u0645\u06cc\u200c\u062e.txt"]:
        put(tmp_path, name)
    assert sorted(names([tmp_path])[0]) == [
        r"\u202ec.txt",
        r"\x1b[2Jd.txt",
        r"a\nb.txt",
        "Émile \u0645\u06cc\u200c\u062e.txt",
    ]


def test_what_cannot_be_read_is_named_and_the_rest_found(tmp_path, monkeypatch):
    put(tmp_path, "a.txt")
    put(tmp_path, "locked.txt")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked.txt")
    found, caveats = names([tmp_path, tmp_path / "missing.txt", str(tmp_path / "*.pdf"), "nul\0.txt"])
    assert found == ["a.txt"]
    assert [about for about, _ in caveats] == [
        "gone",
        "locked.txt",
        "loop",
        "pipe",
        "missing.txt",
        str(tmp_path / "*.pdf"),
        r"nul\x00.txt",
    ]
    assert all(message.startswith(about) for about, message in caveats)


def test_no_reports_at_all_is_said(tmp_path):
    assert names([tmp_path])[0] == []
    assert "folder without files" in names([tmp_path])[1][0][1]


def test_load_gives_bytes_or_the_reason(tmp_path):
    path = put(tmp_path, "a.txt", "x")
    (found,), _ = find([path])
    assert load(found) == b"x"
    path.unlink()
    assert load(found).kind == "not-read"


LISTS = [
    "file,publisher,published,url\na.txt,Tide,2031-05-02,https://t.example/a\nsub/b.txt,Gazette,3 May 2031,\n",
    "\ufeffFilename;Outlet;Date;Link\na.txt;Tide;2031-05-02;https://t.example/a\nsub\\b.txt;Gazette;3 May 2031;\n",
]


@pytest.mark.parametrize("rows", LISTS)
def test_a_list_speaks_of_the_files_beside_and_below_it(tmp_path, rows):
    put(tmp_path, "reports.csv", rows)
    put(tmp_path, "a.txt", "Ships left the harbour.")
    put(tmp_path, "sub/b.txt", "Ships came back.")
    found, caveats = find([tmp_path])
    assert [(f.name, f.publisher, f.published, f.address) for f in found] == [
        ("a.txt", "Tide", "2031-05-02", "https://t.example/a"),
        ("sub/b.txt", "Gazette", "3 May 2031", ""),
    ]
    assert caveats == ()
    taken = [reports[0] for _, reports, _ in intake.take_in_safely((one, load(one)) for one in found)]
    assert [(r.publisher, r.published) for r in taken] == [("Tide", "2031-05-02"), ("Gazette", "2031-05-03")]


def test_a_list_is_used_for_files_named_one_by_one(tmp_path):
    put(tmp_path, "reports.csv", LISTS[0])
    assert find([put(tmp_path, "a.txt")])[0][0].publisher == "Tide"


def test_what_is_wrong_with_a_list_is_said(tmp_path):
    put(tmp_path, "reports.csv", "file,publisher\na.txt,Tide\na.txt,Gazette\nmissing.txt,Tide\n")
    put(tmp_path, "a.txt")
    found, caveats = find([tmp_path])
    assert [(f.name, f.publisher) for f in found] == [("a.txt", "Tide")]
    assert [c.kind for c in caveats] == ["list", "list"]
    assert "two things" in caveats[0].message
    assert "'missing.txt'" in caveats[1].message


def test_a_list_of_too_much_is_told_in_a_few_words(tmp_path):
    put(tmp_path, "a.txt")
    put(tmp_path, "reports.csv", "file\n" + "".join(f"{number}.txt\n" for number in range(1000)))
    found, caveats = names([tmp_path])
    assert (found, len(caveats)) == (["a.txt"], 21)
    assert "980 more" in caveats[-1][1]
    put(tmp_path, "reports.csv", "file\n" + "a.txt\n" * 100_001)
    assert [message.count("more than 100,000 rows") for _, message in names([tmp_path])[1]] == [1]


def test_a_list_with_texts_is_a_table_of_reports(tmp_path):
    put(tmp_path, "reports.csv", "text,publisher\nShips left.,Tide\n")
    assert names([tmp_path]) == (["reports.csv"], [])


def test_a_list_that_cannot_be_used_is_no_report_and_is_said(tmp_path):
    put(tmp_path, "a.txt")
    put(tmp_path, "reports.csv", "publisher,date\nTide,2031\n")
    found, caveats = names([tmp_path])
    assert found == ["a.txt"]
    assert "no column 'file'" in caveats[0][1]
