"""Whom a definite description means: "the minister", "the report", "the group", "the statement".

In order of trust: somebody met before whose title, apposition or description has the words; whoever issued the
statement; the last speaker, where the words can only be another name for it; the one person of the report, met before
or after, whom all the words fit. Otherwise the description stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.attribution.cast import weight
from sayso.attribution.figures import Figure
from sayso.attribution.scene import Scene, Spoken, last_speaker
from sayso.attribution.vocabulary import (
    AFTER_HEAD,
    BODIES,
    DEFINITE,
    OUTLETS,
    POSTS,
    QUANTITIES,
    SAID,
    STATEMENTS,
    STRANGERS,
    SYNONYMS,
    TITLES,
    folded,
    head_of,
    singular,
    sort_of_head,
)
from sayso.kit import fold
from sayso.model import Span

REACH = 40
"""Earlier speakers that a description can pick up, at most."""
FADING = 0.1
"""What a candidate loses for each nearer one. By trial."""
FULLER = 0.1
"""What a document gains for each word of its description: the fullest one names it."""
ALIAS_REACH = 2
"""Sentences within which a description can be another word for the last speaker."""
OPENING = 1500
"""Code points from the start within which somebody described can be named by who speaks next."""
VERY_OPENING = 400
"""The same, where no title says so."""
LOOSE = frozenset({"group", "organization", "organisation", "movement", "charity", "company", "firm"})
"""What a name can be called though nothing in it says so."""
OWN_WORDS = frozenset({"report", "story", "article", "account", "piece", "dispatch"})
"""What an outlet says, by which it can be called."""
WEAK = frozenset({"same", "current", "former", "latest", "then", "new", "late"})
"""Modifiers that a description may add to what it picks up."""

_TWO = re.compile(r"(?:the|these|those) (?:two|pair|couple|brothers|sisters|duo)\b", re.IGNORECASE)
_FROM = re.compile(r"(?: \w+){0,3} (?:from|by) ")


def picked_up(here: Scene, span: Span, spoken: Sequence[Spoken]) -> Figure | None:
    """The figure met before that a definite description picks up."""
    found = fitting(here, span, spoken) or _the_two(here, span, spoken)
    if found and found.head in STATEMENTS:
        return _issuer_of(here, found, spoken) or found
    return found or _other_word(here, span, spoken)


def _the_two(here: Scene, span: Span, spoken: Sequence[Spoken]) -> Figure | None:
    """The last pair before "the two leaders"."""
    if not _TWO.match(here.text, span.start, span.end) or " and " in here.text[span.start : span.end]:
        return None
    return next((f for f in _candidates(here, span.start, spoken) if f.head == "and"), None)


def fitting(here: Scene, span: Span, spoken: Sequence[Spoken]) -> Figure | None:
    """The figure met before that fits a description best, the nearer the better."""
    head, before = head_of(here.text[span.start : span.end])
    noun = singular(head)
    modifiers = before - DEFINITE - QUANTITIES - WEAK
    scored = [
        (fit - nearness * FADING, -nearness, figure)
        for nearness, figure in enumerate(_candidates(here, span.start, spoken))
        if (fit := _fit(figure, noun, modifiers, plural=noun != head))
    ]
    return max(scored, key=lambda item: item[:2])[2] if scored else None


def _candidates(here: Scene, place: int, spoken: Sequence[Spoken]) -> list[Figure]:
    """Figures met before a place, nearest first; the speakers ahead of all."""
    out = [past.figure for past in reversed(spoken[-REACH:]) if past.place < place]
    out += [figure for mention, figure in here.cast.before(place) if not mention.qualifies]
    return list(dict.fromkeys(out))


def _fit(figure: Figure, noun: str, modifiers: frozenset[str], *, plural: bool) -> float:
    """How well a figure fits a definite description; 0 where it does not. The order of the values is what counts."""
    if figure.plural != plural or not all(_shares(m, figure.traits) for m in modifiers):
        return 0.0
    if noun == figure.head:
        return 3.0 + (FULLER * min(weight(figure.name), 10) if figure.sort == "document" else 0.0)
    if figure.core and noun in figure.traits:
        if figure.sort != "person":
            return 2.0
        titled = sort_of_head(noun) == "person" or noun in TITLES
        plain = len(figure.traits) <= len(figure.core) + 1 and not modifiers
        return 0.0 if not titled else 3.8 if plain else 3.3
    if figure.traits.intersection(SYNONYMS.get(noun, ())):
        return 2.0
    outlet = noun in OUTLETS and figure.sort == "outlet"
    agency = noun in {"agency", "bureau"} and figure.sort == "body" and bool(figure.core) and figure.name.isupper()
    return 1.5 if outlet or agency else 0.0


def _shares(word: str, traits: frozenset[str]) -> bool:
    """Whether a modifier is among the traits, "Varnian" for "Varnia" too."""
    return word in traits or (len(word) > 4 and any(trait[:4] == word[:4] for trait in traits))


def _issuer_of(here: Scene, statement: Figure, spoken: Sequence[Spoken]) -> Figure | None:
    """Who issued a statement met before: named right after it ("a letter from"), else who speaks in its sentence."""
    if match := _FROM.match(here.text, statement.span.end):
        for mention, figure in here.cast.before(match.end() + 1, reach=1):
            if mention.span.start == match.end():
                return figure
    sentence = here.sentence(statement.span.start)
    return next((p.figure for p in spoken[-REACH:] if here.sentence(p.place) == sentence), None)


def _other_word(here: Scene, span: Span, spoken: Sequence[Spoken]) -> Figure | None:
    """The last speaker, if named, where a description without a match can only be another word for it."""
    head, _ = head_of(here.text[span.start : span.end])
    noun = singular(head)
    past = last_speaker(spoken, span.start)
    plain = noun == head and len(here.text[span.start : span.end].split()) == len(("the", noun))
    if past and past.figure.sort == "outlet" and noun in OWN_WORDS and plain:
        return past.figure
    if not past or not past.figure.core or here.sentence(span.start) - here.sentence(past.place) > ALIAS_REACH:
        return None
    sort = past.figure.sort
    if noun in LOOSE and plain and _is_loose(past.figure):
        return past.figure
    alias = noun == head and noun not in STRANGERS and sort in {"person", "body"} and sort == sort_of_head(noun)
    return past.figure if alias or noun in SAID else None


def is_named_next(described: Figure, named: Figure) -> bool:
    """Whether a description of one post is the next speaker's, whose title or apposition has its noun."""
    noun = described.head
    if noun in OWN_WORDS and named.sort == "outlet":
        return described.span.start < VERY_OPENING
    if described.core or described.plural or noun not in POSTS:
        return False
    if not named.core or named.sort not in {"person", "unknown"}:
        return False
    if described.gender and named.gender not in {"", described.gender}:
        return False
    fits = not named.traits.isdisjoint({noun, *SYNONYMS.get(noun, ())})
    proper = {folded(word) for word in described.name.split()[1:] if word[0].isupper()}
    other = not _goes_with(named, proper) if fits else not named.traits.isdisjoint(POSTS)
    return not other and described.span.start < (OPENING if fits else VERY_OPENING)


def _is_loose(figure: Figure) -> bool:
    """Whether a name can be a group's: no person's, no lone place's, none that says what body it is."""
    several = len(figure.core) > 1 or figure.name.isupper()
    says = not BODIES.isdisjoint(map(singular, figure.core))
    return several and not says and figure.sort in {"body", "unknown"} and not figure.gender


def only_one(here: Scene, words: str) -> Figure | None:
    """The only person in the report, met before or after, whose title or apposition has all the words."""
    noun = singular(head_of(words)[0])
    wanted = set(fold(words).split()) - DEFINITE - AFTER_HEAD - QUANTITIES
    if len(wanted) < 2 or noun not in POSTS:
        return None
    found = [f for f in here.persons if noun in f.traits and all(_shares(word, f.traits) for word in wanted)]
    return found[0] if len(found) == 1 else None


def _goes_with(figure: Figure, proper: set[str]) -> bool:
    """Whether the names in a description do not contradict those in a figure's title."""
    own = {folded(word) for word in figure.name.split() if word[0].isupper()} - TITLES - set(figure.core)
    return not own or not proper or any(_shares(word, figure.traits) for word in proper)


def named_later(here: Scene, span: Span) -> Figure | None:
    """Whom the opening of a report only describes: the one person named later whose title or apposition fits."""
    head, _ = head_of(here.text[span.start : span.end])
    noun = singular(head)
    nouns = {noun, *SYNONYMS.get(noun, ())}
    if noun != head or noun not in POSTS:
        return None
    proper = {folded(word) for word in here.text[span.start + 1 : span.end].split() if word[0].isupper()}
    found = [f for f in here.persons if nouns & f.traits and _goes_with(f, proper)]
    return found[0] if len(found) == 1 and found[0].span.start > span.start else None
