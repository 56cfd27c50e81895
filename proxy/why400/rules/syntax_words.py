"""What a YAML parser's complaint means in words, and what to do."""

import re

from yaml import MarkedYAMLError

from why400.rules.look_alikes import look_alike
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
    (
        "expected node content",
        "nothing stands here, where a value is wanted",
        "remove the comma, or write the value",
        "problem",
    ),
    (
        "expected alphabetic or numeric",
        "* begins an alias here, and & an anchor",
        "put it in quotes, or leave it out",
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
    (
        "expected <document start>",
        'a line that is no "key: value"',
        "a rules file is YAML: write key: value, maps by indentation",
        "problem",
    ),
    ("unknown escape character", "an escape that double quotes do not know", "use single quotes, or \\\\", "problem"),
)


_BARE_PATH = re.compile(r"(?:json|path)\s*:\s*(\$[^\s,'\"}]*\[[^\s}]*?\][^\s,'\"}]*)")
_VARIABLE = re.compile(r"\$\{[^{}\s]*\}|\$\([^()\s]*\)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")
_BARE_COLOUR = re.compile(r":\s+(#[0-9A-Fa-f]{3,8})\b")
_NESTED = re.compile(r"\b(fix|require|image|send|expect): +([a-z_]+): ")
_HAS_WORDS = re.compile(r"\s*[^\s#]")
_BARE_LINE = re.compile(r"\s*\w+(?: [^:#\[\]{}'\"]*)?")
_NO_BLANK = re.compile(r"\s*(?:- )?[\w-]+(:)[^\s:/]")


def syntax_problem(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """E104 for a parser's error, shown where a person has to look."""
    lines = text.split("\n")
    line, column = _place(error.problem_mark)
    near = {line, _place(error.context_mark)[0]}
    if told := _conflict(file, lines) or _unseen(file, lines, near) or _unquoted(file, lines, near):
        return told
    for number in (line, line - 1):
        match = _NO_BLANK.match(lines[number]) if 0 <= number < len(lines) else None
        if match and "mapping values" in (error.problem or ""):
            at = _at(file, (number, match.start(1)))
            return Problem("E104", "no blank after the colon", at, 'write "key: value", with a space after the colon')
    if nested := _NESTED.search(lines[line] if line < len(lines) else ""):
        words = f"{nested[1]}: and {nested[2]}: stand on one line without braces"
        return Problem("E104", words, _at(file, (line, nested.start(2))), f"write {nested[1]}: {{ {nested[2]}: … }}")
    if bare := _without_colon(file, lines, line, error.problem or ""):
        return bare
    if "expected key" in (error.problem or "") and lines[line : line + 1] and lines[line][:column].strip():
        at = _at(file, (line, column))
        return Problem("E104", "more text after a bracket or a quote is closed", at, "put the whole text in quotes")
    return _worded(file, error)


def _without_colon(file: str, lines: list[str], line: int, problem: str) -> Problem | None:
    """A line without a colon takes the next one for its own: that is where the parser complains."""
    above = next((number for number in range(line - 1, -1, -1) if _HAS_WORDS.match(lines[number])), None)
    if above is None or "mapping values" not in problem or not _BARE_LINE.fullmatch(lines[above]):
        return None
    at = _at(file, (above, len(lines[above]) - len(lines[above].lstrip())))
    return Problem("E104", 'a key without ": "', at, 'write "key: value", with a space after the colon')


def _conflict(file: str, lines: list[str]) -> Problem | None:
    """What git leaves in a file that two have changed."""
    number = next((number for number, line in enumerate(lines) if _CONFLICT.match(line)), None)
    if number is None:
        return None
    return Problem("E104", "a merge conflict that nobody settled", _at(file, (number, 0)), "keep one side of it")


def _unseen(file: str, lines: list[str], near: set[int]) -> Problem | None:
    """A character on one of these lines that looks like none, or like another."""
    for number in sorted(near & set(range(len(lines)))):
        if found := look_alike(lines[number].partition(" #")[0]):
            return Problem("E102", found.message, _at(file, (number, found.offset)), found.suggestion)
    return None


def _unquoted(file: str, lines: list[str], near: set[int]) -> Problem | None:
    """A path with brackets, a colour or a variable that stands without quotes on one of these lines."""
    for number in sorted(near & set(range(len(lines)))):
        if variable := _VARIABLE.search(lines[number]):
            words = f"{variable[0]}: variables are not filled in"
            return Problem("E104", words, _at(file, (number, variable.start())), "write the value itself")
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
