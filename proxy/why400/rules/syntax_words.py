"""What a YAML parser's complaint means in words, and what to do."""

import re

from yaml import MarkedYAMLError

from why400.shapes.shape import Position, Problem

# Parser's words (libyaml's and PyYAML's own differ) -> what it means, what to do, where it is best shown.
_WORDS = (
    (
        "mapping values are not allowed",
        'a key where none can stand: a second ": " on one line, or a line indented too far',
        'put a text that holds ": " in quotes, or line the key up with its neighbours',
        "problem",
    ),
    (
        "cannot start any token",
        "a text cannot start with this character",
        "put the text in quotes",
        "problem",
    ),
    ("expected ',' or ']'", "a list opened with [ is not closed", "close it with ]", "context"),
    ("expected ',' or '}'", "a map opened with { is not closed", "close it with }", "context"),
    ("found unexpected end of stream", "a quote that is opened here is not closed", "close it", "context"),
    (
        "expected '-' indicator",
        "a list and a map at the same indentation",
        "indent the list under its key, or the key to its neighbours",
        "problem",
    ),
    (
        "could not find expected ':'",
        'a key without ": "',
        'write "key: value", with a space after the colon',
        "context",
    ),
    (
        "did not find expected key",
        "this does not line up with the lines above",
        "indent by two spaces a level",
        "problem",
    ),
    ("expected <block end>", "this does not line up with the lines above", "indent by two spaces a level", "problem"),
    ("unknown escape character", "an escape that double quotes do not know", "use single quotes, or \\\\", "problem"),
)


_BARE_PATH = re.compile(r"(?:json|path)\s*:\s*(\$[^\s,'\"}]*\[[^\s'\"}]*?\][^\s,'\"}]*)")
_BARE_COLOUR = re.compile(r":\s+(#[0-9A-Fa-f]{3,8})\b")
_NO_BLANK = re.compile(r"\s*(?:- )?[\w-]+(:)[^\s:/]")


def syntax_problem(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """E104 for a parser's error, shown where a person has to look."""
    lines = text.split("\n")
    line, column = _place(error.problem_mark)
    if told := _unquoted(file, lines, {line, _place(error.context_mark)[0]}):
        return told
    for number in (line, line - 1):
        match = _NO_BLANK.match(lines[number]) if 0 <= number < len(lines) else None
        if match and "mapping values" in (error.problem or ""):
            at = _at(file, (number, match.start(1)))
            return Problem("E104", "no blank after the colon", at, 'write "key: value", with a space after the colon')
    if "expected key" in (error.problem or "") and lines[line : line + 1] and lines[line][:column].strip():
        at = _at(file, (line, column))
        return Problem("E104", "more text after a bracket or a quote is closed", at, "put the whole text in quotes")
    return _worded(file, error)


def _unquoted(file: str, lines: list[str], near: set[int]) -> Problem | None:
    """A path with brackets, or a colour, that stands without quotes on one of these lines."""
    for number in sorted(near & set(range(len(lines)))):
        if path := _BARE_PATH.search(lines[number]):
            words = "a path with [ ] inside { } needs quotes"
            return Problem("E104", words, _at(file, (number, path.start(1))), f'write "{path[1]}"')
        if colour := _BARE_COLOUR.search(lines[number]):
            words = "# begins a comment here"
            return Problem("E104", words, _at(file, (number, colour.start(1))), f'write "{colour[1]}"')
    return None


def _worded(file: str, error: MarkedYAMLError) -> Problem:
    for words, meaning, suggestion, shown in _WORDS:
        if words in (error.problem or ""):
            mark = error.context_mark if shown == "context" and error.context_mark else error.problem_mark
            return Problem("E104", meaning, _at(file, _place(mark)), suggestion)
    return Problem("E104", f"not YAML: {error.problem or 'no reason given'}", _at(file, _place(error.problem_mark)))


def _place(mark: object) -> tuple[int, int]:
    """Line and column of a parser's mark, from 0."""
    return getattr(mark, "line", 0), getattr(mark, "column", 0)


def _at(file: str, place: tuple[int, int]) -> Position:
    line, column = place
    return Position(file, line + 1, column + 1, column + 2)
