"""The truth discovery runner on an invented set: three copiers of one wrong source against two that tell apart."""

from evals.accu import accu, vote
from evals.truth import by_answers, by_names, by_numbers, near, origins, same, score
from evals.truth_data import Claim, gate, last_names, minutes

GOLD = {f"item {at}": str(at) for at in range(150)}
WRONG = {at for at in range(150) if at % 3 == 0}


def _claims():
    for at in range(150):
        said = f"{at + 1000}" if at in WRONG else str(at)
        for copier in ("copy one", "copy two", "copy three"):
            yield Claim(f"item {at}", copier, "plain", f"{said} hours", said)
        yield Claim(f"item {at}", "good", "plain", f"at {at}", str(at))
        yield Claim(f"item {at}", "fair", "plain", f"[{at}]", str(at))


CLAIMS = tuple(_claims())


def test_sources_that_write_the_same_strings_are_one_origin():
    found = origins(CLAIMS)
    assert len({found[f"copy {one}"] for one in ("one", "two", "three")}) == 1
    assert len(set(found.values())) == 3


def test_copies_outvote_but_do_not_outweigh():
    assert score(vote(CLAIMS), GOLD, same)["accuracy"] == 100 / 150
    assert score(accu(CLAIMS), GOLD, same)["accuracy"] == 100 / 150
    assert score(by_answers(CLAIMS, origins(CLAIMS), 5.0), GOLD, same)["accuracy"] == 1.0


def _authors(*lists):
    claims = [Claim("book", str(at), "authors", names, names) for at, names in enumerate(lists)]
    return by_names(claims, {one.source: one.source for one in claims}, 1.0)["book"][0]


def test_a_name_left_out_is_a_weak_denial():
    assert _authors(*["alder"] * 9, "alder elm") == "alder"
    assert _authors(*["alder"] * 5, *["alder elm"] * 3) == "alder elm"


def test_numbers_that_lie_near_each_other_stand_together():
    claims = [
        Claim("town", str(at), "population", str(v), str(v)) for at, v in enumerate((9_990, 10_000, 10_010, 90_000))
    ]
    best = by_numbers(claims, {str(at): str(at) for at in range(4)}, 5.0)
    assert near(best["town"][0], "10000")


def test_what_is_read():
    assert minutes("12:05 AM") == "5"
    assert gate("Terminal A - 15") == "15"
    assert last_names("Yacht, Carol; Crosson, Susan") == "crosson yacht"


def test_calibration_error():
    found = score({"a": ("1", 0.95), "b": ("1", 0.95)}, {"a": "1", "b": "0"}, same)
    assert found["accuracy"] == 0.5
    assert abs(found["ece"] - 0.45) < 1e-9
