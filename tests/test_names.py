"""Which voices of different reports are one."""

from __future__ import annotations

import random

import pytest

from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Findings, Link, Report, Span
from sayso.names import plain_name, resolve


def case(*speakers):
    """One report for each speaker or (name, kind) who says one thing in it; a lower-case name is a description."""
    reports, findings = [], []
    for number, speaker in enumerate(speakers):
        name, kind = speaker if isinstance(speaker, tuple) else (speaker, "official")
        report = Report(f"r{number}", "", "", "", "", publisher=f"Outlet {number}")
        chain = (Link(report.publisher), Link(name, via=f"a{number}"))
        named = name != UNSPECIFIED and any(word[0].isupper() for word in name.split())
        one = Attribution(f"a{number}", report.id, None, None, (Span(0, 1),), None, chain, named, kind)
        reports.append(report)
        findings.append(Findings(report.id, attributions=(one,)))
    return tuple(reports), tuple(findings)


def speakers(*said):
    """How the speakers of these reports fall together: a list of sorted spellings for each voice."""
    return sorted(list(voice.spellings) for voice in resolve(*case(*said))[1] if voice.attributions)


@pytest.mark.parametrize(
    ("said", "voices"),
    [
        (("Quay Courier", "The Quay Courier"), [["Quay Courier", "The Quay Courier"]]),
        (("Dara Okonte", "President Dara Okonte"), [["Dara Okonte", "President Dara Okonte"]]),
        (("Prime Minister Dara Okonte", "DARA OKONTE"), [["DARA OKONTE", "Prime Minister Dara Okonte"]]),
        (("Dára Okonté", "Dara Okonte’s"), [["Dara Okonte’s", "Dára Okonté"]]),
        (("Dara Okonte", "Lena Okonte"), [["Dara Okonte"], ["Lena Okonte"]]),
        (("Dara Okonte", "Mr. Okonte"), [["Dara Okonte"], ["Mr. Okonte"]]),
        (("Dara Okonte", "Okonte", "Okonte"), [["Dara Okonte"], ["Okonte"], ["Okonte"]]),
        (("Lena Okonte", "Mr Okonte", "Mr Okonte"), [["Lena Okonte"], ["Mr Okonte"], ["Mr Okonte"]]),
        (("Veskara", "Veskara"), [["Veskara"]]),
        ((("Orpa News", "media"), ("Orpa", "media"), ("Orpa", "media")), [["Orpa"], ["Orpa News"]]),
        (("Ministry of Harbours", "the Ministry of Harbours"), [["Ministry of Harbours", "the Ministry of Harbours"]]),
        (("Minister of Harbours", "Harbours"), [["Harbours"], ["Minister of Harbours"]]),
        (("two officials", "two officials"), [["two officials"], ["two officials"]]),
        ((UNSPECIFIED, UNSPECIFIED), [[UNSPECIFIED], [UNSPECIFIED]]),
    ],
)
def test_who_is_one(said, voices):
    assert speakers(*said) == voices


def test_the_unnamed_of_one_report_are_one_if_called_the_same():
    reports, findings = case("two officials")
    (one,) = findings[0].attributions
    other = Attribution(
        "b", "r0", None, None, (Span(2, 3),), None, (one.chain[0], Link("Two officials", via="b")), kind="official"
    )
    _, voices = resolve(reports, (Findings("r0", attributions=(one, other)),))
    assert ("Two officials", "two officials") in {voice.spellings for voice in voices}


def test_a_name_that_was_not_resolved_joins_nothing():
    reports, findings = case("Mara Tensk", "Mara Tensk")
    last = findings[1].attributions[0]
    unsure = Attribution(
        "a1",
        "r1",
        None,
        None,
        (Span(0, 1),),
        None,
        (last.chain[0], Link("Mara Tensk", via="a1", resolved=False)),
        named=True,
    )
    _, voices = resolve(reports, (findings[0], Findings("r1", attributions=(unsure,))))
    assert sum("Mara Tensk" in voice.spellings for voice in voices) == 2


def test_publishers_nobody_recorded_are_not_one():
    reports = tuple(Report(f"r{n}", "", "", "", "") for n in range(2))
    chain = (Link(PUBLISHER_NOT_RECORDED), Link("Mara Tensk"))
    findings = tuple(
        Findings(
            f"r{n}", attributions=(Attribution(f"a{n}", f"r{n}", None, None, (Span(0, 1),), None, chain, named=True),)
        )
        for n in range(2)
    )
    _, voices = resolve(reports, findings)
    assert [voice.name for voice in voices] == ["Mara Tensk", PUBLISHER_NOT_RECORDED, PUBLISHER_NOT_RECORDED]


def test_a_relay_is_known_as_a_publisher_and_as_a_speaker():
    reports = (Report("r0", "", "", "", "", publisher="Quay Courier"), Report("r1", "", "", "", "", publisher="Herald"))
    told = Attribution(
        "a0", "r0", None, None, (Span(0, 1),), None, (Link("Quay Courier"), Link("Mara Tensk", via="a0")), named=True
    )
    passed = Attribution(
        "a1",
        "r1",
        None,
        None,
        (Span(0, 1),),
        None,
        (Link("Herald"), Link("the Quay Courier", via="a1")),
        named=True,
        kind="media",
    )
    _, voices = resolve(reports, (Findings("r0", attributions=(told,)), Findings("r1", attributions=(passed,))))
    courier = next(voice for voice in voices if "Quay Courier" in voice.spellings)
    assert (courier.attributions, courier.relays, courier.reports) == (("a1",), ("a0",), ("r0", "r1"))
    assert (courier.name, courier.kind, courier.named) == ("the Quay Courier", "media", True)


def test_the_order_of_reports_changes_nothing():
    reports, findings = case("Dara Okonte", "President Dara Okonte", "Okonte", "two officials", UNSPECIFIED)
    shuffled = random.Random(7)  # noqa: S311 - fixed orders, no secret
    for _ in range(5):
        order = shuffled.sample(range(len(reports)), len(reports))
        assert resolve(tuple(reports[n] for n in order), tuple(findings[n] for n in order)) == resolve(
            reports, findings
        )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Courier", "courier"),
        ("The", "the"),
        ("Vice President Mara Tensk", "mara tensk"),
        ("Judge", "judge"),
        ("Mr. Okonte", "mr okonte"),
        ("Secretary of State for Ports", "secretary of state for ports"),
        ("", ""),
    ],
)
def test_plain_name(name, expected):
    assert plain_name(name) == expected
