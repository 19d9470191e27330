"""What was known on a day."""

from __future__ import annotations

from datetime import date

from sayso import spine
from sayso.kit import WrongUse, last_day
from sayso.model import Case


def as_of(case: Case, day: date | str) -> Case:
    """The case as it was known on a day: only reports published on it or before, everything joined again.

    A day is a `date`, or written as 2031-05-03. Reports whose day of publication is not known are left out; a caveat of
    the kind `AS_OF` counts them. `WrongUse` for what is no day, and where no report is as old as that.
    """
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            raise WrongUse(f"{day!r} is no day. Write year, month and day, as in 2031-05-03.") from None
    known = spine.as_of(case, day)
    if not known.reports:
        days = [published for report in case.reports if (published := last_day(report.published))]
        advice = f"The first is of {min(days).isoformat()}." if days else "No report of this case has a day."
        raise WrongUse(f"No report was published on {day.isoformat()} or before. {advice}")
    return known
