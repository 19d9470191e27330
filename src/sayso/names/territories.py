"""Names of states and territories, which are alike and yet never spellings of each other."""

from __future__ import annotations

from functools import cache

from sayso.names.folding import romanise


def are_two(one: str, other: str) -> bool:
    """Whether both words, in small Latin letters, are names of territories, and not of the same one."""
    known = _territories()
    return one != other and one in known and other in known and known[one] != known[other]


@cache
def _territories() -> dict[str, str]:
    """Names of one word, each with its code; the names are those of the Unicode CLDR, in English."""
    from babel import Locale

    return {
        romanise(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and " " not in name
    }
