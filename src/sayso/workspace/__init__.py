"""A case and what can be done with it: joins intake, spine, ledger, dossier and exchange. The faces talk to this alone.

add        files ─▶ reports, recorded in the case ─▶ what is new is read
load       everything that is known, as one `Case`
as_of      the same as it was known on a day
write_dossier, refresh_dossier, export, write_bundle, show     what others read and see
redact     a case with chosen names replaced by pseudonyms, to be written or exported instead of it
verify, history, head, delete, note_export               how it is kept: see `custody`
read_draft, check_draft    one's own article against the case
judge_pair                     record what a person decided: whether two names, or origins, are one
weigh, assume, assumed    what is said on each question, weighed, and what that assumes
draw_up, drift             its ledgers; what changed on the way from origins to reports
matrices, judge_matrix, read_matrix      competing hypotheses, and what people said of them
judge, correct, add_attribution     record what a person decided of attributions, reports and voices
if_retracted, what_falls   what would be left without a report or voice, and what has changed
news, since, silences, ask what reports add, who is silent, whom to ask next
take_back, stands, lapsed  what was decided: undone by its id; what stands; what no longer meets anything
standing, attribution_meant, report_or_voice_meant, words_in     what was judged; what somebody means
with_judgements, keep      a case in memory, brought to the judgements of its folder; what was worked out, kept there
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from sayso import __version__, ledger, spine
from sayso.fetch import Fetched, fetch
from sayso.intake import Settings
from sayso.kit import SaysoError, WrongUse, digest, identify, identify_report
from sayso.ledger import Break, Check, Deleted, Entry, account
from sayso.model import Accounts, Case, Caveat, Change, Findings, Report
from sayso.model.novelty import Fallen, Novelty, Side
from sayso.redaction import Redaction
from sayso.redaction import redact as redact_case
from sayso.spine import AS_OF
from sayso.workspace.adding import Added, Step, add, holds, silent
from sayso.workspace.crew import Reader, cores
from sayso.workspace.custody import (
    delete,
    files_named,
    head,
    history,
    note_export,
    verify,
    verify_export,
    write_bundle,
)
from sayso.workspace.decided import Lapsed, lapsed, stands, steps, take_back
from sayso.workspace.drafting import (
    DRAFT_COLUMNS,
    MEANINGS,
    Telling,
    check_draft,
    check_page,
    draft_rows,
    draft_tree,
    read_draft,
)
from sayso.workspace.judging import (
    Verdict,
    add_attribution,
    correct,
    if_retracted,
    judge,
    keep,
    remember,
    standing,
    with_judgements,
)
from sayso.workspace.known import as_of
from sayso.workspace.loading import load, no_collection
from sayso.workspace.matrices import (
    adrift,
    cited,
    deceiving,
    fewest_roots,
    judge_matrix,
    judgement_on,
    matrices,
    matrix_as_csv,
    order,
    read_matrix,
    row_values,
    score,
    shifts,
)
from sayso.workspace.meant import attribution_meant, report_or_voice_meant, words_in
from sayso.workspace.naming import entities_with, nearest, without_disputed
from sayso.workspace.novelty import (
    ASK_COLUMNS,
    NEWS_COLUMNS,
    SILENCE_COLUMNS,
    ask,
    ask_lines,
    ask_rows,
    fallen_in_words,
    news,
    news_in_brief,
    news_in_full,
    news_rows,
    silence_lines,
    silence_rows,
    silences,
    since,
    what_falls,
)
from sayso.workspace.origins import drift, lineage_in_words
from sayso.workspace.pairs import Pair, Ruling, judge_pair, pair_of
from sayso.workspace.placing import refuse_bad_place, write
from sayso.workspace.reader import JOINING_ROOMS, default_reader, sources
from sayso.workspace.weighing import (
    WEIGHED_LIMITS,
    Assumed,
    Assumptions,
    assume,
    assumed,
    hangs_in_words,
    said_beside,
    weigh,
)

if TYPE_CHECKING:
    from sayso.dossier import Shown, Weighed

__all__ = [
    "ASK_COLUMNS",
    "AS_OF",
    "DRAFT_COLUMNS",
    "MEANINGS",
    "NEWS_COLUMNS",
    "SILENCE_COLUMNS",
    "WEIGHED_LIMITS",
    "Added",
    "Assumed",
    "Assumptions",
    "Break",
    "Change",
    "Check",
    "Deleted",
    "Entry",
    "Fallen",
    "Fetched",
    "Format",
    "Lapsed",
    "Pair",
    "Reader",
    "Redaction",
    "Ruling",
    "Settings",
    "Side",
    "Step",
    "Telling",
    "Verdict",
    "account",
    "add",
    "add_attribution",
    "adrift",
    "as_of",
    "ask",
    "ask_lines",
    "ask_rows",
    "assume",
    "assumed",
    "attribution_meant",
    "check_draft",
    "check_page",
    "cited",
    "cores",
    "correct",
    "deceiving",
    "default_reader",
    "delete",
    "draft_rows",
    "draft_tree",
    "draw_up",
    "drift",
    "entities_with",
    "example",
    "export",
    "fallen_in_words",
    "fetch",
    "fewest_roots",
    "files_named",
    "frames",
    "hangs_in_words",
    "head",
    "history",
    "if_retracted",
    "judge",
    "judge_matrix",
    "judge_pair",
    "judgement_on",
    "keep",
    "lapsed",
    "lineage_in_words",
    "load",
    "matrices",
    "matrix_as_csv",
    "nearest",
    "news",
    "news_in_brief",
    "news_in_full",
    "news_rows",
    "note_export",
    "order",
    "pair_of",
    "read_draft",
    "read_matrix",
    "read_text",
    "redact",
    "refresh_dossier",
    "refuse_bad_place",
    "remember",
    "report_or_voice_meant",
    "row_values",
    "said_beside",
    "score",
    "shifts",
    "show",
    "silence_lines",
    "silence_rows",
    "silences",
    "silent",
    "since",
    "standing",
    "stands",
    "steps",
    "table_as_csv",
    "take_back",
    "verify",
    "verify_export",
    "weigh",
    "what_falls",
    "with_judgements",
    "without_disputed",
    "words_in",
    "write",
    "write_bundle",
    "write_dossier",
]

EXAMPLE = "harbour-fire/reports"
"""The invented case, below a folder `examples`."""

Format = Literal["chains", "json", "csv"]


def read_text(text: str, *, publisher: str = "", published: str = "", limit: int = spine.DEFAULT_LIMIT) -> Findings:
    """What one report says, and who says it, without a case on disk. Offsets are code points of `text`.

    The same as for this text in a case, whatever else is read. Loads the encoder the first time (about half a second).
    """
    from sayso import encoder

    name = identify_report(text, publisher=publisher, published=published, address="")
    report = Report(name, text, digest(text), file="", name="", publisher=publisher, published=published)
    return spine.read_report(report, encoder.load(), limit)


def write_dossier(
    case: Case | Redaction,
    file: Path | str,
    *,
    mark: str = "",
    title: str = "",
    form: Literal["html", "markdown"] = "html",
) -> str:
    """Write the dossier: an HTML page that needs nothing else, or Markdown. A file of that name is replaced, or kept.

    `mark` is kept in the page's head, for `refresh_dossier` to know it by. `title` stands above it. A redaction gives
    the dossier of its redacted case. Gives what was written.
    """
    from sayso import dossier

    told = _told(case)
    accounts, found = _accounts_and_weighed(told)
    if form == "html":
        written = dossier.compose(told.case, accounts=accounts, found=found, mark=mark, title=told.text(title))
    else:
        written = dossier.compose_markdown(told.case, accounts=accounts, found=found, title=told.text(title))
    write(written, file)
    return written


def redact(case: Case, names: Iterable[str]) -> Redaction:
    """The case with whoever bears one of these names called by a pseudonym, throughout: for `write_dossier`, `export`.

    `warnings` of it say what could not be hidden. `WrongUse` for a name that stands nowhere in the case.
    """
    with no_collection():
        return redact_case(case, names)


def _told(case: Case | Redaction) -> Redaction:
    return case if isinstance(case, Redaction) else Redaction(case)


def _accounts_and_weighed(told: Redaction) -> tuple[Accounts, Weighed]:
    """What else is told of a case. It is worked out before names are replaced: rules read the words of reports."""
    from sayso import dossier

    case, accounts = told.original, spine.draw_up(told.original)
    found = dossier.Weighed(
        spine.weigh(case, accounts=accounts), spine.drift(case), matrices(case), assumed(), news(case), silences(case)
    )
    return told.of(accounts), told.of(found)


def refresh_dossier(folder: Path | str, file: Path | str, *, also: tuple[Caveat, ...] = (), title: str = "") -> bool:
    """Write the dossier of the case in a folder, unless the file holds it already. Says whether it was written."""
    with ledger.open_to_read(Path(folder)) as opened, ledger.at_one_moment(opened):
        rules = sources("dossier", "accounts", "lineage", "weighing", "hypotheses", "novelty", *JOINING_ROOMS)
        mark = identify(__version__, rules, ledger.state(opened), also, title)
    if holds(Path(file), mark):
        return False
    write_dossier(load(folder, also=also), file, mark=mark, title=title)
    return True


def export(case: Case | Redaction, form: Format, *, with_text: bool = False) -> str:
    """The case, or a redaction's, for other programs. The same reports give the same bytes in whatever order they came.

    `chains`: JSON Lines, one object a report; `json`: everything; `csv`: one row a claim. `with_text` adds the reports'
    texts to `chains`. `WrongUse` for another format.
    """
    from sayso import exchange

    told = _told(case)
    if form == "chains":
        return exchange.to_chains(told.case, with_text=with_text)
    if form == "json":
        accounts = spine.draw_up(told.original)
        weighed = told.of(spine.weigh(told.original, accounts=accounts))
        drift, rated = told.of(spine.drift(told.original)), told.of(matrices(told.original))
        found = told.of(Novelty(news(told.original), silences(told.original), ask(told.original)))
        return exchange.to_json(told.case, told.of(accounts), drift, weighings=weighed, matrices=rated, novelty=found)
    if form == "csv":
        return exchange.to_csv(told.case)
    raise WrongUse(f"{form!r} is no format of export. Use one of: {', '.join(get_args(Format))}.")


def frames(case: Case) -> dict[str, dict[str, list[object]]]:
    """The case as data frames: table name to columns, column name to cells.

    Tables: reports, claims, attributions, voices, incidents, questions, answers, tolls, lineages, drift, weighings,
    supports, parts, hangs, estimates, timeline, and the ledgers.
    pandas and polars take each as it is: `pandas.DataFrame(frames(case)["answers"])`. `sayso.exchange.frames` says what
    stands in them.
    """
    from sayso import exchange

    accounts = spine.draw_up(case)
    return exchange.frames(case, accounts, spine.drift(case), weighings=spine.weigh(case, accounts=accounts))


def show(thing: object, case: Case | None = None) -> Shown:
    """A picture for a notebook: of a case, of a question (`show(question, case)`), of an attribution, of a chain.

    What it gives has `_repr_html_`, so a notebook draws it; elsewhere its words are printed. Text of reports is
    escaped, and nothing in it is asked of any network. `WrongUse` for what has no picture.
    """
    from sayso import dossier

    return dossier.show(thing, case)


def table_as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV that no spreadsheet takes for formulas."""
    from sayso import exchange

    return exchange.write_table(columns, rows)


def example() -> Path:
    """The folder with the reports of the invented case: in the installed package, else in the checkout."""
    here = Path(__file__).resolve().parent.parent
    places = (here / "examples", here.parent.parent / "examples")
    found = next((place / EXAMPLE for place in places if (place / EXAMPLE).is_dir()), None)
    if found is None:
        raise SaysoError("The invented case is not in this installation. Install sayso again.")
    return found


def draw_up(case: Case) -> Accounts:
    """The ledgers of a case: who is held responsible by whom, who is in what legal state, whose words are whose."""
    return spine.draw_up(case)
