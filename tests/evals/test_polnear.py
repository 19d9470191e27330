import gzip
import json
from itertools import pairwise

import pytest

from evals import polnear
from evals.polnear import gold_spans, join, predicted_spans, score
from sayso.model import Attribution, Span

JOINED = [
    ("Mira Tolan said : `` We did n't , '' twice .", "Mira Tolan said: “We didn't,” twice."),
    ("It 's the miners ' road -LRB- closed -RRB- , 5 % of $ 40 .", "It's the miners' road (closed), 5% of $40."),
    ("`` He said ` go ' . ''", "“He said ‘go’.”"),
    ("They can not leave ; we 're gon na wait !", "They cannot leave; we're gonna wait!"),
    ("He told me , '' We wait . ''", "He told me, “We wait.”"),
    ("We wait . '' `` For whom ? ''", "We wait.” “For whom?”"),
    ("It was -- they say -- over ... perhaps", "It was -- they say -- over ... perhaps"),
    ("She moved to Tolan St. .", "She moved to Tolan St."),
    ("-LSB- The -RSB- road", "[The] road"),
]


@pytest.mark.parametrize(("tokens", "text"), JOINED)
def test_tokens_are_joined_as_they_were_written(tokens, text):
    joined, spans = join(tokens.split())
    assert joined.replace("’", "'") == text.replace("’", "'")
    assert len(spans) == len(tokens.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize(("tokens", "text"), JOINED)
def test_each_token_stands_where_its_span_says(tokens, text):
    joined, spans = join(tokens.split())
    for token, span in zip(tokens.split(), spans, strict=True):
        if token.isalnum():
            assert joined[span.start : span.end] == token
    assert joined.replace(" ", "") == "".join(joined[s.start : s.end] for s in spans)


def test_gold_spans_are_half_open_and_touching_ones_stay_apart():
    labels = ["B-source", "I-source", "B-cue", "B-content", "I-content", "B-content", "O"]
    assert gold_spans(labels) == {"source": {(0, 2)}, "cue": {(2, 3)}, "content": {(3, 5), (5, 6)}}


def test_a_span_that_begins_with_inside_counts_as_one():
    assert gold_spans(["O", "I-cue", "I-cue", "I-source"])["cue"] == {(1, 3)}


def attribution(text, source, cue, content, within=None):
    def span(words):
        return Span(text.index(words), text.index(words) + len(words)) if words else None

    return Attribution("a", "r", span(source), span(cue), tuple(span(c) for c in content), within)


TOKENS = ["``", "We", "wait", ",", "''", "Mira", "Tolan", "said", ",", "``", "for", "rain", ".", "''"]
TEXT = join(TOKENS)[0]


def test_spans_of_characters_become_spans_of_tokens():
    found = [attribution(TEXT, "Mira Tolan", "said", ["“We wait,”", "“for rain.”"])]
    assert predicted_spans(found, join(TOKENS)[1]) == {
        "source": {(5, 7)},
        "cue": {(7, 8)},
        "content": {(0, 5), (9, 14)},
    }


def test_a_token_that_a_span_only_touches_belongs_to_it():
    found = [attribution(TEXT, "ira Tol", "said", ["We wait"])]
    assert predicted_spans(found, join(TOKENS)[1])["source"] == {(5, 7)}


def test_nested_attributions_do_not_count():
    found = [attribution(TEXT, "Mira Tolan", "said", ["We wait"], within="b")]
    assert predicted_spans(found, join(TOKENS)[1]) == {"source": set(), "cue": set(), "content": set()}


def labels():
    return ["B-content", *["I-content"] * 4, "B-source", "I-source", "B-cue", "O", "B-content", *["I-content"] * 4]


def test_right_answers_score_one_and_wrong_ones_less():
    items = [{"tokens": TOKENS, "labels": labels()}]
    right = attribution(TEXT, "Mira Tolan", "said", ["“We wait,”", "“for rain.”"])
    assert all(rates["f1"] == 1 for rates in score(items, [[right]]).values())
    wrong = attribution(TEXT, "Tolan", None, ["“We wait,”"])
    rates = score(items, [[wrong]])
    assert (rates["source"]["f1"], rates["cue"]["recall"]) == (0, 0)
    assert rates["content"] == pytest.approx({"precision": 1, "recall": 0.5, "f1": 2 / 3})


def test_an_item_that_occurs_twice_counts_twice():
    items = [{"tokens": TOKENS, "labels": labels()}] * 2
    right = attribution(TEXT, "Mira Tolan", "said", ["“We wait,”", "“for rain.”"])
    assert score(items, [[right], []])["source"] == pytest.approx({"precision": 1, "recall": 0.5, "f1": 2 / 3})


@pytest.mark.parametrize("write", [lambda p, b: p.write_bytes(b), lambda p, b: p.write_bytes(gzip.compress(b))])
def test_items_are_read_plain_or_gzipped_and_one_object_is_printed(tmp_path, monkeypatch, capsys, write):
    path = tmp_path / "items"
    write(path, (json.dumps({"tokens": TOKENS, "labels": labels()}) + "\n\n").encode())
    read = []
    monkeypatch.setattr(polnear, "read_all", lambda texts: read.extend(texts) or [Nothing])
    monkeypatch.setattr("sys.argv", ["polnear", "--items", str(path)])
    polnear.main()
    assert read == [TEXT]
    assert json.loads(capsys.readouterr().out)["cue"] == {"precision": 0, "recall": 0, "f1": 0}


class Nothing:
    attributions = ()


def test_a_broken_line_is_named(tmp_path, monkeypatch, capsys):
    path = tmp_path / "items.jsonl"
    path.write_text('{"tokens": [], "labels": []}\n{"tok\n')
    monkeypatch.setattr("sys.argv", ["polnear", "--items", str(path)])
    with pytest.raises(SystemExit) as stopped:
        polnear.main()
    assert stopped.value.code == 2
    assert "items.jsonl, line 2" in capsys.readouterr().err
