"""Reading what the runners are given, writing what they found."""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn


def stop(message: str) -> NoReturn:
    """End with status 2 and one line on standard error that says what to do."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, unpacked if it is gzipped. Ends the program if the file cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        stop(f"{path}: {error.strerror or error}")
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not. A broken line ends the program with its number."""
    found = []
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError as error:
                stop(f"{path}, line {number}: {error}")
    return found


def members(path: Path, *endings: str) -> Iterator[tuple[str, str]]:
    """Name and text (UTF-8) of every file of a folder or a .tar.gz whose name has one of these endings.

    Ends the program if there is no such file or folder.
    """
    if not path.exists():
        stop(f"{path}: there is no such file or folder")
    if path.is_dir():
        for file in path.rglob("*"):
            if file.name.endswith(endings):
                yield str(file), file.read_bytes().decode("utf-8")
        return
    with tarfile.open(path) as archive:
        for member in archive:
            if content := archive.extractfile(member) if member.name.endswith(endings) else None:
                yield member.name, content.read().decode("utf-8")


def report_result(result: object) -> None:
    """One JSON object on standard output."""
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()
