"""Facts that hardly any accepted request had: each a claim with its numbers."""

from collections.abc import Iterator, Mapping

from why400.diagnose.habits import Habit
from why400.diagnose.odds import in_numbers, separates
from why400.exchange import Certainty, Claim

ENOUGH = 5
"""So many, before the only difference is likely."""


def is_apart(habit: Habit, word: str) -> bool:
    """No accepted request had it; or nearly all that had it were refused, and that is no chance."""
    tally = habit.of(word)
    return not tally.accepted or separates(tally, habit.total, len(habit.facts))


def apart(habit: Habit, words: Mapping[str, str]) -> Iterator[Claim]:
    """A claim for each of these facts by their causes, all of them apart: `likely` for the only one, or by odds."""
    for cause, word in words.items():
        tally = habit.of(word)
        only = len(words) == 1 and habit.total.accepted >= ENOUGH
        sure = separates(tally, habit.total, len(habit.facts))
        numbers = in_numbers(tally, habit.total, f"with {having(word)}", "without it", sure)
        yield Claim(cause, "contrast", Certainty.LIKELY if sure or only else Certainty.POSSIBLE, numbers)


_HAVING = {
    "image.alpha": "an alpha channel",
    "image.palette": "a palette",
    "image.cmyk": "CMYK color",
    "image.gray": "gray color",
    "image.frames": "several frames",
    "image.profile": "a color profile",
    "image.orientation": "an EXIF orientation",
    "content-type.missing": "no Content-Type",
    "http.body-missing": "no body",
}


def having(word: str) -> str:
    """A fact as what a request comes with: `an alpha channel`, `image.depth 16`, `the media type text/plain`."""
    kind, _, rest = word.partition(" ")
    if kind == "media":
        return f"the media type {rest}" if rest != "-" else "no Content-Type"
    if kind == "size":
        return f"sides so {'large' if rest == 'large' else 'small'}"
    return _HAVING.get(rest, rest)
