"""The text of a rules file: its bytes checked and decoded, and everything that no rules file may hold."""

import re
from dataclasses import dataclass

from why400.shapes.shape import Position, Problem

MAX_BYTES = 1024 * 1024
"""Largest rules file."""

MAX_TABS = 100
"""After so many tabs the rest of a file is not read."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMENT = re.compile(r"(?:^|\s)#")
_BOM_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A rules file as found: the name that problems are told under, and its bytes; or why it could not be read."""

    name: str
    data: bytes
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A rules file's text, or None where it cannot be read at all, with what is wrong with its characters."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def read_source(file: SourceFile) -> Source:
    """The text of a file. E101: no UTF-8; E102: control characters; E103: tabs; E112: larger than 1 MiB; E114: none."""
    if file.unreadable:
        return _unreadable(file, "E114", f"cannot be read: {file.unreadable}", "see who may read it")
    if len(file.data) > MAX_BYTES:
        return _unreadable(file, "E112", f"more than {MAX_BYTES:,} bytes", "split the file")
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecodable(file, error.start)
    if bad := _FORBIDDEN.search(text):
        at = _position(file.name, text, bad.start())
        return Source(None, (Problem("E102", f"a control character (U+{ord(bad[0]):04X})", at, "remove it"),))
    return _without_tabs(file.name, text) if "\t" in text else Source(text)


def _unreadable(file: SourceFile, code: str, message: str, suggestion: str) -> Source:
    return Source(None, (Problem(code, message, Position(file.name, 1, 1, 2), suggestion),))


def _undecodable(file: SourceFile, offset: int) -> Source:
    if file.data.startswith(_BOM_16):
        return _unreadable(file, "E101", "this is UTF-16 text", "save it as UTF-8")
    before = file.data[:offset].decode("utf-8", "replace")
    at = _position(file.name, before, len(before))
    return Source(
        None, (Problem("E101", f"byte 0x{file.data[offset]:02X} is not UTF-8", at, "save the file as UTF-8"),)
    )


def _position(name: str, text: str, offset: int) -> Position:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Position(name, line, column, column + 1)


def _without_tabs(name: str, text: str) -> Source:
    """Tabs are told and read as one space, so that the rest of the file is read too; one that indents ends it."""
    problems = []
    indents = False
    for number, line in enumerate(text.split("\n"), 1):
        column = line.find("\t")
        if column < 0 or _COMMENT.search(line[: column + 1]):
            continue
        indents = indents or not line[:column].strip()
        at = Position(name, number, column + 1, column + 2)
        problems.append(Problem("E103", "a tab", at, "indent with spaces" if indents else "write spaces"))
        if len(problems) == MAX_TABS:
            return Source(None, tuple(problems))
    return Source(None if indents else text.replace("\t", " "), tuple(problems))
