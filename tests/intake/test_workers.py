import io
import json
import os
import sys
import time
from pathlib import Path

import pytest

from sayso.intake import Found, Settings, take_in, take_in_safely, wire, workers

TEXT = "The council said on Monday that the ships had left the harbour. "


def items(*pairs):
    return [(Found(Path(name), name), data) for name, data in pairs]


def break_worker(monkeypatch, how):
    """Start workers whose parser does `how` on a file named bad.txt."""
    real = workers.subprocess.Popen
    source = (
        "import os, time, sys\n"
        "from sayso.intake import worker\n"
        "real = worker.unfold\n"
        "def unfold(member, *given, **options):\n"
        f"    if member.name == 'bad.txt': {how}\n"
        "    return real(member, *given, **options)\n"
        "worker.unfold = unfold\n"
        "worker.main()\n"
    )
    started = []

    def start(command, **options):
        started.append(command)
        return real([*command[:3], source], **options)

    monkeypatch.setattr(workers.subprocess, "Popen", start)
    return started


def test_the_worker_gives_what_the_function_gives_in_order():
    files = items(*((f"{n}.txt", f"Publisher: P{n}\n\n{TEXT}{n}".encode()) for n in range(30)), ("x.txt", b""))
    settings = Settings((("text", "words"),), published="2 May 2031")
    got = list(take_in_safely(files, settings))
    assert got == [(found, *take_in(data, found.name, settings)) for found, data in files]


def test_no_files_start_no_worker(monkeypatch):
    started = break_worker(monkeypatch, "pass")
    assert list(take_in_safely([])) == []
    assert started == []


BROKEN = [
    ("os._exit(3)", "status 3"),
    ("os.kill(os.getpid(), 11)", "signal 11"),
    ("raise ValueError('odd tag')", "ValueError: odd tag"),
    ("'a' * (4 << 30)", "memory"),
    ("__import__('socket').create_connection(('127.0.0.1', 9))", "PermissionError"),
    ("__import__('subprocess').run(['true'])", "PermissionError"),
]


@pytest.mark.parametrize(("how", "reason"), BROKEN)
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_a_file_that_breaks_the_worker_costs_only_itself(monkeypatch, how, reason):
    break_worker(monkeypatch, how)
    files = items(("a.txt", TEXT.encode()), ("bad.txt", b"x"), ("c.txt", TEXT.encode()))
    first, bad, last = take_in_safely(files)
    assert len(first[1]) == len(last[1]) == 1
    assert bad[1] == ()
    assert [c.about for c in bad[2]] == ["bad.txt"]
    assert reason in bad[2][0].message


def test_a_hang_is_ended(monkeypatch):
    break_worker(monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(workers, "WALL_SECONDS", 4)
    began = time.monotonic()
    bad, last = take_in_safely(items(("bad.txt", b"x"), ("c.txt", TEXT.encode())))
    assert time.monotonic() - began < 20
    assert "took more than 4 s" in bad[2][0].message
    assert len(last[1]) == 1


def test_a_print_does_no_harm(monkeypatch):
    break_worker(monkeypatch, "os.write(1, b'x' * 99)")
    assert [len(reports) for _, reports, _ in take_in_safely(items(("bad.txt", b"x"), ("c.txt", b"y")))] == [1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processor time are POSIX's")
def test_processor_time_is_limited(monkeypatch):
    monkeypatch.setattr(workers, "SMALL_SECONDS", 0)
    break_worker(monkeypatch, "exec('while True: pass')")
    bad, last = take_in_safely(items(("bad.txt", b"x"), ("c.txt", TEXT.encode())))
    assert "processor time" in bad[2][0].message
    assert len(last[1]) == 1


def test_a_worker_that_lies_is_not_believed(monkeypatch):
    break_worker(monkeypatch, "os.write(4, (1 << 60).to_bytes(8, 'big')); time.sleep(9)")
    bad, last = take_in_safely(items(("bad.txt", b"x"), ("c.txt", TEXT.encode())))
    assert bad[1] == ()
    assert len(last[1]) == 1


LIES = {
    "deep": b"[" * 200_000,
    "endless": b'{"report": {"pages": [[1e999]]}}',
    "halves": json.dumps({"caveat": ["a", "b", "\ud800"]}).encode(),
    "number": b"7",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_worker_that_sends_what_makes_no_sense_is_ended(lie):
    pipe = io.BytesIO()
    wire.write(pipe, lie)
    wire.write(pipe, b"text")
    pipe.seek(0)
    with pytest.raises((ValueError, KeyError, TypeError)):
        list(wire.read_pieces(pipe))


def test_a_report_of_another_file_is_not_believed(monkeypatch):
    break_worker(monkeypatch, "given = (type(given[0])('other.txt', 'x'), *given[1:])")
    bad, last = take_in_safely(items(("bad.txt", TEXT.encode()), ("c.txt", TEXT.encode())))
    assert (bad[1], len(bad[2]), len(last[1])) == ((), 1, 1)


def test_a_worker_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(workers, "MOST_PIECES", 1000)
    break_worker(monkeypatch, "return (worker.Caveat('bad.txt', 'odd', str(n)) for n in range(10**9))")
    bad, last = take_in_safely(items(("bad.txt", b"x"), ("c.txt", TEXT.encode())))
    assert (bad[1], len(bad[2]), len(last[1])) == ((), 1001, 1)


def test_stopping_early_ends_the_worker(monkeypatch):
    ended = []
    real = workers._end
    monkeypatch.setattr(workers, "_end", lambda process: (real(process), ended.append(process.returncode)))
    taking = take_in_safely(items(("a.txt", b"x"), ("b.txt", b"y")))
    next(taking)
    taking.close()
    assert len(ended) == 1
    assert ended[0] is not None


@pytest.mark.slow
def test_a_text_of_100_mb_and_a_line_of_5_mb_are_kept_whole():
    big = TEXT * (100_000_000 // len(TEXT)) + "\N{SHIP}"
    line = TEXT * (5_000_000 // len(TEXT))
    (_, (report,), _), (_, (second,), _) = take_in_safely(items(("big.txt", big.encode()), ("line.txt", line.encode())))
    assert report.text == big
    assert second.text == line


def _processor_seconds():
    """Of this process and of those it ended: wall time would measure what else the machine does."""
    return sum(os.times()[:4])


@pytest.mark.slow
def test_thousands_of_small_files_take_seconds():
    files = items(*((f"{n}.txt", f"Publisher: P{n}\n\n{TEXT * 40}".encode()) for n in range(2000)))
    began = _processor_seconds()
    assert sum(len(reports) for _, reports, _ in take_in_safely(files)) == 2000
    assert _processor_seconds() - began < 10


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_pages_that_hang_parsers_are_ended_or_read():
    tables = "<table><tr><td>" * 200_000
    paragraphs = f"<p>{TEXT}" * 300_000
    files = items(
        *((f"{n}.html", f"<html><body>{page}".encode()) for n, page in enumerate([tables, paragraphs])), ("z.txt", b"x")
    )
    began = time.monotonic()
    got = list(take_in_safely(files))
    assert time.monotonic() - began < 120
    assert all(reports or caveats for _, reports, caveats in got)
    assert len(got[-1][1]) == 1
    assert workers.PROCESSOR_SECONDS == 10
