"""The case on disk: what was recorded, and a store of what was derived from it. One program writes at a time.

with open_to_write(folder, create=True) as ledger:    the case, made if need be
    keep_bytes, record_taking                         files and the reports found in them
    unread, keep_findings, keep_echoes                what is still to be read; what was derived
    record_judgement                                  what a person decided
discard(folder)                                       a case that was made in vain
with open_to_read(folder) as ledger:
    appearances, reports_in, reports_taken, with_texts, files, file_caveats, judgements, findings, echoes
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
    PROPOSED,
    Appearance,
    appearances,
    file_caveats,
    files,
    judgements,
    record_judgement,
    record_taking,
    report_ids,
    reports_in,
    reports_taken,
    taken_before,
    with_texts,
)
from sayso.ledger.store import Ledger, discard, keep_bytes, open_to_read, open_to_write

__all__ = [
    "PROPOSED",
    "Appearance",
    "Break",
    "Check",
    "Ledger",
    "appearances",
    "check",
    "current_reader",
    "discard",
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
    "reports_in",
    "reports_taken",
    "state",
    "taken_before",
    "unread",
    "use_reader",
    "with_texts",
]
