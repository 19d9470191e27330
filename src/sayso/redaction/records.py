"""A case rewritten: texts and names in its records, spans moved, ids and hashes that say nothing of what was there.

An id of a case is a hash of words. Who guesses the words could try them against it, so every id becomes a running
number, hashed; and so the hash of a text or file that held a name is kept back: it stays in the case.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, is_dataclass, replace
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, cast

from sayso.kit import identify
from sayso.model import Case, Caveat, Echo, Entity, File, Quantity, Report, Span, Version, Voice, When
from sayso.redaction.choosing import Chosen, choose
from sayso.redaction.matching import Moves, Names, rewritten

MARK: Final = "redacted: hash of the original kept"
"""What stands instead of the SHA-256 of a text or file in which something was replaced."""
REDACTED: Final = "redacted"
"""Kind of the caveat on a redacted case."""
ADDRESS: Final = "redacted: "
"""Before an address in which something was replaced: so nothing makes a link of it."""

CANNOT: Final = (
    "Descriptions are left as they are: an office, a kinship, a place or a day can tell who is meant.",
    "Sentences of published reports can be searched for on the web, where the names stand.",
)
"""What no program can hide: to be told to whoever redacts."""

ID_LENGTH: Final = 16
PLAIN: Final = frozenset({int, float, bool, type(None)})
_ID: Final = re.compile(r"[0-9a-f]{16}")
_SCHEME: Final = re.compile(r"^[A-Za-z][\w+.-]*:(?://)?")

T = TypeVar("T")


class _Field(NamedTuple):
    name: str
    is_text: bool
    """Whether strings in it are somebody's words or ids. All others are terms of the program."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records of a case are rewritten by. `ids` and `files` grow."""

    names: Names
    texts: dict[str, str]
    moves: dict[str, Moves]
    ids: dict[str, str]
    files: dict[str, str]


class Redaction:
    """A redacted case, and its way with whatever else is told of it."""

    def __init__(self, case: Case, chosen: Chosen | None = None) -> None:
        """`chosen` from `choose`, of the same case; without it nothing is replaced."""
        self.original = case
        """What everything else is worked out from, for words that were replaced would be read otherwise."""
        self.pseudonyms = chosen.pseudonyms if chosen else ()
        self.borne = chosen.borne if chosen else ()
        """Who is who: never written into anything that is handed over."""
        self.warnings = (*chosen.warnings, *CANNOT) if chosen else ()
        self._known = _known(case, chosen.names) if chosen else None
        self.case = _with_caveat(self.of(case), self.pseudonyms) if chosen else case

    def of(self, record: T) -> T:
        """Records worked out from the original case, redacted as the case is: its ledgers, weighings, matrices."""
        return record if self._known is None else cast("T", _again(record, "", self._known, is_text=True))

    def text(self, text: str) -> str:
        """A text that belongs to the case, such as its title."""
        return text if self._known is None else self._known.names.without(text, any_case=True)

    def in_words(self, output: str) -> tuple[str, ...]:
        """What whoever hands over a finished page or export of it has to know first: it tells names."""
        left = (
            "A redacted name stands in what was written all the same, perhaps as a word of the program: look it over."
        )
        head = f"Redacted: {'; '.join(self.borne)}. Keep this list: it is kept nowhere, and in no file."
        return (head, *self.warnings, *((left,) if self.left(output) else ()))

    def left(self, output: str) -> bool:
        """Whether a chosen name stands in a finished page or export."""
        return self._known is not None and bool(self._known.names.cuts(output))


def redact(case: Case, names: Iterable[str]) -> Redaction:
    """The case with everybody who bears one of these names called by a pseudonym, throughout.

    The same case and names give the same redaction, in whatever order the names come. `WrongUse` as in `choose`.
    """
    return Redaction(case, choose(case, names))


def _known(case: Case, names: Names) -> _Known:
    texts: dict[str, str] = {}
    moves: dict[str, Moves] = {}
    touched: set[str] = set()
    for report in case.reports:
        cuts = names.cuts(report.text)
        texts[report.id], moves[report.id] = rewritten(report.text, cuts), Moves(cuts)
        about = (report.title, report.publisher, *report.authors, report.address)
        if cuts or any(names.cuts(one, any_case=True) for one in about):
            touched.add(report.file)
    order = dict.fromkeys([*(file.sha256 for file in case.files), *(report.file for report in case.reports)])
    files = {sha256: f"{MARK} (file {number})" for number, sha256 in enumerate(order, 1) if sha256 in touched}
    return _Known(names, texts, moves, {}, files)


def _with_caveat(case: Case, pseudonyms: Iterable[str]) -> Case:
    message = (
        f"Names were replaced by pseudonyms: {', '.join(pseudonyms)}. Texts, titles, addresses and offsets are those "
        "of the redacted case. Where something was replaced, the hash of the text or file is kept with the original "
        "case, and cannot be checked here. Descriptions are left as they are and may tell who is meant."
    )
    return replace(case, caveats=(Caveat("this dossier", REDACTED, message), *case.caveats))


@cache
def _fields(kind: Hashable) -> tuple[_Field, ...]:
    """Of a kind of record. Fields whose annotation names `str` hold words or ids; others records, or terms."""
    named: Iterable[str] = getattr(kind, "_fields", ()) or getattr(kind, "__dataclass_fields__", ())
    types: dict[str, object] = getattr(kind, "__annotations__", {})
    return tuple(_Field(name, bool(re.search(r"\bstr\b", str(types[name])))) for name in named)


def _again(value: Any, report: str, known: _Known, *, is_text: bool) -> Any:  # noqa: ANN401 (any record)
    """The value rewritten. `report`: id of the report in whose text its spans are; "" for none."""
    kind = type(value)
    if kind is str:
        return _string(value, known) if is_text else value
    if kind is Span:
        return known.moves[report].span(value) if report in known.moves else value
    if kind is tuple:
        return tuple([_again(one, report, known, is_text=is_text) for one in value])
    if kind in PLAIN:
        return value
    if isinstance(value, tuple) or is_dataclass(value):
        return _special(value, report, known)
    return value


def _special(value: Any, report: str, known: _Known) -> Any:  # noqa: ANN401 (any record)
    if isinstance(value, Report):
        return _report(value, known)
    if isinstance(value, File):
        return _file(value, known)
    if isinstance(value, Echo):
        return _echo(value, known)
    if isinstance(value, Version):
        return _version(value, known)
    return _settled(_record(value, report, known), report, known)


def _record(value: Any, report: str, known: _Known) -> Any:  # noqa: ANN401 (any record)
    its = getattr(value, "report", report)
    report = its if isinstance(its, str) else report
    again = {
        one.name: _again(getattr(value, one.name), report, known, is_text=one.is_text)
        for one in _fields(cast("Hashable", type(value)))
    }
    return type(value)(**again)


def _settled(record: Any, report: str, known: _Known) -> Any:  # noqa: ANN401 (any record)
    """What must agree with what was rewritten: words as written, and spellings that are one now."""
    if isinstance(record, Quantity | When) and report in known.texts:
        return record._replace(as_written=known.texts[report][record.span.start : record.span.end])
    if isinstance(record, Entity):
        joinings = tuple(one for one in record.joinings if one.one != one.other)
        return replace(record, spellings=tuple(dict.fromkeys(record.spellings)), joinings=joinings)
    if isinstance(record, Voice):
        return replace(record, spellings=tuple(dict.fromkeys(record.spellings)))
    return record


def _string(value: str, known: _Known, *, any_case: bool = False) -> str:
    if value in known.ids:
        return known.ids[value]
    if len(value) == ID_LENGTH and _ID.fullmatch(value):
        known.ids[value] = identify("redacted", len(known.ids))
        return known.ids[value]
    return known.files.get(value) or known.names.without(value, any_case=any_case)


def _report(one: Report, known: _Known) -> Report:
    text, moves = known.texts[one.id], known.moves[one.id]
    address = _string(one.address, known, any_case=True)
    return replace(
        one,
        id=_string(one.id, known),
        text=text,
        sha256=one.sha256 if text == one.text else MARK,
        file=known.files.get(one.file, one.file),
        name=_string(one.name, known, any_case=True),
        place=_string(one.place, known, any_case=True),
        title=_string(one.title, known),
        publisher=_string(one.publisher, known),
        authors=tuple(_string(author, known) for author in one.authors),
        address=address if address == one.address else ADDRESS + _SCHEME.sub("", address),
        pages=tuple(tuple(moves.start(place) for place in page) for page in one.pages),
    )


def _file(one: File, known: _Known) -> File:
    address = _string(one.address, known, any_case=True)
    return replace(
        one,
        sha256=known.files.get(one.sha256, one.sha256),
        name=_string(one.name, known, any_case=True),
        address=address if address == one.address else ADDRESS + _SCHEME.sub("", address),
        collector=_string(one.collector, known),
    )


def _echo(one: Echo, known: _Known) -> Echo:
    passages = tuple(
        (_moved(ours, one.copy, known), _moved(theirs, one.original, known)) for ours, theirs in one.passages
    )
    return replace(
        one,
        copy=_string(one.copy, known),
        original=_string(one.original, known),
        passages=passages,
        reason=_string(one.reason, known),
    )


def _version(one: Version, known: _Known) -> Version:
    return replace(
        one,
        earlier=_string(one.earlier, known),
        later=_string(one.later, known),
        removed=tuple(_moved(span, one.earlier, known) for span in one.removed),
        added=tuple(_moved(span, one.later, known) for span in one.added),
    )


def _moved(span: Span, report: str, known: _Known) -> Span:
    return known.moves[report].span(span) if report in known.moves else span
