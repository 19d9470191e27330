"""Reports with events, times, places and fillers marked in brackets, as findings.

[e shot], [e shot=-2] an event, with how far the text commits to it; [t Friday|2031-05-03..2031-05-03] a time, said of
the events of its sentence, [d Friday|…] one said of something else;
[l Ostra] a place, [p Lena Varr] a person: mentions, of one entity if the words are the same;
[perpetrator Lena Varr] a filler, and so with the other parts
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import get_args

from sayso.kit import identify
from sayso.model import Claim, Entity, Event, Filler, FillerRole, Findings, Link, Report, Role, Span, When, Where
from sayso.words import head, kind, lemma

MARK = re.compile(r"\[(\w+) ([^\]|=]+)(?:=(-?\d))?(?:\|([\d-]*)\.\.([\d-]*))?\]")
SENTENCE = re.compile(r"[^.]+\.")


def case(*told):
    """(day of publication, text in brackets) as reports, findings and entities."""
    reports, findings, wheres = [], [], defaultdict(list)
    for number, (published, marked) in enumerate(told):
        report, found = _report(f"r{number}", published, marked, wheres)
        reports.append(report)
        findings.append(found)
    entities = tuple(
        Entity(identify("entity", words), words, kind, (words,), tuple(found))
        for (kind, words), found in sorted(wheres.items())
    )
    return tuple(reports), tuple(findings), entities


def _report(name, published, marked, wheres):
    text, marks, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        marks.append((found, Span(len(text), len(text) + len(found[2]))))
        text += found[2]
        at = found.end()
    text += marked[at:]
    sentences = tuple(Span(*one.span()) for one in SENTENCE.finditer(text))
    timed = {number_of(sentences, span): span for found, span in marks if found[1] == "t"}
    events, times, fillers = [], [], []
    for found, span in marks:
        if found[1] == "e":
            word = head(found[2])
            roles = tuple(Role("time", one) for at, one in timed.items() if at == number_of(sentences, span))
            events.append(Event(identify(name, *span), span, lemma(word), kind(word), roles, float(found[3] or 3)))
        elif found[1] in "td":
            times.append(When(span, found[4], found[5], found[2]))
        elif found[1] in get_args(FillerRole):
            fillers.append(Filler(found[1], span, 0.9))
        else:
            wheres[{"l": "place", "p": "person"}[found[1]], found[2]].append(Where(name, span))
    claims = tuple(
        Claim(identify("claim", name, *one), name, (one,), (Link("Quay Courier"),),
              events=tuple(event.id for event in events if one.start <= event.span.start < one.end))
        for one in sentences
    )  # fmt: skip
    report = Report(name, text, name, "", name, published=published)
    return report, Findings(name, sentences, (), claims, (), (), (), tuple(times), tuple(events), tuple(fillers))


def number_of(sentences, span):
    return next(at for at, one in enumerate(sentences) if one.start <= span.start < one.end)
