import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.base64_health import Text, spelling
from why400.content.base64_text import could_be, decode, decode_head, strict

BYTES = random.Random(7).randbytes(1000)
PLAIN = base64.b64encode(BYTES)
URLSAFE = base64.urlsafe_b64encode(BYTES)
ANYTHING = st.binary(max_size=300)
LIKELY = st.text("ABab01+/-_= \n%\"'b", max_size=200).map(str.encode)


def whole(text):
    return Text(text, text[-64:], len(text), True)


def ends(text, size=400):
    """What is at hand of a long text: its start and its end."""
    return Text(text[:size], text[-64:], len(text), False)


HEALTH = [
    ("clean", PLAIN, "standard", "right", []),
    ("urlsafe", URLSAFE, "urlsafe", "right", []),
    ("no padding", PLAIN.rstrip(b"="), "standard", "missing", []),
    ("too much padding", PLAIN + b"==", "standard", "wrong", []),
    ("too little padding", PLAIN[:-1], "standard", "wrong", []),
    ("cut by a digit too many", PLAIN[:-3], "standard", "unknown", [("base64.length", None)]),
    ("line breaks", base64.encodebytes(BYTES), "standard", "right", [("base64.whitespace", 76)]),
    (
        "CR LF line breaks",
        base64.encodebytes(BYTES).replace(b"\n", b"\r\n"),
        "standard",
        "right",
        [("base64.whitespace", 76)],
    ),
    ("a line break at its end", PLAIN + b"\n", "standard", "right", [("base64.whitespace", len(PLAIN))]),
    ("a blank in front", b" " + PLAIN, "standard", "right", [("base64.whitespace", 0)]),
    (
        "blanks where + was",
        PLAIN.replace(b"+", b" "),
        "standard",
        "unknown",
        [("base64.form-damage", PLAIN.find(b"+"))],
    ),
    (
        "percent-escapes",
        PLAIN.replace(b"+", b"%2B").replace(b"=", b"%3D"),
        "standard",
        "unknown",
        [("base64.form-damage", PLAIN.find(b"+"))],
    ),
    ("a sign that is no digit", PLAIN[:40] + b"*" + PLAIN[40:], "standard", "unknown", [("base64.illegal-char", 40)]),
    ("bytes above ASCII", b"\xc3\xa9" + PLAIN, "standard", "unknown", [("base64.illegal-char", 0)]),
    ("both alphabets", PLAIN[:400] + URLSAFE[400:], "mixed", "unknown", [("base64.illegal-char", None)]),
    (
        "two texts joined",
        PLAIN + PLAIN,
        "standard",
        "unknown",
        [("base64.illegal-char", len(PLAIN) - PLAIN.count(b"="))],
    ),
    ("words", b"hello wide world", "either", "unknown", [("base64.illegal-char", 5)]),
]


@pytest.mark.parametrize(
    ("text", "alphabet", "padding", "troubles"), [row[1:] for row in HEALTH], ids=[row[0] for row in HEALTH]
)
def test_health_of_a_whole_text(text, alphabet, padding, troubles):
    said = spelling(whole(text), 4096)
    assert (said.alphabet, said.padding) == (alphabet, padding)
    assert [(one.code, one.offset) for one in said.troubles] == troubles


@pytest.mark.parametrize(
    ("text", "padding", "codes"),
    [
        (PLAIN, "right", []),
        (URLSAFE, "right", []),
        (PLAIN.rstrip(b"="), "missing", []),
        (PLAIN[:-3], "unknown", ["base64.length"]),
        (PLAIN + b"\n", "unknown", ["base64.whitespace"]),
        (base64.encodebytes(BYTES), "unknown", ["base64.whitespace"]),
        (PLAIN[:-10] + b"*" + PLAIN[-10:], "unknown", ["base64.illegal-char"]),
    ],
    ids=["clean", "urlsafe", "no padding", "cut", "line break at its end", "line breaks", "stray near its end"],
)
def test_health_from_both_ends(text, padding, codes):
    said = spelling(ends(text), 4096)
    assert (said.head, said.padding) == (BYTES[: len(said.head)], padding)
    assert len(said.head) >= 200
    assert [one.code for one in said.troubles] == codes


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        URLSAFE,
        PLAIN.rstrip(b"="),
        PLAIN + b"===",
        base64.encodebytes(BYTES),
        PLAIN.replace(b"+", b" "),
        PLAIN.replace(b"+", b"%2b").replace(b"/", b"%2F").replace(b"=", b"%3D"),
        b"\r\n" + PLAIN + b"\r\n",
    ],
    ids=["plain", "urlsafe", "unpadded", "overpadded", "lines", "blank for plus", "percent", "around"],
)
def test_decodes_leniently(text):
    assert decode(text) == BYTES
    assert decode_head(text, 300) == BYTES[:300]


def test_nothing_to_decode():
    assert decode(b"") is None
    assert decode(b"***") is None
    assert decode(b"A") is None


@pytest.mark.parametrize(
    ("text", "alphabet", "clean"),
    [
        (PLAIN, "standard", True),
        (URLSAFE, "urlsafe", True),
        (PLAIN, "urlsafe", False),
        (URLSAFE, "standard", False),
        (PLAIN[:-1], "standard", False),
        (PLAIN + b"\n", "standard", False),
        (b"", "standard", True),
    ],
)
def test_strict_takes_clean_texts_alone(text, alphabet, clean):
    assert (strict(text, alphabet) is not None) is clean


@pytest.mark.parametrize(
    ("text", "could"),
    [
        (PLAIN, True),
        (URLSAFE, True),
        (b"\n" + PLAIN, True),
        (b"hello", False),
        (b"hello wide world, here I am", False),
        (b"{}" * 20, False),
        (b"\xff\xd8" * 20, False),
    ],
)
def test_could_be_base64(text, could):
    assert could_be(text) is could


@given(st.binary(min_size=1, max_size=200), st.booleans())
def test_what_is_encoded_is_healthy_and_comes_back(data, urlsafe):
    text = base64.urlsafe_b64encode(data) if urlsafe else base64.b64encode(data)
    said = spelling(whole(text), 4096)
    assert (said.head, said.size, said.padding, said.troubles) == (data, len(data), "right", ())
    assert decode(text) == data


@given(ANYTHING | LIKELY, st.booleans())
def test_never_raises(text, all_of_it):
    said = spelling(whole(text) if all_of_it else ends(text, 40), 64)
    assert len(said.head) <= 64
    assert all(one.offset is None or 0 <= one.offset <= len(text) for one in said.troubles)
    decode(text)
    decode_head(text, 10)
