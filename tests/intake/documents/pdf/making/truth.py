"""Page and line of every sentence, from the source text and the places of words as poppler's pdftotext sees them.

The order of the words is the source's. poppler, which shares no code with the reader under test, only says where on
the page each word stands. Where a script places every line itself, poppler is not asked.
"""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

Line = tuple[int, str]
"""Page from 1, and the text of a line."""
SENTENCE = re.compile(r"(?<=[.!?。؟])[”\"]?\s*(?=[A-ZА-Я“\"一-鿿ء-ي])")


@dataclass
class Seen:
    """A word as poppler sees it."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    after: Seen | None = None
    used: bool = False


@dataclass
class Found:
    """Where the words of the source stand."""

    pages: int
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Page and line of each word, both from 1."""


def sentences(paragraph: str) -> list[tuple[int, str]]:
    """Offset and text of each sentence."""
    cuts = [0, *(match.end() for match in SENTENCE.finditer(paragraph)), len(paragraph)]
    return [(a, paragraph[a:b].strip()) for a, b in pairwise(cuts) if paragraph[a:b].strip()]


def from_lines(paragraphs: Sequence[Sequence[Line]], joined: Sequence[str]) -> list[list[object]]:
    """[sentence, page, line] for text of which every line was placed by the script.

    `joined` says what each paragraph reads; the lines are looked up in it one after the other.
    """
    counts: dict[int, int] = {}
    result: list[list[object]] = []
    for lines, text in zip(paragraphs, joined, strict=True):
        starts: list[tuple[int, int, int]] = []
        at = 0
        for page, line in lines:
            counts[page] = counts.get(page, 0) + 1
            at = text.index(line.rstrip("-").strip(), at)
            starts.append((at, page, counts[page]))
            at += len(line.rstrip("-").strip())
        for offset, sentence in sentences(text):
            _, page, number = [start for start in starts if start[0] <= offset][-1]
            result.append([sentence, page, number])
    return result


def from_poppler(path: Path, paragraphs: Sequence[str], *, running: int = 0, password: str = "") -> list[list[object]]:
    """[sentence, page, line] for text that the producer broke into lines. The last `running` paragraphs are headers."""
    words = [word for paragraph in paragraphs for word in paragraph.split()]
    fresh = set(accumulate((len(paragraph.split()) for paragraph in paragraphs[: -running or None]), initial=0))
    places = _walk(words, _seen(path, password), {at for at in fresh if running and at >= max(fresh)})
    result: list[list[object]] = []
    at = 0
    for paragraph in paragraphs:
        for offset, sentence in sentences(paragraph):
            page, line = places[at + len(paragraph[:offset].split())]
            result.append([sentence, page, line])
        at += len(paragraph.split())
    return result


def _seen(path: Path, password: str) -> list[Seen]:
    command = ["pdftotext", "-bbox", *(["-upw", password] if password else []), str(path), "-"]
    out = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    seen: list[Seen] = []
    page = 0
    for line in out.splitlines():
        if "<page " in line:
            page += 1
        elif match := re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line):
            x0, y0, x1, y1 = (float(match[number]) for number in range(1, 5))
            seen.append(Seen(html.unescape(match[5]), page, x0, y0, x1, y1))
    seen = _merged(seen)
    for one in seen:
        right = [o for o in seen if o.page == one.page and _level(one, o) and 0 <= o.x0 - one.x1 + 1 < 250]
        one.after = min(right, key=lambda other: other.x0, default=None)
    return seen


def _merged(seen: list[Seen]) -> list[Seen]:
    """Words that poppler cuts in two, where letters are kerned or raised, put together again."""
    whole: list[Seen] = []
    for one in seen:
        last = whole[-1] if whole else None
        if last and last.page == one.page and -1 < one.x0 - last.x1 < 0.6 and last.y0 < one.y1 and one.y0 < last.y1:
            last.text, last.x1 = last.text + one.text, one.x1
        else:
            whole.append(one)
    return whole


def _level(a: Seen, b: Seen) -> bool:
    return a is not b and abs((a.y0 + a.y1) - (b.y0 + b.y1)) / 2 < 0.45 * max(a.y1 - a.y0, b.y1 - b.y0)


def _walk(words: list[str], seen: list[Seen], fresh: set[int]) -> list[tuple[int, int]]:
    """Page and line of each word: the one to the right if it fits, else the start of the longest run that does."""
    counts: dict[int, int] = {}
    places: list[tuple[int, int]] = []
    last: Seen | None = None
    at = 0
    rest = ""
    while at < len(words):
        target = rest or words[at]
        last = None if at in fresh and not rest else last
        one = last.after if last else None
        if not (one and not one.used and _fits(one, target)):
            one = _longest(words, at, target, seen, last)
            counts[one.page] = counts.get(one.page, 0) + 1
        one.used = True
        if not rest:
            places.append((one.page, counts[one.page]))
        rest = _rest(one.text, target)
        at += not rest
        last = one
    return places


def _rest(text: str, target: str) -> str:
    """What is left of a word of which a part stands at the end of a line."""
    text = _plain(text)
    if text == target:
        return ""
    stem = text[:-1] if text.endswith(("-", "\u00ad", "‐")) else text
    return target[len(text) :] if target.startswith(text) else target[len(stem) :]


def _plain(text: str) -> str:
    for glyphs, letters in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl")):
        text = text.replace(glyphs, letters)
    return text


def _fits(one: Seen, target: str) -> bool:
    text = _plain(one.text)
    if text == target:
        return True
    stem = text[:-1] if text.endswith(("-", "\u00ad", "‐")) else ""
    return bool(stem) and target.startswith(stem) and len(stem) > 1


def _longest(words: list[str], at: int, target: str, seen: list[Seen], last: Seen | None) -> Seen:
    def run(one: Seen) -> tuple[float, int, float]:
        length, here, number = 0, one, at
        wanted = target
        while here and not here.used and _fits(here, wanted) and number < len(words):
            length += 1
            here, number = here.after, number + 1
            wanted = words[number] if number < len(words) else "\0"
        same = last is not None and last.page == one.page
        step = one.y0 - last.y0 if last else 0
        below = same and last is not None and 0 < step < 2.2 * (last.y1 - last.y0) and one.x0 < last.x0 + 1
        return length + 4 * below + same, -one.page, -abs(step)

    fitting = [one for one in seen if not one.used and _fits(one, target)]
    if not fitting:
        raise LookupError(f"poppler does not see {target!r} after {words[max(0, at - 5) : at]}")
    return max(fitting, key=run)


def whole(paragraphs: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Paragraphs of placed lines, joined by a blank."""
    for lines in paragraphs:
        yield " ".join(line for _, line in lines)
