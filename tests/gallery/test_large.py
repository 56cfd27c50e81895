"""Large pictures through the running proxy: worked on where there is memory for it, else said by number; in either
case its processes never grow by 200 MB, and good requests beside them do not wait."""

import io
import os
import statistics
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from attacks.watching import Metronome, Scales, weight
from corpus.by_hand import riff
from fixes.made import file, photo
from gallery.conftest import running
from gallery.post import post
from scenarios.processes import Proxy, get
from why400.decoding import plugins
from why400.fixes.formats import FORMATS

MOST_MEMORY, P99 = 200_000_000, 0.050
BUSY = float(os.environ.get("WHY400_TESTS_BUSY", "2"))


def turned(size: tuple[int, int], **options: object) -> bytes:
    exif = Image.Exif()
    exif[0x112] = 6
    return file(photo(size), "JPEG", exif=exif, quality=85, **options)


def noisy(size: tuple[int, int], form: str, mode: str = "RGB", **options: object) -> bytes:
    """Few levels, so that the file stays below what is held of a body."""
    return file(photo(size, mode).point(lambda level: level & 0xE0), form, **options)


def heic(size: tuple[int, int], **options: object) -> bytes:
    plugins.ready(FORMATS["heif"])
    return file(photo(size), "HEIF", quality=40, enc_params={"preset": "ultrafast"}, **options)


TWELVE, TWENTYFOUR = (4032, 3024), (5712, 4284)
"""As phones make them."""


@dataclass(frozen=True, slots=True)
class Large:
    """A good file, how it is made, and the size of what the model gets; None: refused with numbers."""

    name: str
    make: Callable[[], bytes]
    becomes: tuple[int, int] | None


LARGE = (
    Large("24 MP JPEG, turned", lambda: turned((6000, 4000)), (4000, 6000)),
    Large("18 MP progressive JPEG, turned", lambda: turned((4896, 3672), progressive=True), (3672, 4896)),
    Large("40 MP JPEG, turned", lambda: turned((7680, 5120)), None),
    Large("40 MP progressive JPEG, turned", lambda: turned((7680, 5120), progressive=True), None),
    Large("18 MP CMYK JPEG", lambda: file(photo((4896, 3672), "CMYK"), "JPEG", quality=80), (4896, 3672)),
    Large("18 MP PNG with alpha", lambda: noisy((4896, 3672), "PNG", "RGBA", compress_level=6), (4896, 3672)),
    Large("50 MP PNG", lambda: noisy((8192, 6144), "PNG", compress_level=6), None),
    Large("12 MP WebP", lambda: file(photo(TWELVE), "WEBP", method=0), TWELVE),
    Large("12 MP WebP with alpha", lambda: file(photo(TWELVE, "RGBA"), "WEBP", method=0), TWELVE),
    Large("12 MP WebP without loss", lambda: noisy(TWELVE, "WEBP", lossless=True, method=0, quality=0), TWELVE),
    Large("24 MP WebP", lambda: file(photo(TWENTYFOUR), "WEBP", method=0), TWENTYFOUR),
    Large("40 MP WebP", lambda: file(photo((7680, 5120)), "WEBP", method=0), None),
    Large("24 MP AVIF", lambda: file(photo(TWENTYFOUR), "AVIF", quality=50, speed=10), TWENTYFOUR),
    Large("12 MP HEIC of a phone", lambda: heic(TWELVE, tile_size=512), TWELVE),
    Large("24 MP HEIC of a phone", lambda: heic(TWENTYFOUR, tile_size=512), TWENTYFOUR),
    Large("24 MP HEIC", lambda: heic(TWENTYFOUR), TWENTYFOUR),
    Large("12 MP TIFF", lambda: noisy((4000, 3000), "TIFF", compression="tiff_adobe_deflate"), (4000, 3000)),
    Large("24 MP TIFF", lambda: noisy((6000, 4000), "TIFF", compression="tiff_adobe_deflate"), None),
    Large("24 MP GIF", lambda: noisy((6000, 4000), "GIF", "L"), (6000, 4000)),
    Large("8 MP BMP", lambda: file(photo((3200, 2400)), "BMP"), (3200, 2400)),
)


@dataclass(slots=True)
class Watched:
    """A proxy of its own, with good requests beside, weighed all the time."""

    proxy: Proxy
    metronome: Metronome
    scales: Scales
    idle: int


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with running(tmp_path_factory.mktemp("large")) as proxy:
        time.sleep(1)
        idle = weight(proxy.pid)
        one = Watched(proxy, Metronome(proxy.url.removeprefix("http://")), Scales(proxy.pid), idle)
        yield one
        one.metronome.stop()
        one.scales.stop()


@pytest.mark.parametrize("large", LARGE, ids=[one.name for one in LARGE])
def test_it_is_worked_on_or_refused_with_numbers(watched: Watched, large: Large) -> None:
    came = post(watched.proxy, "/photo", large.make())
    if large.becomes is None:
        assert came.outcome == "rejected"
        assert "MP takes" in came.messages
        assert "more than the 136 MB given to it" in came.messages
    else:
        assert came.outcome == "fixed", came.messages
        assert Image.open(io.BytesIO(came.body)).size == large.becomes


@pytest.mark.parametrize("name", ["24 MP WebP", "24 MP AVIF", "24 MP HEIC of a phone"])
def test_it_is_made_small(watched: Watched, name: str) -> None:
    came = post(watched.proxy, "/model", next(large for large in LARGE if large.name == name).make())
    assert came.outcome == "fixed", came.messages
    assert max(Image.open(io.BytesIO(came.body)).size) == 640


@pytest.mark.parametrize("name", ["50 MP PNG", "40 MP WebP", "24 MP WebP"])
def test_a_good_one_is_never_rejected_for_its_size_alone(watched: Watched, name: str) -> None:
    large = next(large for large in LARGE if large.name == name)
    counted = unchecked(watched.proxy)
    came = post(watched.proxy, "/whole", large.make())
    assert came.outcome == "forwarded"
    assert unchecked(watched.proxy) - counted == (large.becomes is None)


def unchecked(proxy: Proxy) -> int:
    """How often a rule could not be asked."""
    lines = get(proxy.admin, "/metrics")[1].decode().splitlines()
    wanted = 'why400_rule_findings_total{action="unchecked",route="whole",rule="whole"} '
    return int(float(next((line.removeprefix(wanted) for line in lines if line.startswith(wanted)), "0")))


@pytest.mark.parametrize("path", ["/whole", "/photo", "/judged"])
def test_what_claims_more_than_it_has_is_refused(watched: Watched, path: str) -> None:
    """A WebP's first bytes, which claim 8000 x 6000 (RFC 6386 section 9.1)."""
    frame = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 8000, 6000)
    came = post(watched.proxy, path, riff((b"VP8 ", frame.ljust(40, b"\0"))), "image/webp")
    assert came.outcome == "rejected"
    assert "work on its 48 MP takes 202 MB of memory, more than the 136 MB given to it" in came.messages


def test_the_processes_never_grew_by_200_mb(watched: Watched) -> None:
    watched.scales.stop()
    assert watched.scales.most - watched.idle < MOST_MEMORY


def test_good_requests_never_waited(watched: Watched) -> None:
    watched.metronome.stop()
    assert watched.metronome.refused == 0
    assert len(watched.metronome.seconds) > 100
    assert statistics.quantiles(watched.metronome.seconds, n=100)[98] < P99 * BUSY
