"""An export as JSON can be checked alone, and it is said plainly that a redacted one is redacted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sayso import exchange, workspace
from sayso.kit import SaysoError
from tests.dossier.case_of_ostra import ostra
from tests.test_cli import sayso

__all__ = ["sayso"]


def sound():
    """The case without the echo and ids that no reader would have made."""
    case = ostra()
    return replace(case, echoes=case.echoes[:1], incidents=())


def verify(text, folder):
    (folder / "case.json").write_text(text, encoding="utf-8")
    return workspace.verify_export(folder / "case.json")


def test_an_export_holds(tmp_path):
    found = verify(exchange.to_json(sound()), tmp_path)
    assert (found.breaks, found.is_redacted, found.redacted) == ((), False, 0)
    assert found.spans > 50


def test_a_redacted_export_holds_as_far_as_it_can(tmp_path):
    found = verify(exchange.to_json(workspace.redact(sound(), ["Ilse Varn"]).case), tmp_path)
    assert (found.breaks, found.is_redacted, found.redacted, found.reports) == ((), True, 2, 3)


def test_one_that_is_redacted_in_no_text_is_redacted_too(tmp_path):
    found = verify(exchange.to_json(workspace.redact(sound(), ["Ada Lind"]).case), tmp_path)
    assert (found.is_redacted, found.redacted) == (True, 0)


@pytest.mark.parametrize("redacted", [False, True])
def test_a_changed_text_is_found(tmp_path, redacted):
    case = workspace.redact(sound(), ["Ilse Varn"]).case if redacted else sound()
    everything = json.loads(exchange.to_json(case))
    everything["reports"][2]["text"] += "!"
    assert "its text was changed" in verify(json.dumps(everything), tmp_path).breaks[0]


def test_a_moved_span_is_found_in_a_redacted_export(tmp_path):
    everything = json.loads(exchange.to_json(workspace.redact(sound(), ["Ilse Varn"]).case))
    everything["findings"][0]["mentions"][0]["span"][1] += 1
    assert verify(json.dumps(everything), tmp_path).breaks


@pytest.mark.parametrize("harm", ["{", "[]", '{"reports": 1}', "\ud800"])
def test_what_is_no_export_is_refused(tmp_path, harm):
    (tmp_path / "case.json").write_bytes(harm.encode("utf-8", "surrogatepass"))
    with pytest.raises(SaysoError, match="is no export"):
        workspace.verify_export(tmp_path / "case.json")


@pytest.mark.parametrize(("names", "said"), [((), ""), (("Ilse Varn",), "REDACTED: names were replaced")])
def test_the_command_says_so_plainly(sayso, tmp_path, names, said):
    told = workspace.redact(sound(), names).case if names else sound()
    (tmp_path / "others.json").write_text(exchange.to_json(told), encoding="utf-8")
    status, out, err = sayso("verify", "others.json")
    assert (status, out[:9]) == (0, "All holds")
    assert err.startswith(said) if said else not err
    assert sayso("verify", "others.json", "--against", f"1:{'0' * 64}")[0] == 2


def test_the_command_names_the_first_break(sayso, tmp_path):
    everything = json.loads(exchange.to_json(sound()))
    everything["reports"][0]["text"] = "Other."
    (tmp_path / "others.json").write_text(json.dumps(everything), encoding="utf-8")
    status, _, err = sayso("verify", "others.json")
    assert (status, err[:12]) == (1, "First break:")
