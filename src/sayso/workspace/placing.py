"""Files for others: written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from sayso import ledger
from sayso.kit import SaysoError
from sayso.workspace.custody import refusing


def write(text: str, file: Path | str) -> None:
    """Write a text file in UTF-8, whole or not at all. `SaysoError` where the disk refuses."""
    place = Path(file)
    with refusing(place), ledger.whole(place, place.parent) as part:
        part.write(text.encode("utf-8", "backslashreplace"))


def refuse_bad_place(file: Path | str) -> None:
    """Raise `SaysoError` if a file could not be written there, so that long work is not done in vain."""
    folder = Path(file).absolute().parent
    if not folder.is_dir():
        raise SaysoError(f"{file}: the folder {folder} does not exist. Make it, or name another file with -o.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SaysoError(f"{file}: you may not write in the folder {folder}. Name another file with -o.")
