"""The case on disk: what was recorded, and a store of what was derived from it. One program writes at a time.

with open_to_write(folder, create=True) as ledger:    the case, made if need be
    keep_bytes, keep_file, record_taking                     files and the reports found in them
    unread, keep_findings, keep_echoes, keep_joined          what is still to be read; what was derived
    record_judgement(s), record_export                what a person decided; what was written for others
    delete, reports_only_in                           take files out, words and all; what would go
discard(folder)                                       a case that was made in vain
with open_to_read(folder) as ledger:
    appearances, reports_in, reports_taken, with_texts, files, file_caveats, judgements, findings, echoes, joined
    check                                             log, hash and span, everything again
    history, told, head                               who did what, when: see log.py; what to keep elsewhere
    log_and_rows, texts, kept                         for an evidence bundle
"""

from sayso.ledger.check import Break, Check, check
from sayso.ledger.deletion import Deleted, delete, reports_only_in
from sayso.ledger.derived import (
    current_reader,
    echoes,
    findings,
    joined,
    keep_echoes,
    keep_findings,
    keep_joined,
    state,
    unread,
    use_reader,
)
from sayso.ledger.disk import whole
from sayso.ledger.evidence import kept, log_and_rows, texts
from sayso.ledger.log import Entry, Head, account, understand_head
from sayso.ledger.recorded import (
    PROPOSED,
    Appearance,
    appearances,
    file_caveats,
    files,
    history,
    judgements,
    record_export,
    record_judgement,
    record_judgements,
    record_taking,
    report_ids,
    reports_in,
    reports_taken,
    taken_before,
    with_texts,
)
from sayso.ledger.store import (
    Ledger,
    at_one_moment,
    discard,
    head,
    is_case,
    keep_bytes,
    keep_file,
    open_to_read,
    open_to_write,
)
from sayso.ledger.telling import same_file, told

__all__ = [
    "PROPOSED",
    "Appearance",
    "Break",
    "Check",
    "Deleted",
    "Entry",
    "Head",
    "Ledger",
    "account",
    "appearances",
    "at_one_moment",
    "check",
    "current_reader",
    "delete",
    "discard",
    "echoes",
    "file_caveats",
    "files",
    "findings",
    "head",
    "history",
    "is_case",
    "joined",
    "judgements",
    "keep_bytes",
    "keep_echoes",
    "keep_file",
    "keep_findings",
    "keep_joined",
    "kept",
    "log_and_rows",
    "open_to_read",
    "open_to_write",
    "record_export",
    "record_judgement",
    "record_judgements",
    "record_taking",
    "report_ids",
    "reports_in",
    "reports_only_in",
    "reports_taken",
    "same_file",
    "state",
    "taken_before",
    "texts",
    "told",
    "understand_head",
    "unread",
    "use_reader",
    "whole",
    "with_texts",
]
