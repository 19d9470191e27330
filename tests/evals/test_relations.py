import io
import tarfile

import pytest

from evals import relations
from evals.relations import Relation, articles_of, count, manner, match, parse
from sayso.model import Attribution, Span

TEXT = "Ode Varr said the ferry sank. “It burned,” she said, “and sank.” It is believed that two drowned."
STANDOFF = """T1\tSource 0 8\tOde Varr
T2\tCue 9 13\tsaid
T3\tContent 14 28\tthe ferry sank
T4\tAttribution 9 13\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent 30 42;53 65\t“It burned,” “and sank.”
T6\tSource 43 46\tshe
T7\tCue 47 51\tsaid
E2\tAttribution:T7 Source:T6 Content:T5 Cue:T7
T8\tCue 66 80\tIt is believed
T9\tContent 80 96\t that two drowned
E3\tAttribution-no-source:T8 Cue:T8 Content2:T9
T10\tDiscard 0 3\tOde
E4\tAttribution:T10
"""


def span(words, text=TEXT, at=0):
    start = text.index(words, at)
    return Span(start, start + len(words))


FIRST = Relation(TEXT, span("Ode Varr"), span("said"), (span("the ferry sank"),))
SECOND = Relation(TEXT, span("she"), span("said", at=20), (span("“It burned,”"), span("“and sank.”")))


def test_standoff_becomes_relations():
    first, second, third = parse(TEXT, STANDOFF)
    assert first == FIRST
    assert second.source == SECOND.source
    assert len(second.content) == 2
    assert third.source is None
    assert TEXT[slice(*third.content[0])] == "that two drowned"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“It burned,” she said.", "mixed"),
        ("“It burned.”", "direct"),
        ("“It burned. “And it sank.”", "direct"),
        ('"It burned', "direct"),
        ("it burned.” “It sank.”", "direct"),
        ("the ferry “burned”", "mixed"),
        ("the ferry burned, it's said", "indirect"),
        ("``It burned''", "direct"),
    ],
)
def test_manner_goes_by_quotation_marks(content, expected):
    assert manner(Relation(content, None, None, (Span(0, len(content)),))) == expected


def test_matching_is_one_to_one_and_takes_the_best_overlap():
    wide = FIRST._replace(cue=Span(5, 13))
    assert match([FIRST], [wide, FIRST]) == [(FIRST, FIRST)]
    assert match([FIRST, FIRST], [FIRST]) == [(FIRST, FIRST)]
    assert match([FIRST], [SECOND]) == []
    assert match([FIRST._replace(cue=None)], [FIRST._replace(cue=None)]) == []


def test_counts_of_what_is_right():
    found = [FIRST._replace(source=None), SECOND]
    counts = count([FIRST, SECOND], found)
    assert counts["source"] == (1, 2, 2)
    assert counts["content"] == (2, 2, 2)
    assert counts["all"] == (1, 2, 2)
    assert counts["pronoun"] == (1, 1, 1)
    assert counts["no source"] == (0, 1, 0)
    assert counts["discontinuous"] == (1, 1, 1)
    assert counts["direct"] == (1, 1, 1)
    assert counts["indirect"] == (0, 1, 1)


def archive(path):
    with tarfile.open(path, "w:gz") as out:
        for name, content in [
            ("dev/attributions/one_b.ann", ""),
            ("dev/attributions/one_a.ann", STANDOFF),
            ("dev/text/one.txt", TEXT),
            ("dev/text/no-gold.txt", TEXT),
        ]:
            member = tarfile.TarInfo(name)
            member.size = len(content.encode())
            out.addfile(member, io.BytesIO(content.encode()))


def test_the_first_annotation_by_name_is_taken(tmp_path):
    archive(tmp_path / "dev.tar.gz")
    (article,) = articles_of(tmp_path / "dev.tar.gz")
    assert len(article.relations) == 3


def test_an_archive_and_its_folder_give_the_same(tmp_path):
    archive(tmp_path / "dev.tar.gz")
    with tarfile.open(tmp_path / "dev.tar.gz") as packed:
        packed.extractall(tmp_path / "open", filter="data")
    assert articles_of(tmp_path / "open") == articles_of(tmp_path / "dev.tar.gz")


def test_gold_against_itself_is_perfect_and_nested_ones_do_not_count(tmp_path):
    archive(tmp_path / "dev.tar.gz")
    articles = articles_of(tmp_path / "dev.tar.gz")
    found = [Attribution(str(i), "r", g.source, g.cue, g.content) for i, g in enumerate(articles[0].relations)]
    nested = Attribution("n", "r", None, span("said"), (span("sank"),), within="0")
    rates = relations.score(articles, [[*found, nested]])
    assert {name for name, r in rates.items() if r["f1"] != 1} == {"mixed"}
    assert rates["mixed"]["f1"] == 0


def test_a_path_without_articles_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        articles_of(tmp_path)
    assert str(tmp_path) in capsys.readouterr().err


def article(name, relations_):
    return relations.Article(name, TEXT, relations_)


def test_outlets_are_counted_apart():
    articles = [article("a", (FIRST,)), article("b", (FIRST, SECOND)), article("c", (SECOND,))]
    counted = [count(one.relations, found) for one, found in zip(articles, [[FIRST], [FIRST], [FIRST]], strict=True)]
    found = relations.by_outlet(articles, counted, {"a": "Quay Courier", "b": "Quay Courier", "c": "Isle Post"})
    assert list(found) == ["Isle Post", "Quay Courier"]
    assert found["Isle Post"]["all f1"] == 0
    assert found["Quay Courier"]["articles"] == 2
    assert found["Quay Courier"]["attributions"] == 3
    assert found["Quay Courier"]["all f1"] == pytest.approx(2 * 2 / (2 + 3))
    low, high = found["Quay Courier"]["all f1 interval"]
    assert (low, high) == (0.6667, 1)


def test_an_article_without_a_publisher_is_named(capsys):
    with pytest.raises(SystemExit):
        relations.by_outlet([article("a", ())], [count((), ())], {})
    assert "no line for a" in capsys.readouterr().err


def test_publishers_come_from_a_table_with_tabs(tmp_path):
    table = tmp_path / "metadata.tsv"
    table.write_text('filename\ttitle\tpublisher\none\tAn "open quote\tQuay Courier\n')
    assert relations.outlets_of(table) == {"one": "Quay Courier"}


def test_a_table_without_publishers_says_so(tmp_path, capsys):
    (tmp_path / "m.tsv").write_text("filename\ttitle\n")
    with pytest.raises(SystemExit):
        relations.outlets_of(tmp_path / "m.tsv")
    assert "publisher" in capsys.readouterr().err


def test_upper_case_keeps_every_span():
    (one,) = relations.upper([article("a", (FIRST,)), relations.Article("b", "Straße", ())])
    (relation,) = one.relations
    assert relation.text[slice(*relation.source)] == "ODE VARR"
    assert relation.text == one.text


def test_outlets_need_their_table(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["relations", str(tmp_path), "--by", "outlet"])
    with pytest.raises(SystemExit):
        relations.main()
    assert "--metadata" in capsys.readouterr().err
