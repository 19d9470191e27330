"""A case in memory after an act: the same as joined anew, and little of it worked out again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import claims, names, spine
from sayso.kit import Memory, digest
from sayso.lineage import pair_of as pair_of_origins
from sayso.model import Change, Event, Judgement, Mention, Quantity, Report, Role, Span, When
from tests import toy

PEOPLE = ("Mara Orm", "Ilo Venn", "Ada Quell", "Dara Okonte", "Tarn Moll", "Lena Doll")
DEEDS = (
    ("fire", "burned", "the crane burned on Friday"),
    ("shooting", "shot", "nine ferry hands were shot on Friday"),
    ("bombing", "bombed", "the old bridge was bombed on Friday"),
)
SIZE = 45


def _dead(number):
    return 2 + number // 9


def _text(number):
    kind, _, deed = DEEDS[number % 3]
    one, other = PEOPLE[number % 6], PEOPLE[(number // 3 + 1) % 6]
    side = "bolted" if number % 2 else "open"
    return (
        f"{one} said {deed}. {other} denied that {one} said {deed}. A spokesman said {_dead(number)} people were killed"
        f" in the {kind}. {other.split()[1]} said the doors had been {side}."
    )


def _places(text, words):
    starts = (at for at in range(len(text)) if text.startswith(words, at))
    return [Span(at, at + len(words)) for at in starts]


def _read(report):
    text, found = report.text, toy.read(report)
    kind, word, _ = DEEDS[int(report.name) % 3]
    days = _places(text, "Friday")
    events = tuple(
        Event(f"{report.id} e{span.start}", span, word, kind, (Role("time", days[0]),)) for span in _places(text, word)
    )
    dead = f"{_dead(int(report.name))}"
    (count,) = (Span(span.start, span.start + len(dead)) for span in _places(text, f"{dead} people"))
    return replace(
        found,
        claims=claims.state(report, found.sentences, found.attributions, events),
        events=events,
        mentions=tuple(Mention(span, "person", "name", 0.9) for one in PEOPLE for span in _places(text, one)),
        quantities=(Quantity(count, float(dead), float(dead), "person", "killed", "", dead),),
        times=tuple(When(day, "2031-05-02", "2031-05-02", "Friday") for day in days),
    )


REPORTS = tuple(
    Report(f"r{number}", text, digest(text), f"f{number}", f"{number}", publisher=f"Paper {number % 7}",
           published=f"2031-05-{3 + number % 9:02}")
    for number, text in enumerate(map(_text, range(SIZE)))
)  # fmt: skip
READ = tuple(map(_read, REPORTS))


def loaded_anew(*judgements):
    case = spine.assemble(REPORTS, READ, judgements=judgements)
    return spine.account(replace(case, echoes=spine.trace(REPORTS)))


CASE = loaded_anew()


def _said(about, verdict, **more):
    return Judgement(f"{about} {verdict}", about, verdict, "why", "R. Moll", "2031-05-04", **more)


def _change(one, **what):
    return Change(one.report, one.source, one.cue, one.content, **what)


ONE = READ[7].attributions[0]
ORIGINS = tuple(origin.id for origin in CASE.lineages[0].origins[:2])
ACTS = {
    "accept": _said(ONE.id, "accepted"),
    "reject": _said(ONE.id, "rejected"),
    "speaker": _said(ONE.id, "corrected", change=_change(ONE, speaker="Ada Quell")),
    "new speaker": _said(ONE.id, "corrected", change=_change(ONE, speaker="Nobody Met")),
    "stance": _said(ONE.id, "corrected", change=_change(ONE, stance="denies")),
    "add": _said("new", "added", change=Change("r4", content=(Span(0, 8),), speaker="a clerk")),
    "retract": _said("r5", "retracted"),
    "retract a voice": _said(CASE.voices[0].id, "retracted"),
    "merge": _said(names.pair_of(*PEOPLE[:2]), names.SAME, names=PEOPLE[:2]),
    "split": _said(names.pair_of("Orm", PEOPLE[0]), names.APART, names=("Orm", PEOPLE[0])),
    "origins": _said(pair_of_origins(*ORIGINS), "same", names=ORIGINS),
}


class Counting(Memory):
    """Counts what was asked of it, and what of that was worked out."""

    def __init__(self):
        super().__init__()
        self.asked = self.worked = 0

    def recall(self, name, rests_on, work):
        def counted():
            self.worked += 1
            return work()

        self.asked += 1
        return super().recall(name, rests_on, counted)


def warm(memory):
    spine.resolve_again(CASE, (), memory=memory)
    return memory


def test_the_invented_case_has_all_that_is_remembered():
    assert all((CASE.entities, CASE.voices, CASE.moments, CASE.tolls, CASE.lineages))
    assert {"killed", "free"} <= {one.slot for one in CASE.questions}
    assert len(CASE.incidents) > 1
    assert any(one.merges for one in CASE.lineages)
    assert CASE.echoes


@pytest.mark.parametrize("act", ACTS)
def test_after_one_act_a_case_in_memory_is_as_joined_anew(act):
    memory = warm(Memory())
    there = spine.rejudge(CASE, (ACTS[act],), memory)
    assert there == loaded_anew(ACTS[act]) != CASE
    assert spine.rejudge(there, (), memory) == CASE


@settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(st.sampled_from(sorted(ACTS)), unique=True, max_size=4), min_size=1, max_size=4))
def test_after_any_acts_a_case_in_memory_is_as_joined_anew(several):
    memory, case = warm(Memory()), CASE
    for acts in several:
        case = spine.rejudge(case, tuple(ACTS[act] for act in acts), memory)
        assert case == loaded_anew(*(ACTS[act] for act in acts))


@pytest.mark.parametrize("act", ["reject", "stance", "add"])
def test_an_act_on_one_report_leaves_most_as_it_was(act):
    memory = warm(Counting())
    asked, worked = memory.asked, memory.worked
    spine.rejudge(CASE, (ACTS[act],), memory)
    assert memory.worked - worked < (memory.asked - asked) / 4
    before = memory.worked
    spine.rejudge(CASE, (ACTS[act],), memory)
    assert memory.worked == before, "nothing is left to be worked out"
