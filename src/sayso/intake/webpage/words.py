"""All words of a web page, in one pass that no trick makes slow, and what would make a parser slow.

It reads tags as browsers do (WHATWG HTML §13.2.5, tokenization) but keeps no tree, so that nesting costs nothing. Every
pattern is possessive and takes what it has looked at: the standard library's parser looks at an open comment or tag
again and again, and hung on 2 MB of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from sayso.intake.records import NotRead

MOST_TAGS = 1_000_000
"""Tags of a page at most. 20 MB of empty tags are no report."""
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)*+"""
_TOKEN = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))"  # a comment, to the end of the page if it is open
    r"|[!?][^>]*+(?:>|\Z)|/(?![a-zA-Z])[^>]*+(?:>|\Z)"  # doctype, instruction, marked section: comments to a browser
    rf"|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z))",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""[^\s=/]++(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s]*+))?""")
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
"""Elements in which a tag is no tag."""
_SILENT = frozenset(("template", "title", "svg"))
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|frameset|h[1-6]|header|hr|li|main|nav"
    "|ol|p|pre|section|table|td|th|tr|ul"
)
_ENDLESS = re.compile(r"&#(?:\d{9,}|[xX][0-9a-fA-F]{9,});?")
"""References to characters that do not exist, with more digits than a number may have."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page holds."""

    text: str
    """Every word that a browser would show, blocks parted by an empty line."""
    tags: int
    """Start tags."""
    attributes: int
    """The most attributes of one tag."""
    toil: int
    """The squares of the numbers of attributes, summed over all tags: a parser compares each with all before it."""


def all_words(page: str) -> Words:
    """Every word of a page, given its source. Raises NotRead for a page of more than `MOST_TAGS` tags."""
    if page.count("<") > MOST_TAGS:
        reason = f"has over {MOST_TAGS:,} tags, more than any page to be read. Save its text as a .txt file."
        raise NotRead("too-large", reason)
    pieces: list[str] = []
    tags = attributes = toil = at = 0
    silent = ""
    while token := _TOKEN.search(page, at):
        if not silent:
            pieces.append(_spoken(page[at : token.start()]))
        at = token.end()
        name = (token["name"] or "").lower()
        if not name:
            continue
        if not token["end"]:
            tags += 1
            given = _count(token["attributes"])
            attributes, toil = max(attributes, given), toil + given * given
            if name in _RAW:
                closing = _RAW[name].search(page, at)
                at = closing.start() if closing else len(page)
        silent = _silence(silent, name, start=not token["end"])
        if not silent and _BLOCKS.fullmatch(name):
            pieces.append("\n\n")
    if not silent:
        pieces.append(_spoken(page[at:]))
    blocks = (" ".join(block.split()) for block in "".join(pieces).split("\n\n"))
    return Words("\n\n".join(block for block in blocks if block), tags, attributes, toil)


def _silence(silent: str, name: str, *, start: bool) -> str:
    """The element that is not shown after a tag, if one is open.

    What was left open in the head ends at the body; an open drawing ends at the next block, as in browsers.
    """
    if name == "body" or (not start and name == silent) or (silent == "svg" and _BLOCKS.fullmatch(name)):
        return ""
    return name if start and not silent and name in _SILENT else silent


def _count(attributes: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(attributes)) if attributes else 0


def _spoken(source: str) -> str:
    text = unescape(_ENDLESS.sub("\ufffd", source)) if "&" in source else source
    return text.replace("\n", " ")
