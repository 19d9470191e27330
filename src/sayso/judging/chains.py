"""Chains as people corrected them, and the chains of what the corrected attributions hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sayso.kit import fold
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Change, Link, Span

Chain = tuple[Link, ...]

ARTICLES = frozenset({"the", "a", "an"})


def relinked(
    text: str, read: Mapping[str, Attribution], held: Mapping[str, Attribution], changes: Mapping[str, Change]
) -> dict[str, Attribution]:
    """The attributions with their chains as the changes want them, outer ones first.

    `read`: as the program has them, those too that were added; `held`: with spans and holders as they are now. A chain
    that went on from its holder's goes on from what that has become.
    """
    done: dict[str, Attribution] = {}
    for one in sorted(held.values(), key=lambda one: (-sum(end - start for start, end in one.content), one.id)):
        was = read[one.id]
        outer, now = read.get(was.within or ""), done.get(one.within or "")
        goes_on = replace(one, chain=_based(was.chain, outer, now))
        change = changes.get(one.id)
        done[one.id] = _changed(text, goes_on, change, read) if change else goes_on
    return done


def _based(chain: Chain, outer: Attribution | None, now: Attribution | None) -> Chain:
    """A chain on what its holder's chain is now; `outer` its holder as read, `now` its holder as it is."""
    if outer is None or chain[: len(outer.chain)] != outer.chain:
        return chain
    rest = chain[len(outer.chain) :]
    return (*(now.chain if now else outer.chain[:-1]), *rest)


def _changed(text: str, one: Attribution, change: Change, read: Mapping[str, Attribution]) -> Attribution:
    near = min(span.start for span in (*one.content, *(span for span in (one.source, one.cue) if span)))
    chain = one.chain or (Link(PUBLISHER_NOT_RECORDED),)
    if change.chain is not None:
        known = {link.voice: link for link in chain[1:]}
        chain = (chain[0], *(known.get(voice) or _link(text, voice, near) for voice in change.chain))
    if change.speaker and (len(chain) == 1 or chain[-1].voice != change.speaker):
        chain = (*chain[: max(1, len(chain) - 1)], _link(text, change.speaker, near))
    stance, certainty = change.stance or one.stance, change.certainty or one.certainty
    last = chain[-1]
    if len(chain) > 1:
        last = replace(last, stance=stance, certainty=certainty, via=one.id)
    if last.voice == (one.chain[-1].voice if one.chain else ""):
        named, kind = one.named, one.kind
    else:
        alike = next((other for other in read.values() if other.chain and other.chain[-1].voice == last.voice), None)
        named, kind = (alike.named, alike.kind) if alike else (_looks_named(last.voice), "unspecified")
    named, kind = named if change.named is None else change.named, change.kind or kind
    settled = tuple(replace(link, resolved=True) for link in (*chain[:-1], last))
    return replace(
        one, chain=settled, named=named, kind=kind, stance=stance, certainty=certainty, probability=1.0,
        chain_probability=1.0,
    )  # fmt: skip


def _link(text: str, voice: str, near: int) -> Link:
    return Link(voice, span=None if voice == UNSPECIFIED else _nearest(text, voice, near))


def _nearest(text: str, words: str, near: int) -> Span | None:
    """Where these words stand, whole, nearest to a place: before it if they do anywhere."""
    before = text.rfind(words, 0, near + len(words))
    behind = text.find(words, near)
    for start in (before, behind):
        if words and start >= 0 and _is_whole(text, start, start + len(words)):
            return Span(start, start + len(words))
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _looks_named(voice: str) -> bool:
    """Whether a word other than a leading article is capitalised."""
    words = voice.split()
    return any(word[:1].isupper() for word in (words[1:] if words and fold(words[0]) in ARTICLES else words))
