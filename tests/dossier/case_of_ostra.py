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
    File,
    Findings,
    Judgement,
    Link,
    Report,
    Span,
    Voice,
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


def ostra() -> Case:
    """The whole case: a wire story, a rival that copies from it, and a page that means harm."""
    wire = report(WIRE, "Coast Wire", "2031-05-02", title="Fire in Ostra harbour", address="https://coast.example/1",
                  authors=("Ada Lind",))  # fmt: skip
    rival = report(RIVAL, "Ostra Courier", "2031-05-03", title="Three warehouses lost", place="line 2")
    hostile = report(
        HOSTILE, ATTACK, ATTACK, title=ATTACK + TURNED, address="javascript:alert(3)", authors=(ATTACK,),
        name=ATTACK, place=ATTACK, language=ATTACK,
    )  # fmt: skip
    w, r, h = _wire(wire), _rival(rival), _hostile(hostile)
    shared = "The harbour of Ostra burned for six hours on Monday, and three warehouses were lost."
    return Case(
        reports=(wire, rival, hostile),
        findings=(
            _findings(wire, w),
            _findings(rival, r),
            _findings(hostile, h, (Caveat(hostile.id, ATTACK, ATTACK + TURNED),)),
        ),
        voices=(
            _voice("harbour master Ilse Varn", [w[0], w[3]], [], "Varn"),
            _voice("The Dockers' Union", [r[0], r[1]], []),
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
    )  # fmt: skip
