"""Records come back from JSON as they were."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import codec
from sayso.model import (
    Answer,
    Attribution,
    Caveat,
    Claim,
    Difference,
    Echo,
    EchoKind,
    Entity,
    Findings,
    Given,
    Incident,
    Joined,
    Joining,
    Judgement,
    Link,
    Moment,
    Question,
    Reply,
    Report,
    Span,
    Told,
    Voice,
    Where,
)

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
claims = st.builds(
    Claim,
    text,
    text,
    some_spans,
    links,
    st.one_of(st.none(), text),
    text,
    text,
    replies=st.lists(st.builds(Reply, text, st.booleans(), maybe, st.floats(0, 1), st.floats(0, 1)), max_size=2).map(
        tuple
    ),
    polarity=text,
    inferred=st.booleans(),
)
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
        st.builds(
            Echo,
            text,
            text,
            st.lists(st.tuples(spans, spans), max_size=2).map(tuple),
            st.floats(0, 1),
            st.sampled_from(get_args(EchoKind)),
            text,
        )
    ).map(tuple)
)
def test_echoes(echoes):
    assert codec.echoes_from_json(codec.echoes_to_json(echoes)) == echoes


wheres = st.lists(st.builds(Where, text, spans), max_size=2).map(tuple)
joinings = st.lists(
    st.builds(Joining, text, text, text, st.floats(0, 1), st.booleans(), st.booleans(), text), max_size=2
).map(tuple)
texts = st.lists(text, max_size=2).map(tuple)
entities = st.builds(Entity, text, text, text, texts, wheres, joinings)
voices = st.builds(Voice, text, text, text, st.booleans(), texts, texts, texts, texts, st.one_of(st.none(), text))
incidents = st.builds(
    Incident,
    text,
    text,
    text,
    st.lists(st.tuples(text, text), max_size=2).map(tuple),
    texts,
    text,
    text,
    texts,
    st.lists(st.tuples(text, text, wheres), max_size=2).map(tuple),
    texts,
)


answers = st.builds(
    Answer,
    text,
    text,
    st.lists(st.builds(Given, text, text, st.booleans(), maybe), max_size=2).map(tuple),
    st.one_of(st.none(), text),
    st.one_of(st.none(), st.floats(0, 9)),
    st.one_of(st.none(), st.floats(0, 9)),
    text,
    text,
)
questions = st.builds(
    Question,
    text,
    text,
    text,
    text,
    st.lists(answers, max_size=2).map(tuple),
    st.lists(st.builds(Difference, text, text, text, text), max_size=2).map(tuple),
)


moments = st.builds(
    Moment,
    *[text] * 5,
    st.lists(st.builds(Told, text, text, spans, text, text, text), max_size=2).map(tuple),
    st.one_of(st.none(), text),
)
parts = (entities, voices, incidents, questions, moments)


@given(st.builds(Joined, *(st.lists(one, max_size=2).map(tuple) for one in parts)))
def test_joined(joined):
    back = codec.joined_from_json(codec.joined_to_json(joined))
    assert back == joined
    assert all(isinstance(where, Where) and isinstance(where.span, Span) for e in back.entities for where in e.mentions)


@given(caveats)
def test_caveats(some):
    assert codec.caveats_from_json(codec.caveats_to_json(some)) == some


@given(st.builds(Judgement, *[text] * 6, st.one_of(st.none(), text)))
def test_judgements(judgement):
    assert codec.judgement_from_json(codec.judgement_to_json(judgement)) == judgement
