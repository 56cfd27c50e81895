"""What the check `json` says of a document names the byte, where that can be said."""

import json

import pytest

from checks.subjects import body, seen, subject
from rules.kit import tables
from why400.exchange import RequestHead

CHECK = tables().checks["json"]
HEAD = RequestHead("POST", b"/", (1, 1), ((b"content-type", b"application/json"),))

# The document, what is got, and where.
SAID = {
    "not a number": (b'{"a": NaN}', "json.nan", "NaN or Infinity, which JSON does not have (byte 6)"),
    "far behind": (b'{"a": "' + b"x" * 5000 + b'", "b": [-Infinity]}', "json.nan", "(byte 5,016)"),
    "in a string it is text": (json.dumps({"a": "NaN"}).encode(), None, ""),
    "a trailing comma": (b'{"a": 1,}', "json.lax", "a trailing comma (byte 7)"),
    "text behind it": (b'{"a": 1} x', "json.extra-data", "(byte 8)"),
    "cut, told once": (b'{"a": ', "json.truncated", "after 6 bytes"),
    "a mark at its very start": (b"\xef\xbb\xbf{}", "json.bom", "stands in front"),
}


@pytest.mark.parametrize(("data", "cause", "got"), SAID.values(), ids=SAID)
def test_place(data: bytes, cause: str | None, got: str) -> None:
    mismatch = CHECK.examine("object", subject(of=seen(head=HEAD), carried=body(len(data), data=data)))
    assert (mismatch.cause if mismatch else None) == cause
    assert mismatch is None or mismatch.got.endswith(got)
