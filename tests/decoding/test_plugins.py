"""Formats whose decoders are not always installed: what is to be done about it is said."""

import pytest

from corpus.make import picture
from decoding.jobs import job
from fixes.made import OPERATIONS, read, step
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
