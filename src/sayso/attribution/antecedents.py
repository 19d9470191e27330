"""Whom a pronoun means: each figure met before it is scored by how near and how salient it is.

The weights in `salience.json` were fitted by `training/salience.py`: a softmax over the candidates of each pronoun, on
reports whose chains are marked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from sayso.attribution.figures import Figure
from sayso.attribution.scene import Asked, Scene, Spoken
from sayso.model import Span

SALIENCE: Mapping[str, float] = json.loads(Path(__file__).with_name("salience.json").read_text(encoding="utf-8"))

SPEAKERS = 12
"""Earlier speakers that a pronoun can mean."""
MENTIONS = 50
"""Mentions before it that a pronoun can mean."""
FARTHEST = 8
"""Sentences; what is farther counts as so far."""

Features = dict[str, float]


def best(here: Scene, asked: Asked, spoken: Sequence[Spoken], gender: str) -> Figure | None:
    """The figure with the highest score among those that agree; None if there is none."""
    found = ranked(here, asked, spoken, gender)
    return found[0][0] if found else None


def ranked(here: Scene, asked: Asked, spoken: Sequence[Spoken], gender: str) -> list[tuple[Figure, float]]:
    """The figures that agree, each with its chance (softmax of the scores, as they were fitted), the likeliest first.

    Nobody is "he" in his own words: inside a quotation its speaker is no candidate.
    """
    speaker = asked.holder.name if asked.holder and here.quotation(asked.span.start) >= 0 else None
    scored = [(figure, _score(f)) for figure, f in candidates(here, asked, spoken, gender) if figure.name != speaker]
    scored.sort(key=lambda pair: -pair[1])
    weights = [math.exp(score - scored[0][1]) for _, score in scored]
    total = sum(weights)
    return [(figure, weight / total) for (figure, _), weight in zip(scored, weights, strict=True)]


def _score(features: Features) -> float:
    return sum(SALIENCE.get(name, 0.0) * value for name, value in features.items())


def agrees(figure: Figure, gender: str) -> bool:
    """Whether a figure can be meant by a pronoun of this gender ("p" for plural, "n" for neuter)."""
    if gender == "p":
        several = figure.sort in {"body", "outlet"} or (figure.sort == "unknown" and len(figure.core) == 1)
        return figure.plural or several
    if figure.plural:
        return False
    if gender == "n":
        return figure.sort != "person"
    return figure.sort in {"person", "unknown"} and figure.gender in {"", gender}


def candidates(here: Scene, asked: Asked, spoken: Sequence[Spoken], gender: str) -> list[tuple[Figure, Features]]:
    """Figures that agree, nearest first, each with what speaks for and against it."""
    place = asked.span.start
    after = asked.attribution.content[0].start < place
    where = "opening" if here.opens_sentence(place) else "after content" if after else "inside"
    kind = "person" if gender in {"m", "f"} else gender
    out: dict[str, tuple[Figure, Features]] = {}
    for past in reversed(spoken[-SPEAKERS:]):
        if past.place < place and agrees(past.figure, gender) and past.figure.name not in out:
            features = _of_distance(here, place, past.place) | _of_figure(past.figure)
            features |= _of_speaker(asked, past) | _of_rank(len(out), kind, where)
            out[past.figure.name] = (past.figure, features)
    for mention, figure in here.cast.before(place, MENTIONS):
        if mention.qualifies or not agrees(figure, gender):
            continue
        if figure.name not in out:
            out[figure.name] = (figure, _of_distance(here, place, mention.span.start) | _of_figure(figure))
        features = out[figure.name][1]
        if "mentioned" not in features:
            features |= _of_mention(here, asked, mention.span, where)
    return _several_first(list(out.values())) if gender == "p" else list(out.values())


def _several_first(found: list[tuple[Figure, Features]]) -> list[tuple[Figure, Features]]:
    """Those whom "they" can mean: an outlet only where nobody in plural was met in this sentence or the last."""
    if any(figure.plural and (f["same sentence"] or f["one back"]) for figure, f in found):
        return [pair for pair in found if pair[0].sort != "outlet"]
    return found


def _of_distance(here: Scene, place: int, there: int) -> Features:
    sentences = here.sentence(place) - here.sentence(there)
    return {
        "distance": min(sentences, FARTHEST),
        "log distance": math.log1p(sentences),
        "same sentence": sentences == 0,
        "one back": sentences == 1,
        "same paragraph": here.paragraph(there) == here.paragraph(place),
    }


def _of_figure(figure: Figure) -> Features:
    return {
        "known person": figure.sort == "person",
        "gender known": bool(figure.gender),
        "long name": len(figure.core) > 1,
        "one word": len(figure.core) == 1 and figure.sort == "unknown",
        "named": bool(figure.core),
        "plural": figure.plural,
        "joint": figure.head == "and",
    }


def _of_speaker(asked: Asked, past: Spoken) -> Features:
    within = asked.attribution.within
    return {
        "speaker": 1.0,
        "is holder": past.attribution.id == within,
        "same holder": past.attribution.within == within,
        "nested speaker": past.attribution.within is not None and within is None,
    }


def _of_rank(nearer: int, kind: str, where: str) -> Features:
    last = nearer == 0
    return {f"last speaker {kind}": last, f"last speaker {where}": last, "second speaker": nearer == 1}


def _of_mention(here: Scene, asked: Asked, mention: Span, where: str) -> Features:
    sentences = here.sentence(asked.span.start) - here.sentence(mention.start)
    subject = mention.start in here.subjects
    quotation = here.quotation(mention.start)
    return {
        "mentioned": 1.0,
        "mention distance": min(sentences, FARTHEST),
        "subject": subject,
        "subject just before": subject and sentences <= 1,
        "subject same sentence": subject and sentences == 0,
        f"subject just before {where}": subject and sentences == 1,
        f"subject same sentence {where}": subject and sentences == 0,
        "object": here.after_preposition(mention.start),
        "owner": here.owns(mention.end),
        "own content": any(s.start <= mention.start < s.end for s in asked.attribution.content),
        "in another quotation": quotation >= 0 and quotation != here.quotation(asked.span.start),
    }
