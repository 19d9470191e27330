"""A view that takes over what an act leaves as it was shows just what one shows that is made anew."""

from __future__ import annotations

import pytest

from sayso import spine
from sayso.kit import Memory
from sayso.web import history, hypotheses, pages
from sayso.web.view import View
from tests.judgements.test_memory import ACTS, CASE, warm


def drawn(view):
    """All pages of a small case, by name."""
    case = view.case
    return {
        "home": pages.home(view, {}),
        "reports": pages.list_reports(view, {"q": "burned"}),
        "names": pages.names(view, {}),
        "open": pages.names(view, {"open": "1"}),
        "voices": pages.list_voices(view, {}),
        "judgements": history.judgements(view, {}),
        "search": pages.find(view, {"q": "said the crane"}),
        **{one.id: pages.report(view, one.id) for one in case.reports[:10]},
        **{one.id: pages.name(view, one.id) for one in case.entities[:10]},
        **{one.id: pages.voice(view, one.id) for one in case.voices[:10]},
        **{f"incident {n}": pages.incident(view, str(n)) for n in range(1, len(case.incidents) + 1)},
        **{one.id: hypotheses.matrix(view, one.id, {}) for one in case.questions[:5]},
    }


@pytest.fixture(scope="module")
def before():
    view = View(CASE)
    return view, drawn(view)


@pytest.mark.parametrize("act", ACTS)
def test_after_each_kind_of_judgement_pages_are_as_drawn_anew(before, act):
    first, shown = before
    there = spine.rejudge(CASE, (ACTS[act],), warm(Memory()))
    anew = spine.rejudge(CASE, (ACTS[act],))
    pages_now = drawn(View(there, before=first))
    assert pages_now == drawn(View(anew))
    assert pages_now != shown


def test_what_rests_on_the_texts_alone_is_taken_over(before):
    first, _ = before
    there = spine.rejudge(CASE, (ACTS["merge"],))
    assert View(there, before=first).sentences is first.sentences
    assert View(there).sentences is not first.sentences
