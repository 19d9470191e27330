"""Inside the locks a parser works, and a parser that was taken over can do nothing else."""

import csv
import errno
import gzip
import io
import json
import os
import platform
import struct
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso.intake import Found, sandbox, take_in, take_in_safely, workers

MACHINE = platform.machine()
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or MACHINE not in sandbox.MACHINES, reason="the locks are Linux's, on two machines"
)
ENTER = """
import ctypes, errno, json, os, sys
from sayso.intake import sandbox
missing = sandbox.enter()
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    got = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    return errno.errorcode[ctypes.get_errno()] if got < 0 else "done"
"""
OUTSIDE = ENTER.replace("sandbox.enter()", "()")
PAGE = "<html><head><title>Ships left | North Gazette</title></head><body><article>{}</article></body></html>".format(
    "<p>The council said on Monday that all the ships had left the harbour of Ostra on 5 May 2031.</p>" * 8
)


def inside(body, *arguments, enter=ENTER):
    """What a program prints as JSON, run in a process whose locks are shut first."""
    source = enter + textwrap.dedent(body)
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": str(Path.home())}
    command = [sys.executable, "-P", "-c", source, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def missing():
    return inside("print(json.dumps(missing))")


FORBIDDEN = [
    (row["call"], row, tuple(a if a.isupper() else int(a) for a in row["arguments"].split()))
    for row in csv.DictReader(Path(__file__).with_name("forbidden_calls.csv").read_text().splitlines())
]
"""Name, numbers by machine ("" where it has none), arguments: FILE, NEW, FOLDER, LIBRARY and TEXT are strings, PARENT a
process. Those "untried" outside would do what they say to the tests, or fail with EPERM for who has no rights."""
AT, BAD = -100, -1
NEWER = [
    ("pidfd_send_signal", 424, (BAD, 0, 0, 0)),
    ("io_uring_setup", 425, (1, 0)),
    ("open_tree", 428, (AT, 0, 0)),
    ("pidfd_open", 434, ("PARENT", 0)),
    ("clone3", 435, (0, 0)),
    ("openat2", 437, (AT, "FILE", 0, 0)),
    ("pidfd_getfd", 438, (BAD, 0, 0)),
    ("landlock_restrict_self", 446, (BAD, 0)),
    ("fchmodat2", 452, (AT, "FILE", 0, 0)),
    ("one that does not exist yet", 999, ()),
]
ATTEMPTS = """
folder, attempts = sys.argv[1], json.loads(sys.argv[2])
names = {"FILE": f"{folder}/kept.txt", "NEW": f"{folder}/new", "FOLDER": folder, "TEXT": "user.a",
         "LIBRARY": sandbox.__file__}
known = {name: ctypes.c_char_p(path.encode()) for name, path in names.items()} | {"PARENT": os.getppid()}
print(json.dumps([call(number, *(known.get(a, a) for a in arguments)) for number, arguments in attempts]))
"""


def attempts(rows):
    return [(name, int(row[MACHINE]), arguments) for name, row, arguments in rows if row[MACHINE]]


def attempt(folder, rows, enter=ENTER):
    Path(folder, "kept.txt").write_text("kept")
    told = json.dumps([(number, arguments) for _, number, arguments in rows])
    return dict(zip([row[0] for row in rows], inside(ATTEMPTS, folder, told, enter=enter), strict=True))


def test_all_locks_are_shut_on_this_machine_or_it_is_told_which_is_not(missing):
    assert all(isinstance(one, str) and one.endswith(".") for one in missing)
    assert not any("System calls" in one or "rights" in one for one in missing)


def test_no_forbidden_call_gets_through_and_newer_ones_are_answered_as_by_an_old_kernel(tmp_path):
    got = attempt(tmp_path, [*attempts(FORBIDDEN), *NEWER])
    assert [name for name, _, _ in NEWER if got.pop(name) != "ENOSYS"] == []
    assert {name: error for name, error in got.items() if error != "EPERM"} == {}
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert (tmp_path / "kept.txt").read_text() == "kept"


def test_outside_the_same_calls_fail_otherwise_or_do_what_they_say(tmp_path):
    """Or else the test above would show nothing."""
    rows = attempts(one for one in FORBIDDEN if one[1]["outside"] == "tried")
    got = attempt(tmp_path, rows, OUTSIDE)
    assert len(rows) > 50
    assert {name for name, error in got.items() if error == "EPERM"} == set()
    assert (tmp_path / "kept.txt").read_text() == ""


def test_no_file_of_the_user_can_be_read(tmp_path, missing):
    if any("may read" in one for one in missing):
        pytest.skip("this Linux has no Landlock")
    (tmp_path / "notes.txt").write_text("a secret")
    got = inside(
        """
        paths = [sys.argv[1], sys.argv[1] + "/notes.txt", "/etc/passwd", "/proc/self/environ",
                 f"/proc/{os.getppid()}/mem", "/", "/tmp", sandbox.__file__]
        number = {"x86_64": 257, "aarch64": 56}[os.uname().machine]
        print(json.dumps([call(number, -100, ctypes.c_char_p(path.encode()), 0) for path in paths]))
        """,
        tmp_path,
    )
    assert got == ["EACCES"] * 7 + ["done"]


def test_the_folder_that_the_user_works_in_is_no_folder_of_modules(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lib").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path), str(tmp_path.parent), str(tmp_path / "lib")])
    readable = sandbox._readable()
    assert str(tmp_path / "lib") in readable
    assert not {str(tmp_path), str(tmp_path.parent), os.path.realpath("/")} & set(readable)


def test_a_package_that_lies_elsewhere_leaves_the_lock_open_and_says_so(monkeypatch):
    monkeypatch.setattr(sandbox, "_readable", lambda: ["/usr/share/locale"])
    assert sandbox._outside(["/usr/share/locale"]) == "lxml"
    assert sandbox._outside(["/"]) == ""


def test_threads_parse_inside():
    got = inside(
        """
        import threading, time
        from sayso.intake import take_in
        got = []
        threads = [threading.Thread(target=lambda: got.append(len(take_in(b"The ships left.", "a.txt")[0])))
                   for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        time.sleep(0.01)
        print(json.dumps(got))
        """
    )
    assert got == [1, 1, 1, 1]


def test_what_libraries_need_is_there():
    got = inside(
        """
        import datetime, gzip, io, lzma, mimetypes, random, ssl, uuid, zoneinfo
        import numpy, pypdfium2, warcio
        mimetypes.init()
        document = pypdfium2.PdfDocument.new()
        document.new_page(200, 200)
        out = io.BytesIO()
        document.save(out)
        pages = len(pypdfium2.PdfDocument(out.getvalue()))
        hour = datetime.datetime(2031, 5, 2, tzinfo=zoneinfo.ZoneInfo("Europe/Lisbon")).utcoffset().seconds
        product = (numpy.ones((300, 300)) @ numpy.ones((300, 300))).sum()
        texts = gzip.decompress(gzip.compress(b"a")) + lzma.decompress(lzma.compress(b"b"))
        print(json.dumps([pages, hour, product, texts.decode(), len(os.urandom(8))]))
        """
    )
    assert got == [1, 3600, 300**3, "ab", 8]


def test_a_limit_of_processor_time_can_still_be_set_and_ends_it():
    with pytest.raises(AssertionError, match=r"-24"):  # SIGXCPU
        inside("""
            import resource
            resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
            while True: pass
            """)


@pytest.mark.skipif(MACHINE != "x86_64", reason="these ways are x86_64's")
@pytest.mark.parametrize(
    "way",
    [
        "libc.syscall(ctypes.c_long(0x40000000 | 39))",  # getpid of x32
        # mov eax, 20 (getpid of i386); int 0x80; ret
        """exec('''
import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex("b814000000cd80c3"))
ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
''')""",
    ],
)
def test_calls_of_another_kind_end_the_process(way):
    with pytest.raises(AssertionError, match=r"-31"):  # SIGSYS
        inside(f"{way}\nprint(json.dumps('still here'))")
    assert inside(f"{way}\nprint(json.dumps('still here'))", enter=OUTSIDE) == "still here"


def break_worker(monkeypatch, before):
    """Let the workers do something else before they shut their locks and serve."""
    real = workers.subprocess.Popen
    source = f"{OUTSIDE}\nfrom sayso.intake import worker\n{before}\nworker.main()\n"
    monkeypatch.setattr(workers.subprocess, "Popen", lambda command, **more: real([*command[:3], source], **more))


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 69>>stream
BT /F 12 Tf 72 400 Td (The ships had left the harbour at dawn.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
FILES = [
    ("page.html", PAGE.encode()),
    ("page.htm", PAGE.encode("utf-16")),
    ("rows.csv", b"text,publisher,published\nThe ships left the harbour at dawn.,North Gazette,2031-05-02\n"),
    ("lines.jsonl", b'{"text": "The ships left the harbour at dawn.", "publisher": "North Gazette"}\n' * 2),
    ("note.txt", "Le conseil a déclaré lundi que tous les navires avaient quitté le port à l'aube.".encode("latin-1")),
    ("text.pdf", PDF),
    ("bad.html", b"\x00\x01\x02" * 50),
    ("deep.html", b"<div>" * 3000 + b"words"),
]


def boxes():
    """The files above in each kind of container that is read."""
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in FILES:
            box.writestr(name, data)
    with tarfile.open(fileobj=tarred, mode="w:xz") as box:
        for name, data in FILES:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            box.addfile(entry, io.BytesIO(data))
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = (
        "Ada <ada@site.example>",
        "Ships",
        "Fri, 02 May 2031 10:00 +0000",
    )
    message.set_content("The ships left the harbour at dawn.")
    for name, data in FILES:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    head = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Target-URI: http://site.example/\r\n"
    head += (
        f"WARC-Date: 2031-05-02T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    yield from (("all.zip", zipped.getvalue()), ("all.tar.xz", tarred.getvalue()), ("all.eml", bytes(message)))
    yield "page.warc", head.encode() + answer + b"\r\n\r\n"
    yield "page.html.gz", gzip.compress(PAGE.encode())


def test_the_worker_gives_inside_what_it_gives_outside():
    files = [(Found(Path(name), name), data) for name, data in (*FILES, *boxes())]
    got = list(take_in_safely(files))
    assert got == [(found, *take_in(data, found.name)) for found, data in files]
    counts = {found.name: len(reports) for found, reports, _ in got}
    assert {name for name, count in counts.items() if not count} == {"bad.html"}
    assert [counts[name] for name in ("all.zip", "all.tar.xz", "all.eml")] == [6, 6, 7]  # two of the pages say the same


def test_code_that_took_over_the_worker_reaches_nothing(monkeypatch, tmp_path):
    """A parser that calls the kernel itself, past Python and its audit hook, on a file that is called bad.txt."""
    write, connect = {"x86_64": (257, 41), "aarch64": (56, 198)}[MACHINE]
    before = f"""
real = worker.unfold
def unfold(member, *given, **options):
    if member.name == "bad.txt":
        path = ctypes.c_char_p({str(tmp_path / "new").encode()!r})
        raise ValueError(call({write}, -100, path, os.O_WRONLY | os.O_CREAT, 0o600) + call({connect}, 2, 1, 0))
    return real(member, *given, **options)
worker.unfold = unfold
"""
    break_worker(monkeypatch, before)
    bad, good = take_in_safely([(Found(Path(name), name), b"The ships left.") for name in ("bad.txt", "good.txt")])
    assert "EPERMEPERM" in bad[2][0].message
    assert len(good[1]) == 1
    assert list(tmp_path.iterdir()) == []


def decide(instructions, machine, number, arguments=(0, 0, 0, 0, 0, 0)):
    """What the filter says of a call: a machine for seccomp's dialect of BPF (Linux, seccomp_filter.rst)."""
    data = struct.pack("=iIQ6Q", number, machine, 0, *(a & 0xFFFFFFFFFFFFFFFF for a in arguments))
    at, held = 0, 0
    while True:
        code, if_so, if_not, operand = instructions[at]
        at += 1
        if code == 0x06:
            return operand
        if code == 0x20:
            (held,) = struct.unpack_from("=I", data, operand)
        else:
            holds = {0x15: held == operand, 0x35: held >= operand, 0x45: bool(held & operand)}[code]
            at += if_so if holds else if_not


def padded(arguments):
    known = [4242 if argument == "PARENT" else 0 if isinstance(argument, str) else argument for argument in arguments]
    return [*known, 0, 0, 0, 0, 0, 0][:6]


@pytest.mark.parametrize("name", ["x86_64", "aarch64"])
def test_the_filter_of_each_machine_refuses_the_same(name):
    filter_ = list(sandbox._filter(name, 77))
    machine, number_of_seccomp = sandbox.MACHINES[name]
    refuse, allow, kill = 0x00050000 | errno.EPERM, 0x7FFF0000, 0x80000000
    rows = [(call, int(row[name]), arguments) for call, row, arguments in FORBIDDEN if row[name]]
    said = {call: decide(filter_, machine, number, padded(arguments)) for call, number, arguments in rows}
    assert len(said) > 60
    assert {call: what for call, what in said.items() if what != refuse} == {}
    assert decide(filter_, machine, number_of_seccomp) == refuse
    newer = {row[0]: decide(filter_, machine, row[1], padded(row[2])) for row in NEWER}
    assert set(newer.values()) == {0x00050000 | errno.ENOSYS}
    read = {"x86_64": 0, "aarch64": 63}[name]
    assert decide(filter_, machine, read) == allow
    assert decide(filter_, machine ^ 1, read) == kill
    assert decide(filter_, machine, read | sandbox.X32) == kill
    thread, kill_, openat, limit = {"x86_64": (56, 62, 257, 302), "aarch64": (220, 129, 56, 261)}[name]
    assert decide(filter_, machine, thread, (0x3D0F00, 0, 0, 0, 0, 0)) == allow  # glibc's pthread_create
    assert decide(filter_, machine, kill_, (77, 11, 0, 0, 0, 0)) == allow
    assert decide(filter_, machine, openat, (AT, 0, os.O_RDONLY | os.O_CLOEXEC, 0, 0, 0)) == allow
    assert decide(filter_, machine, limit, (0, 0, 0, 0, 0, 0)) == allow


def test_the_filter_is_as_short_as_the_kernel_takes_and_every_rule_is_well_formed():
    for name in sandbox.MACHINES:
        filter_ = list(sandbox._filter(name, 77))
        assert len(filter_) < 4096  # BPF_MAXINSNS
        assert all(at + 1 + max(one[1], one[2]) < len(filter_) for at, one in enumerate(filter_) if one[0] != 0x06)


def test_another_system_or_machine_is_told(monkeypatch):
    monkeypatch.setattr(sandbox.os, "uname", lambda: os.uname_result(("Linux", "x", "6", "x", "riscv64")))
    assert "riscv64" in sandbox._lock_calls(None)
    monkeypatch.setattr(sandbox.sys, "platform", "darwin")
    assert "audit hook" in sandbox.enter()[0]
