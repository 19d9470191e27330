"""Invented reports of who says what, with the replies given by hand."""

from __future__ import annotations

from sayso.model import (
    Attribution,
    Claim,
    Entity,
    Event,
    Findings,
    Incident,
    Link,
    Mention,
    Quantity,
    Reply,
    Report,
    Role,
    Span,
    Voice,
    When,
    Where,
)
from sayso.words import lemma

DAYS = {"Friday": ("2031-05-02", "2031-05-02"), "May": ("2031-05-01", "2031-05-31")}


def place(text, words, start=0):
    at = text.index(words, start)
    return Span(at, at + len(words))


def incident(name="i", kind="shooting", reports="r0 r1 r2", days=("", ""), claims=()):
    """One event in each report, "e" and the incident's name."""
    events = tuple((report, f"{report} e{name}") for report in reports.split())
    return Incident(name, kind, f"{kind}, Ostra", events, claims, *days)


class Story:
    """Reports put together one after the other. Claims are "r0 c0", "r0 c1" … and so are their attributions."""

    def __init__(self):
        self.reports, self.findings, self.spoken, self.wheres = [], [], {}, {}

    def report(self, text, *told, published="2031-05-04", title="", **found):
        """`told`: see `says`. `found`: counts (words, low, high, fate), times (words), names (words, kind), events."""
        name = f"r{len(self.reports)}"
        pairs = [self._claim(text, f"{name} c{at}", *one) for at, one in enumerate(told)]
        for words, kind in found.get("names", ()):
            self.wheres.setdefault((words, kind), []).append(Where(name, place(text, words)))
        self.reports.append(Report(name, text, name, "", name, title=title, publisher="Courier", published=published))
        self.findings.append(
            Findings(
                name,
                attributions=tuple(said for _, said in pairs if said),
                claims=tuple(claim for claim, _ in pairs),
                mentions=tuple(Mention(place(text, one), kind, "name", 0.9) for one, kind in found.get("names", ())),
                quantities=tuple(
                    Quantity(place(text, words), *bounds, "person", fate, who, words)
                    for words, bounds, fate, who in found.get("counts", ())
                ),
                times=tuple(When(place(text, words), *DAYS[words], words) for words in found.get("times", ())),
                events=tuple(_event(text, f"{name} ei", *one) for one in found.get("events", ())),
            )
        )
        return self

    def _claim(self, text, name, content, voice, replies, more):
        report = name.split(" ")[0]
        part = place(text, content)
        said, stance, certainty = None, more.get("stance", "asserts"), more.get("certainty", "certain")
        chain = (Link("Courier"),)
        if voice:
            cue = place(text, more["cue"]) if "cue" in more else None
            chain = (Link("Courier"), Link(voice, stance, certainty))
            source = place(text, voice) if voice in text else None
            said = Attribution(name, report, source, cue, (part,), chain=chain, stance=stance, certainty=certainty)
            self.spoken.setdefault(voice, []).append((name, report))
        elif certainty != "certain":
            chain = (Link("Courier", stance, certainty),)
        given = tuple(
            Reply(slot, is_for, place(text, words, part.start), 0.9, more.get("probability", 0.9))
            for slot, words, is_for in replies
        )
        attribution = name if voice else None
        claim = Claim(
            name, report, (part,), chain, attribution, stance, certainty, tuple(more.get("events", ())), given
        )
        return claim, said

    def entities(self, joinings=()):
        return tuple(
            Entity(words, words, kind, (words,), tuple(wheres), tuple(joinings))
            for (words, kind), wheres in sorted(self.wheres.items())
        )

    def voices(self):
        known = {words for words, _ in self.wheres}
        return tuple(
            Voice(f"V {name}", name, "party", named=True, spellings=(name,), attributions=tuple(one for one, _ in each),
                  relays=(), reports=tuple(sorted({report for _, report in each})),
                  entity=name if name in known else None)
            for name, each in sorted(self.spoken.items())
        )  # fmt: skip

    def case(self, joinings=()):
        """What `pose` and `Known` take, but for the incidents."""
        return tuple(self.reports), tuple(self.findings), self.entities(joinings), self.voices()


def says(content, voice="", *replies, **more):
    """A claim's words, who says so ("" for the reporter), its replies (see `to`), stance, certainty, cue, events."""
    return content, voice, replies, more


def to(slot, words, *, is_for=True):
    return slot, words, is_for


def _event(text, name, word, kind, factuality, roles):
    parts = tuple(Role(role, place(text, words)) for role, words in roles.items())
    return Event(name, place(text, word), lemma(word), kind, parts, factuality)
