"""What passes between the steps of `resolve`: names met, and why two of them may stand for one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sayso.model import MentionKind, Span, Where
from sayso.names.forms import Gender, form


class Key(NamedTuple):
    """What makes a name another than the next one, before anything is joined."""

    core: str
    """See `forms.Form`."""
    person: bool
    gender: Gender = ""
    report: str = ""
    """The one report to which it is tied, for a short form or a description; "" for a name that is good anywhere."""


class Named(NamedTuple):
    """One place of a name in a report."""

    key: Key
    span: Span
    kind: MentionKind
    titles: frozenset[str] = frozenset()


@dataclass(slots=True)
class Node:
    """All places of one name."""

    key: Key
    spellings: dict[str, int] = field(default_factory=dict)
    """How often it is written how."""
    kinds: dict[MentionKind, int] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    mentions: list[Where] = field(default_factory=list)
    described: bool = False
    """Whether it is no name but a description that stands beside one."""

    @property
    def kind(self) -> MentionKind:
        """The commonest; "other" for a name that no mention gives a kind."""
        if len(self.kinds) == 1:  # as good as always, and asked very often
            return next(iter(self.kinds))
        return min(self.kinds, key=lambda kind: (-self.kinds[kind], kind), default="other")

    @property
    def spelling(self) -> str:
        """As it is written most often; not in capitals alone and without a title, if it can be."""
        if len(self.spellings) == 1:
            return next(iter(self.spellings))
        return min(
            self.spellings,
            key=lambda s: (s.isupper() and " " in s, self._has_title(s), -self.spellings[s], len(s), s),
        )

    def _has_title(self, written: str) -> bool:
        return self.key.person and bool(form(written, person=True).titles)

    def copy(self) -> Node:
        """The same, to be added to."""
        return replace(self, spellings=dict(self.spellings), kinds=dict(self.kinds), mentions=list(self.mentions))

    def reports(self) -> set[str]:
        """The reports in which it stands."""
        return {where.report for where in self.mentions}

    def meet(self, spelling: str, kind: MentionKind | None, where: Where | None) -> None:
        """Count one more place. No kind and no place where nothing but a chain of voices has the name."""
        self.spellings[spelling] = self.spellings.get(spelling, 0) + 1
        if kind is not None:
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if where is not None:
            self.mentions.append(where)

    def take_in(self, other: Node) -> None:
        """Count all places of another node as places of this one."""
        for spelling, number in other.spellings.items():
            self.spellings[spelling] = self.spellings.get(spelling, 0) + number
        for kind, number in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + number
        self.titles |= other.titles
        self.mentions += other.mentions


@dataclass(frozen=True, slots=True)
class Tie:
    """A reason why two names stand for one, or may."""

    one: Key
    other: Key
    reason: str
    score: float
    """0 to 1; 1 where the text or a person says so."""
    by_spelling: bool = False
    """Whether they are spellings of one name: all names that are tied so must then be alike."""
    disputed: bool = False
    only_shown: bool = False
    """Whether it is too little to join them: it is shown to a person."""


@dataclass(frozen=True, slots=True)
class Short:
    """A short form, with the full names of its report that it can stand for: joined where they are all one."""

    key: Key
    candidates: tuple[Key, ...]
    reason: str
    score: float = 1.0
    disputed: bool = False


@dataclass(slots=True)
class Sheet:
    """What one report says of the names in it."""

    report: str
    nodes: dict[Key, Node] = field(default_factory=dict)
    shorts: list[Short] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    voices: dict[str, Key] = field(default_factory=dict)
    """By the name of a voice in its chains."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named voice of a report's chains."""

    name: str
    span: Span | None
    kind: MentionKind
    """As far as what is said of it tells; "other" where it can be a person or a group."""
