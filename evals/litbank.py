"""Quotations in fiction: are they found, and is the speaker right?

    python -m evals.litbank PATH

PATH is a folder or a .tar.gz with `quotations/tsv/NAME.ann` and `.txt` and `coref/conll/NAME.conll` in it (LitBank,
Bamman, Lewke and Mansoor 2020). The tokens are written as running text by the rule of `evals.polnear`, straight
quotation marks opening and closing in turn. It is one paragraph, for the files do not say where paragraphs end, though
fiction begins one with each new speaker.

A quotation is found if the content of one attribution covers at least half of its characters; of several the one that
covers most is taken, then the narrowest. Its speaker is right if the words that name the last voice of the chain are a
mention of the gold speaker in the file of coreference: the mention that they share most with (intersection over union
of characters) is of that person. The gold gives a speaker by name; it is looked for among the mentions, first the same
letters, then as a part of one. Where not exactly one person has it, the quotation is left out of the speakers.

Prints texts, quotations, the share found with its 90 % interval over texts, the speakers that can be looked up, and of
those the share that is right (a quotation not found is wrong), also among the found ones alone.

What cannot be compared: published results on LitBank (BookNLP: B3 over given quotations) are given the quotations, and
score groups of quotations with the same speaker. Half covered is lenient; a speaker "he" that sayso could not resolve
counts as right where that very pronoun is marked as the speaker.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, cycle
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, interval, total
from evals.files import members, report_result, stop
from evals.matching import overlap
from evals.polnear import join
from evals.reader import read_all
from sayso.model import Attribution, Span

HALF = 0.5
LEAST_COLUMNS = 13
"""Of a line of the coreference file that holds a token."""

BRACKET = re.compile(r"(\()?(\d+)(\))?")


class Quotation(NamedTuple):
    """What is said, and the mentions of who says it; none where the speaker cannot be looked up."""

    span: Span
    speaker: frozenset[Span]


class Excerpt(NamedTuple):
    """A text, its quotations, and all mentions of anybody in it."""

    text: str
    quotations: tuple[Quotation, ...]
    mentions: tuple[Span, ...]


def parse(text: str, quotations: str, coreference: str) -> Excerpt:
    """The three files of one excerpt. Sentences of the text are lines, tokens stand between single spaces."""
    lines = [line.split() for line in text.splitlines()]
    written, places = join(_turned(token for line in lines for token in line))
    before = [0, *accumulate(map(len, lines))]
    people = {
        number: {Span(places[first].start, places[last].end) for first, last in found}
        for number, found in mentions_of(coreference).items()
    }
    rows = [line.split("\t") for line in quotations.splitlines()]
    speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    found = []
    for row in rows:
        if row[0] == "QUOTE":
            line, token, last_line, last_token = (int(number) for number in row[2:6])
            span = Span(places[before[line] + token].start, places[before[last_line] + last_token].end)
            found.append(Quotation(span, look_up(speakers.get(row[1], ""), people, written)))
    return Excerpt(written, tuple(found), tuple(sorted(one for each in people.values() for one in each)))


def _turned(tokens: Iterable[str]) -> list[str]:
    """Straight quotation marks with a direction: the first opens, the next closes, and so on."""
    marks = cycle("“”")
    return [next(marks) if token == '"' else token for token in tokens]


def mentions_of(coreference: str) -> dict[str, set[tuple[int, int]]]:
    """First and last token of every mention, under the number of whom it means. Tokens count from the file's start."""
    found: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    begun: defaultdict[str, list[int]] = defaultdict(list)
    rows = [line.split("\t") for line in coreference.splitlines()]
    for at, row in enumerate(row for row in rows if len(row) >= LEAST_COLUMNS):
        for opens, number, closes in BRACKET.findall(row[-1] or row[-2]):
            if opens:
                begun[number].append(at)
            if closes:
                found[number].add((begun[number].pop(), at))
    return found


def look_up(speaker: str, people: dict[str, set[Span]], text: str) -> frozenset[Span]:
    """All mentions of the one person with this name ("Mr_Varr-4"); nothing unless it is exactly one."""
    name = _letters(speaker.rpartition("-")[0])
    if not name:
        return frozenset()
    written = {number: {_letters(text[slice(*one)]) for one in found} for number, found in people.items()}
    same = [number for number, names in written.items() if name in names]
    part = same or [number for number, names in written.items() if any(name in one for one in names)]
    return frozenset(people[part[0]]) if len(part) == 1 else frozenset()


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def count(excerpt: Excerpt, found: Sequence[Attribution]) -> dict[str, Counts]:
    """Quotations found, speakers right of those that can be looked up, and the same of the found ones alone."""
    covering = [(quotation, cover(quotation.span, found)) for quotation in excerpt.quotations]
    known = [(quotation, one) for quotation, one in covering if quotation.speaker]
    right = sum(one is not None and is_speaker(one, quotation, excerpt.mentions) for quotation, one in known)
    return {
        "found": Counts(sum(one is not None for _, one in covering), 0, len(covering)),
        "speaker right": Counts(right, 0, len(known)),
        "speaker right, of the found": Counts(right, 0, sum(one is not None for _, one in known)),
    }


def cover(quotation: Span, found: Sequence[Attribution]) -> Attribution | None:
    """The attribution whose content covers most of a quotation, at least half of it; of equal ones the narrowest."""

    def rank(one: Attribution) -> tuple[int, int]:
        shared = sum(max(0, min(s.end, quotation.end) - max(s.start, quotation.start)) for s in one.content)
        return shared, -sum(s.end - s.start for s in one.content)

    best = max(found, key=rank, default=None)
    return best if best and rank(best)[0] >= HALF * (quotation.end - quotation.start) else None


def is_speaker(one: Attribution, quotation: Quotation, mentions: Sequence[Span]) -> bool:
    """Whether the last voice is named by a mention of the speaker."""
    named = (one.chain[-1].span if one.chain else None) or one.source
    nearest = max(mentions, key=lambda mention: overlap(mention, named), default=None) if named else None
    return bool(named and nearest and overlap(nearest, named) and nearest in quotation.speaker)


def score(counted: Sequence[dict[str, Counts]]) -> dict[str, Any]:
    """What is printed, from the counts of each text."""
    together = {name: total([c[name] for c in counted]) for name in counted[0]}
    return {
        "texts": len(counted),
        "quotations": together["found"].gold,
        "speakers looked up": together["speaker right"].gold,
        **{name: counts.rates()["recall"] for name, counts in together.items()},
        "found, interval": interval([c["found"]._replace(predicted=c["found"].right) for c in counted], "recall"),
    }


def excerpts_of(path: Path) -> list[Excerpt]:
    """The excerpts by name. Ends the program if there are none."""
    files = {Path(name).name: content for name, content in members(path, ".ann", ".txt", ".conll")}
    names = sorted(name.removesuffix(".ann") for name in files if name.endswith(".ann"))
    found = [parse(files[f"{n}.txt"], files[f"{n}.ann"], files[f"{n}.conll"]) for n in names if f"{n}.conll" in files]
    return found or stop(f"{path}: no quotations/tsv/NAME.ann with a coref/conll/NAME.conll in it")


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="folder or .tar.gz with quotations/tsv/ and coref/conll/")
    excerpts = excerpts_of(parser.parse_args().path)
    findings = read_all([excerpt.text for excerpt in excerpts])
    report_result(score([count(e, f.attributions) for e, f in zip(excerpts, findings, strict=True)]))


if __name__ == "__main__":
    main()
