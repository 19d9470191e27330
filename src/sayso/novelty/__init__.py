"""What is new in a case, who is silent in it, and what falls between two states of it.

news       what each of some reports adds, only echoes, and contradicts
silences   who did not speak to a question that others answered
falls      the questions of a case that are answered otherwise in another
whom       whom one could ask a question, as `weighing.ask` wants it
Names, summary, lines, title, tell_…    all of it in words
news_rows, silence_rows, ask_rows       and as rows
"""

from sayso.novelty.added import news
from sayso.novelty.falling import falls
from sayso.novelty.rows import (
    ASK_COLUMNS,
    NEWS_COLUMNS,
    SILENCE_COLUMNS,
    ask_rows,
    news_rows,
    silence_rows,
)
from sayso.novelty.silence import silences
from sayso.novelty.telling import Names, lines, summary, tell_ask, tell_fallen, tell_silence, title, whom

__all__ = [
    "ASK_COLUMNS",
    "NEWS_COLUMNS",
    "SILENCE_COLUMNS",
    "Names",
    "ask_rows",
    "falls",
    "lines",
    "news",
    "news_rows",
    "silence_rows",
    "silences",
    "summary",
    "tell_ask",
    "tell_fallen",
    "tell_silence",
    "title",
    "whom",
]
