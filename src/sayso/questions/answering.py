"""Replies of one value, or of values that say the same in other words, as one answer.

Two values in words say the same if they have the same lemmas ("a flare", "flares"), or if the shorter one's stand in
the longer one's and both have the same head ("signal flares", "the Guard" and "the Harbour Guard"), where no second
longer one would do as well.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.kit import identify
from sayso.model import Answer, Given
from sayso.questions.asking import Posed
from sayso.questions.values import Known, Value, value_of
from sayso.words import lemma

MERGED = frozenset({"perpetrator", "ordered_by", "complicity", "place", "whereabouts", "means"})
"""Questions whose answers in words are compared word by word. Two motives are told in sentences."""

_SMALL = frozenset(
    {
        "a", "an", "the", "of", "some", "his", "her", "its", "their", "this", "that", "these", "those", "and", "s",
        "by", "in", "from", "for", "himself", "herself", "itself", "themselves",
    }
)  # fmt: skip


class _Wording(NamedTuple):
    lemmas: frozenset[str]
    head: str


def answers_of(several: Sequence[Posed], known: Known) -> tuple[Answer, ...]:
    """The answers to one question; the sure ones first, then those that most reports give."""
    by_value: defaultdict[Value, list[Posed]] = defaultdict(list)
    for one in several:
        value = value_of(one, known)
        if value:
            by_value[value].append(one)
    merged: defaultdict[Value, list[Posed]] = defaultdict(list)
    same = _same(by_value) if several and several[0].reply.slot in MERGED else {}
    for value, replies in by_value.items():
        merged[same.get(value, value)] += replies
    answers = [_answer(value, replies, known) for value, replies in merged.items()]
    return tuple(sorted(answers, key=_order))


def _order(one: Answer) -> tuple[bool, int, str, str]:
    return one.unsure, -len({each.report for each in one.given}), one.words, one.id


def _answer(value: Value, replies: Sequence[Posed], known: Known) -> Answer:
    firmest = {one.claim.id: one for one in sorted(replies, key=_firmness)}  # nobody gives and denies it in one breath
    ordered = sorted(firmest.values(), key=lambda one: (known.place[one.claim.report], one.claim.content, one.claim.id))
    given = tuple(Given(one.claim.report, one.claim.id, one.reply.is_for, one.reply.span) for one in ordered)
    first = ordered[0]
    words = value.name or _commonest(known.words(one) for one in ordered)
    name = identify("answer", first.incident.id, first.reply.slot, *value)
    rest = (value.entity or None, value.low, value.high, value.earliest, value.latest, value.scope)
    sure = _together(replies)
    return Answer(name, words, given, *rest, probability=sure)


def _together(replies: Sequence[Posed]) -> float:
    """How likely one of them at least is read right: of each report the likeliest one.

    As if reports were independent (noisy-or, Pearl 1988), which they are not quite.
    """
    best: dict[str, float] = {}
    for one in replies:
        best[one.claim.report] = max(best.get(one.claim.report, 0.0), one.reply.probability)
    return round(1 - math.prod(1 - best[key] for key in sorted(best)), 4)


def _firmness(one: Posed) -> tuple[float, float, bool, int]:
    """Of replies as firm as each other the one whose words stand first."""
    return one.reply.probability, one.reply.score, one.reply.is_for, -(one.reply.span or (0,))[0]


def _commonest(words: Iterable[str]) -> str:
    """The words met most often, of equals the first. An article that counts ("a man was killed") is "one"."""
    found = Counter(words).most_common(1)[0][0]
    return "one" if found.casefold() in {"a", "an"} else found


def _same(values: Iterable[Value]) -> dict[Value, Value]:
    """Each value in words to the one that says the same: an entity before words, more words before fewer."""
    worded = {value: _wording(value.name or value.words) for value in values}
    in_order = sorted(worded, key=lambda one: (not one.entity, -len(worded[one].lemmas), one))
    out: dict[Value, Value] = {}
    by_head: defaultdict[str, list[Value]] = defaultdict(list)
    for value in in_order:
        wording = worded[value]
        near = [one for one in by_head[wording.head] if wording.lemmas <= worded[one].lemmas]
        equal = [one for one in near if worded[one].lemmas == wording.lemmas]
        chosen = equal[:1] or (near if len(near) == 1 and not value.entity else [])
        out[value] = chosen[0] if chosen else value
        if not chosen:
            by_head[wording.head].append(value)
    return out


def _wording(words: str) -> _Wording:
    """Lemmas without small words, and the last before "of"."""
    named = [lemma(word) for word in re.findall(r"[^\W_]+", words.casefold()) if word not in _SMALL]
    heads = [lemma(word) for word in re.findall(r"[^\W_]+", words.casefold().split(" of ")[0]) if word not in _SMALL]
    return _Wording(frozenset(named), heads[-1] if heads else "")
