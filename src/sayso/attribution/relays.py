"""Relays stated in passing, and hearers: "told the Courier", "in an interview with state radio", "posted by rebels".

A hearer that is an outlet, the publisher apart, is a relay: its report is how the words became known. Any other hearer
is kept as who was told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.attribution.scene import DATELINE, Scene
from sayso.attribution.sources import LONGEST
from sayso.attribution.vocabulary import DEFINITE, DOCUMENTS, OUTLET_NAMES, WORDS, alternatives, singular
from sayso.kit import fold, trim
from sayso.model import Attribution, Span

LEADS = frozenset(WORDS["relays"]["leads"])
TELLS = frozenset(WORDS["relays"]["tells"])
SHOW_LEADS = TELLS | {"on", "with"}
TOLD = frozenset({"told", "informed", "assured", "advised", "briefed"})
LONGEST_PASSIVE = 30
"""Code points before the last word of a passive cue that are looked at."""
RELEASES = frozenset(WORDS["relays"]["releases"])
GETS = frozenset(WORDS["relays"]["gets"])
US = frozenset({"us", "me"})
"""The publisher, as a hearer."""
ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
LEAD = 150
"""Code points from the start in which a wire's credit stands."""
BRACKET = 60
"""Code points before an outlet in which a bracket may open."""
GOT = frozenset(WORDS["relays"]["got"])
PAPERS = DOCUMENTS - frozenset(WORDS["relays"]["own_papers"])
WIDE_SENTENCE = 600
"""Code points of a sentence that are looked at."""
HEARER_REACH = 80
"""Code points after the cue in which the hearer stands."""

_WORD = re.compile(r"[^\W\d_][\w-]*")
_DESCRIBED = re.compile(
    r"\b(?:(?:the|a|an|its|local|state|state-run|state-owned|official|national|foreign|domestic"
    r"|[A-Z][\w'’-]{1,60}+) ){1,8}"
    rf"(?:{alternatives(WORDS['relays']['described'])})\b(?! (?:{alternatives(WORDS['relays']['not_described'])})\b)"
)
_SHOW = re.compile(r"[“\"]([A-Z0-9][^“”\"\n.,]{2,40})[,.]?[”\"]")
_PREMISES = re.compile(r" (?:studios?|offices?|headquarters|building|newsroom|photo|file)\b")
_CARRIED_BY = re.compile(r"\b(?:carried|aired|broadcast|published|quoted) by (?:the )?$")
_GAVE = re.compile(
    rf",? (?:has |have |had )?(?:also |later |then |(?:on )?[A-Z]\w+day )?(?:{alternatives(RELEASES)})"
    r" (?:on [A-Z]\w+day )?$"
)
_OPENING = re.compile(
    r"[\s“\"]*(?:When |As |While )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Ss]peaking|[Ii]nterviewed"
    r"|[Ii]n (?:an? |the |his |her )?(?:[\w-]+ ){0,2}(?:interview|remarks|comments|appearance|statement|op-ed))\b"
)
_PRONOUN_FIRST = re.compile(r"(it|him|her|them|us|me) (?=that\b|the\b|there\b)")
_WAS_TOLD = re.compile(rf" (?:has |have |had )?(?:also )?(?:was|were|been|is|are) (?:also )?(?:{alternatives(TOLD)})$")
_CREDIT = re.compile(r"\(([A-Z][\w ]{1,30})\)")
_HANDED = re.compile(
    rf"\b(?:(?P<deed>{alternatives(RELEASES | GETS)})(?: \w+){{0,3}}? by"
    r"|(?:spoke|speaking|talked|given|provided|sent|made available) to) (?=\S)"
)
_HEARER = re.compile(r"\s*((?:[\w.'’&-]+ ?){1,8})")
_AFTER_HEARER = re.compile(
    r"\b(?:in|on|at|that|during|after|before|by|from|about|when|while|as|last|this|early|late|to|for|with|via|of"
    rf"|{alternatives(WORDS['function']['days'])})\b",
    re.IGNORECASE,
)
_AFTER_ISSUER = re.compile(r",| (?:that|which|who|on|in|after) ")
_RESPONDENT = re.compile(
    r"\d ?(?:%|percent\b|per cent\b)|^(?:\w+ ){0,3}\d+ (?:in|out of) \d+\b|\d(?:%|-to-| to )\d|by [\d-]+"
    r"|\b(?:surveyed|polled|respondents?|plurality|half|(?:majority|minority)(?! (?:leader|whip|party|staff)))\b"
    r"|\b(?:(?:one|two|three)[ -](?:third|quarter|fourth|fifth)s?)\b"
    r"|\ba (?:third|quarter|fifth) of\b|\btimes as many$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    rf"\b(?:(?:the|his|her|that|their) (?:[\w-]+ ){{0,2}}|(?:in|during) an? (?:[\w-]+ ){{0,2}})"
    rf"(?:{alternatives(WORDS['relays']['occasions'])})\b"
)


@dataclass(frozen=True, slots=True)
class Relay:
    """An outlet or issuer through whom words came."""

    name: str
    span: Span
    """The words that name it: the antecedent's, where it is only "the newspaper"."""


@dataclass(frozen=True, slots=True)
class Passing:
    """What the words around one attribution state in passing."""

    relay: Relay | None = None
    hearer: Span | None = None
    occasion: bool = False
    """True for "in the interview": the speaker goes on in the outlet named before."""
    own: bool = False
    """True where the publisher itself was told: no relay is carried on past it."""


def same_outlet(one: str, other: str) -> bool:
    """Whether the first name is the second's outlet: the same words, its initials, or a programme of it.

    >>> same_outlet("AP", "The Associated Press"), same_outlet("Harbour News Sunday", "Harbour News")
    (True, True)
    """
    a, b = _outlet_words(one), _outlet_words(other)
    initials = ["".join(word[0] for word in words) for words in (a, b)]
    return bool(a and b) and (set(b) <= set(a) or a == b or initials[0] == "".join(b) or initials[1] == "".join(a))


def _outlet_words(name: str) -> list[str]:
    words = [word for word in fold(name).split() if word not in {"the", "online"}]
    return words[:-1] if len(words) > 1 and words[-1] in {"news", "com"} else words


def credit(here: Scene) -> Relay | None:
    """The agency in the dateline: "PORT TAL (AP) — ..." is a relay for the whole report."""
    if match := DATELINE.match(here.text):
        return Relay(match[1], Span(*match.span(1)))
    for match in _CREDIT.finditer(here.text[:LEAD].split("\n\n", 1)[0]):
        if fold(match[1]).rsplit(" ", 1)[-1] in OUTLET_NAMES:
            return Relay(match[1], Span(*match.span(1)))
    return None


def passing(here: Scene, attribution: Attribution, frame: Sequence[Span], publisher: str) -> Passing:
    """What the words around an attribution, its frame, state of relay and hearer."""
    led = (outlet for place, outlet in _outlets(here, frame) if _leads(here.text, place))
    speaker = here.text[slice(*attribution.source)] if attribution.source else ""
    others = [outlet for outlet in led if not same_outlet(speaker, outlet.name)]
    if told := _told(here, attribution):
        others.append(told)
    if attribution.source and (giver := _giver(here, attribution.source)):
        others.append(giver)
    if attribution.source and (handed := _of_source(here, attribution.source)):
        others.append(handed)
    relay = next((outlet for outlet in others if not _is_own(here, outlet, publisher)), None)
    around = " ".join(here.text[s.start : s.end] for s in frame).casefold()
    hearer = None if relay else _hearer(here.text, attribution)
    own = relay is None and (bool(others) or (hearer is not None and here.text[slice(*hearer)].casefold() in US))
    return Passing(relay, hearer, _OCCASION.search(around) is not None, own)


def opens(words: str) -> bool:
    """Whether these words open a sentence for its main clause: "Asked by the Courier about", "In an interview with"."""
    return _OPENING.match(words) is not None


def _outlets(here: Scene, frame: Sequence[Span]) -> list[tuple[int, Relay]]:
    """Outlets met in a frame with their places, in order: named, described or by the title of a show."""
    found: list[tuple[int, Relay]] = []
    for part in frame:
        for mention, figure in here.cast.before(part.end, reach=12):
            if mention.span.start < part.start or _is_credit(here.text, mention.span):
                continue
            carried = (
                figure.sort == "body" and _CARRIED_BY.search(here.text, part.start, mention.span.start) is not None
            )
            if figure.core and (figure.sort == "outlet" or carried):
                found.append((mention.span.start, Relay(figure.name, mention.span)))
        described = _DESCRIBED.finditer(here.text, part.start, part.end)
        found += [(m.start(), _introduced(Span(*m.span()), found) or _picked_up(here, m)) for m in described]
        shows = _SHOW.finditer(here.text, part.start, part.end)
        found += [
            (m.start(1), Relay(m[1], Span(*m.span(1)))) for m in shows if _leads(here.text, m.start(), SHOW_LEADS)
        ]
    return sorted(found, key=lambda pair: pair[0])


def _is_credit(text: str, outlet: Span) -> bool:
    """Whether an outlet stands in brackets, as whoever took a photo does, or owns a place: "in a Courier studio"."""
    before = text[max(0, outlet.start - BRACKET) : outlet.start]
    bracket = before.rfind("(") > max(before.rfind(")"), before.rfind("\n"))
    return bracket or _PREMISES.match(text, outlet.end) is not None


def _introduced(described: Span, named: Sequence[tuple[int, Relay]]) -> Relay | None:
    """The outlet whose name a description stands before: "the news agency Tal Wire"."""
    first, end = described.start, described.end
    return next((r for _, r in named if first < r.span.start <= end + len(" The ") and end < r.span.end), None)


def _picked_up(here: Scene, described: re.Match[str]) -> Relay:
    """The outlet named last, where a relay is only "the newspaper"."""
    relay = Relay(described[0], Span(*described.span()))
    words = relay.name.split()
    if len(words) != 2 or words[0].casefold() not in DEFINITE:
        return relay
    met = (pair for pair in here.cast.before(relay.span.start) if pair[1].sort == "outlet" and pair[1].core)
    found = next(met, None)
    return Relay(found[1].name, found[0].span) if found else relay


def _is_own(here: Scene, outlet: Relay, publisher: str) -> bool:
    """Whether an outlet is the publisher, by its name or by the short name as written, "the Times"."""
    written = _outlet_words(here.text[outlet.span.start : outlet.span.end])
    owner = here.shows.get(outlet.name, outlet.name)
    return same_outlet(owner, publisher) or (len(written) == 1 and written == fold(publisher).split()[-1:])


def _leads(text: str, place: int, leads: frozenset[str] = LEADS) -> bool:
    """Whether "told", "on", "in an interview with" or the like stands before a place, articles and owners apart."""
    before = text[max(0, place - 60) : place].rstrip(" “\"'‘").split()
    if before and before[-1].istitle() and text[place : place + 1].islower():  # "the Varnian online magazine The Quay"
        before.pop()
    words = [word.casefold() for word in before]
    while words and (words[-1].endswith(("’s", "'s", "’", "'")) or words[-1] in ARTICLES):
        words.pop()
    return bool(words) and words[-1] in leads


def _told(here: Scene, attribution: Attribution) -> Relay | None:
    """The outlet that was told: "the Courier was told"."""
    cue = attribution.cue
    if cue is None or not (match := _WAS_TOLD.search(here.text, max(0, cue.start - LONGEST_PASSIVE), cue.end)):
        return None
    for mention, figure in here.cast.before(match.start(), reach=2):
        if mention.span.end == match.start() and figure.sort == "outlet":
            return Relay(figure.name, mention.span)
    return None


def told_first(text: str, attribution: Attribution) -> Span | None:
    """The pronoun for who was told, where it was taken for the content's first word: "told | it that rebels fired"."""
    cue, first = attribution.cue, attribution.content[0]
    if cue is None or text[cue.start : cue.end].rsplit(" ", 1)[-1].casefold() not in TELLS:
        return None
    match = _PRONOUN_FIRST.match(text, first.start, first.end)
    return Span(*match.span(1)) if match and not text[cue.end : first.start].strip() else None


def _hearer(text: str, attribution: Attribution) -> Span | None:
    """Who was told: the noun phrase right after the cue."""
    cue = attribution.cue
    if cue is None or text[cue.start : cue.end].rsplit(" ", 1)[-1].casefold() not in TELLS:
        return None
    stop = min([s.start for s in attribution.content if s.start >= cue.end], default=len(text))
    match = _HEARER.match(text, cue.end, min(stop, cue.end + HEARER_REACH))
    if not match:
        return None
    cut = _AFTER_HEARER.search(match[1])
    span = trim(text, match.start(1), match.start(1) + (cut.start() if cut else len(match[1])))
    return span if span.end > span.start else None


def is_respondent(words: str) -> bool:
    """Whether source words are some of those whom a poll asked: "42%", "a majority", "those surveyed"."""
    return _RESPONDENT.search(words) is not None


def of_documents(here: Scene, publisher: str) -> dict[str, tuple[int, Relay]]:
    """For each kind of document that an outlet got hold of: from where on, and which outlet.

    "The Herald obtained two cables": what the cables say from there on came through the Herald.
    """
    out: dict[str, tuple[int, Relay]] = {}
    for mention in here.cast.mentions:
        figure = here.cast.figures[mention.figure]
        if figure.sort != "outlet" or not figure.core or same_outlet(figure.name, publisher):
            continue
        start, end = here.bounds(mention.span.start)
        words = _WORD.findall(here.text[start : min(end, start + WIDE_SENTENCE)].casefold())
        if GOT.isdisjoint(words):
            continue
        for noun in {singular(word) for word in words} & PAPERS:
            out.setdefault(noun, (start, Relay(figure.name, mention.span)))
    return out


def _giver(here: Scene, source: Span) -> Relay | None:
    """Who gave a document or video to the world in the clause that names it: "the Herald released a video"."""
    match = _GAVE.search(here.text, max(0, source.start - HEARER_REACH), source.start)
    if not match:
        return None
    for mention, figure in here.cast.before(match.start() + 1, reach=2):
        if mention.span.end == match.start() or here.text[mention.span.end : match.start()].startswith(", "):
            return Relay(figure.name, mention.span) if figure.core else None
    return None


def _of_source(here: Scene, source: Span) -> Relay | None:
    """The relay that a source's own words state: "documents obtained by the Herald", "videos supplied by rebels"."""
    source = Span(source.start, min(source.end, source.start + LONGEST))
    match = _HANDED.search(here.text, source.start, source.end)
    if not match or match.start() == source.start:
        return None
    near = next((o for place, o in _outlets(here, [Span(match.end(), source.end)]) if place <= match.end() + 5), None)
    if near:
        return near
    if match["deed"] not in RELEASES:
        return None
    issuer = _AFTER_ISSUER.split(here.text[match.end() : source.end])[0]
    span = trim(here.text, match.end(), match.end() + len(issuer))
    return Relay(here.text[span.start : span.end], span) if span.end > span.start else None
