"""What people say of pairs: that two names, or two origins, are one, or two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from sayso import ledger, lineage, names
from sayso.kit import WrongUse
from sayso.model import Case, Judgement
from sayso.workspace.loading import load
from sayso.workspace.naming import refuse_names

Ruling = Literal["same", "different", "retracted"]


class Pair(NamedTuple):
    """Two names of a case, or two origins."""

    of: Literal["names", "origins"]
    one: str
    """A spelling, or the id of an origin."""
    other: str

    @property
    def about(self) -> str:
        """What a judgement on the two is about, in whatever order they are given."""
        return (names.pair_of if self.of == "names" else lineage.pair_of)(self.one, self.other)


def pair_of(judgement: Judgement) -> Pair | None:
    """What a judgement is about, if that is two names or two origins."""
    if len(judgement.names) != 2:
        return None
    origins = Pair("origins", *judgement.names)
    return origins if origins.about == judgement.about else Pair("names", *judgement.names)


def judge_pair(
    folder: Path | str, pair: Pair, *, ruling: Ruling, reason: str, by: str, case: Case | None = None
) -> Judgement:
    """Record that two names or origins are one, or two, or that neither was to be said.

    It supersedes the last judgement on the two, in whatever order, case and accents they were given. `case` saves
    loading the folder. `WrongUse` for what is not in the case, twice the same, and nothing to retract.
    """
    if ruling not in get_args(Ruling):
        raise WrongUse(f"{ruling!r} is no ruling on two {pair.of}. Use one of: {', '.join(get_args(Ruling))}.")
    if not by.strip() or not reason.strip():
        raise WrongUse("A judgement needs to say who judged, and why: give a name in `by` and a `reason`.")
    case = case or load(folder)
    stands = _stands(case.judgements, pair.about)
    if ruling != "retracted" or not stands:  # what was said can be taken back even where it left a name nowhere
        _refuse(case, pair)
    if ruling == "retracted" and not stands:
        raise WrongUse(f"There is no judgement on {pair.one} and {pair.other} to take back. See `sayso log CASE`.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with ledger.open_to_write(Path(folder)) as opened:
        said = Judgement("", pair.about, ruling, reason, by, at, names=(pair.one, pair.other))
        return ledger.record_judgement(opened, said)


def known_origins(case: Case) -> frozenset[str]:
    """Ids of all origins of a case, those too that were taken for one with another."""
    own = {one.id for each in case.lineages for one in each.origins}
    return frozenset(own | {name for each in case.lineages for one in each.merges for name in (one.one, one.other)})


def _refuse(case: Case, pair: Pair) -> None:
    if pair.of == "names":
        refuse_names(case, pair.one, pair.other)
        return
    if pair.one == pair.other:
        raise WrongUse("Name two origins: `sayso lineage CASE --format json` lists them with their ids.")
    for name in {pair.one, pair.other} - known_origins(case):
        raise WrongUse(f"{name!r} is no origin of this case. `sayso lineage CASE --format json` lists their ids.")


def _stands(judgements: Iterable[Judgement], about: str) -> bool:
    last = [judgement.verdict for judgement in judgements if judgement.about == about][-1:]
    return bool(last) and last != [names.RETRACTED]
