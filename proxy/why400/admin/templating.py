"""What templates can say: the words of the page, its periods, how numbers and times are written."""

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from why400.admin import words
from why400.admin.asked import PERIODS
from why400.exchange import OUTCOME_WORDS


def environment(folder: Path, base: str, style: str) -> Environment:
    """The templates of a folder; `base` is the path that the page is under, `style` its style sheet."""
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(
        base=base,
        style=style,
        outcomes=OUTCOME_WORDS,
        certainties=words.CERTAINTIES,
        fixers=words.FIXERS,
        periods=tuple(PERIODS),
        dict=dict,
        lead=words.lead,
        ago=words.ago,
    )
    made.filters.update(
        breakable=words.breakable,
        capfirst=lambda text: text[:1].upper() + text[1:],
        grouped=words.grouped,
        clock_time=words.clock_time,
        in_bytes=words.bytes_in_words,
        in_seconds=words.seconds_in_words,
        segment=lambda text: quote(text, safe=""),
    )
    return made
