from dataclasses import replace
from functools import cache

import pytest

from sayso import encoder, spine
from sayso.kit import digest, identify
from sayso.model import Report

REPORTS = {
    "Quay Courier": """The mill in Ostra burned on 3 May 2031.

Seven people died in the fire, the fire brigade said.

Mayor Dara Oru denied that the gate was locked.

Two guards said the gate may have been chained by the miller.

The miller, Lem Sark, had asked for a new pump in April, according to his sister.""",
    "Ostra Herald": """Sacks of grain fell from the upper floor of the mill, a neighbour, Ane Holt, said.

Mayor Dara Oru said that three people had died.

A dog barked all night in Mill Lane, the postman said.""",
    "Valley News": """Sacks of grain had fallen from the upper floor of the mill, said the baker, Tev Morran.

The mill belongs to a bank in Lorn.""",
    "Lorn Gazette": "The mill belongs to a bank in Lorn. Its roof was made of reed.",
}


def report(text, publisher="", published="2031-05-04", name=""):
    one = identify(text, publisher)
    return Report(one, text, digest(text), "", name or publisher, "", publisher, published=published, language="en")


@cache
def read(one):
    return spine.read_report(one, encoder.load())


@cache
def case_of(*several):
    made = spine.assemble(several, tuple(read(one) for one in several))
    return replace(made, echoes=spine.trace(made.reports))


@pytest.fixture(scope="session")
def mill():
    return case_of(*(report(text, publisher) for publisher, text in REPORTS.items()))


@pytest.fixture(scope="session")
def checked(mill):
    """Checks a draft's text against the case of the mill: the case with the draft in it, and the check."""

    def run(text, case=mill):
        draft = report(text, published="2031-05-09", name="draft.txt")
        return spine.check_draft(case, draft, read(draft))

    return run
