"""Judgements on a case on disk: recorded, checked, joined with what stands, never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import intake, ledger, workspace
from sayso.exchange import verify_bundle
from sayso.kit import SaysoError, WrongUse
from sayso.model import Change, Judgement, Span
from tests import toy

TEXTS = {
    "a.txt": "publisher: Quay Courier\npublished: 2031-04-11\n\nMara Orm said Ilo Venn denied that the crane fell."
    " Nobody knew who had bolted the doors.",
    "b.txt": "publisher: Lowland Herald\npublished: 2031-04-12\n\nMara Orm said the pier burned.",
}
WHY = {"reason": "heard the tape", "by": "R. Moll"}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace.add(tmp_path / "quay.case", [tmp_path / name for name in TEXTS], reader=toy.READER)
    return tmp_path / "quay.case"


def first(case):
    return case.findings[0].attributions[0]


def voices(case, about):
    (one,) = (one for each in case.findings for one in each.attributions if one.id == about)
    return [link.voice for link in one.chain[1:]]


def test_corrections_come_together_and_go_one_by_one(folder):
    before = workspace.load(folder)
    about = first(before).id
    workspace.correct(folder, about, Change("", speaker="Ada  Quell"), **WHY)
    made = workspace.correct(folder, about, Change("", certainty="possible"), **WHY, case=before)
    assert (made.change.speaker, made.change.certainty) == ("Ada Quell", "possible")
    assert voices(workspace.load(folder), about) == ["Ada Quell"]
    workspace.judge(folder, about, verdict="accepted", reason="", by="Ana")
    case = workspace.load(folder)
    assert voices(case, about) == ["Ada Quell"], "who accepts, accepts what stands"
    assert case.before == before.findings[:1]
    assert workspace.verify(folder).breaks == ()
    for left in (["Ada Quell"], ["Ada Quell"], ["Mara Orm"]):
        workspace.judge(folder, about, verdict="undone", reason="", by="Ana")
        assert voices(workspace.load(folder), about) == left
    assert replace(workspace.load(folder), judgements=()) == before


def test_a_case_in_memory_follows_its_folder(folder):
    case = workspace.load(folder)
    made = workspace.add_attribution(folder, _added(case), **WHY, case=case)
    follows = workspace.with_judgements(folder, case)
    assert follows == workspace.load(folder)
    assert made.about in {claim.attribution for claim in follows.findings[0].claims}
    workspace.keep(folder, follows)
    assert workspace.load(folder) == follows
    assert workspace.with_judgements(folder, follows) is follows


def _added(case, words="who had bolted the doors", **more):
    start = case.reports[0].text.index(words)
    return Change(case.reports[0].id, content=(Span(start, start + len(words)),), speaker="a clerk", **more)


def test_what_was_added_is_in_the_exports_the_dossier_and_the_bundle(folder, tmp_path, monkeypatch, capsys):
    case = workspace.load(folder)
    workspace.add_attribution(folder, _added(case), **WHY)
    workspace.correct(folder, first(case).id, Change("", speaker="Ada Quell"), **WHY)
    case = workspace.load(folder)
    assert "added by R. Moll" in workspace.export(case, "csv")
    assert "corrected by R. Moll" in workspace.export(case, "csv")
    workspace.write_dossier(case, tmp_path / "page.html")
    assert "2 passages" in (tmp_path / "page.html").read_text(encoding="utf-8")
    workspace.write_bundle(folder, tmp_path / "b.zip")
    monkeypatch.setattr(sys, "argv", ["verify.py", str(tmp_path / "b.zip")])
    assert verify_bundle.main() == 0, capsys.readouterr()


def test_what_falls_with_a_report(folder):
    case = workspace.load(folder)
    without = workspace.if_retracted(case, case.reports[1].id)
    workspace.judge(folder, case.reports[1].id, verdict="retracted", **WHY)
    after = workspace.load(folder)
    assert replace(without, judgements=()) == replace(after, judgements=())
    assert after.reports == case.reports
    assert not any(case.reports[1].id in voice.reports for voice in after.voices)
    assert workspace.what_falls(case, after) == ()
    with pytest.raises(WrongUse, match="Attributions are rejected"):
        workspace.judge(folder, case.reports[0].id, verdict="rejected", **WHY)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Change(""), "corrects nothing"),
        (Change("", stance="shouts"), "no stance"),
        (Change("", certainty="quite"), "no certainty"),
        (Change("", chain=()), "A chain names every voice"),
        (Change("", chain=("Mara Orm", " ")), "none may be empty"),
        (Change("", content=(Span(5, 9_999),)), "5 to 9999 are no words"),
        (Change("", source=Span(7, 7)), "7 to 7 are no words"),
    ],
)
def test_what_cannot_be_set_is_refused(folder, change, message):
    case = workspace.load(folder)
    with pytest.raises(WrongUse, match=message):
        workspace.correct(folder, first(case).id, change, **WHY, case=case)
    assert workspace.load(folder).judgements == ()


def test_what_cannot_be_added_is_refused(folder):
    case = workspace.load(folder)
    change = _added(case)
    with pytest.raises(WrongUse, match="no report"):
        workspace.add_attribution(folder, replace(change, report="nowhere"), **WHY)
    with pytest.raises(WrongUse, match="without content"):
        workspace.add_attribution(folder, replace(change, content=()), **WHY)
    with pytest.raises(WrongUse, match="who speaks"):
        workspace.add_attribution(folder, replace(change, speaker=""), **WHY)
    with pytest.raises(WrongUse, match="say why"):
        workspace.add_attribution(folder, change, reason=" ", by="R. Moll")
    workspace.add_attribution(folder, change, **WHY)
    with pytest.raises(WrongUse, match="already"):
        workspace.add_attribution(folder, change, **WHY)
    with pytest.raises(WrongUse, match="no judgement on"):
        workspace.judge(folder, first(case).id, verdict="undone", **WHY)
    with pytest.raises(WrongUse, match="An attribution is rejected"):
        workspace.judge(folder, first(case).id, verdict="retracted", **WHY)


def test_verify_tells_of_words_that_are_not_in_the_text(folder):
    case = workspace.load(folder)
    change = Change(case.reports[0].id, content=(Span(3, 9_999),), speaker="a clerk")
    with ledger.open_to_write(folder) as opened:
        ledger.record_judgement(opened, Judgement("", "x", "added", "why", "R. Moll", "2031", change=change))
    (found,) = workspace.verify(folder).breaks
    assert "a judgement on it: the span 3 to 9999" in found.message


def test_an_added_attribution_goes_with_its_report(folder):
    made = workspace.add_attribution(folder, _added(workspace.load(folder)), **WHY)
    files, _ = workspace.files_named(folder, ["a.txt"])
    assert workspace.delete(folder, files, reason="asked for").judgements == 1
    case = workspace.load(folder)
    assert made.about not in {one.about for one in case.judgements}
    assert workspace.verify(folder).breaks == ()


def test_two_people_at_once_lose_nothing(folder):
    case = workspace.load(folder)
    about = first(case).id
    wanted = [Change("", speaker="Ada Quell"), Change("", stance="denies"), Change("", certainty="possible")]
    several = [
        threading.Thread(target=_patiently, args=(folder, about, change, case)) for change in wanted for _ in range(2)
    ]
    for one in several:
        one.start()
    for one in several:
        one.join()
    judgements = workspace.load(folder).judgements
    assert len(judgements) == len(several)
    last = judgements[-1].change
    assert (last.speaker, last.stance, last.certainty) == ("Ada Quell", "denies", "possible")
    assert workspace.verify(folder).breaks == ()


def _patiently(folder, about, change, case):
    for _ in range(200):
        try:
            workspace.correct(folder, about, change, **WHY, case=case)
        except SaysoError:
            threading.Event().wait(0.02)
        else:
            return


WRITER = """
import sys
from pathlib import Path
from sayso import workspace
from sayso.model import Change
folder = Path(sys.argv[1])
case = workspace.load(folder)
about = case.findings[0].attributions[0].id
for number in range(1000):
    made = workspace.correct(folder, about, Change("", speaker=f"Clerk {number}"), reason="r", by="m", case=case)
    print(made.id, flush=True)
"""


def test_who_is_killed_in_the_middle_of_an_act_loses_none_that_was_kept(folder):
    path = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-c", WRITER, str(folder)]
    told = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}) as writer:
        told += [writer.stdout.readline().decode().strip() for _ in range(5)]
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.read().decode().split()
    kept = [one.id for one in workspace.load(folder).judgements]
    assert kept[: len(told)] == told
    assert len(kept) <= len(told) + 1
    assert workspace.verify(Path(folder)).breaks == ()
