"""A body that is the value of a model's one tensor, without any JSON (Triton, "Raw Binary Request").

Inference-Header-Content-Length is 0 then; the name, datatype and shape of the tensor are the model's own, and a value
of BYTES has no length in front.
"""

from why400.content.body import Body
from why400.content.tensors import is_raw
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext, Located
from why400.locations.found import Encoding
from why400.locations.pieces import binary
from why400.locations.style import Style
from why400.locations.text_value import found_text, text_image, text_instead

_WITH_JSON = ("empty", "form", "json", "tensors")


def raw_tensor(context: BodyContext, body: Body, kind: Style, at: str, want: Encoding) -> Located | None:
    """The image that such a body is, judged by the spelling that is wanted; None where the body is none such."""
    if kind in _WITH_JSON or not is_raw(context.json_length):
        return None
    end = body.size if body.ended else None
    if want != "binary" and kind == "image":
        trouble = Trouble("base64.expected", f"the image's own bytes are the tensor, want {want}", at)
        return Located((binary(body, 0, end, at, troubles=(trouble,)),))
    if want != "binary":
        found, troubles = found_text(context, body.data, (0, end), at, want)
        return Located((), troubles) if found is None else Located((found,))
    text = text_image(context, body.data, (0, end), at) if kind == "text" else None
    return Located((binary(body, 0, end, at) if text is None else text_instead(text),))
