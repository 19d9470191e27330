"""The whole page: what it says, that it leads to the words, and that text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sayso.dossier import compose, page
from sayso.dossier.fold import ALPHABET, fold, pack, weight
from sayso.dossier.index import number
from sayso.dossier.reports import first_line, headline, pairs
from sayso.dossier.voices import cards
from sayso.model import Case, Echo, Findings, Judgement, Link, Span, Version, Voice
from tests.dossier.case_of_ostra import ATTACK, TURNED, ostra, report, span


class Outline(HTMLParser):
    """Elements, ids, fragments and visible text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.leads, self.headings = Counter(), Counter(), [], []
        self.words, self.inside, self.attributes = [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids.update(value for name, value in attrs if name == "id")
        self.leads += [value[1:] for name, value in attrs if name == "href" and (value or "").startswith("#")]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside not in {"style", "script", "template"}:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def html():
    return compose(ostra())


@pytest.fixture(scope="module")
def outline(html):
    return Outline(html)


@pytest.mark.parametrize(
    "said",
    [
        "It never says that a claim is so.",
        "A person has checked 1 passage; the other 10 are as read by program.",
        "2 May 2031 to 3 May 2031",
        "named, official. Speaks twice in 1 report, carried by Coast Wire .",
        "not named, official. Speaks once in 1 report, carried by Coast Wire; through The Maritime Ledger .",
        (
            "Coast Wire The Maritime Ledger two port officials alleges, probable to it guards probably left a gate "
            "open report 1, sentence 3 · 2 May 2031"
        ),
        "denies any gate had been open",
        "declines The governor declined to comment . report 2, sentence 4 · 3 May 2031",
        "saving on guards, and asked the governor for an inquiry . report 2, sentence 3",
        "“We heard a bang,” … “Then the windows went. “After that it was only smoke.”",
        "He not resolved unsure the count could still rise unsure: read the sentence report 1, sentence 9",
        "Coast Wire speaker not given unsure possible nobody slept in the sheds unsure: read the sentence report 1",
        "the port authority … of saving on guards",
        "accepted by R. Moll, 1 June 2031, 09:00: read against the recording",
        "No speaker given passages that the reports give to nobody 1 passage in 1 report",
        "Passes on the words of others in 1 claim: report 1, sentence 3 .",
        "Also written “Varn”",
        "About half of report 2, Ostra Courier , stands in report 1, Coast Wire Dated 2 May 2031 (report 1) and 3 May",
        "About half of its words stand in report 1",
        "not read Line 7 is no JSON. Mend it and read the file again. broken.jsonl",
        "4.0 KiB application/jsonl 2031-06-01T08:00:00Z",
        "retracted by",
    ],
)
def test_the_page_says(outline, said):
    assert said in outline.text


def test_every_passage_is_under_a_voice_once_and_marked_in_its_report(outline):
    for place in range(1, 12):
        assert outline.ids[f"c{place}"] == 1
        assert outline.ids[f"q{place}"] == 1
    assert all(times == 1 for times in outline.ids.values())


def test_only_what_a_person_judged_loses_its_read_by_program(html):
    rows = re.findall(r"<li id=c(\d+)([^>]*)>", html)
    assert {number for number, rest in rows if "seen" in rest} == {"1", "11"}
    assert '.cl li::after { content: "read by program";' in html
    assert ".cl .seen::after { content: none; }" in html


def test_every_lead_arrives(outline):
    assert outline.leads
    assert [lead for lead in outline.leads if lead not in outline.ids] == []


def test_headings_descend_step_by_step_and_landmarks_are_there(outline):
    assert outline.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert [outline.tags[tag] for tag in ("main", "nav", "h1", "footer")] == [1, 1, 1, 1]


def test_hashes_stand_in_the_custody_table(html):
    case = ostra()
    for digest in [one.sha256 for one in (*case.reports, *case.files)]:
        assert f"<code>{digest}</code>" in html


def test_no_per_cent_and_no_number_of_a_model_is_shown(outline):
    assert "%" not in outline.text
    assert not {"0.45", "0.95", "0.9", "0.5"} & set(outline.text.split())


def unsure(case, *places, report=0):
    """The case with these attributions of a report unsure, by their place in it."""
    found = case.findings[report]
    changed = tuple(replace(a, chain_probability=0.2) if n in places else a for n, a in enumerate(found.attributions))
    findings = tuple(replace(f, attributions=changed) if f is found else f for f in case.findings)
    return replace(case, findings=findings)


@pytest.mark.parametrize(
    "said",
    [
        "2 passages marked unsure: read the sentence before anything rests on it",
        "2 passages hedged: probable or possible only, 1 of them unsure",
        "7 attributed passages, 2 of them unsure",
        "“unsure: read the sentence” stands at the claim and “[unsure]” in the report",
    ],
)
def test_what_is_unsure_is_said_so(outline, said):
    assert said in outline.text


def test_in_the_text_the_cue_of_what_is_unsure_says_so_and_its_line_is_broken(html):
    assert "is believed</a><small role=note>[unsure]</small>" in html
    assert html.count("<small role=note>[unsure]</small>") == 2
    assert len(re.findall(r"<u id=q\d+ class=n>", html)) == 2


def test_a_voice_says_how_much_of_it_is_unsure_and_the_head_rests_on_the_rest():
    text = Outline(compose(unsure(ostra(), 3))).text
    assert "named, official speaks twice in 1 report, 1 of them unsure" in text
    assert "named, official. Speaks once in 1 report (1 more unsure), carried by Coast Wire" in text


def test_a_voice_met_in_unsure_passages_only_is_not_at_the_head():
    case = unsure(ostra(), 4)
    found = cards(case, number(case))
    reke = next(card for card in found if card.name == "Tomas Reke")
    assert (reke.own, reke.heard, reke.speaks) == (0, "", "speaks once in 1 report, unsure")
    text = Outline(compose(case)).text
    assert "1 voice met in unsure passages only" in text
    assert "Tomas Reke named, witness." not in text


def test_a_relay_is_unsure_where_its_passage_is():
    case = unsure(ostra(), 2)
    assert "Passes on the words of others in 1 claim: report 1, sentence 3, unsure" in Outline(compose(case)).text


def test_what_a_person_has_checked_is_not_marked_unsure():
    case = unsure(ostra(), 0)
    assert not number(case).is_unsure(next(iter(number(case).entries.values())))
    retracted = replace(case, judgements=(replace(case.judgements[0], verdict="retracted"),))
    assert number(retracted).is_unsure(next(iter(number(retracted).entries.values())))


def test_a_case_with_nothing_sure_says_so():
    case = ostra()
    for place in range(3):
        case = unsure(case, *range(9), report=place)
    text = Outline(compose(replace(case, judgements=()))).text
    assert "No voice is met in a passage that is sure enough to stand here." in text
    assert "The longest chains" not in text
    assert "1 accusation, unsure" in text or "accusations, all unsure" in text


def test_the_same_case_gives_the_same_page(html):
    assert compose(ostra()) == html


def test_text_of_reports_stays_text(html, outline):
    assert outline.tags["script"] == 1
    assert outline.tags["img"] == 0
    assert "<script>alert" not in html
    assert TURNED[0] not in html
    assert not [a for a in outline.attributes if a[1].startswith("on") or "javascript:" in a[2] or "alert" in a[2]]
    # Every payload of the case is there to be read: in title, names, words, caveats, judgements and custody.
    assert outline.text.count(ATTACK) >= 20


def test_links_to_the_web_tell_nothing(html, outline):
    away = [a for a in outline.attributes if a[1] in {"href", "src"} and not a[2].startswith("#")]
    assert away == [("a", "href", "https://coast.example/1")]
    assert 'href="https://coast.example/1" rel="noreferrer noopener"' in html


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    for kind, tag in (("style", "style"), ("script", "script")):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=", html)


def test_an_empty_case_is_a_page():
    outline = Outline(compose(Case((), ())))
    assert "0 reports" in outline.text
    assert "No attributed passage was found." in outline.text


def test_passages_without_a_voice_are_shown_all_the_same():
    case = ostra()
    outline = Outline(compose(replace(case, voices=())))
    assert "Speakers not told apart" in outline.text
    assert {f"c{number}" for number in range(1, 12)} <= outline.ids.keys()


def test_a_judgement_that_was_superseded_no_longer_stands():
    case = ostra()
    later = Judgement("j9", case.judgements[0].about, "rejected", "misheard", "R. Moll", "2031-06-03", "j1")
    outline = Outline(compose(replace(case, judgements=(*case.judgements, later))))
    assert "rejected by R. Moll, 3 June 2031: misheard" in outline.text
    assert "accepted by" not in outline.text


def test_a_voice_that_only_passes_on_is_shown():
    case = ostra()
    ids = tuple(a.id for a in case.findings[0].attributions[:1])
    relay = Voice("v", "The Evening Bell", "media", named=True, spellings=(), attributions=(), relays=ids, reports=())
    text = Outline(compose(replace(case, voices=(*case.voices, relay)))).text
    assert "The Evening Bell named, news outlet passes on the words of others" in text


def test_the_case_s_title_heads_the_page_as_text(html):
    page = compose(ostra(), title=f"The fire of Ostra {ATTACK}")
    assert "<p class=case><bdi>The fire of Ostra &lt;script&gt;" in page
    assert "<title>The fire of Ostra &lt;script&gt;" in page
    assert "<p class=case>" not in html
    assert "<title>Dossier: 3 reports, 2 May 2031 to 3 May 2031</title>" in html


def relayed(stance="asserts", certainty="certain", chance=0.95, ledger="The Maritime Ledger"):
    """The invented case, its one relayed passage through a relay that stands so to it, as likely right as this."""
    case = ostra()
    wire = case.findings[0]
    said = wire.attributions[2]
    chain = (said.chain[0], Link(ledger, stance, certainty, via=wire.attributions[1].id), Link("two port officials"))
    changed = (
        wire.attributions[0],
        replace(wire.attributions[1], chain_probability=chance),
        replace(said, chain=chain, stance="asserts", certainty="certain"),
        *wire.attributions[3:],
    )
    return replace(case, findings=(replace(wire, attributions=changed), *case.findings[1:]))


@pytest.mark.parametrize(
    ("stance", "certainty", "words"),
    [
        ("alleges", "certain", "as told by The Maritime Ledger, who alleges it"),
        ("alleges", "probable", "as told by The Maritime Ledger, who alleges it · probable"),
        ("denies", "certain", "as told by The Maritime Ledger, who denies it"),
        ("asserts", "unknown", "as told by The Maritime Ledger · unclear how firmly"),
    ],
)
def test_what_is_only_alleged_of_a_voice_is_no_word_of_its_own(stance, certainty, words):
    case = relayed(stance, certainty)
    text = Outline(compose(case)).text
    assert f"{words} to it guards probably left a gate open" in text
    found = cards(case, number(case))
    accused = next(card for card in found if card.name == "two port officials")
    assert accused.speaks == "is said by others to have spoken once"
    # It comes after every voice that speaks itself.
    assert all(card.own for card in found[: accused.number - 1])
    assert accused.own == 0


def test_a_plain_relay_takes_nothing_from_the_speaker():
    case = relayed()
    assert "as told by The" not in Outline(compose(case)).text
    speaks = {card.name: card.speaks for card in cards(case, number(case))}
    assert speaks["two port officials"] == "speaks once in 1 report"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"chance": 0.3}, False),
        ({"stance": "denies"}, False),
        ({"ledger": "Two Port Officials"}, False),
        ({"ledger": "the Coast Wire"}, False),
        ({"ledger": "unspecified"}, False),
    ],
)
def test_only_chains_that_can_be_relied_on_head_the_page(fields, shown):
    assert ("The longest chains" in compose(relayed(**fields))) is shown


def test_a_place_where_a_voice_passes_on_twice_is_named_once():
    case = ostra()
    ids = tuple(a.id for a in case.findings[0].attributions[1:3])
    relay = Voice("v", "The Evening Bell", "media", named=True, spellings=(), attributions=(), relays=ids, reports=())
    text = Outline(compose(replace(case, voices=(*case.voices, relay)))).text
    assert "Passes on the words of others in 2 claims: report 1, sentence 3 ." in text


@pytest.mark.parametrize(
    ("title", "publisher", "published", "expected"),
    [
        ("Lost", "Wire", "2031-05-02", "Lost"),
        ("", "Wire", "2031-05-02", "Wire, 2 May 2031"),
        ("", "Wire", "", "Wire"),
        ("", "", "", "Three sheds burned."),
    ],
)
def test_a_report_without_headline_is_called_by_publisher_and_date(title, publisher, published, expected):
    one = report("Three sheds burned.\nNobody slept.", publisher, published, title=title)
    assert headline(one) == expected
    assert first_line(one) == "Three sheds burned."


def test_shared_passages_begin_with_a_sentence_where_they_can():
    copy = report("He told us so on Monday. The sheds burned for six hours and more.", "A", "2031-05-03")
    first = report("Told us so on Monday. “The sheds burned for six hours and more.", "B", "2031-05-02")
    whole = (span(copy.text, copy.text[8:]), Span(5, len(first.text)))
    part = (span(copy.text, "on Monday"), span(first.text, "on Monday"))
    case = Case(
        reports=(copy, first), findings=(Findings(copy.id, (Span(0, 24), Span(25, len(copy.text)))),),
        echoes=(Echo(copy.id, first.id, (whole, part), 0.9),),
    )  # fmt: skip
    assert pairs(case, number(case))[0].passages == (
        ("The sheds burned for six hours and more.", "“The sheds burned for six hours and more."),
        ("… on Monday", "… on Monday"),
    )


def test_a_page_too_large_packs_its_last_parts_and_loses_nothing(monkeypatch, html, outline):
    monkeypatch.setattr(page, "LARGEST_PAGE", weight(html) - 3000)
    monkeypatch.setattr(page, "KEPT", dict.fromkeys(page.KEPT, 0))
    small = compose(ostra())
    assert weight(small) < weight(html)
    packed = re.findall(r"<template class=z>([^<]+)</template>", small)
    assert packed
    unpacked = "".join(map(unpack, packed))
    assert Outline(small + unpacked).ids == outline.ids
    assert "are shown once scripts are allowed" in small


def test_folding_keeps_what_fits_and_the_first_pieces():
    pieces = [Markup("<p>piece {} {}").format(n, "words " * 50) for n in range(100)]
    size = weight("".join(pieces))
    assert fold(pieces, size, keep=3).hidden == 0
    folded = fold(pieces, size // 2, keep=3)
    assert 0 < folded.hidden < 97
    assert folded.octets <= size // 2
    assert fold(pieces, 0, keep=3).hidden == 97
    assert folded.packed == pack(pieces[-folded.hidden :])


def unpack(packed):
    """What the page's script makes of a packed part."""
    raw = base64.b85decode(packed.translate(str.maketrans(",.:", "&<>")))
    return zlib.decompress(raw, -15).decode()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_packed_comes_back_and_needs_no_escape(text):
    packed = pack([escape(text)])
    assert set(packed) <= set(ALPHABET)
    assert str(escape(packed)) == packed
    assert unpack(packed) == escape(text)


def test_script_and_program_use_the_same_letters():
    assert f'const letters = "{ALPHABET}";' in (page.HERE / "page.js").read_text("utf-8")


def test_a_version_tells_what_changed_and_leads_to_the_other():
    old = report("It burned for two hours.", "", published="2031-04-11")
    new = report("It burned for six hours <b>.", "", published="2031-04-12")
    changed = Version(old.id, new.id, (span(old.text, "two"),), (span(new.text, "six"), span(new.text, "<b>")))
    page = compose(Case((old, new), (Findings(old.id), Findings(new.id)), versions=(changed,)))
    assert "A later version of an address, 2 passages put in, 1 taken out since <a href=#r1>report 1</a>" in page
    assert "A later version of the same address is <a href=#r2>report 2</a>" in page
    assert "<del><bdi>two</bdi></del>" in page
    assert "<ins><bdi>six</bdi></ins>" in page
    assert "<ins><bdi>&lt;b&gt;</bdi></ins>" in page


def test_a_report_tells_its_file_its_place_in_it_and_when_it_was_captured():
    one = report("It burned.", "", published="", place="message 3 > minutes.pdf", captured="2031-05-02T10:00:00Z")
    page = compose(Case((one,), (Findings(one.id),)))
    assert "In <bdi>ostra.jsonl</bdi>, <bdi>message 3 &gt; minutes.pdf</bdi>" in page
    assert "no date recorded <br>taken from the web on 2 May 2031" in page


def test_a_claim_of_a_paged_report_tells_page_and_line():
    case = ostra()
    wire = replace(case.reports[0], pages=((0,), (60, 100, 10_000)))
    page = compose(replace(case, reports=(wire, *case.reports[1:])))
    assert re.search(r"report 1, sentence 2, page 2, line \d ·", page)
