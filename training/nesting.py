"""What is learned of nested mentions: pairs of first and last words, their kinds, tags by depth from both sides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from numpy.typing import NDArray
from torch import Tensor

from sayso.reading.side import DEPTHS, SPAN_DIM, WIDEST

if TYPE_CHECKING:
    from training.side import Side
    from training.states import Lesson


def nested_loss(net: Side, x: Tensor, lessons: Sequence[Lesson]) -> Tensor:
    """The sum over what is wrong of each mention, by the number of mentions; x is (B, T, width)."""
    losses, marks = [], 0
    for states, lesson in zip(x, lessons, strict=True):
        gold = np.empty((0, 3), dtype=np.int64) if lesson.nested is None else lesson.nested
        rows = states[torch.from_numpy(lesson.begins)]
        losses += [_pairs_loss(net, rows, gold)]
        for head, outermost in ((net.outer, True), (net.inner, False)):
            tags = depths(gold, len(rows), outermost=outermost)
            scores = head(rows).view(len(rows) * DEPTHS, -1).float()
            losses.append(F.cross_entropy(scores, torch.from_numpy(tags.ravel()), reduction="sum"))
        marks += len(gold)
    return torch.stack(losses).sum() / max(1, marks)


def _pairs_loss(net: Side, rows: Tensor, marks: NDArray[np.int64]) -> Tensor:
    size = len(rows)
    width = torch.arange(size)[None, :] - torch.arange(size)[:, None]
    ties = (net.start(rows) @ net.end(rows).T).float() / math.sqrt(SPAN_DIM) + net.wide[width.clamp(0, WIDEST - 1)]
    allowed = (width >= 0) & (width < WIDEST)
    wanted = torch.zeros_like(ties)
    first, last, kind = torch.from_numpy(marks).unbind(1)
    wanted[first, last] = 1
    loss = F.binary_cross_entropy_with_logits(ties[allowed], wanted[allowed], reduction="sum")
    kinds = net.kinds(F.relu(net.kind_start(rows)[first] + net.kind_end(rows)[last])).float()
    return loss + F.cross_entropy(kinds, kind, reduction="sum")


def depths(marks: NDArray[np.int64], words: int, *, outermost: bool) -> NDArray[np.int64]:
    """BIO tags (words, DEPTHS) of marks (first, last, kind): depth 0 is the outermost or the innermost.

    Counted from inside, a mention stands one level above the highest of those that it holds.
    """
    tags = np.zeros((words, DEPTHS), dtype=np.int64)
    level: dict[tuple[int, int], int] = {}
    order = sorted(
        {(int(a), int(b), int(k)) for a, b, k in marks}, key=lambda m: (m[1] - m[0]) * (-1 if outermost else 1)
    )
    for a, b, kind in order:
        around = (n for (c, d), n in level.items() if (c <= a and b <= d if outermost else a <= c and d <= b))
        level[a, b] = depth = 1 + max(around, default=-1)
        if depth < DEPTHS:
            tags[a : b + 1, depth] = 2 + 2 * kind
            tags[a, depth] = 1 + 2 * kind
    return tags
