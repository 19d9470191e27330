"""The workspace: a case in the browser, on this machine alone. A face, as the command line is: it talks to `workspace`.

serve      open a case at an address that works once
    safety     who may speak to it
    desk       the case, loaded once, and again when it changed
    view       look-ups of one state of the case
    pages      what can be looked at, a function a page; search: words in all texts
    hypotheses the pages of competing hypotheses
    drafts     one's own article, held against the case
    acts       what a person decides, each a judgement
    selected   from words selected in the page to spans of the report
    requests   what comes from a browser, bounded
    uploads    reports added by dropping files
    drawing    templates, style, script
"""

from sayso.web.server import build, serve

__all__ = ["build", "serve"]
