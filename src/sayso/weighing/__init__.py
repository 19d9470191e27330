"""Weighing: what testimonies, taken together, leave of each rival answer, and what hangs on what.

core      the arithmetic on columns: weights, dependence, support, what is left unresolved, conflict
hanging   every answer weighed again without one voice, hearer, bloc or report
"""
