"""Judged words in running text."""

import gzip
import json

import pytest

from training import factuality

ROWS = [
    {"text": "She did n't sink it .", "targets": [{"span1": [3, 4], "label": -3.0, "span_text": "sink"}]},
    {
        "text": "`` They left , '' he may say",
        "targets": [{"span1": [2, 3], "label": 3}, {"span1": [7, 8], "label": 0.4}],
    },
]


@pytest.mark.parametrize(
    ("row", "text", "judged"),
    [
        (ROWS[0], "She didn't sink it.", [("sink", -3.0)]),
        (ROWS[1], "“They left,” he may say", [("left", 3.0), ("say", 0.4)]),
    ],
)
def test_judged_words_keep_their_place_in_running_text(row, text, judged):
    read = factuality.sentence("a", row)
    assert read.text == text
    assert [(read.text[start:end], value) for (start, end), value in read.factuality] == judged


def test_a_file_gives_a_text_for_each_line(tmp_path):
    with gzip.open(tmp_path / "SET_train.jsonl.gz", "wt") as out:
        out.write("\n".join(map(json.dumps, ROWS)))
    read = list(factuality.read(tmp_path / "SET_train.jsonl.gz"))
    assert [text.id for text in read] == ["SET_train-1", "SET_train-2"]
    assert factuality.by_tokens(tmp_path / "SET_train.jsonl.gz")["She", "did", "n't", "sink", "it", "."] == [
        (3, 4, -3.0)
    ]
    assert all(text.happenings is None and not text.spans for text in read)
