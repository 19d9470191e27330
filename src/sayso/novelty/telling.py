"""What is new, who is silent, what falls and what to ask next, in words. No number stands beside anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.kit import fold
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Echo, Origin, Question, Report
from sayso.model.novelty import Ask, Clash, Fallen, Gain, News, Side, Silence, Whom

SHOWN = 3
"""Statements of one kind that a short telling names."""

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

    "New: Who did it? Adds answers to: Where was it? More origins for: … Echoes Quay Courier (relay). Contradicts …"
    """
    parts = [
        _listed("New", names, [gain for gain in one.gains if gain.kind == "question"]),
        _listed("New answers", names, [gain for gain in one.gains if gain.kind == "answer"]),
        _listed("First to deny", names, [gain for gain in one.gains if gain.kind == "denial"]),
        _listed("More origins", names, [gain for gain in one.gains if gain.kind == "origin"]),
        _echoed(names, one),
        _against(names, one),
    ]
    said = " ".join(part for part in parts if part)
    if one.adds:
        return said
    return f"Nothing new. {said}".strip() if one.gains else f"Speaks to no question. {said}".strip()


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
    """The same in full, a line for each statement."""
    for gain in one.adds:
        yield _gain(names, gain)
    for clash in one.clashes:
        yield _clash(names, clash)
    for gain in one.gains:
        if gain.kind == "repeat":
            yield _repeat(names, gain)
    yield from (_echo(names, echo) for echo in (*one.echoes, *one.echoed))


def _gain(names: Names, gain: Gain) -> str:
    heads = {"question": "new question", "answer": "new answer", "denial": "first denial", "origin": "one more origin"}
    also = ""
    if gain.may_be:
        also += f"; may be the same as {_some([names.origin(one) for one in gain.may_be], ', ')}"
    if gain.before:
        also += f"; said before: {_some([names.said(one, is_for=True) for one in gain.before], ', ')}"
    said = names.said(gain.answer, is_for=gain.is_for)
    return f"{heads[gain.kind]}: {names.question(gain.question)} {said}, says {names.origin(gain.origin)}{also}"


def _clash(names: Names, clash: Clash) -> str:
    head = "contradicts" if clash.is_new else "contradicts, as others before,"
    own, other = names.said(clash.answer, is_for=clash.is_for), names.said(clash.against, is_for=clash.against_is_for)
    who = _some([names.report(one) for one in clash.reports], ", ")
    return f"{head} {who}: {names.question(clash.question)} {own} against {other}"


def _repeat(names: Names, gain: Gain) -> str:
    said = names.said(gain.answer, is_for=gain.is_for)
    first = names.report(gain.known[0])
    return (
        f"repeats {first}, {BY[gain.heard]}: {names.question(gain.question)} {said}, says {names.origin(gain.origin)}"
    )


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
    if one.settles:
        parts.append(
            "If they confirm it, it no longer rests on one root."
            if one.why == "one root"
            else "If they confirm it, it leads more clearly."
        )
    if not one.turns:
        parts.append(
            "No single voice would change which answer leads, but a denial would weaken it." if one.leader else ""
        )
    return " ".join(part for part in parts if part)


def _whom(one: Whom) -> str:
    if not one.voice:
        return "somebody who does not rest on those who spoke"
    return f"{one.name} ({one.kind}{', declined so far' if one.declined else ''})"


def tell_fallen(found: Iterable[Fallen]) -> Iterator[str]:
    """What falls, question by question."""
    for one in found:
        ended = ", no longer disputed" if one.was_disputed and not one.is_disputed else ""
        yield f"{one.question}{ended}"
        if one.origins_before != one.origins_after:
            yield f"  independent origins: {_bounds(one.origins_before)}, now {_bounds(one.origins_after)}"
        if one.led != one.leads:
            yield f"  leading: {f'“{one.led}”' if one.led else 'none'}, now {f'“{one.leads}”' if one.leads else 'none'}"
        was, now = ({side.words: side for side in sides} for sides in (one.before, one.after))
        for words in dict.fromkeys((*was, *now)):
            if was.get(words) != now.get(words):
                yield f"  {words}: {_side(was.get(words))}, now {_side(now.get(words))}"


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
