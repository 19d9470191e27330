"""Attribution in genres unlike news: cues against the attribution relations of GUM's discourse trees.

    python -m evals.gum PATH

PATH is a folder or a .tar.gz with `dep/GUM_GENRE_NAME.conllu` in it (Zeldes 2017, GUM 11). There the first token of
each elementary discourse unit carries `Discourse=RELATION:UNIT->HEAD:…`. The gold is every unit with the relation
attribution-positive or attribution-negative: the words that say who says so ("the authors say"). The text is put
together from the tokens, with a line between paragraphs. sayso reads it, and all attributions with a cue count, nested
ones too.

A gold unit and a cue are paired one to one if they share a character; of several cues in a unit the first counts as
right. A unit that a clause interrupts counts by its parts, as the corpus has it. Prints for each genre, and for all
together: texts, gold, precision, recall and F1, and the 90 % interval of the last over texts.

What cannot be compared. Discourse trees mark clauses. Nouns ("the finding that"), and speakers that layout alone gives
(transcripts, interviews), follow other rules there than in sayso, so precision is a lower bound, and neither rate
stands beside those on PolNeAR. The content is not compared, as the head of such a relation need not be all that is
said. Genres whose texts are marked non-commercial (`NON_COMMERCIAL`, by the corpus's licence file) are left out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, interval, total
from evals.files import members, report_result, stop
from evals.reader import read_all
from sayso.model import Attribution, Span

NON_COMMERCIAL = frozenset({"essay", "fiction", "letter", "podcast", "whow", "reddit"})
"""Genres of GUM with texts under CC BY-NC-SA, or for non-commercial use only: LICENSE.txt of the corpus."""

UNIT = re.compile(r"(?:^|\|)Discourse=([^:|]+):")


class Document(NamedTuple):
    """A text, its genre, and the spans of its attribution units."""

    genre: str
    text: str
    gold: tuple[Span, ...]


def parse(genre: str, conllu: str) -> Document:
    """A file of CoNLL-U as running text, with the units that attribute.

    Words that are written together ("don't") stand on a line with a range of ids: that line is the text, and a unit
    that begins inside it begins with the whole word.
    """
    text, units, inside, space = "", [], 0, ""
    for line in conllu.splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            space = "\n\n" if text else ""
        inside = 0 if line.startswith("# sent_id") else inside
        fields = line.split("\t")
        if len(fields) != 10 or "." in fields[0]:  # 8.1 is a word that is not written
            continue
        first, _, last = fields[0].partition("-")
        starts = UNIT.search(fields[9])
        if last or int(first) > inside:
            text += space
            place = len(text)
            text += fields[1]
            space = "" if "SpaceAfter=No" in fields[9] else " "
            inside = int(last or first)
        if starts:
            units.append((place, starts[1]))
    ends = [*(place for place, _ in units[1:]), len(text)]
    gold = tuple(_trim(text, at, end) for (at, name), end in zip(units, ends, strict=True) if "attribution" in name)
    return Document(genre, text, gold)


def _trim(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def count(gold: Sequence[Span], found: Sequence[Attribution]) -> Counts:
    """Units with a cue in them, all cues, all units."""
    cues = sorted({one.cue for one in found if one.cue})
    free = list(gold)
    for cue in cues:
        unit = next((one for one in free if one.start < cue.end and cue.start < one.end), None)
        if unit is not None:
            free.remove(unit)
    return Counts(len(gold) - len(free), len(cues), len(gold))


def score(documents: Sequence[Document], counted: Sequence[Counts]) -> dict[str, dict[str, Any]]:
    """What is printed, genre by genre, `counted` being the counts of each document."""
    groups: dict[str, list[Counts]] = {"all genres": list(counted)}
    for document, counts in zip(documents, counted, strict=True):
        groups.setdefault(document.genre, []).append(counts)
    return {genre: _rates(parts) for genre, parts in groups.items()}


def _rates(parts: Sequence[Counts]) -> dict[str, Any]:
    together = total(parts)
    return {"texts": len(parts), "gold": together.gold, **together.rates(), "f1 interval": interval(parts)}


def documents_of(path: Path) -> list[Document]:
    """The documents of the genres that may be used, by genre and name. Ends the program if there are none."""
    found = []
    for name, content in sorted(members(path, ".conllu")):
        corpus, genre, *_ = f"{Path(name).name}_".split("_")
        if corpus == "GUM" and genre not in NON_COMMERCIAL:
            found.append(parse(genre, content))
    return found or stop(f"{path}: no dep/GUM_GENRE_NAME.conllu in it")


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="folder or .tar.gz with dep/*.conllu")
    documents = documents_of(parser.parse_args().path)
    findings = read_all([document.text for document in documents])
    counted = [count(d.gold, f.attributions) for d, f in zip(documents, findings, strict=True)]
    report_result(score(documents, counted))


if __name__ == "__main__":
    main()
