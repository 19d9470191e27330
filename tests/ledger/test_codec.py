"""Records come back from JSON as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import codec
from sayso.model import Attribution, Caveat, Claim, Echo, Findings, Judgement, Link, Report, Span

text = st.text(max_size=8)  # with lone surrogates
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
some_spans = st.lists(spans, max_size=3).map(tuple)
maybe = st.one_of(st.none(), spans)
links = st.lists(st.builds(Link, text, text, text, st.one_of(st.none(), text), maybe, st.booleans()), max_size=3).map(
    tuple
)
attributions = st.builds(
    Attribution,
    id=text,
    report=text,
    source=maybe,
    cue=maybe,
    content=some_spans,
    within=st.one_of(st.none(), text),
    chain=links,
    named=st.booleans(),
    kind=text,
    stance=text,
    certainty=text,
    manner=text,
    hearer=maybe,
    probability=st.floats(0, 1),
    chain_probability=st.floats(0, 1),
)
claims = st.builds(Claim, text, text, some_spans, links, st.one_of(st.none(), text), text, text)
caveats = st.lists(st.builds(Caveat, text, text, text), max_size=2).map(tuple)
findings = st.builds(
    Findings,
    text,
    some_spans,
    st.lists(attributions, max_size=2).map(tuple),
    st.lists(claims, max_size=2).map(tuple),
    caveats,
)


@given(findings)
def test_findings(found):
    back = codec.findings_from_json(codec.findings_to_json(found))
    assert back == found
    assert all(isinstance(span, Span) for span in back.sentences)


@given(st.builds(Report, *[text] * 8, st.lists(text, max_size=2).map(tuple), text, text, text))
def test_reports(report):
    assert codec.report_from_json(codec.report_to_json(report), report.text) == report


@given(
    st.lists(
        st.builds(Echo, text, text, st.lists(st.tuples(spans, spans), max_size=2).map(tuple), st.floats(0, 1))
    ).map(tuple)
)
def test_echoes(echoes):
    assert codec.echoes_from_json(codec.echoes_to_json(echoes)) == echoes


@given(caveats)
def test_caveats(some):
    assert codec.caveats_from_json(codec.caveats_to_json(some)) == some


@given(st.builds(Judgement, *[text] * 6, st.one_of(st.none(), text)))
def test_judgements(judgement):
    assert codec.judgement_from_json(codec.judgement_to_json(judgement)) == judgement
