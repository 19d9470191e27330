"""The pages of the records and of the Python functions, from the code and its docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import sayso
from press.commands import cell, told

MODEL = Path(inspect.getfile(sayso)).parent / "model"
ORDER = ("report", "case", "lineage", "accounts", "weighing", "hypotheses", "judgement", "draft", "terms")
"""From what is handed in to what people say of it; modules not named here come after."""


def page() -> str:
    """Markdown: each module of the model, its records with their fields, its terms with what they can be."""
    lines = ["# Records", "", *_docstring(MODEL / "__init__.py")]
    for file in sorted(MODEL.glob("[!_]*.py"), key=_place):
        lines += [f"## sayso.model.{file.stem}", "", *_docstring(file)]
        for found in _found(ast.parse(file.read_text("utf-8"))):
            lines += [*found, ""]
    return "\n".join(lines) + "\n"


def functions() -> str:
    """Markdown: what `import sayso` offers, with signatures."""
    lines = ["# Python", "", told(sayso.__doc__ or ""), ""]
    for name in sayso.__all__:
        found = getattr(sayso, name)
        if inspect.isfunction(found):
            lines += [f"## sayso.{name}", "", f"    {name}{_signature(found)}", "", told(found.__doc__ or ""), ""]
    lines.append("The records that these take and give are listed under [Records](src/sayso/model).")
    return "\n".join(lines) + "\n"


def _signature(function: object) -> str:
    """As it is written, one line."""
    assert callable(function)  # noqa: S101 (told to the type checker)
    return " ".join(str(inspect.signature(function)).replace("'", "").split())


def _place(file: Path) -> tuple[int, str]:
    return (ORDER.index(file.stem) if file.stem in ORDER else len(ORDER), file.stem)


def _docstring(file: Path) -> list[str]:
    return [told(ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""), ""]


def _found(module: ast.Module) -> Iterator[list[str]]:
    """Each record and each term of a module."""
    for node, after in pairwise([*module.body, ast.Pass()]):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield list(_record(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield list(_term(node, after))


def _record(node: ast.ClassDef) -> Iterator[str]:
    yield from (f"### {node.name}", "", told(ast.get_docstring(node) or ""), "")
    fields = [(one, after) for one, after in pairwise([*node.body, ast.Pass()]) if isinstance(one, ast.AnnAssign)]
    if fields:
        yield from ("| field | type | what it is |", "|---|---|---|")
    for one, after in fields:
        yield f"| `{ast.unparse(one.target)}` | {_code(one.annotation)} | {cell(told(_words(after)))} |"
    for made in node.body:
        if isinstance(made, ast.FunctionDef) and not made.name.startswith("_"):
            yield from ("", f"`{made.name}`: {cell(told(ast.get_docstring(made) or ''))}")


def _term(node: ast.Assign | ast.AnnAssign, after: ast.stmt) -> Iterator[str]:
    """A name for what a field can say, or a bound."""
    name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
    if name.startswith("_") or node.value is None:
        return
    yield from (f"### {name}", "", f"{_code(node.value)}", "", told(_words(after)))


def _code(node: ast.expr) -> str:
    """An expression as it stands; of names in quotation marks, the names."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return ", ".join(f"`{ast.unparse(one)}`" for one in values)
    return f"`{cell(ast.unparse(node))}`"


def _words(node: ast.stmt) -> str:
    """The string that stands after a field, else ""."""
    return ast.literal_eval(node.value) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else ""
