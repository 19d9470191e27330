"""A draft against a case: where each of its sentences comes from, on whose word, and what speaks against it.

    placing    the draft among the reports
    units      claims as words that can be compared
    matching   which claims of the case say the same, which speak against it
    origins    on how many independent origins they rest
    firmness   whether they hedge what the draft says plainly
    telling    what it came to, in words

The draft stands in the case as if it were its last report, so that names, incidents and answers are told as for any
other; nothing of it is kept. What is said of a sentence is where it comes from, never that it is so.
"""

from sayso.drafts.checking import check
from sayso.drafts.placing import nearest, place
from sayso.drafts.telling import MEANINGS, Cited, Telling

__all__ = ["MEANINGS", "Cited", "Telling", "check", "nearest", "place"]
