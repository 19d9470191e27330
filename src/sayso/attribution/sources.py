"""The words of a source that make its voice, without what the sentence hangs on them.

"Mara Vel, the harbour minister,"        Mara Vel
"a statement from the Harbour Ministry"  the Harbour Ministry
"the Ministry's letter"                  the Ministry
"Mr. Vel (R-Port Tal)"                   Mr. Vel
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.attribution.figures import Figure, described_figure, named_figure
from sayso.attribution.vocabulary import (
    DAYS,
    DEFINITE,
    OUTLET_NAMES,
    PRONOUNS,
    QUANTITIES,
    STATEMENTS,
    TITLES,
    WORDS,
    alternatives,
    head_of,
    singular,
    sort_of_head,
)
from sayso.kit import fold, trim
from sayso.model import Span

OWN = frozenset(WORDS["speech"]["own"])
RELATIVE = frozenset(WORDS["speech"]["relative"])
DEMONSTRATIVE = frozenset(WORDS["speech"]["demonstrative"])
NOT_NOUNS = frozenset(PRONOUNS) | OWN | RELATIVE | DEMONSTRATIVE
OPENING = frozenset('([“"')
CLOSING = frozenset(')]”"')
FULL = 4
"""Words with which a description of a document brings it in, article or not."""
LONGEST_LEAD = 4
"""Words before "statement" at most: a longer phrase is about something else."""
LONGEST = 400
"""Code points of a source that are looked at: what is longer is a mistake of the reader."""

_LAST_NAME = re.compile(
    r"(?<![\w-])(?:al-|el-)?[A-Z][\w.'’-]{0,60}"
    r"(?: (?:[A-Z][\w.'’-]{0,60}|(?:al|el)-[A-Z]\w{1,60}|bin|de|van|von)){0,30}$"
)
_RESIDENT = re.compile(r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+) (?:of|from|with|at) (?:the )?(?=[A-Z])")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_SELF = re.compile(r" (?:(?:him|her|it)self|themselves)$")
_BRACKET = re.compile(r" \((?![A-Z]{2,6}\))")
_BREAK = re.compile(r", (?!including )| [-–—] ")
_BASED = re.compile(r"(?:the )?(?:[A-Z][\w.-]*+ ){0,2}[A-Z][\w.-]*[ -]based (?=[A-Z])")
_MARGIN = re.compile(r",? by (?:a |more |than |about |nearly |roughly |over )*\d.*$")
_CONTACT = re.compile(r"(?<=[a-z]) (?:it|he|she|they|we) (?:(?:has|had|have) )?[a-z]+(?:ed|s)\b.*$")
_AFTER_NAME = re.compile(r",| [-–—] | who ")
_ISSUED = re.compile(
    rf"\b(?:{alternatives(STATEMENTS)})s?(?: (?:issued|released|made|sent|published|written|read))?(?: \w+)?"
    r" (?:from|by|of) (?=\S)",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\b(?:report|story|article|piece|dispatch|account) (?:by|in|from) (?:the )?(?=[A-Z])")
_NAMED_STATEMENT = re.compile(r"(?:[Tt]he |[Aa]n? )(?P<owner>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?P<thing>[a-z-]+)$")
_OWNED_STATEMENT = re.compile(r"(?P<owner>.+?)['’]s? (?:[\w-]+ ){0,3}?(?P<thing>[\w-]+)$")


def strip(text: str, span: Span) -> Span:
    """The words of a source that make its voice: no apposition, relative clause, possessive or brackets.

    A statement gives way to its issuer where its own phrase names one.
    """
    span = _issuer(text, trim(text, span.start, min(span.end, span.start + LONGEST)))
    span = trim(text, span.start, span.start + _voice_length(text[span.start : span.end]))
    if match := _BASED.match(text, span.start, span.end):
        span = Span(match.end(), span.end)
    for pattern in (_MARGIN, _CONTACT, _POSSESSIVE, _SELF):
        if match := pattern.search(text[span.start : span.end]):
            span = Span(span.start, span.start + match.start())
    while span.end - span.start > 2 and text[span.start] in OPENING and text[span.end - 1] in CLOSING:
        span = trim(text, span.start + 1, span.end - 1)
    while span.end > span.start and text[span.end - 1] in ",;:–—":
        span = trim(text, span.start, span.end - 1)
    return span


def plain(words: str) -> str:
    """The words in small letters without brackets and marks around them, to look up pronouns by."""
    return words.casefold().strip("()[]\"“”' ")


def _issuer(text: str, span: Span) -> Span:
    """The issuer that the phrase of a statement names; the span itself if there is none."""
    words = text[span.start : span.end]
    if (match := _ISSUED.search(words)) and len(words[: match.start()].split()) <= LONGEST_LEAD:
        return trim(text, span.start + match.end(), span.end)
    if match := _PRINTED.search(words):
        outlet = words[match.end() :].split(",")[0]
        if OUTLET_NAMES.intersection(fold(outlet).split()):
            return Span(span.start + match.end(), span.start + match.end() + len(outlet))
    first, _, rest = words.partition(" ")
    if first.casefold() in PRONOUNS and singular(head_of(rest)[0]) in STATEMENTS:
        return Span(span.start, span.start + len(first))
    for pattern in (_OWNED_STATEMENT, _NAMED_STATEMENT):
        match = pattern.match(words)
        thing = singular(match["thing"]) if match else ""
        by_outlet = match is not None and fold(match["owner"]).rsplit(" ", 1)[-1] in OUTLET_NAMES
        owned = thing in STATEMENTS or (by_outlet and thing in {"report", "story", "article"})
        if match and owned and match["owner"].casefold() not in DAYS:
            return Span(span.start + match.start("owner"), span.start + match.end("owner"))
    return span


def _voice_length(words: str) -> int:
    """Length of a source up to the apposition, relative clause or bracket that follows the name or description."""
    bracket = _BRACKET.search(words)
    end = bracket.start() if bracket else len(words)
    for match in _BREAK.finditer(words, 0, end):
        before, rest = words[: match.start()], words[match.end() : end]
        if not before or _is_adjective(before):
            continue
        if match[0] != ", ":
            return match.start()
        if _name_follows(before, rest):
            return match.end() + len(_AFTER_NAME.split(rest)[0])
        if not _is_listed(before, rest):
            return match.start()
    return end


def _is_adjective(before: str) -> bool:
    """Whether what stands before a comma has no noun yet: "a new, longer report"."""
    words = before.split()
    return (
        len(words) == 2
        and words[1].islower()
        and words[0].casefold() in QUANTITIES | DEFINITE
        and sort_of_head(words[1]) == "unknown"
    )


def _name_follows(before: str, rest: str) -> bool:
    """Whether a comma parts a description from its name: "the minister, Mara Vel"."""
    name = _AFTER_NAME.split(rest)[0].removeprefix("the ")
    head, _ = head_of(before)
    described = bool(head) and re.search(rf"\b{re.escape(head)}\b", before) is not None
    return described and bool(_LAST_NAME.fullmatch(name)) and (" " in name or sort_of_head(head) == "outlet")


def _is_listed(before: str, rest: str) -> bool:
    """Whether a comma stands in a list of names: "Vel, Orm and Tak", "Vel, a Republican, and Tak"."""
    if re.search(r"(?:^|, | )and other ", rest):
        return True
    last = re.search(r"(?:^|,? )and (?:the )?[A-Z]", rest)
    if not last or not before[:1].isupper():
        return False
    between = rest[: last.start()]
    if any(len(part.split()) > 3 and not _LAST_NAME.fullmatch(part) for part in between.split(", ")):
        return False
    return not between or last[0].startswith(",") or _LAST_NAME.fullmatch(between) is not None


# -- the figures that source words bring in -------------------------------------------------------------------------


def introduced(text: str, source: Span, *, media: bool) -> Figure | None:
    """The figure that source words bring in, if the search by capitals and head nouns would miss it or see less of it.

    A description; a name with the description beside it; a name with its place ("Mara Vel of the Harbour Union"); where
    the source is a medium, any name of one word.
    """
    span = strip(text, source)
    words = text[span.start : span.end]
    if not words or words.casefold() in NOT_NOUNS:
        return None
    name = _LAST_NAME.search(words)
    before = words[: name.start()] if name else ""
    if name and re.search(r"[a-z], $", before):
        return _beside_description(text, Span(span.start + name.start(), span.end), before)
    if resident := _resident(text, span):
        return resident
    if name and media and before.casefold() in {"", "the "}:
        return _medium(text, Span(span.start + name.start(), span.end))
    sort = sort_of_head(head_of(words)[0])
    indefinite = words.split()[0].casefold() not in DEFINITE
    if joined := several(words, span):
        return joined
    full = sort == "document" and len(words.split()) >= FULL
    return described_figure(words, span) if not name and sort != "unknown" and (indefinite or full) else None


def several(words: str, span: Span) -> Figure | None:
    """Two described in one source, who are neither alone: "the harbour board and the strikers"."""
    one, joined, other = words.partition(" and ")
    if other.split(" ", 1)[0].casefold() not in DEFINITE | QUANTITIES:  # "intelligence and harbour officials" are one
        return None
    if not joined or "unknown" in {sort_of_head(head_of(one)[0]), sort_of_head(head_of(other)[0])}:
        return None
    figure = described_figure(words, span)
    return replace(figure, head="and", plural=True, traits=figure.traits | frozenset(fold(other).split()))


def _beside_description(text: str, name: Span, description: str) -> Figure | None:
    """A name with the traits of the description before its comma."""
    figure = named_figure(text, name)
    head, modifiers = head_of(description)
    if figure is None:
        return None
    return replace(figure, sort="person", traits=figure.traits | modifiers | {singular(head)})


def _resident(text: str, span: Span) -> Figure | None:
    """A person named with a place or body: "Mara Vel of the Harbour Union"."""
    match = _RESIDENT.match(text, span.start, span.end)
    if not match or match[1].split()[-1].casefold() in TITLES:
        return None
    figure = named_figure(text, Span(*match.span(1)))
    if figure is None or figure.sort not in {"person", "unknown"} or len(figure.core) < 2:
        return None
    return replace(figure, sort="person", name=text[span.start : span.end], span=span)


def _medium(text: str, name: Span) -> Figure | None:
    """An outlet by its own name, which no table need know."""
    article = 4 if text.startswith("The ", name.start, name.end) else 0
    figure = named_figure(text, Span(name.start + article, name.end))
    return replace(figure, sort="outlet") if figure and len(figure.core) == 1 else figure
