"""Good files gone bad: what kind of damage is found, and where."""

import io

import pytest
from PIL import Image

from corpus import by_hand
from corpus.damage import DAMAGES, spoil
from corpus.make import picture
from corpus.readers import ALL
from why400.image.facts import Damage
from why400.image.look import damage, look

SMOOTH = {
    "jpeg": picture("jpeg", size=(200, 150)),
    "png": picture("png", size=(64, 48)),
    "webp": picture("webp", size=(200, 150)),
    "gif": picture("gif", "palette", size=(64, 48)),
    "bmp": picture("bmp", size=(64, 48)),
    "tiff": picture("tiff", size=(64, 48)),
    "avif": picture("avif", size=(64, 48)),
}
EVERY = tuple(SMOOTH)

KINDS = [
    ("cut-in-head", EVERY, "truncated"),
    ("cut-in-half", EVERY, "truncated"),
    ("cut-last-bytes", EVERY, "truncated"),
    ("junk-after", ("jpeg", "png", "gif", "webp", "bmp"), "junk-after"),
    ("crlf-before", ("jpeg", "png", "gif", "webp"), "junk-before"),
    ("words-before", ("jpeg", "png", "gif", "webp"), "junk-before"),
    ("utf8-replaced", EVERY, "text-mangled"),
    ("latin1-as-utf8", EVERY, "text-mangled"),
    ("cp1252-as-utf8", ("jpeg", "png"), "text-mangled"),
    ("undecodable-dropped", ("jpeg", "png", "webp"), "text-mangled"),
    ("question-marks", ("jpeg", "png", "webp", "gif"), "text-mangled"),
    ("lf-to-crlf", ("png",), "text-mangled"),
    ("crlf-to-lf", ("png",), "text-mangled"),
    ("seven-bit", ("jpeg", "png", "webp", "gif"), "text-mangled"),
    ("bytes-that-are-no-utf8-dropped", ("jpeg", "png", "webp", "gif"), "text-mangled"),
    ("signature", ("jpeg", "png", "webp", "gif", "bmp"), "corrupt"),
    ("flipped-byte", ("png",), "corrupt"),
]
ROWS = [(form, name, kind) for name, forms, kind in KINDS for form in forms]


@pytest.mark.parametrize(("form", "name", "kind"), ROWS, ids=[f"{form} {name}" for form, name, _ in ROWS])
def test_the_kind_of_damage_is_told(form: str, name: str, kind: str) -> None:
    found = damage(ALL, spoil(SMOOTH[form], name))
    assert found is not None
    assert (found.kind, bool(found.because)) == (kind, True)


@pytest.mark.parametrize("name", ["utf8-replaced", "latin1-as-utf8", "crlf-before"])
@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "gif"])
def test_what_the_first_bytes_show_needs_no_whole_file(form: str, name: str) -> None:
    seen = look(ALL, spoil(SMOOTH[form], name)[:2048], False)
    assert isinstance(seen, Damage)


@pytest.mark.parametrize(("junk", "offset"), [(b"\r\n", 2), (b"\xef\xbb\xbf", 3), (b"x" * 300, 300)])
@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "gif"])
def test_junk_in_front_is_counted(form: str, junk: bytes, offset: int) -> None:
    found = look(ALL, junk + SMOOTH[form], True)
    assert isinstance(found, Damage)
    assert (found.kind, found.offset) == ("junk-before", offset)


@pytest.mark.parametrize("cut", [1, 2, 5, 100, 1000])
@pytest.mark.parametrize("form", EVERY)
def test_a_cut_is_found_where_it_is(form: str, cut: int) -> None:
    short = SMOOTH[form][: max(40, len(SMOOTH[form]) - cut)]
    found = damage(ALL, short)
    assert found is not None
    assert found.kind == "truncated"
    assert found.offset == len(short)


@pytest.mark.parametrize("form", EVERY)
def test_padding_after_the_end_harms_nobody(form: str) -> None:
    assert damage(ALL, SMOOTH[form] + b"\0" * 7 + b"\r\n") is None


PHONE_TRAILERS = {
    "a second picture (MPF)": SMOOTH["jpeg"],
    "padding, then a second picture": b"\0" * 32 + SMOOTH["jpeg"],
    "a film (motion photo)": b"\0\0\0\x18ftypmp42" + bytes(50),
    "a Samsung trailer": b"\0\0\x01\x0aImage_UTC_Data" + b"SEFH" + bytes(20) + b"SEFT",
}


@pytest.mark.parametrize("trailer", PHONE_TRAILERS.values(), ids=PHONE_TRAILERS.keys())
def test_what_phones_put_after_a_jpeg_is_no_damage(trailer: bytes) -> None:
    assert damage(ALL, SMOOTH["jpeg"] + trailer) is None


@pytest.mark.parametrize("text", [b"", b"hello", b"\xff", b"\x89PN", "größe � �  �".encode()])
def test_what_was_never_an_image_is_not_called_damaged(text: bytes) -> None:
    assert damage(ALL, text) is None


def test_a_flat_picture_whose_colour_is_valid_utf8_is_not_called_mangled() -> None:
    flat = bytearray(picture("bmp", size=(64, 48)))
    flat[54:] = "é ".encode() * ((len(flat) - 54) // 3)
    assert damage(ALL, flat) is None


def test_text_in_a_good_picture_may_hold_replacement_characters() -> None:
    comment = by_hand.chunk(b"tEXt", b"Comment\0" + "���������".encode())
    assert damage(ALL, by_hand.png(before=comment)) is None


def test_every_damage_of_the_corpus_is_in_a_row() -> None:
    assert {name for name, _, _ in KINDS} == set(DAMAGES)


EXIF_FIRST = picture("jpeg", size=(200, 150), orientation=6).replace(SMOOTH["jpeg"][2:20], b"", 1)


@pytest.mark.parametrize("name", ["undecodable-dropped", "question-marks", "bytes-that-are-no-utf8-dropped"])
def test_an_exif_block_is_not_taken_for_an_image_with_junk_in_front(name: str) -> None:
    seen = look(ALL, spoil(EXIF_FIRST, name), True)
    assert isinstance(seen, Damage)
    assert seen.kind == "text-mangled"


def test_a_large_file_without_a_single_cr_lost_them() -> None:
    Image.effect_noise((200, 150), 100).save(out := io.BytesIO(), "GIF")
    found = damage(ALL, out.getvalue().replace(b"\r", b""))
    assert found is not None
    assert (found.kind, "CR" in found.because) == ("text-mangled", True)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 8, 9, 10, 11])
def test_a_webp_with_a_flipped_byte_in_its_signature(at: int) -> None:
    data = bytearray(SMOOTH["webp"])
    data[at] ^= 0x20
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == ("corrupt", at // 8 * 8)
