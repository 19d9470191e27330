"""Events and who has a part in them, against PropBank on the English Web Treebank.

    python -m evals.roles PROPBANK WORDS

PROPBANK is the folder with `ewt_dev_gold_skel.tar.gz`, or another file of that form; WORDS the folder with
`en_ewt-ud-dev.conllu.gz`, or another file of that form. `training/happenings.py` says how the numbered arguments become
roles; auxiliaries, light verbs and adjectives are no events, clauses and lone adverbs play no role. sayso reads each
document.

An event is right if its word shares a character with the gold's. A role is right if its event and its name are, and
its words hold the head word of the gold's argument and nothing from outside that argument. Prints, for events, for all
roles and for each: gold, precision, recall and F1, and the 90 % interval of the last over documents. "roles of events
found" leaves out the roles of events that were not found.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from evals.counting import Counts, interval, total
from evals.files import report_result, stop
from evals.reader import read_all
from sayso.model import Event, RoleName, Span
from training.happenings import read
from training.texts import Happening, Text

SKELETONS, WORDS = "ewt_dev_gold_skel.tar.gz", "en_ewt-ud-dev.conllu.gz"


class Part(NamedTuple):
    """One role of a gold event."""

    name: str
    head: Span
    whole: Span


def count(gold: Sequence[Happening], found: Sequence[Event]) -> dict[str, Counts]:
    """Counts of one document: "events", "roles", "roles of events found", and each role by name."""
    pairs = _pairs(gold, found)
    counted = {"events": Counts(len(pairs), len(found), len(gold))}
    for name in get_args(RoleName):
        right = sum(_right(parts_of(event, name), _spans(match, name)) for event, match in pairs)
        predicted = sum(len(_spans(event, name)) for event in found)
        counted[name] = Counts(right, predicted, sum(len(parts_of(event, name)) for event in gold))
    counted["roles"] = total([counted[name] for name in get_args(RoleName)])
    known = sum(len(parts_of(event, name)) for event, _ in pairs for name in get_args(RoleName))
    paired = sum(len(match.roles) for _, match in pairs)
    counted["roles of events found"] = Counts(counted["roles"].right, paired, known)
    return counted


def _pairs(gold: Sequence[Happening], found: Sequence[Event]) -> list[tuple[Happening, Event]]:
    """Events that share a character, one to one, in the order of the text."""
    free = sorted(found, key=lambda one: one.span)
    pairs = []
    for event in sorted(gold, key=lambda one: one.span):
        start, end = event.span
        match = next((one for one in free if one.span.start < end and start < one.span.end), None)
        if match is not None:
            free.remove(match)
            pairs.append((event, match))
    return pairs


def parts_of(event: Happening, name: str) -> list[Part]:
    """The gold's arguments of one role."""
    both = zip(event.heads, event.roles, strict=True)
    return [Part(name, Span(head.start, head.end), Span(r.start, r.end)) for head, r in both if r.kind == name]


def _spans(event: Event, name: str) -> list[Span]:
    return [role.span for role in event.roles if role.name == name]


def _right(gold: Sequence[Part], found: Sequence[Span]) -> int:
    """How many of the found are right: each gold head counts once."""
    free = list(gold)
    for span in found:
        hit = next((part for part in free if _holds(span, part.head) and _holds(part.whole, span)), None)
        if hit is not None:
            free.remove(hit)
    return len(gold) - len(free)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def score(counted: Sequence[dict[str, Counts]]) -> dict[str, dict[str, Any]]:
    """What is printed, `counted` being the counts of each document."""
    names = ("events", "roles", "roles of events found", *get_args(RoleName))
    return {name: _rates([one[name] for one in counted]) for name in names}


def _rates(parts: Sequence[Counts]) -> dict[str, Any]:
    together = total(parts)
    return {"gold": together.gold, **together.rates(), "f1 interval": interval(parts)}


def documents_of(propbank: Path, words: Path) -> list[Text]:
    """The documents of two files, or of the development files in two folders. Ends the program if there are none."""
    paths = [path / name if path.is_dir() else path for path, name in ((propbank, SKELETONS), (words, WORDS))]
    for path in paths:
        if not path.is_file():
            stop(f"{path}: there is no such file")
    return list(read(paths[0], paths[1])) or stop(f"{paths[0]}: none of its documents are in {paths[1]}")


def _counted(documents: Sequence[Text]) -> Iterator[dict[str, Counts]]:
    findings = read_all([document.text for document in documents])
    for document, found in zip(documents, findings, strict=True):
        yield count(document.happenings or (), found.events)


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("propbank", type=Path, help="folder or .tar.gz of PropBank's .gold_skel files")
    parser.add_argument("words", type=Path, help="folder or .conllu.gz of the treebank")
    args = parser.parse_args()
    report_result(score(list(_counted(documents_of(args.propbank, args.words)))))


if __name__ == "__main__":
    main()
