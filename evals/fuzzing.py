"""The process that fuzzes a reader, which `evals.fuzz` starts: READER FINDINGS CORPUS and options of libFuzzer."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import sys
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from evals.fuzz import SLOW_SECONDS
from evals.samples import zipped

INSIDE = 0.9
_WORDS = re.compile(rb"<[^<>]{0,300}>|\w+|\W")
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"1e400", b"9" * 30, b"0.0001")
UNPACKED = 200_000
"""Bytes of a packed file that are mutated inside; larger ones are mutated as they are."""


class Findings:
    """The problems met so far, each kept once in a folder, with the first input."""

    def __init__(self, folder: Path) -> None:
        """Go on with what the folder holds."""
        self.folder = folder
        self.counts = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")}

    def keep(self, problem: str, data: bytes) -> None:
        """Note a problem."""
        name = f"{zlib.crc32(problem.encode('utf-8', 'replace')):08x}"
        if name not in self.counts:
            (self.folder / f"{name}.bin").write_bytes(data)
            self.counts[name] = {"problem": problem, "times": 0, "file": f"{name}.bin"}
            print(f"FOUND {problem}", file=sys.stderr, flush=True)
        self.counts[name]["times"] += 1
        (self.folder / f"{name}.json").write_text(json.dumps(self.counts[name]), encoding="utf-8")


def judge(check: Callable[[str, bytes], None], reader: str, findings: Findings) -> Callable[[bytes], None]:
    """What the fuzzer calls with each input."""

    def one_input(data: bytes) -> None:
        began = time.process_time()
        try:
            check(reader, data)
        except Exception as problem:  # noqa: BLE001 - this is what is looked for
            findings.keep(_told(problem), data)
        if time.process_time() - began > SLOW_SECONDS:
            findings.keep("slow", data)

    return one_input


def _told(problem: Exception) -> str:
    """A problem by its kind and place, so that the same one is counted once."""
    frames = [one for one in traceback.extract_tb(problem.__traceback__) if "sayso" in one.filename]
    where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames[::-1][:3])
    what = str(problem).partition(":")[0][:80] if isinstance(problem, AssertionError) else str(problem)[:40]
    return re.sub(r"\d{2,}", "…", f"{type(problem).__name__}: {what}") + f" ({where})"


def mutate(data: bytes, largest: int, seed: int) -> bytes:
    """Mutate an input; nearly always inside its packing, where it is a ZIP or gzip file."""
    draw = random.Random(seed)  # noqa: S311 - chance for an experiment
    inside = None
    if draw.random() < INSIDE:
        head = data.find(b"PK\x03\x04", 0, 5)
        inside = _in_zip(data, head, largest, draw) if head >= 0 else _in_gzip(data, largest, draw)
    if inside is not None and len(inside) <= largest:
        return inside
    return _changed(data, largest, draw)


def _changed(data: bytes, largest: int, draw: random.Random) -> bytes:
    """Bytes changed here and there, or their words."""
    import atheris

    words = _WORDS.findall(data) if draw.random() < 0.5 else []
    if len(words) < 2:
        return bytes(atheris.Mutate(data, largest))
    at, length = draw.randrange(len(words)), draw.randint(1, 8)
    some = words[at : at + length]
    there = draw.randrange(len(words))
    change = draw.randrange(5)
    if change == 0:
        del words[at : at + length]
    elif change == 1:
        words[there:there] = some
    elif change == 2:
        words[at], words[there] = words[there], words[at]
    elif change == 3:
        words[at] = draw.choice(_NUMBERS)
    else:
        words[at : at + length] = some * draw.randint(2, 40)
    return b"".join(words)[:largest]


def _in_zip(data: bytes, head: int, largest: int, draw: random.Random) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data[head:])) as archive:
            if sum(one.file_size for one in archive.infolist()) > UNPACKED:
                return None
            entries = {one.filename: archive.read(one) for one in archive.infolist()}
            name = draw.choice(list(entries))
            entries[name] = _changed(entries[name], largest, draw)
            method = draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED])
            return data[:head] + zipped(entries, method=method)
    except Exception:  # noqa: BLE001 - a broken archive is mutated as it is
        return None


def _in_gzip(data: bytes, largest: int, draw: random.Random) -> bytes | None:
    head = data.find(b"\x1f\x8b", 0, 3)
    if head < 0:
        return None
    try:
        whole = zlib.decompressobj(31).decompress(data[head:], UNPACKED)
    except zlib.error:
        return None
    return data[:head] + gzip.compress(_changed(whole, largest, draw), 1, mtime=0)


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["sayso.intake"]):
        from evals import soundness  # which imports all of intake
    reader, folder, *rest = sys.argv[1:]
    one_input = judge(soundness.check, reader, Findings(Path(folder)))
    atheris.Setup([sys.argv[0], *rest], one_input, custom_mutator=mutate, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
