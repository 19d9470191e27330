"""What people have said of names: that two spellings stand for one, or for two.

A judgement is about spellings, not about entities: whose spellings they are changes when reports are added. The last
word on a pair counts; one that was retracted counts as never said.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from sayso.kit import identify
from sayso.model import Judgement
from sayso.names.forms import form, plain_name

SAME, APART, RETRACTED = "same", "different", "retracted"
"""The verdicts on a pair of names."""


class Verdict(NamedTuple):
    """A judgement that stands."""

    one: frozenset[str]
    """The cores that the first spelling can have, see `forms.Form`."""
    other: frozenset[str]
    same: bool
    reason: str
    by: str
    names: tuple[str, ...]
    """As the person wrote them."""


def pair_of(one: str, other: str) -> str:
    """What a judgement on two names is about, in whatever order and however they are written."""
    return identify("names", *sorted((plain_name(one), plain_name(other))))


def cores(name: str) -> frozenset[str]:
    """The cores of a spelling: as a person's name and as another's."""
    return frozenset(form(name, person=person).core for person in (True, False))


def standing(judgements: Iterable[Judgement]) -> tuple[Verdict, ...]:
    """The last judgement on each pair of names, in the order in which they were made."""
    last: dict[str, Judgement] = {}
    judgements = tuple(judgements)
    gone = {one.supersedes for one in judgements}
    for one in sorted(judgements, key=attrgetter("at")):  # of one second, in the order given: that of the log
        if len(one.names) == 2 and one.id not in gone:
            last.pop(one.about, None)
            last[one.about] = one
    return tuple(
        Verdict(cores(one.names[0]), cores(one.names[1]), one.verdict == SAME, one.reason, one.by, one.names)
        for one in last.values()
        if one.verdict in {SAME, APART}
    )
