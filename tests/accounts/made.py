"""Invented reports whose findings are given by their words: who says what, of whom, and what happens in it."""

from __future__ import annotations

from sayso.accounts.known import Known
from sayso.kit import identify
from sayso.model import (
    Answer,
    Attribution,
    Case,
    Claim,
    Entity,
    Event,
    Findings,
    Given,
    Incident,
    Link,
    Mention,
    Question,
    Report,
    Role,
    Span,
    Voice,
    When,
    Where,
)
from sayso.words import kind, lemma


def place(text, words):
    at = text.index(words)
    return Span(at, at + len(words))


def said(content, speaker, cue="said", **more):
    """One attribution: its content's words, who speaks, and the cue; more: stance, certainty, manner, within."""
    return content, speaker, cue, more


def did(word, factuality=3.0, **roles):
    """An event: its word, how far the text commits to it, and the words of its roles."""
    return word, factuality, roles


class Story:
    """Reports put together one after the other; `case` is what they come to."""

    def __init__(self):
        self.reports, self.findings, self.events, self.wheres, self.spoken, self.answers = [], [], [], {}, {}, {}

    def report(self, text, *told, names=(), people=(), events=(), times=(), publisher="Quay Courier"):
        """`names` are (words, kind); `times` (words, (first day, last day))."""
        name = f"r{len(self.reports)}"
        whole = Span(0, len(text))
        claims, attributions = [Claim(f"{name} own", name, (whole,), (Link(publisher),))], []
        for number, (content, speaker, cue, more) in enumerate(told):
            one = f"{name} a{number}"
            link = Link(speaker, more.get("stance", "asserts"), more.get("certainty", "certain"))
            chain, span = (Link(publisher), link), place(text, content)
            source = place(text, speaker) if speaker in text else None
            attributions.append(
                Attribution(
                    one, name, source, place(text, cue), (span,), None, chain, stance=link.stance,
                    certainty=link.certainty, manner=more.get("manner", "indirect"),
                )
            )  # fmt: skip
            claims.append(Claim(f"{name} c{number}", name, (span,), chain, one, link.stance, link.certainty))
            self.spoken.setdefault(speaker, []).append((one, name))
        happened = tuple(self._event(name, text, *one) for one in events)
        claims = [
            Claim(
                one.id, name, one.content, one.chain, one.attribution, one.stance, one.certainty,
                tuple(each.id for each in happened if one.content[0].start <= each.span.start < one.content[0].end),
            )
            for one in claims
        ]  # fmt: skip
        mentions = [Mention(place(text, words), kind, "name", 0.9) for words, kind in names]
        mentions += [Mention(place(text, words), "person", "description", 0.9) for words in people]
        for words, what in names:
            at = text.find(words)
            while at >= 0:
                self.wheres.setdefault((words, what), []).append(Where(name, Span(at, at + len(words))))
                at = text.find(words, at + 1)
        self.reports.append(Report(name, text, name, "", name, publisher=publisher, published="2031-05-04"))
        dated = tuple(When(place(text, words), *day, words) for words, day in times)
        self.findings.append(
            Findings(name, (whole,), tuple(attributions), tuple(claims), mentions=tuple(mentions), times=dated,
                     events=happened)
        )  # fmt: skip
        return self

    def _event(self, report, text, word, factuality, roles):
        span = place(text, word)
        told = tuple(Role(name, place(text, words)) for name, words in roles.items())
        event = Event(identify(report, *span), span, lemma(word.split()[-1]), kind(word), told, factuality)
        if event.kind:
            self.events.append((report, event.id))
        return event

    def answer(self, slot, words, *, is_for=True, claim="c0"):
        """The last report's claim answers a question with these words."""
        report, found = self.reports[-1], self.findings[-1]
        span = place(report.text, words)
        given = Given(found.report, f"{found.report} {claim}", is_for, span)
        self.answers.setdefault((slot, words), []).append(given)
        return self

    def case(self):
        entities = tuple(
            Entity(f"E {words}", words, what, (words,), tuple(wheres)) for (words, what), wheres in self.wheres.items()
        )
        known = {one.name: one.id for one in entities}
        voices = tuple(
            Voice(f"V {name}", name, "party" if "movement" in name else "unspecified", named=True, spellings=(name,),
                  attributions=tuple(one for one, _ in spoken), relays=(),
                  reports=tuple({report for _, report in spoken}), entity=known.get(name))
            for name, spoken in self.spoken.items()
        )  # fmt: skip
        claims = tuple(claim.id for found in self.findings for claim in found.claims if claim.events)
        incident = Incident("i", "attack", "attack, Ostra, 3 May 2031", tuple(self.events), claims, "", "")
        slots = {slot for slot, _ in self.answers}
        questions = tuple(
            Question(
                f"q {slot}", slot, "i", "?",
                tuple(
                    Answer(f"a {words}", words, tuple(given), known.get(words))
                    for (one, words), given in self.answers.items()
                    if one == slot
                ),
            )
            for slot in sorted(slots)
        )  # fmt: skip
        return Case(
            tuple(self.reports), tuple(self.findings), voices, entities=entities,
            incidents=(incident,) if self.events else (), questions=questions,
        )  # fmt: skip

    def known(self):
        case = self.case()
        return Known(
            case.reports, case.findings, entities=case.entities, voices=case.voices, incidents=case.incidents,
            questions=case.questions,
        )  # fmt: skip
