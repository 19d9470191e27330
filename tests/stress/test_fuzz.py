"""What the fuzzing process does with what it finds. The fuzzer itself is no part of the project's environment."""

import io
import sys
import types
import zipfile

import pytest

from evals import fuzz, fuzzing, samples, soundness


def test_a_problem_is_kept_once_with_its_first_input(tmp_path):
    def check(reader, data):
        raise soundness.Unsound(f"line {len(data) + 100}: {data!r}")

    one_input = fuzzing.judge(check, "mail", fuzzing.Findings(tmp_path))
    one_input(b"first")
    fuzzing.judge(check, "mail", fuzzing.Findings(tmp_path))(b"second")
    (told,) = fuzz.summary(tmp_path)
    assert (told["times"], (tmp_path / told["file"]).read_bytes()) == (2, b"first")
    (tmp_path / "timeout-0123").write_bytes(b"third")
    assert fuzz.summary(tmp_path)[1] == {"problem": "timeout", "file": "timeout-0123"}


def test_what_is_sound_is_not_kept(tmp_path):
    fuzzing.judge(soundness.check, "mail", fuzzing.Findings(tmp_path))(samples.message(1))
    assert fuzz.summary(tmp_path) == []


@pytest.mark.parametrize("suffix", ["zip", "docx", "txt.gz", "eml"])
def test_files_are_changed_inside_their_packing(monkeypatch, suffix):
    monkeypatch.setitem(sys.modules, "atheris", types.SimpleNamespace(Mutate=lambda data, _: data + b"!"))
    monkeypatch.setattr(fuzzing, "INSIDE", 1.1)
    data = samples.MAKERS[suffix](1)
    changed = {fuzzing.mutate(data, 20_000, seed) for seed in range(20)}
    assert len(changed) > 5
    assert all(one[:2] == data[:2] or suffix == "eml" for one in changed)
    assert fuzzing.mutate(data, 20_000, 7) == fuzzing.mutate(data, 20_000, 7)
    for one in changed if suffix in {"zip", "docx"} else ():
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            assert archive.testzip() is None


def test_seeds_of_every_reader_are_good():
    for reader in (*soundness.READERS, soundness.EVERYTHING):
        data = list(soundness.starts(reader))
        assert data, reader
        for one in data[:: 1 + len(data) // 4]:
            soundness.check(reader, one)
