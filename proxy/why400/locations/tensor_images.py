"""The images in the tensors of a V2 request: values of BYTES, or one file as values of UINT8."""

from collections.abc import Iterator
from dataclasses import replace

from why400.content.body import Body
from why400.content.tensors import Span, Tensor, Tensors
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.document import document
from why400.locations.found import Encoding, FoundImage
from why400.locations.json_images import MOST_IMAGES, array_image
from why400.locations.pieces import binary, shows_image
from why400.locations.style import SNIFF
from why400.locations.text_value import found_text, text_image

BYTE_TYPES = ("UINT8", "INT8")


def tensor_images(context: BodyContext, body: Body, tensors: Tensors) -> tuple[FoundImage, ...]:
    """All values of tensors that are pictures, at most 16."""
    found: list[FoundImage] = []
    for tensor in tensors.inputs:
        images, _ = images_of(context, body, tensor, None)
        found += (image for image in images if shows_image(context, image))
        if len(found) >= MOST_IMAGES:
            break
    return tuple(found[:MOST_IMAGES])


def images_of(
    context: BodyContext, body: Body, tensor: Tensor, want: Encoding | None
) -> tuple[tuple[FoundImage, ...], tuple[Trouble, ...]]:
    """What the values of one tensor carry, judged by the spelling that is wanted (None: by itself).

    The troubles are of values that carry nothing.
    """
    if tensor.block is not None:
        found = [_placed(tensor, index, one) for index, one in enumerate(_in_block(context, body, tensor))]
        return tuple(_instead_of_text(one, want) for one in found), ()
    read = document(context, body)
    if tensor.elements:
        return _in_text(context, body, tensor, want)
    image = None if tensor.data is None else array_image(context, read, tensor.data, want)
    return () if image is None else (_placed(tensor, 0, image),), ()


def _in_block(context: BodyContext, body: Body, tensor: Tensor) -> Iterator[FoundImage]:
    """Bytes behind the JSON. A picture without its length in front, or in bytes, is all of its block."""
    assert tensor.block is not None
    start, end = tensor.block
    if _begins_image(context, body, start):
        one = _bytes(body, (start, end), tensor.at)
        words = "in the binary extension a value of BYTES has its length in front; the image's own bytes are there"
        trouble = Trouble("tensor.binary-size", words, tensor.at, start)
        yield one if tensor.datatype in BYTE_TYPES else replace(one, troubles=(trouble,))
        return
    for span in tensor.elements[:MOST_IMAGES]:
        if span[0] < span[1]:
            text = None if _begins_image(context, body, span[0]) else _as_text(context, body, span, tensor.at)
            yield text or _bytes(body, span, tensor.at)


def _begins_image(context: BodyContext, body: Body, start: int) -> bool:
    return context.looks_like_image(bytes(body.data[start : start + SNIFF]))


def _bytes(body: Body, span: Span, at: str) -> FoundImage:
    return binary(body, span[0], span[1] if span[1] <= len(body.data) else None, at)


def _as_text(context: BodyContext, body: Body, span: Span, at: str) -> FoundImage | None:
    return text_image(context, body.data, span, at) if span[1] <= len(body.data) else None


def _in_text(
    context: BodyContext, body: Body, tensor: Tensor, want: Encoding | None
) -> tuple[tuple[FoundImage, ...], tuple[Trouble, ...]]:
    found: list[FoundImage] = []
    troubles: list[Trouble] = []
    for index, span in enumerate(tensor.elements[:MOST_IMAGES]):
        image, why = found_text(context, body.data, span, tensor.at, None if want == "binary" else want)
        if span[0] == span[1]:
            troubles.append(Trouble("image.empty", "an empty string in the tensor", tensor.at, span[0]))
        elif image is not None:
            found.append(_placed(tensor, index, image if want != "binary" else _not_in_block(image)))
        else:
            troubles += why
    return tuple(found), tuple(troubles)


def _not_in_block(found: FoundImage) -> FoundImage:
    trouble = Trouble("base64.unexpected", "text in JSON, want the image's bytes behind it", found.at, found.start)
    return replace(found, troubles=(trouble, *found.troubles))


def _instead_of_text(found: FoundImage, want: Encoding | None) -> FoundImage:
    """Bytes where text in JSON is wanted; text where bytes are."""
    if want is None or (want == "binary" and found.encoding == "binary"):
        return found
    code, words = "base64.unexpected", "text, want the image's own bytes"
    if want != "binary":
        code, words = "base64.expected", f"bytes behind the JSON, want {want} in it"
    trouble = Trouble(code, words, found.at, found.start)
    return replace(found, troubles=(trouble, *found.troubles))


def _placed(tensor: Tensor, index: int, found: FoundImage) -> FoundImage:
    """At the tensor, and at which of its values where it has several."""
    at = tensor.at if len(tensor.elements) < 2 else f"{tensor.at}/{index}"
    return replace(found, at=at, troubles=tuple(replace(trouble, at=at) for trouble in found.troubles))
