"""Who echoes whom: how much is found, how much is wrong, and how the work grows.

    python -m evals.echoes --case examples/harbour-fire
    python -m evals.echoes --copies PATH... [--each 150] [--seed 1]
    python -m evals.echoes --size 10000 30000 100000

--case: a folder with `truth.jsonl` (reports) and `echoes.json` (who echoes whom). Each is "found" where the program
gives an echo from that copy to that original, whatever its kind; "same leak", two relays of one report, where it leads
both to the same original. What it gives beyond the list is named too.

--copies: reports to make copies of: a folder or .tar.gz with `*.jsonl` or `*.jsonl.gz` (objects with `content_original`
or `text`; a file is one event) or `*.txt` (each an event of its own), or with `ECB+/TOPIC/*.xml` (a topic is one
event). For 10, 30 and 50 % of the words a copy is made of each of `--each` reports of at least 120 words: outside
quotation marks each word is edited with that chance, in equal shares replaced by another word of the reports, taken
out, or followed by one put in; then passages of two to four sentences are shuffled. Quotations are kept. Copies come
out a day later at publishers of their own. All reports and copies are one case. A copy is found where an echo of kind
"passage" leads it to its original, or to a report that is itself in an echo of kind "passage" with it. Every echo of a
pair of reports on different events is wrong; precision is found / (found + wrong).

--size: so many invented reports of 250 words drawn as often as words are in English (Zipf's law); every tenth holds
120 words of an earlier one, 0 to 40 % of them replaced. Each size runs in a process of its own. `recall` is against
brute force on a sample: reports whole against every earlier one, by the same measure of what a passage is.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from rapidfuzz.distance import LCSseq

from evals.files import json_lines, report_result, stop
from sayso.kit import digest, identify
from sayso.lineage import trace
from sayso.lineage.marks import quoted_stretches
from sayso.lineage.passages import is_passage, within
from sayso.lineage.wording import wording
from sayso.model import Echo, Report, Span

RATES = (0.1, 0.3, 0.5)
LEAST_WORDS = 120
REPORT_WORDS, COPIED_WORDS, VOCABULARY = 250, 120, 60_000
UNDATED = "2000-01-01"
"""For reports without a date: their copies are to be the later ones."""

SAMPLE = 30
"""Copies that brute force looks for."""


def main() -> None:
    """Measure what is asked for and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--copies", type=Path, nargs="+", default=[])
    parser.add_argument("--each", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, nargs="+", default=[])
    parser.add_argument("--one-size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one_size:
        report_result(of_size(given.one_size, given.seed))
        return
    if not (given.case or given.copies or given.size):
        stop("Nothing to measure. Give --case FOLDER, --copies PATH or --size NUMBER.")
    result: dict[str, Any] = {}
    if given.case:
        result["case"] = of_case(given.case)
    for path in given.copies:
        result.setdefault("copies", {})[str(path)] = of_copies(path, given.each, given.seed)
    if given.size:
        result["size"] = [_apart(size, given.seed) for size in given.size]
    report_result(result)


def report(text: str, publisher: str, published: str, *, title: str = "", address: str = "") -> Report:
    """A report that was not taken in from a file."""
    name = identify(text, publisher, published, address)
    return Report(name, text, digest(text), "", "", title=title, publisher=publisher, published=published,
                  address=address)  # fmt: skip


def of_case(folder: Path) -> dict[str, Any]:
    """What is found of the echoes of a case that are known, by kind, and what else is given."""
    rows = {row["id"]: row for row in json_lines(folder / "truth.jsonl")}
    given = {name: report(row["text"], row["publisher"], row["published"]) for name, row in rows.items()}
    names = {one.id: name for name, one in given.items()}
    leads: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for echo in trace(tuple(given.values())):
        leads[names[echo.copy]].setdefault(names[echo.original], []).append(echo.kind)
    known = json.loads((folder / "echoes.json").read_text("utf-8"))["echoes"]
    told = [(one, _how(one, leads)) for one in known]
    listed = {(one["copy"], one["original"]) for one in known}
    kinds = Counter(one["kind"] for one in known)
    return {
        "recall": {kind: [sum(bool(how) for one, how in told if one["kind"] == kind), kinds[kind]] for kind in kinds},
        "found": [[one["copy"], one["original"], one["kind"], how] for one, how in told if how],
        "missed": [[one["copy"], one["original"], one["kind"], one["note"]] for one, how in told if not how],
        "beyond": [
            [copy, original, kinds]
            for copy, of in sorted(leads.items())
            for original, kinds in sorted(of.items())
            if (copy, original) not in listed
        ],
    }


def _how(one: dict[str, Any], leads: dict[str, dict[str, list[str]]]) -> list[str]:
    copy, original = leads.get(one["copy"], {}), leads.get(one["original"], {})
    if one["kind"] == "same leak":
        return [f"both from {name}" for name in sorted(copy.keys() & original.keys())]
    return copy.get(one["original"], [])


def of_copies(path: Path, each: int, seed: int) -> dict[str, Any]:
    """Recall and precision for each rate of editing."""
    events = list(_events(path))
    of = {one.id: (name, one) for name, some in events for one in some}
    chance = random.Random(seed)  # noqa: S311 - no secret
    long = sorted(name for name, (_, one) in of.items() if len(one.text.split()) >= LEAST_WORDS)
    chosen = [of[name][1] for name in chance.sample(long, min(each, len(long)))]
    vocabulary = [word for name in long for word in re.findall(r"[^\W_]+", of[name][1].text)]
    originals = tuple(one for _, one in of.values())
    event = {name: event for name, (event, _) in of.items()}
    plain = _across(trace(originals), event)
    sizes = Counter(event.values())
    pairs = len(event) * (len(event) - 1) // 2 - sum(n * (n - 1) // 2 for n in sizes.values())
    out: dict[str, Any] = {
        "reports": len(event), "events": len(sizes), "copies": len(chosen),
        "pairs_on_different_events": pairs, "echoes_of_these": dict(plain),
    }  # fmt: skip
    for rate in RATES:
        copies = {copied(one, rate, vocabulary, chance, n): one for n, one in enumerate(chosen)}
        out[f"{rate:.0%}"] = _measured(originals, copies, event)
    return out


def _measured(originals: Sequence[Report], copies: dict[Report, Report], event: dict[str, str]) -> dict[str, Any]:
    of = {copy.id: original.id for copy, original in copies.items()}
    echoes = trace((*originals, *copies))
    whose = event | {copy: event[original] for copy, original in of.items()}
    passages = {(echo.copy, echo.original): echo for echo in echoes if echo.kind == "passage"}
    same = {frozenset(pair) for pair in passages}
    found = [copy for copy in of if (copy, of[copy]) in passages or _through(copy, of[copy], passages, same)]
    either = {(echo.copy, echo.original) for echo in echoes}
    wrong = _across(echoes, whose)
    shares = [sum(e.score for p, e in passages.items() if p[0] == copy) for copy in of]
    return {
        "recall": round(len(found) / len(of), 4),
        "recall_of_any_kind": round(sum((copy, of[copy]) in either for copy in of) / len(of), 4),
        "precision": round(len(found) / max(1, len(found) + wrong["passage"]), 4),
        "wrong": dict(wrong),
        "mean_share_of_the_copy": round(sum(shares) / len(shares), 3),
    }


def _through(copy: str, original: str, passages: dict[tuple[str, str], Echo], same: set[frozenset[str]]) -> bool:
    """Whether a copy leads to another report that is an echo with its original: that one may agree as well."""
    return any(one == copy and frozenset((other, original)) in same for one, other in passages)


def _across(echoes: Sequence[Echo], event: dict[str, str]) -> Counter[str]:
    return Counter(echo.kind for echo in echoes if event[echo.copy] != event[echo.original])


def copied(original: Report, rate: float, vocabulary: list[str], chance: random.Random, number: int) -> Report:
    """A copy with that share of the words outside quotations edited, and its passages in another order."""
    text, quoted = original.text, quoted_stretches(original.text)
    edited, at = [], 0
    for span in (*quoted, Span(len(text), len(text))):
        edited += [_edited(text[at : span.start], rate, vocabulary, chance), text[span.start : span.end]]
        at = span.end
    sentences = re.split(r"(?<=[.!?]) +|(?<=[.!?][\"”]) +|\n+", "".join(edited))
    passages = []
    while sentences:
        size = chance.randint(2, 4)
        passages.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    chance.shuffle(passages)
    later = date.fromisoformat(original.published[:10]) + timedelta(days=1)
    return report("\n\n".join(passages), f"Copyist {number}", later.isoformat())


def _edited(text: str, rate: float, vocabulary: list[str], chance: random.Random) -> str:
    def edit(match: re.Match[str]) -> str:
        if chance.random() >= rate:
            return match[0]
        other = chance.choice(vocabulary)
        return chance.choice((other, "", f"{match[0]} {other}"))

    return re.sub(r"[^\W_]+", edit, text)


def _events(path: Path) -> Iterator[tuple[str, list[Report]]]:
    """The reports of each event, none twice."""
    if not path.exists():
        stop(f"{path}: there is no such file or folder")
    found: defaultdict[str, dict[str, Report]] = defaultdict(dict)
    for name, one in _reports(path):
        found[name].setdefault(one.id, one)
    seen: set[str] = set()
    for name in sorted(found):
        new = [one for one in found[name].values() if one.text not in seen]
        seen |= {one.text for one in new}
        yield name, new


def _reports(path: Path) -> Iterator[tuple[str, Report]]:
    from evals.files import members

    for file in sorted(path.rglob("*.jsonl*")) if path.is_dir() else []:
        for row in json_lines(file):
            text, publisher = row.get("content_original") or row["text"], row.get("source") or row.get("publisher", "")
            published = row.get("date") or row.get("published") or UNDATED
            yield file.name, report(text, publisher, published, address=row.get("url", ""))
    for file in sorted(path.rglob("*.txt")) if path.is_dir() else []:
        yield file.name, report(file.read_text("utf-8"), "", UNDATED)
    packed = [path] if path.is_file() else sorted(path.glob("*.tar.gz"))
    for one in packed:
        for name, text in members(one, ".xml"):
            if found := _of_ecb(text):
                topic = Path(name).stem
                yield topic.split("_")[0] + ("plus" if "plus" in topic else ""), report(found, name, UNDATED)


def _of_ecb(text: str) -> str:
    """The text of a file of ECB+: its tokens, a sentence a line."""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for token in ET.fromstring(text).iter("token"):  # noqa: S314 - files of a data set
        lines[int(token.get("sentence", "0"))].append(token.text or "")
    return "\n".join(" ".join(line) for _, line in sorted(lines.items()))


def _apart(size: int, seed: int) -> dict[str, Any]:
    """One size in a process of its own, so that its memory is its own."""
    print(f"{size} reports …", file=sys.stderr)
    command = [sys.executable, "-m", "evals.echoes", "--one-size", str(size), "--seed", str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def of_size(size: int, seed: int) -> dict[str, Any]:
    """Time, memory and recall for so many invented reports."""
    reports, truth = invented(size, seed)
    before = _megabytes()
    started = time.process_time()
    echoes = trace(reports)
    seconds = time.process_time() - started
    peak = _megabytes()
    pairs = {(echo.copy, echo.original) for echo in echoes if echo.kind == "passage"}
    brute = by_force(reports, truth, seed)
    return {
        "reports": size,
        "words": size * REPORT_WORDS,
        "seconds": round(seconds, 1),
        "peak_mb": round(peak),
        "of_it_the_reports_mb": round(before),
        "echoes": len(echoes),
        "made": len(truth),
        "made_and_found": round(sum(pair in pairs for pair in truth) / len(truth), 4),
        "by_force": len(brute),
        "recall": round(sum(pair in pairs for pair in brute) / max(1, len(brute)), 4),
    }


def invented(size: int, seed: int) -> tuple[tuple[Report, ...], list[tuple[str, str]]]:
    """Reports, and the pairs (copy, original) among them."""
    draw = np.random.default_rng(seed)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    cut = np.cumsum(weights / weights.sum())
    texts: list[Any] = []
    reports: list[Report] = []
    truth = []
    for number in range(size):
        words = np.minimum(np.searchsorted(cut, draw.random(REPORT_WORDS)), VOCABULARY - 1)
        source = int(draw.integers(number)) if number % 10 == 9 else -1
        if source >= 0:
            at = int(draw.integers(REPORT_WORDS - COPIED_WORDS))
            part = texts[source][at : at + COPIED_WORDS].copy()
            gone = draw.random(COPIED_WORDS) < draw.random() * 0.4
            part[gone] = draw.integers(VOCABULARY, size=int(gone.sum()))
            words[:COPIED_WORDS] = part
        texts.append(words)
        text = " ".join(f"w{word}" for word in words.tolist())
        reports.append(report(text, f"Outlet {number}", f"{2000 + number // 3000}-01-01T{number % 3000:06}"))
        if source >= 0:
            truth.append((reports[-1].id, reports[source].id))
    return tuple(reports), truth


def by_force(reports: tuple[Report, ...], truth: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """For a sample of copies the earlier report with the passage that agrees most, each pair looked at."""
    words = wording(reports, [""] * len(reports))
    rows = [words.word[a:b].tolist() for a, b in zip(words.first, words.first[1:], strict=False)]
    place = {one.id: number for number, one in enumerate(reports)}
    copies = sorted(place[copy] for copy, _ in random.Random(seed).sample(truth, min(SAMPLE, len(truth))))  # noqa: S311
    found = []
    for copy in copies:
        likely = sorted(range(copy), key=lambda one: -LCSseq.similarity(rows[copy], rows[one]))[:20]
        spans = [(one, int(words.first[one]), int(words.first[one + 1])) for one in (copy, *likely)]
        passages = [one for other in spans[1:] for one in within(words, spans[0], other) if is_passage(one)]
        if passages:
            best = max(passages, key=lambda one: one.score)
            found.append((reports[copy].id, reports[best.original].id))
    return found


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
