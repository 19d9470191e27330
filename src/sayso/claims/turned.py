"""Replies that the words before them turn round or make unlikely.

    "found no sign of a bomb", "no evidence that the Front did it"      against the answer, which is "bomb", "the Front"
    "accused the mayor of hiding the letter"                            no word of a deed: hardly who did it

Plain wordings, checked on the marked claims that the replies were trained on: of 26 answers behind "no sign of" or "no"
all are marked as against; of 19 accusations of something that is no deed two name who is marked as the doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.claims.content import Content
from sayso.claims.frames import DOERS, tells_of_deed
from sayso.claims.phrases import words_in
from sayso.kit import covers
from sayso.model import Attribution, Reply, Slot, Span

TURNED: frozenset[Slot] = DOERS | {"means", "whereabouts"}
"""Questions whose answers are looked at."""
OTHER_THING = 3 / 21
"""How likely one accused of what is no deed is marked as the doer: (2 + 1) / (19 + 2), Laplace's rule of succession."""

_SIGN = r"(?:sign|trace|evidence|proof|indication|hint|suggestion)s?"
_ABSENT = re.compile(
    r"\b(?:no|without|lack(?:s|ed)?|(?:not|never|without|n['’]t)\s(?:\w+\s){0,2}(?:an?|any|one))\s(?:[\w-]{1,30}\s){0,2}"
    rf"{_SIGN}\s(?:[\w-]{{1,30}}\s){{0,3}}?(?:of|that|linking|tying|against)\s(?P<then>[^.;:!?\n]{{0,80}})$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:^|[^\w-])no\s(?!(?:doubt|longer|other|less|fewer|more|one|time|matter|secret)\b)(?:[\w-]{1,30}\s)?$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\b(?:but|although|though|except|rather|instead|while|whereas)\b|\band\sthat\b|,\sand\b")
_LEADING = re.compile(
    rf"\b(?:(?:no|any|an?|the)\s)?(?:[\w-]{{1,30}}\s)?{_SIGN}\sof\s(?:(?:an?|the|any)\s)?", re.IGNORECASE
)
_LOOK_BACK = 200

_ACCUSING = frozenset({"accuse", "blame", "charge"})
_OTHER = re.compile(
    r"[^.;:!?\n]{0,80}?\b(?:of|for|with)\s(?:[\"“'‘]\s?)?(?:\w{1,30}ly\s)?(?:\w{1,30}ing\b(?!\s(?:it|this|that)\b)|an?\s[a-z])"
)
_WEAPON = re.compile(
    r"\b(?:weapon|arm|bomb|charge|explosive|mine|missile|rocket|grenade|device|gas|poison)s?\b", re.IGNORECASE
)


def turned(text: str, content: Content, said: Attribution | None, replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The replies of a claim, in the same order, each question and words once a side: the likeliest."""
    best: dict[tuple[Slot, bool, Span | None], Reply] = {}
    is_other = _accuses_of_other(text, content, said)
    for one in _each(text, content, replies):
        sure = (
            one.probability * OTHER_THING if is_other and one.slot == "perpetrator" and one.is_for else one.probability
        )
        kept = one._replace(probability=sure)
        name = one.slot, one.is_for, one.span
        if name not in best or sure > best[name].probability:
            best[name] = kept
    return tuple(best.values())


def _each(text: str, content: Content, replies: Sequence[Reply]) -> Iterator[Reply]:
    for one in replies:
        if one.slot not in TURNED or one.span is None or content.claim.stance == "denies":
            yield one
            continue
        span, is_absent = _trimmed(text, one.span)
        is_absent |= _is_absent(text, content, span)
        yield one._replace(span=span, is_for=one.is_for and not is_absent)


def _trimmed(text: str, span: Span) -> tuple[Span, bool]:
    """An answer without "no sign of a", and whether that stood there."""
    lead = _LEADING.match(text, *span)
    if not lead or lead.end() >= span.end:
        return span, False
    return Span(lead.end(), span.end), lead[0].lower().startswith("no ")


def _is_absent(text: str, content: Content, span: Span) -> bool:
    """Whether the words before an answer, in the same part of the content, say that there is no sign of it."""
    start = next((part.start for part in content.claim.content if covers((part,), span)), None)
    if start is None:
        return False
    before = text[max(start, span.start - _LOOK_BACK) : span.start]
    absent = _ABSENT.search(before)
    return bool(_NO.search(before)) or (absent is not None and not _ENDED.search(absent["then"]))


def _accuses_of_other(text: str, content: Content, said: Attribution | None) -> bool:
    """Whether a claim accuses somebody of what is no deed: "the mayor of hiding the letter"."""
    if said is None or said.cue is None or not any(one.lemma in _ACCUSING for one in words_in(text, said.cue)):
        return False
    words = " ".join(text[slice(*part)] for part in content.claim.content)
    return bool(_OTHER.match(words)) and not _WEAPON.search(words) and not tells_of_deed(text, content)
