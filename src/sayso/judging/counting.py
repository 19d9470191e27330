"""What counts: neither what a person rejected, nor what a report or a voice took back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.judging.standing import RETRACTED, standing
from sayso.kit import fold
from sayso.model import Findings, Judgement, Voice


def counted(findings: Iterable[Findings], judgements: Iterable[Judgement]) -> tuple[Findings, ...]:
    """The findings without rejected attributions and their claims, in the same order.

    Of a report that was retracted only the sentences and names are left: it claims nothing more. What is not touched
    is given back as it came.
    """
    stands = standing(judgements)
    rejected = frozenset(about for about, one in stands.items() if one.verdict == "rejected")
    retracted = frozenset(about for about, one in stands.items() if one.verdict == RETRACTED)
    return tuple(_silent(one) if one.report in retracted else _without(one, rejected) for one in findings)


def retracted_voices(voices: Iterable[Voice], judgements: Iterable[Judgement]) -> tuple[Voice, ...]:
    """The voices that a person marked as retracted, known by id, or by name where reports added since changed that."""
    marked = [one for one in standing(judgements).values() if one.verdict == RETRACTED]
    ids, names = {one.about for one in marked}, {fold(name) for one in marked for name in one.names}
    return tuple(
        voice
        for voice in voices
        if voice.id in ids or (voice.named and names and not names.isdisjoint(map(fold, voice.spellings)))
    )


def without_voices(findings: Iterable[Findings], voices: Iterable[Voice]) -> tuple[Findings, ...]:
    """The findings without what these voices say or pass on."""
    gone = frozenset(name for voice in voices for name in (*voice.attributions, *voice.relays))
    return tuple(_without(one, gone) for one in findings)


def _silent(findings: Findings) -> Findings:
    return Findings(findings.report, findings.sentences, caveats=findings.caveats, mentions=findings.mentions)


def _without(findings: Findings, gone: frozenset[str]) -> Findings:
    if not gone or gone.isdisjoint(one.id for one in findings.attributions):
        return findings
    return replace(
        findings,
        attributions=tuple(one for one in findings.attributions if one.id not in gone),
        claims=tuple(one for one in findings.claims if one.attribution not in gone),
    )
