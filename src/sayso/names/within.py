"""Who is who within one report: the names in it, and what its own words say of names that stand for one.

1. Every mention that is a name goes under its core (`forms`). One spelling of several words is of one sort throughout a
   report (one sense per discourse: Gale, Church & Yarowsky 1992).
2. Two names with telling words between them ("also known as", "(…)": `gaps.csv`) are tied.
3. A description that stands in apposition to a name is tied to it, in this report alone.
4. Short forms get the names of the report that they can be short for. Which of them it is, if there are several, is
   seen when it is known which of these are one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sayso.kit import fold, trim
from sayso.model import Findings, Mention, MentionKind, Report, Span, Where
from sayso.names import forms
from sayso.names.apposition import describe
from sayso.names.cutting import Known, names_in
from sayso.names.links import link
from sayso.names.parts import is_shared
from sayso.names.records import Key, Named, Node, Sheet, Speaker
from sayso.names.shorts import shorten
from sayso.names.territories import ALLIANCES, is_people, territory
from sayso.names.wholes import as_places

KINDS: frozenset[MentionKind] = frozenset({
    "person", "organisation", "place", "weapon", "vehicle", "event", "document", "other"
})  # fmt: skip
"""What can have a name. Money, counts and times have none, and a nationality describes."""

_BRACKET = re.compile(r"(?P<one>[^()]{2,120}?) ?\((?P<other>[^()]{2,80})\)")


def read(report: Report, findings: Findings, met: Known, speakers: Iterable[Speaker] = ()) -> Sheet:
    """The names of one report. Depends on nothing else but what names of the case stand alone."""
    sheet = Sheet(report.id)
    places = _settled(_places(report.text, findings.mentions, met))
    for key, span, kind, titles in places:
        node = sheet.nodes.get(key)
        if node is None:
            node = sheet.nodes[key] = Node(key)
        node.meet(report.text[span.start : span.end], kind, Where(report.id, span))
        node.titles |= titles
    for speaker in speakers:
        _hear(sheet, report, speaker, met)
    link(sheet, report.text, places)
    shorten(sheet)
    describe(sheet, report.text, findings.mentions, places)
    return sheet


def _places(text: str, mentions: Iterable[Mention], met: Known) -> list[Named]:
    found: dict[tuple[Span, str], Named] = {}
    for mention in as_places(text, mentions):
        if mention.wording == "name" and mention.kind in KINDS:
            for part in _parts(text, mention.span):
                for span in names_in(text, part, mention.kind, met):
                    one = _named(text, span, mention.kind)
                    if one.key.core:
                        found.setdefault((span, one.key.core), one)
    return _names_only(list(found.values()), met)


def _names_only(places: list[Named], met: Known) -> list[Named]:
    """Without words for a people, which describe, and words that the case mostly writes small.

    A territory is a place, and what the case mostly takes for a person, or for no person, is so here: unless it is part
    of a longer name of this report, as family names are.
    """
    longer = {word for one in places if " " in one.key.core for word in one.key.core.split()}
    people = (one.key.core.split() for one in places if one.key.person and " " in one.key.core)
    called = {word for words in people if met.kinds.get(words[0], "person") == "person" for word in words}
    found = []
    for one in places:
        core = one.key.core
        if core in called or (one.key.person and one.titles):
            found.append(one)
        elif code := territory(core):
            found.append(_as(one, "organisation" if code in ALLIANCES else "place"))
        elif not is_people(core) and (core not in met.small or core in longer):
            kind = met.kinds.get(core, one.kind)
            found.append(_as(one, kind) if (kind == "person") != one.key.person else one)
    return found


def _as(one: Named, kind: MentionKind) -> Named:
    return one._replace(key=Key(one.key.core, kind == "person"), kind=kind)


def _named(text: str, span: Span, kind: MentionKind) -> Named:
    person = kind == "person"
    form = forms.form(text[span.start : span.end], person=person)
    title = forms.title_before(text, span.start) if person else ""
    gender = form.gender or (forms.gender_of(title) if title else "")
    return Named(Key(form.core, person, gender), span, kind, form.titles | {title} if title else form.titles)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """A name; two where it was marked together with its other form in brackets."""
    parts = _BRACKET.fullmatch(text, span.start, span.end) if text[span.end - 1 : span.end] == ")" else None
    if parts is None:
        yield span
        return
    for name in ("one", "other"):
        yield trim(text, *parts.span(name))


def _settled(places: list[Named]) -> list[Named]:
    """One sort and, where a title tells it, one gender for each name of several words."""
    sorts: defaultdict[str, list[bool]] = defaultdict(list)
    for one in places:
        sorts[one.key.core].append(one.key.person)
    both = {core: 2 * sum(seen) >= len(seen) for core, seen in sorts.items() if " " in core and len(set(seen)) == 2}
    for number, one in enumerate(places):
        if one.key.core in both:
            key = Key(one.key.core, both[one.key.core], one.key.gender if both[one.key.core] else "")
            places[number] = one._replace(key=key)
    genders: defaultdict[str, set[forms.Gender]] = defaultdict(set)
    for one in places:
        if one.key.gender:
            genders[one.key.core].add(one.key.gender)
    for number, one in enumerate(places):
        told = genders.get(one.key.core, ())
        if one.key.person and not one.key.gender and len(told) == 1:
            places[number] = one._replace(key=Key(one.key.core, person=True, gender=next(iter(told))))
    return places


def _hear(sheet: Sheet, report: Report, speaker: Speaker, met: Known) -> None:
    """Find the name of a voice among those of the report, or add it. What names nobody, or several, stays a voice."""
    likely = speaker.kind == "person" or (speaker.kind == "other" and not _has_office(speaker.name))
    part = _name_of(speaker, met, person=likely)
    name = speaker.name[part.start : part.end] if part else ""
    node = next(
        (found for one in (speaker.name, name) for person in (likely, not likely)
         if one and (found := _known(sheet, one, person=person))), None
    )  # fmt: skip
    if node is None and part is None:
        return
    likely = likely and _may_be_person(forms.form(name, person=True).core, met)
    kind = speaker.kind if node is None and speaker.kind != "other" else None
    form = forms.form(name or speaker.name, person=likely)
    if node is None:
        key = Key(form.core, likely, form.gender if likely else "")
        node = sheet.nodes[key] = Node(key)
    sheet.voices[speaker.name] = node.key
    node.titles |= form.titles if node.key.person else frozenset[str]()
    where = _place(report, speaker, part)
    if where is None or not any(_overlap(where.span, one.span) for one in node.mentions):
        node.meet(name or speaker.name, kind, where)


def _may_be_person(core: str, met: Known) -> bool:
    """Whether a speaker's name can be a person's: none that ends as names of bodies do, or that the case knows."""
    is_body = " " in core and is_shared(core.rpartition(" ")[2]) and core not in met.people
    return not is_body and not territory(core) and met.kinds.get(core, "person") == "person"


def _name_of(speaker: Speaker, met: Known, *, person: bool) -> Span | None:
    """Where in the words for a voice its one name stands, counted from their start."""
    whole = Span(0, len(speaker.name))
    found = [*names_in(speaker.name, whole, "person" if person else "organisation", met)]
    core = forms.form(speaker.name[found[0].start : found[0].end], person=False).core if len(found) == 1 else ""
    return found[0] if core and not is_people(core) else None


def _has_office(name: str) -> bool:
    return not {"of", "for"}.isdisjoint(fold(name).split())


def _known(sheet: Sheet, name: str, *, person: bool) -> Node | None:
    key = Key(forms.form(name, person=person).core, person)
    return next(
        (sheet.nodes[one] for gender in forms.GENDERS if (one := key._replace(gender=gender)) in sheet.nodes), None
    )


def _place(report: Report, speaker: Speaker, part: Span | None) -> Where | None:
    """Where the voice is named, if its name stands there."""
    if speaker.span is None or part is None:
        return None
    written = report.text[speaker.span.start : speaker.span.end]
    if written == speaker.name:
        return Where(report.id, Span(speaker.span.start + part.start, speaker.span.start + part.end))
    return Where(report.id, speaker.span) if fold(written) == fold(speaker.name) else None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
