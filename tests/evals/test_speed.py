from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from evals import speed


def report(text):
    return SimpleNamespace(text=text)


def test_joined_reports_are_long_enough_whole_paragraphs_and_all_different():
    paragraphs = [f"Paragraph {n} " + "of the harbour " * 20 for n in range(7)]
    texts = speed.join([report("\n\n".join(paragraphs[:4])), report("\n\n".join(paragraphs[4:]))], count=10, words=200)
    assert len(set(texts)) == 10
    assert all(200 <= len(text.split()) < 300 for text in texts)
    assert set("\n\n".join(texts).split("\n\n")) - {f"Report {n}." for n in range(1, 11)} == set(paragraphs)


def test_nothing_to_join_says_so(capsys):
    with pytest.raises(SystemExit):
        speed.join([report(" \n\n ")])
    assert "no paragraph" in capsys.readouterr().err


def test_the_model_sees_every_piece_once_in_full_windows():
    seen = []

    def tokenize(text):
        words = text.split()
        return list(range(len(words))), [(2 * n, 2 * n + 1) for n in range(len(words))]

    def run(ids, features):
        assert len(ids) == len(features)
        seen.append(len(ids))

    seconds, pieces = speed.encode(SimpleNamespace(tokenize=tokenize, run=run), ["a " * 300, "a " * 10])
    assert seen == [speed.WINDOW_PIECES, 300 - speed.WINDOW_PIECES, 10]
    assert seconds > 0
    assert pieces == 310


@dataclass(frozen=True)
class Model:
    run: object


def test_the_shares_are_what_passes_inside_the_encoder_and_in_noting(monkeypatch):
    now = [0.0]

    def wait(seconds):
        now[0] += seconds

    def read_report(_report, model):
        model.run([], [])
        wait(1)
        speed.reading.find(2)
        speed.reading.note(3)

    monkeypatch.setattr("evals.speed.time.perf_counter", lambda: now[0])
    monkeypatch.setattr("sayso.spine.read_report", read_report)
    monkeypatch.setattr("sayso.reading.find", wait)
    monkeypatch.setattr("sayso.reading.note", wait)
    assert speed.shares(Model(lambda _ids, _features: wait(4)), [report("")] * 3) == (0.4, 0.5, 0)
    assert speed.shares(Model(lambda _ids, _features: wait(0)), [report("")]) == pytest.approx((0, 5 / 6, 0))


def test_reading_is_timed_and_weighed(tmp_path, monkeypatch):
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(script))
    run = speed.run("read", tmp_path)
    assert 0 < run.seconds < 60
    assert run.peak_bytes > 10_000


def test_wrong_use_of_the_program_stops_the_measure(tmp_path, monkeypatch):
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexit 2\n")
    script.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(script))
    with pytest.raises(SystemExit):
        speed.run("read", tmp_path)
