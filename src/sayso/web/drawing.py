"""From templates to pages. Text of reports enters as text only: it is escaped, and made visible where it would hide."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sayso.dossier import page, words
from sayso.dossier.index import row_of

HERE: Final = Path(__file__).parent
KINDS_OF_FILE: Final = {"style.css": "text/css", "page.js": "text/javascript"}


def draw(template: str, **given: object) -> Markup:
    """A page or a piece of one."""
    return Markup(environment().get_template(f"{template}.html.j2").render(**given))  # noqa: S704 (autoescape)


@cache
def environment() -> Environment:
    """The workspace's templates, with the dossier's pieces at hand."""
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", page.HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        shown=words.shown, clean=words.clean, day=words.day, size=words.size, upper_first=words.upper_first,
        row_of=row_of, asked=asked,
    )  # fmt: skip
    made.globals["count"] = words.count
    return made


def asked(given: Mapping[str, object]) -> str:
    """What stands behind an address's question mark; what is empty is left out.

    >>> asked({"q": "a b", "day": "", "page": 2})
    'q=a+b&page=2'
    """
    return urlencode({name: value for name, value in given.items() if value})


@cache
def file(name: str) -> str:
    """The style, which begins with the dossier's, or the script."""
    own = (HERE / name).read_text("utf-8")
    return (page.HERE / name).read_text("utf-8") + own if name == "style.css" else own
