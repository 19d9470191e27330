"""An evidence bundle holds by itself, and its verifier names whatever was changed in it."""

from __future__ import annotations

import ast
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from dataclasses import replace
from hashlib import sha256
from tempfile import NamedTemporaryFile

import pytest

from evals import flips
from sayso import exchange, ledger, workspace
from sayso.exchange import verify_bundle
from sayso.exchange.bundle import VERIFIER
from sayso.kit import SaysoError
from tests.dossier.case_of_ostra import ostra

AT = "2031-05-03T10:00:00+00:00"


def pack(folder, at=AT):
    case = workspace.load(folder)
    with ledger.open_to_read(folder) as opened:
        head, log, rows = ledger.log_and_rows(opened)
        evidence = exchange.Evidence(case, str(head), log, rows, ledger.texts(opened), ledger.kept(opened))
        target = io.BytesIO()
        exchange.write_bundle(target, evidence, tool="sayso 0.1.0", at=at)
    return target.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "whole.case"
    flips.make(folder, 12)
    return folder


@pytest.fixture(scope="module")
def packed(folder):
    return pack(folder)


@pytest.fixture
def unpacked(packed, tmp_path):
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "bundle")
    return tmp_path / "bundle"


def verify(*arguments, python=sys.executable, at=None):
    done = subprocess.run([python, "-I", *map(str, arguments)], capture_output=True, text=True, cwd=at, check=False)
    return done.returncode, done.stdout + done.stderr


def test_unpacked_it_holds(unpacked, folder):
    status, said = verify("verify.py", at=unpacked)
    assert (status, said[:10]) == (0, "All holds:"), said
    with ledger.open_to_read(folder) as opened:
        assert str(ledger.head(opened)) in said
    counts = dict(reversed(part.split()) for part in said.split(":")[1].split(".")[0].split(","))
    assert int(counts["records"]) > 40
    assert int(counts["spans"]) > 100


def test_as_it_came_it_holds(packed, tmp_path):
    (tmp_path / "evidence.zip").write_bytes(packed)
    assert verify(VERIFIER, tmp_path / "evidence.zip")[0] == 0


def test_the_same_case_gives_the_same_bytes(folder, packed):
    assert pack(folder) == packed
    other = pack(folder, at="2031-05-04T10:00:00+00:00")
    assert [part for part in members(packed) if members(packed)[part] != members(other)[part]] == [
        "README.txt",
        "manifest.json",
    ]


def members(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_name_of_the_user_names_a_member(packed):
    assert all(verify_bundle.KNOWN.fullmatch(name) for name in members(packed) if name != "manifest.json")
    assert "report-3.txt" in members(packed)["case.json"].decode()


def test_against_a_head(unpacked, folder):
    with ledger.open_to_read(folder) as opened:
        early = f"3:{ledger.log.hash_of(opened.database, 3)}"
        last = ledger.head(opened)
    assert verify("verify.py", "--against", early, at=unpacked)[0] == 0
    for head, message in [
        (f"3:{'0' * 64}", "rewritten"),
        (f"{last.number + 1}:{last.hash}", "is later"),
    ]:
        status, said = verify("verify.py", "--against", head, at=unpacked)
        assert (status, message in said) == (1, True), said
    (unpacked.parent / "kept").write_text(f"{early}\nkept by R. Moll\n", encoding="ascii")
    assert verify("verify.py", "--against", "../kept", at=unpacked)[0] == 0
    (unpacked.parent / "kept").write_text(f"3:{'0' * 64}\n", encoding="ascii")
    assert verify("verify.py", "--against", "../kept", at=unpacked)[0] == 1
    (unpacked.parent / "kept").write_text("something else", encoding="ascii")
    for wrong in ("3:abc", "../kept", "../none", ""):
        assert verify("verify.py", "--against", wrong, at=unpacked)[0] == 2, wrong


def repaired(parts, head=None):
    """The bundle with a manifest made to fit, as one who forges it would make it."""
    about = json.loads(parts["manifest.json"])
    about["head"] = head or about["head"]
    about["members"] = [
        {"path": name, "size": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in parts.items()
        if name != "manifest.json"
    ]
    return {**parts, "manifest.json": json.dumps(about).encode()}


def zipped(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def found(parts, *options):
    """What the verifier says is wrong with a bundle of these members."""
    target = parts if isinstance(parts, io.BytesIO) else zipped(parts)
    said = io.StringIO()
    with NamedTemporaryFile(suffix=".zip") as file, redirect_stdout(said), pytest.MonkeyPatch.context() as patch:
        file.write(target.getvalue())
        file.flush()
        patch.setattr(sys, "argv", ["verify.py", file.name, *options])
        status = verify_bundle.main()
    lines = said.getvalue().splitlines()
    assert [one.split(":")[0] for one in lines[:1]] == ["First break" if status else "All holds"]
    return lines if status else []


def test_every_member_that_was_changed_or_taken_out(packed):
    parts = members(packed)
    assert found(parts) == []
    assert found(repaired(parts)) == []
    for name, data in parts.items():
        changed = {**parts, name: data[: len(data) // 2] + b"x" + data[len(data) // 2 + 1 :]}
        assert found(changed), name
        if name != "manifest.json":
            assert found({other: data for other, data in parts.items() if other != name}), name


def test_flipped_bits(packed):
    """In the ZIP as it is: names and times that only the archive's own lists hold may change, no member may."""
    draw = random.Random(1)  # noqa: S311 - chance for an experiment
    whole = members(packed)
    for _ in range(300):
        broken = bytearray(packed)
        bit = draw.randrange(8 * len(packed))
        broken[bit // 8] ^= 1 << bit % 8
        try:
            slipped = not found(io.BytesIO(broken)) and members(broken) != whole
        except SystemExit:
            slipped = False
        assert not slipped, bit


def test_members_that_do_not_belong(packed):
    parts = members(packed)
    (first, *_) = found({**parts, "more.txt": b"who put this here?"})
    assert "more.txt" in first
    assert found(repaired({**parts, "more.txt": b"who put this here?"}))
    assert found(repaired({**parts, f"files/{sha256(b'x').hexdigest()}": b"x"}))
    target = zipped(parts)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("case.json", parts["case.json"])
    assert "2 times" in found(target)[0]


def edited(parts, name, edit):
    lines = parts[name].decode().splitlines()
    return repaired({**parts, name: "".join(f"{line}\n" for line in edit(lines)).encode()})


@pytest.mark.parametrize("name", ["log.jsonl", "records.jsonl"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
        lambda lines: [*lines[:5], *lines[6:]],
        lambda lines: [*lines[:5], lines[5], *lines[5:]],
        lambda lines: [*lines[:5], lines[6].replace("0", "1"), *lines[6:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [],
    ],
)
def test_lines_edited_put_in_and_taken_out(packed, name, edit):
    """The manifest made to fit: the chain itself must tell."""
    assert found(edited(members(packed), name, edit))


def test_entries_that_change_places(packed):
    assert found(edited(members(packed), "log.jsonl", lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]]))


def say(parts, edit):
    case = json.loads(parts["case.json"])
    edit(case)
    return repaired({**parts, "case.json": json.dumps(case).encode()})


def first_attribution(case):
    return next(one for each in case["findings"] for one in each["attributions"])


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: case["reports"][0].update(text=case["reports"][0]["text"] + " More."),
        lambda case: case["reports"][0].update(publisher="Another"),
        lambda case: case["reports"][0].update(title="Another"),
        lambda case: case["reports"].append(case["reports"][0] | {"text": "Never said.", "id": "x"}),
        lambda case: first_attribution(case).update(source=[0, 10**6]),
        lambda case: first_attribution(case).update(stance="orders"),
        lambda case: first_attribution(case)["chain"].pop(),
        lambda case: first_attribution(case)["chain"][-1].update(voice="Somebody Else"),
        lambda case: case["judgements"][0].update(verdict="rejected"),
        lambda case: case["files"][0].update(name="other.txt"),
        lambda case: case["echoes"][0]["passages"][0][0].__setitem__(1, 10**6),
        lambda case: case["echoes"][0]["passages"][0][0].__setitem__(0, case["echoes"][0]["passages"][0][0][0] + 9),
    ],
)
def test_a_case_that_says_what_was_not_recorded(packed, edit):
    """The manifest made to fit: the records must tell."""
    assert found(say(members(packed), edit))


def test_who_and_what_stand_where_the_case_says():
    case = json.loads(exchange.to_json(replace(ostra(), echoes=())))
    walk = verify_bundle.Walk()
    verify_bundle.check_spans(walk, case)
    assert walk.breaks == []
    assert walk.counts["spans"] > sum(1 for _ in verify_bundle.worded(case)) > 40


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: case["findings"][0]["mentions"][0].update(words="Somebody Else"),
        lambda case: case["findings"][0]["mentions"][0].update(span=[0, 10**6]),
        lambda case: case["findings"][1]["quantities"][0].update(as_written="at least 400"),
        lambda case: case["findings"][0]["times"][0]["span"].__setitem__(0, 0),
        lambda case: case["findings"][0]["events"][0].update(words="froze"),
        lambda case: case["findings"][1]["fillers"][0].update(words="the governor"),
        lambda case: case["entities"][0]["mentions"][0].update(words="The governor"),
        lambda case: case["incidents"][0]["fillers"][0]["mentions"][0].update(words="The governor"),
    ],
)
def test_other_words_than_the_report_has_are_told(edit):
    case = json.loads(exchange.to_json(replace(ostra(), echoes=())))
    edit(case)
    walk = verify_bundle.Walk()
    verify_bundle.check_spans(walk, case)
    assert walk.breaks


def test_a_file_or_text_changed_with_the_manifest_made_to_fit(packed):
    parts = members(packed)
    for start in ("files/", "texts/"):
        name = next(name for name in parts if name.startswith(start))
        assert found(repaired({**parts, name: parts[name] + b"x"}))
        assert found(repaired({other: data for other, data in parts.items() if other != name}))


def test_a_history_that_was_forged_as_a_whole_is_told_by_a_head_kept_elsewhere(packed):
    parts = members(packed)
    kept = json.loads(parts["manifest.json"])["head"]
    before, lines = "0" * 64, []
    for line in parts["log.jsonl"].decode().splitlines():
        entry = json.loads(line)
        lines.append(json.dumps([before, *entry[1:3], "somebody else", *entry[4:]], separators=(",", ":")))
        before = sha256(lines[-1].encode()).hexdigest()
    forged = "".join(f"{line}\n" for line in lines).encode()
    parts = repaired({**parts, "log.jsonl": forged}, head=f"{len(lines)}:{before}")
    assert found(parts) == []
    assert "rewritten" in found(parts, "--against", kept)[0]


@pytest.mark.parametrize("data", [b"", b"no archive at all", zipped({"other.txt": b""}).getvalue()])
def test_what_is_no_bundle(tmp_path, data):
    (tmp_path / "other.zip").write_bytes(data)
    status, said = verify(VERIFIER, tmp_path / "other.zip")
    assert status == 2
    assert "Traceback" not in said
    assert verify(VERIFIER, tmp_path / "none.zip")[0] == 2


@pytest.mark.parametrize("name", ["manifest.json", "log.jsonl", "records.jsonl", "case.json"])
@pytest.mark.parametrize("data", [b"", b"[]\n", b"{}\n", b"\xff\n", b"[[[[\n", b'["a",1]\n', b"null\n"])
def test_what_is_no_bundle_inside(packed, name, data):
    parts = members(packed)
    assert found({**parts, name: data} if name == "manifest.json" else repaired({**parts, name: data}))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"null", b'{"head": "", "members": [1]}', b"\xff"])
def test_a_damaged_manifest_is_told_in_words(packed, data):
    (said,) = found({**members(packed), "manifest.json": data})
    assert said.startswith("First break: manifest.json: is damaged")
    assert "Error" not in said


def test_an_entry_taken_out_is_named_once(packed):
    said = found(edited(members(packed), "log.jsonl", lambda lines: [*lines[:5], *lines[6:]]))
    assert said[0] == "First break: log.jsonl, line 6: holds entry 7, not entry 6"
    assert len(said) == 2, said


def test_what_it_says_to_run_is_python3(packed):
    for name in ("README.txt", "verify.py"):
        assert b"python3 verify.py" in members(packed)[name]
        assert b"python verify.py" not in members(packed)[name]


def test_a_damaged_case_gives_no_bundle(tmp_path):
    flips.make(tmp_path / "broken.case", 3)
    place = next(place for place in (tmp_path / "broken.case" / "files").rglob("*") if place.is_file())
    place.chmod(0o644)
    place.write_bytes(b"something else")
    with pytest.raises(SaysoError, match="sayso verify"):
        pack(tmp_path / "broken.case")
    place.unlink()
    with pytest.raises(SaysoError, match="sayso verify"):
        pack(tmp_path / "broken.case")


def test_the_verifier_is_one_short_file_of_the_standard_library():
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 350
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names
    ast.parse(source, feature_version=(3, 9))


OLDEST = os.environ.get("SAYSO_PYTHON39", "")


@pytest.mark.skipif(not OLDEST, reason="SAYSO_PYTHON39 names no Python 3.9")
def test_the_oldest_python(unpacked):
    status, said = verify("verify.py", python=OLDEST, at=unpacked)
    assert status == 0, said
