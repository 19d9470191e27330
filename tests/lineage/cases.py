"""Small cases for tests of lineage: reports in which invented people say things, without a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.kit import digest, identify
from sayso.lineage.roots import plain
from sayso.model import (
    Answer,
    Attribution,
    Case,
    Certainty,
    Claim,
    Echo,
    Findings,
    Given,
    Kind,
    Link,
    Question,
    Report,
    Span,
    Stance,
    Voice,
)


class Says(NamedTuple):
    """One claim: a sentence that a report makes of it, and the chain behind the publisher."""

    report: str
    words: str
    chain: tuple[str, ...] = ()
    answer: str = "yes"
    is_for: bool = True
    certainty: Certainty = "certain"
    stance: Stance = "asserts"
    kind: Kind = "official"


class Told(NamedTuple):
    """A report: its id is its name."""

    name: str
    publisher: str
    published: str = "2031-05-03"
    authors: tuple[str, ...] = ()
    title: str = ""


def is_named(voice: str) -> bool:
    return voice.removeprefix("the ")[:1].isupper()


def case(told: Sequence[Told], says: Sequence[Says], echoes: Sequence[Echo] = (), **also: object) -> Case:
    """A case of one question. Voices with a capital are named, and one over all reports."""
    texts = {
        one.name: "\n".join([one.title] * bool(one.title) + [s.words for s in says if s.report == one.name])
        for one in told
    }
    reports = tuple(
        Report(
            one.name, texts[one.name], digest(texts[one.name]), "", "", publisher=one.publisher,
            published=one.published, authors=one.authors, title=one.title,
        )
        for one in told
    )  # fmt: skip
    publishers = {one.name: one.publisher for one in told}
    claims = [_claim(one, texts[one.report], publishers[one.report]) for one in says]
    findings = tuple(
        Findings(one.name, attributions=_attributions(mine), claims=tuple(mine))
        for one in told
        for mine in [[claim for claim in claims if claim.report == one.name]]
    )
    given: dict[str, list[Given]] = {}
    for one, claim in zip(says, claims, strict=True):
        given.setdefault(one.answer, []).append(Given(one.report, claim.id, one.is_for, claim.content[0]))
    answers = tuple(Answer(f"a-{name}", name, tuple(rows)) for name, rows in given.items())
    question = Question("q", "free", "i", "Was the gate shut?", answers)
    voices = _voices(says, claims, publishers)
    return Case(reports, findings, voices=voices, echoes=tuple(echoes), questions=(question,), **also)  # type: ignore[arg-type]


def _words(told: Told, says: Sequence[Says]) -> list[str]:
    return [one.words for one in says if one.report == told.name]


def _claim(one: Says, text: str, publisher: str) -> Claim:
    span = span_of(text, one.words)
    name = identify("attribution", *one) if one.chain else None
    links = [Link(publisher), *(Link(voice) for voice in one.chain)]
    last = Link(links[-1].voice, one.stance, one.certainty, via=name)
    return Claim(identify("claim", *one), one.report, (span,), (*links[:-1], last), name, one.stance, one.certainty)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _attributions(claims: Sequence[Claim]) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(one.attribution, one.report, None, None, one.content, chain=one.chain, probability=0.9)
        for one in claims
        if one.attribution
    )


def _voices(says: Sequence[Says], claims: Sequence[Claim], publishers: dict[str, str]) -> tuple[Voice, ...]:
    met: dict[tuple[str, ...], list[tuple[str, str, Kind, str | None]]] = {}
    for one, claim in zip(says, claims, strict=True):
        for place, voice in enumerate((publishers[one.report], *one.chain)):
            key = ("", plain(voice)) if is_named(voice) else (one.report, plain(voice))
            said = claim.attribution if place == len(one.chain) else None
            met.setdefault(key, []).append((voice, one.report, one.kind, said))
    return tuple(
        Voice(
            identify("voice", *key),
            max(voice for voice, *_ in rows),
            rows[0][2],
            is_named(rows[0][0]),
            tuple(sorted({voice for voice, *_ in rows})),
            tuple(sorted({said for *_, said in rows if said})),
            (),
            tuple(sorted({report for _, report, *_ in rows})),
            identify("entity", *key) if is_named(rows[0][0]) else None,
        )
        for key, rows in sorted(met.items())
    )


def copied(case: Case, copy: str, original: str) -> Echo:
    """The echo of a report that holds the whole text of another."""
    here, there = (next(one for one in case.reports if one.id == name) for name in (copy, original))
    return Echo(copy, original, ((Span(0, len(here.text)), Span(0, len(there.text))),), 1.0)
