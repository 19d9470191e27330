"""Gold tolls of marked mentions, and how tolls are scored."""

from __future__ import annotations

from evals.toll import baselines, gold_tolls, score


def mention(description, incident="7"):
    return {"description": description, "subtopic_id": incident}


def test_gold_is_made_of_participants():
    mentions = [
        mention("7.hitting.123"), mention("7.death.1"), mention("7.injuring.2"), mention("7.death.UNK"),
        mention("7.firing_a_gun.4"), mention("0"), mention("9.death.5"),
    ]  # fmt: skip
    assert gold_tolls(mentions) == {"7": (1, 2)}


def test_an_incident_that_names_nobody_is_unsettled():
    assert gold_tolls([mention("7.death.UNK"), mention("7.bag_of_events.ALL")]) == {}


def test_score_is_the_share_of_exact_numbers():
    found = score({"7": (1, 2), "8": (0, 1)}, {"7": (1, 1), "8": (0, 1)})
    assert found == {"exact": 0.75, "killed": 1.0, "injured": 0.5, "both": 0.5}
    assert score({"7": (0, 0)}, {})["exact"] == 1.0


def test_baselines():
    gold = {"7": (1, 2), "8": (1, 0), "9": (2, 2)}
    assert baselines(gold)["one killed, none injured"]["exact"] == 0.5
    assert baselines(gold)["commonest"]["exact"] == 4 / 6
