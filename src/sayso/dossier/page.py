"""Puts the page together: pieces, size, and the policy that lets nothing run but the page's own script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sayso.dossier import reports, summary, voices
from sayso.dossier.fold import LARGEST_PAGE, Folded, fold, weight
from sayso.dossier.index import number
from sayso.dossier.words import clean, count, day, shown, size, upper_first
from sayso.model import Case

HERE = Path(__file__).parent
OPEN_CLAIMS = 400
"""A case with more claims than this opens with all but the first voices closed."""
OPEN_VOICES = 12
KEPT_VOICES = 30
"""Voices that are never packed, however large the case: those that speak most often."""
KEPT_REPORTS = 10


def compose(case: Case) -> str:
    """The case as one HTML page that needs nothing else: no network, no other file, and no script to be read.

    The same case gives the same page. Text of reports enters as text only: it is escaped, characters that would turn
    or hide what stands around them are made visible, and the page's policy lets no script run but its own. In a case
    too large for five million bytes, the last voices and then the last reports are packed; the script unpacks them.
    """
    index = number(case)
    cards = voices.cards(case, index)
    parts = _environment().get_template("parts.html.j2").module
    opened = len(index.entries) <= OPEN_CLAIMS
    told = [parts.voice(card, opened or card.number <= OPEN_VOICES) for card in cards if not card.lone]  # type: ignore[attr-defined]
    once = [parts.line(card) for card in cards if card.lone]  # type: ignore[attr-defined]
    sheets = reports.sheets(case, index)
    texts = [parts.sheet(sheet) for sheet in sheets]  # type: ignore[attr-defined]
    view = SimpleNamespace(
        case=case,
        look=summary.look(case, index, cards),
        cards=cards,
        sheets=sheets,
        pairs=reports.pairs(case, index),
        caveats=reports.caveats(case, index),
        caveat_count=summary.caveat_count(case),
        numbers=index.reports,
    )
    return _fitted(view, told, once, texts)


def _fitted(view: SimpleNamespace, told: list[Markup], once: list[Markup], texts: list[Markup]) -> str:
    """The page with as much of it plain as its size allows."""
    nothing = Folded(Markup(), "", 0)
    room = LARGEST_PAGE - weight(_render(view, nothing, nothing, nothing))
    plain = sum(weight(piece) for piece in texts)
    lines = fold(once, room - plain - sum(weight(piece) for piece in told), keep=0)
    talk = fold(told, room - plain - lines.octets, keep=KEPT_VOICES)
    body = fold(texts, room - lines.octets - talk.octets, keep=KEPT_REPORTS)
    return _render(view, talk, lines, body)


def _render(view: SimpleNamespace, talk: Folded, lines: Folded, body: Folded) -> str:
    style, script = (HERE / "style.css").read_text("utf-8"), (HERE / "page.js").read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src '{_fingerprint(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _environment().get_template("page.html.j2").render(
        view=view, talk=talk, lines=lines, body=body, policy=policy,
        style=Markup(style), script=Markup(script),  # noqa: S704 (the package's own files)
    )  # fmt: skip


def _fingerprint(text: str) -> str:
    """A source expression for a content security policy (CSP 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(shown=shown, clean=clean, day=day, size=size, upper_first=upper_first)
    environment.globals["count"] = count
    return environment
