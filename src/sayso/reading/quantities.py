"""How many: the counts of a report, what is counted, and what became of them.

What is a count: a number (see `numerals`) before a noun in the plural that stands for people or things, or one whose
clause tells what became of those it counts ("52 were killed", "killing 52", "the death toll rose to 63"). "A soldier",
"one man", "another" and "no one" count only where a fate is told, for otherwise they count nothing that reports could
differ on. No count is what measures, dates or names: money, percentages, distances, times, ages, years, scores, phone
numbers, "flight 804", "a third person".

`counted` is the noun in the singular; where none stands there it is that of the count before ("three others"), else
"person", for fates are told of people only. Deaths, fatalities and injuries count people.

A fate is given where the words tell it as done, whoever says so; not where it is denied, planned or imagined ("to
kill", "would have killed"). Who was kidnapped or taken hostage counts as detained, bodies and corpses as killed,
refugees as displaced. "Casualties" can be dead or injured, and so can "52 killed or wounded": these have no fate, but
"no casualties" says of both that there were none, and gives two counts of zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.model import Quantity, Span
from sayso.reading import fates, nouns
from sayso.reading.figures import SMALL, WORDS
from sayso.reading.nouns import Head
from sayso.reading.numerals import SCALES, VAGUE, Numeral, numerals
from sayso.reading.tokens import Tokens, cut, words_of

_FUNCTION = WORDS["function"]
JOINTS = frozenset(_FUNCTION["joints"])
WITHIN = frozenset(_FUNCTION["within"])
CASUALTIES = frozenset({"casualty", "victim"})
GROUPS = {"family": "person", "crew": "crew member", "group": "person", "team": "person", "gang": "person"}
"""What a group is made of: "a family of five"."""
PARENTS = frozenset({"father", "mother", "parent", "dad", "mom", "mum", "grandfather", "grandmother"})
NARROWING = frozenset({"serious", "major", "significant", "further", "new", "additional", "more", "other", "military"})
"""Between "no" and a noun these leave room for some: "no serious injuries"."""
HELD = frozenset({"hostage", "prisoner", "detainee", "captive", "internee", "refugee"})
"""Who is called so was held or displaced before; something else can have become of them since."""
FREED = frozenset(_FUNCTION["freed"])
TAKING = frozenset(_FUNCTION["taking"])
INITIALS = re.compile(r"(?:.{0,1}\W)?(?:[A-Z]\.){2}")
LONGEST_JOINED = 1_000
"""Characters of sentences that are joined at most."""
FROM_THERE = frozenset({"ago", "later", "earlier", "after", "before", "since"})
SPANS = frozenset({"hour", "day", "week", "month", "year", "minute", "minutes", "hours", "days"})
MOST_COUNTS = 8
"""Counts before and behind one that are looked at."""
MOST_JOINTS = 6
"""Tokens between two counts that share a fate at most."""
NUMBER_WORDS = frozenset({*SMALL, *SCALES, *(words[-1] for words in VAGUE), "dozen", "both"} - {"one", "zero"})
FATE_WORDS = frozenset(
    {*nouns.FATED, *fates.DOING, *nouns.TELLING, "deaths", "fatalities", "injuries", "bodies", "corpses", "arrests",
     "casualties", "toll", "shot", "lives", "life", "fled", "flee", "taken", "held", "custody", "stabbed", "beaten"}
)  # fmt: skip
"""Words one of which stands in every sentence with a count of "a", "one" or "no"."""
HINTS = NUMBER_WORDS | FATE_WORDS


class _Count(NamedTuple):
    """A number with what was found out about it."""

    numeral: Numeral
    head: Head
    fate: str
    after: int
    """Past which token the words end that belong to it: its noun, or those that tell its fate."""
    is_behind: bool = False
    """Whether the clause behind it tells the fate."""


def quantities(text: str, sentences: Sequence[Span]) -> tuple[Quantity, ...]:
    """All counts of people and things in a text, in its order. Numbers that measure, date or name give none.

    Of each the interval, what is counted, the fate and who they are, see `sayso.model.Quantity`.
    """
    found: list[Quantity] = []
    earlier = ""
    for sentence in _joined(text, sentences):
        if not any(map(_is_hint, words_of(text, sentence))):
            earlier = ""
            continue
        tokens = cut(text, sentence)
        counts = _counts(tokens, earlier)
        earlier = next((one.fate for one in reversed(counts) if one.fate), "")
        found += (quantity for place in range(len(counts)) for quantity in _recorded(tokens, counts, place))
    return tuple(found)


def _joined(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """The sentences, with those joined that were cut behind initials: "the killing of U.S. | Ambassador …"."""
    held: Span | None = None
    for sentence in sentences:
        if held is not None and _is_cut(text, held, sentence):
            held = Span(held.start, sentence.end)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _is_cut(text: str, one: Span, other: Span) -> bool:
    if other.end - one.start > LONGEST_JOINED or not INITIALS.fullmatch(text, max(one.start, one.end - 5), one.end):
        return False
    following = words_of(text, Span(other.start, min(other.end, other.start + 20)))
    return "\n" not in text[one.end : other.start] and bool(following) and following[0] not in nouns.STOP


def _is_hint(word: str) -> bool:
    return word in HINTS or word[0].isdigit()


def _counts(tokens: Tokens, earlier: str) -> list[_Count]:
    """The counts of a sentence with their fates. `earlier` is the last fate of the sentence before."""
    drafts = [(one, head) for one in numerals(tokens) if (head := _head(tokens, one))]
    counts: list[_Count] = []
    for place, (numeral, head) in enumerate(drafts):
        counts.append(
            _fated(
                tokens, counts, numeral, head, _end(tokens, head, drafts[place + 1 : place + 1 + MOST_COUNTS]), earlier
            )
        )
    return [one for one in _shared(tokens, counts) if _is_count(tokens, one)]


def _head(tokens: Tokens, numeral: Numeral) -> Head | None:
    head = nouns.head(tokens, numeral.last, 1 if numeral.article else numeral.low if numeral.high else 2)
    if head and not head.noun and (group := _group(tokens, numeral)):
        return Head(group, head.last, "person", is_group=True)
    return head if head and _counts_here(tokens, numeral, head) else None


def _counts_here(tokens: Tokens, numeral: Numeral, head: Head) -> bool:
    """Whether what looks like a count is one, and not an age, a comparison, a joint or a couple of people."""
    word = tokens.words[numeral.core]
    if word == "both":  # "both hurt and angry", "both men and women", "they both took two buses"
        after = tokens.word(head.last)
        is_joint = tokens.word(head.last - 2) == "and" or _is_joint(tokens, head.last)
        is_pair = not is_joint if head.noun else after in fates.BEING or after in fates.STATES
        return is_pair and tokens.word(numeral.core - 1) not in nouns.SUBJECTS | fates.UNDONE
    if numeral.high == 0 and NARROWING.intersection(tokens.words[numeral.last : head.last]):
        return False
    if word == "couple":
        return not head.noun
    if not head.noun and (_is_age(tokens, numeral) or _is_of_parent(tokens, numeral)):
        return False
    return not (tokens.word(numeral.last) in {"more", "fewer"} and "than" in tokens.words[head.last : head.last + 3])


def _is_age(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether it is set off behind a name, as ages are: "the death of Lena Doll, 20."."""
    if not tokens.words[numeral.core][0].isdigit() or tokens.word(numeral.core - 1) != ",":
        return False
    return tokens.word(numeral.last) in {",", ")"} or (
        tokens.word(numeral.last) in {".", ";", ""} and tokens.is_capital(numeral.core - 2)
    )


def _is_of_parent(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether it counts somebody's children, whom nothing is told of: "a father of four was killed"."""
    return tokens.word(numeral.first - 1) == "of" and tokens.word(numeral.first - 2) in PARENTS


def _is_joint(tokens: Tokens, at: int) -> bool:
    """Whether "both" goes on with "and" and a second plural: "both skeptics of the plan and advocates"."""
    if tokens.word(at) == "and":
        return True
    reach = range(at, at + 7) if tokens.word(at) in {"of", "in", "from", "who"} else ()
    return any(tokens.word(i) == "and" and nouns.is_plural(tokens.word(i + 1)) for i in reach)


def _is_rate(tokens: Tokens, at: int) -> bool:
    """Whether so many are meant for each stretch of time: "5,000 are dying each month", "40 deaths a day"."""
    for i in range(at, at + 5):
        if tokens.word(i) in {"every", "each", "per", "a"} and {tokens.word(i + 1), tokens.word(i + 2)} & SPANS:
            return not FROM_THERE & {tokens.word(i + 2), tokens.word(i + 3)}
    return False


def _group(tokens: Tokens, numeral: Numeral) -> str:
    """What the five of "a family of five" are, "" if there is no such group."""
    return GROUPS.get(tokens.word(numeral.first - 2), "") if tokens.word(numeral.first - 1) == "of" else ""


def _end(tokens: Tokens, own: Head, later: Sequence[tuple[Numeral, Head]]) -> int:
    """Where the next count begins that may have the clause behind for itself."""
    for numeral, head in later:
        is_within = _is_within(tokens, numeral) or head.is_part or numeral.first < own.last
        if not numeral.article and head.sort != "thing" and not is_within:
            return numeral.first
    return len(tokens.words)


def _is_within(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether it counts some of those counted before: "including 13 children", "among them two women and a child"."""
    for at in range(numeral.first - 1, max(-1, numeral.first - fates.LISTED), -1):
        word = tokens.words[at]
        if word in WITHIN and (word != "among" or tokens.word(at + 1) in nouns.PRONOUNS):
            return True
        if not fates.may_stand_in_list(tokens, at):
            return False
    return False


def _fated(
    tokens: Tokens, counts: Sequence[_Count], numeral: Numeral, head: Head, end: int, earlier: str
) -> _Count:  # fmt: skip
    is_whole = bool(counts) and counts[-1].head.is_part and numeral.first < counts[-1].head.last
    is_described = tokens.word(head.last) in fates.PARTICIPLES or tokens.word(head.last) == "who"
    if head.sort == "thing" or (is_whole and not is_described):
        return _Count(numeral, head, "" if head.sort == "thing" else head.fate, head.last)
    if head.fate and head.is_telling:
        return _Count(numeral, head, head.fate, head.last)
    if told := _taken(tokens, numeral, head) or fates.before(tokens, numeral.first).fate:
        return _Count(numeral, head, told, head.last)
    behind = fates.after(tokens, head.last, end)
    if behind.fate and (head.noun or behind.is_near):
        return _Count(numeral, head, behind.fate, behind.after, is_behind=True)
    own = "" if head.noun in HELD and _are_free(tokens, numeral, head) else head.fate
    return _Count(numeral, head, own or _inherited(tokens, counts, numeral, head, earlier), head.last)


def _taken(tokens: Tokens, numeral: Numeral, head: Head) -> str:
    """The fate of lives that were taken: "claimed 19 lives", "19 lives were lost"."""
    if tokens.word(head.last - 1) not in fates.LIVES:
        return ""
    around = {tokens.word(numeral.first - 1), tokens.word(numeral.first - 2), *tokens.words[head.last : head.last + 4]}
    return "killed" if TAKING & around else ""


def _are_free(tokens: Tokens, numeral: Numeral, head: Head) -> bool:
    words = tokens.words[max(0, numeral.first - 3) : numeral.first] + tokens.words[head.last : head.last + 4]
    return bool(FREED.intersection(words))


def _inherited(
    tokens: Tokens, counts: Sequence[_Count], numeral: Numeral, head: Head, earlier: str
) -> str:  # fmt: skip
    """The fate of the count before, for one that is joined to it or is a part of it."""
    fate = next((one.fate for one in reversed(counts[-MOST_COUNTS:]) if one.fate), "")
    if head.is_part and tokens.word(numeral.last + 1) in nouns.PRONOUNS:
        return fate or earlier
    if not _is_free(tokens, head.last):
        return ""
    if not counts:
        return fates.of_list(tokens, numeral.first)
    if _is_within(tokens, numeral):
        return fate
    last = counts[-1]
    if not last.is_behind and _are_joined(tokens, last.after, numeral.first):
        return last.fate
    return fates.of_list(tokens, numeral.first)


def _are_joined(tokens: Tokens, start: int, end: int) -> bool:
    words = tokens.words[start:end]
    return 0 < len(words) <= MOST_JOINTS and all(word in JOINTS for word in words)


def _is_free(tokens: Tokens, at: int) -> bool:
    """Whether no verb stands at a token, so that what was counted before it has none of its own."""
    word = tokens.word(at)
    return not word or not word[0].isalnum() or (word in fates.CLOSING and word not in fates.BEING)


def _shared(tokens: Tokens, counts: list[_Count]) -> list[_Count]:
    """The same counts, where the fate told behind the last is that of those joined to it before.

    "Three officers and twelve soldiers were killed."
    """
    for place in range(len(counts) - 2, -1, -1):
        one, other = counts[place], counts[place + 1]
        is_whole = {"of", "among"}.intersection(tokens.words[max(0, one.numeral.first - 2) : one.numeral.first])
        joined = other.is_behind and not one.fate and one.head.sort != "thing" and not is_whole
        if joined and _are_joined(tokens, one.head.last, other.numeral.first):
            counts[place] = one._replace(fate=other.fate, is_behind=True)
    return counts


def _is_count(tokens: Tokens, one: _Count) -> bool:
    """Whether it counts somebody or something that reports can differ on."""
    if _is_rate(tokens, one.after):
        return False
    if one.numeral.high == 0:
        return bool(one.fate) or one.head.noun in CASUALTIES
    if not one.numeral.article:
        return bool(one.fate or one.head.noun)
    is_told = bool(one.fate) and one.head.sort != "thing" and (one.fate != one.head.fate or one.head.noun not in HELD)
    word = tokens.words[one.numeral.core]
    return is_told and (bool(one.head.noun) or word in {"one", "another"})


def _recorded(tokens: Tokens, counts: Sequence[_Count], place: int) -> Iterator[Quantity]:
    numeral, head, fate = counts[place][:3]
    first = numeral.first
    if head.is_group:
        first -= 3 if tokens.word(first - 3) in {"a", "the", "another"} else 2
    span = Span(tokens.starts[first], tokens.ends[numeral.last - 1])
    before = counts[place - 1].head if place else None
    noun = head.noun or (before.noun if before and before.sort == "thing" and not fate else "person")
    both = fate == fates.BOTH or (not fate and head.noun in CASUALTIES)
    told = ("killed", "injured") if both and numeral.high == 0 else ("" if both else fate,)
    for each in told:
        yield Quantity(
            span, float(numeral.low), None if numeral.high is None else float(numeral.high), noun, each, head.who,
            tokens.text[span.start : span.end],
        )  # fmt: skip
