"""Who is meant: the fullest name or description that the report gives for the words of a source.

    "Vel"             the fullest name in the report that ends so, also a later one: "Harbour Minister Mara Vel"
    "the minister"    the last person met whose title or description has the word
    "she", "they"     the last figure that agrees in number, gender and kind, speakers first
    "the report"      the last document of that name; "the statement" is whoever issued it
    nothing, a quote  the last speaker
    "I", "we"         the holder's last voice: `chains` sees to that

A pronoun without a good candidate stays as written and is marked unresolved; a description stands for itself.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.attribution import antecedents, cast, descriptions, sources
from sayso.attribution.cast import weight
from sayso.attribution.figures import Figure, described_figure
from sayso.attribution.scene import DATELINE, Asked, Scene, Spoken, last_speaker
from sayso.attribution.sources import DEMONSTRATIVE, OWN, RELATIVE
from sayso.attribution.vocabulary import (
    AFTER_HEAD,
    DEFINITE,
    PERSONS,
    PRONOUNS,
    WORDS,
    head_of,
    singular,
    sort_of_head,
)
from sayso.kit import fold, trim
from sayso.model import UNSPECIFIED, Attribution, Span

LAYOUT = frozenset(WORDS["speech"]["layout"])
VAGUE = frozenset(WORDS["speech"]["vague"])
LONGEST_TITLE = 8
"""Words of a description that stays with the name it stands before, name and all, at most."""
LEAD = 600
"""Code points from the start within which a report may describe somebody whom it names later."""
LONG_SOURCE = 200
"""Code points in a list of names at most."""
GOVERNED = frozenset({"administration", "government", "campaign"})
"""What goes by a surname: "the Vel government"."""

_OWNER = re.compile(r"[A-Z][\w.]*['’]s? ")
_AND = re.compile(r"(, and |, | and | & )")
_APPOSITION = re.compile(r"an? |[A-Z][\w-]+ [a-z]+|[A-Z]-|[A-Z][\w-]+ [A-Z][\w-]+$")
_ONE_OF = re.compile(r"(?P<part>[\w-]+) of (?P<them>them|these|those)", re.IGNORECASE)
_WHO = re.compile(r",? who ")
_WORD = re.compile(r"[\w.'’-]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """Who the source words of one attribution mean."""

    name: str
    span: Span | None
    """The words that name this voice: the antecedent's, where there is one. None for an unspecified speaker."""
    resolved: bool = True
    figure: Figure | None = None
    own: bool = False
    """True for "I" and "we": the voice is the holder's."""
    chance: float = 1.0
    """Of a pronoun: how likely it means this one and none of the others that agree, see `antecedents.ranked`."""


def scene(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> Scene:
    """Survey a report once. Without sentences every line counts as one."""
    starts = sorted(s.start for s in sentences) or [m.end() for m in re.finditer(r"^|\n+", text)]
    media = {a.source for a in attributions if a.kind == "media"}
    named = sorted({a.source for a in attributions if a.source})
    known = [figure for s in named if (figure := sources.introduced(text, s, media=s in media))]
    known += [figure for s in _credited(text) if (figure := sources.introduced(text, s, media=True))]
    return Scene(text, tuple(starts), cast.find(text, known))


def _credited(text: str) -> list[Span]:
    """The agency of the dateline, which no table need know."""
    match = DATELINE.match(text)
    return [Span(*match.span(1))] if match else []


def place_of(attribution: Attribution) -> int:
    """Where an attribution speaks: at its source, else its cue, else its content."""
    return (attribution.source or attribution.cue or attribution.content[0]).start


def resolve(here: Scene, attributions: Sequence[Attribution]) -> dict[str, Meant]:
    """Who each attribution's source means, by its id.

    In order of the text, as a reader would, but a holder before what it holds.
    """
    known = {a.id: a for a in attributions}
    spoken: list[Spoken] = []
    meant: dict[str, Meant] = {}
    for attribution in sorted(attributions, key=place_of):
        for step in inwards(attribution, known, meant):
            holder = meant.get(step.within or "")
            who = _who(here, step, holder.figure if holder else None, spoken)
            meant[step.id] = who
            if who.figure:
                insort(spoken, Spoken(place_of(step), who.figure, step), key=lambda past: past.place)
    return meant | _named_next(attributions, meant)


def _named_next(attributions: Sequence[Attribution], meant: Mapping[str, Meant]) -> dict[str, Meant]:
    """Those whom the report describes first and names when they speak next: "A spokesman said. … said Vel"."""
    outer = [meant[a.id] for a in sorted(attributions, key=place_of) if a.within is None and a.source]
    names: dict[str, Meant] = {}
    outer = [who for i, who in enumerate(outer) if i == 0 or who.name != outer[i - 1].name]
    for who, following in pairwise(outer):
        if who.figure and following.figure and descriptions.is_named_next(who.figure, following.figure):
            names.setdefault(who.name, following)
    described = ((id_, who) for id_, who in meant.items() if who.figure and not who.figure.core)
    return {id_: names[who.name] for id_, who in described if who.name in names}


def inwards(a: Attribution, known: Mapping[str, Attribution], done: Container[str]) -> list[Attribution]:
    """The attribution and those of its holders that are not done yet, outermost first.

    A circle of holders ends where it closes.
    """
    path: list[Attribution] = []
    seen: set[str] = set()
    at: Attribution | None = a
    while at and at.id not in done and at.id not in seen:
        path.append(at)
        seen.add(at.id)
        at = known.get(at.within or "")
    return path[::-1]


def _who(here: Scene, attribution: Attribution, holder: Figure | None, spoken: Sequence[Spoken]) -> Meant:
    """Who one attribution means, given what came before."""
    if attribution.source is None or not here.text[attribution.source.start : attribution.source.end].strip():
        return _unnamed(here, attribution, spoken)
    span = sources.strip(here.text, attribution.source)
    words = here.text[span.start : span.end]
    asked = Asked(attribution, span, holder)
    plain = sources.plain(words)
    if not plain or (plain in OWN and not (len(words) > 1 and words.isupper())):  # "us" is, "US" is not
        return Meant(words, span, resolved=False, own=bool(plain))
    if plain in PRONOUNS:
        return _pronoun(here, asked, spoken)
    if plain in RELATIVE and (plain not in DEMONSTRATIVE or _follows_noun(here, attribution, span)):
        return _before_relative(here, asked, spoken)
    if plain not in DEMONSTRATIVE:
        return _noun(here, asked, spoken)
    past = last_speaker(spoken, span.start)
    return _as_meant(past.figure) if past else Meant(words, span, resolved=False)


def _as_meant(figure: Figure) -> Meant:
    return Meant(figure.name, figure.span, figure=figure)


def _unnamed(here: Scene, attribution: Attribution, spoken: Sequence[Spoken]) -> Meant:
    """A quotation without source or cue goes on with the last speaker; all else is nobody's."""
    cue = here.text[attribution.cue.start : attribution.cue.end] if attribution.cue else ":"
    quoted = here.text[attribution.content[0].start : attribution.content[0].end][:1] in set("\"“'‘")
    past = last_speaker(spoken, place_of(attribution)) if quoted and cue.strip() in LAYOUT else None
    return _as_meant(past.figure) if past else Meant(UNSPECIFIED, None)


# -- names and descriptions ----------------------------------------------------------------------------------------


def _noun(here: Scene, asked: Asked, spoken: Sequence[Spoken]) -> Meant:
    """A source that is a name, a list of names or a description."""
    span = asked.span
    words = here.text[span.start : span.end]
    first = words.split(" ", 1)[0].casefold()
    if match := _ONE_OF.fullmatch(words):
        return _some_of(here, asked, spoken, match)
    meant = _joint(here, span) or _named(here, span) or _in_company(here, asked, spoken)
    if meant is None and first in {"his", "her", "its"}:
        meant = _owned(here, asked, spoken)
    if meant is None and first in DEFINITE and first not in PRONOUNS:
        found = descriptions.picked_up(here, span, spoken)
        meant = _as_meant(found) if found else None
    if meant is None and (first in DEFINITE or _OWNER.match(words)):
        found = descriptions.only_one(here, words)
        meant = _as_meant(found) if found else None
    if meant is None and span.start < LEAD:
        found = descriptions.named_later(here, span)
        meant = _as_meant(found) if found else None
    return meant or _itself(here.text, span)


def _itself(text: str, span: Span) -> Meant:
    """A description that stands for itself. "The report" and "the group" alone say that nobody was found."""
    words = text[span.start : span.end]
    figure = sources.several(words, span) or described_figure(words, span)
    name = figure.name
    vague = name.split(" ", 1)[0] in DEFINITE and len(name.split()) == 2 and figure.head in VAGUE
    return Meant(name, span, resolved=not vague, figure=figure)


def _named(here: Scene, span: Span) -> Meant | None:
    """The figure whose name these words are or end with; None where they are a description."""
    words = here.text[span.start : span.end]
    for mention, figure in here.cast.before(span.end, reach=8):
        if not figure.core or mention.span.end != span.end or mention.span.start < span.start:
            continue
        lead = here.text[span.start : mention.span.start]
        if _is_description(lead, figure):
            return None
        articles = sum(word.casefold() in DEFINITE for word in lead.split())
        if weight(figure.name) >= weight(words) - articles:
            return _as_meant(replace(figure, name=_with_article(lead, figure.name)))
        outlet = figure.sort == "outlet" or sort_of_head(head_of(lead)[0]) == "outlet"
        if ", " in lead and (weight(words) > LONGEST_TITLE or outlet):
            return _as_meant(figure)
        return Meant(words, span, figure=replace(figure, name=words, span=span))
    return None


def _is_description(lead: str, figure: Figure) -> bool:
    """Whether words that end with a name are no name: "the Varnian Democrat", "a letter to Vel"."""
    article = lead.strip().casefold()
    if article in {"a", "an"} or (article == "the" and singular(figure.core[-1]) in PERSONS):
        return True
    return ", " not in lead and not AFTER_HEAD.isdisjoint(lead.casefold().split())


def _with_article(lead: str, name: str) -> str:
    """The name with "the" where the source words have it: "the Courier"."""
    return f"the {name}" if lead.casefold() == "the " and not name.casefold().startswith("the ") else name


def _joint(here: Scene, span: Span) -> Meant | None:
    """Several names that speak as one; appositions between them are dropped."""
    words = here.text[span.start : span.end]
    if len(words) > LONG_SOURCE or not re.search(r" (?:and|&) ", words):
        return None
    found: list[Meant] = []
    place = span.start
    for i, part in enumerate(_AND.split(words)):
        whole = trim(here.text, place, place + len(part))
        place += len(part)
        if i % 2:
            continue
        name = _named(here, whole)
        if name is None and not (found and _APPOSITION.match(part)):
            return None
        found += [name] if name else []
    if len(found) < 2:
        return None
    return _together(", ".join(f.name for f in found[:-1]) + f" and {found[-1].name}", span)


def _together(name: str, span: Span) -> Meant:
    """Several who speak as one."""
    traits = frozenset(fold(name).split())
    return Meant(name, span, figure=Figure(name, span, "person", plural=True, head="and", traits=traits))


def _in_company(here: Scene, asked: Asked, spoken: Sequence[Spoken]) -> Meant | None:
    """Somebody known who speaks with others: "he and other senators", "the minister and his allies"."""
    span = asked.span
    words = here.text[span.start : span.end]
    first, joined, others = words.partition(" and ")
    if not joined or not first.strip() or not others or len(words) > LONG_SOURCE:
        return None
    left = Span(span.start, span.start + len(first))
    figure = None
    if first.casefold() in PRONOUNS:
        figure = _pronoun(here, replace(asked, span=left), spoken).figure
    elif first.split()[0].casefold() in DEFINITE:
        figure = descriptions.fitting(here, left, spoken)
    return _together(f"{figure.name} and {others}", span) if figure else None


def _owned(here: Scene, asked: Asked, spoken: Sequence[Spoken]) -> Meant | None:
    """Somebody's office, lawyer or website: "his office" is "Mara Vel's office"."""
    span = asked.span
    pronoun, _, thing = here.text[span.start : span.end].partition(" ")
    owner = _pronoun(here, replace(asked, span=Span(span.start, span.start + len(pronoun))), spoken).figure
    if owner is None or not thing:
        return None
    if owner.sort == "outlet" and thing in descriptions.OWN_WORDS:
        return _as_meant(owner)
    words = owner.name.split()
    if owner.sort == "person" and owner.core:
        words = words[-1 if singular(head_of(thing)[0]) in GOVERNED else -len(owner.core) :]
    name = f"{' '.join(words)}'s {thing}"
    traits = frozenset(fold(name).split())
    return Meant(name, span, figure=replace(described_figure(name, span), traits=traits))


# -- pronouns ------------------------------------------------------------------------------------------------------


def _pronoun(here: Scene, asked: Asked, spoken: Sequence[Spoken]) -> Meant:
    """Whom a personal pronoun means; unresolved if nobody before it agrees."""
    words = here.text[asked.span.start : asked.span.end]
    found = antecedents.ranked(here, asked, spoken, PRONOUNS[sources.plain(words)])
    return replace(_as_meant(found[0][0]), chance=found[0][1]) if found else Meant(words, asked.span, resolved=False)


def _some_of(here: Scene, asked: Asked, spoken: Sequence[Spoken], match: re.Match[str]) -> Meant:
    """Some of those met before: "one of them" is one of the two sailors."""
    span = asked.span
    pronoun = Span(span.start + match.start("them"), span.start + match.end("them"))
    found = antecedents.best(here, replace(asked, span=pronoun), spoken, "p")
    if found is None or not found.plural:
        return Meant(match[0], span, resolved=False)
    article = "" if found.core or fold(found.name).split(" ", 1)[0] in DEFINITE | {"us"} else "the "
    name = f"{match['part'].lower()} of {article}{_WHO.split(found.name)[0]}"
    return Meant(name, found.span, figure=described_figure(name, found.span))


def _follows_noun(here: Scene, attribution: Attribution, span: Span) -> bool:
    """Whether "that" stands between a noun phrase and its cue: "footage that shows", not "that, he said"."""
    before = here.text[max(0, span.start - 2) : span.start]
    after_noun = before.endswith(" ") and before[:1].isalnum() and not here.opens_sentence(span.start)
    return after_noun and attribution.cue is not None and here.text[span.end : span.end + 1] == " "


def _before_relative(here: Scene, asked: Asked, spoken: Sequence[Spoken]) -> Meant:
    """The name or noun phrase that a relative pronoun follows."""
    span = asked.span
    begin = max(0, span.start - 80, here.text.rfind("\n", 0, span.start) + 1)
    end = begin + len(here.text[begin : span.start].rstrip(" ,"))
    for mention, figure in here.cast.before(span.start, reach=4):
        if not mention.qualifies and _stands_before(here.text, mention.span, figure, end):
            if not figure.core and here.text[mention.span.start - 4 : mention.span.start].casefold() == "the ":
                return _noun(here, replace(asked, span=Span(mention.span.start - 4, mention.span.end)), spoken)
            return _as_meant(figure)
    start = end
    for match in reversed(list(_WORD.finditer(here.text, begin, end))[-6:]):
        if match[0].casefold() in AFTER_HEAD or here.text[match.end() : start].strip():
            break
        start = match.start()
    phrase = trim(here.text, start, end)
    words = here.text[start:end]
    if not words:
        return Meant(here.text[span.start : span.end], span, resolved=False)
    if words.split()[0].casefold() in DEFINITE:
        return _noun(here, replace(asked, span=phrase), spoken)
    return _as_meant(described_figure(words, phrase))


def _stands_before(text: str, mention: Span, figure: Figure, end: int) -> bool:
    """Whether a mention ends at a place, or is a person's with nothing but an apposition between."""
    if mention.end >= end:
        return figure.sort != "unknown" or text[max(0, mention.start - 2) : mention.start] != ", "
    apposition = text[mention.end : end]
    return figure.sort == "person" and apposition.startswith(", ") and not re.search(r".,|\bsaid\b", apposition[1:])
