"""One cause: a stable code for why a request was refused, and the words that people need about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from why400.causes.lines import NO_LINES, ClientLines
from why400.exchange import WhoFixes

LANGUAGES = ("curl", "python", "javascript")
SENDINGS = ("", "_jpeg", "_png", "_raw", "_form", "_json", "_data_uri")
"""The request's own style, the same from a picture that was made (`ready.jpg`, `ready.png`), and other styles."""

NAMES: Mapping[str, str] = {
    "at": "the body",
    "got": "something else",
    "want": "what its documentation names",
    "part": "file",
    "key": "image",
    "media_type": "image/jpeg",
    "method": "POST",
    "path": "/predict",
    "url": "http://127.0.0.1:8400/predict",
    "file": "photo.jpg",
    **{f"read_{language}": "" for language in LANGUAGES},
    **{f"send_{language}{how}": "" for language in LANGUAGES for how in SENDINGS},
}
"""Every name that a template may hold, with what stands for it where an exchange does not say.

`{read_…}` are lines that leave the picture's bytes, `{send_…}` lines that send them (`diagnose/client_lines.py`)."""

_NAME = re.compile(r"\{(" + "|".join(NAMES) + r")\}")


@dataclass(frozen=True, slots=True)
class Cause:
    """A row of the catalogue. `remedy` and the client lines are templates over `NAMES`.

    `what` says what happened, `see` how to see it without us, `rule` is the YAML of an operator who wants it checked.
    `look_alikes` are pairs of a code and how it is told apart. `status` is what an own rejection answers by default.
    `invalid` says that the fact alone makes a request wrong, whatever server reads it. `by_hand` says why no request
    and no reply shows it, so that no record names it: it is there for people who look for it.
    """

    code: str
    title: str
    what: str
    see: str
    remedy: str
    who_fixes: WhoFixes = "client"
    client: ClientLines = NO_LINES
    rule: str = ""
    look_alikes: tuple[tuple[str, str], ...] = ()
    status: int = 400
    invalid: bool = False
    references: tuple[str, ...] = ()
    by_hand: str = ""

    @property
    def family(self) -> str:
        """What stands before the dot: `image` of `image.alpha`."""
        return self.code.partition(".")[0]

    @property
    def curl(self) -> str:
        """Lines for a shell that send it right, a template; empty where no line of a client helps."""
        return self.client.curl

    @property
    def python(self) -> str:
        """The same with `requests`."""
        return self.client.python

    @property
    def javascript(self) -> str:
        """The same with `fetch`."""
        return self.client.javascript


def render(template: str, names: Mapping[str, str]) -> str:
    """Fill a template. A name that is not given reads as its stand-in of `NAMES`; other braces stay as they are."""
    return _NAME.sub(lambda name: names.get(name[1]) or NAMES[name[1]], template)
