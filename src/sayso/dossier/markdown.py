"""The dossier as Markdown: the parts of the page in their order, without its pictures and the reports' texts.

CommonMark with footnotes and tables, as GitHub and Pandoc read it. Whatever is put into the template is escaped, so
that nothing of a report can become markup, a link or HTML; only what is marked as Markdown already is not.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sayso.dossier.index import row_of
from sayso.dossier.notes import Notes
from sayso.dossier.page import NOT_WEIGHED, seen
from sayso.dossier.weighed import Weighed
from sayso.dossier.words import clean, count, day, size, upper_first
from sayso.model import Accounts, Case

_SPACE: Final = re.compile(r"\s+")
_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>&~|^$#@]")
"""What marks something inside a line, in CommonMark, its tables, footnotes and formulas, and in templates of sites."""
_LINKS: Final = re.compile(r":(?=//)|(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
"""What makes a link of a bare address (GitHub Flavored Markdown, 6.9)."""
_FIRST: Final = re.compile(r"^( ?\d{1,9})([.)])|^( ?)([-+=:!])")
"""What makes a list, a heading or a definition of a line that begins so."""


def compose_markdown(
    case: Case, *, accounts: Accounts | None = None, found: Weighed = NOT_WEIGHED, title: str = ""
) -> str:
    """The case as a Markdown text. The same case gives the same text. Arguments as in `compose`."""
    view: SimpleNamespace = seen(case, accounts, found, mark="", title=title)
    return _environment().get_template("page.md.j2").render(view=view, notes=Notes(view.known))


def escaped(text: str) -> str:
    r"""Text of a report in one line of Markdown, of which nothing is markup.

    >>> print(escaped("1. [x](javascript:y) <b> *z* www.x.example"))
    1\. \[x\](javascript:y) \<b\> \*z\* www\.x\.example
    """
    line = _MARKS.sub(r"\\\g<0>", _SPACE.sub(" ", clean(text)))
    line = _LINKS.sub(r"\\\g<0>", line)
    return _FIRST.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", line)


def _put(value: object) -> object:
    """What the template puts out: escaped, unless it is Markdown already. Numbers as they are."""
    return Markup(escaped(value)) if isinstance(value, str) and not isinstance(value, Markup) else value  # noqa: S704


@cache
def _environment() -> Environment:
    """The template. What is escaped for Markdown counts as escaped, so that macros are not escaped once more."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, finalize=_put,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(day=day, size=size, upper_first=upper_first, row_of=row_of)
    environment.globals["count"] = count
    return environment
