"""In which language a text is written, so that the reader, who knows English only, can be doubted in time."""

from __future__ import annotations

SAMPLE = 600
"""Code points that are looked at. On 524 English news texts 500 already gave no mistake; 600 take 0.3 ms."""
FEWEST_LETTERS = 60
"""Under this the answer is too often wrong."""
MARGIN = 40.0
"""By how much (natural log of likelihood) a language must beat English. On the first 60 to 150 characters of those 524
texts English lost by 15.6 at most; on 70 characters of seven other languages it lost by 125 at least."""


def tell(text: str) -> str:
    """The ISO 639-1 code (three letters where there is none of two), "" if the text is too short to tell."""
    sample = text[: 4 * SAMPLE].strip()[:SAMPLE]
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return ""
    import py3langid

    ranks = py3langid.rank(sample.encode("utf-8", "replace").decode("utf-8"))
    best, score = ranks[0]
    return str(best) if score - dict(ranks)["en"] > MARGIN else "en"
