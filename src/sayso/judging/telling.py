"""What each judgement set, from what to what: for people who look through what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sayso.judging.standing import UNDONE
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Change, Judgement, Span

ARROW: Final = " → "
NOT_GIVEN: Final = "speaker not given"


class Step(NamedTuple):
    """One thing that a judgement set."""

    what: str
    """"chain", "what they do", "how firmly", "kind", "named", "words", "source" or "cue"."""
    before: str
    """In words; "" where nothing stood there."""
    after: str


def steps(
    judgements: Iterable[Judgement], read: Mapping[str, Attribution], texts: Mapping[str, str]
) -> dict[str, tuple[Step, ...]]:
    """What each judgement on an attribution changed, by the judgement's id; those that changed nothing are left out.

    `read`: attributions as the program has them, by id. `texts`: of reports, by id. What stood before a judgement is
    what the one before it set, else what the program read; what takes one back leads back to that.
    """
    kept: dict[str, list[Judgement]] = {}
    found = {}
    for one in judgements:
        if len(one.names) > 1:
            continue
        several = kept.setdefault(one.about, [])
        was = several[-1].change if several else None
        if one.verdict != UNDONE:
            several.append(one)
        elif several:
            several.pop()
        now = several[-1].change if several else None
        if made := tuple(_between(read.get(one.about), was, now, texts)):
            found[one.id] = made
    return found


def _between(
    read: Attribution | None, was: Change | None, now: Change | None, texts: Mapping[str, str]
) -> Iterator[Step]:
    before, after = _settings(read, was, texts), _settings(read, now, texts)
    for what in dict.fromkeys([*before, *after]):
        one, other = before.get(what, ""), after.get(what, "")
        if one != other:
            yield Step(what, one, other)


def _settings(read: Attribution | None, change: Change | None, texts: Mapping[str, str]) -> dict[str, str]:
    """What stands of an attribution, in words, by what it is."""
    if read is None and change is None:
        return {}
    set_here = change or Change("")
    stance, certainty, kind, named = (
        getattr(set_here, name) if getattr(set_here, name) is not None else getattr(read, name, None)
        for name in ("stance", "certainty", "kind", "named")
    )
    text = texts.get(read.report if read else set_here.report, "")
    spans = {name: getattr(set_here, name) or getattr(read, name, None) for name in ("content", "source", "cue")}
    told = {
        "chain": ARROW.join(_voices(read, set_here)),
        "what they do": stance or "",
        "how firmly": certainty or "",
        "kind": kind or "",
        "named": "" if named is None else "yes" if named else "no",
        "words": _cut(text, spans["content"] or ()),
        "source": _cut(text, [spans["source"]] if spans["source"] else ()),
        "cue": _cut(text, [spans["cue"]] if spans["cue"] else ()),
    }
    return {what: words for what, words in told.items() if words}


def _voices(read: Attribution | None, change: Change) -> list[str]:
    """All voices; of what a person added those that they named, for the publisher is no part of it."""
    chain = [link.voice for link in read.chain] or [PUBLISHER_NOT_RECORDED, UNSPECIFIED] if read else [""]
    publisher, voices = chain[:1], chain[1:]
    if change.chain is not None:
        voices = [*change.chain]
    if change.speaker:
        voices = [*voices[:-1], change.speaker]
    return [NOT_GIVEN if one == UNSPECIFIED else one for one in (*publisher, *voices) if one]


def _cut(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)
