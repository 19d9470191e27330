import numpy as np
import pytest

from sayso.model import Filler, Span
from sayso.reading import fillers
from sayso.reading.confidence import confidence, names_of, with_confidence
from sayso.reading.fillers import ROLES
from sayso.reading.sentences import split
from sayso.reading.side import Marked

TEXT = (
    "Armed men of the Ketterand Free League (KFL) attacked the harbour bridge in Ostra with a bomb on Monday.\n\n"
    "The guards said the KFL had sent the men. Dr. Ada Morren was killed. Morren was the mayor of Varnholm."
)
MARKS = [
    ("perpetrator", "Armed men", 1),
    ("perpetrator", "men", 2),
    ("perpetrator_group", "Ketterand Free League", 1),
    ("perpetrator_group", "KFL", 2),
    ("target", "harbour bridge", 1),
    ("weapon", "bomb", 1),
    ("victim", "Ada Morren", 1),
    ("victim", "Morren", 2),
]

KINDS = dict(zip(ROLES, ("person", "organization", "place", "person", "object"), strict=True))


def windows(text, marks, sure=6.0):
    """One window a paragraph, a piece a word; `marks` name a role, words, and which of their places."""
    spans = [(role, *place(text, words, nth)) for role, words, nth in marks]
    start = 0
    for paragraph in text.split("\n\n"):
        pieces = [found.span() for found in fillers.re.finditer(r"\w+|[^\w\s]", paragraph)]
        starts = np.array([a + start for a, _ in pieces])
        ends = np.array([b + start for _, b in pieces])
        scores = np.full((len(pieces), 11), -sure, dtype=np.float32)
        scores[:, 0] = 0
        for role, a, b in spans:
            column = 1 + 2 * ROLES.index(role)
            scores[(starts >= a) & (ends <= b), column + 1] = sure
            scores[starts == a, column] = 2 * sure
        yield starts, ends, scores
        start += len(paragraph) + 2


def place(text, words, nth=1):
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def found(text, marks, mentions=()):
    given = {"gum": [Marked(*place(text, words), KINDS[role], 1.0) for role, words in mentions]}
    return [(one.role, text[slice(*one.span)]) for one in fillers.fillers(text, windows(text, marks), given)]


def candidates_of(text, role, scored, mentions=()):
    given = {"gum": [Marked(*place(text, words), "person", 1.0) for words in mentions]}
    return [one.words for one in fillers.candidates(text, scored, given) if one.role == role]


def test_an_entity_is_given_once():
    assert found(TEXT, MARKS, [(role, words) for role, words, nth in MARKS if nth == 1]) == [
        ("perpetrator", "Armed men"),
        ("perpetrator_group", "Ketterand Free League"),
        ("target", "harbour bridge"),
        ("weapon", "bomb"),
        ("victim", "Ada Morren"),
    ]


def test_two_roles_may_share_words():
    whole, group = "Armed men of the Ketterand Free League", "Ketterand Free League"
    scored = list(windows(TEXT, [("perpetrator", whole, 1), ("perpetrator_group", group, 1)]))
    assert candidates_of(TEXT, "perpetrator", scored) == [whole.lower()]
    assert candidates_of(TEXT, "perpetrator_group", scored) == [group.lower()]


def test_titles_and_small_words_at_the_ends_are_no_part_of_it():
    scored = list(windows(TEXT, [("victim", "Dr. Ada Morren was", 1), ("target", "the harbour bridge in", 1)]))
    assert candidates_of(TEXT, "victim", scored) == ["ada morren"]
    assert candidates_of(TEXT, "target", scored) == ["harbour bridge"]


def test_a_mention_with_a_likely_word_in_it_is_a_candidate():
    scored = list(windows(TEXT, [("victim", "Morren", 1)]))
    assert candidates_of(TEXT, "victim", scored) == ["morren"]
    assert candidates_of(TEXT, "victim", scored, ["Ada Morren", "mayor of Varnholm"]) == ["ada morren", "morren"]


def test_a_report_of_which_no_piece_is_likely_gives_nothing():
    assert found(TEXT, []) == []
    assert fillers.fillers("", (), {}) == ()


def test_one_doubtful_word_in_a_report_gives_nothing():
    scored = list(windows(TEXT, []))
    scored[1][2][scored[1][0] == place(TEXT, "mayor")[0], 1 + 2 * ROLES.index("target")] = -0.5
    assert candidates_of(TEXT, "target", scored) == ["mayor"]
    assert fillers.fillers(TEXT, scored, {}) == ()


@pytest.mark.parametrize(("between", "expected"), [(-2.5, ["ada van morren"]), (-6, ["ada", "morren"])])
def test_pieces_of_a_name_that_little_lies_between_are_one(between, expected):
    text = "They found Ada van Morren."
    ((starts, ends, scores),) = windows(text, [("victim", "Ada", 1), ("victim", "Morren", 1)])
    scores[starts == place(text, "van")[0], 2 + 2 * ROLES.index("victim")] = between
    assert candidates_of(text, "victim", [(starts, ends, scores)]) == expected


def test_the_order_of_candidates_changes_nothing():
    some = fillers.candidates(TEXT, list(windows(TEXT, MARKS)), {})
    table = fillers.weights()["span"]
    there, back = (fillers.weighed(TEXT, one, table) for one in (some, some[::-1]))
    assert [entity for entity, _ in there] == [entity for entity, _ in back]
    for (_, one), (_, other) in zip(there, back, strict=True):
        assert one == pytest.approx(other)


@pytest.mark.parametrize(
    ("role", "one", "other", "same"),
    [
        ("victim", "ada morren", "morren", True),
        ("victim", "ada morren", "ada varr", False),
        ("perpetrator_group", "ketterand free league", "kfl", True),
        ("perpetrator_group", "ketterand free league", "blue wing", False),
        ("perpetrator_group", "blue wing", "azul", True),  # stands right beside it
        ("perpetrator", "group of armed men", "groups", True),
        ("perpetrator", "two gunmen", "gunman", True),
        ("perpetrator", "two gunmen", "masked gunmen", False),
        ("target", "harbour bridge", "bridges", True),
        ("weapon", "car bomb", "rifle", False),
    ],
)
def test_which_wordings_name_the_same(role, one, other, same):
    assert fillers._same(role, one, other, "the blue wing azul said") is same
    assert fillers._same(role, other, one, "the blue wing azul said") is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Blue Wing attacked the mill.", "fact"),
        ("The Blue Wing claimed responsibility for the attack on the mill.", "claimed"),
        ("The Blue Wing (BW) attacked it. The BWX said no. In a call the Blue Wing admitted the killing.", "claimed"),
        ("The police accused the Blue Wing of the attack.", "accused by authorities"),
        ("The minister said the mill was burnt. Neighbours blamed the Blue Wing for it.", "accused"),
        ("The mill was burnt, presumably by the Blue Wing.", "accused"),
        ("The Blue Wing is responsible for it, a farmer said.", "accused"),
        ("It could have been carried out by the Blue Wing.", "possible"),
        ("It is not known whether the Blue Wing did it.", "possible"),
        ("The mill was burnt by men in Blue Wing uniforms.", "possible"),
        ("The fire was claimed by a group called the Blue Wing.", "claimed"),
        ("The fire was not claimed by the Blue Wing.", "fact"),
        ("Three widows hold the Blue Wing responsible for it.", "accused"),
        ("The police hold the Blue Wing responsible for it.", "accused by authorities"),
        ("A man linked to the Blue Wing was seen there.", "accused"),
        ("The Blue Wing reportedly burnt the mill.", "accused"),
        ("A flag of the Blue Wing was found at the mill.", "possible"),
        ("The Blue Wing was acquitted of the attack.", "acquitted"),
        ("The attack was the work of the Blue Wing. No group has claimed responsibility.", "fact"),
        ("The Blue Wing denied that it had claimed responsibility for the attack.", "fact"),
    ],
)
def test_how_firmly_a_group_is_held_to_have_done_it(text, expected):
    group = Filler("perpetrator_group", place(text, "Blue Wing"), 1.0)
    assert confidence(text, split(text), group) == expected


@pytest.mark.parametrize(
    ("text", "name", "names"),
    [
        ("the Ketterand Free League's (KFL) men", "Ketterand Free League", {"Ketterand Free League", "KFL"}),
        ("the KFL (Ketterand Free League) said", "KFL", {"Ketterand Free League", "KFL"}),
        ("the Ketterand Free League (KFL) said", "KFL", {"Ketterand Free League", "KFL"}),
        ("the Ketterand Free League of today; the KFL", "Ketterand Free League", {"Ketterand Free League", "KFL"}),
        ("the Blue Wing of today", "Blue Wing", {"Blue Wing"}),
    ],
)
def test_a_groups_short_form_is_found(text, name, names):
    assert names_of(text, place(text, name)) == names


def test_people_are_held_to_it_as_firmly_as_their_group():
    text = "Three gunmen burnt the mill. The Blue Wing claimed responsibility for the attack."
    gunmen, group = place(text, "Three gunmen"), place(text, "Blue Wing")
    mill = Filler("target", place(text, "mill"), 0.9)
    told = [Filler("perpetrator", gunmen, 0.8), mill, Filler("perpetrator_group", group, 0.7)]
    assert [one.confidence for one in with_confidence(text, split(text), told)] == ["claimed", "", "claimed"]
    assert [one.confidence for one in with_confidence(text, split(text), told[:2])] == ["fact", ""]
    assert with_confidence(text, split(text), told)[1] == mill
