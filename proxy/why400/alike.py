"""The word that is nearest to another."""

from collections.abc import Sequence


def nearest(word: str, words: Sequence[str], least: float = 0.6) -> str | None:
    """The most similar of some words; None where none is as similar as `least`, of 1."""
    from difflib import get_close_matches  # 150 kB in each process, which one that idles does not need

    return next(iter(get_close_matches(word, words, n=1, cutoff=least)), None)
