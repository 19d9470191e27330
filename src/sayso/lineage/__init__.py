"""Lineage: which report copied which, and how one address changed over time.

trace      relays, credits, shared quotations and reused passages, edited or not
root       what the answers to each question rest on: independent origins, as bounds
in_words   the same in a sentence or two
drift      what changed on the way: hedges lost, links dropped, figures rounded
compare    reports from the same address, one after the other: what was taken out, what was put in
"""

from sayso.lineage.drift import drift
from sayso.lineage.echoes import trace
from sayso.lineage.origins import pair_of, root
from sayso.lineage.telling import in_words
from sayso.lineage.versions import compare, same_address

__all__ = ["compare", "drift", "in_words", "pair_of", "root", "same_address", "trace"]
