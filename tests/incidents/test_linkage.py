import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.incidents.linkage import average_linkage, likeness, rarity, vectors


def naive(scores, threshold):
    groups = [[n] for n in range(len(scores))]
    while len(groups) > 1:
        pairs = [(a, b) for a in range(len(groups)) for b in range(a)]
        mean = {(a, b): np.mean([[scores[i][j] for j in groups[b]] for i in groups[a]]) for a, b in pairs}
        a, b = max(pairs, key=mean.get)
        if mean[a, b] < threshold:
            break
        groups[b] += groups.pop(a)
    return sorted(sorted(group) for group in groups)


def grouped(label):
    return sorted(np.flatnonzero(label == one).tolist() for one in set(label.tolist()))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 10_000))
def test_average_linkage_is_what_it_says(n, seed):
    half = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32)
    scores = half + half.T
    assert grouped(average_linkage(scores, 0.3)) == naive(scores, 0.3)


def test_a_thing_that_stands_for_many_weighs_as_many():
    scores = np.array([[0, 2, 1], [2, 0, -1], [1, -1, 0]], dtype=np.float32)
    assert grouped(average_linkage(scores, 0.0)) == [[0, 1, 2]]
    assert grouped(average_linkage(scores, 0.0, np.array([1, 3, 1]))) == [[0, 1], [2]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), max_size=5), min_size=2, max_size=60))
def test_likeness_is_the_cosine(bags):
    weights = rarity(bags)
    rows = np.arange(len(bags))[::-1]
    found = likeness(vectors(bags, weights), rows)

    def vector(bag):
        valued = {term: (1 + math.log(n)) * weights[term] for term, n in bag.items()}
        length = math.sqrt(sum(v * v for v in valued.values())) or 1
        return {term: v / length for term, v in valued.items()}

    units = [vector(bags[row]) for row in rows]
    for a in range(len(bags)):
        for b in range(a):
            cosine = sum(value * units[b].get(term, 0) for term, value in units[a].items())
            assert found[a, b] == pytest.approx(cosine, abs=1e-3)


def test_the_side_of_a_term_counts():
    bags = [{"<a": 1}, {">a": 1}, {">a": 1}]
    found = likeness(vectors(bags, {"a": 1.0}), np.arange(3))
    assert found[0, 1] == 0
    assert found[1, 2] == 1


def test_nothing_to_group():
    assert average_linkage(np.zeros((0, 0), dtype=np.float32), 0).tolist() == []
    assert likeness(vectors([{}, {}], {}), np.arange(2)).tolist() == [[0, 0], [0, 0]]
