"""Texts for the regular expressions that refusals quote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.probe.told_patterns import text_for

PATTERNS = {
    "a choice": (r"^image/(jpeg|png)$", "image/jpeg"),
    "classes": (r"^[a-z]{2}-[A-Z]{2}$", "aa-AA"),
    "digits": (r"^\d{13}$", "1111111111111"),
    "at least": (r"^P-[0-9]{3,}$", "P-000"),
    "a bare choice": (r"fast|exact", "fast"),
    "once or more, or not at all": (r"^(?:a|b)+c?$", "a"),
    "none of a class": (r"[^/]+/[a-z]+", "a/a"),
    "a version": (r"^v\d+\.\d+$", "v1.1"),
    "groups in groups": (r"a(b(c))", ""),
    "no pattern": (r"(", ""),
}


@pytest.mark.parametrize(("pattern", "text"), PATTERNS.values(), ids=PATTERNS)
def test_what_it_takes(pattern: str, text: str) -> None:
    assert text_for(pattern) == text


@given(st.text(alphabet=r"ab01-()[]|\\d{2}+*?^$.", max_size=12))
def test_any_pattern_is_read(pattern: str) -> None:
    text = text_for(pattern)
    assert not text or re.search(pattern, text)
