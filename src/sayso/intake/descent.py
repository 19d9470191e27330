"""Files in files: each member of a container is taken in as a file of its own, within bounds for the whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from sayso.intake.records import Member, Notes
from sayso.model import Caveat, Report

DEEPEST = 3
"""Containers in containers: an archive of mailboxes whose messages have attachments is three deep."""
MOST_MEMBERS = 10_000
"""Of one file, at all depths together."""
MOST_BYTES = 1 << 30
"""Unpacked, of one file, at all depths together."""
ADVICE = "Unpack it and read its parts."

Piece = tuple[Report, Notes] | Member | Caveat
"""What one level of a file gives: a report with the notes on it, a file inside it, or what is wrong."""
Opener = Callable[[Member, int], Iterator[Piece]]
"""Opens one level of a file, given its depth (0 for the file itself). Members come with their whole place."""
Taken = tuple[tuple[Report, ...], tuple[Caveat, ...]]


@dataclass(slots=True)
class _Gathered:
    """What has been met in one file so far."""

    tell: Callable[[int], None]
    reports: dict[str, Report] = field(default_factory=dict)
    caveats: list[Caveat] = field(default_factory=list)
    members: int = 0
    size: int = 0
    refused: int = 0


def silent(_members: int) -> None:
    """A listener that tells nobody."""


def descend(top: Member, about: str, open_level: Opener, tell: Callable[[int], None] = silent) -> Taken:
    """All reports in a file and in the files inside it, in order, each once; and what is wrong with them.

    `about` is the file's name; caveats that are not about a report are about it. `tell` is told how many files inside
    it have been met, each time one is.
    """
    met = _Gathered(tell)
    _descend(top, about, 0, open_level, met)
    if met.refused:
        many = f"{met.refused} more files in it were not opened: it holds over {MOST_MEMBERS} or over 1 GB of them."
        met.caveats.append(Caveat(about, "too-large", f"{about}: {many} {ADVICE}"))
    if not met.reports and not met.caveats:
        met.caveats.append(Caveat(about, "empty", f"{about} is empty."))
    return tuple(met.reports.values()), tuple(met.caveats)


def _descend(member: Member, about: str, depth: int, open_level: Opener, met: _Gathered) -> None:
    for piece in open_level(member, depth):
        if isinstance(piece, Caveat):
            met.caveats.append(piece)
        elif isinstance(piece, Member):
            _enter(piece, about, depth + 1, open_level, met)
        else:
            met.caveats += _unless_met(*piece, met.reports)


def _enter(member: Member, about: str, depth: int, open_level: Opener, met: _Gathered) -> None:
    """Take in a member, if the bounds for the whole file still let it."""
    met.members += 1
    met.size += len(member.data)
    met.tell(met.members)
    if depth > DEEPEST:
        where = f"{about}, {member.place},"
        met.caveats.append(Caveat(about, "too-deep", f"{where} lies {depth} files deep; {DEEPEST} are read. {ADVICE}"))
    elif met.members > MOST_MEMBERS or met.size > MOST_BYTES:
        met.refused += 1
    else:
        _descend(member, about, depth, open_level, met)


def _unless_met(report: Report, notes: Notes, met: dict[str, Report]) -> Iterator[Caveat]:
    """Put the report among those met, with its caveats; the same one twice in a file is one report."""
    first = met.setdefault(report.id, report)
    if first is report:
        yield from (Caveat(report.id, kind, message) for kind, message in notes)
    else:
        message = f"{report.place} of {report.name} is the same report as {first.place}; it was taken once."
        yield Caveat(report.id, "same-report", message)


def within(outer: str, inner: str) -> str:
    """The place of something in a member: "letters.mbox > message 3".

    >>> within("letters.mbox", "message 3"), within("", "line 2")
    ('letters.mbox > message 3', 'line 2')
    """
    return " > ".join(filter(None, (outer, inner)))


def placed(member: Member, outer: Member) -> Member:
    """A member under its whole place. What a list says of an archive holds for the files in it."""
    return replace(
        member,
        place=within(outer.place, member.place),
        publisher=member.publisher or outer.publisher,
        published=member.published or outer.published,
    )
