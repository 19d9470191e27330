"""One form for every data set that marks more than attributions: mentions, roles of events, factuality, fillers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from training.data import Pair


class Tagged(NamedTuple):
    """A marked stretch. Offsets are code points, half-open."""

    start: int
    end: int
    kind: str
    """The type in the data set's own words."""


class Happening(NamedTuple):
    """One predicate with its arguments."""

    span: Pair
    """The one word of the predicate."""
    roles: tuple[Tagged, ...]
    """Whole arguments; kind is one of `model.RoleName`."""
    heads: tuple[Tagged, ...]
    """Their head words, in the same order."""


class Syntax(NamedTuple):
    """One word of a dependency tree (Universal Dependencies v2)."""

    span: Pair
    tag: str
    """Universal part of speech."""
    relation: str
    """To its governor, without subtype."""
    governor: Pair
    """Its own span for the root."""


class Text(NamedTuple):
    """A text and what its data set marks in it. What a data set does not mark is absent, not empty."""

    id: str
    text: str
    spans: Mapping[str, tuple[Tagged, ...]] = {}
    """Scheme ("re3d", "crossner", "wikigold", "gum", "muc") to its marks; those of "gum" may nest."""
    happenings: tuple[Happening, ...] | None = None
    """Every predicate, or None where none are marked."""
    factuality: tuple[tuple[Pair, float], ...] = ()
    """Word and how far its text commits to it, -3 to 3."""
    syntax: tuple[Syntax, ...] = ()
    """Every word of a text whose trees are known. It helps to learn the rest; nothing of it is shipped."""
