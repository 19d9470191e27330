import io
import tarfile

import pytest

from evals import gum
from evals.counting import Counts
from sayso.model import Attribution, Span

CONLLU = """# newdoc id = GUM_news_ferry
# newpar
# sent_id = 1
1\tRain\t_\t_\t_\t_\t_\t_\t_\tDiscourse=organization-heading:1->2:1:_
2\tahead\t_\t_\t_\t_\t_\t_\t_\t_

# newpar
# newpar_block = p (1 s)
# sent_id = 2
1-2\tVarr's\t_\t_\t_\t_\t_\t_\t_\t_
1\tVarr\t_\t_\t_\t_\t_\t_\t_\tDiscourse=attribution-positive:2->3:0:_|Entity=(1
2\t's\t_\t_\t_\t_\t_\t_\t_\t_
3\tmen\t_\t_\t_\t_\t_\t_\t_\t_
4\tsay\t_\t_\t_\t_\t_\t_\t_\t_
5\tit\t_\t_\t_\t_\t_\t_\t_\tEntity=2|Discourse=elaboration-additional:3->1:0:_
5.1\tis\t_\t_\t_\t_\t_\t_\t_\t_
6\tsank\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
7\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""
TEXT = "Rain ahead\n\nVarr's men say it sank."


def said(cue):
    start = TEXT.index(cue)
    return Attribution(cue, "r", None, Span(start, start + len(cue)), (Span(0, 4),))


def test_tokens_become_running_text_with_the_units_that_attribute():
    document = gum.parse("news", CONLLU)
    assert document.text == TEXT
    assert [document.text[slice(*span)] for span in document.gold] == ["Varr's men say"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([said("say")], Counts(1, 1, 1)),
        ([said("say"), said("Varr")], Counts(1, 2, 1)),
        ([said("it sank")], Counts(0, 1, 1)),
        ([Attribution("a", "r", None, None, (Span(0, 4),))], Counts(0, 0, 1)),
    ],
)
def test_a_cue_inside_a_unit_is_right_once(found, expected):
    assert gum.count(gum.parse("news", CONLLU).gold, found) == expected


def test_genres_are_counted_apart():
    documents = [gum.Document("news", "", ()), gum.Document("court", "", ()), gum.Document("news", "", ())]
    printed = gum.score(documents, [Counts(1, 1, 1), Counts(0, 1, 2), Counts(1, 2, 2)])
    assert printed["news"]["texts"] == 2
    assert printed["news"]["recall"] == pytest.approx(2 / 3)
    assert printed["court"]["f1"] == 0
    assert printed["all genres"]["gold"] == 5


def test_genres_that_may_not_be_sold_are_left_out(tmp_path):
    with tarfile.open(tmp_path / "gum.tar.gz", "w:gz") as out:
        for genre in ("news", "fiction"):
            member = tarfile.TarInfo(f"dev/dep/GUM_{genre}_ferry.conllu")
            member.size = len(CONLLU)
            out.addfile(member, io.BytesIO(CONLLU.encode()))
    packed = gum.documents_of(tmp_path / "gum.tar.gz")
    assert [document.genre for document in packed] == ["news"]
    (tmp_path / "GUM_news_ferry.conllu").write_text(CONLLU)
    assert gum.documents_of(tmp_path) == packed


def test_a_path_without_documents_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        gum.documents_of(tmp_path)
    assert str(tmp_path) in capsys.readouterr().err
