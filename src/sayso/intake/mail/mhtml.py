"""The page in a saved page of one file (MHTML: RFC 2557): .mht and .mhtml, as browsers write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.intake import fields
from sayso.intake.mail import mime
from sayso.intake.mail.mime import Part
from sayso.intake.records import Lost, Member
from sayso.intake.webpage import saved as savedpage

_PAGES = {"text/html", "application/xhtml+xml"}


def looks_like(data: bytes) -> bool:
    """Whether a message is a saved page: it names the address it was saved from, or its saver."""
    said, _ = mime.header(data, 0, min(len(data), mime.LONGEST_HEADER))
    return "snapshot-content-location" in said or said.get("from", "").lower().startswith("<saved by")


def articles(data: bytes) -> Iterator[Member | Lost]:
    """The saved page as a member, with address and time of saving. Pictures, styles and frames are part of it."""
    saved = mime.read(data)
    root = _root(saved)
    if root is None:
        yield Lost("no-page", "", "is a saved page without its page. Save it again, or as HTML alone.")
        return
    if saved.problem == "cut":
        yield Lost("message-cut", "", "ends before its last part does. What is there was read; save the page again.")
    raw, notes = mime.body(data, root)
    page, said = mime.with_charset(raw, root.charset)
    yield Member(page, "page.html", "page", "text/html", _address(saved, root), _captured(saved), notes=notes + said)


def _root(part: Part) -> Part | None:
    """The page that its root is or holds, else the first in it."""
    if part.kind in _PAGES:
        return part
    first = (mime.root(part),) if part.parts else ()
    return next((page for one in (*first, *part.parts) if (page := _root(one))), None)


def _address(saved: Part, root: Part) -> str:
    """Where the page was saved from: as Chrome says it, else as the part (RFC 2557 §4.2) or the whole does."""
    said = (
        saved.fields.get("snapshot-content-location"),
        root.fields.get("content-location"),
        saved.fields.get("content-location"),
    )
    found = (fields.tidy(mime.words(one)) for one in said if one)
    return next((one for one in found if re.match(r"(?:https?|ftp)://", one)), "")


def _captured(saved: Part) -> str:
    return savedpage.moment(re.sub(r" ?\([^()]*\) ?$", "", fields.tidy(saved.fields.get("date", ""))))
