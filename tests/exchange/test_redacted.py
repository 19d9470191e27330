"""An export as JSON can be checked alone, and the verifier says plainly that a redacted one is redacted."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from sayso import exchange, workspace
from sayso.exchange.bundle import VERIFIER
from tests.dossier.case_of_ostra import ostra


def sound():
    """The case without the echo and ids that no reader would have made."""
    case = ostra()
    return replace(case, echoes=case.echoes[:1], incidents=())


def verify(text, folder):
    file = folder / "case.json"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", VERIFIER, file], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_export_holds(tmp_path):
    status, said = verify(exchange.to_json(sound()), tmp_path)
    assert status == 0, said
    assert "REDACTED" not in said


def test_a_redacted_export_holds_as_far_as_it_can_and_says_so(tmp_path):
    told = workspace.redact(sound(), ["Ilse Varn"])
    status, said = verify(exchange.to_json(told.case), tmp_path)
    assert status == 0, said
    assert "REDACTED: in 2 of 3 reports names were replaced" in said
    assert "kept by whoever has the case" in said


@pytest.mark.parametrize("redacted", [False, True])
def test_a_changed_text_is_found(tmp_path, redacted):
    case = workspace.redact(sound(), ["Ilse Varn"]).case if redacted else sound()
    everything = json.loads(exchange.to_json(case))
    everything["reports"][2]["text"] += "!"
    status, said = verify(json.dumps(everything), tmp_path)
    assert (status, "its text was changed" in said) == (1, True)


def test_a_moved_span_is_found_in_a_redacted_export(tmp_path):
    everything = json.loads(exchange.to_json(workspace.redact(sound(), ["Ilse Varn"]).case))
    everything["findings"][0]["mentions"][0]["span"][1] += 1
    assert verify(json.dumps(everything), tmp_path)[0] == 1


@pytest.mark.parametrize("harm", ["{", "[]", '{"reports": 1}'])
def test_what_is_no_export_does_not_hold(tmp_path, harm):
    assert verify(harm, tmp_path)[0] == 1
