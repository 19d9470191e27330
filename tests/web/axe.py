"""What axe-core, the accessibility checker of Deque Systems, finds in the page that a browser shows."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

FOUND = find_spec("axe_playwright_python")
"""A package that brings axe-core as one file of JavaScript: nothing else of it is used."""

GRAVE = ("serious", "critical")
WHOLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}}
"""What depends on colours and sizes."""
UNSEEN = WHOLE | {"rules": {name: {"enabled": False} for name in SEEN["runOnly"]["values"]}}

ALIKE = 4
"""So many brothers of one kind stand for the others where a page is looked at for colours: they are alike."""

ASK = """axe.run(document, Object.assign(HOW, {resultTypes: ["violations"]})).then((told) => told.violations
  .filter((one) => GRAVE.includes(one.impact))
  .flatMap((one) => one.nodes.map((node) => [one.id, node.html.slice(0, 120), node.failureSummary].join(" | "))))"""

UNFOLD = """(() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
})()"""
"""All that is folded is open, and stands where it will stand: what is not drawn yet has a guessed height."""

THIN = """document.querySelectorAll("body *").forEach((one) => {
  const kind = (other) => other.tagName + other.getAttribute("class");
  const alike = one.parentElement ? [...one.parentElement.children].filter((other) => kind(other) === kind(one)) : [];
  alike.slice(ALIKE).forEach((other) => { other.remove(); });
})"""


def grave(browser, how):
    """Serious and critical findings, one line each."""
    if not browser.run("Boolean(window.axe)"):
        browser.run((Path(FOUND.origin).parent / "axe.min.js").read_text("utf-8") + "\n;0")
    return browser.run(ASK.replace("HOW", json.dumps(how)).replace("GRAVE", json.dumps(GRAVE)))


def looked_through(browser, address):
    """All findings of a page, unfolded: its order and names as a whole, its looks at both widths, light and dark."""
    browser.size(1440)
    browser.go(address)
    browser.run(UNFOLD)
    found = grave(browser, UNSEEN)
    browser.run(THIN.replace("ALIKE", str(ALIKE)))
    for width, dark, how in ((1440, False, SEEN), (1440, True, SEEN), (390, True, SEEN), (390, False, WHOLE)):
        browser.size(width, dark=dark)
        found += [f"{width} {'dark' if dark else 'light'}: {one}" for one in grave(browser, how)]
    return found
