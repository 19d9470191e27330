"""Lineage: which report copied which, and how one address changed over time.

trace      passages that stand word for word in an earlier report
compare    reports from the same address, one after the other: what was taken out, what was put in
"""

from sayso.lineage.echoes import trace
from sayso.lineage.versions import compare, same_address

__all__ = ["compare", "same_address", "trace"]
