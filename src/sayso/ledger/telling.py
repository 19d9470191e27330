"""The log in words: what each entry is about, as far as the case still holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.ledger import codec, log
from sayso.ledger.store import Ledger

NAMED = 3
"""Names of files that are told of one entry; the others are counted."""
GONE = "(deleted)"
NOUNS = {
    "files": "file", "takings": "look through a file", "reports": "report", "judgements": "judgement",
    "readers": "reader", "derived": "finding",
}  # fmt: skip


def told(ledger: Ledger) -> Iterator[tuple[log.Entry, str]]:
    """Every entry, oldest first, with what it is about in a few words."""
    names = dict(ledger.database.execute("SELECT digest, name FROM files"))
    looks = dict(ledger.database.execute("SELECT digest, name FROM takings"))
    judged = dict(ledger.database.execute("SELECT digest, record FROM judgements"))
    for entry in log.entries(ledger.database):
        body = json.loads(entry.body)
        rows = body.get("rows", {})
        if rows.get("files"):
            about = _names(rows["files"], names)
        elif rows.get("takings"):
            about = f"{_names(rows['takings'], looks)}: {_count(rows.get('reports', ()), 'report')}"
        elif rows.get("judgements"):
            several = rows["judgements"]
            more = f" and {len(several) - NAMED} more" if len(several) > NAMED else ""
            about = ", ".join(_judgement(judged.get(one)) for one in several[:NAMED]) + more
        else:
            about = _other(body)
        yield entry, about


def same_file(ledger: Ledger, sha256: str, name: str) -> str:
    """Another name under which the very same bytes are in the case; "" if there is none."""
    asked = "SELECT min(name) FROM files WHERE sha256 = ? AND name <> ?"
    (other,) = ledger.database.execute(asked, (sha256, name)).fetchone()
    return other or ""


def _names(digests: list[str], names: dict[str, str]) -> str:
    shown = ", ".join(names.get(one, GONE) for one in digests[:NAMED])
    return f"{shown} and {len(digests) - NAMED} more" if len(digests) > NAMED else shown


def _judgement(record: str | None) -> str:
    if record is None:
        return GONE
    judgement = codec.judgement_from_json(record)
    kind, *others = judgement.names or ("",)
    of_cell = len(others) > 1  # of a matrix: what is judged, the words of a hypothesis, then ids
    about = (f"{kind}: {others[0]}" if of_cell else " and ".join(judgement.names)) or judgement.about
    return f"{judgement.verdict} by {judgement.by}: {about}"


def _other(body: dict[str, Any]) -> str:
    """What an entry says of itself, then how many rows came and went."""
    words = [str(body[name]) for name in ("form", "reason", "by", "from", "case") if body.get(name)]
    for part, verb in (("rows", ""), ("gone", "taken out: ")):
        counts = [_count(digests, NOUNS.get(table, table)) for table, digests in body.get(part, {}).items()]
        words += [verb + ", ".join(counts)] if counts else []
    if "sha256" in body:
        words.append(f"SHA-256 {body['sha256'][:16]}…")
    return "; ".join(words)


def _count(several: list[str], noun: str) -> str:
    plural = noun.replace("look ", "looks ") if noun.startswith("look") else f"{noun}s"
    return f"{len(several)} {noun if len(several) == 1 else plural}"
