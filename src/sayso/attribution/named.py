"""Whether a voice is named: decision 8 of the guidelines, as far as words tell.

Named are a person by name, a body, government or outlet by its own, a document by its title or its issuer, and those
who speak together with one of them. Described only are officials of a place, persons by their post, and whole peoples.
"""

from __future__ import annotations

import re

from sayso.attribution.figures import Figure
from sayso.attribution.vocabulary import (
    BODIES,
    DAYS,
    DEFINITE,
    HONORIFICS,
    OUTLET_NAMES,
    PERSONS,
    PRONOUNS,
    TITLES,
    alternatives,
    head_of,
    sort_of_head,
)
from sayso.attribution.voices import Meant

LOOSE_BODIES = frozenset(
    (
        "group", "company", "firm", "team", "family", "organization", "organisation", "charity", "side", "staff",
        "leadership", "opposition",
    )
)  # fmt: skip
"""Bodies that are not named by what they are."""

_NAME = r"(?:(?:al|el|bin|de|van|von)[ -])?[A-Z][\w'’&.-]*"
_RUN = rf"{_NAME}(?: {_NAME}){{0,30}}"
_TITLED = rf"(?:[Tt]he |[a-z]+ )?(?:{_NAME} )?(?i:{alternatives(TITLES | HONORIFICS)})\.? (?P<titled>{_RUN})"
_GOES_ON = r"(?= (?:of|from|in|at|with) (?:the )?[A-Z]| who\b| whose\b| an? |,|$)"
_TOGETHER = r"(?= and (?:his|her|its|their|the|other|others|aides|some|many)\b)"
_NAME_FIRST = re.compile(rf"(?:{_TITLED}|(?P<full>{_NAME}(?: {_NAME})+)|(?P<one>{_NAME})){_GOES_ON}")
_AND_ITS = re.compile(r" and (?:his|her|its|their) ")
_NAME_AMONG = re.compile(rf"(?:[Tt]he )?(?:[a-z]+ )?(?P<all>{_RUN}){_TOGETHER}")
_NAME_LAST = re.compile(rf"(?:^|\s)(?P<noun>[a-z-]+) {_RUN}$")
_OWNER = re.compile(r"(?:[Tt]he )?(?:[A-Z][\w.-]* )*[A-Z][\w.-]*(?:['’]s|s['’])\s")
_TITLE = re.compile(rf"[Tt]he {_RUN}")
_ISSUER = re.compile(
    r"(?: (?:written|signed|sent|issued|prepared|drafted))? (?:by|from|of) (?:the )?([A-Z][\w.]*)"
    r"| on (?:the )?([A-Z][\w.]*['’]s)"
)
_DATED = re.compile(r"\b\d{1,2} [A-Z][a-z]+|\b[A-Z][a-z]+\.? \d{1,2}\b")
_TITLED_SO = re.compile(r" (?:marked|titled|entitled|called|headed) [\"“‘']?[A-Z]")
_OWNED = re.compile(r"['’]s ")
_PEOPLE = re.compile(r"(?:crats|icans|ians|[oe]ans|ists|nese)$")
_PICTURES = frozenset({"CCTV", "TV", "AP"})
_CASE_MIXED = re.compile(r"[a-z]+[A-Z]\w*|\w+\.[a-z]{2,3}")


def is_named(who: Meant) -> bool:
    """Whether a voice is a named person, body or document. One whom nobody could tell is not."""
    figure = who.figure
    if figure is None or not who.resolved:
        return False
    if figure.core:
        return not _a_people(who.name)
    return _has_name(who.name) or _is_named_so(who.name, figure)


def _has_name(name: str) -> bool:
    """Whether a description holds the name of whom it describes."""
    title = name.rsplit(maxsplit=1)[-1].casefold() in OUTLET_NAMES and _TITLE.fullmatch(name)
    return bool(title) or _begins_with_name(name) or _ends_with_name(name)


def _is_named_so(name: str, figure: Figure) -> bool:
    """Whether a description without a name of its own names somebody, by whose it is or of which country or issuer."""
    words = name.split()
    persons = figure.sort == "person" or (sort_of_head(words[-1]) == "person" and not _AND_ITS.search(name))
    owned = _OWNER.match(name) is not None
    if figure.head in {"and", "police"} or head_of(name)[0] == "governments":
        return _capitals(name)
    if figure.sort == "document":
        return _issued(name)
    if persons or (figure.plural and not owned):
        return False
    if figure.sort == "body":
        definite = words[0].casefold() in DEFINITE and figure.head in BODIES - LOOSE_BODIES
        return definite or _capitals(name)
    return owned and not head_of(name)[0].endswith("s")


def _begins_with_name(name: str) -> bool:
    """Whether words open with a name: "Mara Vel of the Union", "Mr. Vel, who", "Vel and his aides", "eQuay"."""
    if _CASE_MIXED.fullmatch(name):
        return True
    among, found = _NAME_AMONG.match(name), _NAME_FIRST.match(name)
    if among and not _is_description(among["all"]) and among["all"].casefold() not in PRONOUNS:
        return True
    if not found:
        return False
    run = found["titled"] or found["full"] or found["one"]
    return not _is_description(run) and not (found["one"] and run.endswith(("s", "ly")))


def _ends_with_name(name: str) -> bool:
    """Whether a person's name stands at the end: "striker and captain Vel"."""
    found = _NAME_LAST.search(name)
    return found is not None and (found["noun"] in PERSONS or found["noun"] in TITLES)


def _is_description(run: str) -> bool:
    """Whether a run of capitals is a post or a people, or ends in a common noun."""
    last = run.rsplit(" ", 1)[-1].strip(".").casefold()
    return last in TITLES or sort_of_head(last) != "unknown" or _a_people(run)


def _a_people(name: str) -> bool:
    """Whether a name is a whole people's or party's: "the Varnians", "House Varnicans"."""
    words = name.split()
    general = len(words) == 1 or words[0][0].islower() or words[0] in {"The", "House", "Senate", "Top"}
    return general and _PEOPLE.search(words[-1]) is not None


def _capitals(name: str) -> bool:
    """Whether a name stands in a description: not its first word's capital, unless that is no sentence's."""
    first, *others = name.split()
    own = (first.isupper() and len(first) > 1 and first not in _PICTURES) or first.endswith(("'s", "’s", "’", "'"))
    return own or any(word[0].isupper() and word.casefold() not in DAYS for word in others)


def _issued(name: str) -> bool:
    """Whether a document is told from others: by issuer or owner, date or title, or as a known one of a sort.

    "The Varnian report", "a survey by Vel", "Vel's book", "the May 12 cable", "the criminal complaint".
    """
    head, qualified = head_of(name)
    if name.split(" ", 1)[0].casefold() == "the" and len(qualified) > 1:
        return True
    at = name.casefold().find(head)
    before, after = name[: at + len(head)], name[at + len(head) :]
    issuer = _ISSUER.match(after)
    by = issuer is not None and (issuer[1] or issuer[2]).casefold() not in DAYS
    return by or _capitals(before) or any(found.search(name) for found in (_DATED, _OWNED, _TITLED_SO))
