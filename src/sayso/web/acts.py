"""What a person decides: each act is a judgement, made through `workspace`, signed and kept for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, get_args

from sayso import workspace
from sayso.kit import WrongUse
from sayso.model import Case
from sayso.web.desk import Desk

Fields = Mapping[str, str]
Act = Callable[[Desk, Fields, str], str]
"""Does what the form asks for, signed by somebody; gives the page to go to where the form names none."""

VERDICTS: Final = ("accepted", "rejected", "retracted")


def judge(desk: Desk, fields: Fields, by: str) -> str:
    """Accept or reject a passage, or take back what was said of it."""
    verdict = fields.get("verdict", "")
    if verdict not in VERDICTS:
        raise WrongUse(f"{verdict!r} is no verdict. Use one of: {', '.join(VERDICTS)}.")
    desk.act(partial(_judge, desk, fields, verdict, by))
    return "/judgements"


def _judge(desk: Desk, fields: Fields, verdict: str, by: str) -> Case | None:
    reason = fields.get("reason", "").strip()
    workspace.judge(desk.folder, fields.get("about", ""), verdict=verdict, reason=reason, by=by)  # type: ignore[arg-type]
    return None


def judge_names(desk: Desk, fields: Fields, by: str) -> str:
    """Say that two spellings stand for one, or for two, or take that back."""
    ruling = fields.get("ruling", "")
    if ruling not in get_args(workspace.Ruling):
        raise WrongUse(f"{ruling!r} is no ruling on two names.")
    one, other, reason = (fields.get(name, "").strip() for name in ("one", "other", "reason"))
    desk.act(
        lambda: workspace.judge_names(desk.folder, one, other, ruling=ruling, reason=reason, by=by)  # type: ignore[arg-type]
    )
    return _page_of(desk, one)


def _page_of(desk: Desk, spelling: str) -> str:
    found = workspace.entities_with(desk.view().case, spelling)
    return f"/names/{found[0].id}" if found else "/names"
