"""An invented case: a fire in the harbour of Ostra, told by invented outlets. It holds what makes pages go wrong.

Marks in the texts stand for spans: each passage is found by its words, so that the case reads as it is written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sayso.kit import digest, identify, trim
from sayso.model import (
    Attribution,
    Case,
    Caveat,
    Claim,
    Echo,
    Entity,
    Event,
    File,
    Filler,
    Findings,
    Incident,
    Joining,
    Judgement,
    Link,
    Mention,
    MentionKind,
    Quantity,
    Report,
    Role,
    Span,
    Voice,
    When,
    Where,
)

ATTACK = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"&'
TURNED = "\u202egnp.exe\u2066"

WIRE = "\n\n".join(  # noqa: FLY002 (a paragraph a line)
    (
        "The harbour of Ostra burned for six hours on Monday, and three warehouses were lost.",
        'Harbour master Ilse Varn said the fire "started in warehouse four", where paint was stored.',
        (
            "The Maritime Ledger reported that two port officials had told it that guards probably left a gate open. "
            "Varn denied that any gate had been open."
        ),
        "“We heard a bang,” said Tomas Reke, a crane driver. “Then the windows went.",
        "“After that it was only smoke.”",
        "It is believed that nobody slept in the sheds. He said the count could still rise.",
    )
)

RIVAL = "\n\n".join(  # noqa: FLY002 (a paragraph a line)
    (
        (
            "Three warehouses were lost in Ostra. The harbour of Ostra burned for six hours on Monday, and three "
            "warehouses were lost."
        ),
        (
            "The Dockers' Union accused the port authority of saving on guards, and asked the governor for an inquiry. "
            "The governor declined to comment."
        ),
        (
            "At least four sailors were hurt when the sheds of the Ostra Port Authority (OPA) burned on Monday. "
            "In 2029 a shed had burned in Ostra too. Harbour master I. Varn was at sea."
        ),
    )
)

HOSTILE = f"""A page with {ATTACK} in it and {TURNED} too.

{ATTACK} said that {ATTACK} was {TURNED} so."""


def report(text: str, publisher: str, published: str, **fields: Any) -> Report:
    """A report with everything that follows from its text."""
    made = Report(
        id=identify(text, publisher, published), text=text, sha256=digest(text), file=digest("ostra.jsonl"),
        name="ostra.jsonl", place="line 1", publisher=publisher, published=published,
    )  # fmt: skip
    return replace(made, **fields)


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences by full stops; good enough for invented texts."""
    found, start = [], 0
    for place, letter in enumerate(text):
        if letter == "\n" or (letter == "." and text[place + 1 : place + 2].isspace()):
            found.append(trim(text, start, place + 1))
            start = place + 1
    found.append(trim(text, start, len(text)))
    return tuple(s for s in found if s.end > s.start)


Words = str | tuple[str, int]
"""Words of a text, or words and which time they stand there (0 for the first)."""


def _at(text: str, words: Words | None) -> Span | None:
    if words is None:
        return None
    return span(text, words) if isinstance(words, str) else span(text, *words)


def attribution(
    of: Report,
    name: str,
    *,
    source: Words | None,
    cue: Words | None,
    content: tuple[str, ...],
    chain: tuple[Link, ...],
    **fields: Any,
) -> Attribution:
    """An attribution whose spans are given by their words; `within` and `hearer` likewise, by name and words."""
    last = chain[-1]
    within, hearer = fields.pop("within", None), fields.pop("hearer", None)
    likely = {"probability": 0.95, "chain_probability": 0.9, **fields}
    return Attribution(
        id=identify(of.id, name),
        report=of.id,
        source=_at(of.text, source),
        cue=_at(of.text, cue),
        content=tuple(span(of.text, words) for words in content),
        within=identify(of.id, within) if within else None,
        chain=chain,
        stance=last.stance,
        certainty=last.certainty,
        hearer=_at(of.text, hearer),
        **likely,
    )


def _wire(of: Report) -> tuple[Attribution, ...]:
    paper = Link(of.publisher)
    ledger = Link("The Maritime Ledger")
    guards = "guards probably left a gate open"
    return (
        attribution(of, "varn", source="Harbour master Ilse Varn", cue="said", named=True, kind="official",
                    content=('the fire "started in warehouse four", where paint was stored',),
                    chain=(paper, Link("harbour master Ilse Varn")), manner="mixed"),
        attribution(of, "ledger", source="The Maritime Ledger", cue="reported", named=True, kind="media",
                    content=(f"two port officials had told it that {guards}",), chain=(paper, ledger)),
        attribution(of, "officials", source="two port officials", cue="had told", within="ledger", kind="official",
                    content=(guards,), hearer=("it", 1),
                    chain=(paper, ledger, Link("two port officials", "alleges", "probable"))),
        attribution(of, "denial", source=("Varn", 1), cue="denied", named=True, kind="official",
                    content=("any gate had been open",),
                    chain=(paper, Link("harbour master Ilse Varn", "denies"))),
        attribution(of, "reke", source="Tomas Reke, a crane driver", cue=("said", 1), named=True,
                    kind="witness", manner="direct",
                    content=("“We heard a bang,”", "“Then the windows went.\n\n“After that it was only smoke.”"),
                    chain=(paper, Link("Tomas Reke"))),
        attribution(of, "believed", source=None, cue="is believed", content=("nobody slept in the sheds",),
                    chain=(paper, Link("unspecified", "asserts", "possible")), chain_probability=0.5),
        attribution(of, "he", source="He", cue=("said", 2), kind="official",
                    content=("the count could still rise",), chain=(paper, Link("He", resolved=False)),
                    chain_probability=0.1),
    )  # fmt: skip


def _rival(of: Report) -> tuple[Attribution, ...]:
    paper, union = Link(of.publisher), "The Dockers' Union"
    return (
        attribution(of, "union", source=union, cue="accused", named=True, kind="body",
                    content=("the port authority", "of saving on guards"), chain=(paper, Link(union, "alleges"))),
        attribution(of, "asks", source=union, cue="asked", named=True, kind="body", hearer="the governor",
                    content=("for an inquiry",), chain=(paper, Link(union, "asks", "unknown"))),
        attribution(of, "governor", source="The governor", cue="declined", kind="official", content=("to comment",),
                    chain=(paper, Link("The governor", "declines", "unknown"))),
    )  # fmt: skip


def _hostile(of: Report) -> tuple[Attribution, ...]:
    said = Span(of.text.index(" said that ") + 1, of.text.index(" said that ") + 5)
    source = span(of.text, ATTACK, 1)
    content = Span(span(of.text, ATTACK, 2).start, len(of.text))
    chain = (Link(of.publisher), Link(ATTACK), Link(ATTACK + TURNED))
    return (
        Attribution(identify(of.id, "x"), of.id, source, said, (content,), chain=chain, hearer=content,
                    probability=0.9, chain_probability=0.9),
    )  # fmt: skip


def _findings(of: Report, attributions: tuple[Attribution, ...], caveats: tuple[Caveat, ...] = ()) -> Findings:
    claims = tuple(
        Claim(identify(a.id, "claim"), of.id, a.content, a.chain, a.id, a.stance, a.certainty) for a in attributions
    )
    own = Claim(identify(of.id, "own"), of.id, (sentences(of.text)[0],), (Link(of.publisher),))
    return Findings(of.id, sentences(of.text), attributions, (own, *claims), caveats)


def _voice(name: str, attributions: list[Attribution], relays: list[Attribution], *spellings: str) -> Voice:
    first = (attributions or relays)[0]
    return Voice(
        identify(name), name, first.kind if attributions else "media", first.named if attributions else True,
        (name, *spellings), tuple(a.id for a in attributions), tuple(a.id for a in relays), (first.report,),
    )  # fmt: skip


MASTER, AUTHORITY, UNION, OSTRA, HARM = (
    identify("entity", name) for name in ("Varn", "authority", "union", "Ostra", ATTACK)
)
SPELLED: dict[str, tuple[MentionKind, tuple[str, ...]]] = {
    MASTER: ("person", ("Harbour master Ilse Varn", "Varn", "Harbour master I. Varn")),
    OSTRA: ("place", ("Ostra",)),
    AUTHORITY: ("organisation", ("Ostra Port Authority", "the port authority", "OPA")),
    UNION: ("organisation", ("The Dockers' Union",)),
    identify("entity", "Reke"): ("person", ("Tomas Reke",)),
    identify("entity", "Ledger"): ("organisation", ("The Maritime Ledger",)),
    HARM: ("person", (ATTACK,)),
}
"""Kind and spellings of every entity. A spelling inside a longer one is met only where it stands alone."""


def _met(of: Report, spellings: tuple[str, ...]) -> list[Span]:
    """Where a report has one of the spellings, the longest first, none twice."""
    found: list[Span] = []
    for words in sorted(spellings, key=len, reverse=True):
        for nth in range(of.text.count(words)):
            at = span(of.text, words, nth)
            if not any(at.start < other.end and other.start < at.end for other in found):
                found.append(at)
    return sorted(found)


def _entities(reports: tuple[Report, ...]) -> tuple[Entity, ...]:
    joinings = {
        MASTER: (
            Joining("Harbour master Ilse Varn", "Varn", "a short form in one report", 1.0, taken=True, disputed=False),
            Joining("Harbour master Ilse Varn", "Harbour master I. Varn", "same title, initial and family name", 0.8,
                    taken=True, disputed=True),
        ),
        AUTHORITY: (
            Joining("Ostra Port Authority", "OPA", "the report gives the short form", 1.0, taken=True, disputed=False),
            Joining("Ostra Port Authority", "the port authority", "the end of the full name", 0.9,
                    taken=True, disputed=False, by="R. Moll"),
            Joining("Ostra Port Authority", "Ostra", "the one begins with the other", 0.4, taken=False, disputed=False),
        ),
        HARM: (Joining(ATTACK, ATTACK + TURNED, ATTACK + TURNED, 0.5, taken=False, disputed=False, by=ATTACK),),
    }  # fmt: skip
    return tuple(
        Entity(name, spellings[0], kind, spellings,
               tuple(Where(of.id, at) for of in reports for at in _met(of, spellings)), joinings.get(name, ()))
        for name, (kind, spellings) in SPELLED.items()
    )  # fmt: skip


def _happened(of: Report, words: Words, kind: str, *roles: Role) -> Event:
    at = _at(of.text, words) or Span(0, 0)
    return Event(identify(of.id, "event", at), at, words if isinstance(words, str) else words[0], kind, roles)


def _with_who(findings: Findings, of: Report, events: tuple[Event, ...], fillers: tuple[Filler, ...]) -> Findings:
    """The findings with mentions, counts, times, events and fillers, found by their words where the report has them."""
    mentions = tuple(sorted(Mention(at, kind, "name", 0.9) for kind, some in SPELLED.values() for at in _met(of, some)))
    counts = {
        "At least four": Quantity(Span(0, 0), 4, None, "sailor", "injured", "civilians", "At least four"),
        "three": Quantity(Span(0, 0), 3, 3, "warehouse", "", "", "three"),
        "four": Quantity(Span(0, 0), 4, 4, "", "", "", "four"),
    }
    days = {
        "on Monday": When(Span(0, 0), "2031-04-28", "2031-04-28", "on Monday"),
        "In 2029": When(Span(0, 0), "2029-01-01", "2029-12-31", "In 2029"),
    }
    return replace(
        findings, mentions=mentions, events=events, fillers=fillers,
        quantities=tuple(one._replace(span=span(of.text, words)) for words, one in counts.items() if words in of.text),
        times=tuple(one._replace(span=span(of.text, words)) for words, one in days.items() if words in of.text),
    )  # fmt: skip


def _incidents(findings: tuple[Findings, ...], reports: tuple[Report, ...]) -> tuple[Incident, ...]:
    (wire, rival, hostile), (w, r, h) = findings, reports

    def told(*some: tuple[Findings, int]) -> tuple[tuple[str, str], ...]:
        return tuple((each.report, each.events[place].id) for each, place in some)

    return (
        Incident(
            "i1", "fire", "fire, Ostra, 28 April 2031", told((wire, 0), (rival, 0), (rival, 1)),
            (*(claim.id for claim in wire.claims[:5]), rival.claims[1].id), "2031-04-28", "2031-04-28", (OSTRA,),
            (
                ("perpetrator", "guards", (Where(w.id, span(w.text, "guards")),)),
                ("perpetrator_group", "Ostra Port Authority", (Where(r.id, span(r.text, "the port authority")),)),
                ("perpetrator_group", "The Dockers' Union", (Where(r.id, span(r.text, "The Dockers' Union")),)),
                ("perpetrator", "nobody says so", ()),
                ("victim", "four sailors", (Where(r.id, span(r.text, "four sailors")),)),
            ),
            ("the same words tell of it in report 1 and report 2",),
        ),
        Incident("i2", "fire", "fire, Ostra, 2029", told((rival, 2)), (), "2029-01-01", "2029-12-31", (OSTRA,)),
        Incident(
            "i3", "attack", ATTACK + TURNED, told((hostile, 0)), tuple(claim.id for claim in hostile.claims), "", "",
            (HARM,), (("perpetrator", ATTACK, (Where(h.id, span(h.text, ATTACK)),)),), (ATTACK + TURNED,),
        ),
    )  # fmt: skip


def ostra() -> Case:
    """The whole case: a wire story, a rival that copies from it, and a page that means harm."""
    wire = report(WIRE, "Coast Wire", "2031-05-02", title="Fire in Ostra harbour", address="https://coast.example/1",
                  authors=("Ada Lind",))  # fmt: skip
    rival = report(RIVAL, "Ostra Courier", "2031-05-03", title="Three warehouses lost", place="line 2")
    hostile = report(
        HOSTILE, ATTACK, ATTACK, title=ATTACK + TURNED, address="javascript:alert(3)", authors=(ATTACK,),
        name=ATTACK, place=ATTACK, language=ATTACK,
    )  # fmt: skip
    reports = (wire, rival, hostile)
    w, r, h = _wire(wire), _rival(rival), _hostile(hostile)
    findings = (
        _with_who(_findings(wire, w), wire, (_happened(wire, "burned", "fire"),), ()),
        _with_who(
            _findings(rival, r), rival,
            tuple(_happened(rival, ("burned", nth), "fire") for nth in range(3)),
            (Filler("perpetrator_group", span(RIVAL, "the port authority"), 0.7, "accused"),),
        ),
        _with_who(
            _findings(hostile, h, (Caveat(hostile.id, ATTACK, ATTACK + TURNED),)), hostile,
            (_happened(hostile, ATTACK, "attack"),), (),
        ),
    )  # fmt: skip
    shared = "The harbour of Ostra burned for six hours on Monday, and three warehouses were lost."
    return Case(
        reports=reports,
        findings=findings,
        voices=(
            replace(_voice("harbour master Ilse Varn", [w[0], w[3]], [], "Varn"), entity=MASTER),
            replace(_voice("The Dockers' Union", [r[0], r[1]], []), entity=UNION),
            _voice("Tomas Reke", [w[4]], []),
            _voice("The Maritime Ledger", [w[1]], [w[2]]),
            _voice("two port officials", [w[2]], []),
            _voice("The governor", [r[2]], []),
            _voice(ATTACK + TURNED, [h[0]], [], ATTACK),
        ),
        echoes=(Echo(rival.id, wire.id, ((span(RIVAL, shared), span(WIRE, shared)),), 0.45),
                Echo(hostile.id, wire.id, ((Span(0, len(HOSTILE)), Span(0, 20)),), 0.1)),
        judgements=(
            Judgement("j1", w[0].id, "accepted", "read against the recording", "R. Moll", "2031-06-01T09:00:00Z"),
            Judgement("j2", h[0].id, ATTACK, ATTACK + TURNED, ATTACK, ATTACK),
            Judgement("j3", hostile.id, "retracted", ATTACK, ATTACK, "2031-06-02"),
        ),
        caveats=(Caveat("broken.jsonl", "not-read", "Line 7 is no JSON. Mend it and read the file again."),
                 Caveat(ATTACK, "not-read", ATTACK)),
        files=(File(digest("ostra.jsonl"), "ostra.jsonl", 4096, "application/jsonl", "2031-06-01T08:00:00Z"),
               File(digest(ATTACK), ATTACK, 12, ATTACK, ATTACK)),
        reader="invented-reader 1 " + ATTACK,
        entities=_entities(reports),
        incidents=_incidents(findings, reports),
    )  # fmt: skip
