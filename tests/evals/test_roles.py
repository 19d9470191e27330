"""Events and their roles are counted by head word."""

import pytest

from evals import roles
from evals.counting import Counts
from sayso.model import Event, Role, Span
from training.texts import Happening, Tagged

TEXT = "Guards of the port shot two men near Ostra, and fled."


def at(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def gold(word, *parts):
    wholes = tuple(Tagged(*at(whole), name) for name, whole, _ in parts)
    return Happening(tuple(at(word)), wholes, tuple(Tagged(*at(head), name) for name, _, head in parts))


def found(word, *parts):
    return Event(word, at(word), word, roles=tuple(Role(name, at(words)) for name, words in parts))


SHOT = gold("shot", ("agent", "Guards of the port", "Guards"), ("patient", "two men", "men"))
FLED = gold("fled", ("agent", "Guards of the port", "Guards"))


@pytest.mark.parametrize(
    ("events", "name", "expected"),
    [
        ([found("shot"), found("fled")], "events", Counts(2, 2, 2)),
        ([found("shot"), found("men")], "events", Counts(1, 2, 2)),
        ([found("shot", ("agent", "Guards"))], "agent", Counts(1, 1, 2)),
        ([found("shot", ("agent", "Guards of the port"))], "agent", Counts(1, 1, 2)),
        ([found("shot", ("agent", "the port"))], "agent", Counts(0, 1, 2)),
        ([found("shot", ("agent", "Guards of the port shot"))], "agent", Counts(0, 1, 2)),
        ([found("shot", ("patient", "men"), ("patient", "two men"))], "patient", Counts(1, 2, 1)),
        ([found("fled", ("patient", "two men"))], "patient", Counts(0, 1, 1)),
        ([found("shot", ("place", "near Ostra"))], "roles", Counts(0, 1, 3)),
        ([found("fled", ("agent", "Guards"))], "roles of events found", Counts(1, 1, 1)),
    ],
)
def test_an_event_counts_by_its_word_and_a_role_by_its_head(events, name, expected):
    assert roles.count([SHOT, FLED], events)[name] == expected


def test_documents_count_together():
    counted = [roles.count([SHOT], [found("shot")]), roles.count([FLED], [])]
    printed = roles.score(counted)
    assert printed["events"]["f1"] == pytest.approx(2 / 3)
    assert printed["roles"]["gold"] == 3


def test_a_missing_file_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        roles.documents_of(tmp_path, tmp_path)
    assert roles.SKELETONS in capsys.readouterr().err
