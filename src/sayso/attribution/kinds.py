"""What kind of voice speaks: its signs, and a little of what the model says of all its attributions together.

One voice is of one kind throughout a report.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from sayso.attribution import signs
from sayso.attribution.decode import Array
from sayso.attribution.labels import KINDS
from sayso.kit import fold
from sayso.model import UNSPECIFIED, Attribution, Kind

MODEL_SHARE = 0.2
"""What the model's log scores count beside the signs. Small: it saw the reports on which the signs are weighed, and in
an invented case, of which it had seen nothing, it took nearly everybody for an official."""


def settle(text: str, attributions: Sequence[Attribution], scores: Mapping[str, Array]) -> tuple[Attribution, ...]:
    """The same attributions with `kind` decided voice by voice.

    `scores` holds the model's ten log scores of kind by attribution id; one found by layout alone has none.
    """
    around = signs.survey(text, attributions)
    kinds = {
        name: _kind(signs.read(text, spoken, around), [scores[one.id] for one in spoken if one.id in scores])
        for name, spoken in voices(attributions).items()
    }
    kinds[fold(UNSPECIFIED)] = "unspecified"
    return tuple(replace(one, kind=kinds[fold(one.chain[-1].voice)]) for one in attributions)


def voices(attributions: Sequence[Attribution]) -> dict[str, list[Attribution]]:
    """The attributions by the voice that speaks in them."""
    found: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions:
        found[fold(one.chain[-1].voice)].append(one)
    return found


def _kind(read: Mapping[str, float], scores: Sequence[Array]) -> Kind:
    weights = _weights()
    told = np.array([sum(weights[kind].get(name, 0.0) * value for name, value in read.items()) for kind in KINDS])
    model = np.mean([_log_chances(each) for each in scores], axis=0) if scores else np.zeros(len(KINDS))
    return KINDS[int((_log_chances(told) + MODEL_SHARE * model).argmax())]


def _log_chances(scores: Array) -> Array:
    shifted = scores - scores.max()
    out: Array = shifted - np.log(np.exp(shifted).sum())
    return out


@cache
def _weights() -> dict[str, dict[str, float]]:
    """How much each sign counts for each kind."""
    read: dict[str, dict[str, float]] = json.loads(
        (files("sayso.attribution") / "kinds.json").read_text(encoding="utf-8")
    )
    return read
