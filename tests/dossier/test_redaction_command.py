"""`--redact` and `--format markdown` on the command line."""

from __future__ import annotations

import json

import pytest

from tests.test_cli import case, reports, sayso

__all__ = ["case", "reports", "sayso"]

NAME = "Quay Courier"


@pytest.mark.parametrize("output", ["page.html", "page.md"])
def test_a_dossier_is_redacted(sayso, case, tmp_path, output):
    status, _, told = sayso("dossier", "--case", case, "--redact", NAME, "--title", "Quay Courier file", "-o", output)
    assert status == 0, told
    written = (tmp_path / output).read_text(encoding="utf-8")
    assert "quay courier" not in written.casefold()
    assert told.startswith("Redacted: ")
    assert f" is {NAME}" in told.splitlines()[0]
    assert f" is {NAME}".casefold() not in written.casefold()
    assert "Descriptions are left as they are" in told
    assert "stands in what was written" not in told


@pytest.mark.parametrize("form", ["json", "csv", "chains"])
def test_an_export_is_redacted_by_a_list(sayso, case, tmp_path, form):
    (tmp_path / "names.txt").write_text(f"# who asked for it\n\n{NAME}  # the paper\n", encoding="utf-8")
    status, out, _ = sayso("export", case, "--format", form, "--text", "--redact-list", "names.txt")
    assert status == 0
    assert "quay courier" not in out.casefold()


def test_the_same_name_has_the_same_pseudonym_in_every_form(sayso, case, tmp_path):
    told = [sayso("export", case, "--format", form, "--redact", NAME)[2] for form in ("json", "csv")]
    assert told[0].splitlines()[0] == told[1].splitlines()[0]


def test_a_bundle_cannot_be_redacted(sayso, case, tmp_path):
    status, _, told = sayso("export", case, "--format", "bundle", "-o", "x.zip", "--redact", NAME)
    assert status == 2
    assert "cannot be redacted" in told
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize("listed", ["", "# nobody\n\n"])
def test_a_list_without_a_name_is_refused(sayso, case, tmp_path, listed):
    (tmp_path / "names.txt").write_text(listed, encoding="utf-8")
    status, out, told = sayso("export", case, "--format", "json", "--redact-list", "names.txt")
    assert (status, out) == (2, "")
    assert "no name in it" in told


def test_a_name_that_stands_nowhere_is_refused_before_anything_is_written(sayso, case, tmp_path):
    status, _, told = sayso("dossier", "--case", case, "--redact", "Bo Quill", "-o", "page.html")
    assert status == 2
    assert "stands nowhere in the case" in told
    assert not (tmp_path / "page.html").exists()


def test_markdown_by_option(sayso, case, tmp_path):
    assert sayso("dossier", "--case", case, "--format", "markdown", "-o", "page.txt")[0] == 0
    assert (tmp_path / "page.txt").read_text(encoding="utf-8").startswith("# ")


def test_the_case_itself_stays_as_it_was(sayso, case, tmp_path):
    before = sayso("export", case, "--format", "json")[1]
    sayso("dossier", "--case", case, "--redact", NAME, "-o", "page.html")
    after = sayso("export", case, "--format", "json")[1]
    assert json.loads(before)["reports"] == json.loads(after)["reports"]
