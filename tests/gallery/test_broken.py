"""Broken files through the running proxy: each is answered within a second, with its true cause in front; none of those
that can be known gets to the model."""

import time

import pytest

from gallery import mishaps
from gallery.mishaps import FILES, HARMLESS, Mishap
from gallery.post import post
from scenarios.processes import Proxy

EVERYWHERE = [*mishaps.everywhere(), *mishaps.special()]
CHANGED = list(mishaps.changed())
ONLY_PIXELS = frozenset(
    {
        "jpeg, cut and ended again",
        "progressive, cut and ended again",
        "jpeg, taller than its data",
        "jpeg, shorter than its data",
        "jpeg, narrower than its data",
        "jpeg, called progressive",
        "jpeg, called lossless",
        "jpeg, without quantization",
        "png, half its data, checksums right",
        "png, half its rows, checksums right",
        "png, no data at all",
        "png, wrong sum of its data",
        "png, a filter that there is not",
        *(f"{form}, 300 bytes missing at {len(FILES[form]) * part // 4}"
          for form in ("jpeg", "progressive") for part in (2, 3)),
    }
)  # fmt: skip
"""Their structure is sound: a rule that asks for no more lets them pass, if nothing is to be converted."""


def is_named(proxy: Proxy, path: str, mishap: Mishap) -> None:
    began = time.monotonic()
    came = post(proxy, path, mishap.data)
    took = time.monotonic() - began
    assert (came.outcome, came.cause in mishap.causes) == ("rejected", True), came.causes
    assert took < 2.0


@pytest.mark.parametrize("mishap", [*EVERYWHERE, *CHANGED], ids=lambda one: one.name)
def test_with_intact_pixels(gallery: Proxy, mishap: Mishap) -> None:
    is_named(gallery, "/whole", mishap)


@pytest.mark.parametrize("mishap", [one for one in EVERYWHERE if one.name not in ONLY_PIXELS], ids=lambda one: one.name)
def test_with_rules_as_they_are_shipped(gallery: Proxy, mishap: Mishap) -> None:
    is_named(gallery, "/start", mishap)


@pytest.mark.parametrize(
    "mishap", [one for one in CHANGED if one.name.startswith(("jpeg", "prog"))], ids=lambda one: one.name
)
def test_a_fix_never_hides_damage(gallery: Proxy, mishap: Mishap) -> None:
    """No rule asks for whole pixels, a rotation is due: the decoder is asked, and believed."""
    turned = mishap.data[:2] + EXIF + mishap.data[2:]
    is_named(gallery, "/start", Mishap(mishap.name, turned, mishap.causes))


EXIF = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"


@pytest.mark.parametrize("harm", HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("form", FILES)
def test_what_harms_nobody_passes(gallery: Proxy, form: str, harm) -> None:
    data = harm(FILES[form])
    came = post(gallery, "/whole", data)
    assert (came.outcome, came.body == data) == ("forwarded", True), came.body


def test_where_it_is_only_observed_it_passes_and_is_on_record(gallery: Proxy) -> None:
    data = next(one for one in CHANGED if one.name.startswith("jpeg")).data
    came = post(gallery, "/observed", data)
    assert (came.outcome, came.body == data) == ("forwarded", True)
    record = gallery.record(came.id, patience=5)
    assert [finding["cause"] for finding in record["findings"]] == ["image.corrupt"]
    assert record["unchecked"] == []


@pytest.mark.parametrize("style", ["form", "json"])
def test_wherever_it_is_carried(gallery: Proxy, style: str) -> None:
    from scenarios.requests import base64_text, form, json_image

    data = next(one for one in CHANGED if one.name.startswith("jpeg")).data
    request = form(data, "image/jpeg") if style == "form" else json_image(base64_text(data))
    came = post(gallery, "/whole", request.body, dict(request.headers)["Content-Type"])
    assert (came.outcome, came.cause) == ("rejected", "image.corrupt")
