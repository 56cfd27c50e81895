"""What is wrong with tensors by themselves, whatever the model wants (Open Inference Protocol V2, and Triton's)."""

import math
from collections.abc import Iterator

from why400.alike import nearest
from why400.content.body import Body
from why400.content.datatypes import BYTES, DATATYPES, Datatype, meant
from why400.content.effort import Effort
from why400.content.names import quoted
from why400.content.tensor_facts import carrier
from why400.content.tensor_values import beyond, counted, is_textless, wrong_kind
from why400.content.tensors import Tensor, Tensors
from why400.content.trouble import Trouble

_TOLD = 16
_KINDS = {"name": "text", "datatype": "text", "shape": "list of whole numbers", "data": "list"}


def health(
    tensors: Tensors, body: Body, effort: Effort, *, counted: bool = False, thorough: bool = False
) -> tuple[Trouble, ...]:
    """The troubles of a request's inputs, of at most 16 of them.

    Values in JSON are only counted if `counted`, and only held against the ends of their datatype if `thorough`.
    """
    found: list[Trouble] = []
    for tensor in tensors.inputs[:_TOLD]:
        if tensors.complete and body.whole:
            found += _missing(tensor)
        found += _of_one(tensor, body, effort, counted or thorough, thorough)
    return (*found, *_of_blocks(tensors, body))


def _of_one(tensor: Tensor, body: Body, effort: Effort, counts: bool, thorough: bool) -> Iterator[Trouble]:
    known = DATATYPES.get(tensor.datatype or "")
    yield from _of_datatype(tensor, known)
    if tensor.shape is not None and any(length < 0 for length in tensor.shape):
        words = f"the shape {list(tensor.shape)} has a length below 0, which only a model's own description may have"
        yield Trouble("tensor.shape", words, tensor.at)
    elif known is not None and body.whole:
        yield from _of_count(tensor, known, body, effort, counts)
    if known is not None and body.whole and counts:
        yield from _of_values(tensor, known, body, effort, thorough)


def _missing(tensor: Tensor) -> Iterator[Trouble]:
    """The first key that is not there, or stands there in another spelling."""
    keys = {"name": tensor.name, "datatype": tensor.datatype, "shape": tensor.shape}
    absent = [key for key, value in keys.items() if value is None]
    without_data = carrier(tensor) == "nothing" and tensor.size is None
    if not absent and (without_data or "data" in tensor.misfits):
        absent = ["data"]
    for key in absent[:1]:
        at = f"json:/inputs/{tensor.index}/{key}"
        near = nearest(key, tensor.other_keys)
        if key in tensor.misfits:
            yield Trouble("json.wrong-type", f"an input's {key} is no {_KINDS[key]}", at)
        elif near:
            yield Trouble("json.field-name", f"the key is {quoted(near)}, want {quoted(key)}", at)
        else:
            yield Trouble("json.missing-field", f"an input has no sound {key}", at)


def _of_datatype(tensor: Tensor, known: Datatype | None) -> Iterator[Trouble]:
    if known is None and tensor.datatype is not None:
        right = meant(tensor.datatype)
        words = f"the datatype is written {quoted(tensor.datatype)}"
        if right is not None:
            yield Trouble("tensor.dtype-name", f"{words}, the protocol calls it {right}", tensor.at)
        else:
            yield Trouble("tensor.dtype", f"{words}, which the protocol does not know", tensor.at)
    elif known is not None and not known.in_json and carrier(tensor) == "json":
        words = f"{known.name} stands in JSON, which cannot carry it; send it in the binary extension, or FP32"
        yield Trouble("tensor.dtype", words, tensor.at)


def _of_count(tensor: Tensor, known: Datatype, body: Body, effort: Effort, counts: bool) -> Iterator[Trouble]:
    if tensor.shape is None:
        return
    wanted = math.prod(tensor.shape)
    if tensor.block is not None and known.size and tensor.size != wanted * known.size:
        sizes = f"shape {list(tensor.shape)} of {known.name} is {wanted * known.size} bytes"
        yield Trouble("tensor.binary-size", f"{sizes}, binary_data_size says {tensor.size}", tensor.at)
    elif tensor.block is not None and known.name == BYTES:
        yield from _of_lengths(tensor)
    elif tensor.block is None and counts:
        count = counted(tensor, known, body.data, effort)
        if count is not None and count != wanted:
            words = f"shape {list(tensor.shape)} is {wanted} values, data has {count}"
            yield Trouble("tensor.data-count", words, tensor.at)


def _of_lengths(tensor: Tensor) -> Iterator[Trouble]:
    assert tensor.block is not None
    start, end = tensor.block
    last = tensor.elements[-1][1] if tensor.elements else start
    if last > end or (not tensor.elements and end > start):
        words = (
            "a value of BYTES in the binary extension has its length in front (4 bytes, little-endian); this has not"
        )
        yield Trouble("tensor.binary-size", words, tensor.at, start)
    elif tensor.shape is not None and len(tensor.elements) < math.prod(tensor.shape) and last == end:
        words = f"shape {list(tensor.shape)} is {math.prod(tensor.shape)} values, {len(tensor.elements)} were sent"
        yield Trouble("tensor.data-count", words, tensor.at, start)


def _of_values(tensor: Tensor, known: Datatype, body: Body, effort: Effort, thorough: bool) -> Iterator[Trouble]:
    kind = wrong_kind(tensor, known, body.data, effort)
    if is_textless(tensor, body.data):
        yield Trouble("json.wrong-type", "something else stands where the texts of BYTES are wanted", tensor.at)
    elif kind is not None:
        yield Trouble("tensor.value-type", f"{kind} stand where numbers of {known.name} are wanted", tensor.at)
    elif thorough and known.is_integer and (over := beyond(tensor, known, body.data, effort)):
        yield Trouble("tensor.value-range", over, tensor.at)


def _of_blocks(tensors: Tensors, body: Body) -> Iterator[Trouble]:
    """The binary data as a whole: it ends where the body does."""
    if tensors.end is None or not body.whole or tensors.end == len(body.data):
        return
    said = tensors.end - (tensors.json_length or 0)
    there = max(len(body.data) - (tensors.json_length or 0), 0)
    words = f"binary_data_size says {said} bytes behind the JSON, {there} are there"
    yield Trouble("tensor.binary-size", words, "body", tensors.json_length)
