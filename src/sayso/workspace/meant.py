"""Which attribution, report or voice somebody means, and which words of a report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.kit import WrongUse, fold, in_words
from sayso.model import Attribution, Case, Report, Span, Voice

LEAST_DIGITS = 6
"""Of an id so many first digits do."""

SHOWN = 60
"""Characters of a passage by which it is told from others."""


def attribution_meant(case: Case, given: str) -> Attribution:
    """The attribution with this id or its first digits, of this claim, or in this sentence ("2:14", as listings say).

    `WrongUse` where there is none, or several: then they are named.
    """
    everything = [one for each in case.findings for one in each.attributions]
    of_claim = {claim.attribution for each in case.findings for claim in each.claims if _begins(claim.id, given)}
    found = [one for one in everything if _begins(one.id, given) or one.id in of_claim] or _in_sentence(case, given)
    if not found:
        advice = "`sayso claims CASE` lists them: name one by its sentence, as 2:14, or by its id from --format json."
        raise WrongUse(f"{given!r} is no attribution of this case. {advice}")
    if len(found) > 1:
        several = "".join(f"\n  {_shown(case, one)}" for one in found)
        raise WrongUse(f"{given}: {len(found)} attributions. Name one by its id:{several}")
    return found[0]


def report_or_voice_meant(case: Case, given: str) -> Report | Voice:
    """The report with this number, file name or id; or the voice with this name or id. `WrongUse` where it is none."""
    by_number = {str(number): report for number, report in enumerate(case.reports, 1)}
    reports = [by_number[given]] if given in by_number else [r for r in case.reports if _is_report(r, given)]
    wanted = fold(given)
    voices = [one for one in case.voices if _begins(one.id, given) or (wanted and wanted in map(fold, one.spellings))]
    found: list[Report | Voice] = [*reports, *voices]
    if not found:
        advice = "`sayso voices CASE` lists voices; reports go by number, as in `sayso claims CASE`, by file, or by id."
        raise WrongUse(f"{given!r} is no report and no voice of this case. {advice}")
    if len(found) > 1:
        several = "".join(f"\n  {one.id}  {_called(one)}" for one in found)
        raise WrongUse(f"{given}: {len(found)} reports or voices. Name one by its id:{several}")
    return found[0]


def words_in(report: Report, words: str) -> Span:
    """Where these words stand in a report. `WrongUse` where they do not, or at several places."""
    start = report.text.find(words)
    if not words.strip() or start < 0:
        raise WrongUse(f"Report {report.id} does not have the words {words!r}. Copy them as they stand in its text.")
    if report.text.find(words, start + 1) >= 0:
        raise WrongUse(f"Report {report.id} has the words {words!r} at several places. Give more of the sentence.")
    return Span(start, start + len(words))


def _begins(name: str, given: str) -> bool:
    return len(given) >= LEAST_DIGITS and name.startswith(given)


def _is_report(report: Report, given: str) -> bool:
    return _begins(report.id, given) or report.name == given


def _in_sentence(case: Case, given: str) -> list[Attribution]:
    number, _, place = given.partition(":")
    if not (number.isdecimal() and place.isdecimal() and 0 < int(number) <= len(case.reports)):
        return []
    findings = case.findings[int(number) - 1]
    starts = sorted(sentence.start for sentence in findings.sentences)
    return [one for one in findings.attributions if _sentence(starts, one) == int(place)]


def _sentence(starts: Sequence[int], one: Attribution) -> int:
    return bisect_right(starts, one.content[0].start)


def _shown(case: Case, one: Attribution) -> str:
    text = next(report.text for report in case.reports if report.id == one.report)
    words = " … ".join(text[span.start : span.end] for span in one.content)
    words = " ".join(words.split())
    cut = words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
    return f"{one.id}  {in_words(one.chain, ' > ')}: {cut}"


def _called(one: Report | Voice) -> str:
    return one.title or one.name if isinstance(one, Report) else one.name
