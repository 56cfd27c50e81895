"""How long a look at a request takes, its review and its diagnosis, beside what an application does to know as much.

python bench/facts.py          CPU microseconds of one thread, medians
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

import pyvips
from PIL import Image

from corpus.make import picture
from why400.app.diagnosis import diagnoser
from why400.app.eyes import eyes
from why400.app.rule_files import read_rules
from why400.app.rules import rule_tables
from why400.app.tables import catalogue
from why400.content.body import Body
from why400.exchange import Exchange, Outcome, Reply, ReplyHead, RequestHead, Station
from why400.image.look import look
from why400.rules.load import load
from why400.rules.model import Route
from why400.steps import at_once
from why400.study import Question, glancing

EYES = eyes()
DIAGNOSE = diagnoser(catalogue())
SAMPLES, LEAST = 61, 0.0005
BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"
FORM_TYPE = b"multipart/form-data; boundary=" + BOUNDARY
JSON_TYPE = b"application/json"
Work = Callable[[], object]


def microseconds(work: Work) -> float:
    """The median of samples of at least half a millisecond."""
    times = max(1, int(LEAST / max(_seconds(work, 3), 1e-7)))
    return median(_seconds(work, times) for _ in range(SAMPLES)) * 1e6


def _seconds(work: Work, times: int) -> float:
    start = time.thread_time()
    for _ in range(times):
        work()
    return (time.thread_time() - start) / times


def head_of(path: str, content_type: bytes, size: int) -> RequestHead:
    fields = ((b"Host", b"model:5000"), (b"Content-Type", content_type), (b"Content-Length", b"%d" % size))
    return RequestHead("POST", path.encode(), (1, 1), fields)


def question(path: str, content_type: bytes, size: int, route: Route | None, *, refused: bool = False) -> Question:
    reach = Station.WHOLE_BODY if refused or route is not None else Station.FIRST_BYTES
    return Question(head_of(path, content_type, size), path, route, reach, route is not None, refused)


def glances(asked: Question, data: bytes) -> Work:
    """The whole look and its review, as the event loop takes them."""
    body = Body(bytearray(data), len(data), ended=True)
    if at_once(glancing(EYES, asked, body)).sight.cut_short:
        raise SystemExit(f"a look at {asked.path} was cut short: it would be a student's")
    return lambda: at_once(glancing(EYES, asked, body))


def refused(content_type: bytes, data: bytes, words: bytes) -> Exchange:
    """A refused request of no route, looked at, ready to be diagnosed."""
    asked = question("/predict", content_type, len(data), None, refused=True)
    seen = at_once(glancing(EYES, asked, Body(data, len(data), ended=True))).sight.seen
    reply = Reply(ReplyHead(400, b"Bad Request", (1, 1), ((b"content-type", JSON_TYPE),)), words, len(words))
    about = {"outcome": Outcome.REFUSED, "status": 400, "body_size": len(data), "body_complete": True}
    return Exchange("id", 0.0, head=asked.head, seen=seen, body=data, reply=reply, **about)


def as_form(content: bytes) -> bytes:
    head = b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg'
    return b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (BOUNDARY, head, content, BOUNDARY)


def as_json(content: bytes, key: str = "image") -> bytes:
    return json.dumps({key: base64.b64encode(content).decode()}).encode()


def opened(data: bytes) -> object:
    return Image.open(io.BytesIO(data)).size


def by_vips(data: bytes) -> object:
    return pyvips.Image.new_from_buffer(data, "").width


def from_json(document: bytes, read: Callable[[bytes], object]) -> object:
    return read(base64.b64decode(json.loads(document)["image"]))


def row(name: str, ours: Work, pillow: Work | None = None, vips: Work | None = None) -> None:
    theirs = "".join(f"{microseconds(one):10.1f}" if one else f"{'':10}" for one in (pillow, vips))
    print(f"{name:52}{microseconds(ours):8.1f}{theirs}")


def noisy(size: int) -> bytes:
    """A JPEG of about that many bytes."""
    side = int((size * 1.35) ** 0.5)
    out = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def facts() -> None:
    for form in ("jpeg", "png", "webp"):
        data = picture(form, size=(640, 480))
        name = f"facts of a {form}, {len(data) // 1000} kB"
        row(name, lambda d=data: look(EYES.readers, d, True), lambda d=data: opened(d), lambda d=data: by_vips(d))


def looks() -> None:
    """Without rules, and with those of the bench: every check, the structure of the image among them."""
    rules = load(read_rules(Path(__file__).parent / "rules.yaml"), rule_tables(), {}).ruleset
    assert rules is not None
    large, document = noisy(560_000), as_json(noisy(740_000))
    for name, path, kind, data in (
        ("9 kB raw", "/predict", b"image/jpeg", noisy(9_000)),
        ("560 kB raw", "/predict", b"image/jpeg", large),
        ("9 kB in a form", "/upload", FORM_TYPE, as_form(noisy(9_000))),
        ("560 kB in a form", "/upload", FORM_TYPE, as_form(large)),
        ("1 MB in a form", "/upload", FORM_TYPE, as_form(noisy(1_000_000))),
        ("9 kB in JSON", "/predict-json", JSON_TYPE, as_json(noisy(7_000))),
        ("1 MB in JSON", "/predict-json", JSON_TYPE, document),
    ):
        beside = (lambda: from_json(document, opened), lambda: from_json(document, by_vips)) if data is document else ()
        row(f"a look at {name}", glances(question("/other", kind, len(data), None), data), *beside)
        ruled = question(path, kind, len(data), rules.route("POST", path))
        row("  and at its structure, reviewed by eight rules", glances(ruled, data))


def diagnoses() -> None:
    photo, words = picture("jpeg", size=(320, 240)), b'{"error": "Only base64 data is allowed"}'
    strange = as_json(photo).replace(b"/", b"*", 1)
    rows = {
        "a diagnosis: alpha": refused(b"image/png", picture("png", "rgba"), b"expected 3 channels, got 4"),
        "a diagnosis: a stray character in base64": refused(JSON_TYPE, strange, words),
        "with a second look: another key": refused(JSON_TYPE, as_json(photo, "img"), b"'image' is missing"),
        "with a second look: a key without an image": refused(JSON_TYPE, b'{"image": "?"}', words),
    }
    for name, exchange in rows.items():
        row(name, lambda e=exchange: DIAGNOSE(e))


if __name__ == "__main__":
    print(f"{'CPU microseconds, medians':52}{'ours':>8}{'Pillow':>10}{'libvips':>10}")
    facts()
    looks()
    diagnoses()
