"""The loaders of marked names, on invented files of the same form."""

import gzip
import json

import pytest

from training import mentions
from training.texts import Syntax, Tagged
from training.words import join

CONLLU = """# newdoc id = GUM_news_ferry
# newpar
# sent_id = 1
1-2\tVarr's\t_\t_\t_\t_\t_\t_\t_\t_
1\tVarr\t_\tPROPN\t_\t_\t3\tnmod:poss\t_\tEntity=(1-person-new-cf1-1-sgl(2-person-new-cf1-1-coref-Varr_%28Ostra%29
2\t's\t_\tPART\t_\t_\t1\t_\t_\tEntity=2)
3\tmen\t_\tNOUN\t_\t_\t4\t_\t_\tEntity=1)|SpaceAfter=No
4\t.\t_\tPUNCT\t_\t_\t0\t_\t_\t_

# newpar
# newpar_block = p (1 s)
# sent_id = 2
1\tThey\t_\tPRON\t_\t_\t2\t_\t_\tEntity=(1-person-giv:act-cf1-1-ana)
2\tsaw\t_\tVERB\t_\t_\t0\t_\t_\t_
2.1\tit\t_\tPRON\t_\t_\t2\t_\t_\tEntity=(9-object)
3\tOstra\t_\tPROPN\t_\t_\t2\t_\t_\tEntity=(3-place-new-cf1-1-sgl)
"""


def marked(text, scheme):
    return [(text.text[one.start : one.end], one.kind) for one in text.spans[scheme]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Varr 's men did n't go .", "Varr's men didn't go."),
        ('He said " no , never " and left .', 'He said "no, never" and left.'),
        ("the boys ' boat ( a ferry ) sank", "the boys' boat (a ferry) sank"),
        ("it ' sank ' at 5 % / 6 %", "it 'sank' at 5%/6%"),
        ("wait ...", "wait..."),
        ("", ""),
    ],
)
def test_words_are_joined_as_they_are_written(words, expected):
    text, places = join(words.split())
    assert text == expected
    assert [text[start:end] for start, end in places] == words.split()


def test_gum_becomes_running_text_with_nested_mentions_and_their_wording():
    text = mentions.gum_text("GUM_news_ferry", CONLLU)
    assert text.text == "Varr's men.\n\nThey saw Ostra"
    assert marked(text, "gum") == [
        ("Varr's men", "person"),
        ("Varr's", "person"),
        ("They", "person"),
        ("Ostra", "place"),
    ]
    assert [kind for _, kind in marked(text, "wording")] == ["description", "name", "pronoun", "name"]
    assert text.syntax[0] == Syntax((0, 4), "PROPN", "nmod", (7, 10))
    assert text.syntax[5].governor == text.syntax[5].span == (18, 21)


def test_genres_that_are_not_free_are_left_out(tmp_path):
    for name in ("GUM_news_ferry", "GUM_fiction_ferry", "GUM_vlog_ferry", "OTHER_news_ferry"):
        (tmp_path / f"{name}.conllu").write_text(CONLLU)
    assert [text.id for text in mentions.gum_texts(tmp_path)] == ["gum/GUM_news_ferry"]


def test_crossner_is_read_sentence_by_sentence(tmp_path):
    path = tmp_path / "dev.txt"
    path.write_text("Ana\tB-politician\nVarr\tI-politician\nOstra\tB-country\nwon\tO\n.\tO\n\nOstra\tB-country\n\n")
    first, second = mentions.crossner_texts(path)
    assert first.text == "Ana Varr Ostra won."
    assert marked(first, "crossner") == [("Ana Varr", "politician"), ("Ostra", "country")]
    assert second.id == "crossner/dev/1"


def test_wikigold_is_read_document_by_document(tmp_path):
    rows = "Ana I-PER\nleft O\n. O\n\nIn O\nOstra I-LOC\nVarr I-PER\n\n-DOCSTART- O\n\nRain O\n"
    (tmp_path / "wikigold").mkdir()
    (tmp_path / "wikigold" / "wikigold.conll.txt.gz").write_bytes(gzip.compress(rows.encode()))
    first, second = mentions.wikigold(tmp_path)
    assert first.text == "Ana left. In Ostra Varr"
    assert marked(first, "wikigold") == [("Ana", "PER"), ("Ostra", "LOC"), ("Varr", "PER")]
    assert second.spans == {"wikigold": ()}


def entity(begin, end, value, kind="Person", confidence=1.0):
    return {"documentId": "d", "begin": begin, "end": end, "value": value, "type": kind, "confidence": confidence}


RE3D_TEXT = 'Ana "Bo" Varr of Ostra \nspoke'


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([entity(0, 13, "Ana 'Bo' Varr"), entity(9, 13, "Varr")], [Tagged(0, 13, "Person")]),
        ([entity(9, 13, "Varr", confidence=0.2)], []),
        ([entity(9, 13, "Ostra")], []),
        ([entity(17, 23, "Ostra ", "Location")], [Tagged(17, 22, "Location")]),
        ([entity(17, 29, "Ostra \nspoke")], []),
        ([entity(22, 23, " ")], []),
        ([entity(17, 22, "Ostra", "Organisation", 0.6), entity(17, 22, "Ostra", "Place")], [Tagged(17, 22, "Place")]),
    ],
)
def test_marks_of_re3d_that_hold(tmp_path, marks, expected):
    for source in ("Quay", mentions.NON_COMMERCIAL_SOURCE):
        folder = tmp_path / source
        folder.mkdir()
        (folder / "documents.json").write_text(json.dumps({"_id": "d", "text": RE3D_TEXT}) + "\n", encoding="utf-8-sig")
        (folder / "entities.json").write_text("".join(json.dumps(mark) + "\n" for mark in marks))
    (text,) = mentions.re3d_texts(tmp_path)
    assert list(text.spans["re3d"]) == expected
