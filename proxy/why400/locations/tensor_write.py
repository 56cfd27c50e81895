"""Images put into the tensors of a V2 request: lengths, sizes and shapes follow what they describe."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from why400.content.json_scan import scan
from why400.content.tensors import PREFIX, Span, Tensor, Tensors, looks_v2, read_tensors
from why400.locations.context import Carried, NewBody
from why400.locations.found import Encoding, FoundImage
from why400.locations.respell import json_text, json_value
from why400.locations.tensor_images import BYTE_TYPES

_STEPS = 20_000
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Wanted = tuple[str, Encoding, Carried]


@dataclass(frozen=True, slots=True)
class NewValue:
    """What comes in an image's place in a tensor: its bytes as they are to be spelled, and how that is."""

    found: FoundImage
    value: bytes
    encoding: Encoding


def with_values(body: bytes, json_length: int | None, values: Sequence[NewValue]) -> tuple[bytes, int | None] | None:
    """The body with other values in its tensors, and where its JSON ends then; None where one has no place there."""
    tensors = read_tensors(body, scan(body if json_length is None else body[:json_length], _STEPS), json_length)
    edits: dict[Span, bytes] = {}
    for new in values:
        tensor = _holding(tensors, new.found)
        if tensor is None:
            return None
        edits |= _edits(body, tensor, new)
    for tensor in tensors.inputs:
        edits |= _of_size(tensor, edits)
    return edited(body, json_length, edits)


def _holding(tensors: Tensors, found: FoundImage) -> Tensor | None:
    """The tensor that an image is a value of."""
    for tensor in tensors.inputs:
        starts = {start for start, _ in tensor.elements}
        starts |= {tensor.block[0]} if tensor.block else {tensor.data.start} if tensor.data else set()
        if found.start in starts and found.end is not None:
            return tensor
    return None


def _edits(body: bytes, tensor: Tensor, new: NewValue) -> dict[Span, bytes]:
    """The changes for one value: in the text or the block, in its length, in the shape where that counts bytes."""
    span = (new.found.start, new.found.end or 0)
    if tensor.block is None:
        start, end, text = json_text(new.found, new.value, new.encoding)
        counted = new.value.count(b",") + 1 if new.encoding == "byte-array" else None
        return {(start, end): text} | _of_shape(tensor, counted)
    if tensor.datatype in BYTE_TYPES:
        return {span: new.value} | _of_shape(tensor, len(new.value))
    start = span[0] if span[0] == tensor.block[0] else span[0] - PREFIX
    return {(start, span[1]): _prefixed(new.value)}


def _of_shape(tensor: Tensor, count: int | None) -> dict[Span, bytes]:
    if count is None or tensor.shape_at is None:
        return {}
    return {tensor.shape_at: orjson.dumps(_shape(tensor.shape, count))}


def _of_size(tensor: Tensor, edits: Mapping[Span, bytes]) -> Mapping[Span, bytes]:
    """`binary_data_size` after the changes in its block."""
    if tensor.block is None or tensor.size is None or tensor.size_at is None:
        return {}
    start, end = tensor.block
    inside = [(span, new) for span, new in edits.items() if start <= span[0] and span[1] <= end]
    grown = sum(len(new) - (span[1] - span[0]) for span, new in inside)
    return {tensor.size_at: b"%d" % (tensor.size + grown)} if grown else {}


def edited(body: bytes, json_length: int | None, edits: Mapping[Span, bytes]) -> tuple[bytes, int | None]:
    """The body with other bytes in some places, and where its JSON ends then."""
    pieces: list[bytes] = []
    at, length = 0, json_length
    for (start, end), new in sorted(edits.items()):
        pieces += [body[at:start], new]
        at = end
        if length is not None and json_length is not None and end <= json_length:
            length += len(new) - (end - start)
    return b"".join((*pieces, body[at:])), length


def request_with(images: Sequence[Wanted], example: str = "") -> NewBody | None:
    """The example, else the smallest request, with images in inputs of these names."""
    document = orjson.loads(example) if example else {}
    inputs = document.get("inputs") if isinstance(document, dict) else None
    entries = [entry for entry in inputs if isinstance(entry, dict)] if isinstance(inputs, list) else []
    blocks: dict[int, bytes] = {}
    for name, carried_as, image in images:
        at = next((index for index, entry in enumerate(entries) if entry.get("name") == name), len(entries))
        if at == len(entries):
            entries.append({"name": name, "shape": [1], "datatype": "BYTES"})
        blocks[at] = _filled(entries[at], carried_as, image)
    return _request(({} if not isinstance(document, dict) else document) | {"inputs": entries}, blocks)


def moved_tensor(body: bytes, found: FoundImage, image: Carried, name: str, carried_as: Encoding) -> NewBody | None:
    """The request with its image in the input of that name; None where it is no V2 request, or the name is taken."""
    read = request_in(body) if found.at.startswith("tensor:") else None
    if read is None:
        return None
    tensors, end = read
    held = _holding(tensors, found)
    others = [tensor for tensor in tensors.inputs if held is None or tensor.index != held.index]
    if held is None or len(held.elements) > 1 or any(tensor.name == name for tensor in others):
        return None
    try:
        document = orjson.loads(body[:end])
    except orjson.JSONDecodeError:
        return None
    blocks = {tensor.index: body[slice(*tensor.block)] for tensor in others if tensor.block is not None}
    entry = document["inputs"][held.index]
    entry["name"] = name
    return _request(document, blocks | {held.index: _filled(entry, carried_as, image)})


def request_in(body: bytes) -> tuple[Tensors, int] | None:
    """The tensors of a body, wherever its JSON is said to end, and where it does; None where it is no V2 request."""
    no_text = _NO_TEXT.search(body)
    seen = scan(body[: no_text.start()] if no_text else body, _STEPS)
    end = seen.root_end
    if end is None or not looks_v2(seen):
        return None
    return read_tensors(body, seen, end if body[end:].strip() else None), end


def _filled(entry: dict[str, Any], carried_as: Encoding, image: Carried) -> bytes:
    """The bytes that stand behind the JSON for an input that was given its image; none where it holds it itself."""
    parameters = entry.pop("parameters", None)
    parameters = parameters if isinstance(parameters, dict) else {}
    entry.pop("data", None)
    parameters.pop("binary_data_size", None)
    block = b""
    in_bytes = entry.get("datatype") in BYTE_TYPES
    if carried_as != "binary" and in_bytes != (carried_as == "byte-array"):
        in_bytes = not in_bytes
        entry["datatype"] = "UINT8" if in_bytes else "BYTES"
    entry["shape"] = _shape(entry.get("shape"), len(image.data) if in_bytes else 1)
    if carried_as == "binary":
        block = image.data if in_bytes else _prefixed(image.data)
        parameters["binary_data_size"] = len(block)
    if parameters:
        entry["parameters"] = parameters
    if carried_as != "binary":
        value = json_value(image.data, carried_as, image.media_type)
        entry["data"] = value if isinstance(value, list) else [value]
    return block


def _shape(shape: Any, count: int) -> list[int]:
    """The shape for so many values in its last dimension, batch dimensions of 1 kept."""
    before = list(shape[:-1]) if isinstance(shape, list | tuple) else []
    return [*(before if all(length == 1 for length in before) else []), count]


def _prefixed(value: bytes) -> bytes:
    return len(value).to_bytes(PREFIX, "little") + value


def _request(document: dict[str, Any], blocks: Mapping[int, bytes]) -> NewBody:
    text = orjson.dumps(document)
    behind = b"".join(block for _, block in sorted(blocks.items()))
    if not behind:
        return NewBody("application/json", text)
    return NewBody("application/octet-stream", text + behind, len(text))
