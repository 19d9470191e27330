"""A case for other programs: one file for each foreign format. The same reports give the same bytes in any order."""

from sayso.exchange.bundle import Evidence, write_bundle
from sayso.exchange.chains import to_chains
from sayso.exchange.everything import to_json
from sayso.exchange.frames import frames
from sayso.exchange.matrix import cited, judgements_in, matrix_to_csv, question_of
from sayso.exchange.table import ATTRIBUTION_COLUMNS, claim_rows, to_csv, write_table
from sayso.exchange.verify_export import ExportCheck, verify_export

__all__ = [
    "ATTRIBUTION_COLUMNS",
    "Evidence",
    "ExportCheck",
    "cited",
    "claim_rows",
    "frames",
    "judgements_in",
    "matrix_to_csv",
    "question_of",
    "to_chains",
    "to_csv",
    "to_json",
    "verify_export",
    "write_bundle",
    "write_table",
]
