"""Matrices, questions and lineages, written down by hand."""

from __future__ import annotations

from sayso.kit import fold
from sayso.model import (
    Answer,
    Cell,
    Difference,
    Evidence,
    Given,
    Hypothesis,
    Lineage,
    Matrix,
    Merge,
    Origin,
    Question,
    Reason,
    Span,
    Testimony,
)

BLANK = "."


def row(name, *, root=None, actor=None, claims="", credibility="medium", relevance="medium"):
    """A row "E1" of the root "r E1" and the actor of the same name, carried by the claims given, or by "c E1"."""
    root = f"r {name}" if root is None else root
    given = tuple(Given("report", one, is_for=True, span=None) for one in (claims.split() or [f"c {name}"]))
    return Evidence(
        name, f"p {name}", f"words of {name}", root, actor or root, "answer", given, credibility, relevance
    )  # fmt: skip


def matrix(ratings, rows=None, *, may_be_one=(), deceptive=()):
    """`ratings`: by hypothesis its ratings, one word for each row, "." for a blank. The last hypothesis is the rest."""
    rows = rows or tuple(row(f"E{at}") for at in range(1, len(next(iter(ratings.values())).split()) + 1))
    named = [*ratings]
    hypotheses = tuple(Hypothesis(name, name, is_rest=name == "rest") for name in named)
    cells = tuple(
        Cell(name, one.id, "" if rating == BLANK else rating, "because", "A. Reader", "2031-05-03T10:00:00+00:00")
        for at, one in enumerate(rows)
        for name in named
        for rating in [ratings[name].split()[at]]
    )
    cells += tuple(Cell(name, one, rating, if_deceptive=True) for name, one, rating in deceptive)
    return Matrix("q", "Who did it?", "perpetrator", hypotheses, tuple(rows), cells, tuple(may_be_one))


TEXT = "The lamp fell, because the wall shook. The lamp fell, because the wall shook at noon."
TEXTS = {f"r{number}": TEXT for number in range(9)}


def place(words):
    at = TEXT.index(words)
    return Span(at, at + len(words))


def reason(answer, by, report, words, *, is_for=True):
    return Reason(answer, is_for, by, report, f"{report} reason", place(words))


def question(said, *, slot="perpetrator", differs=(), reasons=(), incident="i", unsure=()):
    """`said`: origin, answer ("not …" for a denial), reports ("r0 r1"), and "probable" or such."""
    given = {}
    for origin, answer, reports, *_ in said:
        is_for = not answer.startswith("not ")
        for report in reports.split():
            one = Given(report, f"{report} {origin} {answer}", is_for, None)
            given.setdefault(answer.removeprefix("not "), []).append(one)
    answers = tuple(
        Answer(
            f"{slot} {words}", words, tuple(several), entity=fold(words), probability=0.1 if words in unsure else 0.9
        )
        for words, several in given.items()
    )
    how = tuple(Difference(f"{slot} {one}", f"{slot} {other}", kind, "") for one, other, kind in differs)
    text = {"perpetrator": "Who did it?", "ordered_by": "Who ordered it?"}.get(slot, f"{slot}?")
    return Question(f"q {slot} {incident}", slot, incident, f"{text} (fire, Ostra)", answers, how, tuple(reasons))


def lineage(asked, said, *, may_be_one=()):
    """Of what `question` was given: one origin for each name."""
    reports = {}
    for origin, _, where, *_ in said:
        reports.setdefault(origin, []).extend(where.split())
    origins = tuple(
        Origin(f"o {name}", name, "official", named=True, voice=None, reports=tuple(dict.fromkeys(where)))
        for name, where in reports.items()
    )
    testimonies = []
    for answer in asked.answers:
        for is_for in (True, False):
            words = answer.words if is_for else f"not {answer.words}"
            for name in reports:
                mine = [one for one in said if one[0] == name and one[1] == words]
                if mine:
                    carried = tuple(one for one in answer.given if one.claim.endswith(f" {name} {words}"))
                    firm = mine[0][3] if len(mine[0]) > 3 else "certain"
                    testimonies.append(Testimony(f"o {name}", answer.id, is_for, carried, certainty=firm))
    merges = tuple(Merge(f"o {one}", f"o {other}", "role", "", taken=False) for one, other in may_be_one)
    return Lineage(asked.id, origins, tuple(testimonies), merges, 1, len(origins))
