"""How firmly a report holds a group to have done it.

Fact, accused, accused by authorities, claimed, possible, acquitted: the values of slot 11 of MUC-4 (PERP:
ORGANIZATION CONFIDENCE), decided as its documentation draws it (1992):

    acquitted? ──▶ did the group itself say so? ──▶ is it accused? by an authority? ──▶ is it left open, or do mere
    traces tie it? ──▶ fact

Every sentence that names the group is looked at, under its name or the short form that the report gives; what is told
firmest on that way decides. What the words are stands in `confidence.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import islice

from sayso.model import PERPETRATORS, Confidence, Filler, Span

ORDER: tuple[Confidence, ...] = ("acquitted", "claimed", "accused by authorities", "accused", "possible", "fact")
"""The classes as the decision tree asks for them."""

NEAR = 70
"""Code points between an accusing word and the name that it can reach."""

WIDEST = 600
"""Code points of the sentence that are looked at on either side of a name. Longer ones are lists or no sentences."""

MOST = 40
"""Places of a group's names that are looked at, the first ones."""

_WORDS: dict[str, list[str]] = tomllib.loads((files("sayso.reading") / "confidence.toml").read_text(encoding="utf-8"))


def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_WORDS[name])})(?!\w)")


_CLAIMS, _ADMITS, _DISOWNED, _ACCUSING = _any("claims"), _any("admits"), _any("disowned"), _any("accusing")
_DOUBTFUL, _AUTHORITIES, _TRACES = _any("doubtful"), _any("authorities"), _any("traces")
_OPEN, _HEARSAY = _any("open"), _any("hearsay")
_CLAIMED_BY, _TIED, _HELD = _any("claimed_by"), _any("tied"), _any("held")
_IS = r"[^.;]{0,60}?\b(?:is|are|was|were|been|be) (?:\w{1,20} ){0,2}"
_IS_ACCUSED = re.compile(rf"{_IS}(?:{'|'.join(_WORDS['accused'])})\b")
_IS_CLEARED = re.compile(rf"{_IS}(?:{'|'.join(_WORDS['cleared'])})\b")
_OF_THE = re.compile(r" (?:[\w'\"-]{1,20} ){0,5}[\"'“]?$")
_WORN = re.compile(rf"[\"'”]? ?(?:{'|'.join(_WORDS['worn'])})(?!\w)")
_RESPONSIBLE = re.compile(r"[^.;]{0,60}?\bresponsible\b")
_BEFORE = re.compile(r"(?:[\w'-]{1,20} ){1,8}$")
_SMALL = frozenset(["of", "the", "and", "for", "de", "del", "la", "y"])


def confidence(text: str, sentences: Sequence[Span], filler: Filler) -> Confidence:
    """How firmly the report holds the group that fills the role of perpetrator to have done it."""
    signs = {sign for before, after in _told(text, sentences, filler.span) for sign in _signs(before, after)}
    return next((value for value in ORDER if value in signs), "fact")


def with_confidence(text: str, sentences: Sequence[Span], fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """The same fillers, the perpetrators with how firmly the report holds them to have done it.

    People are held to it as firmly as the groups that the report gives: they acted for them, and it is the group that
    is accused, or claims the deed. Without a group, as firmly as the words around them say.
    """
    words = {one: text[slice(*one.span)] for one in fillers if one.role in PERPETRATORS}
    once = {name: one for one, name in words.items()}
    of_words = {name: confidence(text, sentences, one) for name, one in once.items()}
    own = {one: of_words[name] for one, name in words.items()}
    of_groups = {value for one, value in own.items() if one.role == "perpetrator_group"}
    first = next((value for value in ORDER if value in of_groups), None)
    people = {one: first for one in own if first and one.role == "perpetrator"}
    return tuple(one._replace(confidence=people.get(one) or own[one]) if one in own else one for one in fillers)


def _told(text: str, sentences: Sequence[Span], span: Span) -> Iterator[tuple[str, str]]:
    """For every place of the group's names: its sentence up to it, and from there on, in small letters."""
    names = "|".join(re.escape(name) for name in sorted(names_of(text, span), key=len, reverse=True))
    starts = [sentence.start for sentence in sentences]
    for found in islice(re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE), MOST):
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and found.end() <= sentences[at].end:
            first, last = max(sentences[at].start, found.start() - WIDEST), min(sentences[at].end, found.end() + WIDEST)
            yield text[first : found.start()].lower(), text[found.end() : last].lower()


def names_of(text: str, span: Span) -> set[str]:
    """The name with its short or full form, where the report puts the two side by side, one in brackets.

    A short form counts too that the name's initials make, and that stands in the report.
    """
    name = text[slice(*span)]
    here = rf"(?<!\w){re.escape(name)}"
    out = {name}
    for found in re.finditer(rf"{here}(?:['’]s)?[\"'”]? ?\(([^()\n]{{2,80}})\)", text, re.IGNORECASE):
        out |= {found[1].strip("\"'“” ")} - {""}
    for found in re.finditer(rf"\({re.escape(name)}\)", text, re.IGNORECASE):
        full = _BEFORE.search(text, max(0, found.start() - 170), found.start())
        out |= set([each for each in _endings(full[0]) if _initials(each) == name.upper()][-1:] if full else [])
    short = _initials(name)
    return out | ({short} if len(short) > 2 and re.search(rf"(?<!\w){short}(?!\w)", text) else set())


def _endings(words: str) -> Iterator[str]:
    every = words.split()
    return (" ".join(every[at:]) for at in range(len(every) - 1))


def _initials(name: str) -> str:
    """The capitals that a name is shortened to: those of its words without the small ones."""
    return "".join(word[0] for word in re.findall(r"[^\W_]+", name) if word.lower() not in _SMALL).upper()


def _signs(before: str, after: str) -> Iterator[Confidence]:
    """What one sentence says of the group that it names."""
    whole = f"{before} {after}"
    if _IS_CLEARED.match(after):
        yield "acquitted"
    own_word = _CLAIMS.search(whole) or _ADMITS.search(after) or _reaches(_CLAIMED_BY, before)
    if own_word and not _DISOWNED.search(whole):
        yield "claimed"
    yield from _accusations(before, after)
    if _HEARSAY.search(whole):
        yield "accused"
    doubtful = _last(_DOUBTFUL, before)
    if (doubtful and len(before) - doubtful.end() < NEAR) or _OPEN.search(before):
        yield "possible"
    if _reaches(_TRACES, before) or _WORN.match(after):
        yield "possible"


def _accusations(before: str, after: str) -> Iterator[Confidence]:
    authority = _AUTHORITIES.search(before)
    accusing = _last(_ACCUSING, before)
    if accusing and len(before) - accusing.end() < NEAR:
        yield "accused by authorities" if authority and authority.start() < accusing.start() else "accused"
    held = _reaches(_HELD, before) and _RESPONSIBLE.match(after)
    if held or _reaches(_TIED, before) or _IS_ACCUSED.match(after):
        yield "accused by authorities" if authority else "accused"


def _reaches(pattern: re.Pattern[str], before: str) -> bool:
    """Whether the last match is followed by a few words of the name's own phrase alone."""
    last = _last(pattern, before)
    return bool(last and _OF_THE.fullmatch(before, last.end()))


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last match that can reach to the end of the words."""
    last = None
    for last in pattern.finditer(words, max(0, len(words) - NEAR - 60)):  # noqa: B007 - the last one is wanted
        pass
    return last
