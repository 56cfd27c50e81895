"""Causes in what the request says that its body is."""

from why400.causes.cause import Cause
from why400.causes.lines import FORM, JSON_BASE64, JSON_BODY, RAW, SAME_STYLE

_RELABEL = "declared-type:\n  require: { content_type: [image/jpeg, image/png] }\n  fix: relabel"

CAUSES = (
    Cause(
        "content-type.missing",
        "The request does not say what its body is",
        what="There is a body and no Content-Type. Flask answers 415 to JSON without it, FastAPI 422, others guess.",
        see="curl -v shows no Content-Type line; adding -H 'Content-Type: {media_type}' changes the answer.",
        remedy="Send Content-Type: {media_type}.",
        client=SAME_STYLE,
        rule=_RELABEL,
        look_alikes=(("content-type.json-mislabelled", "there is a type, and it is false"),),
        status=415,
        references=("RFC 9110 section 8.3",),
    ),
    Cause(
        "content-type.json-mislabelled",
        "JSON was sent under another name",
        what="The body is a JSON document, Content-Type says {got}. curl -d sends application/x-www-form-urlencoded "
        "unless told otherwise.",
        see="curl -v shows the Content-Type; adding -H 'Content-Type: application/json' changes the answer.",
        remedy="Send Content-Type: application/json (curl --json does).",
        client=JSON_BODY,
        rule="json-type:\n  require: { content_type: [application/json] }\n  fix: relabel",
        look_alikes=(("content-type.missing", "there is no Content-Type at all"),),
        status=415,
        invalid=True,
        references=("RFC 8259 section 11",),
    ),
    Cause(
        "content-type.image-as-json",
        "Raw image bytes were sent as application/json",
        what="Content-Type promises JSON, the body starts with the bytes of an image. "
        "The JSON reader fails at its first character.",
        see="head -c 16 FILE | xxd shows FF D8 (JPEG) or 89 50 4E 47 (PNG) where a brace should be.",
        remedy="Wrap the image as base64 in a JSON document, or send it as {media_type} where the model takes "
        "raw bytes.",
        client=JSON_BASE64,
        look_alikes=(
            ("json.syntax", "there the body is text"),
            ("base64.expected", "there the image stands inside the JSON document"),
        ),
        status=415,
        invalid=True,
    ),
    Cause(
        "content-type.image-type-wrong",
        "The declared image type is not what the bytes are",
        what="The request, the part or the file name says {got}, the bytes are {media_type}. Most decoders look at the "
        "bytes and never notice; strict servers refuse.",
        see="file --mime-type FILE says what the bytes are.",
        remedy="Declare the type that the bytes have: {media_type}.",
        client=SAME_STYLE,
        rule="declared-type:\n  require: { declared_type: true }\n  fix: relabel",
        look_alikes=(("image.format-unsupported", "the type is true, the model does not take it"),),
        status=415,
    ),
    Cause(
        "content-type.raw-for-multipart",
        "A raw image was sent where a form is expected",
        what="The model reads a file from a form (multipart/form-data); the body is the image itself.",
        see="curl -F '{part}=@FILE' is served where --data-binary @FILE is not.",
        remedy="Send the image as the part {part} of a form (curl -F).",
        client=FORM,
        rule="image: { body: { part: file }, fix: reshape }",
        look_alikes=(("multipart.part-name", "there is a form, the part has another name"),),
        status=415,
    ),
    Cause(
        "content-type.json-for-multipart",
        "JSON was sent where a form is expected",
        what="The model reads a file from a form (multipart/form-data); the body is a JSON document.",
        see="curl -F '{part}=@FILE' is served where the JSON is not.",
        remedy="Send the image as the part {part} of a form (curl -F).",
        client=FORM,
        look_alikes=(("content-type.raw-for-multipart", "there the body is the image itself"),),
        status=415,
    ),
    Cause(
        "content-type.multipart-for-raw",
        "A form was sent where the raw image is expected",
        what="The model opens the whole body as an image; the body is a form that starts with a boundary line.",
        see="curl --data-binary @FILE -H 'Content-Type: {media_type}' is served where -F is not.",
        remedy="Send the file's bytes as the body (curl --data-binary), with Content-Type: {media_type}.",
        client=RAW,
        rule="image: { body: whole, fix: reshape }",
        look_alikes=(("image.not-an-image", "the body is neither a form nor an image"),),
        status=415,
    ),
    Cause(
        "content-type.not-accepted",
        "The server does not read this type",
        what="Content-Type is true and well formed; it is not on the server's list.",
        see="The reply to a 415 often lists the types that are taken (or has an Accept field).",
        remedy="Send one of the types that the model takes: {want}.",
        client=SAME_STYLE,
        rule=_RELABEL,
        look_alikes=(
            ("content-type.missing", "there is no Content-Type"),
            ("content-type.image-type-wrong", "the type is false"),
        ),
        status=415,
        references=("RFC 9110 section 15.5.16",),
    ),
)
