"""Causes in data URIs."""

from why400.causes.cause import Cause
from why400.causes.lines import DATA_URI, JSON_BASE64

CAUSES = (
    Cause(
        "data-uri.unexpected",
        "A data URI was sent where plain base64 is wanted",
        what="The text has data:image/…;base64, in front, as canvas.toDataURL and FileReader write it. The model "
        "decodes these letters too: wrong padding, or a garbage image.",
        see="The value starts with data:.",
        remedy="Send what stands after the comma.",
        client=JSON_BASE64,
        rule="image: { body: { json: $.image, as: base64 }, fix: recode }",
        look_alikes=(("base64.padding", "only = is missing"), ("base64.illegal-char", "another prefix than data:")),
        references=("RFC 2397",),
    ),
    Cause(
        "data-uri.required",
        "Plain base64 was sent where a data URI is wanted",
        what="The model takes an address of an image: http://… or data:image/…;base64,…. It was given bare base64.",
        see="The value starts with letters of base64 and not with data:.",
        remedy="Put data:{media_type};base64, in front of the text.",
        client=DATA_URI,
        rule="image: { body: { json: $.image, as: data-uri }, fix: recode }",
        look_alikes=(("data-uri.unexpected", "the reverse"), ("data-uri.malformed", "there is a prefix, it is wrong")),
        references=("RFC 2397",),
    ),
    Cause(
        "data-uri.malformed",
        "The data URI is malformed",
        what="The comma or ;base64 is missing, or its media type is none that an image has.",
        see="It must read data:image/TYPE;base64, and then the text.",
        remedy="Write data:{media_type};base64, and then the base64 text.",
        client=DATA_URI,
        look_alikes=(("data-uri.unexpected", "it is well formed, and not wanted"),),
        invalid=True,
        references=("RFC 2397 section 3",),
    ),
)
