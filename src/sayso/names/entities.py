"""Clusters of names as entities: what each is called, where it stands, and why its names are taken for one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from sayso.kit import Memory, identify
from sayso.model import Entity, Joining, MentionKind, Report
from sayso.names.across import Cast
from sayso.names.clusters import Cluster
from sayso.names.forms import form
from sayso.names.judged import Verdict
from sayso.names.records import Key, Node, Tie


def entities(
    cast: Cast, reports: tuple[Report, ...], verdicts: Iterable[Verdict], memory: Memory | None = None
) -> dict[int, Entity]:
    """The entity of each cluster that some report names, by the cluster's `id`: by how many reports, then name."""
    memory = memory or Memory(keeps=False)
    order = memory.same("order", {report.id: number for number, report in enumerate(reports)})
    joinings = _joinings(cast, tuple(verdicts))
    nodes = {name: [cast.nodes[key] for key in sorted(cluster.members)] for name, cluster in clusters(cast).items()}
    found = {}
    for name, several in nodes.items():
        if any(node.mentions and not node.described for node in several):
            why = joinings.get(name, [])
            make = partial(_entity, several, order, why)
            found[name] = memory.recall(("entity", several[0].key), (several, order, why), make)
    counted = {name: len({where.report for where in one.mentions}) for name, one in found.items()}
    ranked = sorted(found, key=lambda name: (-counted[name], found[name].name, found[name].id))
    return {name: found[name] for name in ranked}


def clusters(cast: Cast) -> dict[int, Cluster]:
    """All clusters, each once, by `id`, in the order of their first keys."""
    return {id(cast.clusters.of[key]): cast.clusters.of[key] for key in sorted(cast.nodes)}


def head(nodes: Iterable[Node]) -> Node:
    """The node that gives the name: no description, more than one word, met most often; then the fullest."""
    return min(nodes, key=lambda node: (
        node.described, " " not in node.key.core, bool(node.key.report), -sum(node.spellings.values()),
        -len(node.key.core.split()), node.key,
    ))  # fmt: skip


def _entity(nodes: list[Node], order: dict[str, int], joinings: Iterable[Joining]) -> Entity:
    first = head(nodes)
    kinds: Counter[MentionKind] = Counter()
    written: Counter[tuple[bool, str]] = Counter()
    for node in nodes:
        kinds.update(node.kinds)
        written.update({(node.described, spelling): number for spelling, number in node.spellings.items()})
    ordered = sorted(written, key=lambda one: (one[0], -written[one], one[1]))
    mentions = {where for node in nodes for where in node.mentions}
    return Entity(
        id=identify("entity", *first.key),
        name=_bare(first),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="other"),
        spellings=tuple(dict.fromkeys(spelling for _, spelling in ordered)),
        mentions=tuple(sorted(mentions, key=lambda where: (order[where.report], where.span))),
        joinings=tuple(joinings),
    )


def _bare(node: Node) -> str:
    """The name as written, without the titles before it: "President Dara Okonte" is "Dara Okonte"."""
    words = node.spelling.split()
    while node.key.person and len(words) > 1 and form(" ".join(words[1:]), person=True).core == node.key.core:
        words = words[1:]
    return " ".join(words)


def _joinings(cast: Cast, verdicts: tuple[Verdict, ...]) -> dict[int, list[Joining]]:
    """Why names are one, or may be, by cluster. One joining for all reports that give the same reason."""
    counted: defaultdict[int, Counter[Joining]] = defaultdict(Counter)
    for tie, reports in cast.ties.items():
        joining = _joining(cast, tie)
        if joining:
            for name in {id(cast.clusters.of[tie.one]), id(cast.clusters.of[tie.other])}:
                counted[name][joining] += reports
    for name, joining in _by_people(cast, verdicts):
        counted[name][joining] = 1
    return {name: sorted(map(_told, found.items()), key=_standing) for name, found in counted.items()}


def _joining(cast: Cast, tie: Tie) -> Joining | None:
    """None for what was only to be shown and has been settled by something else."""
    taken = cast.clusters.of[tie.one] is cast.clusters.of[tie.other]
    if taken and tie.only_shown:
        return None
    one, other = (cast.nodes[key].spelling for key in (tie.one, tie.other))
    why = "" if taken else cast.clusters.refused.get(tie, "")
    reason = f"{tie.reason}; but {why}" if why else tie.reason
    return Joining(one, other, reason, round(tie.score, 3), taken, disputed=tie.disputed or bool(why))


def _by_people(cast: Cast, verdicts: tuple[Verdict, ...]) -> Iterator[tuple[int, Joining]]:
    keys: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(cast.nodes):
        keys[key.core].append(key)
    for verdict in verdicts:
        here, there = (
            {id(cast.clusters.of[key]) for core in cores for key in keys[core]}
            for cores in (verdict.one, verdict.other)
        )
        taken = verdict.same and not here.isdisjoint(there)
        one, other = verdict.names
        barred = verdict.same and not taken
        joining = Joining(one, other, verdict.reason, 1.0, taken, disputed=barred, by=verdict.by)
        for name in sorted(here | there):
            yield name, joining


def _told(found: tuple[Joining, int]) -> Joining:
    joining, reports = found
    if reports == 1 or joining.by:
        return joining
    reason = f"{joining.reason} ({reports} reports)"
    return Joining(joining.one, joining.other, reason, joining.score, joining.taken, joining.disputed)


def _standing(joining: Joining) -> tuple[bool, bool, float, str, str, str]:
    """People's word first, then what was taken, the strongest first."""
    return not joining.by, not joining.taken, -joining.score, joining.one, joining.other, joining.reason
