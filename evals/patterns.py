"""Does any regular expression of sayso's own take more than in proportion to the text?

    python -m evals.patterns [--sizes 12500 25000 50000 100000] [--only PART]

Every pattern in the source is found (from the source's syntax tree: each call of `re`; and from the modules' own
values, where tables make them), and for each the ways it is used (`search`, `match`, `fullmatch`, and `finditer`, for
which `findall`, `sub` and `split` count too). Texts are made from the pattern itself to make it slow (`attacks.py`), of
each size; the times for a size and twice the size are compared. A ratio counts where the longer text takes at least
2 ms of processor time: with less there is nothing to win, and only noise to be measured.

Prints the number of patterns, uses and texts; `worst_ratio` and `slowest_ms` over all; and in `over` those with a ratio
above 2.5, or that took more than 10 s, or that could not be evaluated: there should be none.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import sayso
from evals.attacks import attacks, text_of
from evals.files import report_result

SIZES = (12_500, 25_000, 50_000, 100_000)
MOST = 2.5
"""A text twice as long may take so many times as long."""
LEAST_SECONDS = 0.002
NEVER = 999.0
"""Stands for the ratio of a match that did not end in time."""
DEADLINE_SECONDS = 10.0
CALLS = frozenset({"compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"})
USES = {"findall": "finditer", "split": "finditer", "sub": "finditer", "subn": "finditer"} | {
    one: one for one in ("search", "match", "fullmatch", "finditer")
}
FLAGS_AT = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3, "sub": 4}
STAND_IN = "zq"
"""For a word that a pattern is given while the program runs."""
LEFT_OUT = frozenset({"sayso.__main__"})


@dataclass(frozen=True, slots=True)
class Own:
    """A regular expression of the source, and how it is used."""

    where: str
    """File and line, or the module's value that holds it."""
    pattern: re.Pattern[Any]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The worst that was measured for one use of a pattern."""

    where: str
    use: str
    ratio: float
    milliseconds: float
    size: int
    attack: tuple[str, str, str]


class TooLong(Exception):
    """A match did not end in time."""


def modules() -> list[ModuleType]:
    """All modules of the package."""
    names = [one.name for one in pkgutil.walk_packages(sayso.__path__, "sayso.")]
    return [sayso, *(importlib.import_module(name) for name in names if name not in LEFT_OUT)]


LITERAL = frozenset({"sayso/redaction/matching.py"})
"""Modules that look for words given at run time, escaped: an alternation of literals cannot backtrack badly."""


def collect(every: Sequence[ModuleType]) -> tuple[list[Own], list[str]]:
    """All patterns of these modules, each once; and the calls of `re` whose pattern cannot be told."""
    found: dict[tuple[str | bytes, int], Own] = {}
    unknown: list[str] = []
    trees = {module.__name__: _tree(module) for module in every}
    used = _uses(every, trees)
    for module in every:
        for where, pattern, use in _called(module, trees[module.__name__]):
            if pattern is None:
                unknown += [where] if where.rpartition(":")[0] not in LITERAL else []
            else:
                _add(found, where, pattern, (USES[use],) if use in USES else used.get(_key(pattern), ()))
        for name, pattern in _held(module):
            _add(found, f"{module.__name__}.{name}", pattern, used.get(_key(pattern), ()))
    return list(found.values()), unknown


def _key(pattern: re.Pattern[Any]) -> tuple[str | bytes, int]:
    return pattern.pattern, pattern.flags


def _add(
    found: dict[tuple[str | bytes, int], Own], where: str, pattern: re.Pattern[Any], uses: Collection[str]
) -> None:
    """Keep a pattern; of one that is written twice, all uses. One whose use is not seen counts as used in all ways."""
    before = found.get(_key(pattern))
    together = set(uses or USES.values()) | set(before.uses if before else ())
    found[_key(pattern)] = Own(before.where if before else where, pattern, tuple(sorted(together)))


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _uses(every: Sequence[ModuleType], trees: Mapping[str, ast.Module]) -> dict[tuple[str | bytes, int], set[str]]:
    """How each pattern is used that the modules' values hold.

    One in a tuple or mapping, or handed on by its name, is used as the other names of the same function are: what its
    loops go through. Where that tells nothing, as those of the whole module; else in all ways.
    """
    uses: dict[tuple[str | bytes, int], set[str]] = {}
    for module in every:
        anywhere: set[str] = set()
        for function in (one for one in ast.walk(trees[module.__name__]) if isinstance(one, ast.FunctionDef)):
            in_loops: set[str] = set()
            handed: set[tuple[str | bytes, int]] = set()
            for node, method in _names(function):
                meant = _meant(node, module)
                if isinstance(meant, re.Pattern) and method in USES:
                    uses.setdefault(_key(meant), set()).add(USES[method])
                elif method in USES and not isinstance(meant, ModuleType):
                    in_loops.add(USES[method])
                elif method not in {"pattern", "flags"}:
                    handed.update(map(_key, _within(meant, 0)))
            anywhere |= in_loops
            for key in handed:
                uses.setdefault(key, set()).update(in_loops)
        for _, pattern in _held(module):
            if not uses.get(_key(pattern)):
                uses[_key(pattern)] = set(anywhere or USES.values())
    return uses


def _names(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Each name (`X`, `module.X`) that is read, and which attribute of it is asked for, "" if none."""
    asked = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            yield node, asked.get(id(node), "")


def _meant(node: ast.expr, module: ModuleType) -> object:
    """What a name stands for in a module, None if it is no name of the module's own."""
    if isinstance(node, ast.Name):
        return vars(module).get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = vars(module).get(node.value.id)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None


def _called(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any] | None, str]]:
    """Each call of `re` in a module: where, the pattern (None if it cannot be told), the function of `re`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            func = node.func
            if isinstance(func.value, ast.Name) and func.value.id == "re" and func.attr in CALLS:
                where = f"{Path(str(module.__file__)).relative_to(Path(sayso.__path__[0]).parent)}:{node.lineno}"
                yield where, _evaluate(node, func.attr, vars(module)), func.attr


def _evaluate(call: ast.Call, method: str, known: Mapping[str, Any]) -> re.Pattern[Any] | None:
    at = FLAGS_AT.get(method, 4)
    flags = [word.value for word in call.keywords if word.arg == "flags"] or call.args[at : at + 1]
    try:
        return re.compile(_value(call.args[0], known), _value(flags[0], known) if flags else 0)
    except (NameError, TypeError, AttributeError, re.error):
        return None


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the source says
    """What an expression of our own source comes to; in an f-string, a part not known until run time is a stand-in."""
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            try:
                parts.append(str(_value(part.value if isinstance(part, ast.FormattedValue) else part, known)))
            except NameError:
                parts.append(STAND_IN)
        return "".join(parts)
    return eval(compile(ast.Expression(node), "<source>", "eval"), dict(known))  # noqa: S307 - the project's own source


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, value in vars(module).items():
        if not name.startswith("__"):
            for pattern in _within(value, 0):
                yield name, pattern


def _within(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: in tuples, lists, sets, mappings and records, and in tables that are read once."""
    if isinstance(value, re.Pattern):
        yield value
    if depth > 4:
        return
    inside: list[object] = []
    if callable(value) and hasattr(value, "cache_info") and not inspect.signature(value).parameters:
        inside = [value()]
    elif isinstance(value, Mapping):
        inside = [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inside = list(value)
    elif is_dataclass(value) and not isinstance(value, type):
        inside = [getattr(value, field.name, None) for field in fields(value)]
    for one in inside:
        yield from _within(one, depth + 1)


def measure(own: Own, sizes: Sequence[int]) -> list[Found]:
    """The worst for each use of a pattern: the highest ratio that counts, else the longest time."""
    source = own.pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    found = []
    for use in own.uses:
        worst = Found(own.where, use, 0.0, 0.0, 0, ("", "", ""))
        for attack in attacks(text, own.pattern.flags & ~re.DEBUG):
            one = _attacked(own, use, attack, sizes)
            worst = max(worst, one, key=lambda each: (each.ratio, each.milliseconds))
            if worst.ratio > MOST:  # one such text is enough to say so, and more of them take long
                print(f"  {use}: {worst.ratio} at {worst.size} ({worst.milliseconds:.0f} ms)", file=sys.stderr)
                break
        found.append(worst)
    return found


def _attacked(own: Own, use: str, attack: tuple[str, str, str], sizes: Sequence[int]) -> Found:
    """One attack at all sizes. It ends at the first ratio that is too high: the next text would take too long."""
    worst = Found(own.where, use, 0.0, 0.0, 0, attack)
    try:
        times = [_seconds(own, use, attack, sizes[0])]
        for shorter, size in pairwise(sizes):
            times.append(_seconds(own, use, attack, size))
            ratio = _ratio(own, use, attack, (shorter, size), times[-2:])
            if (ratio, times[-1]) > (worst.ratio, worst.milliseconds / 1000):
                worst = Found(own.where, use, round(ratio, 2), round(times[-1] * 1000, 2), size, attack)
            if ratio > MOST:
                break
    except TooLong:
        worst = Found(own.where, use, NEVER, DEADLINE_SECONDS * 1000, sizes[-1], attack)
    return worst


def _ratio(own: Own, use: str, attack: tuple[str, str, str], sizes: tuple[int, int], times: Sequence[float]) -> float:
    """0 if the time is too short to count. One that is too high is measured again, more often, against chance."""
    if times[1] < LEAST_SECONDS:
        return 0.0
    # A text of n characters is never exactly n long: whole parts are repeated.
    longer = len(text_of(attack, sizes[1])) / max(1, len(text_of(attack, sizes[0]))) / 2
    for _ in range(3):
        if (ratio := times[1] / times[0] / longer) <= MOST or times[1] > 1:
            return ratio
        times = [_seconds(own, use, attack, size, repeats=9) for size in sizes]
    return times[1] / times[0] / longer


def _seconds(own: Own, use: str, attack: tuple[str, str, str], size: int, *, repeats: int = 1) -> float:
    """The least processor time of so many matches. Raises TooLong."""
    text: Any = text_of(attack, size)
    if isinstance(own.pattern.pattern, bytes):
        text = text.encode("utf-8")
    run = getattr(own.pattern, use)
    best = float("inf")
    signal.setitimer(signal.ITIMER_REAL, DEADLINE_SECONDS)
    try:
        for _ in range(repeats):
            started = time.process_time()
            found = run(text)
            if use == "finditer":
                for _one in found:
                    pass
            best = min(best, time.process_time() - started)
            if best > 0.1:
                break
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return best


def _late(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


def run(sizes: Sequence[int], only: str = "") -> dict[str, object]:
    """Measure every pattern whose place contains `only`."""
    signal.signal(signal.SIGALRM, _late)
    every, unknown = collect(modules())
    chosen = [one for one in every if only in one.where]
    found: list[Found] = []
    for own in chosen:
        print(own.where, file=sys.stderr)
        found += measure(own, sizes)
    over = [_told(one) for one in found if one.ratio > MOST]
    return {
        "sizes": list(sizes),
        "patterns": len(chosen),
        "uses": len(found),
        "worst_ratio": max((one.ratio for one in found), default=0.0),
        "slowest_ms": max((one.milliseconds for one in found), default=0.0),
        "over": over + [{"where": where, "reason": "its pattern cannot be told from the source"} for where in unknown],
    }


def _told(one: Found) -> dict[str, object]:
    return {
        "where": one.where,
        "use": one.use,
        "ratio": one.ratio,
        "ms": one.milliseconds,
        "size": one.size,
        "text": [part[:80] for part in one.attack],
    }


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="each twice the one before")
    parser.add_argument("--only", default="", metavar="PART", help="patterns whose file or name contains this")
    asked = parser.parse_args()
    report_result(run(asked.sizes, asked.only))


if __name__ == "__main__":
    main()
