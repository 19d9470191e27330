"""PropBank's roles on the treebank's words, on invented sentences."""

import gzip
import io
import tarfile

import pytest

from training import happenings

CONLLU = """# newdoc id = weblog-ferry
# newpar id = p1
1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tsank\tsink\tVERB\tVBD\t_\t0\troot\t_\t_
3\ta\ta\tDET\tDT\t_\t4\tdet\t_\t_
4\tferry\tferry\tNOUN\tNN\t_\t2\tobj\t_\t_
5\tnear\tnear\tADP\tIN\t_\t6\tcase\t_\t_
6\tOstra\tOstra\tPROPN\tNNP\t_\t2\tobl\t_\t_
7\twith\twith\tADP\tIN\t_\t9\tcase\t_\t_
8\ttwo\ttwo\tNUM\tCD\t_\t9\tnummod\t_\t_
9\tmines\tmine\tNOUN\tNNS\t_\t2\tobl\t_\t_
10\ta\ta\tDET\tDT\t_\t11\tdet\t_\t_
11\tweek\tweek\tNOUN\tNN\t_\t12\tobl:npmod\t_\t_
12\tago\tago\tADV\tRB\t_\t2\tadvmod\t_\tSpaceAfter=No
13\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# this one is counted differently
1\tOh\toh\tINTJ\tUH\t_\t0\troot\t_\t_

# newpar id = p2
1-2\tThey'd\t_\t_\t_\t_\t_\t_\t_\t_
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2\t'd\thave\tAUX\tVBD\t_\t4\taux\t_\t_
3\talready\talready\tADV\tRB\t_\t4\tadvmod\t_\t_
4\ttold\ttell\tVERB\tVBN\t_\t0\troot\t_\t_
5\tVarr\tVarr\tPROPN\tNNP\t_\t4\tiobj\t_\t_
6\tit\tit\tPRON\tPRP\t_\t7\tnsubj\t_\t_
7\tleft\tleave\tVERB\tVBD\t_\t4\tccomp\t_\t_
8\tOstra\tOstra\tPROPN\tNNP\t_\t7\tobj\t_\t_
9\tand\tand\tCCONJ\tCC\t_\t11\tcc\t_\t_
10\tits\tits\tPRON\tPRP$\t_\t11\tnmod:poss\t_\t_
11\tport\tport\tNOUN\tNN\t_\t8\tconj\t_\t_
"""


SKELETON = """x.xml 0 0 [WORD] NNS * x - (ARG0*)
x.xml 0 1 [WORD] VBD * x sink.01 (V*)
x.xml 0 2 [WORD] DT * x - (ARG1*
x.xml 0 3 [WORD] NN * x - *)
x.xml 0 4 [WORD] IN * x - (ARGM-LOC*
x.xml 0 5 [WORD] NNP * x - *)
x.xml 0 6 [WORD] IN * x - (ARGM-MNR*
x.xml 0 7 [WORD] CD * x - *
x.xml 0 8 [WORD] NNS * x - *)
x.xml 0 9 [WORD] DT * x - (ARGM-TMP*
x.xml 0 10 [WORD] NN * x - *
x.xml 0 11 [WORD] RB * x - *)
x.xml 0 12 [WORD] . * x - *

x.xml 1 0 [WORD] UH * x - *
x.xml 1 1 [WORD] . * x - *

x.xml 2 0 [WORD] PRP * x - * (ARG0*) *
x.xml 2 1 [WORD] VBD * x have.01 (V*) * *
x.xml 2 2 [WORD] RB * x - * (ARGM-TMP*) *
x.xml 2 3 [WORD] VBN * x tell.01 * (V*) *
x.xml 2 4 [WORD] NNP * x - * (ARG2*) *
x.xml 2 5 [WORD] PRP * x - * (ARG1* (ARG0*)
x.xml 2 6 [WORD] VBD * x leave.01 * * (V*)
x.xml 2 7 [WORD] NNP * x - * * (ARG1*
x.xml 2 8 [WORD] CC * x - * * *
x.xml 2 9 [WORD] PRP$ * x - * * *
x.xml 2 10 [WORD] NN * x - * *) *)
"""


@pytest.fixture
def text(tmp_path):
    with tarfile.open(tmp_path / "skeletons.tar.gz", "w:gz") as out:
        member = tarfile.TarInfo("ewt/weblog/00/ferry.xml.gold_skel")
        member.size = len(SKELETON)
        out.addfile(member, io.BytesIO(SKELETON.encode()))
    with gzip.open(tmp_path / "words.conllu.gz", "wt") as out:
        out.write(CONLLU)
    words = ("They", "'d", "already", "told", "Varr", "it", "left", "Ostra", "and", "its", "port")
    judged = {words: [(3, 4, 3.0), (6, 7, 1.5)]}
    (text,) = happenings.read(tmp_path / "skeletons.tar.gz", tmp_path / "words.conllu.gz", judged)
    return text


def test_sentences_stand_as_they_were_written_without_those_that_disagree(text):
    first = "Rebels sank a ferry near Ostra with two mines a week ago."
    assert text.text == f"{first}\n\nThey'd already told Varr it left Ostra and its port"


def test_numbered_arguments_become_roles(text):
    """No auxiliary is an event; a clause plays no role, nor does an adverb alone."""
    told = {
        text.text[slice(*event.span)]: [(role.kind, text.text[role.start : role.end]) for role in event.roles]
        for event in text.happenings
    }
    assert told == {
        "sank": [
            ("agent", "Rebels"),
            ("patient", "a ferry"),
            ("place", "near Ostra"),
            ("means", "with two mines"),
            ("time", "a week ago"),
        ],
        "told": [("agent", "They"), ("recipient", "Varr")],
        "left": [("agent", "it"), ("patient", "Ostra and its port"), ("patient", "Ostra and its port")],
    }


@pytest.mark.parametrize(
    ("number", "heads"),
    [
        (0, [("agent", "Rebels"), ("patient", "ferry"), ("place", "Ostra"), ("means", "mines"), ("time", "ago")]),
        (2, [("agent", "it"), ("patient", "Ostra"), ("patient", "port")]),
    ],
)
def test_each_role_has_its_head_word(text, number, heads):
    found = text.happenings[number].heads
    assert [(head.kind, text.text[head.start : head.end]) for head in found] == heads


def test_judgements_of_the_same_sentences_are_given_too(text):
    assert [(text.text[slice(*span)], value) for span, value in text.factuality] == [("told", 3.0), ("left", 1.5)]


def test_words_come_with_their_place_in_the_tree(text):
    ferry = next(word for word in text.syntax if text.text[slice(*word.span)] == "ferry")
    assert (ferry.tag, ferry.relation, text.text[slice(*ferry.governor)]) == ("NOUN", "obj", "sank")
