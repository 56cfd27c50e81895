"""What a plain YAML scalar is: only what is spelled in the one way that JSON spells it too is not text."""

import re
from dataclasses import dataclass
from typing import Any

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BASE_60 = re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?")
_OTHER_BASE = re.compile(r"[-+]?0(?:[0-9_]+|o[0-7_]+|x[0-9a-fA-F_]+|b[01_]+)")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:\d[\d_]*|\.\d[\d_]*|\d[\d_]*\.[\d_]*)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|nan)", re.IGNORECASE
)
_TRUE = frozenset(("yes", "on", "y", "true"))
_FALSE = frozenset(("no", "off", "n", "false"))
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Scalar:
    """A plain scalar, read: its kind (as in `Node`) and value. `code` is set where YAML readers disagree on it."""

    kind: str
    value: Any
    code: str = ""
    message: str = ""
    suggestion: str = ""


def read_scalar(text: str) -> Scalar:
    """Read a plain (unquoted) scalar. E106: a word for true, false or nothing; E107: an odd spelling of a number."""
    if text in ("", "null"):
        return Scalar("null", None)
    if text in ("true", "false"):
        return Scalar("bool", text == "true")
    if text[0] in "-+.0123456789":
        return _number(text)
    return _word(text)


def _number(text: str) -> Scalar:
    if len(text) > _LONGEST_NUMBER:
        return Scalar("str", text)
    if _INTEGER.fullmatch(text):
        return Scalar("int", int(text))
    if _NUMBER.fullmatch(text):
        return Scalar("float", float(text))
    if _BASE_60.fullmatch(text):
        return _broken("E107", f"{text} is a number in base 60 to many YAML readers", _no_base_60(text))
    if _OTHER_BASE.fullmatch(text):
        return _broken("E107", f"{text} is not a decimal number to every YAML reader", _decimal(text))
    if _ODD_NUMBER.fullmatch(text):
        return _broken("E107", f"{text} is an odd spelling of a number", _decimal(text))
    return Scalar("str", text)


def _no_base_60(text: str) -> str:
    """In quotes; what looks like the proportions of a picture may be meant as a number."""
    width, _, height = text.partition(":")
    is_ratio = re.fullmatch("[1-9]:[1-9]|16:10|16:9|9:16|21:9", text)
    ratio = f", or {int(width) / int(height):.4g} for a ratio" if is_ratio else ""
    return f'write "{text}" in quotes{ratio}'


def _decimal(text: str) -> str:
    """What to write instead: plain digits where the number is clear, else quotes."""
    plain = text.replace("_", "").lstrip("+")
    if plain.startswith("."):
        plain = f"0{plain}"
    plain = plain.rstrip(".")
    return f"write {plain}" if _NUMBER.fullmatch(plain) else f'write it in decimals, or as text: "{text}"'


def _word(text: str) -> Scalar:
    word = text.lower()
    if word in _TRUE or word in _FALSE:
        plain = "true" if word in _TRUE else "false"
        return _broken("E106", f"{text} is true or false to some YAML readers", f'write {plain}, or as text: "{text}"')
    if word in ("null", "~"):
        return _broken("E106", f"{text} is nothing to some YAML readers", f'leave it out, or as text: "{text}"')
    return Scalar("str", text)


def _broken(code: str, message: str, suggestion: str) -> Scalar:
    return Scalar("broken", None, code, message, suggestion)
