"""Causes in limits: sizes, counts, rates."""

from why400.causes.cause import Cause
from why400.causes.lines import prepared

CAUSES = (
    Cause(
        "limit.body-size",
        "The body is larger than a hop takes",
        what="The body has too many bytes ({got}). nginx takes 1 MiB unless told otherwise, aiohttp 1 MiB, "
        "Django 2.5 MB, TorchServe 6.5 MB, and the model may have its own limit. Base64 makes an image a third larger.",
        see="wc -c FILE; the Server field of the reply says which hop refused.",
        remedy="Send a smaller file (scale it, or a lower JPEG quality), or have the operator raise the limit.",
        client=prepared(
            "jpeg",
            "magick {file} -resize 1600x1600 -quality 85 jpeg:ready.jpg",
            "picture.thumbnail((1600, 1600))\nbuffer = io.BytesIO()\n"
            'picture.convert("RGB").save(buffer, "JPEG", quality=85)\nimage = buffer.getvalue()',
            'const image = await sharp("{file}").resize(1600, 1600, { fit: "inside" }).jpeg().toBuffer();',
        ),
        rule="upload-size:\n  require: { body_size: { max: 10MB } }\n  status: 413",
        look_alikes=(
            ("image.too-large", "the pixels are too many, not the bytes"),
            ("http.head-too-large", "the URL or the fields are too long"),
        ),
        status=413,
        references=("RFC 9110 section 15.5.14",),
    ),
    Cause(
        "limit.count",
        "More images were sent than one request may have",
        what="The model takes fewer images, rows or files at once.",
        see="Count the parts, or the entries of the list.",
        remedy="Send one request for each image, or as many as the reply allows.",
        rule="one:\n  require: { image_count: 1 }",
        look_alikes=(("tensor.batch", "the batch of a tensor is too large"),),
    ),
    Cause(
        "limit.fetch",
        "The server may not, or cannot, fetch the image",
        what="The request holds an address. The server does not fetch from there, or could not reach it.",
        see="curl -I of the address, from where the server runs.",
        remedy="Send the image itself as a data URI or base64, or have the operator allow the address.",
        look_alikes=(("base64.is-reference", "the server takes no addresses at all"),),
    ),
    Cause(
        "limit.rate",
        "Too many requests at once",
        what="The server has no free place and says so (429 or 503, often with Retry-After).",
        see="The same request alone, a little later, passes.",
        remedy="Send fewer requests at once and wait as Retry-After says; or have the operator add workers.",
        who_fixes="operator",
        look_alikes=(("upstream.not-ready", "the model is still loading"),),
        status=503,
        references=("RFC 6585 section 4", "RFC 9110 section 10.2.3"),
    ),
    Cause(
        "limit.overload",
        "The proxy's own queue is full",
        what="why400 had no place left for fixing images, or no memory left in its budget, and refused at once instead "
        "of stalling others.",
        see="why400_work_queue_depth and why400_in_flight at this time.",
        remedy="Send again after Retry-After; the operator gives the proxy more CPU or fewer fixes of pixels.",
        who_fixes="operator",
        look_alikes=(("limit.rate", "the model refused, not the proxy"),),
        status=503,
    ),
)
