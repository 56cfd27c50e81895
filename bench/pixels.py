"""How long a fix works on pixels, beside plain Pillow and libvips doing the same. Medians of CPU milliseconds; `decode`
is what Pillow's decoder alone takes of it. Of a PNG the entropy of the picture decides (its file's size tells it): soft
noise is as hard as a photo, a cut-out is a photo in the middle of nothing, a screenshot is flat with words on it.

python bench/pixels.py
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pyvips
from PIL import Image, ImageDraw

from corpus.readers import ALL
from fixes.made import FIXES, OPERATIONS, file, photo, step
from why400.decoding.render import render
from why400.decoding.working import ROOMY, hold_on
from why400.exchange import Image as Carried
from why400.fixes.answer import Done
from why400.fixes.plan_image import ImageJob, image_job, looked_at
from why400.image.facts import ImageFacts
from why400.image.look import look
from why400.locations.found import FoundImage

ROUNDS = 9
WORDS = "the request is refused and nobody says why; the picture was fine, the field was not, and so on and on " * 2
FULL_HD, PHONE = (1920, 1080), (4000, 3000)
pyvips.cache_set_max(0)


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken) * 1e3


def carried(data: bytes) -> Carried:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts)
    return Carried(FoundImage("body", "binary", 0, None, b""), facts)


def ours(data: bytes, *steps: Any) -> Callable[[], object]:
    made = image_job(carried(data), steps, FIXES) if steps else looked_at(carried(data))
    assert isinstance(made, ImageJob)
    assert isinstance(render(made, data, OPERATIONS), Done)
    return lambda: render(made, data, OPERATIONS)


def by_pillow(data: bytes, width: int | None = None, made: str = "JPEG") -> bytes:
    picture: Any = Image.open(io.BytesIO(data))
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    if width:
        picture = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
    return file(picture.convert("RGB"), made, quality=90)


def by_vips(data: bytes, width: int | None = None, made: str = "JPEG") -> bytes:
    if width:
        return bytes(pyvips.Image.thumbnail_buffer(data, width).jpegsave_buffer(Q=90))
    picture = pyvips.Image.new_from_buffer(data, "", access="sequential")
    flat = picture.flatten(background=255) if picture.hasalpha() else picture
    shown = flat.colourspace("srgb")
    return bytes(shown.jpegsave_buffer(Q=90) if made == "JPEG" else shown.pngsave_buffer())


def cut_out() -> Any:
    """A photo that fades into nothing at a distance from the middle, as programs that remove backgrounds make it."""
    shown = photo(FULL_HD, "RGBA")
    near = Image.radial_gradient("L").resize(FULL_HD).point(lambda far: min(255, max(0, (110 - far) * 8)))
    made = Image.new("RGBA", FULL_HD)
    made.paste(shown, mask=near)
    made.putalpha(near)
    return made


def screenshot() -> Any:
    """Panels and lines of words, opaque, in RGBA as most programs save it."""
    made = Image.new("RGBA", FULL_HD, "#f4f4f8")
    draw = ImageDraw.Draw(made)
    for column in range(4):
        draw.rectangle((column * 480 + 10, 60, column * 480 + 460, 1060), "#ffffff", "#c0c0d0", 2)
        for line in range(60):
            draw.text((column * 480 + 24, 72 + line * 16), WORDS[(7 * line + column) % 40 :][:70], "#202030")
    return made


def row(name: str, data: bytes, *steps: Any, width: int | None = None, made: str = "JPEG") -> None:
    figures = (
        milliseconds(ours(data, *steps)),
        milliseconds(lambda: by_pillow(data, width, made)),
        milliseconds(lambda: by_vips(data, width, made)),
        milliseconds(lambda: Image.open(io.BytesIO(data)).load()),
    )
    print(f"{name:44}", *(f"{figure:8.1f}" for figure in figures), f"{len(data) / 1e6:8.1f}")


def main() -> None:
    hold_on(ROOMY)  # as a decode worker does; the others gain by it too
    print(f"{'':44}{'ours':>9}{'Pillow':>9}{'libvips':>9}{'decode':>9}{'MB':>9}")
    to_jpeg, to_rgb = step("convert", format="jpeg", color="rgb"), step("convert", color="rgb")
    row("full-HD RGBA PNG to RGB JPEG, soft noise", file(photo(FULL_HD, "RGBA"), "PNG"), to_jpeg)
    row("full-HD RGBA PNG to RGB JPEG, a cut-out", file(cut_out(), "PNG"), to_jpeg)
    row("full-HD RGBA PNG to RGB JPEG, a screenshot", file(screenshot(), "PNG"), to_jpeg)
    row("full-HD RGB PNG to JPEG", file(photo(FULL_HD), "PNG"), to_jpeg)
    row("full-HD CMYK JPEG to RGB JPEG", file(photo(FULL_HD, "CMYK"), "JPEG", quality=88), to_rgb)
    row("full-HD JPEG to PNG", file(photo(FULL_HD), "JPEG", quality=88), step("convert", format="png"), made="PNG")
    phone = file(photo(PHONE), "JPEG", quality=88)
    for width in (224, 640, 1600):
        row(f"12 MP JPEG to {width} wide", phone, step("resize", max_width=width), width=width)
    print(f"{'a 12 MP JPEG decoded for `intact: pixels`':44} {milliseconds(ours(phone)):8.1f}")


if __name__ == "__main__":
    main()
