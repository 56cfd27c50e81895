"""Whatever comes: nothing raises, nothing takes long, every place is inside the body."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locations.kit import B64, FORM_TYPE, JPEG, URI, as_form, as_json, body, context, field_head, file_head
from why400.content.body import Body
from why400.locations import json_path, part, tensor, whole
from why400.locations.context import Carried
from why400.locations.decode import decode_image
from why400.locations.discover import discovering
from why400.locations.envelope import tensors_seen
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.respell import replace_in_body
from why400.locations.tensor import TensorAt
from why400.locations.tensor_mend import mended_tensors
from why400.locations.tensor_write import NewValue, with_values
from why400.locations.whole import Whole
from why400.steps import at_once

FINDS = (
    (whole.find, Whole()),
    (part.find, Part("file")),
    (json_path.find, JsonAt("$.image")),
    (json_path.find, JsonAt('$.a[?@.b=="c"][-1]', "data-uri")),
    (json_path.find, JsonAt("$.image", "byte-array")),
    (tensor.find, TensorAt("image")),
    (tensor.find, TensorAt("image", "binary")),
)
VALID = (
    JPEG,
    as_json({"image": B64, "a": [{"b": "c"}]}),
    as_json({"image": URI}),
    as_form((field_head(b"a"), b"b"), (file_head(), JPEG)),
    as_json({"image": list(JPEG[:200])}),
    as_json({"image": {"type": "Buffer", "data": list(JPEG[:200])}}),
    as_json({"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": [B64]}]}),
    as_json({"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": 9}}]})
    + b"\5\0\0\0\xff\xd8\xff\xe0\0",
)
TYPES = (None, b"image/jpeg", b"application/json", FORM_TYPE, b"multipart/form-data", b"text/plain", b";=")
CODINGS = (None, b"gzip", b"deflate", b"br", b"zstd, br")
LENGTHS = (None, b"", b"0", b"9", b"105", b"106", b"107", b"-1", b"1" * 99)


@st.composite
def spoiled(draw):
    """A valid request with some bytes taken out, put in, or changed."""
    data = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, min(len(data), 400)))
        data[start : start + draw(st.integers(0, 5))] = draw(st.binary(max_size=5))
    return bytes(data)


@settings(max_examples=200)
@given(
    spoiled() | st.binary(max_size=100),
    st.sampled_from(TYPES),
    st.sampled_from(CODINGS),
    st.sampled_from(LENGTHS),
    st.booleans(),
    st.booleans(),
)
def test_never_raises(data, content_type, coding, length, ended, thorough):
    given_context = replace(context(content_type, thorough, coding), json_length=length)
    come = body(data, ended)
    located = [find(spec, given_context, come) for find, spec in FINDS] + [at_once(discovering(given_context, come))]
    for found in (found for one in located for found in one.found):
        assert 0 <= found.start <= len(data)
        assert found.end is None or found.start <= found.end <= len(data)
        image = decode_image(come, found)
        replace_in_body(data, found, b"new")
        replace_in_body(data, found, b"[1]", "byte-array")
        for spec in (TensorAt("image"), TensorAt("image", "binary")):
            tensor.move(data, found, Carried(spec, image or b"", "image/png"))
        if found.at.startswith("tensor:"):
            with_values(data, None, [NewValue(found, b"new", found.encoding)])
            with_values(data, len(data) // 2, [NewValue(found, b"new", found.encoding)])
    mended_tensors(data, length)
    if given_context.content_encoding is None and ended:
        tensors_seen(given_context, come)


@given(spoiled(), st.integers(0, 300), st.integers(0, 100))
def test_only_the_ends_of_a_body(data, start, end):
    kept = Body(data[:start], len(data) + 1000, True, data[len(data) - end :])
    for find, spec in FINDS:
        for found in find(spec, context(FORM_TYPE), kept).found:
            assert decode_image(kept, found) is None or found.end <= start


MEGABYTE = 1 << 20
BOMBS = {
    "brackets": b"[" * MEGABYTE,
    "quotes": b'"' * MEGABYTE,
    "escaped quotes": b'{"image":"' + b'\\"' * (MEGABYTE // 2),
    "backslashes": b'{"image":"' + b"\\" * MEGABYTE + b'"}',
    "short strings": b'["abcdefgh",' * (MEGABYTE // 12),
    "long strings": (b'["' + b"A" * 70 + b'",') * (MEGABYTE // 74),
    "line breaks": b'{"image":"' + b"QUJD\\n" * (MEGABYTE // 6) + b'"}',
    "percents": b'{"image":"' + b"%2B" * (MEGABYTE // 3) + b'"}',
    "blanks": b'{"image":"' + b" " * MEGABYTE + b'"}',
    "equals signs": b'{"image":"A' + b"=" * MEGABYTE + b'"}',
    "delimiters": b"--X\r\n" * (MEGABYTE // 5),
    "delimiters that are none": as_form((file_head(), b"\r\n--Xa" * (MEGABYTE // 6))),
    "part heads": as_form((b"a: b\r\n" * 100_000, b"")),
    "single quotes": b"{'image':" + b"'" * MEGABYTE,
    "comments": b"{/*" * (MEGABYTE // 3),
    "data URIs": b'{"image":"' + b"data:" * (MEGABYTE // 5) + b'"}',
    "NULs": bytes(MEGABYTE),
}


@pytest.mark.parametrize("thorough", [False, True], ids=["glance", "thorough"])
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_cheap(name, thorough):
    data = BOMBS[name]
    started = time.process_time()
    for content_type in (b"application/json", FORM_TYPE, None):
        for find, spec in FINDS:
            find(spec, context(content_type, thorough), body(data))
        at_once(discovering(context(content_type, thorough), body(data)))
    # Fifteen looks; the bound is loose for slow machines, what it is for is anything quadratic.
    assert time.process_time() - started < (8 if thorough else 3)
