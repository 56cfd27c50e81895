"""`tensor`: an input of a request in the Open Inference Protocol V2, in JSON or in the binary extension.

    require: { tensor: { name: INPUT__0, datatype: FP32, shape: [any, 3, 224, 224] } }
    require: { tensor: { name: image, datatype: [UINT8, FP32], layout: nhwc, batch: { max: 8 }, values: { max: 1 } } }

`datatype` is one of the protocol's names, or a list of them. `shape` has `any` (or -1) where a length may vary.
`layout` says where the channels stand: `nchw`, `nhwc`, and without a batch `chw`, `hwc`; a shape that could be read
both ways holds. `batch` is about the first length. `values` bounds the least and the largest value, told from some
2,000 of them spread over the data: what it finds is a wrong scale, 0 to 255 for 0 to 1.

Whatever is asked, the datatype is one that the protocol knows, the values are as many as the shape says, and binary
data is as long as announced. A request without any tensor fails; other inputs may stand beside. One whose body is the
value of the model's one tensor (Inference-Header-Content-Length: 0) says nothing of it, and holds.

    holds: x FP32 [1,3,2,2] of 12 against { name: x, datatype: FP32, shape: [any, 3, 2, 2], layout: nchw }
    holds: x UINT8 [2,2,3] of 12 against { name: x, layout: [hwc, nhwc] }
    holds: x FP32 [2,3] of 6 from 0 to 1 against { name: x, values: { min: 0, max: 1 } }
    fails: nothing against { name: x } as route.protocol-mismatch
    fails: y FP32 [6] of 6 against { name: x } as tensor.name-unknown
    fails: x FP64 [6] of 6 against { name: x, datatype: FP32 } as tensor.dtype
    fails: x float32 [6] of 6 against { name: x, datatype: FP32 } as tensor.dtype-name
    fails: x FP32 [3,2,2] of 12 against { name: x, shape: [1, 3, 2, 2] } as tensor.rank
    fails: x FP32 [1,2,2,3] of 12 against { name: x, shape: [1, 3, 2, 2] } as tensor.layout
    fails: x FP32 [1,3,9,9] of 243 against { name: x, layout: nhwc } as tensor.layout
    fails: x FP32 [9,3,2,2] of 108 against { name: x, batch: { max: 8 } } as tensor.batch
    fails: x FP32 [1,3,4,4] of 48 against { name: x, shape: [1, 3, 2, 2] } as tensor.shape
    fails: x FP32 [6] of 5 against { name: x } as tensor.data-count
    fails: x FP32 [6] of 6 from 0 to 255 against { name: x, values: { max: 1 } } as tensor.value-range
"""

from collections.abc import Mapping
from typing import Any

from why400.checks.check import Check, Mismatch, Subject
from why400.content.datatypes import DATATYPES, meant
from why400.content.names import LONGEST_NAME, listed, quoted
from why400.content.printable import printable
from why400.content.tensor_facts import SeenTensors, TensorFacts
from why400.content.tensor_shape import Lengths, fits, mistake_in
from why400.content.tensors import is_raw
from why400.exchange import Station
from why400.shapes.bounds import Range
from why400.shapes.choice import Choice
from why400.shapes.dimensions import ANY, Dimensions
from why400.shapes.many import OneOrMany
from why400.shapes.options import Options
from why400.shapes.suggest import listed as either
from why400.shapes.text import Text
from why400.shapes.unit import COUNT, VALUE

LAYOUTS = ("nchw", "nhwc", "chw", "hwc")
_HINTS = {alias: own for alias in ("float32", "float", "uint8", "float64", "double", "int32", "int64", "string", "bool")
          if (own := meant(alias)) is not None}  # fmt: skip


def examine(want: Mapping[str, Any], subject: Subject) -> Mismatch | None:
    """Judge a whole request; one that is not held whole is not known."""
    seen = subject.seen.tensors
    if seen is None:
        raw = is_raw(subject.seen.head.value(b"inference-header-content-length"))
        none = not raw and subject.body.whole and subject.content() is not None
        words = f"a tensor {quoted(want['name'])}"
        return Mismatch("route.protocol-mismatch", "a request without tensors", words) if none else None
    tensor = next((one for one in seen.inputs if one.name == want["name"]), None)
    if tensor is None:
        return _absent(want["name"], seen)
    of_its_own = _wrong_datatype(want, tensor) or _in_itself(seen, tensor)
    return of_its_own or _wrong_shape(want, tensor) or _scale(want, tensor)


def _absent(name: str, seen: SeenTensors) -> Mismatch:
    names = [one.name for one in seen.inputs if one.name is not None]
    cause = "tensor.name-unknown" if len(names) == 1 else "tensor.missing-input"
    return Mismatch(cause, f"the tensors {listed(names)}", f"a tensor {quoted(name)}", _at(name))


def _at(name: str) -> str:
    return f"tensor:{printable(name, LONGEST_NAME)}"


def _wrong_datatype(want: Mapping[str, Any], tensor: TensorFacts) -> Mismatch | None:
    wanted, got = want.get("datatype"), tensor.datatype
    if wanted is None or got is None or got in wanted:
        return None
    cause = "tensor.dtype-name" if got not in DATATYPES and meant(got) in wanted else "tensor.dtype"
    return Mismatch(cause, printable(got, LONGEST_NAME), either(wanted), tensor.at)


def _in_itself(seen: SeenTensors, tensor: TensorFacts) -> Mismatch | None:
    """What is wrong with the tensor whatever is wanted, or with the request around it."""
    places = (tensor.at, "head", "body")
    about = (one for one in seen.troubles if one.at in places or one.code in ("json.missing-field", "json.field-name"))
    trouble = next(about, None)
    return None if trouble is None else Mismatch(trouble.code, trouble.detail, "a sound tensor", trouble.at)


def _wrong_shape(want: Mapping[str, Any], tensor: TensorFacts) -> Mismatch | None:
    shape, wanted = tensor.shape, want.get("shape")
    if shape is None:
        return None
    if wanted is not None and not fits(shape, wanted):
        return Mismatch(mistake_in(shape, wanted), _said(shape), _said(wanted), tensor.at)
    if "layout" in want and tensor.layout is not None and tensor.layout not in want["layout"]:
        return Mismatch("tensor.layout", f"{tensor.layout} {_said(shape)}", either(want["layout"]), tensor.at)
    if "batch" in want and shape and not want["batch"].hold(shape[0]):
        return Mismatch("tensor.batch", f"a batch of {shape[0]}", want["batch"].words(COUNT), tensor.at)
    return None


def _said(shape: Lengths) -> str:
    return f"[{', '.join(ANY if length is None else str(length) for length in shape)}]"


def _scale(want: Mapping[str, Any], tensor: TensorFacts) -> Mismatch | None:
    bounds = want.get("values")
    if bounds is None or tensor.least is None or tensor.most is None:
        return None
    if bounds.hold(tensor.least) and bounds.hold(tensor.most):
        return None
    got = f"values from {tensor.least:g} to {tensor.most:g}"
    return Mismatch("tensor.value-range", got, bounds.words(VALUE), tensor.at)


CHECK = Check(
    name="tensor",
    about="request",
    station=Station.WHOLE_BODY,
    shape=Options(
        {
            "name": Text("the name of a tensor", r"[^\x00-\x1f\x7f]+", 200),
            "datatype": OneOrMany(Choice(tuple(DATATYPES), _HINTS)),
            "shape": Dimensions(),
            "layout": OneOrMany(Choice(LAYOUTS)),
            "batch": Range(COUNT, exact=True),
            "values": Range(VALUE),
        },
        ("name",),
    ),
    causes=(
        "route.protocol-mismatch",
        "tensor.missing-input",
        "tensor.name-unknown",
        "tensor.dtype",
        "tensor.dtype-name",
        "tensor.rank",
        "tensor.layout",
        "tensor.shape",
        "tensor.batch",
        "tensor.data-count",
        "tensor.value-type",
        "tensor.value-range",
        "tensor.binary-header",
        "tensor.binary-size",
        "json.missing-field",
        "json.field-name",
        "json.wrong-type",
    ),
    examine=examine,
    says="{at}: got {got}, wanted is {want}",
    manual=__doc__ or "",
    of_tensors=True,
)
