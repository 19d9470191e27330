import csv
import json

import pytest

from evals import counts

REPORTS = [
    {"ID": "b", "content_original": "Two people were killed. Three cars burned."},
    {"ID": "a", "content_original": "Forty people were hurt and two are missing."},
    {"ID": "c", "content_original": "Nine people drowned."},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "chains").mkdir()
    lines = "\n".join(json.dumps(one) for one in REPORTS)
    (tmp_path / "events" / "one.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "chains" / "dev.jsonl").write_text('{"id": "c"}', encoding="utf-8")
    return tmp_path


def _reports(folder):
    return counts.texts(folder / "events", folder / "chains" / "dev.jsonl")


def test_reports_of_development_are_left_out(folder):
    assert list(_reports(folder)) == ["a", "b"]


def test_the_draw_is_the_same_for_the_same_seed_and_holds_no_count_twice(folder):
    drawn = counts.draw(_reports(folder), 5, 3)
    assert drawn == counts.draw(_reports(folder), 5, 3)
    assert len({(row["report"], row["start"]) for row in drawn}) == 3
    assert [row["as_written"] for row in counts.draw(_reports(folder), 1, 100)] == ["Forty", "two", "Two", "Three"]
    assert all(row["as_written"] in row["sentence"] for row in drawn)


def _judged(folder, verdicts):
    table = folder / "judged.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, counts.COLUMNS)
        writer.writeheader()
        for row, verdict in zip(counts.draw(_reports(folder), 1, 100), verdicts, strict=True):
            writer.writerow(row | {"verdict": verdict})
    return table


def test_judgements_are_added_up(folder):
    result = counts.add_up(_reports(folder), _judged(folder, ["right", "wrong", "right", "right"]))
    assert (result["judged"], result["right"], result["share"], result["not_found_so"]) == (4, 3, 0.75, 0)


def test_a_count_that_is_no_longer_found_so_is_told(folder):
    table = _judged(folder, ["right"] * 4)
    table.write_text(table.read_text(encoding="utf-8").replace(",Forty,", ",Fifty,"), encoding="utf-8")
    assert counts.add_up(_reports(folder), table)["not_found_so"] == 1


def test_a_line_without_a_verdict_is_named(folder, capsys):
    with pytest.raises(SystemExit):
        counts.add_up(_reports(folder), _judged(folder, ["right", "", "right", "right"]))
    assert "line 3: write right or wrong" in capsys.readouterr().err


def test_a_folder_without_reports_is_named(folder, capsys):
    with pytest.raises(SystemExit):
        counts.texts(folder / "chains" / "nothing", folder / "chains" / "dev.jsonl")
    assert "no reports in it" in capsys.readouterr().err
