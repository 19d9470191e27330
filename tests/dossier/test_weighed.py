"""On whom answers rest, drift, hypotheses: words first, no number beside a name, text stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sayso import lineage, spine, workspace
from sayso.dossier import Weighed, compose, drifts, origins, page
from sayso.dossier.index import number
from sayso.dossier.sayings import Known
from sayso.model import Difference, Hanging
from tests.dossier.case_of_ostra import ATTACK, TURNED
from tests.dossier.test_page import Outline
from tests.lineage.cases import Says, Told, case

TOLD = [
    Told("g", "Quay Gazette"), Told("e", "Hill Echo", "2031-05-04"), Told("p", "Morning Post"),
    Told("h", f"Herald {ATTACK}"),
]  # fmt: skip

SAYS = [
    Says("g", "It may have been shut.", ("three officials",), certainty="possible"),
    Says("e", "It was shut.", ("Quay Gazette", "three officials")),
    Says("p", "The gate was shut.", ("a senior official",)),
    Says("p", "The gate was open.", ("Bo Karsk",), answer="no"),
    Says("h", f"The gate was open {TURNED}.", (f"Ana {ATTACK}",), answer="no"),
]

NUMBER = re.compile(r"\d+\.\d\d")


def worked(says=SAYS):
    made = case(TOLD, says)
    asked = tuple(
        replace(
            one,
            text="Was the gate shut? (fire, Ostra)",
            differences=(Difference(one.answers[0].id, one.answers[-1].id, "conflict", "Shut or open."),),
        )
        for one in made.questions
    )
    made = replace(made, questions=asked)
    return replace(made, lineages=lineage.root(made))


@pytest.fixture(scope="module")
def made():
    return worked()


def found(made):
    return Weighed(spine.weigh(made), spine.drift(made), workspace.matrices(made, main=("q",)), workspace.assumed())


@pytest.fixture(scope="module")
def html(made):
    return compose(made, found=found(made))


def known(made):
    return Known(made, number(made), {})


def without_folds(html):
    """The page as it is seen before "how this was computed" is unfolded, and without the table of assumptions."""
    html = re.sub(r'<details class="mo hc">.*?</details>', "", html, flags=re.DOTALL)
    return re.sub(r"<section id=assumed.*?</section>", "", html, flags=re.DOTALL).partition("<body>")[2]


def test_the_first_look_says_on_how_many_origins_it_rests(html):
    look = html.partition("<section id=look")[2].partition("<section id=disputes")[0]
    assert "Four reports, three to four independent origins on all sides." in look


def test_no_number_stands_beside_a_name_at_first_look(html):
    assert NUMBER.search(html)
    assert not NUMBER.search(re.sub(r"<svg.*?</svg>|<script>.*?</script>", "", without_folds(html), flags=re.DOTALL))


def test_support_never_without_what_is_unresolved(html):
    tables = re.findall(r'<table class="wf sb">.*?</table>', html, re.DOTALL)
    assert tables
    assert all("<td>Unresolved<td>" in one for one in tables)
    assert "%" not in "".join(tables)


def test_likelihood_and_confidence_stand_apart(html):
    (sure,) = re.findall(r"How well founded that is: [^<]*", html)
    assert "likely" not in sure
    assert "settled" not in sure


def test_the_picture_says_in_words_what_it_draws(made):
    drawn = origins.rests(made.questions[0], made.lineages[0], known(made))
    by_number = {one.number: one.rests for one in drawn.leaves}
    assert by_number[made_place(made, "e")] == "three officials, through Quay Gazette"
    assert [one.maybe for one in drawn.roots if one.name == "three officials"] == ["a senior official"]
    assert "Quay Gazette" in drawn.relays
    assert drawn.picture.count("class=mb") == 1
    assert drawn.rows == len(drawn.relays) == 5  # each way to an origin has its own place, straight ones too


def made_place(made, report):
    return [one.id for one in made.reports].index(report) + 1


def test_without_relays_there_are_two_columns():
    made = worked([SAYS[0], SAYS[3]])
    drawn = origins.rests(made.questions[0], made.lineages[0], known(made))
    assert drawn.relays == ()
    assert drawn.picture.count("<path") == 2


def test_many_origins_are_counted():
    names = ["Ao", "Be", "Ce", "De", "Eo", "Fe", "Ge", "He", "Io", "Jo", "Ka"]
    made = worked([Says("g", f"{name} saw it shut.", (f"{name} Karsk{name}",)) for name in names])
    drawn = origins.rests(made.questions[0], made.lineages[0], known(made))
    assert len(drawn.roots) == origins.MOST_ORIGINS
    assert drawn.more == f"{len(names) - origins.MOST_ORIGINS} more origins"


def test_nothing_of_a_report_becomes_markup(html):
    assert ATTACK not in html
    assert "<img" not in html
    assert TURNED[0] not in html
    assert 'style="' not in html  # the page's policy would not allow it


def test_what_it_leads_to_is_there_and_headings_go_down_step_by_step(html):
    outline = Outline(html)
    assert set(outline.leads) <= set(outline.ids)
    assert max(outline.ids.values()) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_a_picture_is_never_higher_than_the_style_sheet_knows(made):
    says = [Says("g", f"{way} it was shut.", (f"Relay {way}", "Ilo Marrek")) for way in map(chr, range(65, 90))]
    many = worked([*says, SAYS[3]])
    drawn = origins.rests(many.questions[0], many.lineages[0], known(many))
    assert len(drawn.relays) > drawn.rows
    assert f".lp.h{drawn.rows} " in (page.HERE / "style.css").read_text("utf-8")


def test_drift_has_both_sentences_and_leads_to_them(made):
    looked_up = known(made)
    several = drifts.drifts(spine.drift(made), looked_up)
    (lost,) = [one for one in several.shown if one.kind == "A hedge was lost"]
    assert (lost.before.words, lost.after.words) == ("It may have been shut.", "It was shut.")
    assert (lost.before.report, lost.after.report) == (made_place(made, "g"), made_place(made, "e"))
    assert dict(several.counts)["A hedge was lost"] == 1


def test_of_many_changes_each_kind_has_its_share(made, monkeypatch):
    monkeypatch.setattr(drifts, "MOST", 1)
    several = drifts.drifts(spine.drift(made), known(made))
    assert len(several.shown) == 1
    assert several.more == sum(number for _, number in several.counts) - 1


def test_the_matrix_says_its_limits_and_that_nothing_is_rated(html):
    matrix = html.partition("<section id=hypotheses")[2].partition("</section>\n\n<section")[0]
    assert "They are no probabilities, what happened may not be listed" in matrix
    assert "Nobody has rated anything yet" in matrix
    assert "suggested: " in matrix
    assert "how this was computed" not in matrix


def test_ratings_show_who_gave_them_and_what_hangs_on_what(made):
    (matrix,) = workspace.matrices(made, main=("q",))
    row, last = matrix.evidence[0], matrix.evidence[-1]
    ratings = {(row.id, 0): "II", (row.id, 1): "C", (last.id, 0): "I", (last.id, 1): "C"}
    called = [one.id for one in matrix.hypotheses]
    cells = tuple(
        replace(one, rating=ratings.get((one.evidence, called.index(one.hypothesis)), ""), by="A. Reader")
        for one in matrix.cells
    )
    html = compose(made, found=Weighed(matrices=(replace(matrix, cells=cells),)))
    section = html.partition("<section id=hypotheses")[2].partition("<section id=timeline")[0]
    assert "very inconsistent, rated by A. Reader" in section
    assert "Least stands against H2." in section
    assert not NUMBER.search(without_folds("<body>" + section))


def test_where_nothing_was_weighed_nothing_is_said(made):
    html = compose(made)
    assert "What it rests on" not in html
    assert "<section id=assumed" not in html
    assert "No change was found" in html


def test_the_same_whatever_the_order_of_questions(made):
    weighed = found(made)
    other = weighed._replace(weighings=weighed.weighings[::-1], drift=weighed.drift)
    assert compose(made, found=other) == compose(made, found=weighed)


def test_further_questions_have_words_only(made, monkeypatch):
    monkeypatch.setattr(page, "DRAWN_QUESTIONS", 0)
    html = compose(made, found=found(made))
    assert "What hangs on what" in html
    assert "<svg class=net" not in html
    assert "<code>sayso weigh --numbers</code>" in html


def test_what_hangs_names_reports_by_publisher_and_day(made):
    (one,) = spine.weigh(made)
    hanging = (Hanging("report", "e", None, flips=True, belief=0.0),)
    html = compose(made, found=Weighed((replace(one, hanging=hanging),)))
    assert "Without the report of Hill Echo, 4 May 2031: none leads." in html


def test_assumptions_stand_with_their_sources(html):
    table = html.partition("<section id=assumed")[2].partition("</section>")[0]
    assert "<td>fidelity, wire<td>0.97<td>Rule of thumb: a wire loses three in a hundred." in table
    assert "changed from" not in table


def test_a_dossier_is_written_with_all_of_it(made, tmp_path):
    workspace.write_dossier(made, tmp_path / "d.html")
    html = (tmp_path / "d.html").read_text("utf-8")
    assert "What it rests on" in html
    assert "<section id=assumed" in html
    assert "A hedge was lost" in html
