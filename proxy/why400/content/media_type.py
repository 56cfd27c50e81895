"""The media type that a Content-Type field declares (RFC 9110 section 8.3.1)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from why400.content.parameters import Parameters, first, parameters

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_FORM = re.compile(rb"multipart/form-data; ?boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})")
"""What nearly all clients declare for a form; each has a boundary of its own (RFC 2046 section 5.1.1)."""

_USUAL = 64
_ESSENCE = re.compile(rf"[ \t]*({_WORD}/{_WORD})[ \t]*(?=;|$)")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type: `essence` is `type/subtype` in lower case, parameter names are lower case, values as sent.

    `malformed` says in words what the value lacks of a media type; `essence` is then the text before the first `;`.
    """

    essence: str
    parameters: Parameters = ()
    malformed: str | None = None

    def parameter(self, name: str) -> str | None:
        """The first parameter of that name (lower case), or None."""
        return first(self.parameters, name)

    @property
    def boundary(self) -> bytes | None:
        """The delimiter of a multipart body (RFC 2046 section 5.1.1), None where there is none or it is empty."""
        value = self.parameter("boundary")
        return value.encode("latin-1", "replace") if value else None

    @property
    def is_json(self) -> bool:
        """`application/json`, `text/json` or anything `+json` (RFC 6839 section 3.1)."""
        return self.essence.endswith(("/json", "+json"))

    @property
    def is_form(self) -> bool:
        """Any `multipart/…`."""
        return self.essence.startswith("multipart/")

    @property
    def is_image(self) -> bool:
        """Any `image/…`."""
        return self.essence.startswith("image/")


def parse(value: bytes) -> MediaType:
    """Read a Content-Type value. Never fails: what is wrong with the value is said in `malformed`."""
    if b";" not in value:
        return _read(value) if len(value) > _USUAL else _usual(value)
    form = _FORM.fullmatch(value)
    return _read(value) if form is None else MediaType("multipart/form-data", (("boundary", form[1].decode("ascii")),))


def _read(value: bytes) -> MediaType:
    text = value.decode("latin-1")
    given = parameters(text) if ";" in text else ()
    match = _ESSENCE.match(text)
    if match:
        return MediaType(match[1].lower(), given)
    essence = text.partition(";")[0].strip().lower()
    return MediaType(essence, given, "no slash" if "/" not in essence else "characters that no media type has")


_usual = lru_cache(maxsize=256)(_read)
"""Types without parameters: all clients together send a handful."""
