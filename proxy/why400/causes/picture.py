"""Causes in what a sound image looks like: colours, depth, sizes, frames."""

from why400.causes.cause import Cause
from why400.causes.lines import prepared

_TO_RGB_SHELL = (
    "magick {file} -background white -alpha remove -alpha off -colorspace sRGB -type TrueColor -depth 8 jpeg:ready.jpg"
)
_TO_RGB_SCRIPT = (
    'const image = await sharp("{file}").flatten({ background: "white" }).toColourspace("srgb").jpeg().toBuffer();'
)
_TO_RGB = prepared(
    "jpeg",
    _TO_RGB_SHELL,
    'buffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    _TO_RGB_SCRIPT,
)
_OF_GRAY = prepared(
    "jpeg",
    _TO_RGB_SHELL,
    'if picture.mode.startswith("I"):  # 16 bits: Pillow would clip them\n'
    "    picture = Image.fromarray((np.asarray(picture) / 257).round().astype(np.uint8))\n"
    'buffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    _TO_RGB_SCRIPT,
)
_TO_SRGB = prepared(
    "jpeg",
    "magick {file} -profile sRGB.icc -quality 95 jpeg:ready.jpg",
    'profile = picture.info.get("icc_profile")\n'
    "if profile:\n"
    "    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))\n"
    '    picture = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")\n'
    'buffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    _TO_RGB_SCRIPT,
)
_FLATTEN = prepared(
    "jpeg",
    "magick {file} -background white -alpha remove -alpha off jpeg:ready.jpg",
    'picture = picture.convert("RGBA")\n'
    'flat = Image.new("RGB", picture.size, "white")\n'
    'flat.paste(picture, mask=picture.getchannel("A"))\n'
    'buffer = io.BytesIO()\nflat.save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").flatten({ background: "white" }).jpeg().toBuffer();',
)
_TO_8_BIT = prepared(
    "png",
    "magick {file} -depth 8 png:ready.png",
    "samples = (np.asarray(picture, dtype=np.float64) / 257).round().astype(np.uint8)\n"
    'buffer = io.BytesIO()\nImage.fromarray(samples).convert("RGB").save(buffer, "PNG")\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").toColourspace("srgb").png().toBuffer();',
)
_UPRIGHT = prepared(
    "jpeg",
    "magick {file} -auto-orient -quality 95 jpeg:ready.jpg",
    "picture = ImageOps.exif_transpose(picture)\n"
    'buffer = io.BytesIO()\npicture.save(buffer, "JPEG", quality=95)\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").rotate().jpeg({ quality: 95 }).toBuffer();',
)
_RESIZED = prepared(
    "png",
    "magick {file} -resize 640x640 png:ready.png",
    'picture.thumbnail((640, 640))\nbuffer = io.BytesIO()\npicture.save(buffer, "PNG")\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").resize(640, 640, { fit: "inside" }).png().toBuffer();',
)
_FIRST_FRAME = prepared(
    "png",
    "magick '{file}[0]' png:ready.png",
    'picture.seek(0)\nbuffer = io.BytesIO()\npicture.convert("RGB").save(buffer, "PNG")\nimage = buffer.getvalue()',
    'const image = await sharp("{file}", { pages: 1 }).png().toBuffer();',
)
_STRIPPED = prepared(
    "png",
    "magick {file} -strip png:ready.png",
    'buffer = io.BytesIO()\npicture.info.clear()\npicture.save(buffer, "PNG")\nimage = buffer.getvalue()',
    'const image = await sharp("{file}").png().toBuffer();',
)
_COLOR = "color:\n  require: { color: rgb }\n  fix: convert"
_SIZES = "resolution:\n  require: { width: { min: 32, max: 4096 }, height: { min: 32, max: 4096 } }\n  fix: resize"

# In the order of how seldom they are: of several possible facts the rarest is the likeliest reason.
CAUSES = (
    Cause(
        "image.frames",
        "The file has several frames or pages",
        what="It is an animation or a stack of pages; arrays of it have one dimension more than the model takes.",
        see="magick identify FILE prints a line for each.",
        remedy="Send one frame.",
        client=_FIRST_FRAME,
        rule="still:\n  require: { frames: 1 }\n  fix: first_frame",
        look_alikes=(("silent.first-frame", "answered 200, the rest was dropped"),),
    ),
    Cause(
        "image.depth",
        "The image has another bit depth than 8",
        what="The samples have 16 bits, 1 bit, or are floats. Libraries refuse, clip to white, or drop the low byte.",
        see="Pillow's mode is I;16, I, F or 1; magick identify -format %z FILE.",
        remedy="Scale to 8 bits (divide by 257, do not clip) before sending.",
        client=_TO_8_BIT,
        rule="depth:\n  require: { bit_depth: 8 }\n  fix: convert",
        look_alikes=(("silent.depth-clipped", "answered 200, and wrong"),),
    ),
    Cause(
        "image.cmyk",
        "The image has print colours (CMYK)",
        what="The JPEG has four channels for print. Models see four channels, or inverted colours.",
        see="Pillow's mode is CMYK; magick identify says CMYK.",
        remedy="Convert to RGB, with the embedded profile where there is one.",
        client=_TO_RGB,
        rule=_COLOR,
        look_alikes=(("image.alpha", "four channels too, one of them alpha"),),
    ),
    Cause(
        "image.alpha",
        "The image has an alpha channel",
        what="The picture is RGBA or LA (or has a transparent colour); the model takes three channels.",
        see="magick identify -format '%[channels]' FILE prints srgba; Pillow's mode is RGBA, LA, or P with "
        "transparency.",
        remedy="Put the picture on a background and send it without alpha: convert('RGB') after pasting it on white.",
        client=_FLATTEN,
        rule="color:\n  require: { color: rgb }\n  fix: { convert: { background: white } }",
        look_alikes=(("image.cmyk", "four channels too, of print colours"),),
    ),
    Cause(
        "image.palette",
        "The image is indexed (palette)",
        what="The pixels are numbers of a colour table (PNG-8, GIF), so the array has two dimensions and no channels.",
        see="Pillow's mode is P; file FILE says colormap.",
        remedy="Convert to RGB before sending.",
        client=_TO_RGB,
        rule=_COLOR,
        look_alikes=(("image.gray", "one channel too, of brightness"),),
    ),
    Cause(
        "image.gray",
        "The image is gray, or is not and should be",
        what="The picture has one channel where the model takes three, or the reverse.",
        see="Pillow's mode is L or 1; magick identify says Gray.",
        remedy="Convert to the mode that the model takes: convert('RGB') or convert('L').",
        client=_OF_GRAY,
        rule=_COLOR,
        look_alikes=(("image.palette", "two dimensions too, of a colour table"),),
    ),
    Cause(
        "image.profile",
        "The image has another colour profile than the model wants",
        what="The colours are meant in another space (Display P3, Adobe RGB), and the model reads them as sRGB.",
        see="exiftool -icc_profile:ProfileDescription FILE",
        remedy="Convert the colours to sRGB before sending.",
        client=_TO_SRGB,
        rule="profile:\n  require: { profile: srgb }\n  fix: convert",
        look_alikes=(("image.cmyk", "the channels themselves are others"),),
    ),
    Cause(
        "image.orientation",
        "The image is stored turned",
        what="The camera wrote the pixels as the sensor lay and a note (EXIF orientation) how to turn them. "
        "Browsers and "
        "viewers do; most models do not.",
        see="exiftool -Orientation FILE",
        remedy="Turn the pixels and drop the note before sending: ImageOps.exif_transpose.",
        client=_UPRIGHT,
        rule="upright:\n  require: { orientation: upright }\n  fix: rotate",
        look_alikes=(("silent.exif-rotation", "answered 200, and wrong"),),
        references=("Exif 2.32 tag 0x0112",),
    ),
    Cause(
        "image.too-large",
        "The picture has more pixels than the model takes",
        what="Its sides are above the limit: it is {got}, the model takes {want}.",
        see="file FILE shows the sizes.",
        remedy="Scale the image down to {want} before sending.",
        client=_RESIZED,
        rule=_SIZES,
        look_alikes=(("limit.body-size", "the bytes are too many, not the pixels"),),
    ),
    Cause(
        "image.too-small",
        "The picture has fewer pixels than the model takes",
        what="Its sides are below the limit: it is {got}, the model takes {want}.",
        see="file FILE shows the sizes.",
        remedy="Send a picture of at least {want}; scaling up adds no detail.",
        rule=_SIZES,
        look_alikes=(("image.size-mismatch", "the model takes one size only"),),
    ),
    Cause(
        "image.size-mismatch",
        "The picture has another size than the model's input",
        what="The model takes one fixed size and does not scale: it got {got}, it takes {want}.",
        see="file FILE shows the sizes; the reply mostly names both shapes.",
        remedy="Scale the image to {want} before sending.",
        client=_RESIZED,
        rule="resolution:\n  require: { width: 640, height: 640 }\n  fix: resize",
        look_alikes=(
            ("tensor.shape", "the payload is a tensor, not an image"),
            ("image.too-large", "there is a limit"),
        ),
    ),
    Cause(
        "image.aspect-ratio",
        "The picture is too long or too wide",
        what="The relation of its sides is out of the range that the model takes: {got}, not {want}.",
        see="file FILE shows the sizes.",
        remedy="Crop the picture, or put bars at its sides.",
        rule="shape:\n  require: { aspect_ratio: { min: 0.5, max: 2 } }",
        look_alikes=(("image.size-mismatch", "one size only is taken"),),
    ),
    Cause(
        "image.metadata",
        "The image carries metadata that this route does not take",
        what="The file has EXIF, XMP or text beside its pixels: {got}.",
        see="exiftool FILE lists it.",
        remedy="Strip the metadata before sending.",
        client=_STRIPPED,
        rule="bare:\n  require: { metadata: none }\n  fix: strip",
        look_alikes=(("image.profile", "only the colour profile counts"),),
    ),
)
