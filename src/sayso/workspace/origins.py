"""What people say of origins: that two of them are one, or two; a lineage in words, and what changed on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sayso import ledger, lineage, spine
from sayso.kit import WrongUse
from sayso.model import Case, Drift, Judgement, Lineage
from sayso.workspace.loading import load
from sayso.workspace.naming import Ruling


def judge_origins(folder: Path | str, one: str, other: str, *, ruling: Ruling, reason: str, by: str) -> Case:
    """Record that two origins, given by their ids, are one, or two, or that neither was to be said. Gives the case.

    It supersedes the last judgement on the two. `WrongUse` for an origin that is not in the case, the same one twice,
    and nothing to retract.
    """
    if not by.strip() or not reason.strip():
        raise WrongUse("A judgement needs to say who judged, and why: give a name in `by` and a `reason`.")
    case = load(folder)
    about = lineage.pair_of(one, other)
    if ruling == "retracted":
        last = [judgement.verdict for judgement in case.judgements if judgement.about == about][-1:]
        if last in ([], ["retracted"]):
            raise WrongUse(f"There is no judgement on the origins {one} and {other} to take back.")
    elif one == other:
        raise WrongUse("Name two origins: `sayso lineage CASE --format json` lists them with their ids.")
    else:
        _refuse_unknown(case, one, other)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    judgement = Judgement("", about, ruling, reason, by, at, names=(one, other))
    with ledger.open_to_write(Path(folder)) as opened:
        ledger.record_judgement(opened, judgement)
    return load(folder)


def _refuse_unknown(case: Case, *names: str) -> None:
    known = {one.id for each in case.lineages for one in each.origins}
    known |= {name for each in case.lineages for merge in each.merges for name in (merge.one, merge.other)}
    for name in names:
        if name not in known:
            raise WrongUse(f"{name!r} is no origin of this case. `sayso lineage CASE --format json` lists their ids.")


def lineage_in_words(case: Case, one: Lineage) -> str:
    """What a question rests on, in a sentence or two."""
    return lineage.in_words(one, {report.id: report.publisher for report in case.reports})


def drift(case: Case) -> tuple[Drift, ...]:
    """What changed on the way from origins to reports."""
    return spine.drift(case)
