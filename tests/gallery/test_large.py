"""Pictures larger than 16 MP through the running proxy: worked on where there is memory for it, else refused by number."""

import io
import struct

from PIL import Image

from corpus.by_hand import riff
from fixes.made import file, photo
from gallery.post import post
from scenarios.processes import Proxy


def test_a_phone_photo_of_18_megapixels_is_turned(gallery: Proxy) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    came = post(gallery, "/photo", file(photo((4896, 3672)), "JPEG", progressive=True, exif=exif))
    assert came.outcome == "fixed", came.messages
    assert Image.open(io.BytesIO(came.body)).size == (3672, 4896)


def test_what_takes_more_memory_than_there_is_for_one_is_refused_with_numbers(gallery: Proxy) -> None:
    """A WebP's first bytes, which claim 8000 x 6000 (RFC 6386 section 9.1)."""
    frame = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 8000, 6000)
    came = post(gallery, "/photo", riff((b"VP8 ", frame.ljust(40, b"\0"))), "image/webp")
    assert (came.outcome, came.cause) == ("rejected", "image.format-mismatch")
    assert "work on its 48 MP takes 864 MB of memory, more than the 537 MB given to it" in came.messages
