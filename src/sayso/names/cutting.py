"""Which words of a mention are the name: "Varnian harbour minister Dara Okonte" has "Dara Okonte" in it.

A reader marks noun phrases, in which a name may be one part. What is left out:

    what goes before     small words ("topple Okonte"), whose it is ("Varna's Quay Brigade"), a people, an office
    what goes behind     "of Ostra", "who left", a party after a comma
    what is no name      letters alone, titles alone ("Mr."), a people alone ("Varnians"), "Okonte's lawyer"
    several in one       "Dara and Lena Okonte" are two; "Ministry of Ports and Roads" is one: the parts of what is no
                         person must each stand alone somewhere in the case
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.kit import fold, trim
from sayso.model import Findings, MentionKind, Report, Span
from sayso.names import forms
from sayso.names.parts import LONGEST_NAME
from sayso.names.territories import is_people, territory
from sayso.names.wholes import as_places

ROLES = frozenset({
    "adviser", "advisor", "agent", "analyst", "anchor", "candidate", "chair", "chief", "coach", "columnist",
    "coordinator", "correspondent", "counterpart", "deputy", "dictator", "director", "editor", "founder", "host",
    "lawmaker", "lawyer", "leader", "nominee", "officer", "officials", "professors", "reporter", "representatives",
    "senators", "strongman", "suspect", "suspects",
})  # fmt: skip
"""What people are, written before their names, beside the titles."""

ALSO_NAMES = frozenset({
    "king", "prince", "princess", "queen", "judge", "justice", "major", "marshal", "bishop", "father", "sister",
    "brother", "lady", "lord", "dame", "general", "imam", "pope", "cardinal", "sultan", "emir", "sheikh", "chase",
    "director", "officer", "deputy", "chief", "host", "coach", "chair", "madam", "rabbi", "captain",
})  # fmt: skip
"""Titles and roles that are family names, or parts of other names, too: what stands before them may belong to them."""

LESS = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "many", "most", "more", "some", "several",
    "young", "other", "fellow", "both", "all", "these", "those",
})  # fmt: skip
"""With a capital at the start of a sentence, before a name that stands without it elsewhere."""

_JOINTS = re.compile(r"\s{0,3}(?:[,;&]|\b(?:and|or|as well as)\b)\s{1,3}")
_AND = re.compile(r"[;&]|\b(?:and|or)\b")
_TOKEN = re.compile(r"[^\s()\[\]]+|[()\[\]]")
_BEHIND = frozenset({
    "of", "in", "at", "on", "from", "for", "by", "with", "to", "near", "who", "whom", "whose", "which", "that", "as",
    "is", "was", "were", "are", "has", "had", "(", "[", "said", "says", "told", "when", "where", "after", "before",
})  # fmt: skip
"""With these begins what is said behind a person's name."""
_INSIDE = forms.LINKING | forms.PARTICLES | {"with", "without", "against", "under", "from", "by", "between", "or", "&"}
"""Small words that names of groups and places have in them."""
_OWNER = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SEAT = re.compile(r"[A-Z]-[A-Z]")
"""A party's letter and where somebody was elected: "H-Ostra"."""
_EDGES = "\"“”‘’'«».,:;!?-–—#@*|"
MOSTLY = 3
"""So many times as often as the other."""
_FULL = 2
"""Words of a name with a given name and a family name."""


@dataclass(frozen=True, slots=True)
class Known:
    """Cores of the names that stand alone somewhere in a case."""

    people: frozenset[str]
    things: frozenset[str]
    kinds: Mapping[str, MentionKind]
    """Of those that are mostly persons, or mostly something else, what they are."""
    small: frozenset[str]
    """Words that the case mostly writes small."""
    cut: dict[tuple[str, bool], tuple[Span, ...]] = field(default_factory=dict)
    """What has been cut already: the names in these words, a person's or not, as offsets in them."""


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    """Folded."""
    capital: bool
    owner: bool
    """Whether it says whose the rest is."""
    title: bool = False
    """Whether it is a title or part of one, or says what somebody is."""


def standing_alone(cases: Iterable[tuple[Report, Findings]]) -> Known:
    """The names of all reports that are marked without anything that joins two, and the words written small."""
    met = defaultdict[str, Counter[MentionKind]](Counter)
    small = Counter[str]()
    for report, findings in cases:
        small.update(report.text.split())
        for one in as_places(report.text, findings.mentions):
            if one.wording == "name":
                words = report.text[one.span.start : one.span.end]
                if words[:1].isupper() and not _JOINTS.search(words):
                    met[forms.form(words, person=one.kind == "person").core][one.kind] += 1
    return Known(
        people=frozenset(core for core, kinds in met.items() if kinds["person"]),
        things=frozenset(core for core, kinds in met.items() if kinds.total() > kinds["person"]),
        kinds={core: kind for core, kinds in met.items() if (kind := _clear(kinds))},
        small=frozenset(
            word for word, often in small.items() if word.islower() and often > MOSTLY * sum(met.get(word, {}).values())
        ),
    )


def _clear(kinds: Counter[MentionKind]) -> MentionKind | None:
    """Person, or what it is else, where a name is mostly the one or mostly the other."""
    people, things = kinds["person"], kinds.total() - kinds["person"]
    if people > MOSTLY * things:
        return "person"
    if things <= MOSTLY * people:
        return None
    return min((kind for kind in kinds if kind != "person"), key=lambda kind: (-kinds[kind], kind))


def names_in(text: str, span: Span, kind: MentionKind, met: Known) -> Iterator[Span]:
    """The names in a mention, in order: none, one or several. What is longer than any name has none."""
    if span.end - span.start > LONGEST_NAME:
        return
    words, person = text[span.start : span.end], kind == "person"
    found = met.cut.get((words, person))
    if found is None:  # a case says the same words again and again
        found = met.cut[words, person] = tuple(_cut(words, met, person=person))
    for one in found:
        yield Span(span.start + one.start, span.start + one.end)


def _cut(words: str, met: Known, *, person: bool) -> Iterator[Span]:
    start = 0
    for end in (*(at for at, letter in enumerate(words) if letter == "\n"), len(words)):
        line = trim(words, start, end)
        start = end
        if line.start < line.end:
            yield from _people(words, line, met) if person else _things(words, line, met)


def _people(text: str, line: Span, met: Known) -> Iterator[Span]:
    pieces = _pieces(text, line)
    if len(pieces) == _FULL and not _AND.search(text, *line) and _is_turned(text, pieces):
        yield line
        return
    for piece in pieces:
        found = _person(text, piece, met)
        if found is not None and _is_name(text, found) and not _SEAT.match(text, found.start):
            yield found
            if not _AND.search(text, *line):  # behind a comma stands what he or she is
                return


def _is_turned(text: str, pieces: Sequence[Span]) -> bool:
    """Whether it is "Okonte, Dara" or "Dara Okonte, Jr."."""
    last, first = (fold(text[one.start : one.end]).split() for one in pieces)
    return first[:1] != [] and (first[0] in forms.GENERATIONS or (len(last) == 1 and len(first) == 1))


def _things(text: str, line: Span, met: Known) -> Iterator[Span]:
    person = _person(text, line, met)
    if person is not None and person != line and _full_name(text, person) in met.people:
        yield person  # "Judge Dara Okonte of the Coastal Court"
        return
    pieces = _pieces(text, line)
    if len(pieces) > 1:
        parts = [_thing(text, piece, met) for piece in pieces]
        if all(part is not None and _stands_alone(text, part, met) for part in parts):
            yield from (part for part in parts if part is not None and _is_name(text, part))
            return
    found = _thing(text, line, met)
    if found is not None and _is_name(text, found):
        yield found


def _full_name(text: str, span: Span) -> str:
    """The core of a person's full name; "" if it is none."""
    core = forms.form(text[span.start : span.end], person=True).core
    return core if forms.is_full(core) else ""


def _pieces(text: str, line: Span) -> list[Span]:
    """What stands between commas, "and" and "or"."""
    pieces, start = list[Span](), line.start
    for joint in _JOINTS.finditer(text, *line):
        pieces.append(trim(text, start, joint.start()))
        start = joint.end()
    pieces.append(trim(text, start, line.end))
    return [piece for piece in pieces if piece.start < piece.end]


def _stands_alone(text: str, part: Span, met: Known) -> bool:
    written = text[part.start : part.end]
    core = forms.form(written, person=False).core
    return (
        core in met.things
        or core in met.people
        or forms.is_acronym(written)
        or is_people(core)
        or territory(core) != ""
    )


def _is_name(text: str, span: Span) -> bool:
    """Whether these words can name anybody: not one letter, not titles alone, not a people."""
    written = text[span.start : span.end]
    words = fold(written).split()
    letters = sum(map(len, words))
    return letters > 1 and _has_capital(written) and not _is_title(words)


def _is_title(words: Sequence[str]) -> bool:
    return all(word in ROLES for word in forms.without_titles(words))


def _has_capital(written: str) -> bool:
    return any(letter.isupper() or letter.isdigit() or (letter.isalpha() and letter.lower() == letter.upper())
               for letter in written)  # fmt: skip


def _tokens(text: str, piece: Span) -> list[_Token]:
    found = []
    for token in _TOKEN.finditer(text, *piece):
        bare = token[0].strip(_EDGES)
        start = token.start() + (token[0].find(bare) if bare else 0)
        end = start + len(bare) if not token[0].endswith(".") or not bare else token.end()
        owned = bool(_OWNER.search(token[0].rstrip(',.;:"”')))
        found.append(_Token(start, max(end, start), fold(bare) or token[0], _is_capital(bare), owned))
    return found


def _is_capital(word: str) -> bool:
    """Whether a word is written as part of a name: "Okonte", "al-Din", "3rd", "eQuay"; not "then-Minister"."""
    if not word:
        return False
    if not word[0].islower():
        return word[0].isalnum() and not word.endswith("-old")
    before, dash, behind = word.partition("-")
    if dash:
        return before.casefold() in forms.PARTICLES and _has_capital(behind)
    return any(letter.isupper() for letter in word)


def _person(text: str, piece: Span, met: Known) -> Span | None:
    tokens = _without_what_follows(_with_titles(_tokens(text, piece)))
    run = _last_run(tokens, met)
    if not run:
        return None
    run = _without_owner(run)
    run = _from_title(run, met)
    run = _without_repeats(_from_known(run, met))
    return Span(run[0].start, run[-1].end) if run else None


def _with_titles(tokens: list[_Token]) -> list[_Token]:
    """The same with all that is title marked; "of" in "Secretary of Ports" counts as written large."""
    words = [one.word.removesuffix(" elect") for one in tokens]
    at = 0
    while at < len(tokens):
        size = forms.size_of_title(words, at)
        for place in range(at, at + size):
            large = tokens[at].capital and (tokens[place].capital or size > 1)
            tokens[place] = tokens[place]._replace(title=True, capital=large)
        if not size and words[at] in ROLES:
            tokens[at] = tokens[at]._replace(title=True)
        at += size or 1
    return tokens


def _without_what_follows(tokens: list[_Token]) -> list[_Token]:
    """Without "of Ostra" behind a full name; not where an office goes before ("Secretary of Ports Dara Okonte")."""
    for at, token in enumerate(tokens):
        if token.word in _BEHIND and not (token.capital or token.title):
            before = _bearing(tokens[:at])
            if len(before) >= _FULL or (before and token.word not in {"of", "for"}):
                return tokens[:at]
    return tokens


def _bearing(tokens: Iterable[_Token]) -> list[_Token]:
    return [one for one in tokens if one.capital and not one.title]


def _last_run(tokens: list[_Token], met: Known) -> list[_Token]:
    """The last words in a row that are written as names, particles between them included.

    None where something small stands behind, which then is what is spoken of ("the Okonte trial"). All from the first
    capital on, where an office has no name behind it ("Minister of Ports").
    """
    if not tokens or not tokens[-1].capital:
        return []
    start = len(tokens) - 1
    while start and (tokens[start - 1].capital or _is_particle(tokens, start - 1)):
        start -= 1
    run = tokens[start:]
    while run and not run[0].capital and run[0].word not in forms.PARTICLES:
        run = run[1:]
    if start and tokens[start - 1].word in {"of", "for"}:
        first = next(at for at, one in enumerate(tokens) if one.capital)
        return tokens[first:] if len(run) <= _FULL else _behind_office(run, met)
    return run


def _behind_office(run: list[_Token], met: Known) -> list[_Token]:
    """The person behind "Secretary of": one known from elsewhere, else the last two words."""
    names = (start for start in range(1, len(run) - 1) if " ".join(one.word for one in run[start:]) in met.people)
    return run[next(names, -_FULL) :]


def _is_particle(tokens: list[_Token], at: int) -> bool:
    return tokens[at].word in forms.PARTICLES and not tokens[at].owner


def _without_owner(run: list[_Token]) -> list[_Token]:
    """Without whose he or she is: "Varna's Dara Okonte"."""
    owner = max((at for at, one in enumerate(run[:-1]) if one.owner), default=-1)
    return run[owner + 1 :]


def _from_title(run: list[_Token], met: Known) -> list[_Token]:
    """From the last title on, the titles right before the name included; without roles and peoples before it."""
    last = len(run) - 1
    while last > 0 and run[last].word in forms.GENERATIONS:
        last -= 1
    for at in range(last - 1, -1, -1):
        if run[at].title and not (run[at].word in ALSO_NAMES and at and not _is_known_thing(run[:at], met)):
            start = at + 1
            while start and run[start - 1].title and run[start - 1].word not in ROLES:
                start -= 1
            return run[start:]
    while len(run) > _FULL and is_people(run[0].word):
        run = run[1:]
    return run


def _is_known_thing(tokens: Sequence[_Token], met: Known) -> bool:
    core = " ".join(token.word for token in tokens)
    return core in met.things or is_people(core) or territory(core.replace(" ", "")) != "" or territory(core) != ""


def _from_known(run: list[_Token], met: Known) -> list[_Token]:
    """Without names of other things before a full name that stands alone elsewhere ("Quay Union Dara Okonte")."""
    for start in range(1, len(run) - 1):
        if " ".join(one.word for one in run[start:]) in met.people and _is_known_thing(run[:start], met):
            return run[start:]
    return run


def _without_repeats(run: list[_Token]) -> list[_Token]:
    """Without a caption's second time: "Dara Okonte Dara Okonte", "Dara Okonte Okonte"."""
    words = [one.word for one in run]
    half = len(run) // 2
    if half and words[:half] == words[half : 2 * half]:
        return run[half:] if len(run) == 2 * half else run[: len(run) - half]
    return run[:-1] if len(run) > _FULL and words[-1] == words[-2] else run


def _thing(text: str, piece: Span, met: Known) -> Span | None:
    tokens = _tokens(text, piece)
    if "(" in text[piece.start : piece.end] and not text.endswith(")", piece.start, piece.end):
        tokens = tokens[: next((at for at, one in enumerate(tokens) if one.word == "("), None)]
    first = next((at for at, one in enumerate(tokens) if one.capital), None)
    if first is None or not _names_the_head(tokens[first:]):
        return None
    run = _behind_small(tokens[first:])
    owner = next((at for at, one in enumerate(run[:-1]) if one.owner), None)
    if owner is not None and _is_known_thing(run[: owner + 1], met):
        rest = run[owner + 1 :]
        run = rest if _is_known_thing(rest, met) or " ".join(one.word for one in rest) in met.people else run
    while len(run) > 1 and (run[0].word in forms.ARTICLES or (run[0].word in LESS and _is_known_thing(run[1:], met))):
        run = run[1:]
    return Span(run[0].start, run[-1].end)


def _names_the_head(tokens: Sequence[_Token]) -> bool:
    """Whether the head, before what is said of it, has a capital: not so in "Quay Brigade fighters"."""
    head = tokens[0]
    for one in tokens[1:]:
        if one.word in _INSIDE or one.word in _BEHIND:
            break
        head = one
    return head.capital


def _behind_small(tokens: list[_Token]) -> list[_Token]:
    """The name behind what it is: "Varna-based agency Ostra News"; all where one word alone would be left."""
    small = max((at for at, one in enumerate(tokens) if not one.capital and one.word not in _INSIDE), default=-1)
    rest = tokens[small + 1 :]
    return rest if len(rest) >= _FULL and not any(one.word in forms.LINKING for one in tokens[: small + 1]) else tokens
