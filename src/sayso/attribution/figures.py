"""Figures: who or what a name or a description in a report stands for, and where names and descriptions are.

Names are found by their capitals, descriptions ("a senior official") by their head nouns. No model is needed. Every
pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.attribution.vocabulary import (
    AFTER_HEAD,
    BODIES,
    DAYS,
    DEFINITE,
    DOCUMENTS,
    FEMALE,
    FEMALE_GIVEN,
    MALE,
    MALE_GIVEN,
    OFFICES,
    OPENERS,
    OUTLET_NAMES,
    OUTLETS,
    PERSONS,
    QUANTITIES,
    SEVERAL,
    SPEAKING,
    STATEMENTS,
    TITLES,
    Gender,
    Sort,
    alternatives,
    folded,
    head_of,
    is_bodily,
    singular,
    sort_of,
    sort_of_head,
)
from sayso.model import Span

MONTH_NAMES = frozenset({"April", "May", "June", "August"})
"""Months that are given names too."""
PEOPLES = ("ians", "eans", "cans", "crats", "ists", "ites")
"""Endings of the names of peoples and parties in plural: "the Varnians"."""
NOT_INSIDE = frozenset({"a", "an", "down", "away"})
"""What no description has between its first word and its noun, besides the function words."""
TWO_WORD_OFFICES = frozenset({"Homeland", "Foreign", "United", "National", "House", "Human", "Veterans"})
"""What an office can be over in two words: "Secretary of Homeland Security"."""
LONGEST_CORE = 5
"""Words of a personal name without its titles at most: what is longer is names run together by the layout."""
LONGEST_RUN = 12
"""Capitalised words in a row that are looked at as one name; more are a heading."""
LONGEST_GAP = 40
"""Code points of small words between the parts of a name at most."""
LONGEST_NAME = 160
"""Code points of a name, titles and all, at most."""

_UPPER = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŘŚŞŠŹŻŽ"
_SHORT = r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gen|Gov|Lt|Col|Capt|Sgt|Maj|Adm|Prof|Jr|Sr|St|Rev|Hon|Cmdr|Brig)\."
_INITIALS = rf"(?:[{_UPPER}]\.-?)+(?![^\W_]{{2}})"
_CAPITAL = rf"(?:{_SHORT}|{_INITIALS}|(?:al-|el-|bin |then-)?[{_UPPER}][^\W_]*(?:[-'’&](?!s\b)[^\W_]+)*)"
_RUN = re.compile(rf"(?<![\w@#-]){_CAPITAL}(?: {_CAPITAL}){{0,{LONGEST_RUN - 1}}}")
_GAP = re.compile(r" (?:of(?: the)?|for(?: the)?|to the|[a-z][a-z-]+(?: [a-z-]+){0,2}) |['’]s? ")
_APPOSITION = re.compile(r"(?!who |which |and |but |said |in |on )[\w'’.-]+(?: [\w'’.-]+){0,11}(?=,)")
_AGE = re.compile(r", (?:aged? )?\d{1,2}[,.]|\s\(\d{1,2}\)")
_NOUN_BEFORE = re.compile(r"(?<![\w'’.-])(?P<words>(?:[a-z-]+ ){0,3}(?P<noun>[a-z]+)) (?:The )?$")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_SMALL_WORD = re.compile(r"(?<![\w'’.-])[a-z][a-z]+")
_HEAD = rf"(?:{alternatives(PERSONS | BODIES | OUTLETS | DOCUMENTS | STATEMENTS)})(?:s|es)?"
_INDEFINITE = re.compile(
    rf"\b(?:{alternatives(QUANTITIES - {'no'})}) "
    rf"(?:(?!(?:{alternatives(AFTER_HEAD | DEFINITE | NOT_INSIDE)}) )(?:(?:[A-Z]\.)+|[\w'’/-]*[\w'’]) ){{0,5}}?"
    rf"{_HEAD}(?: {_HEAD})*\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(rf"(?<![\w'’-])(?:[\w'’.-]{{1,60}}+ ){{0,2}}(?:{alternatives(PERSONS)})s\b")
_PROPER = re.compile(rf"\b[Tt]he (?:{_CAPITAL}(?:['’]s)? ){{1,12}}(?:[a-z]+ )?(?:{alternatives(BODIES)})(?:s|es)?\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody or something that the report names or describes."""

    name: str
    """The fullest name or description: title before the name kept, apposition dropped."""
    span: Span
    """Where that stands."""
    sort: Sort
    gender: Gender = ""
    plural: bool = False
    core: tuple[str, ...] = ()
    """The folded words of the name without its titles; () for a description."""
    head: str = ""
    """The head noun of a description, singular; "and" for several who speak as one; "" for a name."""
    bare: bool = False
    """A lone title ("King"), which is a name only if a longer name ends so."""
    traits: frozenset[str] = frozenset()
    """Folded words that go with it: titles, apposition, modifiers, the head noun."""


# -- names ----------------------------------------------------------------------------------------------------------


def named(text: str) -> Iterator[Figure]:
    """Each name in the text, with the titles before it, in order."""
    small = frozenset(_SMALL_WORD.findall(text))
    for start, end in _runs(text):
        begin = _past_openers(text, start, end, small)
        stop = _before_days(text, begin, end)
        if begin < stop and (figure := named_figure(text, Span(begin, stop))):
            yield _with_description(text, figure)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, joined over "of", a small title ("spokesman") and a possessive before a title."""
    held: tuple[int, int] | None = None
    for match in _RUN.finditer(text):
        start, end = match.span()
        if held and _joins(text, held, (start, end)):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _joins(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two runs are parts of one name."""
    gap = text[left[1] : min(right[0], left[1] + LONGEST_GAP)]
    if right[1] - left[0] > LONGEST_NAME or not _GAP.fullmatch(gap):
        return False
    words = text[left[0] : left[1]].split()
    titled = _title_length(text[right[0] : right[1]].split()) > 0
    if gap.startswith(("'", "’")):
        return titled
    *before, last = gap.split()
    if gap.startswith((" of ", " for ")):
        return _is_office(words) or is_bodily(words[-1].casefold())
    if gap == " to the ":
        return words[-1].casefold() in {"ambassador", "envoy", "adviser"}
    if titled and last in BODIES and len(before) < 2:
        return True
    return last in TITLES and all(_binds(word) or word in TITLES for word in before)


def _is_office(words: list[str]) -> bool:
    """Whether words end in a title, with no name among them: "Deputy Secretary", not "Sen. Amos King"."""
    kinds = [word.strip(".").casefold() in TITLES for word in words]
    return kinds[-1] and all(kinds[kinds.index(True) :])


def _binds(word: str) -> bool:
    """Whether a word in small letters can belong to the description before a name."""
    function = word in AFTER_HEAD or word in OPENERS or word in DEFINITE or word in QUANTITIES or word in SPEAKING
    return not function and not word.endswith(("ed", "ing", "ly"))


def _past_openers(text: str, start: int, end: int, small: frozenset[str]) -> int:
    """Past the words that are capitals only because a sentence begins with them."""
    while start < end:
        word = text[start:end].split(" ", 1)[0]
        opens = word.casefold() in OPENERS or (_opens_sentence(text, start) and _is_common(word, small))
        initials = word.isupper() and 1 < len(word) < 5
        titled = word.casefold() in DAYS and is_bodily(folded(text[start:end].rsplit(" ", 1)[-1]))
        if not opens or initials or titled or (word in MONTH_NAMES and " " in text[start:end]):
            return start
        start += len(word) + 1
    return end


def _is_common(word: str, small: frozenset[str]) -> bool:
    """Whether a capital is only the sentence's: an adverb, a plural noun, or a word met elsewhere in small letters."""
    if word.casefold() in TITLES:
        return False
    return word.lower() in small or (word.endswith("ly") and len(word) > 5) or singular(word) != word.casefold()


def _opens_sentence(text: str, start: int) -> bool:
    """Whether nothing but an end of sentence, a quotation mark or a line break stands before."""
    before = text[max(0, start - 4) : start].rstrip(" \"“‘'(")
    return not before or before[-1] in ".!?\n:•" or "\n" in text[max(0, start - 2) : start]


def _before_days(text: str, start: int, end: int) -> int:
    """Before the day or month that follows a name: "told the Courier Tuesday"."""
    while " " in text[start:end] and (word := text[start:end].rsplit(" ", 1)[-1]).strip(".").casefold() in DAYS:
        end -= len(word) + 1
    return end


def _with_description(text: str, figure: Figure) -> Figure:
    """With the description before a name, "security firm Varn": part of the name, and what it can be called."""
    match = _NOUN_BEFORE.search(text, max(0, figure.span.start - 60), figure.span.start)
    if not match or figure.sort == "person" or sort_of_head(match["noun"]) not in {"body", "outlet"}:
        return figure
    words = match["words"].split()
    loose = [i for i, word in enumerate(words) if not _binds(word)]
    kept = words[loose[-1] + 1 if loose else 0 :]
    opening = text[max(0, match.start() - 30) : match.start()].rsplit(None, 1)[-1:]
    sort = sort_of(" ".join(kept)) if kept else "unknown"
    titled = bool(opening) and opening[0].istitle() and opening[0].casefold() not in OPENERS
    if not kept or (kept == words and titled and sort != "outlet"):
        return figure
    span = Span(match.end("words") - len(" ".join(kept)), figure.span.end)
    name = text[span.start : span.end]
    return replace(figure, name=name, span=span, sort=sort, traits=figure.traits | set(kept))


def qualifies(text: str, figure: Figure) -> bool:
    """Whether a name only qualifies the noun after it: "Varnian" in "Varnian officials"."""
    following = _NEXT_WORD.match(text, figure.span.end)
    named_thing = bool(figure.core) and figure.sort in {"unknown", "body"}
    return named_thing and following is not None and sort_of_head(following[1]) != "unknown"


def named_figure(text: str, span: Span) -> Figure | None:
    """The figure that a name stands for; None for an office without a name or a lone initial."""
    words = text[span.start : span.end].split()
    titles = _title_length(words)
    core = _core(words[titles:])
    if titles and len(core) > LONGEST_CORE:
        last = words[titles + 1]
        span = Span(span.start, text.index(last, span.start) + len(last))
        core = core[:2]
    bare = not core and len(words) == 1
    if bare:
        core, titles = (folded(words[0]),), 0
    if not core or core == ("",) or (len(core) == 1 and len(core[0]) < 2):
        return None
    sort = _sort_of_name(words, titles)
    if sort == "unknown" and len(core) > 1 and _AGE.match(text, span.end):
        sort = "person"
    people = len(words) == 1 and words[0].endswith(PEOPLES)
    gender = _gender_of(words[:titles], core) if sort in {"person", "unknown"} else ""
    traits = frozenset(w for word in words for w in folded(word).split()) | _apposition_traits(text, span.end, sort)
    return Figure(text[span.start : span.end], span, sort, gender, people, core, bare=bare, traits=traits)


def _core(words: list[str]) -> tuple[str, ...]:
    """The folded words of a name, without "al-" and "Jr."."""
    core = [w for word in words if (w := folded(word).removeprefix("al ").removeprefix("el "))]
    while len(core) > 1 and core[-1] in {"jr", "sr", "ii", "iii"}:
        core.pop()
    return tuple(core)


def _title_length(words: list[str]) -> int:
    """How many of the first words of a name are titles, with what belongs to them ("Secretary of State" is three)."""
    if is_bodily(folded(words[-1])):
        return 0
    bare = [w.strip(".").casefold().removeprefix("then-").removeprefix("ex-") for w in words]
    kinds = [w in TITLES for w in bare[: max(1, len(words) - 1)]]
    if not any(kinds):
        return 0
    end = len(kinds) - kinds[::-1].index(True)
    last = words[end - 1].casefold()
    end += words[end : end + 1] == ["General"]
    if words[end : end + 1] == ["of"] and last not in OFFICES:
        return len(words)
    while end < len(words) and words[end] in {"of", "for", "to"}:
        end += 3 if words[end + 1 : end + 2] == ["the"] else 2
        while len(words) - end > 2 and words[end - 1] in TWO_WORD_OFFICES:
            end += 1
    return min(end, len(words))


def _gender_of(titles: list[str], core: tuple[str, ...]) -> Gender:
    """By the title, else by the given name."""
    spoken = {title.strip(".").casefold() for title in titles}
    given = {core[0]} if len(core) > 1 else set()
    if spoken & MALE or given & MALE_GIVEN:
        return "m"
    return "f" if spoken & FEMALE or given & FEMALE_GIVEN else ""


def _apposition_traits(text: str, end: int, sort: Sort) -> frozenset[str]:
    """The words of an apposition that follows a person's name ("Mara Vel, the harbour minister,")."""
    if sort not in {"person", "unknown"} or text[end : end + 2] != ", ":
        return frozenset()
    match = _APPOSITION.match(text, end + 2)
    return frozenset(folded(w) for w in match[0].split()) if match else frozenset()


def _sort_of_name(words: list[str], titles: int) -> Sort:
    """Person by a title; outlet or body by the nouns in the name, body by initials."""
    if titles:
        return "person"
    folded = [word.casefold().strip(".'’") for word in words]
    if folded[-1] in OUTLET_NAMES:
        return "outlet"
    bodily = any(singular(word) in BODIES for word in folded)
    return "body" if bodily or (words[-1].isupper() and len(words[-1]) > 1) else "unknown"


# -- descriptions ---------------------------------------------------------------------------------------------------


def described(text: str) -> Iterator[Figure]:
    """Descriptions that bring somebody in: "a senior official", "the Vel administration", "harbour officials"."""
    for pattern in (_INDEFINITE, _PROPER):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            yield described_figure(text[span.start : span.end], span)
    for match in _PLURAL.finditer(text):
        words = match[0].split(" ")
        loose = [i for i, word in enumerate(words[:-1]) if not (_binds(word) or word[0].isupper())]
        kept = " ".join(words[loose[-1] + 1 if loose else 0 :])
        yield described_figure(kept, Span(match.end() - len(kept), match.end()))


def described_figure(words: str, span: Span) -> Figure:
    """The figure that a description stands for."""
    head, before = head_of(words)
    noun = singular(head)
    gender: Gender = "m" if noun in MALE else "f" if noun in FEMALE else ""
    first = words.split(" ", 1)[0].casefold()
    plural = first in SEVERAL or ((noun != head or head == "police") and first not in {"a", "an", "one"})
    return Figure(decapitalised(words), span, sort_of(words), gender, plural, head=noun, traits=before | {noun})


def decapitalised(words: str) -> str:
    """A description as written, its first letter small where only the sentence made it a capital.

    >>> decapitalised("Officials in Port Tal"), decapitalised("Varnian officials")
    ('officials in Port Tal', 'Varnian officials')
    """
    first = words.split(" ", 1)[0]
    common = first.casefold() in DEFINITE | QUANTITIES or sort_of_head(first) != "unknown"
    plain = first[1:].islower() or len(first) == 1
    return words[0].lower() + words[1:] if common and plain else words
