"""Who says so, on whose word: chains of attribution in reports on a contested event, read offline.

    add(folder, paths)          add reports to a case, and read what is new
    load(folder)                everything that is known in a case: a `Case`
    write_dossier(case, file)   write it up as one HTML page
    weigh(case)                 what is said on each question, weighed, and what hangs on what
    news(case)                  what each report adds to those before it
    silences(case), ask(case)   who did not speak to a question; whom to ask next
    as_of(case, day)            the case as it was known on a day
    export(case, format)        chains, json or csv for other programs
    frames(case)                plain columns for data frames, by table
    show(case)                  a picture for a notebook; of a question too, and of a chain
    verify(folder)              hash everything again, check every span
    judge(folder, about, …)     record what a person decided
    read_text(text, …)          one report, without a case on disk

    >>> import sayso
    >>> found = sayso.read_text("The harbour master denied that the crane was old.", publisher="Quay Courier")
    >>> [(said.chain[0].voice, said.stance) for said in found.attributions]
    [('Quay Courier', 'denies')]

The records (`Case`, `Report`, `Attribution`, `Claim`, `Voice` …) stand in `sayso.model`; `SaysoError` is what these
raise where the caller can mend something.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.kit import SaysoError
    from sayso.model import Attribution, Case, Claim, Report, Voice
    from sayso.workspace import (
        add,
        as_of,
        ask,
        export,
        frames,
        judge,
        load,
        news,
        read_text,
        show,
        silences,
        verify,
        weigh,
        write_dossier,
    )

__version__ = "0.1.0"

__all__ = [
    "Attribution",
    "Case",
    "Claim",
    "Report",
    "SaysoError",
    "Voice",
    "add",
    "as_of",
    "ask",
    "export",
    "frames",
    "judge",
    "load",
    "news",
    "read_text",
    "show",
    "silences",
    "verify",
    "weigh",
    "write_dossier",
]


def __getattr__(name: str) -> object:
    """Whatever is named above, imported when it is first used, so that `sayso --help` is quick."""
    if name not in __all__:
        message = f"module 'sayso' has no attribute {name!r}"
        raise AttributeError(message)
    home = "sayso.kit" if name == "SaysoError" else "sayso.model" if name[0].isupper() else "sayso.workspace"
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
