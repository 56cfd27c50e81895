"""What shows only because of another thing that is wrong, and is no fault of its own."""

from collections.abc import Iterable

_OF = {
    "encoding.text-mangled": ("image.truncated", "image.corrupt"),
    "data-uri.malformed": ("base64.form-damage", "base64.illegal-char", "base64.urlsafe"),
    "content-type.missing": ("multipart.no-boundary", "multipart.no-final-boundary", "multipart.part-name"),
}
"""Bytes that were mangled end early; a data URI that is none has no base64; a form that is not declared is not read."""


def consequences(causes: Iterable[str]) -> frozenset[str]:
    """The codes of what follows from any of these causes."""
    return frozenset(code for cause in causes for code in _OF.get(cause, ()))
