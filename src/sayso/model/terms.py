"""The field's terms: what a record's fields can say, and the few words and bounds that all rooms share."""

from __future__ import annotations

from typing import Literal

Kind = Literal["official", "party", "witness", "expert", "court", "media", "document", "victim", "body", "unspecified"]
Stance = Literal["asserts", "denies", "declines", "asks", "orders", "alleges"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Manner = Literal["direct", "indirect", "mixed"]
MentionKind = Literal[
    "person", "organisation", "place", "nationality", "weapon", "vehicle", "event", "document", "money", "quantity",
    "time", "other",
]  # fmt: skip
Wording = Literal["name", "description", "pronoun"]
RoleName = Literal["agent", "patient", "recipient", "means", "place", "time"]
FillerRole = Literal["perpetrator", "perpetrator_group", "target", "victim", "weapon"]
Confidence = Literal["fact", "accused", "accused by authorities", "claimed", "possible", "acquitted"]
"""How firmly a report holds somebody to have done it (slot 11 of MUC-4, 1992)."""
PERPETRATORS: frozenset[FillerRole] = frozenset({"perpetrator", "perpetrator_group"})
Slot = Literal[
    "perpetrator", "ordered_by", "complicity", "killed", "injured", "missing", "detained", "date", "place", "means",
    "motive", "whereabouts",
]  # fmt: skip
"""What a disputed question of the closed list asks of an incident."""
Asked = Literal[
    "perpetrator", "ordered_by", "complicity", "killed", "injured", "missing", "detained", "date", "place", "means",
    "motive", "whereabouts", "free",
]  # fmt: skip
"""The same, and "free": whether something is so that some say and others deny."""
Polarity = Literal["positive", "negative"]
MomentKind = Literal["incident", "event", "statement"]
"""What a line of the timeline tells of: an incident, another happening with a day of its own, somebody's statement."""
Fate = Literal["killed", "injured", "missing", "detained"]
"""What tolls count. The displaced are counted over weeks and regions, not by incident."""
FigureBasis = Literal["number", "people", "both"]
"""What a figure stands on: a number that is given; people told of singly, so many at least; or those who were hit, dead
and injured together, less the dead."""
DifferenceKind = Literal["conflict", "update", "scope", "granularity", "time zone", "alias"]

UNSPECIFIED = "unspecified"
"""The voice of a speaker whom the text does not give."""

UNSURE = 0.58
"""Chains less likely right than this are marked unsure.

Six in ten of what is found in training texts that nothing was learned from reach it, as `training/calibrate.py` prints:
so what goes without the mark can still carry a dossier, and there is little enough with it to be read over by a person.
"""

UNSURE_ANSWER = 0.45
"""Answers none of whose claims is this likely read right are marked unsure and dispute nothing."""

PUBLISHER_NOT_RECORDED = "publisher not recorded"
"""The first voice of a report whose publisher nobody recorded."""
