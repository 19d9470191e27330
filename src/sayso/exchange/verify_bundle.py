"""Check an evidence bundle that sayso wrote. Python 3.9 or newer, nothing else; nothing is unpacked or written.

    python3 verify.py                        the folder that this file lies in
    python3 verify.py BUNDLE                 a bundle: the ZIP as it came, or the folder it was unpacked to
    python3 verify.py BUNDLE --against HEAD  whether its log holds the entry noted down: NUMBER:HASH, or a file with it

What is checked: that the bundle holds what manifest.json lists, byte for byte, and no more; that every entry of
log.jsonl is hashed with the one before; that the lines of records.jsonl are just those that the log speaks of; that
texts and files have the hashes which the records name; that case.json says what the records say; that every passage it
points to is in its text, and that copied passages have words in common.

Exit status: 0 all holds, 1 something does not (the first break is named first), 2 there is nothing to check.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

ZEROS = "0" * 64
PIECE = 1 << 20
KNOWN = re.compile(r"case\.json|(log|records)\.jsonl|README\.txt|verify\.py|texts/[0-9a-f]{64}\.txt|files/[0-9a-f]{64}")
HEAD = re.compile(r"\s*([1-9][0-9]{0,14}:[0-9a-f]{64})(?:\s|$)")


class Bundle:
    """The members of a bundle, out of a ZIP or a folder."""

    def __init__(self, place: Path) -> None:
        """Open it. `OSError` or `zipfile.BadZipFile` where it cannot be opened."""
        self.place = place
        self.archive = None if place.is_dir() else zipfile.ZipFile(place)

    def names(self) -> list[str]:
        """All members."""
        if self.archive:
            return self.archive.namelist()
        return [one.relative_to(self.place).as_posix() for one in sorted(self.place.rglob("*")) if not one.is_dir()]

    def open(self, name: str) -> IO[bytes]:
        """One member, to be read by pieces."""
        return self.archive.open(name) if self.archive else (self.place / name).open("rb")

    def read(self, name: str) -> bytes:
        """One member, whole."""
        with self.open(name) as file:
            return file.read()

    def hash(self, name: str) -> tuple[str, int]:
        """SHA-256 and size of one member."""
        found, size = hashlib.sha256(), 0
        with self.open(name) as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                found.update(piece)
                size += len(piece)
        return found.hexdigest(), size


class Walk:
    """What has been found so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.breaks: list[str] = []
        self.head = ""
        self.hashes: dict[str, str] = {}
        self.rows: dict[str, list[list[Any]]] = {}
        self.counts = {"members": 0, "entries": 0, "records": 0, "spans": 0}

    def need(self, holds: object, message: str) -> bool:
        """Note a break unless it holds."""
        if not holds:
            self.breaks.append(message)
        return bool(holds)


def sha256(data: str | bytes) -> str:
    """Hex digest; text in UTF-8, lone surrogates passed through."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


def lines_of(data: bytes) -> list[str]:
    """The lines of a file of lines, each with an end."""
    return data.decode("ascii").split("\n")[:-1]


def check_members(walk: Walk, bundle: Bundle, listed: dict[str, tuple[int, str]]) -> None:
    """The manifest lists all members, and each is as it says."""
    there = bundle.names()
    for name, times in sorted(Counter(there).items()):
        walk.need(times == 1, f"{name}: is in the bundle {times} times")
    for name in sorted(set(there) - set(listed) - {"manifest.json"}):
        walk.breaks.append(f"{name}: is in the bundle, and manifest.json does not list it")
    for name, one in listed.items():
        if walk.need(name in there, f"{name}: is listed in manifest.json, and is missing"):
            walk.hashes[name], size = bundle.hash(name)
            changed = f"{name}: was changed: it has {size} bytes and hashes to {walk.hashes[name]}"
            walk.need((size, walk.hashes[name]) == one, changed)
            walk.need(KNOWN.fullmatch(name), f"{name}: is no member of an evidence bundle")
    walk.counts["members"] = len(listed)


def check_log(walk: Walk, lines: list[str], head: str, against: str) -> dict[str, int]:
    """The chain holds, and ends with the head. Gives the digests of all records that must be there."""
    live: dict[str, int] = {}
    heads = {}
    before, expected = ZEROS, 1
    for number, line in enumerate(lines, 1):
        previous, stated, _, _, _, _, body = json.loads(line)
        if walk.need(stated == expected, f"log.jsonl, line {number}: holds entry {stated}, not entry {expected}"):
            walk.need(previous == before, f"log.jsonl, entry {stated}: it, or the one before, was changed")
        expected = stated + 1
        for names in body.get("gone", {}).values():
            for name in names:
                walk.need(live.pop(name, 0), f"log.jsonl, entry {number}: takes out what was not there: {name}")
        live.update((name, number) for names in body.get("rows", {}).values() for name in names)
        before = sha256(line)
        heads[number] = f"{number}:{before}"
    walk.counts["entries"] = len(lines)
    walk.need(heads.get(len(lines)) == head, "log.jsonl: does not end with the head that manifest.json names")
    if against:
        number = int(against.split(":", maxsplit=1)[0])
        walk.need(number in heads, f"log.jsonl: ends with entry {len(lines)}; the head to check against is later")
        other = f"log.jsonl: the history was rewritten: entry {number} is another than was noted down before"
        walk.need(heads.get(number, against) == against, other)
    return live


def check_records(walk: Walk, lines: list[str], live: dict[str, int]) -> None:
    """The records are just those that the log speaks of."""
    for number, line in enumerate(lines, 1):
        table, _salt, *values = json.loads(line)
        message = f"records.jsonl, line {number} ({table}): no entry of the log speaks of it: it was changed or put in"
        walk.need(live.pop(sha256(line), 0), message)
        walk.rows.setdefault(table, []).append(values)
    for entry in sorted(live.values()):
        walk.breaks.append(f"records.jsonl: a record is missing that entry {entry} of the log speaks of")
    walk.counts["records"] = len(lines)


def check_hashes(walk: Walk) -> None:
    """Every recorded file and text is there, under its hash, and no other."""
    kept = {f"files/{row[1]}": row[1] for row in walk.rows.get("files", [])}
    texts = {f"texts/{row[4]}.txt": row[4] for row in walk.rows.get("reports", [])}
    for name, expected in {**kept, **texts}.items():
        if walk.need(name in walk.hashes, f"{name}: is recorded, and is missing"):
            walk.need(walk.hashes[name] == expected, f"{name}: was changed: it hashes to {walk.hashes[name]}")
    for name in walk.hashes:
        if "/" in name:
            walk.need(name in kept or name in texts, f"{name}: nothing in records.jsonl speaks of it")


def check_case(walk: Walk, case: dict[str, Any]) -> None:
    """case.json says what the records say, and its texts are the recorded ones."""
    reports = {json.dumps(json.loads(row[5])) for row in walk.rows.get("reports", [])}
    found = {json.dumps(without_caveats(json.loads(row[2]))) for row in walk.rows.get("derived", [])}
    files = {(row[1], row[2], row[3], row[4], row[6]) for row in walk.rows.get("files", [])}
    judged = {json.dumps(filled(json.loads(row[2]))) for row in walk.rows.get("judgements", [])}
    for one in case["reports"]:
        walk.need(sha256(one["text"]) == one["sha256"], f"case.json, report {one['id']}: its text was changed")
        values = [value for name, value in one.items() if name != "text"]
        recorded = any(json.dumps(values[:cut]) in reports for cut in (len(values), 11))  # 11 in version 1
        walk.need(recorded, f"case.json, report {one['id']}: is not as it was recorded")
        name = sha256("\x1f".join(one[part] for part in ("text", "publisher", "published", "address")))[:16]
        walk.need(name == one["id"], f"case.json, report {one['id']}: its id does not fit its text and particulars")
    corrected = {one["report"] for one in case.get("before", [])}
    for one in [*case.get("before", []), *(one for one in case["findings"] if one["report"] not in corrected)]:
        values = without_caveats(listed(one))
        known = json.dumps(values) in found or not any(values[1:])
        walk.need(known, f"case.json, findings in report {one['report']}: are not as they were recorded")
    theirs = {one["about"] for one in case["judgements"]}
    theirs |= {one["id"] for each in case.get("before", []) for one in each["attributions"]}
    for one in (one for each in case["findings"] if each["report"] in corrected for one in each["attributions"]):
        walk.need(one["id"] in theirs, f"case.json, attribution {one['id']}: neither the program nor a person has it")
    for one in case["judgements"]:
        walk.need(json.dumps(listed(one)) in judged, f"case.json, judgement {one['id']}: is not as it was recorded")
    for one in case["files"]:
        particulars = tuple(one[part] for part in ("sha256", "name", "size", "media_type", "address"))
        walk.need(particulars in files, f"case.json, file {one['sha256']}: is not as it was recorded")


def filled(judgement: list[Any]) -> list[Any]:
    """A judgement with the fields that an older sayso did not have: the names and the change."""
    return [*judgement, *[[], None][len(judgement) - 7 :]]


def without_caveats(findings: list[Any]) -> list[Any]:
    """Those of the report's file stand beside its own in case.json."""
    return findings[:4] + findings[5:]


def listed(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Records as lists of their fields, as they are recorded; what is only worked out from others left out."""
    if isinstance(value, dict):
        return [listed(part) for name, part in value.items() if name not in ("unsure", "words")]
    return [listed(part) for part in value] if isinstance(value, list) else value


def check_spans(walk: Walk, case: dict[str, Any]) -> None:
    """Every passage that case.json points to is in its text, and copies have the same words."""
    texts = {one["id"]: one["text"] for one in case["reports"]}
    for report, where, start, end in spans(case):
        text = texts.get(report, "")
        inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        whole = inside and not (text[start].isspace() or text[end - 1].isspace())
        walk.need(whole, f"case.json, {where}: the span {start} to {end} does not fit the text of report {report}")
        walk.counts["spans"] += 1
    for report, (start, end), said in worded(case):
        told = texts.get(report, "")[start:end] == said
        walk.need(told, f"case.json: says {said!r} of {start} to {end} of report {report}, which has other words")
    for one in case["echoes"]:
        for here, there in one["passages"]:
            ours, theirs = words(texts.get(one["copy"], ""), here), words(texts.get(one["original"], ""), there)
            walk.need(
                alike(one.get("kind"), ours, theirs),
                f"case.json, copy {one['copy']} of {one['original']}: the words differ at {here[0]}",
            )


def spans(case: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """(report, where, start, end) of every passage that case.json points to."""
    for each in case["findings"]:
        yield from ((each["report"], "sentence", *span) for span in each["sentences"])
        for kind in ("attributions", "claims"):
            for one in each[kind]:
                single = [one.get(part) for part in ("source", "cue", "hearer")]
                single += [link["span"] for link in one["chain"]]
                for start, end in [*(span for span in single if span is not None), *one["content"]]:
                    yield each["report"], f"{kind[:-1]} {one['id']}", start, end
    for one in filter(None, (one.get("change") for one in case["judgements"])):
        set_here = [*(one[part] for part in ("source", "cue") if one[part]), *one["content"]]
        yield from ((one["report"], "judgement", start, end) for start, end in set_here)
    for report, (start, end), _ in worded(case):
        yield report, "words", start, end
    for one in case["echoes"]:
        for here, there in one["passages"]:
            yield (one["copy"], "copied passage", *here)
            yield (one["original"], "passage that was copied", *there)


def worded(case: dict[str, Any]) -> Iterator[tuple[str, list[int], str]]:
    """(report, span, words) of whatever case.json gives with its words."""
    for each in case["findings"]:
        events = each.get("events", [])  # version 1 has none of these
        inside = [*each.get("mentions", []), *each.get("fillers", []), *events]
        for one in [*inside, *(role for event in events for role in event["roles"])]:
            yield each["report"], one["span"], one["words"]
        for one in [*each.get("quantities", []), *each.get("times", [])]:
            yield each["report"], one["span"], one["as_written"]
    holders = [*case.get("entities", []), *(part for one in case.get("incidents", []) for part in one["fillers"])]
    yield from ((one["report"], one["span"], one["words"]) for holder in holders for one in holder["mentions"])
    moments = [one for moment in case.get("moments", []) for one in moment["told"]]
    yield from ((one["report"], one["span"], one["words"]) for one in moments)


def alike(kind: str | None, ours: list[str], theirs: list[str]) -> bool:
    """Whether two passages have the words in common that their kind asks for; None in what older versions wrote."""
    if kind == "passage":
        both = sum((Counter(ours) & Counter(theirs)).values())
        return both * 4 >= max(len(ours), len(theirs)) and (ours[0], ours[-1]) == (theirs[0], theirs[-1])
    return kind in {"relay", "credit"} or ours == theirs


def words(text: str, span: list[int]) -> list[str]:
    """The words of a passage, whatever their case and what stands between them."""
    return [word.casefold() for word in re.findall(r"[^\W_]+", text[span[0] : span[1]])]


def check(bundle: Bundle, against: str) -> Walk:
    """Everything, in the order in which one thing rests on another. What rests on something damaged is not read."""
    walk = Walk()
    try:
        manifest = json.loads(bundle.read("manifest.json"))
        walk.head = manifest["head"]
        listed = {one["path"]: (one["size"], one["sha256"]) for one in manifest["members"]}
    except Exception:  # noqa: BLE001 - the same as below
        walk.breaks.append(
            "manifest.json: is damaged: it is not the list of all members, with their hashes, that sayso writes"
        )
        return walk
    check_members(walk, bundle, listed)
    live = {} if walk.breaks else check_log(walk, lines_of(bundle.read("log.jsonl")), walk.head, against)
    if walk.breaks:
        return walk
    check_records(walk, lines_of(bundle.read("records.jsonl")), live)
    check_hashes(walk)
    case = json.loads(bundle.read("case.json"))
    check_case(walk, case)
    check_spans(walk, case)
    return walk


def head_in(given: str) -> str | None:
    """The head that is given, or that the file of this name begins with; None for neither."""
    try:
        found = HEAD.match(given) or HEAD.match(Path(given).read_bytes()[:200].decode("ascii", "replace"))
    except (OSError, ValueError):
        return None
    return found[1] if found else None


def main() -> int:
    """Run the check that the command line asks for."""
    start = __doc__.index("    python3")
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__[:start].strip(), epilog=__doc__[start:], formatter_class=shape)
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent, metavar="BUNDLE")
    parser.add_argument("--against", metavar="HEAD", help="NUMBER:HASH, as sayso printed it, or a file with it")
    asked = parser.parse_args()
    against = "" if asked.against is None else head_in(asked.against)
    if against is None:
        parser.error("--against wants NUMBER:HASH, with 64 hex digits, or a file that begins with it")
    try:
        bundle = Bundle(asked.bundle)
        present = "manifest.json" in bundle.names()
    except Exception as error:  # noqa: BLE001 - a damaged ZIP can make the library raise anything
        parser.error(f"{asked.bundle}: cannot be opened: {error}")
    if not present:
        parser.error(f"{asked.bundle}: holds no manifest.json, so it is no evidence bundle")
    try:
        walk = check(bundle, against)
    except Exception as error:  # noqa: BLE001 - the same; and whatever a forged member makes of it, it does not hold
        return tell([f"the bundle cannot be read as one: {type(error).__name__}: {error}"])
    if walk.breaks:
        return tell(walk.breaks)
    counts = ", ".join(f"{count} {what}" for what, count in walk.counts.items())
    sys.stdout.write(f"All holds: {counts}. Head of the log: {walk.head}\n")
    return 0


def tell(breaks: list[str]) -> int:
    """Name the breaks, the first one first."""
    for number, message in enumerate(breaks):
        line = f"{'Break' if number else 'First break'}: {message}\n"
        sys.stdout.write(line.encode("ascii", "backslashreplace").decode("ascii"))
    return 1


if __name__ == "__main__":
    sys.exit(main())
