"""Values that refusals offer, as frameworks and people word them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.probe.told_values import Value, usual_value, value_told

WORDS: dict[str, tuple[str, Value]] = {
    "pydantic, a choice": ("Input should be 'AP', 'PA' or 'LAT'", "AP"),
    "Joi, a choice": ("must be one of [leaf, flower, fruit]", "leaf"),
    "a choice of spellings": ("must be one of [base64, hex]", "base64"),
    "Python's list": ("mode should be one of ['fast', 'exact']", "fast"),
    "serde": ("expected one of `jpeg`, `png`", "jpeg"),
    "two words": ("must be fast or exact", "fast"),
    "a list in a sentence": ("unsupported modality (expected CT or MR)", "CT"),
    "bars": ("should be one of: AP|PA", "AP"),
    "numbers to choose from": ("must be 1, 2 or 3", 1),
    "a fraction": ("must be a number between 0 and 1", 0.5),
    "a range of integers": ("is an integer from 1 to 100", 2),
    "a range with dots": ("must be in 1..10", 2),
    "more than nothing": ("Input should be greater than 0", 1),
    "a length": ("String should have at least 3 characters", "111"),
    "so many digits": ("The isbn field must be 13 digits.", "1111111111111"),
    "JSON with a member": ("is not JSON with a source", '{"source": "1"}'),
    "a regular expression": ("String should match pattern '^image/(jpeg|png)$'", "image/jpeg"),
    "one that is too much for us": ("String should match pattern '^(a(b|c))+$'", ""),
    "a date": ("must be a date (YYYY-MM-DD)", "2026-01-01"),
    "an instant": ("is not a valid ISO 8601 timestamp", "2026-01-01T00:00:00Z"),
    "a UUID": ("must be a valid UUID", "00000000-0000-4000-8000-000000000000"),
    "the collection's name": ("The type is not the type that constitute the collection: photos", "photos"),
    "kinds are no values": ("must be an integer or float", ""),
    "true or false is a kind": ("must be either true or false", ""),
    "a list is a kind": ("must be a list of objects", ""),
    "no value": ("is required", ""),
    "a size of pictures": ("width must be at least 32 pixels", ""),
}


@pytest.mark.parametrize(("words", "value"), WORDS.values(), ids=WORDS)
def test_what_is_offered(words: str, value: Value) -> None:
    assert value_told(words) == value


@given(st.text(max_size=200))
def test_any_words_are_read(words: str) -> None:
    assert isinstance(value_told(words), str | int | float)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content_type", "image/jpeg"),
        ("mime", "image/jpeg"),
        ("format", "jpeg"),
        ("encoding", "base64"),
        ("filename", "image.jpg"),
        ("taken_at", "2026-01-01T00:00:00Z"),
        ("version", ""),
        ("information", ""),
    ],
)
def test_what_is_usual_under_a_name(name: str, value: str) -> None:
    assert usual_value(name) == value
