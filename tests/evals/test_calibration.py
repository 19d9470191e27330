import json
from types import SimpleNamespace

import pytest
from lxml import etree

from evals import calibration, reliability
from evals.calibration import Forecast, curve, of_article, of_chains, score
from evals.relations import Article, Relation
from sayso.model import Attribution, Span

TEXT = "Ode Varr said the ferry sank. Mara Vel said two drowned. Ina Orr said nothing burned."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def found(content, probability, within=None):
    return Attribution(content, "r", None, None, (span(content),), within, probability=probability)


def test_the_error_is_the_mean_gap_weighted_by_what_is_in_a_bin():
    forecasts = [*[Forecast(0.9, right) for right in (True, True, True, False)], Forecast(0.1, right=False)]
    result = score(forecasts)
    assert result["ece"] == pytest.approx((4 * abs(0.9 - 0.75) + 0.1) / 5)
    assert result["brier"] == pytest.approx((3 * 0.01 + 0.81 + 0.01) / 5)
    assert result["count"] == 5
    assert [(b["count"], b["share right"]) for b in result["bins"]] == [(1, 0), (4, 0.75)]


@pytest.mark.parametrize(("probability", "low"), [(0.0, 0.0), (1 / 15, 0.0667), (0.999, 0.9333), (1.0, 0.9333)])
def test_bins_are_half_open_but_the_last(probability, low):
    (only,) = score([Forecast(probability, right=True)])["bins"]
    assert only["low"] == low


def test_forecasts_that_hold_have_no_error():
    forecasts = [Forecast(0.75, right) for right in (True, True, True, False)]
    assert score(forecasts)["ece"] == 0


def test_where_nothing_was_found_nothing_is_claimed():
    assert score([]) == {"ece": None, "brier": None, "count": 0, "bins": []}


@pytest.mark.parametrize(
    ("content", "right"),
    [("the ferry sank", True), ("ferry sank", True), ("sank", False), ("said the ferry sank. Mara Vel said", False)],
)
def test_half_of_the_content_makes_it_right(content, right):
    article = Article("ferry", TEXT, (Relation(TEXT, None, span("said"), (span("the ferry sank"),)),))
    assert of_article(article, [found(content, 0.7)]) == [Forecast(0.7, right)]


def test_of_two_found_for_one_only_the_better_is_right_and_inner_ones_do_not_count():
    article = Article("ferry", TEXT, (Relation(TEXT, None, span("said"), (span("the ferry sank"),)),))
    attributions = [found("the ferry", 0.4), found("the ferry sank", 0.9), found("ferry", 0.8, within="x")]
    assert of_article(article, attributions) == [Forecast(0.4, right=False), Forecast(0.9, right=True)]


def exported(content, voices, probability, chain_probability):
    return {
        "content": [span(content)], "voices": voices, "probability": probability,
        "chain_probability": chain_probability, "unsure": chain_probability < 0.6,
    }  # fmt: skip


SCORER = SimpleNamespace(
    agreeing=lambda _known: lambda gold, voice: gold == voice,
    matched=lambda gold, found: [(g, f) for g in gold for f in found if g["content"] == f["content"]],
)
GOLD = [
    {
        "sha256": "1",
        "attributions": [
            {"content": [span("the ferry sank")], "voices": ["Courier", "Ode Varr"]},
            {"content": [span("two drowned")], "voices": ["Courier", "Mara Vel"]},
        ],
    }
]


def test_a_chain_is_right_only_with_all_its_voices():
    there = [
        exported("the ferry sank", ["Courier", "Ode Varr"], 0.9, 0.8),
        exported("two drowned", ["Courier", "Herald", "Mara Vel"], 0.9, 0.7),
        exported("nothing burned", ["Courier", "Ina Orr"], 0.2, 0.1),
    ]
    result = of_chains(GOLD, [{"sha256": "1", "attributions": there}], SCORER)
    assert [b["share right"] for b in result["attribution"]["bins"]] == [0, 1]
    assert [b["share right"] for b in result["chain"]["bins"]] == [0, 0, 1]
    assert result["sure"] == {"coverage": pytest.approx(2 / 3), "precision": 0.5}


def test_a_report_without_predictions_counts_for_nothing():
    result = of_chains(GOLD, [], SCORER)
    assert result["chain"]["count"] == 0
    assert result["sure"] == {"coverage": None, "precision": None}


def test_the_curve_takes_the_most_probable_first():
    forecasts = [Forecast(0.1 * n, n > 4) for n in range(10)]
    precision = {point["coverage"]: point["precision"] for point in curve(forecasts)}
    assert precision[0.5] == 1
    assert precision[1.0] == 0.5


def test_the_picture_is_well_formed_and_says_what_it_shows():
    result = score([Forecast(0.9, right=True), Forecast(0.9, right=False), Forecast(0.2, right=False)])
    picture = etree.fromstring(reliability.draw({"Attribution": result, "Whole <chain>": result}))
    tags = [etree.QName(element).localname for element in picture.iter()]
    assert tags.count("circle") == 2 * len(result["bins"])
    assert "0.90: 0.50" in picture.find("{*}desc").text
    assert "prefers-color-scheme:dark" in picture.find("{*}style").text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "one of the two"),
        (["articles", "--gold", "chains"], "one of the two"),
        (["--gold", "GOLD", "--scorer", "nowhere.py"], "nowhere.py: no scorer there"),
        (["nowhere"], "nowhere: there is no such file or folder"),
    ],
)
def test_wrong_use_ends_with_status_two(tmp_path, monkeypatch, capsys, arguments, message):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD[0]))
    monkeypatch.setattr("sys.argv", ["calibration", *(str(gold) if a == "GOLD" else a for a in arguments)])
    with pytest.raises(SystemExit) as stopped:
        calibration.main()
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_scorer_is_loaded_from_its_file(tmp_path):
    path = tmp_path / "scorer.py"
    path.write_text("def agreeing(voices):\n    return len(voices)\n")
    assert calibration.load_scorer(path).agreeing({"a", "b"}) == 2
