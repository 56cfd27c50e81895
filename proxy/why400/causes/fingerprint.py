"""One fingerprint: words by which a server, or a library inside it, can be told from its reply."""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["P", "S", "N"]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A row of data. `literal` are whole words that must stand in the reply, whatever their case, for `pattern`
    to be tried at all.

    `pattern` is a regular expression that runs in linear time (no nested quantifiers), searched in the reply after
    HTML unescaping, or in the lines `name: value` of its fields (`part` = "fields"). A group named `name` is a field,
    part or key that the server speaks of. `causes` are codes, most usual first; `json.*` means some cause of that
    family. `grade`: P proves these causes (given that the reply is the server's own), S suggests them, N names who
    answered and nothing more. Empty `statuses` is any. `example` is a reply in which it was seen. `says` is what to
    tell people where the literal alone tells little.
    """

    literal: str
    pattern: str
    framework: str
    causes: tuple[str, ...]
    grade: Grade
    example: str
    statuses: tuple[int, ...] = ()
    version: str = ""
    part: Literal["body", "fields"] = "body"
    says: str = ""
    notes: str = ""
