"""One's own article, pasted in and held against the case, sentence by sentence. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from markupsafe import Markup

from sayso import workspace
from sayso.kit import WrongUse
from sayso.web.drawing import draw
from sayso.web.view import View

NAME: Final = "draft.txt"
FEW: Final = 6
"""Words of reports that are shown for each origin."""


def empty(view: View, _query: Mapping[str, str]) -> Markup:
    """The page on which a draft is pasted."""
    return draw("draft", view=view, sentences=None, text="", few=FEW, counts=())


def check(view: View, fields: Mapping[str, str]) -> Markup:
    """What each sentence rests on. `WrongUse` where nothing was pasted."""
    text = fields.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise WrongUse("Paste the draft first.")
    with TemporaryDirectory(prefix="sayso-") as folder:
        place = Path(folder) / NAME
        place.write_text(text, encoding="utf-8")
        report, _ = workspace.read_draft(place, published=fields.get("published", "").strip())
    told, found = workspace.check_draft(view.case, report)
    sentences = [_led(view, one) for one in workspace.draft_tree(told, found)]
    counts = [(name, sum(one["verdict"] == name for one in sentences)) for name in workspace.MEANINGS]
    return draw("draft", view=view, sentences=sentences, text=text, few=FEW, counts=counts)


def _led(view: View, value: Any) -> Any:  # noqa: ANN401 (plain objects, as JSON has them)
    """The same objects; whatever cites a report has the address of its sentence in the workspace."""
    if isinstance(value, list):
        return [_led(view, one) for one in value]
    if not isinstance(value, dict):
        return value
    led = {name: _led(view, one) for name, one in value.items()}
    if "place" in led and led["report"] in view.reports:
        number, sentence = view.index.reports[led["report"]], str(led["place"]).partition(":")[2]
        led |= {"address": view.address("s", number, sentence), "place": f"{number}:{sentence}"}
    return led
