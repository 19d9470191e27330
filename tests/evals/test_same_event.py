import gzip
import io
import json
import tarfile
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import same_event
from evals.coreference import b_cubed, best_pairs, ceaf_e, conll, muc

KEY = [[1, 2, 3, 4, 5], [6, 7], [8, 9, 10, 11, 12]]
JOINED_SMALL = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11, 12]]
JOINED_LARGE = [[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], [6, 7]]


@pytest.mark.parametrize(
    ("found", "links", "shares", "pairs"),
    [
        # The example of Bagga and Baldwin (1998), with their figures, and those of Luo (2005) for CEAF.
        (JOINED_SMALL, (9 / 10, 1.0), (16 / 21, 1.0), 0.733),
        (JOINED_LARGE, (9 / 10, 1.0), (7 / 12, 1.0), 0.667),
        (KEY, (1.0, 1.0), (1.0, 1.0), 1.0),
        # MUC gives nothing for mentions left alone, B3 gives each its own share.
        ([[n] for n in range(1, 13)], (0.0, 0.0), (1.0, 3 / 12), 0.35),
    ],
)
def test_the_examples_of_the_papers(found, links, shares, pairs):
    assert muc(KEY, found)[:2] == pytest.approx(links)
    assert b_cubed(KEY, found)[:2] == pytest.approx(shares)
    assert ceaf_e(KEY, found).f1 == pytest.approx(pairs, abs=0.002) or found[0] == [1]


def test_ceaf_of_mentions_left_alone():
    # Three of twelve are paired: two with a cluster of five, one with one of two.
    best = 2 * (2 * 1 / 6) + 2 * 1 / 3
    found = ceaf_e(KEY, [[n] for n in range(1, 13)])
    assert found[:2] == pytest.approx((best / 12, best / 3))


def test_both_sides_hold_the_same_mentions():
    with pytest.raises(ValueError, match="same mentions"):
        conll([[1, 2]], [[1]])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
def test_the_best_pairing_is_the_best_of_all(n, m, seed):
    worth = np.round(np.random.default_rng(seed).random((n, m)), 1)
    size = min(n, m)
    every = (
        sum(worth[r, c] for r, c in zip(rows, columns, strict=True))
        for rows in combinations(range(n), size)
        for columns in permutations(range(m), size)
    )
    rows, columns = best_pairs(worth)
    assert len(set(rows.tolist())) == len(set(columns.tolist())) == size
    assert worth[rows, columns].sum() == pytest.approx(max(every))


XML = """<Document doc_name="{name}.xml">
<token t_id="1" sentence="0" number="0">Mill</token><token t_id="2" sentence="0" number="1">burns</token>
<token t_id="3" sentence="1" number="0">It</token><token t_id="4" sentence="1" number="1">burned</token>
<token t_id="5" sentence="1" number="2">down</token><token t_id="6" sentence="1" number="3">.</token>
<token t_id="7" sentence="2" number="0">Rain</token><token t_id="8" sentence="2" number="1">fell</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="4"/><token_anchor t_id="5"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="3"><token_anchor t_id="8"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="4"><token_anchor t_id="3"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="9" RELATED_TO="" TAG_DESCRIPTOR="fire" instance_id="ACT1"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="5" note="ACT1">
<source m_id="1"/><source m_id="2"/><target m_id="9"/></CROSS_DOC_COREF>
</Relations></Document>"""


@pytest.fixture
def corpus(tmp_path):
    with tarfile.open(tmp_path / "topics.tar.gz", "w:gz") as archive:
        for name in ("2_1ecb", "2_2ecb", "3_1ecb"):
            data = XML.format(name=name).encode()
            member = tarfile.TarInfo(f"ECB+/{name[0]}/{name}.xml")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    rows = ["Topic,File,Sentence Number", "2,1ecb,0", "2,1ecb,1", "2,2ecb,0", "3,1ecb,0"]
    (tmp_path / "x_sentences_y.csv").write_text("\n".join(rows))
    return tmp_path / "topics.tar.gz"


def test_only_mentions_of_validated_sentences_count(corpus):
    one, two, _ = same_event.ecb(corpus)
    assert one.report.text == "Mill burns\n\nIt burned down. Rain fell"
    assert [one.report.text[slice(*event.span)] for event in one.findings.events] == ["burns", "burned down"]
    assert [event.lemma for event in one.findings.events] == ["burn", "burn down"]
    assert set(one.cluster.values()) == {"ACT1"}
    assert len(two.findings.events) == 1


def test_the_command_prints_both_on_the_same_mentions(corpus, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["same_event", str(corpus)])
    same_event.main()
    printed = json.loads(capsys.readouterr().out)
    assert (printed["documents"], printed["mentions"]) == (2, 3)
    assert set(printed["all together"]) == {"cases", "sayso", "same lemma"}


def test_the_gun_violence_corpus(tmp_path):
    rows = ["0\t0\t2031-05-04\t-", "1\t0\tMan\t-", "1\t1\tshot\t(1)", "2\t0\tHe\t-", "2\t1\tdied\t(2)"]
    lines = ["#begin document (0/7/a)", *(f"0/7/a\t{row}" for row in rows), "#end document"]
    (tmp_path / "x.conll.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    mentions = [
        {"doc_id": "a", "sent_id": sentence, "tokens_number": [1], "coref_chain": chain, "subtopic_id": "7"}
        for sentence, chain in ((1, "1"), (2, "2"))
    ]
    (tmp_path / "x_event_mentions.json.gz").write_bytes(gzip.compress(json.dumps(mentions).encode()))
    (one,) = same_event.gvc(tmp_path)
    assert (one.report.text, one.report.published, one.incident) == ("Man shot\n\nHe died", "2031-05-04", "7")
    assert [event.lemma for event in one.findings.events] == ["shoot", "die"]
    assert list(one.cluster.values()) == ["1", "2"]


DATA = Path(__file__).parents[2].parent / "shared" / "data" / "gvc"


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/gvc")
def test_far_better_than_the_same_word():
    documents = same_event.gvc(DATA)
    found = same_event.score(documents, [documents])
    assert found["sayso"]["conll"] > 0.62 > found["same lemma"]["conll"]
