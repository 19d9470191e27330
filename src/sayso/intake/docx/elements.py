"""What each element of WordprocessingML (ECMA-376 part 1 §17) does to the text that is being read.

`START` and `END` are the tables of elements; each entry changes the `State`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sayso.intake.docx.lists import OFF, Style, whole
from sayso.intake.docx.package import local
from sayso.intake.docx.wordtext import (
    BREAK,
    RENDERED,
    Paragraph,
    Run,
    State,
    Story,
    Table,
    mark,
    symbols,
    without_breaks,
)

Attributes = Mapping[str, str]
_MATH = {"m:den": "/", "m:sup": "^", "m:sub": "_", "m:deg": "√"}
"""What stands before a part of a formula when it is written in one line."""
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "",  # seen only where a line happens to end
}


# Text


def _start_text(state: State, _name: str, _attributes: Attributes) -> None:
    state.speaking = True


def _end_text(state: State) -> None:
    state.speaking = False


def _sign(state: State, name: str, _attributes: Attributes) -> None:
    """An element that stands for a character."""
    if not state.in_properties:  # where w:tab is a tab stop
        state.put(_SIGNS[name])


def _start_break(state: State, _name: str, attributes: Attributes) -> None:
    if get(attributes, "type") == "page":
        state.paragraphs[-1].pieces.append(BREAK)
    else:
        state.put("\n")


def _break_before(state: State, _name: str, attributes: Attributes) -> None:
    """A paragraph of the body that begins a page, unless it is the first."""
    body = state.stories[0]
    before = len(state.stories) == 1 and (body.blocks or body.breaks)
    if before and state.in_properties and get(attributes, "val", "1") not in OFF:
        state.paragraphs[-1].pieces.append(BREAK)


def _rendered(state: State, _name: str, _attributes: Attributes) -> None:
    state.paragraphs[-1].pieces.append(RENDERED)


def _symbol(state: State, _name: str, attributes: Attributes) -> None:
    """A character by its code in a font (ECMA-376 part 1 §17.3.3.30); those of symbol fonts begin at F000."""
    code, font = get(attributes, "char").upper(), get(attributes, "font").lower()
    number = int(code, 16) if re.fullmatch("[0-9A-F]{1,4}", code) else 0
    known = symbols().get(font, {}).get(f"{number & 0xFF:02X}") if number < 0x100 or number >= 0xF000 else None
    if known is None and (not 0x20 <= number < 0xD800 or font in symbols()):
        state.unknown.add(font)
        known = "\ufffd"
    state.put(known or chr(number))


def _start_math(state: State, name: str, _attributes: Attributes) -> None:
    state.put(_MATH[name])


def _end_drawn_paragraph(state: State) -> None:
    state.put(" ")


def _start_ruby(state: State, _name: str, _attributes: Attributes) -> None:
    state.ruby.append(len(state.paragraphs[-1].pieces))


def _end_ruby(state: State) -> None:
    """The reading of a word comes before it in the file; it is written after it, in brackets."""
    if state.ruby and isinstance(start := state.ruby.pop(), int):
        pieces = state.paragraphs[-1].pieces
        reading = "".join(pieces[start:])
        state.ruby.append(f" ({reading})" if reading.strip() else "")
        del pieces[start:]


def _end_ruby_base(state: State) -> None:
    if state.ruby and isinstance(reading := state.ruby.pop(), str):
        state.put(reading)


# Runs and their properties


def _start_run(state: State, _name: str, _attributes: Attributes) -> None:
    state.runs.append(Run())


def _end_run(state: State) -> None:
    state.runs.pop()


def _vanish(state: State, _name: str, attributes: Attributes) -> None:
    if state.runs and not state.in_properties:
        state.runs[-1].hidden = get(attributes, "val", "1") not in OFF


def _run_style(state: State, _name: str, attributes: Attributes) -> None:
    if state.runs and not state.in_properties:
        state.runs[-1].style = get(attributes, "val")


def _field(state: State, _name: str, attributes: Attributes) -> None:
    """A field: its code up to "separate", then its result up to "end" (ECMA-376 part 1 §17.16.18)."""
    kind = "" if state.fields_are_text else get(attributes, "fldCharType")
    if kind == "begin":
        state.fields.append("code")
        state.codes += 1
    elif kind == "separate" and state.fields:
        state.codes -= state.fields[-1] == "code"
        state.fields[-1] = "result"
    elif kind == "end" and state.fields:
        state.codes -= state.fields.pop() == "code"
    if not state.codes:
        state.unended = 0


# Paragraphs


def _start_paragraph(state: State, _name: str, _attributes: Attributes) -> None:
    story = state.stories[-1]
    held, story.held = story.held or Paragraph(), None
    state.paragraphs.append(Paragraph(held.pieces, held.boxes))


def _end_paragraph(state: State) -> None:
    paragraph, story = state.paragraphs.pop(), state.stories[-1]
    if paragraph.joined:
        story.held = paragraph
    else:
        story.add_paragraph(paragraph, _label(state, paragraph))


def _label(state: State, paragraph: Paragraph) -> str:
    style = state.styles.get(paragraph.style, Style())
    number = style.number if paragraph.number is None else paragraph.number
    level = style.level if paragraph.level is None else paragraph.level
    return state.lists.next(number, level or 0) if number else ""


def _start_properties(state: State, _name: str, _attributes: Attributes) -> None:
    state.in_properties = True


def _end_properties(state: State) -> None:
    state.in_properties = False


def _property(state: State, name: str, attributes: Attributes) -> None:
    if not state.in_properties:
        return
    paragraph, value = state.paragraphs[-1], get(attributes, "val")
    if name == "w:pStyle":
        paragraph.style = value
    elif name == "w:numId":
        paragraph.number = value
    else:
        paragraph.level = whole(value)


# Changes


def _start_change(state: State, name: str, attributes: Attributes) -> None:
    if name == "w:del" and state.in_row_properties:
        state.tables[-1].deleted = True
    elif name == "w:del" and state.in_properties:
        state.paragraphs[-1].joined = True
    elif not state.in_properties and not state.in_row_properties:
        state.changes[name] += 1
        state.authors[get(attributes, "author")] += 1
        if name == "w:del":
            state.leave_out()


def _comment(state: State, _name: str, attributes: Attributes) -> None:
    state.comments += 1
    state.authors[get(attributes, "author")] += 1


# Tables


def _start_table(state: State, _name: str, _attributes: Attributes) -> None:
    state.tables.append(Table(Story("\n")))


def _end_table(state: State) -> None:
    rows = state.tables.pop().rows
    if rows.blocks:
        state.stories[-1].blocks.append(state.stories[-1].breaks + rows.text())
        state.stories[-1].breaks = ""
    else:
        state.stories[-1].breaks += rows.breaks


def _start_cell(state: State, _name: str, _attributes: Attributes) -> None:
    state.stories.append(Story("\n"))


def _end_cell(state: State) -> None:
    text = state.stories.pop().text()
    if state.tables:
        state.tables[-1].cells.append(text)
    else:
        state.stories[-1].add(text)


def _start_row_properties(state: State, _name: str, _attributes: Attributes) -> None:
    state.in_row_properties = bool(state.tables)


def _end_row_properties(state: State) -> None:
    state.in_row_properties = False


def _end_row(state: State) -> None:
    """A row that goes over a page has its break in each cell: the first cell with the most breaks counts."""
    if not state.tables:
        return
    table = state.tables[-1]
    counts = [cell.count(RENDERED) for cell in table.cells]
    most = counts.index(max(counts)) if counts else 0
    cells = [cell if at == most else cell.replace(RENDERED, "") for at, cell in enumerate(table.cells)]
    if not table.deleted or any(cell.strip() for cell in cells):
        table.rows.add_row(cells)
    table.cells, table.deleted = [], False


# What lies beside the text


def _start_box(state: State, _name: str, _attributes: Attributes) -> None:
    state.stories.append(Story())


def _end_box(state: State) -> None:
    state.paragraphs[-1].boxes.append(without_breaks(state.stories.pop().text()))


def _word_art(state: State, _name: str, attributes: Attributes) -> None:
    text = get(attributes, "string")
    state.seen += len(text)
    state.paragraphs[-1].boxes.append(text)


def _picture(state: State, _name: str, _attributes: Attributes) -> None:
    state.pictures += 1


def _start_alternate(state: State, _name: str, _attributes: Attributes) -> None:
    state.alternates.append(False)


def _end_alternate(state: State) -> None:
    state.alternates.pop()


def _start_choice(state: State, _name: str, _attributes: Attributes) -> None:
    """One thing in several ways (ECMA-376 part 3 §10.2.1): the first with words in it counts."""
    if state.alternates and state.alternates[-1]:
        state.leave_out()
    else:
        state.choices.append(state.seen)


def _end_choice(state: State) -> None:
    if state.seen > state.choices.pop() and state.alternates:
        state.alternates[-1] = True


def _reference(state: State, name: str, attributes: Attributes) -> None:
    kind = name.removesuffix("Reference")
    own_mark = get(attributes, "customMarkFollows", "0") not in OFF
    state.marks[kind] += not own_mark
    number = 0 if own_mark else state.marks[kind]
    state.references.append((kind, get(attributes, "id"), number))
    if number:
        state.put(mark(kind, number))


def _start_note(state: State, _name: str, attributes: Attributes) -> None:
    state.stories.append(Story())
    state.note = get(attributes, "id")


def _end_note(state: State) -> None:
    state.notes[state.note] = without_breaks(state.stories.pop().text())


def get(attributes: Attributes, name: str, default: str = "") -> str:
    """The value of an attribute, whatever its namespace: it differs between transitional and strict."""
    for key, value in attributes.items():
        if local(key) == name:
            return value
    return default


START: dict[str, Callable[[State, str, Attributes], None]] = {
    **dict.fromkeys(("w:t", "m:t", "a:t"), _start_text),
    **dict.fromkeys(_SIGNS, _sign),
    **dict.fromkeys(_MATH, _start_math),
    **dict.fromkeys(("w:pStyle", "w:numId", "w:ilvl"), _property),
    **dict.fromkeys(("w:ins", "w:del", "w:moveTo"), _start_change),
    **dict.fromkeys(("w:footnoteReference", "w:endnoteReference"), _reference),
    **dict.fromkeys(("w:footnote", "w:endnote"), _start_note),
    **dict.fromkeys(("mc:Choice", "mc:Fallback"), _start_choice),
    **dict.fromkeys(("w:drawing", "w:pict"), _picture),
    "w:br": _start_break,
    "w:lastRenderedPageBreak": _rendered,
    "w:pageBreakBefore": _break_before,
    "w:sym": _symbol,
    "w:rt": _start_ruby,
    "w:r": _start_run,
    "w:vanish": _vanish,
    "w:rStyle": _run_style,
    "w:fldChar": _field,
    "w:p": _start_paragraph,
    "w:pPr": _start_properties,
    "w:comment": _comment,
    "w:tbl": _start_table,
    "w:trPr": _start_row_properties,
    "w:tc": _start_cell,
    "w:txbxContent": _start_box,
    "v:textpath": _word_art,
    "mc:AlternateContent": _start_alternate,
}
END: dict[str, Callable[[State], None]] = {
    **dict.fromkeys(("w:t", "m:t", "a:t"), _end_text),
    **dict.fromkeys(("w:footnote", "w:endnote"), _end_note),
    **dict.fromkeys(("mc:Choice", "mc:Fallback"), _end_choice),
    "a:p": _end_drawn_paragraph,
    "w:rt": _end_ruby,
    "w:rubyBase": _end_ruby_base,
    "w:r": _end_run,
    "w:p": _end_paragraph,
    "w:pPr": _end_properties,
    "w:tbl": _end_table,
    "w:trPr": _end_row_properties,
    "w:tc": _end_cell,
    "w:tr": _end_row,
    "w:txbxContent": _end_box,
    "mc:AlternateContent": _end_alternate,
}
