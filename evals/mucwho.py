"""Who did it, and how firmly the report says so: perpetrators with their class of confidence, on reports of MUC-3/4.

The keys give a class of confidence in slot 11, of the organisations of slot 10 alone. The people of slot 9 ("armed
men") get here the classes that their template gives to its organisations: the slot says how sure it is who stands
behind that act, and those people act for them. Where no template that names somebody gives a class, there is nothing
to be wrong about, and the identity alone counts.

An item is a perpetrator of a report with one class. Gold items are the entities of GRIT's form of the keys, people and
organisations, each with all classes that any of its templates lets pass. A found one is right if it can be paired, one
to one, with a gold one that has its words among its mentions (CEAF-REE's strict fit, `evals.mucscore`) and its class
among the classes. Two found ones with the same words are one; if they differ in class, the first in the text stands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from evals.counting import Counts
from evals.mucscore import most_pairs, normalise
from evals.muctext import Document
from sayso.model import PERPETRATORS, Findings

PEOPLE, GROUPS = "perpetrator", "perpetrator_group"


class Suspect(NamedTuple):
    """One gold perpetrator of a report."""

    role: str
    names: frozenset[str]
    """Normalised."""
    classes: frozenset[str]
    """Those that pass; empty where the key gives none, and any passes."""


class Named(NamedTuple):
    """One perpetrator that sayso gives."""

    role: str
    words: str
    """Normalised."""
    confidence: str


def suspects(document: Document) -> list[Suspect]:
    """The gold of one report."""
    out = []
    for role in (PEOPLE, GROUPS):
        for mentions in document.entities.get(role, ()):
            names = frozenset(map(normalise, mentions))
            out.append(Suspect(role, names, _classes(document, role, names)))
    return out


def _classes(document: Document, role: str, names: Collection[str]) -> frozenset[str]:
    passing: set[str] = set()
    for act in document.acts:
        told = [some for some in act.people if _shared(some, names)] if role == PEOPLE else []
        groups = act.accused if told else [one for one in act.accused if role == GROUPS and _shared(one.names, names)]
        passing |= {value for one in groups for value in one.allowed}
    return frozenset(passing)


def _shared(some: Sequence[str], names: Collection[str]) -> bool:
    return any(normalise(one) in names for one in some)


def named(document: Document, findings: Findings) -> list[Named]:
    """What sayso says of one report, in the order of the text."""
    return [
        Named(one.role, normalise(document.text[slice(*one.span)]), one.confidence)
        for one in findings.fillers
        if one.role in PERPETRATORS
    ]


def counted(gold: Sequence[Suspect], found: Sequence[Named], *, classes: bool = True, apart: bool = False) -> Counts:
    """Of one report. `classes`: the class must be right too; `apart`: people and groups are two things."""
    once = list({(one.role if apart else "", one.words): one for one in reversed(found)}.values())
    fits = [[at for at, one in enumerate(gold) if _fits(one, each, classes=classes, apart=apart)] for each in once]
    return Counts(most_pairs(fits), len(once), len(gold))


def _fits(gold: Suspect, found: Named, *, classes: bool, apart: bool) -> bool:
    same = found.words in gold.names and (gold.role == found.role or not apart)
    return same and (not classes or not gold.classes or found.confidence in gold.classes)
