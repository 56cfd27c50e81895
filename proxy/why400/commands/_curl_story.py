"""What `why400 curl` says of an exchange: its story, with the user's own command as it would have worked."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import replace

from why400.causes.catalogue import Catalogue
from why400.commands._curl_change import changed, is_picture_file
from why400.commands._curl_words import Command
from why400.diagnose.explain import Told, narrative, text
from why400.diagnose.names import names_of
from why400.exchange import Certainty, Diagnosis, Exchange, Outcome
from why400.records.record import to_record

ACCEPTED, EXPLAINED, UNKNOWN = 0, 1, 3
"""Exit codes."""

_GOOD = (Outcome.FORWARDED, Outcome.FIXED, Outcome.UNREVIEWED)
_SERVERS_GUESS = ("unknown", "upstream.error-as-400", "upstream.bug")
_NAME_ASKED_FOR = re.compile(r'"([\w.-]{1,64})"')
_STANDS_FOR_FILE = re.compile(r"\bphoto\.[a-z]{3,4}\b")
_FILE = re.compile(r"(?:[^=@<]*=)?[@<]([^;]+)(?:;.*)?")
_FILE_IS_WRONG = frozenset(
    (
        "http.body-missing",
        "image.corrupt",
        "image.empty",
        "image.error-page",
        "image.not-an-image",
        "image.truncated",
        "multipart.empty-part",
    )
)
"""Here another file would have worked, so the lines do not name the one that was sent."""


def telling(exchanges: Sequence[Exchange], urls: int) -> Exchange:
    """The exchange to tell of: the last, which redirects and credentials led to; of several URLs the first refused."""
    refused = [exchange for exchange in exchanges if exchange.outcome not in _GOOD]
    return refused[0] if urls > 1 and refused else exchanges[-1]


def exit_code(exchange: Exchange) -> int:
    """0 accepted, 1 refused and explained, 3 refused and the cause is unknown."""
    if exchange.outcome in _GOOD:
        return ACCEPTED
    if exchange.outcome is Outcome.ABANDONED:
        return EXPLAINED
    return EXPLAINED if any(_explains(line) for line in exchange.diagnosis) else UNKNOWN


def _explains(line: Diagnosis) -> bool:
    """More than that the request looks fine, so that it may be the server."""
    return line.cause not in _SERVERS_GUESS or line.certainty is not Certainty.POSSIBLE


def story(exchange: Exchange, command: Command, catalogue: Catalogue) -> str:
    """The story of an exchange that this command made."""
    if exchange.outcome in _GOOD and not exchange.diagnosis:
        return f"accepted: the answer is {exchange.status}, nothing is amiss"
    if exchange.outcome is Outcome.ABANDONED:
        return (
            "curl left before the model had answered.\n\n"
            "Give it longer (--max-time SECONDS), or find out why the model is slow."
        )
    told = narrative(to_record(exchange, "failed-bodies", b"").record, catalogue)
    return text(replace(told, causes=tuple(_own_lines(one, exchange, command) for one in told.causes)))


def _own_lines(told: Told, exchange: Exchange, command: Command) -> Told:
    """The client line of a cause: the user's own command changed, else the catalogue's with the user's URL and file."""
    better = changed(command, told.cause, _names(told, exchange))
    if better is None:
        return replace(told, curl=_fitted(told, command))
    return replace(told, curl=str(better.command), remedy=better.why or told.remedy)


def _names(told: Told, exchange: Exchange) -> dict[str, str]:
    """The exchange's names; `part` is the one that the server asks for, where anything says which that is."""
    names = {name: value for name, value in names_of(exchange, told.cause).items() if name != "part"}
    asked = [name for words in told.evidence for name in _NAME_ASKED_FOR.findall(words)]
    return {**names, "part": asked[-1]} if asked else names


def _fitted(told: Told, command: Command) -> str:
    """The catalogue's lines with this command's URL, and with its picture's file where that is not what is wrong."""
    url = shlex.quote(command.first.urls[0])
    lines = re.sub(r'("?)http://[^\s"]+\1', lambda _: url, told.curl)
    files = [] if told.cause in _FILE_IS_WRONG else _pictures(command)
    return _STANDS_FOR_FILE.sub(lambda _: shlex.quote(files[0]), lines) if len(files) == 1 else lines


def _pictures(command: Command) -> list[str]:
    """The files of images that the command sends."""
    values = command.first.all("data", "data-binary", "data-raw", "form")
    files = (found[1] for value in values if (found := _FILE.fullmatch(value)))
    return [file for file in files if is_picture_file(file)]
