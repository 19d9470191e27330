"""Who did it, to whom, to what, with what; and how firmly the report says so: role fillers on reports of MUC-3/4.

    python -m evals.muc FOLDER

FOLDER holds reports and keys in the form that `evals.muctext` describes. Every part in it counts except "train", from
which the reader learned; in the data folder that leaves "dev" (TST1 and TST2, 200 reports). The reports, put back into
paragraphs and mixed case, are read by sayso as any report is.

The measure of the fillers is CEAF-REE (`evals.mucscore`), as GRIT's published figures were counted. One filler that
sayso gives is one entity, with the one wording that it gives. Printed: precision, recall and F1 for each role, and over
all of them together ("micro").

"who" is who did it with the right class of confidence, people and groups in one pool, as a reader asks for them
(`evals.mucwho` says what counts); "interval" is the 90 % interval of its F1. Beside it, each by precision, recall and
F1: "identity", the same whatever the class; "apart", with the class, people and groups being two things; "groups" and
"people", each alone with the class; "with a class", the main figure without what the key gives no class for.

"confidence" is slot 11 of the keys: whether the report tells of a group as the perpetrator as a fact, as accused, as
accused by authorities, as claiming or admitting it, as possible, or as acquitted. An item is one filler of that slot in
one template, so that a group counts once for each incident of its report; where the key lets several values pass, each
of them is right. "accuracy" and "count" are over all items whose group stands in the text under a name that the key
gives: sayso is told the group by the first of these names that stands there, and says how firmly. "found" are the
items among them whose group sayso had found itself as a perpetrator. "fact" is the share that saying "fact" every time
would have right.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.counting import Counts, interval, total
from evals.files import report_result, stop
from evals.mucscore import ROLES, count, normalise
from evals.muctext import Document, documents, parts, places
from evals.mucwho import GROUPS, PEOPLE, Named, Suspect, named, suspects
from evals.mucwho import counted as paired
from evals.reader import read_all
from sayso.model import Filler, Findings, Span
from sayso.reading.confidence import confidence

LEARNED_FROM = "train"

Answer = tuple[frozenset[str], str, bool]
"""Of one item of confidence: the values that pass, what sayso says, and whether it had found the group itself."""


def counted(document: Document, findings: Findings) -> dict[str, Counts]:
    """The fillers of one report against its gold, role by role."""
    gold = {role: [frozenset(map(normalise, one)) for one in every] for role, every in document.entities.items()}
    found = {role: [frozenset([words]) for words in _found(document, findings, role)] for role in ROLES}
    return count(gold, found)


def _found(document: Document, findings: Findings, role: str) -> list[str]:
    words = (normalise(document.text[slice(*one.span)]) for one in findings.fillers if one.role == role)
    return list(dict.fromkeys(words))


def answers(document: Document, findings: Findings) -> list[Answer]:
    """Every item of confidence whose group stands in the text, and what sayso says of it."""
    known = set(_found(document, findings, "perpetrator_group"))
    out: list[Answer] = []
    for item in document.accused:
        place = next((place for name in item.names for place in places(document.text.lower(), name)), None)
        if place and item.allowed:
            group = Filler("perpetrator_group", Span(*place), 1.0)
            said = confidence(document.text, findings.sentences, group)
            out.append((item.allowed, said, any(normalise(name) in known for name in item.names)))
    return out


def who(every: Sequence[tuple[list[Suspect], list[Named]]]) -> dict[str, Any]:
    """Who did it, with the right class: what is printed of gold and found ones, report by report."""

    def rates(some: Sequence[tuple[list[Suspect], list[Named]]], **how: bool) -> dict[str, float]:
        counts = total([paired(gold, found, **how) for gold, found in some])
        return {**counts.rates(), "gold": counts.gold}

    def alone(role: str) -> list[tuple[list[Suspect], list[Named]]]:
        return [([one for one in a if one.role == role], [one for one in b if one.role == role]) for a, b in every]

    return {
        **rates(every),
        "interval": interval([paired(*one) for one in every]),
        "identity": rates(every, classes=False),
        "apart": rates(every, apart=True),
        "groups": rates(alone(GROUPS)),
        "people": rates(alone(PEOPLE)),
        "with a class": rates([_classed(*one) for one in every]),
    }


def _classed(gold: list[Suspect], found: list[Named]) -> tuple[list[Suspect], list[Named]]:
    """Both without the gold that has no class, and without what names it."""
    kept = [one for one in gold if one.classes]
    dropped = {name for one in gold if not one.classes for name in one.names}
    known = {name for one in kept for name in one.names}
    return kept, [one for one in found if one.words in known or one.words not in dropped]


def score(
    counts: Sequence[dict[str, Counts]], said: Sequence[Answer], told: Sequence[tuple[list[Suspect], list[Named]]]
) -> dict[str, Any]:
    """What is printed."""
    roles = {role: total([one[role] for one in counts]) for role in ROLES}
    out: dict[str, Any] = {"micro": total(list(roles.values())).rates()}
    out |= {role: {**together.rates(), "gold": together.gold} for role, together in roles.items()}
    out["who"] = who(told)
    facts = [(allowed, "fact", found) for allowed, _, found in said]
    found = _accuracy([one for one in said if one[2]])
    return out | {"confidence": {**_accuracy(said), "found": found, "fact": _accuracy(facts)["accuracy"]}}


def _accuracy(said: Sequence[Answer]) -> dict[str, float]:
    right = sum(value in allowed for allowed, value, _ in said)
    return {"accuracy": right / len(said) if said else 0.0, "count": len(said)}


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with doc_NAME.jsonl, grit_NAME.jsonl and the keys")
    folder = parser.parse_args().folder
    names = [name for name in parts(folder) if name != LEARNED_FROM]
    every = [document for name in names for document in documents(folder, name)]
    if not every:
        stop(f"{folder}: no part beside {LEARNED_FROM!r}, from which the reader learned")
    findings = read_all([document.text for document in every])
    pairs = list(zip(every, findings, strict=True))
    said = [answer for pair in pairs for answer in answers(*pair)]
    told = [(suspects(document), named(document, found)) for document, found in pairs]
    report_result(score([counted(*pair) for pair in pairs], said, told))


if __name__ == "__main__":
    main()
