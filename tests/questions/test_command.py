"""What the command `sayso questions` shows: never an answer without the voices that give it, each on its own side."""

from __future__ import annotations

from dataclasses import replace

from sayso.cli.questions import rows, table
from tests.accounts.made import Story, said


def asked():
    story = Story().report(
        "Police said Lena Varr burned the shed.", said("Lena Varr burned the shed", "Police")
    )  # fmt: skip
    story.answer("perpetrator", "Lena Varr")
    story.report("Aunts denied that Lena Varr did.", said("that Lena Varr did", "Aunts", "denied", stance="denies"))
    story.answer("perpetrator", "Lena Varr", is_for=False)
    story.report("Lena Varr burned it.").answer("perpetrator", "Lena Varr", claim="own")
    return story.case()


def test_each_voice_stands_on_its_side_with_what_is_not_plain_about_it():
    case = asked()
    (row,) = rows(case, case.questions)
    assert row["who_says_so"] == ["Quay Courier (in the reporter's own voice)", "Police (unsure)"]
    assert row["who_denies_it"] == ["Aunts (unsure)"]
    assert (len(row["for"]), len(row["against"])) == (2, 1)


def test_the_table_says_the_same_in_words():
    case = asked()
    (row,) = table(case, case.questions[0])
    assert row["answer"].startswith("Lena Varr")
    assert row["who says so"] == "Quay Courier (in the reporter's own voice), Police (unsure)"
    assert (row["who denies it"], row["differs"]) == ("Aunts (unsure)", "")


def test_a_voice_stands_once_with_the_firmest_of_its_hedges():
    story = Story().report("Colonel Berren said it may be Lena Varr.", said("it may be Lena Varr", "Colonel Berren", certainty="possible"))  # fmt: skip # noqa: E501
    story.answer("perpetrator", "Lena Varr")
    story.report("Berren said Lena Varr probably lit it.", said("Lena Varr probably lit it", "Berren", certainty="probable"))  # fmt: skip # noqa: E501
    story.answer("perpetrator", "Lena Varr")
    case = story.case()
    colonel = replace(case.voices[0], attributions=tuple(one for each in case.voices for one in each.attributions))
    (row,) = rows(replace(case, voices=(colonel,)), case.questions)
    assert row["who_says_so"] == ["Colonel Berren (probable) (unsure)"]
