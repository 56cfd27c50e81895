"""`image: { tensor: INPUT__0 }`: the image is a value of a tensor (Open Inference Protocol V2, in JSON or binary)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.content.json_scan import JsonValue
from why400.content.names import LONGEST_NAME, listed, quoted
from why400.content.printable import printable
from why400.content.tensors import Tensor, Tensors
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext, Carried, Located, Location, NewBody
from why400.locations.document import Document, document
from why400.locations.envelope import Envelope, envelope
from why400.locations.example import read_example
from why400.locations.found import Encoding, FoundImage
from why400.locations.images import images_in
from why400.locations.near_miss import kind_words
from why400.locations.opened import looked_into
from why400.locations.pieces import blamed
from why400.locations.raw_tensor import raw_tensor
from why400.locations.style import Style, style
from why400.locations.tensor_images import images_of, tensor_images
from why400.locations.tensor_write import moved_tensor, request_with
from why400.shapes.choice import Choice
from why400.shapes.shape import Node, Problem
from why400.shapes.text import Text

_NAME = Text("the name of a tensor", r"[^\x00-\x1f\x7f]+", 200)
_SPELLINGS: tuple[Encoding, ...] = ("base64", "base64url", "data-uri", "hex", "byte-array", "binary")
_AS = Choice(_SPELLINGS, {"b64": "base64", "urlsafe": "base64url", "raw": "binary", "bytes": "binary"})
_OTHER_STYLES: dict[Style, tuple[str, str]] = {
    "image": ("base64.expected", "the image's raw bytes were sent where a request with tensors is wanted"),
    "form": ("content-type.not-accepted", "a form was sent where a request with tensors is wanted"),
    "text": ("json.syntax", "bare text was sent where a request with tensors is wanted"),
    "other": ("json.syntax", "the body does not start as JSON does"),
}
_RAW = " (alone they may stand where Inference-Header-Content-Length says 0)"


@dataclass(frozen=True, slots=True)
class TensorAt:
    """The image is in the input of that name: as text in JSON, or (`binary`) as bytes behind it.

    `example` is a whole document, or empty.
    """

    name: str
    carried_as: Encoding = "base64"
    example: str = ""

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        return f"tensor:{printable(self.name, LONGEST_NAME)}"

    @property
    def words(self) -> str:
        """What is wanted, in a few words."""
        return f"an image as {self.carried_as} in the tensor {quoted(self.name)}"


def read_spec(values: Mapping[str, Node], problems: list[Problem]) -> TensorAt | None:
    """Read `tensor: NAME`, `as: ENCODING` (base64 where nothing is said) and `example:`."""
    name = _NAME.read(values["tensor"], problems)
    word = _AS.read(values["as"], problems) if "as" in values else "base64"
    example = read_example(values["example"], problems) if "example" in values else ""
    if name is None or word is None or example is None:
        return None
    return TensorAt(name, next(way for way in _SPELLINGS if way == word), example)


def find(spec: TensorAt, context: BodyContext, body: Body) -> Located:
    """The values of the tensor, judged by the spelling wanted. Where there are none, what the client did instead."""
    return looked_into(context, body, lambda plain: _look(spec, context, plain))


def _look(spec: TensorAt, context: BodyContext, body: Body) -> Located:
    kind = style(context, body.data)
    if kind == "empty":
        trouble = Trouble("image.missing", "the body is empty where a request with tensors should be")
        return Located((), (trouble,)) if body.ended else Located(need_more=True)
    raw = raw_tensor(context, body, kind, spec.at, spec.carried_as)
    if raw is not None:
        return raw
    if kind in _OTHER_STYLES:
        code, words = _OTHER_STYLES[kind]
        hint = _RAW if kind == "image" and spec.carried_as == "binary" else ""
        return blamed(images_in(context, body, kind), Trouble(code, words + hint))
    read = envelope(context, body)
    if read is None:
        return _in_lax_json(spec, context, body) or _no_tensors(context, body)
    located = _among(spec, context, body, read)
    return Located(located.found, read.troubles + located.troubles, located.need_more)


def _in_lax_json(spec: TensorAt, context: BodyContext, body: Body) -> Located | None:
    """Tensors in JSON that is not strict: those of its one reading, at their places in the body as sent."""
    read = document(context, body)
    strict = Body(read.data, len(read.data), ended=True)
    if read.in_place or envelope(context, strict) is None:
        return None
    located = _look(spec, context, strict)
    spans = [read.span(JsonValue((), "string", one.start, one.end)) for one in located.found]
    found = tuple(replace(one, start=at[0], end=at[1]) for one, at in zip(located.found, spans, strict=True))
    return replace(located, found=found, troubles=read.troubles + located.troubles)


def _among(spec: TensorAt, context: BodyContext, body: Body, read: Envelope) -> Located:
    """The image in the tensor of that name; where there is none, the one that may have been meant."""
    tensor = next((one for one in read.tensors.inputs if one.name == spec.name), None)
    if tensor is None:
        return _another(spec, context, body, read.tensors)
    found, troubles = images_of(context, body, tensor, spec.carried_as)
    if found:
        return Located(found, troubles)
    if not body.ended:
        return Located(need_more=True)
    return Located((), troubles or (_why_none(tensor),))


def _why_none(tensor: Tensor) -> Trouble:
    name = quoted(tensor.name or "")
    if tensor.data is None and tensor.block is None:
        return Trouble("json.missing-field", f"the tensor {name} has no data", tensor.at)
    if tensor.datatype != "BYTES":
        return Trouble(
            "tensor.dtype", f"the tensor {name} is {tensor.datatype} values, want an image in BYTES", tensor.at
        )
    if tensor.data is not None and tensor.data.end is not None and tensor.data.end - tensor.data.start > len("[]"):
        return Trouble("json.wrong-type", f"the tensor {name} has no text, want strings", tensor.at)
    return Trouble("image.empty", f"the tensor {name} holds nothing", tensor.at)


def _another(spec: TensorAt, context: BodyContext, body: Body, tensors: Tensors) -> Located:
    if not body.ended:
        return Located(need_more=True)
    if not tensors.complete:
        return Located()
    names = [one.name for one in tensors.inputs if one.name is not None]
    words = f"no tensor is called {quoted(spec.name)}; the request has {listed(names)}"
    code = "tensor.name-unknown" if len(names) == 1 else "tensor.missing-input"
    found = tensor_images(context, body, tensors)
    return blamed(found if len(found) == 1 else (), Trouble(code, words, spec.at))


def _no_tensors(context: BodyContext, body: Body) -> Located:
    """JSON that is no V2 request: not yet, or of another protocol."""
    read = document(context, body)
    if not body.ended:
        return Located(need_more=read.scan.broken_at is None)
    if not read.complete:
        return Located((), read.troubles)
    missed = _protocol(read)
    found = images_in(context, body, "json")
    located = blamed(found if len(found) == 1 else (), missed)
    return Located(located.found, read.troubles + located.troubles)


def _protocol(read: Document) -> Trouble:
    """What the document is instead."""
    keys = [str(value.place[0]) for value in read.scan.values if len(value.place) == 1]
    if read.scan.root != "object":
        return Trouble("json.not-object", f"the root is {kind_words(read.scan.root or 'null')}, want an object")
    if "instances" in keys or "inputs" in keys:
        return Trouble("route.protocol-mismatch", "the request is of another protocol: `inputs` has no tensors")
    return Trouble("json.missing-field", f'no key "inputs"; the keys there are {listed(keys)}', "json:/inputs")


def make(images: Sequence[Carried]) -> NewBody | None:
    """The example, else the smallest request with these tensors."""
    example = next((image.spec.example for image in images if image.spec.example), "")
    return request_with([(image.spec.name, image.spec.carried_as, image) for image in images], example)


def move(body: bytes, found: FoundImage, image: Carried) -> NewBody | None:
    """The request with the image in the tensor, carried as it is to be; all else in it stays."""
    return moved_tensor(body, found, image, image.spec.name, image.spec.carried_as)


LOCATION = Location("tensor", TensorAt, read_spec, find, make, move, ("as", "example"))
