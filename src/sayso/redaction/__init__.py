"""A case with chosen names replaced by pseudonyms: `redact`, and `Redaction` for what else is told of that case.

names ─▶ whom the case knows under them (`choosing`) ─▶ every spelling to its pseudonym (`matching`)
case ─▶ the same case, texts rewritten, spans moved, hashes and ids of its own (`records`)
"""

from sayso.redaction.choosing import Chosen, choose
from sayso.redaction.records import MARK, REDACTED, Redaction, redact

__all__ = ["MARK", "REDACTED", "Chosen", "Redaction", "choose", "redact"]
