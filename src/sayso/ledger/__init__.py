"""The case on disk: what was recorded, and a store of what was derived from it. One program writes at a time.

with open_to_write(folder, create=True) as ledger:    the case, made if need be
    keep_bytes, record_taking                         files and the reports found in them
    unread, keep_findings, keep_echoes                what is still to be read; what was derived
    record_judgement                                  what a person decided
with open_to_read(folder) as ledger:
    appearances, with_texts, files, file_caveats, judgements, findings, echoes
    check                                             hash and span, everything again
"""

from sayso.ledger.check import Break, Check, check
from sayso.ledger.derived import (
    current_reader,
    echoes,
    findings,
    keep_echoes,
    keep_findings,
    state,
    unread,
    use_reader,
)
from sayso.ledger.recorded import (
    Appearance,
    appearances,
    file_caveats,
    files,
    judgements,
    record_judgement,
    record_taking,
    report_ids,
    taken_before,
    with_texts,
)
from sayso.ledger.store import Ledger, keep_bytes, open_to_read, open_to_write

__all__ = [
    "Appearance",
    "Break",
    "Check",
    "Ledger",
    "appearances",
    "check",
    "current_reader",
    "echoes",
    "file_caveats",
    "files",
    "findings",
    "judgements",
    "keep_bytes",
    "keep_echoes",
    "keep_findings",
    "open_to_read",
    "open_to_write",
    "record_judgement",
    "record_taking",
    "report_ids",
    "state",
    "taken_before",
    "unread",
    "use_reader",
    "with_texts",
]
