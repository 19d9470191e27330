"""Sources of tagged sentences against those that were found."""

import pytest

from evals.factappeal import Source, match, read_tags, score, sentences
from sayso.model import Attribution, Kind, Span

NESTED = (
    "<Fact_Appeal:Indirect_Quote>While <Source:Unnamed:Expert_Document>old lists</Source:Unnamed:Expert_Document> had "
    "nine, <Source:Named:Expert>Dr. Vane </Source:Named:Expert>saw ten</Fact_Appeal:Indirect_Quote>, 2 < 3."
)


def found(source: Span, kind: Kind = "official", *, named: bool = True) -> Attribution:
    return Attribution("a", "r", source, None, (Span(50, 60),), named=named, kind=kind)


def test_tags_are_taken_out_and_sources_stand_where_they_stood() -> None:
    text, sources = read_tags(NESTED)
    assert text == "While old lists had nine, Dr. Vane saw ten, 2 < 3."
    assert [(text[slice(*s.span)], s.named, s.type) for s in sources] == [
        ("old lists", False, "Expert_Document"),
        ("Dr. Vane", True, "Expert"),
    ]


@pytest.mark.parametrize("broken", ["<Recipient>Vane", "Vane</Recipient>", "<Recipient>Vane</Appeal_Time>"])
def test_tags_that_do_not_pair_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"Recipient|Appeal_Time"):
        read_tags(broken)


def test_a_broken_row_is_named(tmp_path, capsys) -> None:
    table = tmp_path / "tagged.csv"
    table.write_text("sentence,annotation\nVane,Vane\nVane,<Recipient>Vane\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        sentences(table)
    assert "row 2" in capsys.readouterr().err


def test_sentences_without_a_source_are_left_out(tmp_path) -> None:
    table = tmp_path / "tagged.csv"
    table.write_text('sentence,annotation\nVane,Vane\n"Vane, 2","<Source:Named:null>Vane</Source:Named:null>, 2"\n')
    assert [text for text, _ in sentences(table)] == ["Vane, 2"]


def test_the_best_overlap_is_matched_and_nothing_twice() -> None:
    gold = [Source(Span(0, 4), named=True, type="null"), Source(Span(5, 20), named=False, type="null")]
    near, wide = found(Span(5, 18)), found(Span(0, 20))
    assert match(gold, [wide, near]) == [(gold[0], wide), (gold[1], near)]
    assert match(gold, [near]) == [(gold[1], near)]


def test_accuracies_count_the_matched_alone() -> None:
    gold = [
        [Source(Span(0, 4), named=True, type="Active_Participant"), Source(Span(10, 14), named=True, type="Official")],
        [Source(Span(0, 4), named=False, type="null")],
        [Source(Span(0, 4), named=True, type="Witness")],
    ]
    there = [[found(Span(0, 4), "victim"), found(Span(10, 14), "media")], [found(Span(0, 4), named=False)], []]
    assert score(gold, there) == {
        "found": 0.75,
        "named": 1.0,
        "named, always the commonest": pytest.approx(2 / 3),
        "kind": 0.5,
        "kind, always the commonest": 0.5,
        "counts": {"sentences": 3, "sources": 4, "matched": 3, "of a stated type": 2},
    }


def test_nothing_to_count_is_no_rate() -> None:
    assert score([[Source(Span(0, 4), named=True, type="null")]], [[]])["named"] is None
