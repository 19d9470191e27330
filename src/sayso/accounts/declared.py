"""Claims of responsibility, denials and accusations that stand in the words of a text.

    "X claimed responsibility", "X admitted carrying out", "responsibility was claimed by X"     claimed
    "X denied any role", "X rejected the accusation"                                             denied
    "accused X of", "blamed X for", "holds X responsible"                                        accused

"No group has claimed responsibility" claims nothing. Whoever says so is the speaker of the attribution that the words
stand in or make; where none does, the reporter says that somebody claimed, denied or accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sayso.accounts.blame import WHO, behind, cue_of, entity_of, is_deed, is_of_deed, is_somebody, named_with
from sayso.accounts.known import Known, Paper, Speaker
from sayso.accounts.stakes import is_self, speaks_for
from sayso.kit import covers
from sayso.model import Attribution, Blame, Claim, Entity, Mention, Slot, Span

_CLAIMED = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|took|takes?|taken|taking)\s(?:\w+\s){0,2}(?:responsibility|credit)\b"
    r"|\b(?:admit(?:s|ted)?|confess(?:es|ed)?)\s(?:to\s)?(?:having\s)?"
    r"(?:carr(?:ying|ied)\sout|kill(?:ing|ed)|plant(?:ing|ed)|shooting|bombing|firing|setting|lighting|poisoning)\b"
    r"|\bsa(?:id|ys)\s(?:that\s)?(?:it|they|he|she)\s(?:(?:was|were|had\sbeen)\sbehind|had\scarried\sout|carried\sout)\b",
    re.IGNORECASE,
)
_CLAIMED_BY = re.compile(r"\b(?:responsibility|credit)\s(?:\w+\s){0,6}?(?:was|were|been)\sclaimed\sby\s", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\s(?:[\w'’]+\s){0,6}?"
    r"(?:responsibility|involvement|involved|role|complicity|guilt|behind|carrying\sout|accusations?|ordered|ordering)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)"
    r"|h[eo]ld(?:s|ing)?(?=[^.;:!?\n]{0,60}?\b(?:responsible|accountable|liable)\b))\s(?:the\s)?",
    re.IGNORECASE,
)
_OF = re.compile(r"[^.;:!?\n]{0,60}?\b(?:of|for|responsible)\b", re.IGNORECASE)
_OWNED = re.compile(r"['’]s?\b")
_INNOCENT = re.compile(
    r"\b(?:(?:has|have|had|played|plays?)\s(?:had\s|played\s)?(?:no|nothing)\s(?:\w+\s)?(?:role|part|hand|involvement|to\sdo)"
    r"|(?:was|were|is|are)\snot\s(?:\w+\s)?(?:responsible|involved|behind)|(?:wasn|weren|isn|aren)['’]t\s(?:\w+\s)?"
    r"(?:responsible|involved|behind)|(?:did\snot|didn['’]t)\s(?:do|carry\sout|commit)\s(?:the|this|it)\b)",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\border(?:ed|ing)$", re.IGNORECASE)
_NO = re.compile(
    r"(?:\b(?:no|not|never|nobody|none|neither|nor|without|yet\sto|if|whether|would|could|might|may|should|who)|n['’]t)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_LOOK_BACK = 70


class Declared(NamedTuple):
    """Whom the words speak of, what they say, and who says so."""

    kind: Blame
    slot: Slot
    name: str
    entity: Entity | None
    claim: Claim
    speaker: Speaker
    span: Span


def declared(paper: Paper, known: Known) -> Iterator[Declared]:
    """All of one report, in the order of its text by kind."""
    yield from _claims(paper, known)
    yield from _denials(paper, known)
    for found in _ACCUSED.finditer(paper.text):
        who = _mention_after(paper, found.end())
        if who and not _is_negated(paper, found.start()):
            accuses = bool(_OF.match(paper.text, who.span.end)) and is_of_deed(paper, _rest(paper, who.span))
            spans = named_with(paper, who.span) if _is_bare(paper, who.span) else [who.span] if accuses else []
            for span in spans:
                yield from _of_object(paper, known, "accused", Span(*found.span()), span)


def _claims(paper: Paper, known: Known) -> Iterator[Declared]:
    for found in _CLAIMED.finditer(paper.text):
        if not _is_negated(paper, found.start()) and _tells_of_deed(paper, found.end()):
            yield from _of_subject(paper, known, "claimed", Span(*found.span()))
    for found in _CLAIMED_BY.finditer(paper.text):
        who = _mention_after(paper, found.end())
        if who and not _is_negated(paper, found.start()):
            yield from _of_object(paper, known, "claimed", Span(*found.span()), who.span)


def _denials(paper: Paper, known: Known) -> Iterator[Declared]:
    for found in _DENIED.finditer(paper.text):
        inside = paper.mentions_in(Span(*found.span()))
        others = any(one.wording != "pronoun" and one.kind in WHO for one in inside)
        if not (_is_negated(paper, found.start()) or others or _OWNED.search(found[0])):
            yield from _of_subject(paper, known, "denied", Span(*found.span()))
    for found in _INNOCENT.finditer(paper.text):
        who = _mention_before(paper, found.start())
        if who:
            yield from _of_object(paper, known, "cleared", Span(*found.span()), who.span)


def _is_bare(paper: Paper, who: Span) -> bool:
    """Whether all that an accusation says is whom it accuses: "had accused Varr and also Okonte, but the judge …"."""
    claim = paper.claim_at(who.start)
    if claim is None or claim.attribution is None or not cue_of(paper, claim) & {"accuse", "blame"}:
        return False
    has_events = any(paper.events_in(part) for part in claim.content)
    return covers(claim.content, who) and not has_events and is_of_deed(paper, behind(claim, who.end))


def _rest(paper: Paper, who: Span) -> list[Span]:
    """What is said behind a name: the rest of the content that holds it, else of the sentence."""
    claim = paper.claim_at(who.start)
    held = behind(claim, who.end) if claim and claim.attribution and covers(claim.content, who) else []
    return held or [Span(who.end, paper.sentence_at(who.end).end)]


def _is_negated(paper: Paper, at: int) -> bool:
    start = max(paper.sentence_at(at).start, at - _LOOK_BACK)
    return bool(_NO.search(paper.text[start:at]))


def _tells_of_deed(paper: Paper, at: int) -> bool:
    """Whether the rest of a sentence tells of a deed, before anything else that leads to none."""
    rest = Span(at, paper.sentence_at(at).end)
    return next((is_deed(event) for event in paper.events_in(rest)), True)


def _mention_after(paper: Paper, at: int) -> Mention | None:
    """The longest mention of somebody that begins at a place, an article passed over."""
    near = [one for one in paper.mentions_in(Span(max(0, at - 4), at + 1)) if one.span.end > at]
    fit = [one for one in near if is_somebody(paper, one.span)]
    return max(fit, key=lambda one: (one.span.end, -one.span.start), default=None)


def _mention_before(paper: Paper, at: int) -> Mention | None:
    """The longest mention of somebody that ends right before a place."""
    near = [one for one in paper.mentions_at(Span(max(0, at - 2), at)) if at - 1 <= one.span.end <= at]
    fit = [one for one in near if is_somebody(paper, one.span)]
    return max(fit, key=lambda one: (one.span.end, -one.span.start), default=None)


def _of_object(paper: Paper, known: Known, kind: Blame, words: Span, who: Span) -> Iterator[Declared]:
    """Of the one whom the words name behind them."""
    claim = paper.claim_at(who.start) or paper.claim_at(words.start)
    if claim and claim.stance not in {"asks", "declines"}:
        said = _by_cue(paper, words)
        claim = _claim_of(paper, said) or claim
        entity = entity_of(paper, who)
        name = entity.name if entity else paper.text[slice(*who)]
        speaker = known.speaker(paper, claim)
        if kind == "cleared" and (is_self(speaker, entity) or speaks_for(speaker, entity)):
            kind = "denied"
        if claim.stance != "denies":
            yield Declared(kind, "perpetrator", name, entity, claim, speaker, who)


def _of_subject(paper: Paper, known: Known, kind: Blame, words: Span) -> Iterator[Declared]:
    """Of the one who claims or denies: the speaker of the attribution that the words make, else the verb's agent."""
    slot: Slot = "ordered_by" if _ORDER.search(paper.text[slice(*words)]) else "perpetrator"
    said = _by_cue(paper, words)
    claim = _claim_of(paper, said)
    if claim and said and said.chain[-1].resolved:
        speaker = known.speaker(paper, claim)
        entity = known.entities.get(speaker.voice.entity or "") if speaker.voice else None
        if speaker.voice:
            yield Declared(kind, slot, entity.name if entity else speaker.name, entity, claim, speaker, words)
        return
    claim, who = paper.claim_at(words.start), _agent(paper, words)
    if claim and who and claim.stance not in {"asks", "declines", "denies"}:
        entity = entity_of(paper, who)
        name = entity.name if entity else paper.text[slice(*who)]
        yield Declared(kind, slot, name, entity, claim, known.speaker(paper, claim), words)


def _agent(paper: Paper, words: Span) -> Span | None:
    """Who does what the first of the words says, where they name somebody."""
    for event in paper.events_in(words):
        for role in event.roles:
            if role.name == "agent" and any(
                one.kind in WHO and one.wording != "pronoun" for one in paper.mentions_at(role.span)
            ):
                return role.span
    return None


def _by_cue(paper: Paper, words: Span) -> Attribution | None:
    """The attribution whose cue stands in the words."""
    return paper.cues.get(words.start) or next(
        (one for at in range(words.start + 1, words.end) if (one := paper.cues.get(at))), None
    )


def _claim_of(paper: Paper, said: Attribution | None) -> Claim | None:
    return paper.stated.get(said.id) if said else None
