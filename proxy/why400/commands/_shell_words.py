"""The words of commands as a POSIX shell reads them, without being one: nothing is run, nothing is filled in.

Source: POSIX.1-2017, Shell Command Language, 2.2 quoting; `$'…'` as bash and the browsers' "Copy as cURL" write it.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<join>\\\r?\n)
    |(?P<end>[;&\r\n]+)
    |(?P<blank>[ \t]+)
    |(?P<single>'([^']*)')
    |(?P<ansi>\$'((?:[^'\\]|\\.)*)')
    |(?P<double>"((?:[^"\\]|\\.)*)")
    |(?P<escaped>\\(.))
    |(?P<plain>[^\\\s'"`$|<>;&]+)""",
    re.VERBOSE | re.DOTALL,
)
_ANSI = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))", re.DOTALL)
_ANSI_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "0": "\0"}
_FILLED_IN = re.compile(r"(?<!\\)(?:\\\\)*(\$[({A-Za-z_]|`)")


class NotPlain(ValueError):
    """More than words and quotes: only a shell can tell what it means. The message says what, and what to write."""


def read_commands(text: str) -> list[list[str]]:
    """Each command of a script as its words; comments and empty commands are left out."""
    commands: list[list[str]] = [[]]
    word: str | None = None
    for kind, piece in _pieces(text):
        if kind in ("end", "blank"):
            if word is not None:
                commands[-1].append(word)
                word = None
            if kind == "end":
                commands.append([])
        else:
            word = (word or "") + piece
    return [words for words in commands if words]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of words with their quotes undone, and what stands between words."""
    position, at_start = 0, True
    while position < len(text):
        if at_start and text[position] == "#":
            position = (text + "\n").index("\n", position)
            continue
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unplain(text, position)
        kind = str(found.lastgroup)
        at_start = kind in ("end", "blank", "join")
        if kind != "join":
            yield kind, _meaning(kind, found)
        position = found.end()
    yield "end", ""


def _meaning(kind: str, found: re.Match[str]) -> str:
    text = found[kind]
    if kind == "single":
        return text[1:-1]
    if kind == "ansi":
        return _ANSI.sub(_ansi, text[2:-1])
    if kind == "double":
        if filled := _FILLED_IN.search(text):
            raise _unplain(filled[1], 0)
        return re.sub(r"\\\n", "", re.sub(r'\\([\\"$`])', r"\1", text[1:-1]))
    return text[1:] if kind == "escaped" else text


def _ansi(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code or found[3]:
        return chr(int(code, 16) if code else int(found[3], 8))
    return _ANSI_LETTERS.get(found[4], found[4])


def _unplain(text: str, position: int) -> NotPlain:
    sign = text[position]
    if sign in "'\"":
        return NotPlain(f"a quote ({sign}) is opened and not closed")
    if sign in "|<>":
        return NotPlain(f"{sign} needs a shell, and none is run here; write the file's name with @ instead")
    return NotPlain(f"{text[position : position + 2]} needs a shell, and none is run here; write the value itself")
