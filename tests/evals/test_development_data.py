"""Gold handed in as if it had been found must score one: nothing is lost on the way there and back."""

from pathlib import Path

import pytest

from evals import polnear, relations
from evals.files import json_lines
from sayso.model import Attribution, Span

DATA = Path(__file__).parents[3] / "shared" / "data" / "polnear"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no development data in {DATA}"),
]


def found(item):
    _, tokens = polnear.join(item["tokens"])
    spans = {
        role: [Span(tokens[first].start, tokens[last - 1].end) for first, last in sorted(gold)]
        for role, gold in polnear.gold_spans(item["labels"]).items()
    }
    sources = [Attribution("s", "r", span, None, ()) for span in spans["source"]]
    cues = [Attribution("q", "r", None, span, ()) for span in spans["cue"]]
    return [*sources, *cues, Attribution("c", "r", None, None, tuple(spans["content"]))]


def test_gold_items_come_back_from_their_joined_texts():
    items = json_lines(DATA / "cofenet_dev_bio.jsonl.gz")
    rates = polnear.score(items, map(found, items))
    assert all(rates[role]["f1"] > 0.999 for role in polnear.ROLES), rates


def test_gold_articles_match_themselves():
    articles = relations.articles_of(DATA / "dev.tar.gz")
    again = [[Attribution("a", "r", g.source, g.cue, g.content) for g in article.relations] for article in articles]
    rates = relations.score(articles, again)
    assert all(group["f1"] == 1 for group in rates.values()), rates
