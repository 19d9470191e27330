"""Who and what is named: the free part of re3d, CrossNER politics, wikigold, the free genres of GUM.

Each loader takes the data folder and yields texts with the spans of its scheme, in order. Texts that may not be used
commercially are left out: "BBC Online" of re3d, and every genre of GUM that its licence file does not name as free.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

from evals.files import members, text_of
from sayso.kit import trim
from training.texts import Syntax, Tagged, Text
from training.words import join

NON_COMMERCIAL_SOURCE = "BBC Online"
"""The one part of re3d under a non-commercial licence."""

FREE_GENRES = frozenset({"academic", "bio", "court", "interview", "news", "voyage"})
"""Genres of GUM whose texts LICENSE.txt of the corpus puts under CC BY or CC BY-SA. What it does not name stays out."""

MORE_LIKELY_RIGHT = 0.5
"""re3d gives each mark the chance that it is right, from several annotators. Many marks of a program stand at 0."""

WORDINGS = {"PROPN": "name", "PRON": "pronoun", "DET": "pronoun"}
"""What a mention is, by the universal part of speech of its head. All others describe."""

_QUOTES = str.maketrans('“”"‘’', "'''''")
_ENTITY = re.compile(r"\((?P<begun>[^-()]+)-(?P<kind>[a-z]+)[^()]*(?P<whole>\)?)|(?P<ended>[^-()]+)\)")


def re3d(folder: Path) -> Iterator[Text]:
    """Documents on the war in Syria and Iraq (Dstl 2017), by id. Of marks that overlap the longer stays."""
    yield from re3d_texts(folder / "re3d" / "re3d.tar.gz")


def re3d_texts(path: Path) -> Iterator[Text]:
    """The same from a folder or .tar.gz with SOURCE/documents.json and SOURCE/entities.json in it.

    Marks are left out that are more likely wrong than right, run over a line break, or do not stand where they say.
    """
    found = [(name, text) for name, text in members(path, "documents.json", "entities.json") if _free(name)]
    marks = defaultdict(list)
    for one in _objects(text for name, text in found if name.endswith("entities.json")):
        marks[one["documentId"]].append(one)
    documents = _objects(text for name, text in found if name.endswith("documents.json"))
    for one in sorted(documents, key=lambda each: str(each["_id"])):
        kept = [mark for mark in marks[one["_id"]] if _holds(one["text"], mark)]
        kept.sort(key=lambda mark: (mark["begin"] - mark["end"], -mark["confidence"], mark["begin"], mark["type"]))
        spans = (Tagged(*trim(one["text"], mark["begin"], mark["end"]), mark["type"]) for mark in kept)
        yield Text(f"re3d/{one['_id']}", one["text"], {"re3d": apart(spans)})


def _free(name: str) -> bool:
    return NON_COMMERCIAL_SOURCE not in Path(name).parts


def _objects(files: Iterable[str]) -> Iterator[dict[str, Any]]:
    for file in files:
        for line in file.removeprefix("\ufeff").split("\n"):
            if line.strip():
                yield json.loads(line)


def _holds(text: str, mark: dict[str, Any]) -> bool:
    written = text[mark["begin"] : mark["end"]]
    same = written.translate(_QUOTES) == mark["value"].translate(_QUOTES)
    return same and bool(written.strip()) and "\n" not in written and mark["confidence"] >= MORE_LIKELY_RIGHT


def apart(spans: Iterable[Tagged]) -> tuple[Tagged, ...]:
    """In the order of the text, those of the spans that overlap none before them in the order given."""
    kept: list[Tagged] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def crossner(folder: Path) -> Iterator[Text]:
    """The 200 training sentences of CrossNER politics (Liu et al. 2021), each a text."""
    yield from crossner_texts(folder / "crossner_politics" / "train.txt")


def crossner_texts(path: Path) -> Iterator[Text]:
    """The sentences of a file in that form: word, tab, tag in BIO; a blank line between sentences."""
    for number, sentence in enumerate(_sentences(text_of(path))):
        text, spans = _sentence(sentence)
        yield Text(f"crossner/{path.stem}/{number}", text, {"crossner": spans})


def wikigold(folder: Path) -> Iterator[Text]:
    """The 145 articles of wikigold (Balasuriya et al. 2009)."""
    whole = text_of(folder / "wikigold" / "wikigold.conll.txt.gz")
    for number, document in enumerate(re.split(r"(?m)^-DOCSTART-.*$", whole)):
        text, spans = "", []
        for sentence in _sentences(document):
            written, marks = _sentence(sentence)
            text += " " if text else ""
            spans += [Tagged(len(text) + start, len(text) + end, kind) for start, end, kind in marks]
            text += written
        if text:
            yield Text(f"wikigold/{number}", text, {"wikigold": tuple(spans)})


def _sentences(conll: str) -> Iterator[list[list[str]]]:
    """Rows of (word, tag), sentence by sentence."""
    for block in re.split(r"\n[ \t]*\n", conll):
        rows = [line.split() for line in block.split("\n") if line.strip()]
        if rows:
            yield [[row[0], row[-1]] for row in rows]


def _sentence(rows: Sequence[Sequence[str]]) -> tuple[str, tuple[Tagged, ...]]:
    """Text and spans of one sentence. A span begins at B, or where the kind changes."""
    text, places = join([word for word, _ in rows])
    spans: list[Tagged] = []
    last = ""
    for (_, tag), (start, end) in zip(rows, places, strict=True):
        border, _, kind = tag.partition("-")
        if kind and border != "B" and kind == last:
            spans[-1] = spans[-1]._replace(end=end)
        elif kind:
            spans.append(Tagged(start, end, kind))
        last = kind
    return text, tuple(spans)


def gum(folder: Path) -> Iterator[Text]:
    """The training documents of GUM 11 (Zeldes 2017) whose genre is free. Schemes "gum" and "wording", same spans."""
    yield from gum_texts(folder / "gum" / "gum_train_nonreddit.tar.gz")


def gum_texts(path: Path, genres: AbstractSet[str] | None = FREE_GENRES) -> Iterator[Text]:
    """The same from a folder or .tar.gz with dep/GUM_GENRE_NAME.conllu in it, by name; None for every genre."""
    for name, conllu in sorted(members(path, ".conllu")):
        corpus, genre, *_ = f"{Path(name).name}_".split("_")
        if corpus == "GUM" and (genres is None or genre in genres):
            yield gum_text(Path(name).stem, conllu)


class _Token(NamedTuple):
    start: int
    end: int
    sentence: int
    id: int
    head: int
    part_of_speech: str
    relation: str
    entity: str


def gum_text(name: str, conllu: str) -> Text:
    """A file of CoNLL-U with `Entity=(ID-TYPE-…` as running text. An empty line stands between paragraphs."""
    text, tokens = _tokens(conllu)
    spans: list[tuple[Tagged, str]] = []
    begun: list[tuple[str, str, int]] = []
    for at, token in enumerate(tokens):
        for bracket in _ENTITY.finditer(token.entity):
            if bracket["begun"]:
                begun.append((bracket["begun"], bracket["kind"], at))
            ended = bracket["begun"] if bracket["whole"] else bracket["ended"]
            opened = next((one for one in reversed(begun) if one[0] == ended), None)
            if opened:
                begun.remove(opened)
                span = Tagged(tokens[opened[2]].start, token.end, opened[1])
                spans.append((span, _wording(tokens[opened[2] : at + 1])))
    spans.sort(key=lambda one: (one[0].start, -one[0].end, one[0].kind))
    wording = tuple(span._replace(kind=how) for span, how in spans)
    return Text(
        f"gum/{name}", text, {"gum": tuple(span for span, _ in spans), "wording": wording}, syntax=_trees(tokens)
    )


def _trees(tokens: Sequence[_Token]) -> tuple[Syntax, ...]:
    places = {(one.sentence, one.id): (one.start, one.end) for one in tokens}
    return tuple(
        Syntax((one.start, one.end), one.part_of_speech, one.relation, places.get((one.sentence, one.head), one[:2]))
        for one in tokens
    )


def _tokens(conllu: str) -> tuple[str, list[_Token]]:
    """Text and tokens. Words written together stand on a line with a range of ids, then each on its own."""
    text, space, inside, tokens, place, sentence = "", "", 0, list[_Token](), 0, 0
    for line in conllu.split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            space = "\n\n" if text else ""
        if line.startswith("# sent_id"):
            inside, sentence = 0, sentence + 1
        fields = line.split("\t")
        if len(fields) != 10 or "." in fields[0]:  # 8.1 is a word that is not written
            continue
        first, _, last = fields[0].partition("-")
        if last or int(first) > inside:
            place = len(text + space)
            text += space + fields[1]
            space = "" if "SpaceAfter=No" in fields[9] else " "
            inside = int(last or first)
        if not last:
            entity = next((one[7:] for one in fields[9].split("|") if one.startswith("Entity=")), "")
            end, relation = place + len(fields[1]), fields[7].partition(":")[0]
            tokens.append(_Token(place, end, sentence, int(first), int(fields[6]), fields[3], relation, entity))
            place = end
    return text, tokens


def _wording(tokens: Sequence[_Token]) -> str:
    """By the head: the first token whose own head is outside."""
    inside = {token.id for token in tokens}
    head = next((token for token in tokens if token.head not in inside), tokens[-1])
    return WORDINGS.get(head.part_of_speech, "description")
