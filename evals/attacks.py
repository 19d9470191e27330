"""Texts that make a regular expression work as hard as it can: made from its own syntax tree.

A pattern is slow on a text where it can begin at many places, or cut the text in many ways, and then fails. So each
part that repeats is repeated, after what must stand before it and before something that does not fit; what must stand
before it is repeated too, and so is the whole, cut off at each of its parts. This is how Rathnayake and Thielecke
("Static analysis for regular expression exponential runtime", 2017) and Davis et al. ("The impact of regular expression
denial of service in practice", 2018) build theirs: prefix, pumped part, suffix.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

# The parser that `re` itself uses. It is private, but has been the same since Python 3.11.
_parser = importlib.import_module("re._parser")

POOL = "aA1 _-.,;:'’\"“”()[]<>=/&@é\n\t\r\x00"
"""Characters tried for a class of characters, after those that it names."""

LOOSE: tuple[str, ...] = (
    *"aA1 .,-'’\"“”(<[\n\t\r:/é\x00",
    *("a ", "A ", "Aa ", "Aa. ", "a, ", "a. ", "1 ", "1.", "1,", "a\n", "\n ", " \n", "\r\n", "a-", "a'", "A."),
    *("the ", "The Aa ", "and ", "of the ", "<a", "<a ", "“a", '"a', "a=", "a:", "(A", "((", "--", "<!--", "``"),
)  # fmt: skip
"""Texts that are repeated for every pattern."""

ENDS = ("", "!", "\x00", "\n")
"""What is put after a repeated part, so that a pattern fails there."""

VARIANTS = 4
"""Ways of filling a part with characters."""

Node = tuple[Any, Any]


def attacks(pattern: str, flags: int) -> list[tuple[str, str, str]]:
    """(before, repeated, after), each for one text: `before`, then `repeated` up to the length wanted, then `after`."""
    tree = list(_parser.parse(pattern, flags))
    found: dict[tuple[str, str, str], None] = {}
    for part in LOOSE:
        found[("", part, "")] = None
    for whole in _beginnings(tree):
        found[("", whole, "")] = None
        found[("", whole + " ", "")] = None
    for before, body in _repeats(tree, ""):
        for end in ENDS:
            found[(before, body, end)] = None
        found[("", before + body, "!")] = None
        found[("", body + " ", "")] = None
        found[(before * 8, body, "!")] = None
    return [one for one in found if one[1]]


def text_of(attack: tuple[str, str, str], length: int) -> str:
    """The attack's text, about so many characters long."""
    before, repeated, after = attack
    return before + repeated * max(1, (length - len(before) - len(after)) // len(repeated)) + after


def _beginnings(tree: Sequence[Node]) -> Iterator[str]:
    """The whole pattern's witnesses, cut off before each of its parts, and at the end."""
    for end in range(1, len(tree) + 1):
        for variant in range(VARIANTS):
            yield witness(tree[:end], variant)
    for position, node in enumerate(tree):
        for inner in _inside(node):
            for begin in _beginnings(inner) if len(inner) > 1 and any(map(_repeats_within, inner)) else ():
                yield witness(tree[:position], 0) + begin


def _repeats(tree: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """For each part that can repeat: what may stand before it, and what is repeated."""
    for position, node in enumerate(tree):
        here = [before + witness(tree[:position], variant) for variant in range(2)]
        here.append(before + witness(tree[:position], 0, least=True))
        if _is_repeat(node) and node[1][1] > 1:
            for variant in range(VARIANTS):
                for start in dict.fromkeys(here):
                    yield start, witness(list(node[1][2]), variant)
        for inner in _inside(node):
            yield from _repeats(inner, here[0])


def _repeats_within(node: Node) -> bool:
    """Whether something in a node can repeat: the words of a long list of words need no text each."""
    inside = (one for inner in _inside(node) for one in inner)
    return (_is_repeat(node) and node[1][1] > 1) or any(map(_repeats_within, inside))


def _is_repeat(node: Node) -> bool:
    return str(node[0]) in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


def _inside(node: Node) -> list[list[Node]]:
    """The sequences inside a node."""
    name, value = str(node[0]), node[1]
    if name == "BRANCH":
        return [list(one) for one in value[1]]
    if _is_repeat(node):
        return [list(value[2])]
    if name == "SUBPATTERN":
        return [list(value[3])]
    if name == "ATOMIC_GROUP":
        return [list(value)]
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [list(value[1])]
    return []


def witness(tree: Sequence[Node], variant: int, *, least: bool = False) -> str:
    """A text that the sequence matches (what is said of its surroundings left out), chosen by the variant's number.

    `least` leaves out what may be left out; otherwise it stands once.
    """
    return "".join(_witness(node, variant, least=least) for node in tree)


def _witness(node: Node, variant: int, *, least: bool) -> str:
    name, value = str(node[0]), node[1]
    if name == "LITERAL":
        return chr(value)
    if name in {"NOT_LITERAL", "ANY", "IN", "CATEGORY"}:
        fitting = _fitting(node)
        return fitting[variant % len(fitting)]
    if name == "BRANCH":
        return witness(list(value[1][variant % len(value[1])]), variant, least=least)
    if _is_repeat(node):
        return witness(list(value[2]), variant, least=least) * int(max(value[0], 0 if least else 1))
    inner = [] if name.startswith("ASSERT") else _inside(node)
    return witness(inner[0], variant, least=least) if inner else ""


def _fitting(node: Node) -> str:
    """Some characters that a class of characters holds, never none."""
    named = [chr(one) for kind, value in _members(node) for one in _ends(str(kind), value)]
    once = re.compile(_class(node), re.DOTALL)
    fitting = dict.fromkeys(one for one in (*named, *POOL) if once.fullmatch(one))
    spread = list(fitting)[:: max(1, len(fitting) // VARIANTS)]
    return "".join(spread) or "a"


def _members(node: Node) -> list[Node]:
    return list(node[1]) if str(node[0]) == "IN" else [node]


def _ends(kind: str, value: Any) -> tuple[int, ...]:  # noqa: ANN401 - what the parser gives
    if kind == "LITERAL":
        return (value,)
    return tuple(value) if kind == "RANGE" else ()


_CATEGORIES = {"SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W", "DIGIT": r"\d", "NOT_DIGIT": r"\D"}


def _class(node: Node) -> str:
    """A node that stands for one character, written as a pattern again."""
    name, value = str(node[0]), node[1]
    if name == "NOT_LITERAL":
        return f"[^{re.escape(chr(value))}]"
    if name == "ANY":
        return "."
    parts = []
    for kind, said in _members(node):
        if str(kind) == "LITERAL":
            parts.append(re.escape(chr(said)))
        elif str(kind) == "RANGE":
            parts.append("-".join(re.escape(chr(one)) for one in said))
        elif str(kind) == "CATEGORY":
            parts.append(_CATEGORIES[str(said).removeprefix("CATEGORY_")])
    negated = any(str(kind) == "NEGATE" for kind, _ in _members(node))
    return f"[{'^' if negated else ''}{''.join(parts)}]"
