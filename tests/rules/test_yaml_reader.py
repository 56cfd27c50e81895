import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.kit import file
from why400.rules.source import SourceFile
from why400.rules.yaml_reader import MAX_DEPTH, read_yaml
from why400.shapes.shape import Node


def plain(node: Node | None) -> object:
    """A node as Python's own values, for comparison."""
    if node is None:
        return None
    if node.kind == "list":
        return [plain(item) for item in node.value]
    if node.kind == "map":
        return {key.value: plain(value) for key, value in node.value}
    return node.value


READ = {
    "text": ("a: b", {"a": "b"}),
    "quoted number": ("a: '8'", {"a": "8"}),
    "whole number": ("a: 8", {"a": 8}),
    "negative": ("a: -8", {"a": -8}),
    "fraction": ("a: 1.5", {"a": 1.5}),
    "booleans": ("[true, false]", [True, False]),
    "nothing": ("a:", {"a": None}),
    "on as a key": ("on: a", {"on": "a"}),
    "number as a key": ("8: a", {"8": "a"}),
    "flow": ("{ a: [b, { c: d }] }", {"a": ["b", {"c": "d"}]}),
    "date is text": ("a: 2027-03-01", {"a": "2027-03-01"}),
    "amount is text": ("a: 10MB", {"a": "10MB"}),
    "size is text": ("a: 640x480", {"a": "640x480"}),
    "block text": ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
    "byte order mark": ("\ufeffa: b", {"a": "b"}),
    "CR LF": ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    "tab in a comment": ("a: b # c\td\n#\te\n", {"a": "b"}),
    "document start": ("---\na: b\n", {"a": "b"}),
    "nothing at all": ("# only a comment\n", None),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_reads(text: str, value: object) -> None:
    document = read_yaml(file(text))
    assert document.problems == ()
    assert plain(document.root) == value


# The text, the code, line, column and the column after the token.
PROBLEMS = {
    "UTF-16": (b"\xff\xfea\0", "E101", 1, 1, 2),
    "Latin-1": (b"a: b\nc: \xe9\n", "E101", 2, 4, 5),
    "control": ("a: \x07", "E102", 1, 4, 5),
    "tab after colon": ("a:\tb", "E103", 1, 3, 4),
    "key twice": ("a: 1\nbb: 2\nbb: 3", "E105", 3, 1, 3),
    "yes": ("a: yes", "E106", 1, 4, 7),
    "Off": ("a: Off", "E106", 1, 4, 7),
    "True": ("a: True", "E106", 1, 4, 8),
    "tilde": ("a: ~", "E106", 1, 4, 5),
    "base 60": ("a: 12:30", "E107", 1, 4, 9),
    "octal": ("a: 0o17", "E107", 1, 4, 8),
    "hex": ("a: 0xFF", "E107", 1, 4, 8),
    "plus": ("a: +5", "E107", 1, 4, 6),
    "half": ("a: .5", "E107", 1, 4, 6),
    "infinity": ("a: .inf", "E107", 1, 4, 8),
    "anchor": ("a: &x b", "E108", 1, 4, 8),
    "alias": ("a: *x", "E108", 1, 4, 6),
    "alias as key": ("*x : b", "E113", 1, 1, 3),
    "merge": ("<<: b", "E109", 1, 1, 3),
    "tag": ("a: !b c", "E110", 1, 4, 8),
    "directive": ("%YAML 1.2\n---\na: b", "E111", 1, 1, 2),
    "second document": ("a: b\n---\nc: d", "E111", 2, 1, 4),
    "list as key": ("? [a]\n: b", "E113", 1, 3, 4),
    "too deep": ("[" * 30, "E112", 1, MAX_DEPTH + 2, MAX_DEPTH + 3),
}


@pytest.mark.parametrize(("text", "code", "line", "column", "end"), PROBLEMS.values(), ids=PROBLEMS)
def test_tells(text: str | bytes, code: str, line: int, column: int, end: int) -> None:
    problem = read_yaml(file(text)).problems[0]
    assert (problem.code, problem.at.line, problem.at.column, problem.at.end) == (code, line, column, end)


def test_an_unreadable_file_says_why() -> None:
    (problem,) = read_yaml(SourceFile("a.yaml", b"", "Permission denied")).problems
    assert (problem.code, problem.message) == ("E114", "cannot be read: Permission denied")


HOSTILE = {
    "open brackets": b"[" * 100_000,
    "open braces": b"{" * 100_000,
    "nested dashes": b"- " * 100_000,
    "nested questions": b"? " * 100_000,
    "nested keys": b"".join(b" " * depth + b"a:\n" for depth in range(1300)),
    "a list of 200,000": b"- a\n" * 200_000,
    "billion laughs": b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (i, i) for i in range(20_000)),
    "50 MB scalar": b"a: " + b"x" * 50_000_000,
    "open quote": b"a: '" + b"\n" * 1_000_000,
    "long anchor": b"&" + b"a" * 1_000_000,
    "long tag": b"!" * 1_000_000,
    "backslashes": b'a: "' + b"\\" * 1_000_000,
    "bare colons": b": " * 500_000,
    "tabs": b"a:\tb\n" * 150_000,
    "digits": b"a: " + b"1" * 1_000_000,
    "unknown keys": b"".join(b"k%d: 1\n" % i for i in range(60_000)),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_left_within_a_second(data: bytes) -> None:
    start = time.process_time()
    read_yaml(file(data))
    assert time.process_time() - start < 1


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value(data: bytes) -> None:
    document = read_yaml(file(data))
    assert document.root is not None or document.problems or not data.strip() or b"#" in data or b"-" in data


@given(st.text(alphabet=":-#&*!|>'\"%@`{}[], \n\tabc019.~?<=", max_size=80))
def test_any_yaml_signs_give_a_value_with_positions_inside(text: str) -> None:
    lines = text.split("\n")
    for problem in read_yaml(file(text)).problems:
        assert 1 <= problem.at.line <= len(lines) + 1
        assert problem.at.column >= 1
        assert problem.at.end > problem.at.column
