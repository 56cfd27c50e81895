import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.printable import decoded, printable, printable_lines


@pytest.mark.parametrize(
    ("text", "one_line", "lines"),
    [
        pytest.param("plain, füße, 漢字 🙂", "plain, füße, 漢字 🙂", "plain, füße, 漢字 🙂", id="what people write"),
        pytest.param("a\r\nb\tc", "a\\r\\nb\\tc", "a\nb\tc", id="lines and tabs"),
        pytest.param(
            "\x1b[31m\x07\x00\x7f", "\\x1b[31m\\x07\\x00\\x7f", "\\x1b[31m\\x07\\x00\\x7f", id="terminal controls"
        ),
        pytest.param("\x9b31m\x85", "\\x9b31m\\x85", "\\x9b31m\\x85", id="C1 controls"),
        pytest.param("\u202eexe.gpj\u2066", "\\u202eexe.gpj\\u2066", "\\u202eexe.gpj\\u2066", id="direction changes"),
        pytest.param("a\u2028b\u2029c\rd", "a\\u2028b\\u2029c\\rd", "a\\u2028b\\u2029c\\rd", id="other line ends"),
        pytest.param("\ud800", "\\ud800", "\\ud800", id="half a pair"),
    ],
)
def test_what_is_escaped(text: str, one_line: str, lines: str) -> None:
    assert (printable(text), printable_lines(text)) == (one_line, lines)


def test_a_long_text_is_cut() -> None:
    assert printable("x" * 100, 10) == "x" * 9 + "…"


@given(st.text())
def test_one_line_is_one_line_without_controls(text: str) -> None:
    shown = printable(text, 10_000)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    shown.encode()


@given(st.binary())
def test_any_bytes_can_be_shown(raw: bytes) -> None:
    printable_lines(decoded(raw)).encode()
