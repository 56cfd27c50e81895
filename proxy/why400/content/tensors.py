"""Tensors of the Open Inference Protocol V2: where they are in a body, without building the document.

In JSON each input has name, shape, datatype and data (Open Inference Protocol, "Inference Request JSON Object"). With
the binary extension (Triton, "Binary tensor data extension") the JSON ends after as many bytes as the field
Inference-Header-Content-Length says, and the data of inputs with `binary_data_size` follows it in their order; each
value of BYTES has its length in front, 4 bytes, little-endian. Never raises; looks at so many inputs and elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from why400.content.datatypes import BYTES
from why400.content.json_scan import JsonScan, JsonValue
from why400.content.json_string import unescape
from why400.content.names import LONGEST_NAME
from why400.content.printable import printable

MOST_TENSORS = 256
MOST_ELEMENTS = 64
MOST_DIMENSIONS = 16
_KEYS = frozenset(("name", "shape", "datatype", "parameters", "data"))
_KINDS = (("name", "string"), ("datatype", "string"), ("shape", "array"), ("data", "array"))
_MOST_OTHERS = 16
PREFIX = 4
"""Bytes of the length in front of each value of BYTES."""

_LONGEST_NAME = 256
_LONGEST_SHAPE = 1024
_INTEGER = re.compile(rb"-?\d{1,19}\Z")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tensor:
    """One input of a request, as it says of itself, and where its data is.

    Offsets count from the start of the body. `data` is the value in JSON; `block` are the bytes behind it (in the
    binary extension), as far as its size is said, None where the data is in JSON or not there. `elements` are the
    first values of BYTES: inside the quotes of strings, or behind their lengths in the block. `size_at` is where the
    number of `binary_data_size` stands, `shape_at` the list of the shape, `datatype_at` the datatype inside its quotes.
    `shared` says that the data is in shared memory; `other_keys` are some that the protocol does not know. What is
    absent or of another kind is None; `misfits` are keys of the protocol whose values are of another kind.
    """

    index: int
    name: str | None = None
    datatype: str | None = None
    datatype_at: Span | None = None
    shape: tuple[int, ...] | None = None
    data: JsonValue | None = None
    block: Span | None = None
    elements: tuple[Span, ...] = ()
    size: int | None = None
    size_at: Span | None = None
    shape_at: Span | None = None
    shared: bool = False
    other_keys: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        named = None if self.name is None else printable(self.name, LONGEST_NAME)
        return f"json:/inputs/{self.index}" if named is None else f"tensor:{named}"


@dataclass(frozen=True, slots=True)
class Tensors:
    """The inputs of a request in their order. `json_length` is where the JSON ends in the binary extension.

    `complete`: all of the JSON was seen.
    """

    inputs: tuple[Tensor, ...] = ()
    json_length: int | None = None
    complete: bool = True

    @property
    def end(self) -> int | None:
        """Where the last block should end; None without the binary extension."""
        ends = [tensor.block[1] for tensor in self.inputs if tensor.block is not None]
        return None if self.json_length is None else max(ends, default=self.json_length)


@dataclass(slots=True)
class _Draft:
    """The values of one input while they are collected."""

    keys: dict[str, JsonValue] = field(default_factory=dict)
    parameters: dict[str, JsonValue] = field(default_factory=dict)
    strings: list[Span] = field(default_factory=list)


def is_raw(json_length: bytes | None) -> bool:
    """Inference-Header-Content-Length says that there is no JSON: the body is the value of the model's one tensor."""
    return json_length is not None and json_length != b"" and not json_length.strip(b"0")


def looks_v2(found: JsonScan) -> bool:
    """The document has `inputs`, a list whose first element has a datatype or a shape."""
    signs = (("inputs", 0, "datatype"), ("inputs", 0, "shape"))
    return any(len(value.place) == 3 and value.place in signs for value in found.values)


def read_tensors(data: bytes | bytearray, found: JsonScan, json_length: int | None = None) -> Tensors:
    """The inputs of the document that was scanned. `json_length`: what the field of the binary extension says."""
    drafts: dict[int, _Draft] = {}
    for value in found.values:
        place = value.place
        if len(place) > 2 and place[0] == "inputs" and isinstance(place[1], int) and place[1] < MOST_TENSORS:
            _note(drafts.setdefault(place[1], _Draft()), value)
    inputs: list[Tensor] = []
    offset = None if json_length is None or json_length < 0 else json_length
    for index, draft in sorted(drafts.items()):
        tensor = _tensor(index, draft, data, offset)
        offset = tensor.block[1] if tensor.block is not None else offset
        inputs.append(tensor)
    return Tensors(tuple(inputs), json_length, found.root_end is not None and not found.exhausted)


def _note(draft: _Draft, value: JsonValue) -> None:
    place = value.place
    key = place[2]
    if len(place) == 3 and isinstance(key, str):
        draft.keys[key] = value
        if key == "data":
            draft.strings = []
    elif key == "data" and value.kind == "string" and value.end is not None and len(draft.strings) < MOST_ELEMENTS:
        draft.strings.append((value.start, value.end))
    elif len(place) == 4 and key == "parameters" and isinstance(place[3], str):
        draft.parameters[place[3]] = value


def _tensor(index: int, draft: _Draft, data: bytes | bytearray, offset: int | None) -> Tensor:
    name, datatype = (_text(draft.keys.get(key), data) for key in ("name", "datatype"))
    size_at = draft.parameters.get("binary_data_size")
    size = _integer(size_at, data)
    block = None if offset is None or size is None or size < 0 else (offset, offset + size)
    elements = tuple(draft.strings)
    if block is not None and datatype == BYTES:
        elements = tuple(_values(data, *block))
    return Tensor(
        index,
        name,
        datatype,
        _span(draft.keys.get("datatype")),
        _shape(draft.keys.get("shape"), data),
        draft.keys.get("data"),
        block,
        elements,
        size,
        _span(size_at) if size is not None else None,
        _span(draft.keys.get("shape")),
        any(key.startswith("shared_memory") for key in draft.parameters),
        tuple(key for key in draft.keys if key not in _KEYS)[:_MOST_OTHERS],
        tuple(_misfits(draft, data)),
    )


def _misfits(draft: _Draft, data: bytes | bytearray) -> Iterator[str]:
    for key, kind in _KINDS:
        value = draft.keys.get(key)
        whole = value is not None and value.end is not None and value.end - value.start <= _LONGEST_SHAPE
        if value is not None and (value.kind != kind or (key == "shape" and whole and _shape(value, data) is None)):
            yield key


def _values(data: bytes | bytearray, start: int, end: int) -> Iterator[Span]:
    """The values in a block of BYTES whose lengths are at hand; the last may reach over the end of the block."""
    for _ in range(MOST_ELEMENTS):
        if start + PREFIX > min(end, len(data)):
            return
        length = int.from_bytes(data[start : start + PREFIX], "little")
        yield start + PREFIX, start + PREFIX + length
        start += PREFIX + length


def _span(value: JsonValue | None) -> Span | None:
    return None if value is None or value.end is None else (value.start, value.end)


def _text(value: JsonValue | None, data: bytes | bytearray) -> str | None:
    if value is None or value.kind != "string" or value.end is None or value.end - value.start > _LONGEST_NAME:
        return None
    return unescape(bytes(data[value.start : value.end])).decode("utf-8", "replace")


def _integer(value: JsonValue | None, data: bytes | bytearray) -> int | None:
    if value is None or value.kind != "number" or value.end is None:
        return None
    text = bytes(data[value.start : value.end])
    return int(text) if _INTEGER.match(text) else None


def _shape(value: JsonValue | None, data: bytes | bytearray) -> tuple[int, ...] | None:
    """The lengths, None where it is no list of a few integers."""
    if value is None or value.kind != "array" or value.end is None or value.end - value.start > _LONGEST_SHAPE:
        return None
    words = [word.strip() for word in bytes(data[value.start + 1 : value.end - 1]).split(b",")]
    if words == [b""]:
        return ()
    if len(words) > MOST_DIMENSIONS or not all(_INTEGER.match(word) for word in words):
        return None
    return tuple(int(word) for word in words)
