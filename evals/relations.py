"""Whole attributions on PolNeAR articles: is the source right, the content, everything?

    python -m evals.relations PATH [--by outlet --metadata FILE] [--upper]

PATH is a folder or a .tar.gz that holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat standoff). Of
several annotations of one article the first by name is taken. Gold attributions and the outermost ones found by sayso
are matched one to one by how much of their cues they share (intersection over union of characters, best first, any
overlap counts).

Prints precision, recall and F1, 0 to 1, for

    source    matched, with the same source span, or none on both sides
    content   matched, with the same content spans
    all       matched, with the same cue, source and content
    direct    as `all`, over attributions whose content stands in quotation marks entirely; next to it `indirect` (no
              quotation marks at all) and `mixed` (the rest)
    pronoun, no source, discontinuous    as `all`, over those whose source is a pronoun, that have no source, or whose
              content is in several spans

Over a group, gold and found attributions are both sorted by the same rule, from their own spans. An attribution that is
right in all has the same spans on both sides, so it falls into the same groups on both.

With `--by outlet` the same is printed under "all articles", and under "by outlet", for each publisher: articles, gold
attributions, F1 of source, content and all, and the 90 % interval of the last over articles. FILE is a table with tabs
between the columns, of which `filename` and `publisher` are read. Look at the width first: few articles make it wide.

`--upper` reads the same articles in upper case, as old wire copy and closed captions are. An article that upper-casing
would make longer is left out, for its gold would no longer fit.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, interval, total
from evals.files import members, report_result, stop, text_of
from evals.matching import match_by, overlap
from evals.reader import read_all
from sayso.model import Attribution, Span

QUOTED = re.compile('“[^”]*(?:”|$)|"[^"]*(?:"|$)|``.*?(?:\'\'|$)', re.DOTALL)
QUOTATION_MARK = re.compile("[“”\"]|``|''")
PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "us", "me", "which"}
    | {"this", "that", "these", "those"}
)


class Relation(NamedTuple):
    """Source, cue and content of one attribution, with its article's text. A part that is missing is None."""

    text: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]


class Article(NamedTuple):
    """A text and its gold."""

    name: str
    text: str
    relations: tuple[Relation, ...]


def parse(text: str, standoff: str) -> tuple[Relation, ...]:
    """The attributions of one brat file. Events without a content (discarded by the annotators) are left out.

    A source or cue in several spans becomes the span from its first to its last character: PolNeAR has hardly any.
    """
    marks, relations = {}, []
    for line in standoff.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            marks[key] = _spans(text, rest.partition("\t")[0])
    for line in standoff.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("E"):
            parts: dict[str, list[Span]] = {}
            for part in rest.split():
                role, _, mark = part.partition(":")
                parts.setdefault(role.rstrip("0123456789"), []).extend(marks[mark])
            if "Content" in parts:
                relations.append(
                    Relation(text, _hull(parts.get("Source")), _hull(parts.get("Cue")), tuple(sorted(parts["Content"])))
                )
    return tuple(relations)


def _spans(text: str, mark: str) -> list[Span]:
    """'Content 3 9;12 20' as spans, without white space at their ends."""
    found = []
    for piece in mark.partition(" ")[2].split(";"):
        start, end = map(int, piece.split())
        words = text[start:end]
        found.append(Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())))
    return found


def _hull(spans: Sequence[Span] | None) -> Span | None:
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def from_attribution(text: str, attribution: Attribution) -> Relation:
    """What sayso found, in the form of the gold."""
    return Relation(text, attribution.source, attribution.cue, tuple(sorted(attribution.content)))


def match(gold: Sequence[Relation], found: Sequence[Relation]) -> list[tuple[Relation, Relation]]:
    """Pairs (gold, found), one to one, whose cues overlap: the best overlap first, then the order of the text."""
    pairs = match_by(lambda g, f: overlap(g.cue, f.cue), gold, found)
    return [(gold[i], found[j]) for i, j in pairs]


def manner(relation: Relation) -> str:
    """direct, mixed or indirect, by the quotation marks of the content. A mark left open runs to the span's end.

    >>> manner(Relation("“Go,” he said, “home.”", None, None, (Span(0, 5), Span(15, 22))))
    'direct'
    """
    words = " ".join(relation.text[s.start : s.end] for s in relation.content)
    if not QUOTATION_MARK.search(words):
        return "indirect"
    rest = QUOTED.sub(" ", re.sub("^[^“”]*”", " ", words))
    return "mixed" if re.search(r"\w", rest) else "direct"


def _is_pronoun(relation: Relation) -> bool:
    return relation.source is not None and relation.text[slice(*relation.source)].casefold() in PRONOUNS


GROUPS: dict[str, Callable[[Relation], bool]] = {
    "direct": lambda r: manner(r) == "direct",
    "indirect": lambda r: manner(r) == "indirect",
    "mixed": lambda r: manner(r) == "mixed",
    "pronoun": _is_pronoun,
    "no source": lambda r: r.source is None,
    "discontinuous": lambda r: len(r.content) > 1,
}


def count(gold: Sequence[Relation], found: Sequence[Relation]) -> dict[str, Counts]:
    """The counts of one article, for each line of the result."""
    pairs = match(gold, found)
    same = [g for g, f in pairs if g == f]
    counts = {
        "source": Counts(sum(g.source == f.source for g, f in pairs), len(found), len(gold)),
        "content": Counts(sum(g.content == f.content for g, f in pairs), len(found), len(gold)),
        "all": Counts(len(same), len(found), len(gold)),
    }
    return counts | {
        name: Counts(sum(map(belongs, same)), sum(map(belongs, found)), sum(map(belongs, gold)))
        for name, belongs in GROUPS.items()
    }


def count_all(articles: Sequence[Article], found: Iterable[Sequence[Attribution]]) -> list[dict[str, Counts]]:
    """The counts of each article, `found` being the attributions of its text. Those within another are left out."""
    return [
        count(article.relations, [from_attribution(article.text, one) for one in attributions if one.within is None])
        for article, attributions in zip(articles, found, strict=True)
    ]


def rates(counted: Sequence[dict[str, Counts]]) -> dict[str, dict[str, float]]:
    """Rates over all these articles."""
    return {name: total([counts[name] for counts in counted]).rates() for name in ("source", "content", "all", *GROUPS)}


def score(articles: Sequence[Article], found: Iterable[Sequence[Attribution]]) -> dict[str, dict[str, float]]:
    """Rates over all articles, `found` being the attributions of each article's text, in the same order."""
    return rates(count_all(articles, found))


def by_outlet(
    articles: Sequence[Article], counted: Sequence[dict[str, Counts]], outlets: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """What `--by outlet` prints, `outlets` giving the publisher under an article's name. One without stops the run."""
    groups: dict[str, list[dict[str, Counts]]] = {}
    for article, counts in zip(articles, counted, strict=True):
        if article.name not in outlets:
            stop(f"the metadata have no line for {article.name}")
        groups.setdefault(outlets[article.name], []).append(counts)
    return {outlet: _summed(groups[outlet]) for outlet in sorted(groups)}


def _summed(counted: Sequence[dict[str, Counts]]) -> dict[str, Any]:
    found = rates(counted)
    return {
        "articles": len(counted),
        "attributions": sum(counts["all"].gold for counts in counted),
        "source f1": found["source"]["f1"],
        "content f1": found["content"]["f1"],
        "all f1": found["all"]["f1"],
        "all f1 interval": interval([counts["all"] for counts in counted]),
    }


def outlets_of(path: Path) -> dict[str, str]:
    """The publisher of each article, from a table with a header and tabs."""
    rows = csv.DictReader(text_of(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := {"filename", "publisher"} - set(rows.fieldnames or ()):
        stop(f"{path}: no column {', '.join(sorted(missing))}")
    return {row["filename"]: row["publisher"] for row in rows}


def upper(articles: Iterable[Article]) -> list[Article]:
    """The same articles in upper case, but for those that this would make longer."""
    written = [(article, article.text.upper()) for article in articles]
    return [
        Article(article.name, text, tuple(one._replace(text=text) for one in article.relations))
        for article, text in written
        if len(text) == len(article.text)
    ]


def articles_of(path: Path) -> list[Article]:
    """The articles of a folder or a .tar.gz, by name. Ends the program if there are none."""
    files = dict(members(path, ".txt", ".ann"))
    standoff: dict[str, str] = {}
    for name in sorted(n for n in files if n.endswith(".ann")):
        standoff.setdefault(Path(name).stem.rpartition("_")[0], files[name])
    texts = {Path(name).stem: content for name, content in files.items() if name.endswith(".txt")}
    found = [
        Article(name, texts[name], parse(texts[name], standoff[name])) for name in sorted(texts) if name in standoff
    ]
    return found or stop(f"{path}: no text/NAME.txt with an attributions/NAME_ANNOTATOR.ann in it")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="folder or .tar.gz with text/ and attributions/")
    parser.add_argument("--by", choices=["outlet"], help="the same for each outlet; needs --metadata")
    parser.add_argument("--metadata", type=Path, metavar="FILE", help="who published which article")
    parser.add_argument("--upper", action="store_true", help="read the texts in upper case")
    return parser


def main() -> None:
    """Run the evaluation named on the command line."""
    asked = arguments().parse_args()
    if asked.by and not asked.metadata:
        stop("--by outlet needs --metadata FILE, a table that says who published which article")
    outlets = outlets_of(asked.metadata) if asked.by else {}
    articles = articles_of(asked.path)
    articles = upper(articles) if asked.upper else articles
    counted = count_all(articles, (f.attributions for f in read_all([article.text for article in articles])))
    overall = rates(counted)
    report_result(
        {"all articles": overall, "by outlet": by_outlet(articles, counted, outlets)} if asked.by else overall
    )


if __name__ == "__main__":
    main()
