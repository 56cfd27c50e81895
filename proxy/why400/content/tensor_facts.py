"""What a tensor is: facts for people and for rules, without opinion."""

from dataclasses import dataclass
from typing import Literal

from why400.content.datatypes import BYTES, DATATYPES
from why400.content.effort import Effort
from why400.content.tensor_values import counted, ends
from why400.content.tensors import Tensor, Tensors
from why400.content.trouble import Trouble

Layout = Literal["nchw", "nhwc", "chw", "hwc"]
Carrier = Literal["json", "binary", "shared", "nothing"]

_CHANNELS = (1, 3, 4)


@dataclass(frozen=True, slots=True)
class TensorFacts:
    """One input of a request. None is unknown.

    `count` is the number of values that were sent, `layout` where the channels stand in the shape of a picture,
    `least` and `most` are of some 2,000 values spread over the data.
    """

    at: str
    name: str | None
    datatype: str | None
    shape: tuple[int, ...] | None
    carried: Carrier
    count: int | None = None
    layout: Layout | None = None
    channels: int | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class SeenTensors:
    """The inputs of a whole request, and what is wrong with them by themselves."""

    inputs: tuple[TensorFacts, ...]
    troubles: tuple[Trouble, ...] = ()


def tensor_facts(tensors: Tensors, data: bytes | bytearray, effort: Effort, *, whole: bool) -> tuple[TensorFacts, ...]:
    """The facts of each input. Values are only counted and looked at in a `whole` body."""
    return tuple(_facts(tensor, data, effort, whole) for tensor in tensors.inputs)


def carrier(tensor: Tensor) -> Carrier:
    """Where the values of an input are."""
    if tensor.block is not None:
        return "binary"
    return "json" if tensor.data is not None else "shared" if tensor.shared else "nothing"


def layout(shape: tuple[int, ...] | None) -> Layout | None:
    """Where the channels of a picture stand in a shape; None where it is no picture's, or could be read both ways."""
    if shape is None or len(shape) not in (3, 4):
        return None
    first, *_, last = shape[-3:]
    if (first in _CHANNELS) == (last in _CHANNELS):
        return None
    if len(shape) == 3:
        return "chw" if first in _CHANNELS else "hwc"
    return "nchw" if first in _CHANNELS else "nhwc"


def _facts(tensor: Tensor, data: bytes | bytearray, effort: Effort, whole: bool) -> TensorFacts:
    order = None if tensor.datatype == BYTES else layout(tensor.shape)
    channels = None
    if order is not None and tensor.shape is not None:
        channels = tensor.shape[-3] if order.endswith("chw") else tensor.shape[-1]
    known = DATATYPES.get(tensor.datatype or "")
    least, most = (ends(tensor, known, data, effort) if whole and known is not None else None) or (None, None)
    count = counted(tensor, known, data, effort) if whole else None
    return TensorFacts(
        tensor.at, tensor.name, tensor.datatype, tensor.shape, carrier(tensor), count, order, channels, least, most
    )
