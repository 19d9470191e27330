"""Who did what to whom: PropBank's layer on the English Web Treebank, filled with the treebank's words.

PropBank's files hold no words (Palmer, Gildea & Kingsbury 2005; the words belong to the treebank), so both are read
together: sentence by sentence, with the paragraphs and the spacing of Universal Dependencies' edition, whose trees
also say which word of an argument is its head. Numbered arguments become `model.RoleName`:

    agent       ARG0
    patient     ARG1 (of a predicate without an ARG0 too: who died is its patient)
    recipient   ARG2 of the rolesets called "recipient" in happenings.toml
    means       ARGM-MNR as a phrase with "with", "by", "via" or "through"; ARG2 or ARG3 with "with" of the rolesets
                called "armed"
    place       ARGM-LOC
    time        ARGM-TMP

Of several named together ("a guard and two drivers") each has a head, and so a row of its own with the whole argument.
A clause plays no role ("said that …": what is said is a claim, not a patient), nor does an adverb alone ("already",
"there"), as it names nothing.
"""

from __future__ import annotations

import gzip
import re
import tarfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sayso.model import RoleName
from training.data import Pair
from training.factuality import Judged, by_tokens
from training.texts import Happening, Syntax, Tagged, Text

_TABLE = tomllib.loads((Path(__file__).parent / "happenings.toml").read_text(encoding="utf-8"))
_RECIPIENT, _ARMED = frozenset(_TABLE["recipient"]), frozenset(_TABLE["armed"])
_BY_MEANS_OF = frozenset({"with", "by", "via", "through"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "ADJ", "X", "DET"})
_AUXILIARY = frozenset({"be.03", "have.01", "do.01"})
_LABEL = re.compile(r"\(([^*()]+)")


class Word(NamedTuple):
    """One syntactic word of a sentence, its place in the document's text."""

    span: Pair
    lemma: str
    pos: str
    """Universal part of speech."""
    head: int
    """Index of its governor in the sentence, -1 for the root."""
    relation: str


class Sentence(NamedTuple):
    """One sentence of the treebank before it is put into a text."""

    document: str
    new_paragraph: bool
    text: str
    words: tuple[Word, ...]
    """With spans counted from the sentence's first character."""


def propbank(folder: Path) -> Iterator[Text]:
    """The training part, document by document. Sentences that the two editions count differently are left out.

    UDS-IH2 judged words of the same sentences: these come with their factuality, in context. `folder` is the data
    folder, with `propbank_ewt`, `ud_english_ewt` and `event_factuality` in it.
    """
    skeletons = folder / "propbank_ewt" / "ewt_train_gold_skel.tar.gz"
    judged = by_tokens(folder / "event_factuality" / "UDS_IH2_train.jsonl.gz")
    yield from read(skeletons, folder / "ud_english_ewt" / "en_ewt-ud-train.conllu.gz", judged)


def read(skeletons: Path, treebank: Path, judged: Judged | None = None) -> Iterator[Text]:
    """A .tar.gz of PropBank's .gold_skel files with a gzipped CoNLL-U file of the words, in the treebank's order."""
    frames = _frames(skeletons)
    with gzip.open(treebank, "rt", encoding="utf-8") as lines:
        documents: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in sentences(lines.read()):
            documents[sentence.document].append(sentence)
    for name, parts in documents.items():
        if name in frames:
            yield document(name, parts, frames[name], judged or {})


def document(
    name: str, parts: Sequence[Sentence], frames: Mapping[int, Sequence[Sequence[str]]], judged: Judged
) -> Text:
    """One document; `frames` has the rows of each sentence by number, as PropBank's file gives them."""
    text, broken = "", False
    happenings: list[Happening] = []
    syntax: list[Syntax] = []
    factuality: list[tuple[Pair, float]] = []
    for number, sentence in enumerate(parts):
        broken |= sentence.new_paragraph
        rows = frames.get(number, ())
        if len(rows) != len(sentence.words):
            continue
        text += ("\n\n" if broken else " ") if text else ""
        words = [word._replace(span=(word.span[0] + len(text), word.span[1] + len(text))) for word in sentence.words]
        happenings += _happenings(words, rows)
        syntax += (Syntax(w.span, w.pos, w.relation, words[w.head].span if w.head >= 0 else w.span) for w in words)
        tokens = tuple(sentence.text[a:b] for a, b in (word.span for word in sentence.words))
        for first, last, value in judged.get(tokens, ()):
            factuality.append(((words[first].span[0], words[last - 1].span[1]), value))
        text += sentence.text
        broken = False
    return Text(name, text, happenings=tuple(happenings), factuality=tuple(factuality), syntax=tuple(syntax))


def sentences(conllu: str) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, spaced as its SpaceAfter says. Words written together share a line of text."""
    document = ""
    for block in conllu.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if named := re.search(r"^# newdoc id = (.+)$", block, re.MULTILINE):
            document = named[1]
        if rows:
            text, spans = _layout(rows)
            tree = [row for row in rows if row[0].isdigit()]
            words = [
                Word(spans[int(row[0])], row[2], row[3], int(row[6]) - 1, row[7].partition(":")[0]) for row in tree
            ]
            yield Sentence(document, "# newpar" in block, text, tuple(words))


def _layout(rows: Sequence[Sequence[str]]) -> tuple[str, dict[int, Pair]]:
    """The text of a sentence and the place of each word, by its number."""
    text, space, spans = "", "", {}
    inside = 0
    for row in rows:
        first, _, last = row[0].partition("-")
        if "." in first:  # 8.1 is a word that is not written
            continue
        if int(first) > inside:
            text += space
            place = len(text)
            text += row[1]
            space = "" if "SpaceAfter=No" in row[9] else " "
            inside = int(last or first)
        if not last:  # a word of several written together follows on the one before it
            end = min(place + len(row[1]), len(text)) if int(first) < inside else len(text)
            spans[int(first)] = (min(place, end - 1), end)
            place = end
    return text, spans


def _frames(path: Path) -> dict[str, dict[int, list[list[str]]]]:
    """Document name as in the treebank → sentence number → rows."""
    found: dict[str, dict[int, list[list[str]]]] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.endswith(".gold_skel") else None
            if content is not None:
                genre, name = Path(member.name).parts[1], Path(member.name).name.removesuffix(".xml.gold_skel")
                rows = found.setdefault(f"{genre}-{name}", defaultdict(list))
                for line in content.read().decode().splitlines():
                    if fields := line.split():
                        rows[int(fields[1])].append(fields)
    return found


def _happenings(words: Sequence[Word], rows: Sequence[Sequence[str]]) -> Iterator[Happening]:
    at = [i for i, row in enumerate(rows) if row[7] != "-"]
    for column, i in enumerate(at, 8):
        roleset, tag = rows[i][7], rows[i][4]
        if roleset in _AUXILIARY or roleset.endswith(".LV") or tag[0] not in "VN":
            continue
        found = []
        for label, first, last in _arguments([row[column] for row in rows]):
            head = _head(words, first, last)
            if name := _role(label, roleset, words, (first, last, head)):
                whole = Tagged(words[first].span[0], words[last].span[1], name)
                found += [(whole, Tagged(*words[h].span, name)) for h in (head, *_joined(words, head, last))]
        found.sort()
        yield Happening(words[i].span, tuple(whole for whole, _ in found), tuple(head for _, head in found))


def _arguments(column: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Label, first and last word of each argument of one predicate."""
    label, first = "", 0
    for i, cell in enumerate(column):
        if opened := _LABEL.match(cell):
            label, first = opened[1], i
        if label and cell.endswith(")"):
            yield label, first, i
            label = ""


def _head(words: Sequence[Word], first: int, last: int) -> int:
    """The first word of a stretch that is governed from outside it."""
    return next((i for i in range(first, last + 1) if not first <= words[i].head <= last), first)


def _joined(words: Sequence[Word], head: int, last: int) -> Iterator[int]:
    """What stands beside a head, as in "a guard and two drivers", up to the argument's last word."""
    for i in range(head + 1, last + 1):
        if words[i].head == head and words[i].relation == "conj" and words[i].pos in _NAMING:
            yield i


def _role(label: str, roleset: str, words: Sequence[Word], where: tuple[int, int, int]) -> RoleName | None:
    first, last, head = where
    children = [words[i] for i in range(first, last + 1) if words[i].head == head]
    clause = any(child.relation in {"nsubj", "cop", "mark", "expl"} for child in children)
    name = words[head].pos in _NAMING and not clause
    phrase = bool(children) and words[head].pos == "ADV" and not clause
    marked = {child.lemma for child in children if child.relation == "case"}
    if label in {"ARG0", "ARG1"}:
        return None if not name else "agent" if label == "ARG0" else "patient"
    if label == "ARG2" and roleset in _RECIPIENT:
        return "recipient" if name else None
    if label in {"ARGM-LOC", "ARGM-TMP"}:
        return ("place" if label == "ARGM-LOC" else "time") if name or phrase else None
    armed = roleset in _ARMED and label in {"ARG2", "ARG3"} and "with" in marked
    manner = label == "ARGM-MNR" and bool(marked & _BY_MEANS_OF)
    return "means" if name and (armed or manner) else None
