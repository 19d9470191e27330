"""The browser and the served workspace as the pictures of the documentation have them, by the names of these tests."""

from __future__ import annotations

from press.browser import opened as browsing
from press.browser import program
from press.pictures import served

__all__ = ["BROWSER", "browsing", "served"]

BROWSER = program()
