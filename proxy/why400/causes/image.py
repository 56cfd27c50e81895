"""Causes in the image file itself: is it one, whole, and of a format that the model reads?"""

from why400.causes.cause import Cause
from why400.causes.lines import SAME_STYLE, prepared

_TO_PNG = prepared(
    "png",
    "magick {file} png:ready.png",
    'buffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "PNG")\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").png().toBuffer();',
)
_TO_JPEG = prepared(
    "jpeg",
    "magick {file} -background white -alpha remove -quality 95 jpeg:ready.jpg",
    'buffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").flatten({ background: "white" }).jpeg({ quality: 95 }).toBuffer();',
)
_FORMAT = "format:\n  require: { format: [jpeg, png] }\n  fix: convert"
_INTACT = "intact:\n  require: { intact: structure }"

# In the order in which they are told where several hold: what no conversion can mend stands before what one can.
CAUSES = (
    Cause(
        "image.missing",
        "There is no image in the request",
        what="Neither the body nor any part, key or tensor of it holds an image.",
        see="curl -v --trace-ascii - shows what is sent.",
        remedy="Send an image at {at}.",
        client=SAME_STYLE,
        look_alikes=(("image.empty", "its place is there, with nothing in it"),),
    ),
    Cause(
        "image.empty",
        "The image has no bytes",
        what="The place of the image is there and empty: an empty file, an empty string, a stream read before.",
        see="ls -l FILE; print len(image) before sending.",
        remedy="Send the file's bytes; rewind a stream (seek(0)) that was read before.",
        client=SAME_STYLE,
        rule="not-empty:\n  require: { file_size: { min: 100B } }",
        look_alikes=(("multipart.empty-part", "the same in a form"), ("image.missing", "its place is not there")),
        invalid=True,
    ),
    Cause(
        "image.error-page",
        "A page or an error document was saved as an image",
        what="The bytes are HTML, XML, JSON or a Git LFS pointer: a download failed (expired address, login page), and "
        "what came was saved as .jpg.",
        see="head -c 200 FILE shows text.",
        remedy="Download the image again and check the download's status (curl -f); for Git LFS run git lfs pull.",
        client=SAME_STYLE,
        rule=_FORMAT,
        look_alikes=(("image.not-an-image", "no document either"),),
        invalid=True,
    ),
    Cause(
        "image.not-an-image",
        "The bytes are no image",
        what="No image format that is known starts like these bytes.",
        see="file FILE says what they are.",
        remedy="Send an image file; look at what was read before it was sent.",
        client=SAME_STYLE,
        rule=_FORMAT,
        look_alikes=(
            ("base64.unexpected", "the bytes are base64 text of an image"),
            ("encoding.text-mangled", "they were an image before a text decoder got them"),
            ("image.error-page", "they are a document"),
        ),
    ),
    Cause(
        "image.truncated",
        "The image file is cut",
        what="The file ends before its format does: no end marker, or fewer bytes than its header says. The "
        "upload itself "
        "was complete.",
        see="jpeginfo -c FILE, pngcheck FILE, or Pillow's load() say where it stops.",
        remedy="Send the whole file: wait until it is written or downloaded before reading it.",
        client=SAME_STYLE,
        rule=_INTACT,
        look_alikes=(
            ("http.body-incomplete", "the upload itself was cut"),
            ("image.corrupt", "all bytes are there, some are wrong"),
        ),
        invalid=True,
    ),
    Cause(
        "image.corrupt",
        "Bytes inside the image are wrong",
        what="A checksum, a marker or a length inside the file does not hold, or strange bytes stand around it.",
        see="pngcheck FILE, jpeginfo -c FILE, magick identify FILE.",
        remedy="Take the file from its source again; compare checksums (sha256sum) at both ends.",
        client=SAME_STYLE,
        rule=_INTACT,
        look_alikes=(
            ("image.truncated", "the end is missing"),
            ("encoding.text-mangled", "a text decoder was at work"),
        ),
        invalid=True,
    ),
    Cause(
        "image.format-unsupported",
        "The model's library does not read this format",
        what="It is a sound image, of a format that the decoder behind the model does not have: HEIC from a "
        "phone, AVIF, "
        "JPEG XL, SVG, PDF.",
        see="file FILE; python -c \"from PIL import Image; Image.open('FILE')\".",
        remedy="Convert the image to JPEG or PNG before sending.",
        client=_TO_PNG,
        rule=_FORMAT,
        look_alikes=(
            ("image.not-an-image", "no image at all"),
            ("image.corrupt", "the format is right, bytes are not"),
        ),
        status=415,
    ),
    Cause(
        "image.format-mismatch",
        "The image is of another format than this model takes",
        what="The image is {got}; the model takes {want}.",
        see="file FILE says what the bytes are, whatever its name ends in.",
        remedy="Convert the image to {want}: renaming the file does not.",
        client=_TO_JPEG,
        rule="format:\n  require: { format: jpeg }\n  fix: convert",
        look_alikes=(
            ("content-type.image-type-wrong", "the bytes are fine, their declared type is not"),
            ("image.format-unsupported", "the server lacks the decoder"),
        ),
        status=415,
    ),
    Cause(
        "image.bomb",
        "The image claims far more pixels than is sound",
        what="A small file announces a picture so large that decoding it would exhaust memory. Pillow and "
        "OpenCV refuse "
        "such files by themselves.",
        see="file FILE or magick identify -ping FILE shows the sizes without decoding.",
        remedy="Scale the image down before sending; Pillow's limit is 178,956,970 pixels, OpenCV's 2^30.",
        rule="pixels:\n  require: { pixels: { max: 50MP } }",
        look_alikes=(("image.too-large", "an honest image above the model's limit"),),
        status=413,
    ),
)
