"""Accounts: what the reports together tell of an incident, each statement with those who make it."""

from sayso.accounts.toll import toll

__all__ = ["toll"]
