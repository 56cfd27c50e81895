"""A request of the Open Inference Protocol V2 in a body: its JSON, its tensors, and whether the JSON ends as said."""

import re
from dataclasses import dataclass

from why400.content.body import Body
from why400.content.json_scan import JsonScan
from why400.content.tensor_facts import SeenTensors, tensor_facts
from why400.content.tensor_health import health
from why400.content.tensors import Tensors, looks_v2, read_tensors
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.document import scanned
from why400.locations.style import style

_FURTHEST = 64 * 1024
_BLANKS = 64
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BINARY = b'"binary_data_size"'


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was read: `text` is the JSON alone, `troubles` say that it does not end where the head says."""

    text: bytes | bytearray
    tensors: Tensors
    troubles: tuple[Trouble, ...] = ()


def envelope(context: BodyContext, body: Body) -> Envelope | None:
    """The V2 request that a body is; None where it is none."""
    return context.effort.once("envelope", body.data, lambda: _envelope(context, body))


def _envelope(context: BodyContext, body: Body) -> Envelope | None:
    if context.json_length is None:
        return _without_length(context, body)
    length = int(context.json_length) if context.json_length.isdigit() and len(context.json_length) < 12 else -1
    if length > len(body.data) and not body.ended:
        return _read(body, body.data, scanned(context, body.data), length)
    part = bytes(memoryview(body.data)[: max(length, 0)])
    found = scanned(context, part)
    if found.root_end is not None and not part[found.root_end :].strip():
        return _read(body, part, found, length)
    said = (
        f"Inference-Header-Content-Length says {length}" if length >= 0 else "Inference-Header-Content-Length is none"
    )
    return _by_its_end(context, body, said) or _read(body, part, found, length)


def _without_length(context: BodyContext, body: Body) -> Envelope | None:
    """JSON alone, or JSON whose binary tensors were not announced."""
    found = scanned(context, body.data)
    if not looks_v2(found):
        return None  # before the whole body is looked through
    ends = found.root_end is not None and not body.data[found.root_end : found.root_end + _BLANKS].strip()
    if not ends and body.ended and body.data.find(_BINARY, 0, _FURTHEST) >= 0:
        announced = _by_its_end(context, body, "there is no Inference-Header-Content-Length")
        if announced is not None:
            return announced
    return _read(body, body.data, found, None)


def _by_its_end(context: BodyContext, body: Body, said: str) -> Envelope | None:
    """The request by where its JSON really ends, with the trouble that this is not what was said."""
    no_text = _NO_TEXT.search(body.data, 0, _FURTHEST)
    part = bytes(memoryview(body.data)[: no_text.start() if no_text else len(body.data)])
    found = scanned(context, part)
    if found.root_end is None:
        return None
    trouble = Trouble("tensor.binary-header", f"{said}, and the JSON ends at byte {found.root_end}", "head")
    read = _read(body, part[: found.root_end], found, found.root_end)
    return None if read is None else Envelope(read.text, read.tensors, (trouble,))


def tensors_seen(context: BodyContext, body: Body) -> SeenTensors | None:
    """The tensors of a whole body with their facts; None where it has none."""
    read = envelope(context, body) if style(context, body.data) in ("json", "tensors") else None
    if read is None:
        return None
    troubles = health(read.tensors, body, context.effort, counted=True, thorough=context.thorough)
    facts = tensor_facts(read.tensors, body.data, context.effort, whole=True)
    return SeenTensors(facts, read.troubles + troubles)


def _read(body: Body, text: bytes | bytearray, found: JsonScan, length: int | None) -> Envelope | None:
    return Envelope(text, read_tensors(body.data, found, length)) if looks_v2(found) else None
