"""Lineage: which report copied which, and how one address changed over time.

trace      relays, credits, shared quotations and reused passages, edited or not
root       what the answers to each question rest on: independent origins, as bounds
compare    reports from the same address, one after the other: what was taken out, what was put in
"""

from sayso.lineage.echoes import trace
from sayso.lineage.origins import root
from sayso.lineage.versions import compare, same_address

__all__ = ["compare", "root", "same_address", "trace"]
