"""Competing hypotheses: the rival answers to a question, held against what speaks for and against them.

    questions, lineages ──▶ propose ──▶ matrices with suggestions ──▶ judge ──▶ matrices that count ──▶ score, order …

    proposing    hypotheses from rival answers, evidence from origins, suggestions for the cells
    judging      what people said of the cells, and what they added
    scoring      how much stands against each hypothesis, and what a row of evidence is worth
    sensitivity  what small change would put others first; what if an actor deceives

A row of evidence is a proposition on an independent root, never a document: its echoes weigh nothing. What the program
suggests counts for nothing until a person says the same. Scores order hypotheses. They are no probabilities, and what
happened may not be among the hypotheses.
"""

from sayso.hypotheses.judging import (
    ABSENCE,
    ADDED,
    ASSUMPTION,
    CREDIBILITY,
    DROPPED,
    HYPOTHESIS,
    IF_DECEPTIVE,
    RATING,
    RELEVANCE,
    RETRACTED,
    adrift,
    is_judgement,
    judge,
    judgement_on,
)
from sayso.hypotheses.proposing import REST, propose
from sayso.hypotheses.scoring import VALUES, order, row_values, score, weight
from sayso.hypotheses.sensitivity import deceiving, fewest_roots, shifts

__all__ = [
    "ABSENCE",
    "ADDED",
    "ASSUMPTION",
    "CREDIBILITY",
    "DROPPED",
    "HYPOTHESIS",
    "IF_DECEPTIVE",
    "RATING",
    "RELEVANCE",
    "REST",
    "RETRACTED",
    "VALUES",
    "adrift",
    "deceiving",
    "fewest_roots",
    "is_judgement",
    "judge",
    "judgement_on",
    "order",
    "propose",
    "row_values",
    "score",
    "shifts",
    "weight",
]
