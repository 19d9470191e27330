"""Chosen names are replaced throughout: nothing of them is left, whatever is written, and spans still fit."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

import pytest

from sayso import exchange, redaction, workspace
from sayso.dossier import compose
from sayso.kit import WrongUse
from sayso.model import (
    Caveat,
    Entity,
    Findings,
    Joining,
    Span,
    Where,
)
from sayso.redaction import MARK, REDACTED
from sayso.redaction.folding import folded
from sayso.redaction.matching import Moves, Names, rewritten
from tests.dossier.case_of_ostra import MASTER, ostra, report, span
from tests.dossier.test_questions import asked

NAMES = ("Ilse Varn", "The Dockers' Union")


def crowded():
    """The case of Ostra with every place of a report that can hold a name holding one, in one form or another."""
    case = asked(ostra())
    wire, *rest = case.reports
    wire = replace(
        wire, title="VARN’S LAST WORD", authors=("Varn, Ilse", "Ada Lind"), name="ilse_varn.jsonl", place="varn > 1",
        address="https://coast.example/%C3%8Dlse-varn-denies?by=dockersunion", publisher="Coast Wire of Ilse Värn",
    )  # fmt: skip
    note = Caveat("ilse-varn.pdf", "not-read", "Ilse\xadVarn’s file could not be read.")
    files = tuple(replace(one, name=f"Ilse Varn {one.name}") for one in case.files)
    judged = tuple(replace(one, reason=f"{one.reason} says VARN") for one in case.judgements)
    return replace(
        case, reports=(wire, *rest), caveats=(*case.caveats, note), files=files, judgements=judged,
        questions=tuple(replace(one, text=f"{one.text} Varnish by Varn?") for one in case.questions),
    )  # fmt: skip


def outputs(told, title="The Varn file"):
    return {
        "html": compose(told.case, title=told.text(title)),
        "json": exchange.to_json(told.case),
        "csv": exchange.to_csv(told.case),
        "chains": exchange.to_chains(told.case, with_text=True),
    }


def plain(text):
    """Without accents, case, and anything that is no letter."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(filter(str.isalnum, text.casefold()))


@pytest.mark.parametrize("form", ["html", "json", "csv", "chains"])
def test_nothing_of_a_name_is_left(form):
    before, after = (outputs(one)[form] for one in (workspace.Redaction(crowded()), workspace.redact(crowded(), NAMES)))
    for words in ("ilse", "varn", "dockersunion"):
        assert words in plain(before)
        assert words not in plain(after), words
    assert "Person " in after
    assert "Group " in after


def test_others_are_left_as_they_are():
    told = workspace.redact(asked(ostra()), NAMES)
    for words in ("Tomas Reke", "The Maritime Ledger", "Ostra Port Authority"):
        assert words in outputs(told)["html"]


def test_a_pseudonym_is_the_same_whoever_else_is_chosen_and_in_whatever_order():
    case = asked(ostra())
    alone = workspace.redact(case, ["Ilse Varn"])
    both, turned = workspace.redact(case, NAMES), workspace.redact(case, NAMES[::-1])
    assert set(alone.pseudonyms) < set(both.pseudonyms)
    assert both.case == turned.case
    assert both.pseudonyms == turned.pseudonyms


def test_every_span_has_the_words_it_had():
    case = crowded()
    told = workspace.redact(case, NAMES)
    names = told._known.names
    for before, after, was, now in zip(case.reports, told.case.reports, case.findings, told.case.findings, strict=True):
        assert after.text == names.without(before.text)
        for one, other in zip(was.attributions, now.attributions, strict=True):
            for old, new in zip(one.content, other.content, strict=True):
                assert after.text[slice(*new)] == names.without(before.text[slice(*old)])
        for one, other in zip(was.quantities, now.quantities, strict=True):
            assert after.text[slice(*other.span)] == other.as_written
            assert (one.low, one.counted) == (other.low, other.counted)
        assert all(0 <= start < end <= len(after.text) for start, end in now.sentences)


def test_pages_begin_where_they_did():
    text = "Varn spoke.\nVarn left.\nThe end."
    case = ostra()
    paged = replace(case.reports[0], text=text, pages=((0, 12), (23,)))
    told = workspace.redact(replace(case, reports=(paged,), findings=(Findings(paged.id),)), ["Varn"])
    (after,) = told.case.reports
    assert [after.text[start:].split()[0] for page in after.pages for start in page] == ["Person", "Person", "The"]


def test_hashes_of_what_was_replaced_are_kept_back():
    case = asked(ostra())
    told = workspace.redact(case, ["Ilse Varn"])
    for before, after in zip(case.reports, told.case.reports, strict=True):
        assert (after.sha256 == MARK) == (before.text != after.text)
    assert {one.sha256 for one in told.case.files} >= {one.file for one in told.case.reports} - {case.reports[2].file}
    assert told.case.files[0].sha256.startswith(MARK)
    for form in ("html", "json", "csv", "chains"):
        output = outputs(told)[form]
        assert MARK in output
        assert case.reports[0].sha256 not in output
        assert case.reports[0].file not in output


def test_no_id_can_be_tried_out_against_a_guess():
    """Ids of a case are hashes of words: a redacted case has others, that join its records as before."""
    case = asked(ostra())
    told = workspace.redact(case, NAMES)
    output = outputs(told)["json"]
    for name in (*(one.id for one in case.reports), *(one.id for one in case.entities), *(v.id for v in case.voices)):
        assert name not in output
    was, now = (
        [given.claim in {claim.id for each in one.findings for claim in each.claims}
         for question in one.questions for answer in question.answers for given in answer.given]
        for one in (case, told.case)
    )  # fmt: skip
    assert was == now
    assert any(now)
    assert [one.report for one in told.case.findings] == [one.id for one in told.case.reports]


def test_a_redacted_address_is_no_link():
    html = outputs(workspace.redact(crowded(), ["Ilse Varn"]))["html"]
    assert 'href="https://coast.example' not in html
    assert "redacted: coast.example/" in html


def test_it_says_that_it_is_redacted():
    told = workspace.redact(ostra(), ["Ilse Varn"])
    assert told.case.caveats[0].kind == REDACTED
    assert "Names were replaced by pseudonyms" in outputs(told)["html"]
    assert any("Descriptions are left" in warning for warning in told.warnings)


def test_a_description_that_stands_for_somebody_is_named_in_a_warning():
    case = ostra()
    voices = tuple(replace(v, spellings=(*v.spellings, "the harbour master")) if v.entity == MASTER else v
                   for v in case.voices)  # fmt: skip
    told = workspace.redact(replace(case, voices=voices), ["Ilse Varn"])
    assert any("“the harbour master”" in warning for warning in told.warnings)
    assert "arbour master Person " in told.case.reports[0].text


def met(text, *several):
    """A case of one report in which people are named; the first spelling is their name."""
    of = report(text, "Coast Wire", "2031-05-02")
    entities = tuple(
        Entity(f"{number:016x}", spellings[0], "person", spellings,
               tuple(Where(of.id, span(text, words)) for words in spellings if words in text))
        for number, spellings in enumerate(several, 1)
    )  # fmt: skip
    return replace(ostra(), reports=(of,), findings=(Findings(of.id),), entities=entities, voices=(), incidents=(),
                   echoes=(), judgements=(), files=(), caveats=())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Ada Morren’s brother saw ADA MORREN.", "Person 1’s brother saw Person 1."),
        ("Morren denied it. Mrs. Morren, Ada, left.", "Person 1 denied it. Mrs. Person 1, left."),
        ("Morrenism, anti-morren and adamorren", "Person 1ism, anti-Person 1 and Person 1"),
        ("Àda Mörren, Ada\nMorren and Mor-\nren", "Person 1, Person 1 and Person 1"),
        ("https://x.example/ada_morren/ada%20morren", "https://x.example/Person 1/Person 1"),
        ("Ada stayed in Canada with the adamant.", "Person 1 stayed in Canada with the adamant."),
        ("Ａｄａ Ｍｏｒｒｅｎ", "Person 1"),
    ],
)
def test_a_name_in_all_its_forms(text, redacted):
    case = met(f"Ada Morren came. Then Morren went. {text}", ("Ada Morren", "Morren"))
    (after,) = workspace.redact(case, ["Ada Morren"]).case.reports
    assert after.text.endswith(redacted)


def test_another_of_the_same_family_keeps_the_first_name_only():
    case = met("Ada Morren met Ivo Morren. Morren wept.", ("Ada Morren", "Morren"), ("Ivo Morren",))
    (after,) = workspace.redact(case, ["Ada Morren"]).case.reports
    assert after.text == "Person 1 met Ivo [withheld]. Person 1 wept."


def test_a_part_that_others_have_too_is_left_with_a_warning():
    case = met("Ada Morren met Ivo Morren.", ("Ada Morren",), ("Ivo Morren",))
    told = workspace.redact(case, ["Ada Morren"])
    assert told.case.reports[0].text == "Person 1 met Ivo Morren."
    assert any("--redact “morren”" in warning for warning in told.warnings)


def test_who_may_be_the_same_is_redacted_too():
    case = met("Ada Morren came. Ada Moren left.", ("Ada Morren",), ("Ada Moren",))
    one, other = case.entities
    open_ = Joining("Ada Moren", "Ada Morren", "may well be one name", 0.9, taken=False, disputed=True)
    told = workspace.redact(replace(case, entities=(replace(one, joinings=(open_,)), other)), ["Ada Morren"])
    assert told.case.reports[0].text == "Person 1 came. Person 2 left."
    assert any("may well be the same: Person 2" in warning for warning in told.warnings)


@pytest.mark.parametrize(
    ("name", "text", "redacted"),
    [
        ("Al Su", "Al Su also sued al su, ALSU.", "Person 1 also sued Person 1, ALSU."),
        ("UDF", "The UDF and UDFs, not the udf in hudfield.", "The Person 1 and Person 1s, not the udf in hudfield."),
        ("林悦", "林悦说他来了", "Person 1说他来了"),
    ],
)
def test_short_names_are_words_of_their_own(name, text, redacted):
    (after,) = workspace.redact(met(text, (name,)), [name]).case.reports
    assert after.text == redacted


def test_a_name_that_the_case_knows_nobody_by_is_replaced_as_it_is_spelled():
    told = workspace.redact(ostra(), ["Ada Lind"])
    assert told.case.reports[0].authors == told.pseudonyms
    assert told.pseudonyms == ("Name 1",)


@pytest.mark.parametrize(("name", "said"), [("1234", "no name"), ("Bo Quill", "stands nowhere in the case")])
def test_what_cannot_be_redacted_is_refused(name, said):
    with pytest.raises(WrongUse, match=said):
        workspace.redact(ostra(), [name])


def test_nothing_is_replaced_without_names():
    case = ostra()
    assert redaction.Redaction(case).case is case
    assert workspace.export(redaction.Redaction(case), "csv") == exchange.to_csv(case)


@pytest.mark.parametrize("seed", range(40))
def test_spans_move_with_any_cuts(seed):
    """Of random texts, every span that cuts no name has the same words after as before."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    text = "".join(dice.choice(["ann", "Morren", " ", "MORREN", "x", "é", "%C3%A9", "-\n"]) for _ in range(60))
    names = Names({("morren",): "Person 1"}, {})
    cuts = names.cuts(text)
    after, moves = rewritten(text, cuts), Moves(cuts)
    assert "morren" not in folded(after).text
    for _ in range(60):
        start = dice.randrange(len(text))
        old = Span(start, dice.randrange(start, len(text)) + 1)
        new = moves.span(old)
        assert 0 <= new.start < new.end <= len(after)
        if all((old.start <= cut.start and cut.end <= old.end) or cut.end <= old.start or old.end <= cut.start
               for cut in cuts):  # fmt: skip
            assert after[slice(*new)] == names.without(text[slice(*old)])
