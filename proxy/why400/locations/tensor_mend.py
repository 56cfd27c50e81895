"""A V2 request whose own description is wrong, mended where one reading is left."""

import math
from collections.abc import Iterator

from why400.content.datatypes import BYTES, DATATYPES, meant
from why400.content.tensors import PREFIX, Span, Tensor, Tensors
from why400.locations.tensor_write import edited, request_in


def mended_tensors(body: bytes, said: bytes | None) -> tuple[bytes, int | None] | None:
    """The body with datatypes as the protocol calls them and the true `binary_data_size` of a single binary input, and
    where its JSON ends, for Inference-Header-Content-Length; None where there is no need of it.

    `said` is the value of that field as sent. None where it is no V2 request, or nothing of that is wrong.
    """
    read = request_in(body)
    if read is None:
        return None
    tensors, end = read
    edits = dict((*_datatypes(tensors), *_size(tensors, body, end)))
    length = end if said is not None or tensors.json_length is not None else None
    made, ends = edited(body, length, edits)
    return (made, ends) if edits or said != (None if ends is None else b"%d" % ends) else None


def _datatypes(tensors: Tensors) -> Iterator[tuple[Span, bytes]]:
    for tensor in tensors.inputs:
        right = meant(tensor.datatype) if tensor.datatype and tensor.datatype not in DATATYPES else None
        if right is not None and tensor.datatype_at is not None:
            yield tensor.datatype_at, right.encode("ascii")


def _size(tensors: Tensors, body: bytes, end: int) -> Iterator[tuple[Span, bytes]]:
    """The size of the only binary input, where the bytes behind the JSON are just what its shape asks for."""
    announced = [tensor for tensor in tensors.inputs if tensor.size_at is not None]
    rest = len(body) - end
    for tensor in announced if len(announced) == 1 else ():
        if tensor.size != rest and tensor.size_at is not None and _is_all_of(tensor, body[end : end + PREFIX], rest):
            yield tensor.size_at, b"%d" % rest


def _is_all_of(tensor: Tensor, start: bytes, size: int) -> bool:
    known = DATATYPES.get(meant(tensor.datatype or "") or "")
    count = None if tensor.shape is None else math.prod(tensor.shape)
    if known is None or count is None:
        return False
    if known.name == BYTES:
        return count == 1 and int.from_bytes(start, "little") + PREFIX == size
    return count * known.size == size
