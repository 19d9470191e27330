"""The example notebook: `python -m press.notebook` runs its cells and writes it with what they show.

Nothing of Jupyter is needed for that. The file is in the notebook format 4.5 (nbformat).
"""

from __future__ import annotations

import ast
import contextlib
import html
import io
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "notebook.ipynb"
SHOWN = "shown"
"""Marks a fenced block whose content is HTML that a cell gave."""

CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        """# In a notebook

The invented case, read and shown. `sayso.show` draws a case, a question, or a chain of voices. The pictures need no
network. A dot is a report on the day it was published: point at it to see whose it is.""",
    ),
    (
        "code",
        """import sayso

sayso.add("harbour-fire.case", ["examples/harbour-fire/reports"])
case = sayso.load("harbour-fire.case")
sayso.show(case)""",
    ),
    (
        "markdown",
        """## A question

A dot is a report that gives the answer, a cross one that rejects it. 3:14 is sentence 14 of report 3.""",
    ),
    (
        "code",
        """missing = next(question for question in case.questions if question.slot == "missing")
sayso.show(missing, case)""",
    ),
    (
        "markdown",
        """## A chain

The publisher first, last the one who speaks. A dashed box could not be resolved. A broken arrow is hedged, a crossed
one denies.""",
    ),
    (
        "code",
        """attributions = [one for found in case.findings for one in found.attributions]
long = [one for one in attributions if len(one.chain) > 2 and all(link.resolved for link in one.chain)]
sayso.show(max(long, key=lambda one: one.chain_probability), case)""",
    ),
    (
        "markdown",
        """## A table

Plain columns; pandas and polars take them as they are.""",
    ),
    (
        "code",
        """answers = sayso.frames(case)["answers"]
rows = zip(answers["slot"], answers["answer_words"], answers["publisher"], strict=True)
sorted({row for row in rows if row[0] == "killed"})[:5]""",
    ),
)
"""Kind and text of each cell."""


def write(file: Path = FILE) -> None:
    """Run the cells in order and write the notebook."""
    cells = [_cell(number, kind, text, outputs) for number, (kind, text, outputs) in enumerate(run())]
    book = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def run() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each cell with what it gives, by media type. Works in a folder of its own, which is gone afterwards."""
    given: dict[str, Any] = {}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        os.chdir(folder)
        try:
            for kind, text in CELLS:
                yield kind, text, _outputs(text, given) if kind == "code" else {}
        finally:
            os.chdir(before)


def _outputs(text: str, given: dict[str, Any]) -> dict[str, str]:
    """What the last line of a cell is, as a notebook shows it."""
    tree = ast.parse(text)
    *lines, last = tree.body
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(ast.Module(lines, []), "cell", "exec"), given)  # noqa: S102 (the cells above)
        if not isinstance(last, ast.Expr):
            return {}
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), given)  # noqa: S307 (the cells above)
    drawn = {"text/html": value._repr_html_()} if hasattr(value, "_repr_html_") else {}
    return {"text/plain": repr(value), **drawn}


def _cell(number: int, kind: str, text: str, outputs: dict[str, str]) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": _lines(text)}
    if kind == "code":
        data = {media: _lines(words) for media, words in outputs.items()}
        result = {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}
        cell |= {"execution_count": number, "outputs": [result] if outputs else []}
    return cell


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def as_markdown() -> str:
    """The notebook as it is stored, for the site: text, code, and what the code showed."""
    parts = []
    for cell in json.loads(FILE.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        parts += [_shown(output["data"]) for output in cell.get("outputs", ())]
    return "\n\n".join(parts) + "\n"


def _shown(data: dict[str, list[str]]) -> str:
    """An output: the picture if it has one, else its words."""
    drawn = "".join(data.get("text/html", ())) or f"<pre tabindex=0>{html.escape(''.join(data['text/plain']))}</pre>"
    return f"````{SHOWN}\n{drawn}\n````"


if __name__ == "__main__":
    write()
