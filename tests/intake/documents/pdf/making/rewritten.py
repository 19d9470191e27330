"""PDFs that another program has written anew: linearised, encrypted, turned, merged, updated, with attachments."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pikepdf
import pypdf

from . import texts
from .programs import run


def linearised(path: Path, source: Path) -> None:
    run("qpdf", "--linearize", "--object-streams=generate", "--deterministic-id", source, path)


def encrypted(path: Path, source: Path, password: str) -> None:
    run(
        "qpdf",
        "--encrypt",
        password,
        "owner",
        "256",
        "--print=none",
        "--",
        "--static-id",
        "--static-aes-iv",
        source,
        path,
    )


def turned(path: Path, source: Path) -> None:
    """Every page carries /Rotate 90: it lies on its side until the program that shows it turns it."""
    with pikepdf.open(source) as document:
        for page in document.pages:
            page.rotate(90, relative=True)
        document.save(path, deterministic_id=True)


def merged(path: Path, *sources: Path) -> None:
    with pikepdf.new() as document:
        for source in sources:
            with pikepdf.open(source) as one:
                document.pages.extend(one.pages)
        document.save(path, deterministic_id=True)


def updated(path: Path, source: Path) -> None:
    """A changed title appended to the file, the old one left where it was."""
    writer = pypdf.PdfWriter(str(source), incremental=True)
    writer.add_metadata({"/Title": "Harbour fire: what is known", "/Author": "Ilse Korvin"})
    writer.write(str(path))


def with_attachments(path: Path, source: Path) -> None:
    with pikepdf.open(source) as document:
        document.attachments["minutes.txt"] = pikepdf.AttachedFileSpec(
            document, texts.SECOND[0].encode(), filename="minutes.txt", mime_type="text/plain"
        )
        document.attachments["crew.csv"] = pikepdf.AttachedFileSpec(
            document,
            "\n".join(",".join(row) for row in texts.TABLE).encode(),
            filename="crew.csv",
            mime_type="text/csv",
        )
        document.save(path, deterministic_id=True)


def blank(path: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.add_blank_page()
        document.save(path, deterministic_id=True)


def with_blank_pages(path: Path, source: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, pikepdf.open(source) as document:
        empty = Path(folder) / "blank.pdf"
        blank(empty)
        with pikepdf.open(empty) as blanks:
            document.pages.insert(1, blanks.pages[0])
            document.save(path, deterministic_id=True)


def pages(until: Path, names: tuple[str, ...]) -> int:
    """How many pages the files before this one have together."""
    total = 0
    for name in names[: names.index(until.stem)]:
        with pikepdf.open(until.with_stem(name)) as document:
            total += len(document.pages)
    return total


def without_letters(path: Path, source: Path) -> None:
    """A font of glyphs by number, without the table that says which letters they are."""
    with pikepdf.open(source) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                del one["/ToUnicode"]
        document.save(path, deterministic_id=True)
