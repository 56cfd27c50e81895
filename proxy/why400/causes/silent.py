"""Causes of wrong answers that nobody refused: they stand only on a success."""

from why400.causes.cause import Cause
from why400.causes.lines import SAME_STYLE

CAUSES = (
    Cause(
        "silent.exif-rotation",
        "The model probably saw the picture turned",
        what="The file says 'turn me' (EXIF orientation); Pillow, TensorFlow and stb_image do not, so the model "
        "saw it lying.",
        see="exiftool -Orientation FILE; send the turned picture and compare the answers.",
        remedy="Turn the pixels before sending: ImageOps.exif_transpose, magick -auto-orient.",
        rule="upright:\n  require: { orientation: upright }\n  fix: rotate",
        look_alikes=(("image.orientation", "a rule refuses it"),),
        references=("Exif 2.32 tag 0x0112",),
    ),
    Cause(
        "silent.alpha-dropped",
        "The model probably saw the colours under transparent pixels",
        what="The picture has alpha. Libraries drop it without blending, so what was invisible shows.",
        see="python -c \"Image.open('FILE').convert('RGB').show()\"",
        remedy="Put the picture on a background before sending.",
        rule="color:\n  require: { color: rgb }\n  fix: { convert: { background: white } }",
        look_alikes=(("image.alpha", "the model refuses it"),),
    ),
    Cause(
        "silent.depth-clipped",
        "The model probably saw 16-bit samples clipped",
        what="The picture has 16 bits a sample. Pillow clips at 255 (white), OpenCV and TensorFlow keep the high byte.",
        see="magick identify -format %z FILE prints 16.",
        remedy="Scale to 8 bits (divide by 257) before sending.",
        rule="depth:\n  require: { bit_depth: 8 }\n  fix: convert",
        look_alikes=(("image.depth", "the model refuses it"),),
    ),
    Cause(
        "silent.first-frame",
        "The model saw only the first frame",
        what="The file has several frames or pages; libraries take the first and say nothing.",
        see="magick identify FILE prints a line for each.",
        remedy="Send each frame by itself, or only the one that counts.",
        rule="still:\n  require: { frames: 1 }",
        look_alikes=(("image.frames", "the model refuses it"),),
    ),
    Cause(
        "silent.lenient-b64",
        "The decoder skipped characters of the base64 text",
        what="The text is not clean, and a lax decoder (Python's default) dropped what it did not know or "
        "stopped at =.",
        see="base64.b64decode(text, validate=True) raises.",
        remedy="Send clean base64 of the standard alphabet.",
        client=SAME_STYLE,
        rule="image: { body: { json: $.image, as: base64 }, fix: recode }",
        look_alikes=(("base64.urlsafe", "the model refuses it"),),
    ),
    Cause(
        "silent.double-resize",
        "The picture was probably scaled twice",
        what="The client scaled to the model's size, with bars, and the server scales again.",
        see="The sent picture has the model's exact size and bars of one colour; with the original the answer changes.",
        by_hand="only decoded pixels show the bars, and no picture is decoded because it was accepted",
        remedy="Send the original picture and leave scaling to the server.",
        look_alikes=(("image.size-mismatch", "the server does not scale"),),
    ),
    Cause(
        "silent.value-scale",
        "The values probably have the wrong scale",
        what="The tensor has 0 to 255 where 0 to 1, or normalised values, are wanted; or the reverse.",
        see="The least and the largest value of data; scores that are all 0 and 1, or all alike, whatever is sent.",
        remedy="Scale the values as in training.",
        rule="scale:\n  require: { tensor: { name: x, values: { min: 0, max: 1 } } }",
        look_alikes=(("tensor.value-range", "they do not fit the type, or the model refuses them"),),
    ),
    Cause(
        "silent.channel-order",
        "Red and blue are probably swapped",
        what="OpenCV reads blue, green, red. One request cannot prove it; answers get better when they are swapped.",
        see="Send a dozen pictures both ways (array[..., ::-1] swaps the channels) and compare the scores.",
        by_hand="red and blue are as good as blue and red until the scores of both are compared",
        remedy="Convert with cv2.cvtColor(image, cv2.COLOR_BGR2RGB) before sending.",
        look_alikes=(("tensor.layout", "the channels stand at the other end"),),
    ),
)
