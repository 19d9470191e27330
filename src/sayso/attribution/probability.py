"""How likely it is that an attribution is right, and that every voice of its chain is.

    probability            a person would mark an attribution here, with at least half of its content the same
                           (intersection over union of characters)
    chain_probability      moreover, every voice of its chain is right, in order:

        the attribution, and every one that holds it, is right
      × their sources are right, where they are
      × their voices are, where these are

Each of the three is a logistic regression, as Platt (1999, Probabilistic Outputs for Support Vector Machines) turns
scores into probabilities, here on several features. The weights stand in `probabilities.json`, fitted by
`training/calibrate.py`: the first two on texts that the model has not learned from, the third on marked chains.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from sayso.attribution import sources, voices
from sayso.attribution.decode import Array
from sayso.attribution.sources import DEMONSTRATIVE, OWN, RELATIVE
from sayso.attribution.vocabulary import DEFINITE, PRONOUNS
from sayso.attribution.voices import Meant
from sayso.kit import fold
from sayso.model import Attribution, Link

Features = dict[str, float]

WEIGHTS: Mapping[str, Mapping[str, float]] = json.loads(
    Path(__file__).with_name("probabilities.json").read_text(encoding="utf-8")
)
"""Of "attribution", "source" and "voices": a weight for each feature."""

COLUMNS = ("outermost cue", "cue", "content", "source", "content length", "inner", "inner cue", "inner content")
"""What `decode._evidence` gives, in order."""

NEAR = 250
"""Code points, about a sentence: a relay named farther off was carried on from before."""

PLAIN = "named"
"""Found by its own name or a part of it, in the sentence itself."""

LEAST, MOST = 0.02, 0.98
"""Bounds of a pronoun's chance before its log odds are taken: an only candidate is not certain either."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One report's attributions in order, and what is known of how they were found, by their ids."""

    text: str
    attributions: Mapping[str, Attribution]
    evidence: Mapping[str, Array]
    """(decode.EVIDENCE,) of each; empty where layout alone makes it one."""
    meant: Mapping[str, Meant]


def judge(settled: Settled, weights: Mapping[str, Mapping[str, float]] = WEIGHTS) -> tuple[Attribution, ...]:
    """The attributions with both probabilities filled in."""
    alone = {name: tagged(row) for name, row in settled.evidence.items()}
    likely = {name: chance(row, weights["attribution"]) for name, row in alone.items()}
    sourced = {name: chance(row, weights["source"]) for name, row in alone.items()}
    before = previous(tuple(settled.attributions.values()))
    out = []
    for a in settled.attributions.values():
        path = path_of(a, settled.attributions)
        right = math.prod(likely[step.id] * sourced[step.id] for step in path)
        whole = right * chance(of_voices(settled, path, before.get(path[-1].id)), weights["voices"])
        out.append(replace(a, probability=round(likely[a.id], 3), chain_probability=round(whole, 3)))
    return tuple(out)


def chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum of the features, and of the weight that is always there."""
    return 1 / (1 + math.exp(-weights["always"] - sum(weights.get(name, 0.0) * x for name, x in features.items())))


def tagged(evidence: Array) -> Features:
    """The features of an attribution by itself.

    "outermost cue" and "cue": log odds of its cue, by either set of tags. "content" and "source": log odds of the
    overlap to be expected with the true ones. "content length": log of the word pieces. "inner": inside another's
    content; "inner cue", "inner content": the same log odds once more for these. "layout": nothing but quotation marks.
    """
    return dict(zip(COLUMNS, map(float, evidence), strict=True)) if len(evidence) else {"layout": 1.0}


def path_of(a: Attribution, known: Mapping[str, Attribution]) -> list[Attribution]:
    """The attribution and all that hold it, innermost first."""
    return voices.inwards(a, known, ())[::-1]


def previous(attributions: Sequence[Attribution]) -> dict[str, Attribution]:
    """The outermost attribution before each other outermost one, by the latter's id."""
    outer = sorted((a for a in attributions if a.within is None), key=voices.place_of)
    return {later.id: earlier for earlier, later in pairwise(outer)}


def of_voices(settled: Settled, path: Sequence[Attribution], before: Attribution | None) -> Features:
    """How the voices of the chain of `path[0]` were found; `before` is the outermost attribution before it.

    How often on the path, from the attribution to the outermost that holds it, a voice was found in one of these ways
    (a name in the sentence itself, or a part of it, counts as none of them):

        described              an indefinite description: "two officials"
        definite               a definite one that nobody met before fits: "the minister"
        taken for another      one that somebody met elsewhere fits
        pronoun, group pronoun "she", "they", taken for somebody; "pronoun odds" are the log odds of that one
        relative               "who", taken for what stands before it
        own word               "I", "we": the voice of the holder
        nobody                 no source
        unresolved             it could not be told who is meant

    And "holders", how many hold it; "relay near" and "relay carried", an outlet or issuer in between, named within a
    sentence or farther off; "relay left" and "outlet left": none here, though there was one just before, or an outlet
    or a document spoke then; "document": a document speaks in the outermost of them.
    """
    out: defaultdict[str, float] = defaultdict(float)
    for step in path:
        how = found_by(settled, step)
        out[how] += 1
        if how.endswith("pronoun"):
            sure = min(max(settled.meant[step.id].chance, LEAST), MOST)
            out["pronoun odds"] += math.log(sure / (1 - sure))
    out.pop(PLAIN, None)
    out["holders"] = len(path) - 1
    out["document"] = path[-1].kind == "document"
    for name in _of_relays(path[0], before):
        out[name] += 1
    return {name: float(value) for name, value in out.items() if value}


def _of_relays(a: Attribution, before: Attribution | None) -> list[str]:
    relays = _relays(a)
    place = voices.place_of(a)
    out = ["relay near" if link.span and abs(link.span.start - place) <= NEAR else "relay carried" for link in relays]
    if before and not relays:
        out += ["relay left"] if _relays(before) else []
        out += ["outlet left"] if before.kind in {"media", "document"} else []
    return out


def _relays(a: Attribution) -> list[Link]:
    """The links of the chain that no attribution stands for."""
    return [link for link in a.chain[1:-1] if link.via is None]


def found_by(settled: Settled, a: Attribution) -> str:
    """How the last voice of an attribution was found: one of the ways of `of_voices`, or `PLAIN`."""
    words = settled.text[slice(*a.source)] if a.source else ""
    plain = sources.plain(words)
    if not plain:
        return "nobody"
    if plain in OWN:
        return "own word"
    if not a.chain[-1].resolved:
        return "unresolved"
    if plain in PRONOUNS:
        return "group pronoun" if PRONOUNS[plain] == "p" else "pronoun"
    if plain in RELATIVE or plain in DEMONSTRATIVE:
        return "relative"
    return _by_noun(words, a)


def _by_noun(words: str, a: Attribution) -> str:
    mine, whole = (set(fold(name).split()) - DEFINITE for name in (words, a.chain[-1].voice))
    if whole <= mine and not a.named:
        return "definite" if words.split(maxsplit=1)[0].casefold() in DEFINITE else "described"
    if whole <= mine:
        return PLAIN
    return PLAIN if mine <= whole and a.named else "taken for another"
