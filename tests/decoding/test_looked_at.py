"""Files decoded only to see whether they can be: what decoders mend in silence is told, and what kind of damage it is."""

import io
import random

import numpy as np
import pytest
from PIL import Image as Pillow

from corpus.make import picture
from corpus.readers import ALL
from fixes.made import image
from why400.decoding import whole_jpeg
from why400.decoding.render import render
from why400.exchange import Image
from why400.fixes.answer import Done, Failed
from why400.fixes.decodable import too_much_together
from why400.fixes.fix import CannotFix
from why400.fixes.plan_image import ImageJob, looked_at
from why400.image.facts import ImageFacts
from why400.image.look import damage, look
from why400.locations.found import FoundImage

SIZE = (320, 240)


def noise(size: tuple[int, int] = SIZE, seed: int = 400) -> Pillow.Image:
    return Pillow.fromarray(np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    noise().convert(mode).save(out, "JPEG", **options)
    return out.getvalue()


def job(data: bytes) -> ImageJob:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts)
    made = looked_at(Image(FoundImage("body", "binary", 0, None, b""), facts))
    assert isinstance(made, ImageJob)
    return made


def verdict(data: bytes) -> tuple[str, int] | None:
    """Kind and place of the damage that decoding shows; None where there is none."""
    answer = render(job(data), data, {})
    if isinstance(answer, Done):
        assert answer.data == b""
        return None
    assert isinstance(answer, Failed)
    assert answer.damage is not None, answer
    return answer.damage.kind, answer.damage.offset


JPEGS = {
    "baseline": jpeg(quality=85),
    "progressive": jpeg(quality=85, progressive=True),
    "restart markers": jpeg(quality=85, restart_marker_rows=1),
    "gray": jpeg("L"),
    "four inks": jpeg("CMYK"),
}


@pytest.mark.parametrize("data", JPEGS.values(), ids=JPEGS)
def test_a_sound_jpeg_is_sound(data: bytes) -> None:
    assert verdict(data) is None


@pytest.mark.parametrize("data", JPEGS.values(), ids=JPEGS)
@pytest.mark.parametrize("share", [0.3, 0.6])
def test_its_data_are_overwritten_and_the_place_is_told(data: bytes, share: float) -> None:
    at = int(len(data) * share)
    kind, place = verdict(data[:at] + b"\0\x55" * 40 + data[at + 80 :]) or ("", 0)
    assert kind == "corrupt"
    assert place >= at - 1024


@pytest.mark.parametrize("name", ["baseline", "gray", "four inks", "restart markers"])
@pytest.mark.parametrize("share", [0.4, 0.8])
def test_a_jpeg_that_was_cut_and_ended_again_is_cut(name: str, share: float) -> None:
    """An end marker behind the cut: its structure is whole, and decoders fill the rest with gray."""
    data = JPEGS[name]
    cut = data[: int(len(data) * share)].rstrip(b"\xff") + b"\xff\xd9"
    assert damage(ALL, cut) is None
    assert (verdict(cut) or ("",))[0] == "truncated"


@pytest.mark.parametrize("data", JPEGS.values(), ids=JPEGS)
def test_bytes_are_missing_in_its_midst(data: bytes) -> None:
    assert (verdict(data[: len(data) // 2] + data[len(data) // 2 + 500 :]) or ("",))[0] == "corrupt"


def test_most_flipped_bytes_of_a_jpeg_are_seen() -> None:
    """Some make another valid picture, which nobody can know; eight of them in a row never do."""
    rng = random.Random(400)
    found = 0
    for _ in range(60):
        data = bytearray(JPEGS["baseline"])
        at = rng.randrange(1000, len(data) - 100)
        data[at : at + 8] = bytes(byte ^ 0xFF for byte in data[at : at + 8])
        found += damage(ALL, bytes(data)) is not None or verdict(bytes(data)) is not None
    assert found >= 57


def test_where_complaints_cannot_be_heard_a_jpeg_is_as_sound_as_its_decoder_says(monkeypatch) -> None:
    monkeypatch.setattr(whole_jpeg, "_ear", lambda: None)
    data = JPEGS["baseline"]
    assert verdict(data[: len(data) // 2] + data[len(data) // 2 + 500 :]) is None


def gif_with_broken_codes() -> bytes:
    data = bytearray(picture("gif", "palette", size=(160, 120)))
    data[len(data) // 2 : len(data) // 2 + 30] = bytes(30)
    return bytes(data)


def second_frame_broken(form: str) -> bytes:
    data = bytearray(picture(form, "rgb", size=(160, 120), frames=2, lossless=True))
    data[-len(data) // 4 : -len(data) // 4 + 40] = b"\xff" * 40
    return bytes(data)


OTHERS = {
    "a GIF whose codes are none": (gif_with_broken_codes(), "corrupt"),
    "a WebP overwritten": (second_frame_broken("webp"), "corrupt"),
    **{f"a sound {form}": (picture(form, "palette" if form == "gif" else "rgb"), None)
       for form in ("png", "webp", "gif", "bmp", "tiff")},
    **{f"a sound {form} of 3 frames": (picture(form, "palette" if form == "gif" else "rgb", frames=3), None)
       for form in ("png", "webp", "gif", "tiff")},
}  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), OTHERS.values(), ids=OTHERS)
def test_other_formats(data: bytes, kind: str | None) -> None:
    found = verdict(data)
    assert (found[0] if found else None) == kind


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"format": "jpeg2000"}, "jpeg2000 is not decoded here"),
        ({"size": (9000, 9000)}, "81 MP"),
        ({"format": "png", "size": (1, 65_536)}, "a side of 65,536 pixels, the longest worked on has 65,535"),
        ({"format": "webp", "size": (8000, 6000)}, "its 48 MP takes 202 MB of memory, more than the 136 MB"),
    ],
    ids=["a format that is not", "more than anything", "a side too long", "more memory than one image is given"],
)
def test_what_is_not_tried(facts: dict[str, object], words: str) -> None:
    made = looked_at(image(**facts))
    assert isinstance(made, CannotFix)
    assert words in made.because


def test_a_large_jpeg_is_decoded_small() -> None:
    made = looked_at(image("jpeg", (8000, 7000)))
    assert isinstance(made, ImageJob)
    assert (made.draft, made.encode, made.steps) == ((1, 1), None, ())


@pytest.mark.parametrize(
    ("images", "words"),
    [
        ([("png", (8000, 8000))], None),
        ([("png", (4000, 4000))] * 4, None),
        ([("png", (4000, 4000))] * 5, "the request's 5 images are as much work as 80 MP, more than the 64 MP"),
        ([("jpeg", (4000, 3000))] * 21, None),
        ([("jpeg", (4000, 3000))] * 22, "the request's 22 images are as much work as 66 MP"),
        ([("png", (8, 8))] * 640, None),
        ([("png", (8, 8))] * 641, "the request's 641 images"),
    ],
    ids=["one", "some", "too many", "photos", "too many photos", "icons", "too many icons"],
)
def test_what_all_images_of_a_request_may_take(images: list[tuple[str, tuple[int, int]]], words: str | None) -> None:
    because = too_much_together(ImageFacts(form, None, *size) for form, size in images)
    assert (because is None) if words is None else (because is not None and because.startswith(words))
