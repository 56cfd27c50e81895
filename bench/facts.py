"""How long a look at a request takes, beside what an application would do to know as much. Medians, microseconds.

python bench/facts.py
"""

import base64
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from PIL import Image

from corpus.make import picture
from why400.app.tables import eyes
from why400.content.body import Body
from why400.exchange import RequestHead, Station
from why400.image.look import look
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace

EYES = eyes()
ROUNDS = 301
BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"
FORM_TYPE = b"multipart/form-data; boundary=" + BOUNDARY


def microseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1e6


def see(data: bytes, content_type: bytes, *specs: object, reach: Station = Station.FIRST_BYTES) -> Callable[[], object]:
    """The whole look, as the event loop takes it."""
    head = RequestHead("POST", b"/predict", (1, 1), ((b"content-type", content_type),))
    body = Body(bytearray(data), len(data), ended=True)
    places = tuple(ImagePlace("image", (spec,)) for spec in specs)
    return lambda: EYES.see(head, "/predict", body, places, reach, quick=True)


def as_form(content: bytes) -> bytes:
    head = b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg'
    return b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (BOUNDARY, head, content, BOUNDARY)


def opened(data: bytes) -> object:
    return Image.open(io.BytesIO(data)).size


def from_json(document: bytes) -> object:
    return opened(base64.b64decode(json.loads(document)["image"]))


def main() -> None:
    print(f"{'':44}{'ours':>8}{'theirs':>10}")
    for form in ("jpeg", "png", "webp"):
        data = picture(form, size=(640, 480))
        row(
            f"facts of a {form}, {len(data) // 1000} kB",
            lambda d=data: look(EYES.readers, d, True),
            lambda d=data: opened(d),
        )
    large = noisy(560_000)
    document = json.dumps({"image": base64.b64encode(noisy(750_000)).decode()}).encode()
    form = as_form(large)
    row("all of a raw request, 560 kB", see(large, b"image/jpeg", Whole()), lambda: opened(large))
    row("all of a raw request, no rules", see(large, b"image/jpeg"), lambda: opened(large))
    row("all of a form", see(form, FORM_TYPE, Part("file")), lambda: opened(large))
    row("all of a form, no rules", see(form, FORM_TYPE), lambda: opened(large))
    row("all of 1 MB of JSON", see(document, b"application/json", JsonAt("$.image")), lambda: from_json(document))
    row("all of 1 MB of JSON, no rules", see(document, b"application/json"), lambda: from_json(document))
    whole = Station.WHOLE_BODY
    row("structure of a raw request", see(large, b"image/jpeg", Whole(), reach=whole), lambda: verified(large))
    row("structure of 1 MB of JSON", see(document, b"application/json", JsonAt("$.image"), reach=whole), None)


def row(name: str, ours: Callable[[], object], theirs: Callable[[], object] | None) -> None:
    beside = f"{microseconds(theirs):10.1f}" if theirs else ""
    print(f"{name:44}{microseconds(ours):8.1f}{beside}")


def noisy(size: int) -> bytes:
    """A JPEG of about that many bytes."""
    side = int((size * 1.35) ** 0.5)
    out = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def verified(data: bytes) -> None:
    Image.open(io.BytesIO(data)).verify()


if __name__ == "__main__":
    main()
