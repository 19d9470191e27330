import json
from pathlib import Path

import pytest

from evals import muc, mucscore, muctext, mucwho
from evals.casing import natural
from evals.counting import Counts
from sayso.model import Filler, Findings, Span

DATA = Path(__file__).parents[3] / "shared" / "data" / "muc34"

TEXT = """VARNHOLM, 3 MAY 31 -- THE KETTERAND FREE LEAGUE (KFL) TODAY CLAIMED
RESPONSIBILITY FOR THE BOMB THAT DAMAGED THE HARBOUR BRIDGE.

   POLICE SAID  ARMED MEN OF THE KFL HAD KILLED ADA MORREN."""

KEY = """;;; a remark
0.  MESSAGE: ID                     DEV-TEST-0001
1.  MESSAGE: TEMPLATE               1
9.  PERP: INDIVIDUAL ID             "ARMED MEN OF THE KFL" / "ARMED MEN"
10. PERP: ORGANIZATION ID           "KETTERAND FREE LEAGUE" / "KFL"
                                    "BLUE WING"
11. PERP: ORGANIZATION CONFIDENCE   CLAIMED OR ADMITTED / REPORTED AS FACT: "KETTERAND FREE LEAGUE" / "KFL"
                                    POSSIBLE: "BLUE WING"
12. PHYS TGT: ID                    "HARBOUR BRIDGE"
"""

EXTRACTS = {
    "PerpInd": [[["armed men of the kfl", 0], ["armed men", 0]]],
    "PerpOrg": [[["ketterand free league", 0], ["kfl", 0]]],
    "Target": [[["harbour bridge", 0]]],
    "Victim": [[["ada morren", 0]]],
    "Weapon": [[["bomb", 0]]],
}


def entities(*groups):
    return [frozenset(group) for group in groups]


@pytest.fixture
def folder(tmp_path):
    for name, fields in (("doc", {"text": TEXT}), ("grit", {"extracts": EXTRACTS})):
        (tmp_path / f"{name}_new.jsonl").write_text(json.dumps({"docid": "DEV-TEST-0001", **fields}) + "\n")
    (tmp_path / "key-new.v1").write_text(KEY)
    return tmp_path


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([["a", "b"]], [["a"]], 1),
        ([["a", "b"]], [["a", "b"]], 1),
        ([["a", "b"]], [["a", "c"]], 0),  # one mention too many
        ([["a", "b"]], [["a"], ["b"]], 1),  # one to one
        ([["a"], ["a", "b"]], [["a"], ["b"]], 2),  # what fits both leaves room for what fits one
        ([["a", "b"], ["a"]], [["a"], ["b"]], 2),
        ([], [["a"]], 0),
        ([["a"]], [], 0),
    ],
)
def test_entities_are_paired_one_to_one_as_many_as_can_be(gold, found, pairs):
    counts = mucscore.count({"weapon": entities(*gold)}, {"weapon": entities(*found)})
    assert counts["weapon"] == Counts(pairs, len(found), len(gold))
    assert counts["victim"] == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("mention", "expected"),
    [("The Bomb", "bomb"), ('"Blue  Wing" (BW)', "blue wing bw"), ("a car-bomb", "carbomb"), ("theatre", "theatre")],
)
def test_mentions_are_compared_without_case_punctuation_and_articles(mention, expected):
    assert mucscore.normalise(mention) == expected


def test_reports_come_with_their_gold(folder):
    assert muctext.parts(folder) == ["new"]
    (document,) = muctext.documents(folder, "new")
    assert document.text.count("\n\n") == 1
    assert "\n" not in document.text.replace("\n\n", "")
    assert document.text.casefold().split() == TEXT.casefold().split()
    assert document.entities["perpetrator_group"] == (("ketterand free league", "kfl"),)
    assert document.accused == (
        muctext.Accused(("ketterand free league", "kfl"), frozenset({"claimed", "fact"})),
        muctext.Accused(("blue wing",), frozenset({"possible"})),
    )


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("THE POLICE ARRESTED HIM. THEN THEY LEFT.", "The police arrested him. Then they left."),
        ("SAID MORREN'S MEN OF THE KLF", "Said Morren's men of the KLF"),
        ("ATTACKS,\n\nBOMBINGS", "Attacks,\n\nBombings"),
        ("", ""),
    ],
)
def test_capitals_become_mixed_case(capitals, expected):
    assert natural(capitals) == expected


def test_fillers_and_confidence_are_counted(folder):
    (document,) = muctext.documents(folder, "new")

    def filler(role, words):
        start = document.text.casefold().index(words)
        return Filler(role, Span(start, start + len(words)), 0.9)

    findings = Findings(
        "r",
        fillers=(
            filler("perpetrator_group", "kfl"),
            filler("weapon", "the bomb"),
            filler("weapon", "bomb"),
            filler("target", "police"),
        ),
    )
    told = [(mucwho.suspects(document), mucwho.named(document, findings))]
    printed = muc.score([muc.counted(document, findings)], muc.answers(document, findings), told)
    assert printed["perpetrator_group"] == {"precision": 1, "recall": 1, "f1": 1, "gold": 1}
    assert printed["weapon"]["precision"] == 1
    assert printed["target"]["f1"] == 0
    assert printed["micro"] == {"precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 5), "f1": 0.5}
    assert printed["confidence"]["count"] == printed["confidence"]["found"]["count"] == 1  # one does not stand there
    assert printed["confidence"]["accuracy"] == 1
    assert printed["who"]["identity"]["f1"] == pytest.approx(2 / 3)  # one of two perpetrators
    assert printed["who"]["f1"] == 0  # it came without a class
    assert printed["who"]["people"]["gold"] == 1


def test_people_have_the_classes_of_the_groups_of_their_templates(folder):
    (document,) = muctext.documents(folder, "new")
    people, group = mucwho.suspects(document)
    assert (people.role, people.classes) == ("perpetrator", {"claimed", "fact", "possible"})
    assert (group.role, group.classes) == ("perpetrator_group", {"claimed", "fact"})
    assert mucwho.suspects(document._replace(acts=()))[0].classes == frozenset()


PEOPLE = mucwho.Suspect("perpetrator", frozenset({"armed men", "men"}), frozenset({"accused", "fact"}))
GROUP = mucwho.Suspect("perpetrator_group", frozenset({"blue wing"}), frozenset({"claimed"}))
ANY = mucwho.Suspect("perpetrator", frozenset({"strangers"}), frozenset())


@pytest.mark.parametrize(
    ("gold", "found", "right", "without_class", "apart"),
    [
        ([PEOPLE], [("perpetrator", "men", "fact")], (1, 1), 1, (1, 1)),
        ([PEOPLE], [("perpetrator", "men", "claimed")], (0, 1), 1, (0, 1)),
        ([ANY], [("perpetrator", "strangers", "claimed")], (1, 1), 1, (1, 1)),
        ([PEOPLE], [("perpetrator_group", "men", "fact")], (1, 1), 1, (0, 1)),  # one pool
        ([PEOPLE], [("perpetrator", "men", "fact"), ("perpetrator", "armed men", "fact")], (1, 2), 1, (1, 2)),
        # the same words twice are one; the first class stands
        (
            [GROUP],
            [("perpetrator", "blue wing", "fact"), ("perpetrator_group", "blue wing", "claimed")],
            (0, 1),
            1,
            (1, 2),
        ),
        ([PEOPLE, GROUP, ANY], [], (0, 0), 0, (0, 0)),
    ],
)
def test_who_with_the_right_class(gold, found, right, without_class, apart):
    named = [mucwho.Named(*one) for one in found]
    assert mucwho.counted(gold, named) == Counts(*right, len(gold))
    assert mucwho.counted(gold, named, classes=False).right == without_class
    assert mucwho.counted(gold, named, apart=True) == Counts(*apart, len(gold))


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"no development data in {DATA}")
def test_gold_handed_in_as_found_scores_one():
    for document in muctext.documents(DATA, "dev"):
        gold = {
            role: [frozenset(map(mucscore.normalise, one)) for one in every]
            for role, every in document.entities.items()
        }
        found = {role: [frozenset([min(one)]) for one in every] for role, every in gold.items()}
        counts = mucscore.count(gold, found)
        assert all(one.predicted == one.gold for one in counts.values())
        assert sum(one.right for one in counts.values()) >= 0.95 * sum(one.gold for one in counts.values())
