"""Whom a case knows under the names that are to go, every spelling of them, and the pseudonyms.

A pseudonym has the number that its bearer has in the case, among all people, groups, places: by where they are first
named. So it is the same whoever else is chosen, in every page and export of the case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from sayso.kit import WrongUse
from sayso.model import UNSPECIFIED, Case, Entity, Voice
from sayso.names.parts import take_apart
from sayso.redaction.folding import joined, words_of
from sayso.redaction.matching import Names, rewritten

CALLED: Final = {"person": "Person", "organisation": "Group", "place": "Place"}
OTHERS: Final = "Name"
SPEAKER: Final = "Voice"
"""Of a voice that no entity is."""
WITHHELD: Final = "[withheld]"
"""Stands for a chosen name where it is part of another person's: "Ivo [withheld]"."""
LEAST_PART: Final = 3
"""Letters of the shortest part of a person's name that is looked for alone."""
LIKE: Final = 0.5
"""Somebody who is at least so likely the same, as the program joins names, is called by a pseudonym too."""
MOST_NAMED: Final = 5
"""Descriptions, or others of the same name, that a warning lists."""

_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be replaced by what."""

    names: Names
    pseudonyms: tuple[str, ...]
    """Each once, in the order of the case."""
    borne: tuple[str, ...]
    """Who is who: each pseudonym with the name of who bears it. Like the warnings, for who redacts alone."""
    warnings: tuple[str, ...]
    """What could not be hidden, or what else was: to be told to who redacts. They hold the names."""


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Somebody or something that is to be called otherwise."""

    pseudonym: str
    name: str
    person: bool
    spellings: tuple[str, ...]
    descriptions: tuple[str, ...]
    entity: str = ""
    voices: frozenset[str] = frozenset()
    maybe: bool = False
    """Whether nobody asked for it: it may only be the same as somebody chosen."""

    @property
    def names(self) -> set[tuple[str, ...]]:
        """The words of its spellings, and a person's with the family name first."""
        found = {words for spelling in self.spellings if (words := words_of(spelling))}
        return found | {(words[-1], *words[:-1]) for words in found if self.person and len(words) > 1}


def choose(case: Case, names: Iterable[str]) -> Chosen:
    """Every spelling of those who bear these names in the case, and their pseudonyms.

    A name that no entity and no voice bears is replaced as it is spelled. `WrongUse` for a name without a letter, and
    for one that stands nowhere in the case.
    """
    asked = list(dict.fromkeys(" ".join(name.split()) for name in names))
    for name in asked:
        if not any(letter.isalpha() for letter in name):
            raise WrongUse(f"--redact: {name!r} is no name.")
    borne, unknown = _bearers(case, asked)
    bearers = [*borne, *_literal(case, unknown)]
    full = {words: one.pseudonym for one in reversed(bearers) for words in sorted(one.names)}
    others = _others(case, bearers)
    parts, left = _parts(bearers, others)
    return Chosen(
        Names(
            {**full, **_withheld(case, bearers, full)},
            {part: one for part, one in parts.items() if (part,) not in full},
        ),
        tuple(dict.fromkeys(one.pseudonym for one in bearers)),
        tuple(dict.fromkeys(f"{one.pseudonym} is {one.name}" for one in bearers)),
        tuple(_warnings(bearers, {words: several for words, several in left.items() if words_of(words) not in full})),
    )


def _bearers(case: Case, asked: Sequence[str]) -> tuple[list[_Bearer], list[str]]:
    """Those who bear the names, or may, in the order of the case; and the names that nobody bears."""
    met = _places(case)
    numbered = sorted(case.entities, key=lambda one: met.get(one.id, (len(case.reports), 0)))
    called = dict(_numbered((one.id, CALLED.get(one.kind, OTHERS)) for one in numbered))
    speaking = _voices_called(case)
    bearing = {name: _bearing(case, name) for name in asked}
    wanted = set().union(*bearing.values())
    wanted |= {one.entity for one in case.voices if one.id in wanted and one.entity}
    maybe = {other for one in case.entities if one.id in wanted for other in _maybe(one, case)} - wanted
    described = _described(case)
    entities = [
        replace(
            _entity(one, called[one.id], [each for each in case.voices if each.entity == one.id], described[one.id]),
            maybe=one.id in maybe,
        )
        for one in numbered
        if one.id in wanted | maybe
    ]
    voices = [_voice(one, speaking[one.id]) for one in case.voices if one.id in wanted and not one.entity]
    spelled = [_spelled(one, [name for name, ids in bearing.items() if one.entity in ids]) for one in entities]
    return [*spelled, *voices], [name for name, found in bearing.items() if not found]


def _spelled(one: _Bearer, names: Sequence[str]) -> _Bearer:
    """With the names by which somebody asked for it, which can be parts of its spellings."""
    return replace(one, spellings=_barest((*one.spellings, *names)) if one.person else (*one.spellings, *names))


def _maybe(one: Entity, case: Case) -> Iterator[str]:
    """Ids of those who may well be the same: what is open is no reason to let a name stand."""
    open_ = (each for each in one.joinings if not each.taken and not each.by and each.score >= LIKE)
    spellings = {spelling for each in open_ for spelling in (each.one, each.other)} - {one.name, *one.spellings}
    return (other.id for other in case.entities if spellings.intersection(other.spellings))


def _described(case: Case) -> dict[str, set[str]]:
    """By entity, its spellings that are descriptions wherever they stand."""
    wording = {(each.report, one.span): one.wording for each in case.findings for one in each.mentions}
    texts = {report.id: report.text for report in case.reports}
    found: dict[str, set[str]] = {}
    for entity in case.entities:
        ways: defaultdict[str, set[str]] = defaultdict(set)
        for at in entity.mentions:
            words = " ".join(texts.get(at.report, "")[at.span.start : at.span.end].split())
            ways[words].add(wording.get((at.report, at.span), "name"))
        found[entity.id] = {words for words, some in ways.items() if "name" not in some}
    return found


def _places(case: Case) -> dict[str, tuple[int, int]]:
    """Where each entity is first named: number of the report, and place in its text."""
    order = {report.id: number for number, report in enumerate(case.reports)}
    places = ((one.id, [(order[at.report], at.span.start) for at in one.mentions if at.report in order])
              for one in case.entities)  # fmt: skip
    return {name: min(some) for name, some in places if some}


def _numbered(several: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    counts: defaultdict[str, int] = defaultdict(int)
    for identity, word in several:
        counts[word] += 1
        yield identity, f"{word} {counts[word]}"


def _voices_called(case: Case) -> dict[str, str]:
    """What voices that no entity is are called, by id: numbered by the reports in which they are first met."""
    order = {report.id: number for number, report in enumerate(case.reports)}
    first = sorted(case.voices, key=lambda one: min((order.get(name, len(order)) for name in one.reports), default=0))
    return {one.id: f"{SPEAKER} {number}" for number, one in enumerate(first, 1)}


def _bearing(case: Case, name: str) -> set[str]:
    """Ids of entities and voices with this spelling; else the one person who has it as part of their name."""
    words = words_of(name)
    known = [(one.id, {one.name, *one.spellings}) for one in case.entities]
    known += [(one.id, {one.name, *one.spellings}) for one in case.voices if one.name != UNSPECIFIED]
    exact = {identity for identity, spellings in known if words in map(words_of, spellings)}
    if exact:
        return exact
    people = {one.id for one in case.entities if one.kind == "person"}
    partly = {one for one, some in known if one in people and any(_holds(words_of(each), words) for each in some)}
    return partly if len(partly) == 1 else set()


def _entity(entity: Entity, pseudonym: str, voices: Sequence[Voice], described: set[str]) -> _Bearer:
    person = entity.kind == "person"
    written = dict.fromkeys(chain([entity.name], entity.spellings, *((one.name, *one.spellings) for one in voices)))
    names = [one for one in written if one not in described and _is_name(one, person=person)]
    descriptions = tuple(one for one in written if one not in names)
    ids = frozenset(one.id for one in voices)
    bare = _barest(map(_without_title, names)) if person else tuple(names)
    return _Bearer(pseudonym, entity.name, person, bare, descriptions, entity.id, ids)


def _voice(voice: Voice, pseudonym: str) -> _Bearer:
    written = dict.fromkeys((voice.name, *voice.spellings))
    names = tuple(one for one in written if _is_name(one, person=False)) or (voice.name,)
    descriptions = tuple(one for one in written if one not in names)
    return _Bearer(pseudonym, voice.name, False, names, descriptions, "", frozenset({voice.id}))  # noqa: FBT003 (a field)


def _without_title(name: str) -> str:
    """A person's name from the first word that is one: of "Colonel Ada" and "harbour master Ada" the last."""
    words = name.split()
    small = [at for at, word in enumerate(words[:-1], 1) if word.islower() and len(word) > LEAST_PART]
    words = words[small[-1] if small else 0 :]
    named = {word.text for word in take_apart(name, person=True).words}
    titles = (named.isdisjoint(words_of(word)) and len(word) >= LEAST_PART for word in words)
    first = next((at for at, is_title in enumerate(titles) if not is_title), 0)
    return " ".join(words[first:])


def _barest(names: Iterable[str]) -> tuple[str, ...]:
    """Those that hold no other of two words or more: of "Ada Morren of the union" the name goes, the rest stays."""
    words = {name: words_of(name) for name in names}
    several = [its for its in words.values() if len(its) > 1]
    return tuple(one for one, its in words.items() if not any(_holds(its, other) for other in several))


def _holds(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether these words have the others, fewer, among them in one stretch."""
    many = len(other)
    return 0 < many < len(words) and any(words[at : at + many] == other for at in range(len(words) - many + 1))


def _is_name(spelling: str, *, person: bool) -> bool:
    bare = _ARTICLE.sub("", " ".join(spelling.split()))
    small = all(not word[:1].isupper() for word in bare.split())
    if small and bare.upper() != bare:
        return False
    return bool(take_apart(bare, person=True).words) if person else bool(words_of(bare))


def _literal(case: Case, names: Sequence[str]) -> list[_Bearer]:
    """Names that the case knows nobody by: authors, publishers, files, or somebody met in no list of names."""
    known = sum(one.kind not in CALLED for one in case.entities)
    found = [
        _Bearer(f"{OTHERS} {number}", name, False, (name,), ())  # noqa: FBT003 (a field)
        for number, name in enumerate(sorted(names, key=words_of), known + 1)
    ]
    for one in found:
        looked_for = Names(dict.fromkeys(one.names, ""), {})
        if not any(looked_for.cuts(text, any_case=True) for text in _all_texts(case)):
            raise WrongUse(
                f"--redact: {one.spellings[0]!r} stands nowhere in the case. `sayso names CASE` lists names."
            )
    return found


def _all_texts(case: Case) -> Iterator[str]:
    for one in case.reports:
        yield from (one.text, one.title, one.publisher, *one.authors, one.address, one.name, one.place)
    yield from (one.name for one in case.files)
    yield from (text for one in case.judgements for text in (one.by, one.reason))


def _others(case: Case, bearers: Sequence[_Bearer]) -> list[tuple[str, ...]]:
    """Words of the spellings of all who are not chosen."""
    chosen = {one.entity for one in bearers}.union(*(one.voices for one in bearers))
    several: list[Entity | Voice] = [*case.entities, *case.voices]
    spellings = {words for one in several if one.id not in chosen for words in (one.name, *one.spellings)}
    return [words_of(spelling) for spelling in sorted(spellings)]


def _parts(
    bearers: Sequence[_Bearer], others: Sequence[tuple[str, ...]]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Parts of people's names by which nobody else is known; and parts of names that are left, with who has them."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    chosen = {words for one in bearers for words in one.names if len(words) > 1}
    for words in others:
        for word in () if any(_holds(words, one) for one in chosen) else words:
            having[word].append(" ".join(words))
    parts: dict[str, str] = {}
    left: dict[str, list[str]] = {}
    for one in reversed(bearers):
        for words in map(words_of, one.spellings):
            left |= {" ".join(other): [" ".join(other)] for other in others if _holds(words, other)}
        for part in {word for spelling in one.spellings if one.person for word in _words_of_person(spelling)}:
            if part in having:
                left[part] = sorted(set(having[part]))
            else:
                parts[part] = one.pseudonym
    return parts, left


def _words_of_person(spelling: str) -> set[str]:
    named = {word.text for word in take_apart(spelling, person=True).words if word.sort == "name"}
    return {word for word in words_of(spelling) if word in named and len(word) >= LEAST_PART}


def _withheld(case: Case, bearers: Sequence[_Bearer], full: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Other people's names that hold a chosen person's: of "Ivo Morren" no more is left than "Ivo"."""
    people = {one.pseudonym for one in bearers if one.person}
    single = [words for words, name in full.items() if len(words) == 1 and name in people]
    if not single:
        return {}
    names, whole = Names(dict.fromkeys(single, WITHHELD), {}), Names(full, {})
    chosen = {one.entity for one in bearers}
    found: dict[tuple[str, ...], str] = {}
    for entity in (one for one in case.entities if one.kind == "person" and one.id not in chosen):
        for spelling in entity.spellings:
            words = words_of(spelling)
            cuts = names.cuts(spelling, any_case=True)
            if cuts and len(words) > 1 and words not in full and len(whole.cuts(spelling, any_case=True)) == len(cuts):
                found[words] = rewritten(spelling, cuts)
    return {words: name for words, name in found.items() if joined(words) not in map(joined, full)}


def _warnings(bearers: Sequence[_Bearer], left: dict[str, list[str]]) -> Iterator[str]:
    for one in bearers:
        who = f"{one.pseudonym} ({one.name})"
        if one.maybe:
            yield f"Redacted too, for it may well be the same: {who}."
        if one.descriptions:
            yield f"Left as it is, and may tell who {who} is: {_listed(one.descriptions)}."
    for words, several in sorted(left.items()):
        whose = _listed(several)
        yield f"“{words}” is left, for it is the name of others or part of it: {whose}. Or add --redact “{words}”."


def _listed(several: Sequence[str]) -> str:
    more = f" and {len(several) - MOST_NAMED} more" if len(several) > MOST_NAMED else ""
    return ", ".join(f"“{words}”" for words in several[:MOST_NAMED]) + more
