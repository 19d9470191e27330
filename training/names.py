"""Learn how names vary in spelling, from the Wikidata transliteration lists, and choose the threshold on them.

    python -m training.names ../shared/data/names/wikidata_transliteration
    python -m training.names --measure ../shared/data/names/wikidata_transliteration

The lists (Merhav and Ash, COLING 2018; CC0) give words of English Wikipedia titles with their Arabic, Russian, Hebrew,
Chinese and Korean spelling. Words with the same native spelling are taken for variants of one name; words that are
alike, but nowhere share a native spelling, for different names. Learned from the training part:

    spellings.csv, vowelless.csv   prices of exchanging letters (`learn_prices`)
    weights.toml                   weights of a logistic over two words, and of one over two names, and the threshold

The names are made of the lists' words (`training/made_names.py`). `--measure` prints how well words and names are told
apart in the development part. Learning takes two minutes on one free core, and comes out the same each time. Only numpy
and rapidfuzz are needed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, combinations, pairwise, product
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from evals.counting import Counts
from sayso.names import matching, spelling
from sayso.names.folding import romanise
from sayso.names.parts import take_apart
from training import made_names
from training.made_names import Lists

LANGUAGES = ("arabic", "russian", "hebrew", "korean", "chinese")
VOWELLESS = ("arabic", "hebrew")
TRAINING, DEVELOPMENT = "64", "16"
"""Endings of the lists' files."""

Pair = tuple[str, str]
Words = dict[str, dict[str, set[str]]]
"""Language, native spelling in Latin letters, English words."""

LARGEST_GROUP = 8
"""A native spelling with more English words than this is a frequent mistake of the lists (a given name taken for a
family name)."""
ALIKE = 0.5
"""Share of letters that variants have in common at least, to leave out the lists' misalignments."""
IN_A_CASE = 3000
"""Names in a large case: a name is confused with the most alike of so many."""
LEAST_MET = 6
"""An exchange met less often than this is not kept."""
WORTH_KEEPING = 0.35
"""A pair of letters is kept if its price lies so much below that of its parts."""


def load(folder: Path, part: str) -> dict[str, list[tuple[str, str, int]]]:
    """Native and English words by language, as written, and how often they were met together."""
    found = {}
    for language in LANGUAGES:
        with gzip.open(folder / f"wd_{language}_{part}.tsv.gz", "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        found[language] = [(native.replace(" ", ""), english, int(often)) for english, native, often in rows]
    return found


def in_latin(rows: dict[str, list[tuple[str, str, int]]]) -> Words:
    """English words by language and native spelling, all of letters alone."""
    words: Words = {}
    for language, pairs in rows.items():
        words[language] = defaultdict(set)
        for native, english, _ in pairs:
            word = romanise(english)
            if len(word) > 1 and word.isalpha():
                words[language][native].add(word)
    return words


def variants(words: Words) -> list[Pair]:
    """Pairs of words that share a native spelling and enough letters."""
    found = {
        pair
        for groups in words.values()
        for group in groups.values()
        if len(group) <= LARGEST_GROUP
        for pair in combinations(sorted(group), 2)
    }
    return sorted(pair for pair in found if OSA.normalized_similarity(*pair) >= ALIKE)


def across(words: Words) -> list[Pair]:
    """Words from Arabic and Hebrew, letter by letter in Latin, with their English form."""
    found = {(romanise(native), word) for lang in VOWELLESS for native, group in words[lang].items() for word in group}
    return sorted(pair for pair in found if _skeletons_agree(*pair))


def _skeletons_agree(one: str, other: str) -> bool:
    bare = [_bare(one), _bare(other)]
    return min(map(len, bare)) > 0 and OSA.normalized_similarity(*bare) >= ALIKE


def lookalikes(words: Words, many: int, chance: random.Random) -> list[Pair]:
    """For `many` words the three most alike among `IN_A_CASE` drawn at random, and one at random: different names.

    Kept are those that some language spells both of, and none spells alike.
    """
    native: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for language, groups in words.items():
        for spelled, group in groups.items():
            for word in group:
                native[word].add((language, spelled))
    every = sorted(native)
    met = chance.sample(every, min(len(every), IN_A_CASE))
    found: set[Pair] = set()
    for word in chance.sample(every, min(len(every), many)):
        near = process.extract(word, met, scorer=JaroWinkler.normalized_similarity, limit=2)
        near += process.extract(word, met, scorer=OSA.normalized_similarity, limit=2)
        others = sorted({other for other, _, _ in near if other != word} | {chance.choice(met)} - {word})
        found.update(_pair(word, other) for other in others if _known_apart(native[word], native[other]))
    return sorted(found)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _known_apart(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    both = {language for language, _ in one} & {language for language, _ in other}
    return bool(both) and not one & other


def learn_prices(pairs: Sequence[Pair], *, both_ways: bool) -> spelling.Prices:
    """Prices of exchanges of up to two letters, by how often they were met in the cheapest alignments.

    First all single exchanges cost the same (vowels and h less); then twice what was learned before. The price is
    -log(n / sqrt(n1 * n2)), n being how often the exchange was met, n1 and n2 how often its two sides were.
    """
    table = _first_prices()
    for _ in range(3):
        table = _count(pairs, table, both_ways=both_ways)
    return table


def _first_prices() -> spelling.Prices:
    letters, soft = "abcdefghijklmnopqrstuvwxyz", "aeiouyhw"
    table: spelling.Prices = {"": {letter: 0.6 if letter in soft else 1.0 for letter in letters}}
    for one in letters:
        table[one] = {other: 0.5 if one in soft and other in soft else 1.2 for other in letters if other != one}
        table[one][""] = table[""][one]
    return table


def _count(pairs: Sequence[Pair], table: spelling.Prices, *, both_ways: bool) -> spelling.Prices:
    met: Counter[Pair] = Counter()
    for pair in pairs:
        for one, other in (pair, pair[::-1]) if both_ways else (pair,):
            steps = align(one, other, table)
            met.update(steps)
            met.update((a + c, b + d) for (a, b), (c, d) in pairwise(steps))
    met = Counter({key: n for key, n in met.items() if max(map(len, key)) <= 2 and key != ("", "")})
    left, right = Counter[str](), Counter[str]()
    for (one, other), n in met.items():
        left[one] += n
        right[other] += n
    left[""] = right[""] = max(left.values())
    priced = {
        key: round(-log(n / (left[key[0]] * right[key[1]]) ** 0.5), 2) for key, n in met.items() if n >= LEAST_MET
    }
    return _worth_keeping(priced)


def _worth_keeping(priced: dict[Pair, float]) -> spelling.Prices:
    table: spelling.Prices = {"": {}}
    for (one, other), price in sorted(priced.items(), key=lambda item: (len(item[0][0] + item[0][1]), item)):
        if one != other and (
            len(one + other) < 2
            or max(len(one), len(other)) < 2
            or price < spelling.price(one, other, table) - WORTH_KEEPING
        ):
            table.setdefault(one, {})[other] = max(price, 0.05)
    return table


def align(one: str, other: str, table: spelling.Prices) -> list[Pair]:
    """The cheapest single exchanges that turn one word into the other, in order."""
    cost = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, j in product(range(len(one) + 1), range(len(other) + 1)):
        if i or j:
            cost[i][j] = min(price for price, _, _ in _steps(one, other, i, j, table, cost))
    i, j, steps = len(one), len(other), []
    while i or j:
        _, di, dj = min(_steps(one, other, i, j, table, cost))
        steps.append((one[i - di : i], other[j - dj : j]))
        i, j = i - di, j - dj
    return steps[::-1]


def _steps(
    one: str, other: str, i: int, j: int, table: spelling.Prices, cost: list[list[float]]
) -> Iterable[tuple[float, int, int]]:
    if i and j:
        same = one[i - 1] == other[j - 1]
        yield cost[i - 1][j - 1] + (0 if same else table.get(one[i - 1], {}).get(other[j - 1], spelling.UNSEEN)), 1, 1
    if i:
        yield cost[i - 1][j] + table.get(one[i - 1], {}).get("", spelling.UNSEEN), 1, 0
    if j:
        yield cost[i][j - 1] + table[""].get(other[j - 1], spelling.UNSEEN), 0, 1


def logistic(rows: Sequence[dict[str, float]], right: Sequence[bool], penalty: float = 1.0) -> dict[str, float]:
    """Weights by name, by Newton's method with an L2 penalty."""
    names = list(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    wanted = np.array(right, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(25):
        guess = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (guess - wanted) + penalty * weights
        bend = (values * (guess * (1 - guess))[:, None]).T @ values + penalty * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


SEED = 5
HERE = Path(spelling.__file__).parent
"""Where the tables are written: beside the code that reads them, which is asked between the steps."""
LEARNED_FROM = 15000
"""Pairs that prices are learned from."""
WORDS_TRIED, NAMES_TRIED = 6000, 8000


class Tried(NamedTuple):
    """Pairs with the verdict."""

    pairs: list[Pair]
    same: list[bool]


def _chance() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - chance for statistics, not for secrets


def words_tried(words: Words) -> Tried:
    """Pairs of words: variants, slips of typing, and twice as many that are alike."""
    chance = _chance()
    right = _some(variants(words), WORDS_TRIED, chance)
    right += [(one, made_names.slip(one, chance)) for one, _ in right[::3]]
    wrong = _some(lookalikes(words, WORDS_TRIED, chance), 2 * len(right), chance)
    return Tried(right + wrong, [True] * len(right) + [False] * len(wrong))


def across_tried(words: Words) -> Tried:
    """Pairs of a word from a script with few vowels and an English word: its own, one alike, and one at random."""
    chance = _chance()
    right = _some(across(words), WORDS_TRIED // 2, chance)
    own = defaultdict[str, set[str]](set)
    for native, word in across(words):
        own[native].add(word)
    met = _some(sorted({word for _, word in right}), IN_A_CASE, chance)
    bare = {word: _bare(word) for word in met}
    wrong = []
    for native, _ in right:
        near = process.extract(_bare(native), bare, scorer=OSA.normalized_similarity, limit=3)
        wrong += [(native, word) for _, _, word in near if word not in own[native]][:1]
        wrong += [(native, word) for word in [chance.choice(met)] if word not in own[native]]
    return Tried(right + wrong, [True] * len(right) + [False] * len(wrong))


def names_tried(lists: Lists) -> Tried:
    """Pairs of whole names, one half spellings of one."""
    chance = _chance()
    right = [made_names.one_name(lists, chance) for _ in range(NAMES_TRIED)]
    wrong = [made_names.two_names(lists, chance) for _ in range(NAMES_TRIED)]
    wrong = [pair for pair in wrong if pair[0] != pair[1]]
    return Tried(right + wrong, [True] * len(right) + [False] * len(wrong))


def left_open(names: Tried) -> Tried:
    """Pairs of names that no rule tells apart, as many that are the same as are not."""
    chance = _chance()
    of = {True: list[Pair](), False: list[Pair]()}
    for pair, same in zip(names.pairs, names.same, strict=True):
        if not spoken_against(pair):
            of[same].append(pair)
    many = min(map(len, of.values()))
    return Tried(_some(of[True], many, chance) + _some(of[False], many, chance), [True] * many + [False] * many)


def lists_of(rows: dict[str, list[tuple[str, str, int]]]) -> Lists:
    """What names can be made of."""
    words = in_latin(rows)
    often: Counter[str] = Counter()
    for pairs in rows.values():
        for _, english, n in pairs:
            if len(word := romanise(english)) > 1 and word.isalpha():
                often[word] += n
    every = sorted(often)
    return Lists(every, list(accumulate(often[w] for w in every)), _partners(variants(words)), _partners(_alike(words)))


def _alike(words: Words) -> list[Pair]:
    return lookalikes(words, WORDS_TRIED // 3, _chance())


def _partners(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return found


def _some(values: Sequence[Any], many: int, chance: random.Random) -> list[Any]:
    return chance.sample(values, min(many, len(values)))


def _bare(word: str) -> str:
    return word.translate(str.maketrans("", "", "aeiouwyh"))


def best_threshold(scores: Sequence[float], same: Sequence[bool]) -> float:
    """The score from which on the F1 is best, in hundredths."""
    return max((rates(scores, same, cut / 100)["f1"], -cut / 100) for cut in range(5, 96))[1] * -1


def rates(scores: Sequence[float], same: Sequence[bool], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of calling the same what reaches the threshold."""
    found = [score >= threshold for score in scores]
    right = sum(one and two for one, two in zip(found, same, strict=True))
    counts = Counts(right, sum(found), sum(same))
    return {name: round(value, 3) for name, value in counts.rates().items()}


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--measure", action="store_true", help="print figures on the development part, learn nothing")
    asked = parser.parse_args()
    if asked.measure:
        measure(load(asked.folder, DEVELOPMENT))
    else:
        learn(asked.folder)


def learn(folder: Path) -> None:
    """Learn from the training part: prices, then the weights of words, then those of names, then the threshold."""
    rows, chance = load(folder, TRAINING), _chance()
    words = in_latin(rows)
    for name, pairs, both in (("spellings.csv", variants(words), True), ("vowelless.csv", across(words), False)):
        write_prices(HERE / name, learn_prices(_some(pairs, LEARNED_FROM, chance), both_ways=both))
    spelling.prices.cache_clear()
    tried = {False: words_tried(words), True: across_tried(words)}
    learned = {
        name: logistic([spelling.features(*pair, vowelless=few) for pair in tried[few].pairs], tried[few].same)
        for name, few in (("spelling", False), ("vowelless", True))
    }
    write_weights(HERE / "weights.toml", {**spelling.weights(), **learned})
    _forget()
    names = names_tried(lists_of(rows))
    open_ones = left_open(names)
    learned["name"] = logistic([features_of(pair) for pair in open_ones.pairs], open_ones.same)
    write_weights(HERE / "weights.toml", {**learned, "threshold": {"same": 0.5}})
    _forget()
    cut = best_threshold([matching.compare(*pair, "person").score for pair in open_ones.pairs], open_ones.same)
    write_weights(HERE / "weights.toml", {**learned, "threshold": {"same": cut}})
    _forget()


def features_of(pair: Pair) -> dict[str, float]:
    """What the logistic over names sees."""
    ours, theirs = (take_apart(name, person=True) for name in pair)
    return matching.features(matching.aligned_words(ours, theirs))


def spoken_against(pair: Pair) -> bool:
    """Whether a rule says that two names of persons are not the same, so that there is nothing to learn."""
    return bool(matching.against_persons(*(take_apart(name, person=True) for name in pair)))


def _forget() -> None:
    spelling.weights.cache_clear()
    spelling.likeness.cache_clear()


def write_prices(path: Path, table: spelling.Prices) -> None:
    """A table of prices, in the order of its letters."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["letters", "others", "price"])
        rows.writerows([one, other, table[one][other]] for one in sorted(table) for other in sorted(table[one]))


def write_weights(path: Path, learned: dict[str, dict[str, float]]) -> None:
    """Weights as TOML."""
    head = "# Learned from the Wikidata transliteration lists (CC0) by `python -m training.names`: do not edit.\n"
    parts = [f"\n[{name}]\n" + "".join(f'"{k}" = {v}\n' for k, v in part.items()) for name, part in learned.items()]
    path.write_text(head + "".join(parts), encoding="utf-8")


def measure(rows: dict[str, list[tuple[str, str, int]]]) -> None:
    """How well words, words across scripts, whole names, and codes do on these lists, beside plainer ways."""
    words = in_latin(rows)
    for name, tried, vowelless in (("words", words_tried(words), False), ("across", across_tried(words), True)):
        table = spelling.prices("vowelless.csv" if vowelless else "spellings.csv")
        ways: dict[str, Callable[[str, str], float]] = {
            "edits (OSA)": OSA.normalized_similarity,
            "Jaro-Winkler": JaroWinkler.normalized_similarity,
            "learned prices": lambda a, b, t=table: 1 / (1 + spelling.price(a, b, t) / max(len(a), len(b))),
            "prices and logistic": lambda a, b, v=vowelless: spelling.likeness(a, b, vowelless=v),
        }
        for way, alike in ways.items():
            scores = [alike(*pair) for pair in tried.pairs]
            cut = best_threshold(scores, tried.same)
            print(f"{name}, {way}: {rates(scores, tried.same, cut)} at its best threshold, {cut:.2f}")
    made = names_tried(lists_of(rows))
    for name, tried in (("names that no rule tells apart", left_open(made)), ("all names", made)):
        scores = [matching.compare(*pair, "person").score for pair in tried.pairs]
        print(f"{name}: {rates(scores, tried.same, matching.THRESHOLD)} at the threshold, {matching.THRESHOLD}")
    for name, pairs in (("words", variants(words)), ("names", [p for p, same in zip(*made, strict=True) if same])):
        for which, kept in (("all", pairs), ("joined", [p for p in pairs if matching.compare(*p, "person").same])):
            shared = sum(bool(matching.keys(one) & matching.keys(other)) for one, other in kept)
            print(f"codes, {which} {name}: {shared / len(kept):.4f} of {len(kept)} share one")


if __name__ == "__main__":
    main()
