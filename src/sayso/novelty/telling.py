"""What is new, who is silent, what falls and what to ask next, in words. No number stands beside anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.kit import fold
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Echo, Origin, Question, Report
from sayso.model.novelty import Ask, Clash, Fallen, Gain, News, Side, Silence, Whom

SHOWN = 3
"""Statements of one kind that a short telling names."""

SIDES = 8
"""Answers to one question of which is told what falls."""

BY = {
    "relay": "as the report says itself", "credit": "which it credits", "quotation": "by the same words quoted",
    "passage": "in a passage of the same words", "voice": "from the same voice",
}  # fmt: skip
"""How a report repeats another."""

OPEN = {
    "near": "Rival answers are near each other.",
    "one root": "All who give the leading answer may be one.",
    "nobody leads": "No answer leads.",
}


class Names:
    """A case, for calling its reports, questions, answers and origins by name."""

    def __init__(self, case: Case) -> None:
        self.reports = {one.id: one for one in case.reports}
        self.questions = {one.id: one for one in case.questions}
        self.answers = {answer.id: answer for one in case.questions for answer in one.answers}
        self._origins: dict[str, Origin] = {one.id: one for each in case.lineages for one in each.origins}

    def publisher(self, report: str) -> str:
        """Of a report by id."""
        return self.reports[report].publisher or PUBLISHER_NOT_RECORDED

    def report(self, report: str) -> str:
        """Publisher and day."""
        day = self.reports[report].published[:10]
        return f"{self.publisher(report)}, {day}" if day else self.publisher(report)

    def question(self, name: str) -> str:
        """Its text."""
        return self.questions[name].text

    def said(self, answer: str, *, is_for: bool) -> str:
        """An answer in words, or that it is denied."""
        one = self.answers[answer]
        mark = " (unsure)" if one.unsure else ""
        return f"“{one.words}”{mark}" if is_for else f"not “{one.words}”{mark}"

    def origin(self, name: str) -> str:
        """As its first report names it."""
        return self._origins[name].name


def title(report: Report) -> str:
    """A report in a line: publisher, day, file."""
    where = f"{report.name}, {report.place}" if report.place else report.name
    return ", ".join(
        part for part in (report.publisher or PUBLISHER_NOT_RECORDED, report.published[:10], where) if part
    )


def summary(names: Names, one: News) -> str:
    """What a report adds, echoes and contradicts, in one line.

    "New question: Who did it. One more origin on: Where was it. Contradicts others on: … Echoes Quay Courier (relay)."
    Unsure answers are not told.
    """
    sure = [gain for gain in one.adds if not names.answers[gain.answer].unsure]
    parts = [
        _listed("New question", names, [gain for gain in sure if gain.kind == "question"]),
        _listed("New answer to", names, [gain for gain in sure if gain.kind == "answer"]),
        _listed("First denial on", names, [gain for gain in sure if gain.kind == "denial"]),
        _listed("One more origin on", names, [gain for gain in sure if gain.kind == "origin"]),
        "" if sure else "Nothing new is sure." if one.adds else "Nothing new." if one.gains else "Answers no question.",
        _against(names, one),
        _echoed(names, one),
    ]
    return " ".join(part for part in parts if part)


def _listed(head: str, names: Names, gains: Sequence[Gain]) -> str:
    """Questions, each once, the first few."""
    texts = list(dict.fromkeys(_short(names.questions[gain.question]) for gain in gains))
    return f"{head}: {_some(texts)}." if texts else ""


def _short(question: Question) -> str:
    """Without what stands in brackets behind it."""
    return question.text.rsplit(" (", 1)[0].rstrip("?")


def _some(texts: Sequence[str], mark: str = "; ") -> str:
    more = f"{mark}{len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return mark.join(texts[:SHOWN]) + more


def _echoed(names: Names, one: News) -> str:
    kinds: dict[str, list[str]] = {}
    for echo in one.echoes:
        kinds.setdefault(names.report(echo.original), []).append(echo.kind)
    words = [f"{name} ({', '.join(dict.fromkeys(several))})" for name, several in kinds.items()]
    later = list(dict.fromkeys(names.report(echo.copy) for echo in one.echoed))
    return " ".join([f"Echoes {_some(words)}."] * bool(words) + [f"Echoed before by {_some(later)}."] * bool(later))


def _against(names: Names, one: News) -> str:
    fresh = [clash for clash in one.clashes if clash.is_new]
    texts = list(dict.fromkeys(_short(names.questions[clash.question]) for clash in fresh))
    return f"Contradicts others on: {_some(texts)}." if texts else ""


def lines(names: Names, one: News) -> Iterator[str]:
    """The same in full: by question what it adds and contradicts, then what it repeats, then its echoes."""
    fresh = [clash for clash in one.clashes if clash.is_new]
    asked = [*(gain.question for gain in one.adds), *(clash.question for clash in fresh)]
    for name in dict.fromkeys(asked):
        gains = [gain for gain in one.adds if gain.question == name]
        head = "new question: " if any(gain.kind == "question" for gain in gains) else ""
        yield f"{head}{names.question(name)}"
        yield from _gains(names, gains)
        yield from _clashes(names, [clash for clash in fresh if clash.question == name])
    yield from _repeats(names, [gain for gain in one.gains if gain.kind == "repeat"])
    for echo in (*one.echoes, *one.echoed):
        yield _echo(names, echo)


def _gains(names: Names, gains: Iterable[Gain]) -> Iterator[str]:
    """One line for each answer and kind: who says so."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for gain in gains:
        also = []
        if gain.may_be:
            also.append(f"may be {_some([names.origin(one) for one in gain.may_be], ', ')}")
        if gain.before:
            also.append(f"said before {_some([names.said(one, is_for=True) for one in gain.before], ', ')}")
        head = f"{HEADS[gain.kind]}{names.said(gain.answer, is_for=gain.is_for)}"
        who = f"{names.origin(gain.origin)} ({'; '.join(also)})" if also else names.origin(gain.origin)
        grouped.setdefault((gain.kind, head), []).append(who)
    for (_, head), several in grouped.items():
        yield f"  {head}: {'; '.join(several)}"


HEADS = {"question": "", "answer": "new answer ", "denial": "first denial: ", "origin": "one more origin for "}


def _clashes(names: Names, clashes: Iterable[Clash]) -> Iterator[str]:
    """One line for each answer: what it stands against, and in which reports."""
    grouped: dict[str, list[str]] = {}
    for clash in clashes:
        own = names.said(clash.answer, is_for=clash.is_for)
        other = names.said(clash.against, is_for=clash.against_is_for)
        where = _some([names.report(one) for one in clash.reports], "; ")
        grouped.setdefault(own, []).append(f"{other} ({where})")
    for own, several in grouped.items():
        yield f"  contradicts: {own} against {', '.join(several)}"


def _repeats(names: Names, gains: Iterable[Gain]) -> Iterator[str]:
    """One line for each report and kind of echo: what it has from there."""
    grouped: dict[str, list[str]] = {}
    for gain in gains:
        head = f"repeats {names.report(gain.known[0])}, {BY[gain.heard]}"
        said = f"{_short(names.questions[gain.question])} {names.said(gain.answer, is_for=gain.is_for)}"
        grouped.setdefault(head, []).append(f"{said} ({names.origin(gain.origin)})")
    for head, several in grouped.items():
        yield f"{head}: {'; '.join(several)}"


def _echo(names: Names, echo: Echo) -> str:
    told = f"echo ({echo.kind}): {names.report(echo.copy)} has words from {names.report(echo.original)}"
    return f"{told}. {echo.reason}" if echo.reason else told


def tell_silence(names: Names, one: Silence) -> str:
    """Who says nothing on a question: "the Guard (accused): not heard on this; speaks on: …"."""
    state = f"declined in {_some([names.report(report) for report, _ in one.declined], ', ')}" * bool(one.declined)
    spoke = [_short(names.questions[name]) for name in one.spoke_on]
    return f"{one.name} ({one.part}): {state or 'not heard on this'}" + (
        f"; speaks on: {_some(spoke)}" if spoke else ""
    )


def tell_ask(names: Names, one: Ask) -> str:
    """What to ask next, whom, and what then: in a few sentences."""
    whom = _some([_whom(each) for each in one.ask], "; ")
    parts = [f"Ask {whom}: {names.question(one.question)}", OPEN[one.why]]
    if one.leader:
        parts.append(f"{names.said(one.leader, is_for=True)} leads.")
    if one.turns:
        turned = _some([names.said(name, is_for=True) for name in one.turns], " or ")
        parts.append(f"If they say {turned}, that leads{' instead' * bool(one.leader)}.")
    if one.settles and one.leader:
        more = "no longer rests on one root" if one.why == "one root" else "leads more clearly"
        parts.append(f"If they confirm {names.said(one.leader, is_for=True)}, it {more}.")
    if one.leader and not one.turns:
        parts.append("No single voice would make another answer lead, but a denial would weaken it.")
    return " ".join(part for part in parts if part)


def _whom(one: Whom) -> str:
    if not one.voice:
        return "somebody who does not rest on those who spoke"
    return f"{one.name} ({one.kind}{', declined so far' if one.declined else ''})"


def tell_fallen(found: Iterable[Fallen]) -> Iterator[str]:
    """What falls, question by question."""
    for one in found:
        ended = ", no longer disputed" if one.was_disputed and not one.is_disputed else ""
        yield f"{one.question}{ended}" + (f", now asked with {one.moved}" if one.moved else "")
        if one.origins_before != one.origins_after:
            yield f"  independent origins: {_bounds(one.origins_before)}, now {_bounds(one.origins_after)}"
        if one.led != one.leads:
            yield f"  leading: {f'“{one.led}”' if one.led else 'none'}, now {f'“{one.leads}”' if one.leads else 'none'}"
        was, now = ({side.words: side for side in sides} for sides in (one.before, one.after))
        told = ((words, _side(was.get(words)), _side(now.get(words))) for words in dict.fromkeys((*was, *now)))
        changed = [f"  {words}: {before}, now {after}" for words, before, after in told if before != after]
        yield from changed[:SIDES]
        if len(changed) > SIDES:
            yield f"  … and {len(changed) - SIDES} more answers"


def _bounds(bounds: tuple[int, int]) -> str:
    low, high = bounds
    return str(high) if low == high else f"{low} to {high}"


def _side(side: Side | None) -> str:
    """On how much an answer stands."""
    if side is None:
        return "not given"
    against = f" and {side.against} against" if side.against else ""
    return f"{side.reports} report{'s' * (side.reports != 1)}{against}"


def whom(silent: Iterable[Silence]) -> Mapping[str, tuple[Whom, ...]]:
    """Whom one could ask, by question, each name once."""
    found: dict[str, dict[str, Whom]] = {}
    for one in silent:
        known = found.setdefault(one.question, {})
        known.setdefault(fold(one.name), Whom(one.voice, one.name, one.part, one.kind == "declined"))
    return {question: tuple(names.values()) for question, names in found.items()}
