"""`fix: repair` mends the structure of JSON, of forms and of tensors, where one reading is left.

    require: { json: object }
    fix: repair

    require: { form: { parts: [file] } }
    fix: repair

    require: { tensor: { name: image } }
    fix: repair

Beside `json_schema` it mends what keeps the document from being read, and nothing of what the schema asks for.

JSON: trailing commas, single quotes, comments, bare keys, `True` and `None`, a byte order mark, UTF-16 and UTF-32, a
document encoded twice. Forms: a boundary that is missing or not the body's own, lines that end with LF alone, a last
delimiter that is missing, bytes of a file name that are not UTF-8 (each becomes `_`). Tensors: datatypes in other words
(`float32`), an Inference-Header-Content-Length or a `binary_data_size` that is not true. What was cut, what stands
twice and what could be read in two ways is left alone.
"""

from collections.abc import Mapping
from typing import Any

from why400.content.json_health import health
from why400.content.mend_form import mended
from why400.exchange import Fields, Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.rework import Reworked, value_of, with_field
from why400.fixes.rewrite import JSON_LENGTH
from why400.locations.tensor_mend import mended_tensors
from why400.shapes.options import Options

PLACE = 1

CURABLE = frozenset(
    {
        "json.lax",
        "json.bom",
        "json.double-encoded",
        "encoding.charset",
        "multipart.no-boundary",
        "multipart.boundary-mismatch",
        "multipart.no-final-boundary",
        "multipart.bare-lf",
        "multipart.filename-bytes",
        "tensor.dtype-name",
        "tensor.binary-header",
        "tensor.binary-size",
    }
)
"""Causes after which one reading may be left."""


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Mend what the check has found."""
    if finding.cause not in CURABLE:
        return CannotFix(f"no other spelling of the same body mends {finding.cause}")
    return Step("repair", "body", PLACE, {"of": finding.cause}, finding.rule)


def rework(fields: Fields, body: bytes) -> Reworked | CannotFix:
    """The body as strict JSON, as a form that every reader takes, or as a request whose tensors are as it says."""
    content_type = value_of(fields, b"content-type")
    form = mended(body, content_type) if body.lstrip()[:2] == b"--" else None
    if form is not None:
        return Reworked(with_field(fields, b"content-type", form[0]), form[1])
    tensors = mended_tensors(body, value_of(fields, JSON_LENGTH))
    if tensors is not None:
        length = None if tensors[1] is None else b"%d" % tensors[1]
        return Reworked(with_field(fields, JSON_LENGTH, length), tensors[0])
    text = health(body).text
    return CannotFix("it cannot be read as JSON") if text is None else Reworked(fields, text)


FIX = Fix("repair", ("json", "json_schema", "form", "tensor"), Options(), plan, rework=rework, manual=__doc__ or "")
