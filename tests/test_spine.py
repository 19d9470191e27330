from sayso import spine
from sayso.kit import digest
from sayso.model import Findings, Report

TEXT = "The harbour burned for six hours on Monday, and three warehouses were lost to the fire that night. "


def report(name, text=TEXT, **fields):
    return Report(name, text, digest(text), "f", name, **fields)


def test_a_report_in_another_language_is_left_alone():
    assert spine.read_report(report("a", language="fr"), encoder=None) == Findings("a")


def test_a_version_of_the_same_address_is_no_echo():
    first, second = report("a", address="https://g.example/fire"), report("b", TEXT * 2, address="g.example/fire/")
    assert spine.trace((first, second)) == ()
    assert len(spine.trace((first, report("b", address="https://h.example/fire")))) == 1
    assert len(spine.trace((report("a"), report("b", TEXT * 2)))) == 1
