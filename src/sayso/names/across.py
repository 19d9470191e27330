"""Who is who over all reports: the ties between names of different reports, and the clusters that come of all ties.

First come names that are good anywhere: full names of persons, names of groups and places. Their spellings are tied by
the matcher, within blocks that share a key. Then come short forms, each of its own report, which hang on what the full
names came to. A family name alone joins nothing across reports: beside the same title it does (disputed), and a single
name that no full name of the case has (disputed, too: it may be two people's).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import combinations, islice, product

from sayso.kit import Memory
from sayso.model import MentionKind
from sayso.names import forms
from sayso.names.blocking import may_be_alike
from sayso.names.clusters import Alike, Clusters, Name
from sayso.names.judged import Verdict
from sayso.names.links import REASONS
from sayso.names.matching import Match, compare, keys
from sayso.names.records import Key, Node, Sheet, Short, Tie
from sayso.names.territories import is_written_out, territory

LARGEST_BLOCK = 40
"""Names that share a key and are still compared pair by pair. A key that more share ("of", a family name of a whole
country) tells little; such names meet under their other keys."""

MOST_SHOWN = 5
"""Full names that a short form is shown with, as what it may be short for."""

OPEN = 0.3
"""Names to which the matcher gives less are not shown as perhaps one. It gives 0.2 at most where something speaks
against two, and joins from its own threshold on."""

SURE = 0.75
"""Spellings to which the matcher gives less than three in four are joined as disputed."""

HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "sir", "dr", "madam", "lady", "lord", "dame", "prof", "professor"})
"""Titles that many bear, so that they tell no one person."""

SAME_TITLE = "the family name with the same title, which no other of that name bears"
SINGLE = "the same single name, which no full name of the case has"
FAMILY_ALONE = "a family name alone, in a report that does not say whose"
ONE_OF_SEVERAL = "a short form, in a report with several whom it can mean"
GENDER_ONCE = "the same name; one report gives it a title that tells the gender"
TWO_SORTS = "the same words, for a person in one report and for something else in another"
TWO_GENDERS = "the same name, in reports whose titles give it two genders"
GIVEN_ELSEWHERE = "other reports give one as short for the other"
ONE_TERRITORY = "both are names of one territory"
SAME_ACRONYM = "reports give one acronym for both"
BOTH_THERE = "both stand in one report"


@dataclass(slots=True)
class Cast:
    """All names of a case, and how they fall together."""

    nodes: dict[Key, Node]
    """In order, which makes it quick to sort them."""
    clusters: Clusters
    ties: Counter[Tie] = field(default_factory=Counter)
    """Every reason that was found, and in how many reports."""


def bring_together(
    sheets: Iterable[Sheet],
    verdicts: Iterable[Verdict] = (),
    *,
    disputed: bool = True,
    memory: Memory | None = None,
) -> Cast:
    """All names of a case in clusters. `disputed`: whether to join where something speaks against it.

    The sheets come in one fixed order, such as that of their reports' ids.
    """
    verdicts, memory = tuple(verdicts), memory or Memory(keeps=False)
    met: defaultdict[Key, list[Node]] = defaultdict(list)
    told: Counter[Tie] = Counter()
    shorts: list[Short] = []
    for sheet in sheets:
        for key, node in sheet.nodes.items():
            met[key].append(node)
        told.update(sheet.ties)
        shorts += sheet.shorts
    nodes = {key: memory.recall(("node", key), met[key], partial(_as_one, met[key])) for key in sorted(met)}
    cast = Cast(nodes, Clusters(_alike(nodes), _apart(verdicts)))
    anywhere = sorted(key for key in nodes if not key.report)
    early = {tie: number for tie, number in told.items() if not tie.one.report and not tie.other.report}
    cast.clusters.add(anywhere)
    cast.clusters.force(_forced(verdicts, anywhere))
    _join(cast, {tie: 1 for group in _by_core(anywhere).values() for tie in _of_same_core(group)}, disputed=disputed)
    alike = dict.fromkeys((*_of_territories(anywhere, nodes), *_of_spellings(anywhere, nodes, memory)), 1)
    _join(cast, {**early, **alike}, disputed=disputed)
    cast.clusters.add(sorted(key for key in nodes if key.report))
    of_one_report = {tie: number for tie, number in told.items() if tie not in early}
    _join(cast, {**of_one_report, **dict.fromkeys(_of_shorts(cast, shorts), 1)}, disputed=disputed)
    cast.clusters.force(_forced(verdicts, _not_yet_joined(cast)))
    _join(cast, dict.fromkeys((*_of_lost(cast, shorts), *_of_acronyms(cast, shorts)), 1), disputed=disputed)
    return cast


def _as_one(several: list[Node]) -> Node:
    """One node of those that the reports have of one name. The reports' own stay as they are."""
    if len(several) == 1:
        return several[0]
    whole = several[0].copy()
    for one in several[1:]:
        whole.take_in(one)
    return whole


def _not_yet_joined(cast: Cast) -> Iterator[Key]:
    """Names that are good anywhere, and short forms of which their own report says nothing."""
    yield from (key for key in sorted(cast.nodes) if not key.report or len(cast.clusters.of[key].members) == 1)


def _join(cast: Cast, ties: Mapping[Tie, int], *, disputed: bool) -> None:
    cast.ties.update(ties)
    cast.clusters.join(tie for tie in ties if not tie.only_shown and (disputed or not tie.disputed))


@lru_cache(maxsize=1 << 18)
def _match(one: str, other: str, kind: MentionKind) -> Match:
    return compare(one, other, kind)


def _alike(nodes: Mapping[Key, Node]) -> Alike:
    """Whether two names of these nodes can be spellings of one, as the matcher has it."""

    def alike(one: Name, other: Name) -> bool:
        here, there = sorted((one, other))
        node = nodes.get(Key(here.core, here.person, here.gender))
        return _match(here.core, there.core, _kind(here, node)).same

    return alike


def _kind(name: Name | Key, node: Node | None) -> MentionKind:
    """A person's name is compared as one, however the mentions of it are tagged."""
    return "person" if name.person else node.kind if node else "other"


def _apart(verdicts: Iterable[Verdict]) -> dict[str, frozenset[str]]:
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for verdict in verdicts:
        if not verdict.same:
            for one, other in product(verdict.one, verdict.other):
                apart[one].add(other)
                apart[other].add(one)
    return {core: frozenset(others) for core, others in apart.items()}


def _forced(verdicts: Iterable[Verdict], keys_: Iterable[Key]) -> Iterator[Tie]:
    """What a person has joined, among these keys: all that have the one name, and all that have the other."""
    by_core: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys_:
        by_core[key.core].append(key)
    for verdict in verdicts:
        one, other = (
            [key for core in sorted(cores) for key in by_core[core]] for cores in (verdict.one, verdict.other)
        )
        if verdict.same and one and other:
            first, *rest = sorted({*one, *other})
            yield from (Tie(first, key, verdict.reason, 1.0) for key in rest)


def _by_core(some: Iterable[Key]) -> dict[str, list[Key]]:
    groups: defaultdict[str, list[Key]] = defaultdict(list)
    for key in some:
        groups[key.core].append(key)
    return groups


def _of_same_core(group: list[Key]) -> Iterator[Tie]:
    people = [key for key in group if key.person]
    genders = {key.gender for key in people} - {""}
    for one, other in combinations(group, 2):
        if one.person != other.person:
            if " " in one.core:
                yield Tie(one, other, TWO_SORTS, 0.5, only_shown=True)
        elif len(genders) == 2:
            yield Tie(one, other, TWO_GENDERS, 0.5, only_shown=True)
        else:
            yield Tie(one, other, GENDER_ONCE, 1.0)


def _of_territories(anywhere: list[Key], nodes: Mapping[Key, Node]) -> Iterator[Tie]:
    """A territory's names, and its first letters where its name stands in the case, too."""
    names: defaultdict[str, list[Key]] = defaultdict(list)
    for key in anywhere:
        if not key.person and (code := territory(key.core)) and nodes[key].kind in {"place", "organisation"}:
            names[code].append(key)
    for several in names.values():
        if any(is_written_out(key.core) for key in several):
            yield from (Tie(several[0], key, ONE_TERRITORY, 1.0) for key in several[1:])


def _of_spellings(anywhere: list[Key], nodes: Mapping[Key, Node], memory: Memory) -> Iterator[Tie]:
    """What the matcher says of names that share a key and are of one kind. Never of a family name alone.

    Names of territories are spelled as they are.
    """
    blocks: defaultdict[tuple[str, MentionKind], list[Key]] = defaultdict(list)
    for key in anywhere:
        if forms.is_full(key.core) if key.person else not is_written_out(key.core):
            for shared in keys(key.core):
                blocks[shared, _kind(key, nodes[key])].append(key)
    seen = set()
    for (shared, kind), block in blocks.items():
        if 1 < len(block) <= LARGEST_BLOCK:
            matched = memory.recall(("block", shared, kind), block, partial(_matched, block, kind))
            for one, other, found in matched:
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield _spelling_tie(nodes[one], nodes[other], found)


def _matched(block: list[Key], kind: MentionKind) -> list[tuple[Key, Key, Match]]:
    """The pairs of a block that are likely enough spellings of one."""
    pairs = (
        (one, other, _match(one.core, other.core, kind))
        for one, other in combinations(block, 2)
        if one.core != other.core and _may_be_alike(one.core, other.core)
    )
    return [pair for pair in pairs if pair[2].score >= OPEN or pair[2].same]


_may_be_alike = lru_cache(maxsize=1 << 18)(may_be_alike)
"""Two names can share several keys."""


def _spelling_tie(one: Node, other: Node, found: Match) -> Tie:
    both = not one.reports().isdisjoint(other.reports())
    reason = f"{found.reason}; {BOTH_THERE}" if both and found.same else found.reason or "alike"
    score = min(found.score, 0.99)
    doubtful = found.same and (both or found.score < SURE)
    return Tie(one.key, other.key, reason, score, by_spelling=True, disputed=doubtful, only_shown=not found.same)


def _of_shorts(cast: Cast, shorts: Iterable[Short]) -> Iterator[Tie]:
    """A short form belongs to the full name of its report, if those that it can mean are all one."""
    local = {short.key: short for short in shorts}
    for short in local.values():
        meant = {id(cast.clusters.of[key]) for key in short.candidates}
        if len(meant) == 1:
            yield Tie(short.key, short.candidates[0], short.reason, short.score, disputed=short.disputed)
        else:
            for key in short.candidates[:MOST_SHOWN]:
                yield Tie(short.key, key, ONE_OF_SEVERAL, 0.5, only_shown=True)


def _of_lost(cast: Cast, shorts: Iterable[Short]) -> Iterator[Tie]:
    """Family names, or given names, in reports that hold no full name for them."""
    lost = [short.key for short in shorts if not short.candidates and len(cast.clusters.of[short.key].members) == 1]
    ending: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(cast.nodes):
        if key.person and not key.report and forms.is_full(key.core):
            ending[forms.without_generation(key.core).split()[-1]].append(key)
    nameless: defaultdict[str, list[Key]] = defaultdict(list)
    for key in lost:
        words = forms.without_generation(key.core).split()
        full = [one for one in ending[words[-1]] if forms.ends_with(one.core, key.core) and _agree(one, key)]
        if full:
            yield from _perhaps(cast, key, full)
        else:
            nameless[key.core].append(key)
    for several in nameless.values():
        yield from _of_single(cast, several)


def _agree(one: Key, other: Key) -> bool:
    return not one.gender or not other.gender or one.gender == other.gender


def _perhaps(cast: Cast, key: Key, full: list[Key]) -> Iterator[Tie]:
    """A family name whose full name stands in other reports alone: the title may tell which."""
    titles = cast.nodes[key].titles - HONORIFICS
    meant = {id(cast.clusters.of[one]): one for one in reversed(full)}
    titled = [
        one
        for name, one in meant.items()
        if titles
        & {title for other in full if id(cast.clusters.of[other]) == name for title in cast.nodes[other].titles}
    ]
    if len(titled) == 1:
        yield Tie(key, titled[0], SAME_TITLE, 0.7, disputed=True)
    else:
        for one in sorted(meant.values())[:MOST_SHOWN]:
            yield Tie(key, one, FAMILY_ALONE, 0.5, only_shown=True)


def _of_single(cast: Cast, several: list[Key]) -> Iterator[Tie]:
    """A name of one word in several reports, none of which has more: a name by which somebody is known."""
    groups: defaultdict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in several:
        groups[key.gender, *sorted(cast.nodes[key].titles)].append(key)
    firsts = []
    for (gender, *titles), group in sorted(groups.items()):
        is_family_name = bool(gender) or bool(HONORIFICS.intersection(titles))
        firsts += group if is_family_name else group[:1]
        if not is_family_name:
            yield from (Tie(group[0], key, SINGLE, 0.6, disputed=True) for key in group[1:])
    yield from (Tie(firsts[0], key, FAMILY_ALONE, 0.5, only_shown=True) for key in firsts[1:])


def _of_acronyms(cast: Cast, shorts: Iterable[Short]) -> Iterator[Tie]:
    """An acronym in a report that does not say what it stands for, where others do and all mean one."""
    meant: defaultdict[str, dict[int, Key]] = defaultdict(dict)
    for short in sorted(shorts, key=lambda short: short.key):
        if short.reason == REASONS["short"] and not short.key.person:
            for key in short.candidates:
                meant[short.key.core].setdefault(id(cast.clusters.of[key]), key)
    for core, full in sorted(meant.items()):
        key = Key(core, person=False)
        if key in cast.nodes:
            only_shown = len(full) > 1
            for one in list(full.values())[:MOST_SHOWN]:
                yield Tie(key, one, GIVEN_ELSEWHERE, 0.5 if only_shown else 0.9, only_shown=only_shown)
        for one, other in islice(combinations(sorted(full.values()), 2), MOST_SHOWN):
            yield Tie(one, other, SAME_ACRONYM, 0.5, only_shown=True)
