"""What people say of attributions, reports and voices. Every act is a judgement, with author, time and reason.

judge             accept or reject an attribution, mark a report or voice as retracted, take the last back
correct           set speaker, chain, stance, certainty, kind or spans of an attribution
add_attribution   one that the program did not find
standing          the judgements that stand
if_retracted      what would be left without a report or voice
keep              what was worked out, for the next that loads the folder
remember          what was worked out of a case, so that each act is quick
with_judgements   a case in memory, brought to the judgements that its folder holds now
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from sayso import judging, ledger, spine
from sayso.kit import Memory, WrongUse, identify, trim
from sayso.model import Attribution, Case, Certainty, Change, Judgement, Kind, Report, Span, Stance
from sayso.workspace.loading import load, no_collection
from sayso.workspace.reader import joining_version

Verdict = Literal["accepted", "rejected", "retracted", "undone"]


def judge(
    folder: Path | str, about: str, *, verdict: Verdict, reason: str, by: str, case: Case | None = None
) -> Judgement:
    """Record what a person decided about an attribution, a report or a voice, by its id.

    "accepted" and "rejected" are said of attributions, "retracted" of reports and voices; "undone" takes back the last
    judgement on any of them that still stands. An acceptance needs no reason, nor does taking back. `case` saves
    loading the folder, where the caller has it loaded. `WrongUse` for what is not in the case, or cannot be said of it.
    """
    if verdict not in get_args(Verdict):
        raise WrongUse(f"{verdict!r} is no verdict. Use one of: {', '.join(get_args(Verdict))}.")
    _need_author(by, reason if verdict in {"rejected", "retracted"} else "-")
    case = case or load(folder)
    if verdict == judging.UNDONE and about in judging.standing(case.judgements):
        return _record(folder, Judgement("", about, verdict, reason, by, _now()))
    names = _refuse(case, about, verdict)
    return _record(folder, Judgement("", about, verdict, reason, by, _now(), names=names))


def correct(
    folder: Path | str, about: str, change: Change, *, reason: str, by: str, case: Case | None = None
) -> Judgement:
    """Set something in an attribution: what `change` names is set, what it leaves empty stays as it is now.

    `change.report` may be "". Spans lose white space at their ends. `WrongUse` for an attribution that the case has
    not, spans outside the text, words that name nobody, and a change that says nothing.
    """
    _need_author(by, reason)
    case = case or load(folder)
    found = _attribution(case, about)
    if found is None:
        raise WrongUse(_nothing(about, "attribution"))
    wanted = _mended(replace(change, report=found.report), _report(case, found.report))
    if wanted == Change(found.report):
        raise WrongUse("This corrects nothing. Set who speaks, through whom, stance, certainty, kind or words.")
    wanted = replace(
        wanted,
        source=wanted.source or found.source,
        cue=wanted.cue or found.cue,
        content=wanted.content or found.content,
    )
    return _record(folder, Judgement("", about, "corrected", reason, by, _now(), change=wanted))


def add_attribution(folder: Path | str, change: Change, *, reason: str, by: str, case: Case | None = None) -> Judgement:
    """Add an attribution at spans of a report: `change` names the report, the content, and who speaks.

    Source and cue may be None. Without a stance or certainty they are read off the words. The judgement is about the
    new attribution's id. `WrongUse` where the content is missing, nobody speaks, or the very spans are one already.
    """
    _need_author(by, reason)
    case = case or load(folder)
    wanted = _mended(change, _report(case, change.report))
    if not wanted.content:
        raise WrongUse("Select the words that are attributed: an attribution cannot be without content.")
    if not (wanted.speaker or wanted.chain or wanted.source):
        raise WrongUse("Say who speaks: a name, a chain of voices, or the words that name the source.")
    about = identify("attribution", wanted.report, wanted.source, wanted.cue, *wanted.content)
    if _attribution(case, about):
        raise WrongUse(f"These very words are an attribution already: {about}. Accept or correct that one.")
    return _record(folder, Judgement("", about, "added", reason, by, _now(), change=wanted))


def remember(case: Case) -> Memory:
    """What was worked out of a case, to be given to `with_judgements`.

    Takes as long as loading a case of which nothing was kept. It is of use as long as this case, or what became of it,
    stands in memory. One thread at a time may use it.
    """
    memory = Memory()
    with no_collection():
        spine.resolve_again(case, case.judgements, memory=memory)
    return memory


def with_judgements(folder: Path | str, case: Case, memory: Memory | None = None) -> Case:
    """The same case with all judgements that its folder holds now, as if it had been loaded anew, but quicker.

    Reports that were added since are not seen. With a `memory` (see `remember`) little is worked out but what the
    judgements touch.
    """
    with ledger.open_to_read(Path(folder)) as opened:
        judgements = ledger.judgements(opened)
    with no_collection():
        return case if judgements == case.judgements else spine.rejudge(case, judgements, memory)


def keep(folder: Path | str, case: Case) -> None:
    """Keep what was worked out, so that the case is loaded quickly. Nothing where its folder says more by now."""
    with ledger.open_to_write(Path(folder)) as opened:
        reports = {one.report.id for one in ledger.appearances(opened)}
        same = ledger.judgements(opened) == case.judgements and reports == {report.id for report in case.reports}
        if same and ledger.joined(opened, joining_version()) is None:
            ledger.keep_joined(opened, joining_version(), spine.joined_of(case))


def if_retracted(case: Case, about: str) -> Case:
    """What the case would be if a report or a voice, given by its id, were retracted. Nothing is recorded."""
    names = _refuse(case, about, "retracted")
    judgement = Judgement("", about, judging.RETRACTED, "", "", "", names=names)
    with no_collection():
        return spine.rejudge(case, (*case.judgements, judgement))


def standing(case: Case) -> tuple[Judgement, ...]:
    """The judgements on attributions, reports and voices that stand, in the order of the first on each thing."""
    return tuple(judging.standing(case.judgements).values())


def _record(folder: Path | str, judgement: Judgement) -> Judgement:
    """Add it, under the lock, to what stands by then: somebody else may have judged since the case was loaded."""
    with ledger.open_to_write(Path(folder)) as opened:
        stands = judging.standing(ledger.judgements(opened)).get(judgement.about)
        if judgement.verdict == judging.UNDONE and stands is None:
            raise WrongUse(f"There is no judgement on {judgement.about} to take back. `sayso judge CASE` lists them.")
        earlier = stands.change if stands and judgement.verdict != judging.UNDONE else None
        return ledger.record_judgement(opened, replace(judgement, change=_joined(earlier, judgement.change)))


def _joined(earlier: Change | None, now: Change | None) -> Change | None:
    """All that is set, of two values for the same the later one."""
    if earlier is None or now is None:
        return now or earlier
    chain, speaker = now.chain, now.speaker
    if chain is None and earlier.chain is not None:
        chain, speaker = (*earlier.chain[:-1], speaker) if speaker else earlier.chain, ""
    return replace(
        now,
        speaker=speaker or (earlier.speaker if chain is None else ""),
        chain=chain,
        stance=now.stance or earlier.stance,
        certainty=now.certainty or earlier.certainty,
        kind=now.kind or earlier.kind,
        named=earlier.named if now.named is None else now.named,
    )


def _refuse(case: Case, about: str, verdict: Verdict) -> tuple[str, ...]:
    """`WrongUse` unless it can be said of this; the name to keep with it, of a voice that has one."""
    voice = next((one for one in case.voices if one.id == about), None)
    if _attribution(case, about):
        if verdict == judging.RETRACTED:
            raise WrongUse("Reports and voices are retracted. An attribution is rejected; a judgement is undone.")
    elif voice is None and about not in {report.id for report in case.reports}:
        raise WrongUse(_nothing(about, "attribution, voice or report"))
    elif verdict in {"accepted", "rejected"}:
        raise WrongUse(f"Attributions are {verdict}. A report or a voice can be retracted.")
    if verdict == judging.UNDONE:
        raise WrongUse(f"There is no judgement on {about} to take back. `sayso judge CASE` lists all that stand.")
    return (voice.name,) if voice and voice.named else ()


def _need_author(by: str, reason: str) -> None:
    if not by.strip():
        raise WrongUse("A judgement needs to say who judged: give a name in `by`.")
    if not reason.strip():
        raise WrongUse("A judgement needs to say why: give a `reason`.")


def _mended(change: Change, report: Report) -> Change:
    """The change with trimmed spans and words. `WrongUse` for what cannot be."""
    for value, known, what in (
        (change.stance, get_args(Stance), "stance"),
        (change.certainty, get_args(Certainty), "certainty"),
        (change.kind, get_args(Kind), "kind"),
    ):
        if value is not None and value not in known:
            raise WrongUse(f"{value!r} is no {what}. Use one of: {', '.join(known)}.")
    speaker, chain = " ".join(change.speaker.split()), change.chain
    if chain is not None:
        chain = tuple(" ".join(voice.split()) for voice in chain)
        if not chain or not all(chain):
            raise WrongUse("A chain names every voice after the publisher, the one who speaks last; none may be empty.")
        chain, speaker = (*chain[:-1], speaker or chain[-1]), ""
    return replace(
        change,
        source=_span(change.source, report),
        cue=_span(change.cue, report),
        content=_content(change.content, report),
        speaker=speaker,
        chain=chain,
    )


def _content(spans: Iterable[Span], report: Report) -> tuple[Span, ...]:
    """In the order of the text, those that touch or overlap as one."""
    merged: list[Span] = []
    for span in sorted(found for one in spans if (found := _span(one, report))):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _span(span: Span | None, report: Report) -> Span | None:
    if span is None:
        return None
    start, end = span
    if not 0 <= start < end <= len(report.text) or not (words := trim(report.text, start, end)).end > words.start:
        raise WrongUse(f"{start} to {end} are no words of report {report.id}, which has {len(report.text)} characters.")
    return words


def _attribution(case: Case, about: str) -> Attribution | None:
    return next((one for each in case.findings for one in each.attributions if one.id == about), None)


def _report(case: Case, name: str) -> Report:
    found = next((report for report in case.reports if report.id == name), None)
    if found is None:
        raise WrongUse(_nothing(name, "report"))
    return found


def _nothing(about: str, kinds: str) -> str:
    return f"{about!r} is no {kinds} of this case."


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
