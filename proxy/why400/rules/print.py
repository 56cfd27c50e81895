"""Problems for people and for programs."""

import json
from collections.abc import Iterable, Mapping

from why400.rules.load import Loaded
from why400.shapes.shape import Problem

_LONGEST_LINE = 160


def in_words(loaded: Loaded) -> str:
    """All problems, each as `print_problem` has it, with a blank line between."""
    return "\n\n".join(print_problem(problem, loaded.lines) for problem in loaded.problems)


def print_problem(problem: Problem, lines: Mapping[str, tuple[str, ...]]) -> str:
    """`file:line:col: CODE message`, the line, a caret under the very token, the suggestion."""
    at = problem.at
    kind = "warning: " if problem.warning else ""
    rows = [f"{at.file}:{at.line}:{at.column}: {problem.code} {kind}{problem.message}"]
    source = lines.get(at.file, ())
    if at.line <= len(source) and source[at.line - 1].strip():
        rows += _pointed(source[at.line - 1], at.column, at.end)
    if problem.suggestion:
        rows.append(f"    → {problem.suggestion}")
    return "\n".join(rows)


def _pointed(line: str, column: int, end: int) -> list[str]:
    """The line, cut where it is long, and carets under columns `column` to before `end` (from 1)."""
    start = max(0, column - 1 - _LONGEST_LINE // 2) if len(line) > _LONGEST_LINE else 0
    shown = "".join(char if char.isprintable() else " " for char in line[start : start + _LONGEST_LINE])
    width = max(1, min(end, len(line) + 1) - column)
    return [f"    {shown}", f"    {' ' * (column - 1 - start)}{'^' * min(width, _LONGEST_LINE)}"]


def summary(problems: Iterable[Problem], files: int) -> str:
    """`2 errors and 1 warning in 3 files`."""
    told = list(problems)
    warnings = sum(problem.warning for problem in told)
    counted = [_count(len(told) - warnings, "error")] if len(told) > warnings else []
    counted += [_count(warnings, "warning")] if warnings else []
    return f"{' and '.join(counted) or 'no problems'} in {_count(files, 'file')}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def problems_json(problems: Iterable[Problem]) -> str:
    """A JSON array with one object a problem: file, line, column, end_column, code, severity, message, suggestion."""
    rows = [
        {
            "file": problem.at.file,
            "line": problem.at.line,
            "column": problem.at.column,
            "end_column": problem.at.end,
            "code": problem.code,
            "severity": "warning" if problem.warning else "error",
            "message": problem.message,
            "suggestion": problem.suggestion,
        }
        for problem in problems
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)
