"""What a YAML parser's complaint means in words, and what to do."""

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


def syntax_problem(file: str, error: MarkedYAMLError) -> Problem:
    """E104 for a parser's error, shown where a person has to look."""
    for words, meaning, suggestion, shown in _WORDS:
        if words in (error.problem or ""):
            mark = error.context_mark if shown == "context" and error.context_mark else error.problem_mark
            return Problem("E104", meaning, _at(file, mark), suggestion)
    return Problem("E104", f"not YAML: {error.problem or 'no reason given'}", _at(file, error.problem_mark))


def _at(file: str, mark: object) -> Position:
    line = getattr(mark, "line", 0) + 1
    column = getattr(mark, "column", 0) + 1
    return Position(file, line, column, column + 1)
