"""JPEG: rows of bytes and what must come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.by_hand import segment, with_segment
from corpus.make import exif, exif_with_space, picture, profile
from corpus.readers import ALL
from why400.image import jpeg
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, examine, look

PLAIN = picture("jpeg")
SOF = PLAIN.index(b"\xff\xc0")
SOS = PLAIN.index(b"\xff\xda")
XMP = b"http://ns.adobe.com/xap/1.0/\0<x/>"
ICC = profile("srgb")


def facts_of(data: bytes) -> ImageFacts:
    facts = look(ALL, data, False)
    assert isinstance(facts, ImageFacts), facts
    return facts


@pytest.mark.parametrize(
    ("marker", "content", "kind"),
    [
        (0xE1, b"Exif\0\0" + exif(1)[6:], "exif"),
        (0xE1, XMP, "xmp"),
        (0xE2, b"ICC_PROFILE\0\1\1" + ICC, "icc"),
        (0xED, b"Photoshop 3.0\x008BIM", "iptc"),
        (0xFE, b"made by hand", "comment"),
        (0xE1, b"something else", None),
        (0xE2, b"MPF\0", None),
        (0xE0, b"JFXX\0", None),
    ],
)
def test_metadata_kinds(marker: int, content: bytes, kind: str | None) -> None:
    assert facts_of(with_segment(PLAIN, marker, content)).metadata == ((kind,) if kind else ())


@pytest.mark.parametrize(
    ("block", "orientation", "space"),
    [
        (exif_with_space(1), 1, "sRGB"),
        (exif_with_space(2), 1, "Adobe RGB"),
        (exif_with_space(0xFFFF, b"R03"), 1, "Adobe RGB"),
        (exif_with_space(0xFFFF, b"R98"), 1, None),
        (exif_with_space(0xFFFF, b"R03", order=">"), 1, "Adobe RGB"),
        (exif(6).removeprefix(b"Exif\0\0"), 6, None),
        (exif(9).removeprefix(b"Exif\0\0"), 1, None),
        (exif(0).removeprefix(b"Exif\0\0"), 1, None),
        (b"II*\0\xff\xff\xff\xff", 1, None),
        (b"", 1, None),
        (b"MM", 1, None),
    ],
)
def test_what_exif_says(block: bytes, orientation: int, space: str | None) -> None:
    facts = facts_of(with_segment(PLAIN, 0xE1, b"Exif\0\0" + block))
    assert (facts.orientation, facts.profile) == (orientation, space)


def test_an_icc_profile_is_stronger_than_exif() -> None:
    both = with_segment(with_segment(PLAIN, 0xE1, b"Exif\0\0" + exif_with_space(2)), 0xE2, b"ICC_PROFILE\0\1\1" + ICC)
    assert facts_of(both).profile == "sRGB built-in"


def test_the_first_exif_holds() -> None:
    twice = with_segment(with_segment(PLAIN, 0xE1, b"Exif\0\0" + exif(3)[6:]), 0xE1, b"Exif\0\0" + exif(6)[6:])
    assert facts_of(twice).orientation == 6


FRAMES = [
    ("two components have no name", PLAIN[: SOF + 9] + b"\x02" + PLAIN[SOF + 10 :], {"color": None}),
    ("12 bits", PLAIN[: SOF + 4] + b"\x0c" + PLAIN[SOF + 5 :], {"bit_depth": 12}),
    ("arithmetic coding", PLAIN[: SOF + 1] + b"\xc9" + PLAIN[SOF + 2 :], {"progressive": False}),
    ("arithmetic, progressive", PLAIN[: SOF + 1] + b"\xca" + PLAIN[SOF + 2 :], {"progressive": True}),
    ("fill bytes before a marker", PLAIN[:SOF] + b"\xff" * 9 + PLAIN[SOF:], {"width": 64}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in FRAMES], ids=[row[0] for row in FRAMES])
def test_frame_headers(data: bytes, want: dict[str, object]) -> None:
    facts = facts_of(data)
    assert {name: getattr(facts, name) for name in want} == want


BROKEN = [
    ("no marker where one is due", PLAIN[:SOF] + b"\0\0" + PLAIN[SOF:], "corrupt", SOF),
    ("a reserved marker", PLAIN[:SOF] + b"\xff\x02\0\2" + PLAIN[SOF:], "corrupt", SOF),
    ("a segment length below two", PLAIN[:SOF] + b"\xff\xe5\0\1" + PLAIN[SOF:], "corrupt", SOF + 2),
    ("a scan before any frame", PLAIN[:2] + PLAIN[SOS:], "corrupt", 2),
    ("two frames", PLAIN[:SOF] + PLAIN[SOF : SOF + 19] + PLAIN[SOF:], "corrupt", SOF + 19),
    ("an end before any scan", PLAIN[:SOS] + b"\xff\xd9", "corrupt", SOS),
    ("nothing but a start", b"\xff\xd8\xff", "truncated", 3),
    ("cut inside a marker segment", PLAIN[: SOF + 5], "truncated", SOF + 5),
    ("no end marker", PLAIN[:-2], "truncated", len(PLAIN) - 2),
    ("half an end marker", PLAIN[:-1], "truncated", len(PLAIN) - 1),
    ("a reserved marker in the scan", PLAIN[:-2] + b"\xff\x05" + PLAIN[-2:], "corrupt", len(PLAIN) - 2),
    ("a frame in the scan", PLAIN[:-2] + PLAIN[SOF : SOF + 19] + PLAIN[-2:], "corrupt", len(PLAIN) - 2),
    ("words after the end", PLAIN + b"words", "junk-after", len(PLAIN)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


WHOLE = [
    ("restart markers", PLAIN[:-2] + b"\xff\xd0\x12\xff\xd7" + PLAIN[-2:]),
    ("stuffed FF", PLAIN[:-2] + b"\xff\x00\xff\x00" + PLAIN[-2:]),
    ("fill bytes before the end", PLAIN[:-2] + b"\xff\xff\xff" + PLAIN[-2:]),
    ("a comment after the scan", PLAIN[:-2] + segment(0xFE, b"late") + PLAIN[-2:]),
    ("several scans", picture("jpeg", progressive=True)),
]


@pytest.mark.parametrize("data", [row[1] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_whole_files(data: bytes) -> None:
    assert damage(ALL, data) is None


@pytest.mark.parametrize("data", [row[1] for row in WHOLE + BROKEN], ids=[row[0] for row in WHOLE + BROKEN])
def test_one_pass_says_what_two_say(data: bytes) -> None:
    assert examine(ALL, data) == (look(ALL, data, True), damage(ALL, data))


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_one_pass_says_what_two_say_of_changed_files(at: int, value: int) -> None:
    changed = PLAIN[:at] + bytes([value]) + PLAIN[at + 1 :]
    assert examine(ALL, changed) == (look(ALL, changed, True), damage(ALL, changed))


@pytest.mark.parametrize(
    ("size", "upto"),
    [(2, 6), (3, 6), (19, 20 + 4), (SOF + 6, SOF + 2 + 17)],
    ids=["at the start", "in a marker", "in the second marker", "in the frame header"],
)
def test_it_asks_for_what_is_missing(size: int, upto: int) -> None:
    assert jpeg.read(PLAIN[:size], False) == NeedMore(upto)


def test_once_the_frame_header_is_there_its_facts_come_with_the_question() -> None:
    answer = jpeg.read(PLAIN[: SOF + 25], False)
    assert isinstance(answer, NeedMore)
    assert answer.so_far == facts_of(PLAIN)


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_a_changed_byte_never_harms_the_reader(at: int, value: int) -> None:
    changed = PLAIN[:at] + bytes([value]) + PLAIN[at + 1 :]
    assert isinstance(jpeg.read(changed, True), ImageFacts | Damage)
    assert isinstance(jpeg.read(changed, False), ImageFacts | Damage | NeedMore)


@given(st.integers(2, len(PLAIN) - 1))
def test_every_cut_is_found(size: int) -> None:
    found = jpeg.structure(PLAIN[:size])
    assert found is not None
    assert (found.kind, found.offset) == ("truncated", size)


@pytest.mark.parametrize("at", [SOF + 5, SOF + 7], ids=["height", "width"])
def test_a_side_of_0_is_damage(at: int) -> None:
    """T.81 B.2.2 lets a height be told after the first scan (DNL); libjpeg and with it hardly anybody reads that."""
    found = look(ALL, PLAIN[:at] + b"\0\0" + PLAIN[at + 2 :], False)
    assert found == Damage("corrupt", SOF + 5, "a frame without width or height")


CODINGS = {0xC0: None, 0xC2: None, 0xC3: "lossless", 0xC5: "hierarchical", 0xC9: "arithmetic", 0xCA: "arithmetic"}


@pytest.mark.parametrize(("marker", "coding"), CODINGS.items(), ids=map(hex, CODINGS))
def test_the_coding_is_told_where_few_decoders_know_it(marker, coding):
    assert facts_of(PLAIN[: SOF + 1] + bytes([marker]) + PLAIN[SOF + 2 :]).coding == coding
