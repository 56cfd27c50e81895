"""PNGs that end early are found, whatever their last rows look like; whole ones never pay for it."""

import io
import struct
import zlib

import pytest
import pyvips
from PIL import Image

from corpus.by_hand import chunk
from why400.decoding import whole_png

KINDS = {"1": (0, 1, 1), "L": (0, 8, 1), "P": (3, 8, 1), "RGB": (2, 8, 3), "LA": (4, 8, 2), "RGBA": (6, 8, 4)}
KINDS["I;16"] = (0, 16, 2)
WIDTH, HEIGHT = 40, 30


def png(mode: str, level: int, rows: int = HEIGHT) -> bytes:
    """A picture of one level, of which so many rows are there."""
    kind, depth, size = KINDS[mode]
    row = b"\0" + bytes([level]) * (WIDTH // 8 if depth == 1 else WIDTH * size)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, 0)
    table = chunk(b"PLTE", bytes(range(256)) * 3) if mode == "P" else b""
    content = chunk(b"IDAT", zlib.compress(row * rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + table + content + chunk(b"IEND", b"")


def missing(data: bytes) -> bool:
    try:
        return whole_png.load(Image.open(io.BytesIO(data)), data) is not None
    except OSError:
        return True


@pytest.mark.parametrize("level", [0, 77, 255])
@pytest.mark.parametrize("mode", KINDS)
def test_rows_are_missing_or_not(mode: str, level: int) -> None:
    told = {rows: missing(png(mode, level, rows)) for rows in (0, 1, HEIGHT // 2, HEIGHT - 1, HEIGHT)}
    assert told == {rows: rows < HEIGHT for rows in told}


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (9, 2), (8, 8), (40, 31)])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA"])
def test_interlaced(mode: str, size: tuple[int, int]) -> None:

    made = Image.new(mode, size)
    bands = pyvips.Image.new_from_memory(made.convert("RGBA").tobytes(), *size, 4, "uchar")
    data = bands.pngsave_buffer(interlace=True)
    assert not missing(data)


@pytest.mark.parametrize("level", [0, 255])
def test_a_blank_end_is_not_counted_through(monkeypatch: pytest.MonkeyPatch, level: int) -> None:
    monkeypatch.setattr(whole_png, "_needed", lambda data: pytest.fail("it was inflated once more"))
    assert not missing(png("RGBA", level))
