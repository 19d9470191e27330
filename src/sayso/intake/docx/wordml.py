"""The text of a part in WordprocessingML (ECMA-376 part 1 §17; ISO 29500 strict too), as a reader of the page sees it.

Kept: what is inserted, the results of fields, text boxes (after the paragraph that holds them), math in one line. Left
out, and counted: what is deleted or hidden. Paragraphs are parted by an empty line, rows of a table by a line, their
cells by a tab, paragraphs of a cell by a line.
"""

from __future__ import annotations

from sayso.intake.docx.elements import END, START
from sayso.intake.docx.lists import Lists, Style
from sayso.intake.docx.wordtext import State

NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
LEFT_OUT = frozenset(
    (
        "w:moveFrom",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:rPrChange",
        "w:pPrChange",
        "w:tblPrChange",
        "w:trPrChange",
        "w:tcPrChange",
        "w:sectPrChange",
        "w:tblPrExChange",
        "w:rubyPr",
        "m:ctrlPr",
    )
)
"""Elements that hold no text of the page: properties, former properties, what was moved away."""


class Reader:
    """A target for `Package.walk`. One for each part; the lists go on from part to part."""

    def __init__(self, styles: dict[str, Style], lists: Lists) -> None:
        self.state = State(styles, lists)
        self.root = ""
        """The part's outermost element: "w:document"."""
        self._names: dict[str, str] = {}

    def text(self) -> str:
        """What was read, with the signs of page breaks in it."""
        state = self.state
        state.stories[0].add_paragraph(state.paragraphs[0])
        if not state.codes:
            state.unended = 0
        return state.stories[0].text()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """At a start tag."""
        state = self.state
        state.depth += 1
        if state.skipped:
            return
        name = self._names.get(tag) or self._named(tag)
        if name in LEFT_OUT:
            state.leave_out()
        elif handler := START.get(name):
            handler(state, name, attributes)

    def end(self, tag: str) -> None:
        """At an end tag."""
        state = self.state
        if state.skipped:
            if state.depth == state.skipped:
                state.skipped = 0
        elif handler := END.get(self._names[tag]):
            handler(state)
        state.depth -= 1

    def data(self, text: str) -> None:
        """Between tags."""
        if self.state.speaking and not self.state.skipped:
            self.state.put(text.replace("\r", " ").replace("\n", " "))

    def _named(self, tag: str) -> str:
        space, _, name = tag.rpartition("}")
        short = f"{NAMESPACES.get(space[1:], '?')}:{name}"
        self._names[tag] = short
        self.root = self.root or short
        return short
