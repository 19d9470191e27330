"""Answers that plain sentence frames give: "the killers were from the Reed Front", "the guards looked the other way".

    words of the content ──▶ phrases of `frames.toml` ──▶ who or what is named where the answer stands ──▶ replies

A second reader beside the learned one, which misses such sentences. How often each frame is right was counted on marked
claims (`training/frames.py`, in `frames.json`): that is how likely its replies are right.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.claims.candidates import SPEAKER, candidates
from sayso.claims.content import Content
from sayso.claims.naming import Part, heads_of_patient, is_person, named_from, speaker, subjects
from sayso.claims.phrases import Classes, Phrase, Word, first_words, is_of, matched, phrase, words_in
from sayso.kit import covers
from sayso.model import Attribution, Slot, Span, Stance

UNANSWERING: frozenset[Stance] = frozenset({"asks", "declines", "orders"})
"""Stances under which nothing is said to be so."""
LONGEST = 300
"""Words of each part of a content that are looked at: the first ones. Longer ones are badly cut, or speeches."""
DOERS: frozenset[Slot] = frozenset({"perpetrator", "ordered_by", "complicity"})
MOST_BETWEEN = 6
"""Words between a subject and the words of its frame that are passed over: "A, who must have …"."""
LOOK_BACK = 8
"""Words before a frame in which one of _OPEN leaves it open."""

_BETWEEN = frozenset(
    {
        "be", "is", "are", "was", "were", "been", "being", "am", "have", "has", "had", "having", "do", "does", "did",
        "would", "could", "should", "may", "might", "must", "can", "will", "shall", "also", "then", "even", "just",
        "simply", "only", "ever", "once", "already", "still", "now", "later", "who", "which", "that", "to", "of",
        "themselves", "itself", "himself", "herself", "not", "never", "no", "all", "both", "seem", "seemed", "appear",
        "appeared", "said", "likely",
    }
)  # fmt: skip
_NOT = frozenset({"not", "never", "no", "nor", "neither", "cannot", "nobody", "none"})
_OPEN = frozenset({"whether", "if", "unless"})
"""Words that leave open whether something is so; those of _UNREAL right before it."""
_UNREAL = frozenset({"to", "would", "will", "shall", "can"})
_OPENING = frozenset({"that", "on"})
_END = ("$",)
_GOING_ON = frozenset({"of", "for", "with", "by"})
"""Words behind a comma before which an accusation is not at its end."""
OPENING = 1
"""Words of a content behind which what its speaker denies or claims of themselves begins at the latest."""


class Frame(NamedTuple):
    """One entry of the table, which tells what each field means."""

    name: str
    slot: Slot
    is_for: bool
    who: str
    words: tuple[Phrase, ...]
    then: tuple[Phrase, ...]
    cue: frozenset[str]
    about: tuple[str, ...]
    voice: str


class Framed(NamedTuple):
    """What a frame answers."""

    frame: str
    slot: Slot
    is_for: bool
    span: Span


class Table(NamedTuple):
    """All frames."""

    classes: Classes
    by_word: Mapping[str, Sequence[tuple[Frame, Phrase]]]
    """Those that are known by words, by each word with which these can begin."""
    frames: Sequence[Frame]


class Hit(NamedTuple):
    """A frame whose words stand in the content."""

    frame: Frame
    words: range
    """Their places; none for a frame whose answer opens the content."""
    is_turned: bool = False
    """Whether a "not" that may or may not be among the words is."""


@cache
def table() -> Table:
    """`frames.toml`."""
    read = tomllib.loads((files("sayso.claims") / "frames.toml").read_text(encoding="utf-8"))
    classes = {name: frozenset(words) for name, words in read["classes"].items()}
    frames = [_frame(one) for one in read["frame"]]
    by_word: defaultdict[str, list[tuple[Frame, Phrase]]] = defaultdict(list)
    for frame in frames:
        for one in frame.words:
            for word in first_words(one):
                for each in classes[word[1:]] if word.startswith("=") else (word,):
                    by_word[each].append((frame, one))
    return Table(classes, by_word, frames)


def _frame(one: Mapping[str, Any]) -> Frame:
    words, then = (tuple(map(phrase, one.get(name, ()))) for name in ("words", "then"))
    rest = frozenset(one.get("cue", ())), tuple(one.get("about", ())), one.get("voice", "")
    return Frame(one["name"], one["slot"], one["side"] == "for", one["who"], words, then, *rest)


def framed(text: str, content: Content, said: Attribution | None) -> tuple[Framed, ...]:
    """What the frames in a claim's content answer, each answer once, in the order of the text."""
    if content.claim.stance in UNANSWERING:
        return ()
    cue = frozenset(one.lemma for one in words_in(text, said.cue)) if said and said.cue else frozenset[str]()
    parts = [words_in(text, span)[:LONGEST] for span in content.claim.content]
    opening = [Hit(one, range(0)) for one in table().frames if one.who == "first" and one.cue & cue]
    several = [(words, list(_hits(words, content, cue))) for words in parts]
    several.append(([word for words in parts for word in words], opening))
    if not any(hits for _, hits in several):
        return ()
    could = [one for one in candidates(text, content, said) if SPEAKER not in one.signs]
    found = [
        each
        for words, hits in several
        for hit in hits
        for each in _answered(hit, Part(text, content, said, words, could))
    ]
    return tuple(dict.fromkeys(found))


def _hits(words: Sequence[Word], content: Content, cue: frozenset[str]) -> Iterator[Hit]:
    known = table()
    for at, word in enumerate(words):
        both = (*known.by_word.get(word.form, ()), *known.by_word.get(word.lemma, ()))
        for frame, one in dict.fromkeys(both):
            if (frame.cue & cue or not frame.cue) and not covers(content.inner, word.span):
                end = matched(one, words, at, known.classes)
                if end is not None:
                    has_not = "not?" in one and any(each.form == "not" for each in words[at:end])
                    yield Hit(frame, range(at, end), has_not)


def _answered(hit: Hit, part: Part) -> Iterator[Framed]:
    """The answers of a frame whose words stand there."""
    frame = hit.frame
    start, turned = _before(part.words, hit.words.start)
    if turned is None or not _has_voice(frame, part.words[start : hit.words.stop], hit.words.start - start):
        return
    is_for = frame.is_for ^ turned ^ hit.is_turned ^ (part.content.claim.stance == "denies")
    yield from (Framed(frame.name, frame.slot, is_for, span) for span in _named(hit, part, start))


def _named(hit: Hit, part: Part, start: int) -> list[Span]:
    frame = hit.frame
    if frame.who == "speaker":
        return speaker(part) if hit.words.start <= OPENING else []
    if frame.who == "before":
        return subjects(part, start, hit.words, frame.slot)
    if frame.about and not _is_about(part, start, hit):
        return []
    if frame.who == "itself":
        return [Span(part.words[hit.words.start].span.start, part.words[hit.words.stop - 1].span.end)]
    at = hit.words.stop if hit.words else next((n for n, w in enumerate(part.words) if w.form not in _OPENING), 0)
    several, behind = named_from(part, at, frame.slot)
    return several if not frame.then or _follows(part, behind, frame) else []


def _is_about(part: Part, start: int, hit: Hit) -> bool:
    """Whether the words are told of those of whom they must be."""
    if not start:
        return False
    heads = [part.words[start - 1], *heads_of_patient(part, hit.words)]
    classes = [table().classes[one] for one in hit.frame.about if one != "person"]
    if any(is_of(head, several) for head in heads for several in classes):
        return True
    return "person" in hit.frame.about and any(is_person(part, head) for head in heads[:1])


def _before(words: Sequence[Word], at: int) -> tuple[int, bool | None]:
    """Behind which word the subject ends; and whether what stands between turns the sense, None where it is open."""
    start, turned = at, False
    while start and at - start < MOST_BETWEEN and _is_between(words, start - 1):
        start -= 1
        turned ^= words[start].form in _NOT or words[start].form.endswith("n't")
    is_open = any(one.form in _OPEN for one in words[max(0, start - LOOK_BACK) : at])
    is_unreal = any(one.form in _UNREAL for one in words[start:at])
    return start, None if is_open or is_unreal else turned


def _is_between(words: Sequence[Word], at: int) -> bool:
    form = words[at].form
    if form == ",":
        return at + 1 < len(words) and words[at + 1].form in {"who", "which"}
    return form in _BETWEEN or form.endswith(("n't", "ly"))


def _has_voice(frame: Frame, words: Sequence[Word], first: int) -> bool:
    """Whether the frame's words, the first of which stands at this place, are active or passive as they should be."""
    if not frame.voice:
        return True
    is_passive = any(one.lemma == "be" for one in words[:first]) and not words[first].form.endswith("ing")
    return (frame.voice == "passive") == is_passive


def _follows(part: Part, at: int, frame: Frame) -> bool:
    """Whether what must stand behind an answer does, a comma between them apart."""
    has_mark = at < len(part.words) and part.words[at].is_mark
    behind = at + (has_mark and part.words[at].form == ",")
    if any(matched(one, part.words, behind, table().classes) is not None for one in frame.then if one != _END):
        return True
    goes_on = behind < len(part.words) and part.words[behind].form in _GOING_ON
    return _END in frame.then and (has_mark or at >= len(part.words)) and not goes_on


def likelihood(text: str, found: Framed, content: Content) -> float:
    """How often what a frame answers is right; less of who did it where the claim tells of no deed."""
    known = _counted()
    return known[found.frame] * (known[""] if found.slot in DOERS and not tells_of_deed(text, content) else 1.0)


def tells_of_deed(text: str, content: Content) -> bool:
    """Whether a claim has words for a deed, or for those who do it."""
    several = [table().classes[name] for name in ("deed", "strike", "killer")]
    words = (word for span in content.claim.content for word in words_in(text, span))
    return any(is_of(word, one) for word in words for one in several)


@cache
def _counted() -> Mapping[str, float]:
    found: dict[str, float] = json.loads((files("sayso.claims") / "frames.json").read_text(encoding="utf-8"))
    return found
