"""Form bodies as clients really frame them (RFC 7578, RFC 2046 section 5.1), whole or as far as they have come."""

import re
from dataclasses import dataclass

from why400.content import part_head
from why400.content.effort import HEAD_BYTE, PART, Effort
from why400.content.names import LONGEST_NAME, quoted
from why400.content.part_head import PartHead
from why400.content.printable import printable
from why400.content.trouble import Trouble

MOST_PARTS = 128
MOST_COMMON_LIMIT = 1_000
_SNIFFED = re.compile(rb"(?:\r?\n)*--([^\r\n]{1,200}?)[ \t]*\r?\n", re.DOTALL)
_FIELD = re.compile(rb"content-disposition[ \t]*:", re.IGNORECASE)
_AFTER_DELIMITER = re.compile(rb"--|[ \t]*+(?:\r?\n|\r?\Z)")
_BEHIND = (b"\r", b"\n", b"-", b" ", b"\t", b"")
_PREAMBLE = 4 * 1024
_MOST_LOOKALIKES = 100


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part: its names, what it declares, and where its content stands in the body, `end` None while it goes on."""

    name: str | None
    file_name: str | None
    content_type: str | None
    start: int
    end: int | None
    transfer_encoding: str | None = None

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        return f"part:{printable(self.name or '', LONGEST_NAME)}"

    @property
    def empty(self) -> bool:
        """It has ended and holds nothing."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a form in order, and what is wrong with it by itself. `closed` says that its last delimiter came.

    `boundary` is the delimiter that the body really uses, None where none was found.
    """

    parts: tuple[FormPart, ...]
    boundary: bytes | None
    closed: bool
    troubles: tuple[Trouble, ...] = ()


def sniffed_boundary(data: bytes | bytearray) -> bytes | None:
    """The delimiter that a body starts with, if it starts as a form does; None where it does not."""
    match = _SNIFFED.match(data)
    if match is None or not _FIELD.search(data, match.end(), match.end() + 1024):
        return None
    return bytes(match[1])


def form(
    data: bytes | bytearray, boundary: bytes | None, ended: bool, tail: bytes = b"", effort: Effort | None = None
) -> Form:
    """Read a form. `ended` says that no more comes after `data`; `tail` is the body's end where that is kept apart.

    Looks at no more than 128 parts. Where the boundary declared is none, or not the body's, the body's own is taken
    and that is said.
    """
    used, troubles = _boundary(data, boundary, ended)
    if used is None:
        return Form((), None, False, troubles)
    reader = _Reader(data, b"--" + used, ended and not tail, effort or Effort())
    reader.run()
    if ended and not reader.closed and not _closes(tail, used):
        words = f"the form ends without its last delimiter --{quoted(used.decode('latin-1'))[1:-1]}--"
        reader.troubles.append(Trouble("multipart.no-final-boundary", words, offset=None if tail else len(data)))
    return Form(tuple(reader.parts), used, reader.closed, troubles + tuple(reader.troubles))


def _closes(tail: bytes, boundary: bytes) -> bool:
    return b"--" + boundary + b"--" in tail


def _boundary(data: bytes | bytearray, declared: bytes | None, ended: bool) -> tuple[bytes | None, tuple[Trouble, ...]]:
    if declared is not None and _stands(data, b"--" + declared):
        return declared, ()
    sniffed = sniffed_boundary(data)
    if declared is None:
        words = "Content-Type names no boundary" + ("" if sniffed is None else ", though the body has one")
        return sniffed, (Trouble("multipart.no-boundary", words, "head"),)
    if sniffed is not None or ended:
        own = "none" if sniffed is None else quoted(sniffed.decode("latin-1"))
        words = f"Content-Type says the boundary is {quoted(declared.decode('latin-1'))}, the body's own is {own}"
        return sniffed, (Trouble("multipart.boundary-mismatch", words, "head"),)
    return None, ()


def _stands(data: bytes | bytearray, delimiter: bytes) -> bool:
    """The delimiter is there, and not as the start of a longer one (RFC 2046 section 5.1.1)."""
    place = _first_delimiter(data, delimiter)
    if place is None:
        return False
    end = place + len(delimiter)
    return data[end : end + 1] in _BEHIND


def _first_delimiter(data: bytes | bytearray, delimiter: bytes) -> int | None:
    if data.startswith(delimiter):
        return 0
    place = data.find(b"\n" + delimiter, 0, _PREAMBLE + len(delimiter))
    return None if place < 0 else place + 1


class _Reader:
    """One pass over a form, delimiter by delimiter."""

    def __init__(self, data: bytes | bytearray, delimiter: bytes, ended: bool, effort: Effort) -> None:
        self.data = data
        self.effort = effort
        self.delimiter = delimiter
        self.ended = ended
        self.parts: list[FormPart] = []
        self.troubles: list[Trouble] = []
        self.closed = False

    def run(self) -> None:
        place = _first_delimiter(self.data, self.delimiter)
        while place is not None and len(self.parts) < MOST_PARTS and self.effort.allows(PART):
            place = self._part(place + len(self.delimiter))
        if len(self.parts) == MOST_PARTS and place is not None and self._has_too_many():
            words = f"the form has more than {MOST_COMMON_LIMIT} parts, which is what common servers take"
            self._say("multipart.part-limit", words)

    def _has_too_many(self) -> bool:
        allowed = self.effort.allows(len(self.data))
        return allowed and self.data.count(self.delimiter) > MOST_COMMON_LIMIT

    def _part(self, after: int) -> int | None:
        """Read the part behind a delimiter that ends at `after`; where the next delimiter starts, None at the end."""
        data = self.data
        if data[after : after + 2] == b"--":
            self.closed = True
            return None
        line_end = data.find(b"\n", after, after + 256)
        if line_end < 0:
            return None
        head = part_head.read(data, line_end + 1)
        if head is None:
            return None
        self.effort.spend(HEAD_BYTE * (head.end - after))
        if data[line_end - 1 : line_end] != b"\r" or head.bare_lf:
            self._say("multipart.bare-lf", "its lines end with LF alone; CR LF is wanted", offset=line_end)
        next_one = self._next(head.end)
        self._add(head, next_one)
        return next_one

    def _next(self, start: int) -> int | None:
        """The next delimiter at the start of a line; a line that only starts as one is content."""
        place = start - 2
        for _ in range(_MOST_LOOKALIKES):
            place = self.data.find(b"\n" + self.delimiter, place + 1)
            if place < 0:
                return None
            if _AFTER_DELIMITER.match(self.data, place + 1 + len(self.delimiter)):
                return place + 1
        return None

    def _add(self, head: PartHead, next_one: int | None) -> None:
        if next_one is None:
            end = len(self.data) if self.ended else None
        else:
            end = next_one - (2 if self.data[next_one - 2 : next_one - 1] == b"\r" else 1)
            end = max(end, head.end)
        part = FormPart(head.name, head.file_name, head.content_type, head.end, end, head.transfer_encoding)
        self.parts.append(part)
        self._judge(part, head)

    def _judge(self, part: FormPart, head: PartHead) -> None:
        if part.name is None:
            self._say("multipart.part-name", "a part has no name", "part:", part.start)
        if not head.utf8_names:
            self._say("multipart.filename-bytes", "the bytes of its file name are not UTF-8", part.at)
        if head.transfer_encoding in ("base64", "quoted-printable"):
            words = f"Content-Transfer-Encoding says {head.transfer_encoding}; in forms hardly any server undoes that"
            self._say("multipart.transfer-encoding", words, part.at)

    def _say(self, code: str, words: str, at: str = "body", offset: int | None = None) -> None:
        if code != "multipart.bare-lf" or all(one.code != code for one in self.troubles):
            self.troubles.append(Trouble(code, words, at, offset))
