"""Formats whose decoders are not always installed: what is to be done about it is said."""

import pytest
import pyvips

from corpus.make import picture
from decoding.jobs import job
from fixes.made import OPERATIONS, file, photo, read, step
from gallery.variants.others import heic
from gallery.variants.scene import SIZE, colors
from why400.decoding import plugins
from why400.decoding.render import render
from why400.fixes.answer import Done, Failed

TO_PNG = step("convert", format="png")


@pytest.mark.parametrize(
    ("form", "missing", "words"),
    [("heif", "_reads_heif", "pip install 'why400[heif]'"), ("avif", "_reads_avif", "pip install pillow")],
)
def test_what_is_to_be_installed(monkeypatch: pytest.MonkeyPatch, form: str, missing: str, words: str) -> None:
    monkeypatch.setattr(plugins, missing, lambda: False)
    answer = render(job(form, (64, 48), "rgb", TO_PNG), picture("avif"), OPERATIONS)
    assert isinstance(answer, Failed)
    assert (answer.why, words in answer.because) == ("unsupported", True)


def test_with_the_extra_heic_is_read() -> None:
    answer = render(job("heif", SIZE, "rgb", TO_PNG), heic(colors()), OPERATIONS)
    assert isinstance(answer, Done), answer
    assert read(answer.data).size == SIZE


@pytest.mark.parametrize("coding", ["jpeg", "deflate", "lzw", "packbits", "webp"])
def test_a_tiff_is_read_or_its_coding_is_named(coding: str) -> None:
    """By another encoder. Pillow's wheels have a libtiff without WebP, which calls a good file a broken one."""
    flat = pyvips.Image.black(64, 48, bands=3).linear([1, 1, 1], [200, 90, 30])
    data = flat.cast("uchar").copy(interpretation="srgb").tiffsave_buffer(compression=coding, tile=True)
    answer = render(job("tiff", (64, 48), "rgb", TO_PNG), data, OPERATIONS)
    if isinstance(answer, Failed):
        assert (answer.why, f"a TIFF with {coding} inside" in answer.because) == ("unsupported", True)
        assert not plugins.reads_tiff_of(coding)
    else:
        seen = read(answer.data).getpixel((5, 5))
        assert max(abs(got - want) for got, want in zip(seen, (200, 90, 30), strict=True)) <= 3


def test_a_coding_that_is_read_and_broken_is_damage() -> None:
    data = bytearray(file(photo((64, 48)), "TIFF", compression="zstd"))
    data[8:200] = bytes(192)
    answer = render(job("tiff", (64, 48), "rgb", TO_PNG), bytes(data), OPERATIONS)
    assert isinstance(answer, Failed)
    assert answer.why == "decoder"
