"""What claims answer, carried over where the words are still theirs: for new words the encoder would be needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from sayso.kit import covers, shared
from sayso.model import Claim, Reply, Slot

SLOTS: tuple[Slot, ...] = get_args(Slot)


def with_replies(stated: Iterable[Claim], read: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with the replies that the program read in the same words, in the same order.

    A claim whose words and voices are as they were is given back as it was read. One whose words were other claims'
    takes over the replies whose own words are now in it. Where a person made a denial of an assertion, or the other way
    round, what it answered it now rejects.
    """
    known = {one.id: one for one in read}
    return tuple(_with_replies(one, known.get(one.id), read) for one in stated)


def _with_replies(claim: Claim, own: Claim | None, read: Sequence[Claim]) -> Claim:
    if own is not None and own.content == claim.content:
        replies = own.replies if _denies(own) == _denies(claim) else tuple(map(_other_side, own.replies))
        return replace(claim, replies=replies)
    found: dict[tuple[str, bool], Reply] = {}
    for other in read:
        if not any(shared(here, there) > 0 for here in claim.content for there in other.content):
            continue
        turned = _denies(other) != _denies(claim)
        for reply in (_other_side(one) if turned else one for one in other.replies):
            best = found.get((reply.slot, reply.is_for))
            if _is_in(reply, other, claim) and (best is None or reply.score > best.score):
                found[reply.slot, reply.is_for] = reply
    return replace(
        claim, replies=tuple(sorted(found.values(), key=lambda one: (SLOTS.index(one.slot), not one.is_for)))
    )


def _is_in(reply: Reply, read: Claim, claim: Claim) -> bool:
    """Whether the words of the answer, or all of the claim where it has none of its own, stand in the new claim."""
    return all(covers(claim.content, span) for span in ([reply.span] if reply.span else read.content))


def _denies(claim: Claim) -> bool:
    return claim.stance == "denies"


def _other_side(reply: Reply) -> Reply:
    return reply._replace(is_for=not reply.is_for)
