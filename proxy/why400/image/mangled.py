"""What is left of an image after it went through text: decoded and encoded again, or with its line ends changed."""

import codecs
import re
from collections.abc import Callable

from why400.image.facts import Damage
from why400.image.reader import Source

_LOOKED_AT = 4096
_REPLACED = "\ufffd"
_REPLACED_BYTES = _REPLACED.encode()

_SIGNATURES = (
    (_REPLACED_BYTES + b"PNG", "a PNG decoded as UTF-8: its bytes above 7F became EF BF BD and are lost"),
    (b"\xc3\xbf\xc3\x98\xc3\xbf", "a JPEG decoded as Latin-1 and encoded as UTF-8"),
    (b"\xc2\x89PNG", "a PNG decoded as Latin-1 and encoded as UTF-8"),
    (b"\xe2\x80\xb0PNG", "a PNG decoded as Windows-1252 and encoded as UTF-8"),
    (b"\x89PNG\n\x1a\n", "a PNG whose CR LF became LF"),
    (b"\x89PNG\r\r\n\x1a\r\n", "a PNG whose LF became CR LF"),
    (b"\x89PNG\r\n\x1a\r\n", "a PNG whose LF became CR LF"),
    (b"\x89PNG\n\n\x1a\n", "a PNG whose CR became LF"),
    (b"\x09PNG\r\n\x1a\n", "a PNG of which only seven bits a byte are left"),
    (b"PNG\r\n\x1a\n", "a PNG decoded with its undecodable bytes left out"),
    (b"\0\x10JFIF\0", "a JPEG decoded with its undecodable bytes left out"),
    (b"\x7fX\x7f", "a JPEG of which only seven bits a byte are left"),
    (b"????\0\x10JFIF", "a JPEG with a question mark for each byte above 7F"),
    (b"?PNG\r\n\x1a\n", "a PNG with a question mark for each byte above 7F"),
)
_WITHOUT_ZEROS = (b"\xff\xd8\xff\xe0\x10JFIF", b"\x89PNG\r\n\x1a\n\rIHDR")
"""How a JPEG and a PNG begin, but for the zeros of their first length."""

_LEFT_OUT = re.compile(
    rb"(?P<asked>\?{2,4}[\0-\x7f]{0,2})?[\0-\x7f]{0,2}(?:JFIF\0|Exif\0\0)|RIFF[\0-\x7f]{0,3}WEBPVP8[ LX]", re.DOTALL
)
"""A JPEG without the bytes above 7F in front of its first segment's name, a WebP without those of its size."""

_DAMAGED = (
    (0, b"\x89PNG\r\n\x1a\n", 4, re.compile(rb".{8}\0\0\0\rIHDR", re.DOTALL), "a PNG"),
    (0, b"\xff\xd8\xff", 2, re.compile(rb".{6}(?:JFIF|Exif)\0", re.DOTALL), "a JPEG"),
    (0, b"RIFF", 2, re.compile(rb".{8}WEBPVP8[ LX]", re.DOTALL), "a WebP"),
    (8, b"WEBP", 2, re.compile(rb"RIFF.{8}VP8[ LX]", re.DOTALL), "a WebP"),
    (0, b"GIF89a", 5, re.compile(rb".{13}", re.DOTALL), "a GIF"),
    (0, b"GIF87a", 5, re.compile(rb".{13}", re.DOTALL), "a GIF"),
    (0, b"BM", 1, re.compile(rb".{6}\0{4}.{4}[\x28\x6c\x7c]\0{3}", re.DOTALL), "a BMP"),
)
"""Where a signature stands, how many of its bytes are enough, what stands around it, and whose it is."""

_REMAINS = tuple(signature for signature, _ in _SIGNATURES)
_BINARY = re.compile(r"[\0-\x08\x0e-\x1a]")
_ABOVE_ASCII = re.compile(r"[^\0-\x7f]")
_MAGIC = re.compile(
    rb"\xff\xd8\xff[\xc0-\xfe]|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*"
    rb"|BM.{4}\0{4}..\0\0[\x28\x38\x6c\x7c]\0\0\0|\0\0\0.ftyp(?:avi[fs]|hei[cx]|mif1|msf1)",
    re.DOTALL,
)
_FEW, _MANY, _SORTS = 3, 32, 8
_SEARCHED, _MANY_ENDS, _MANY_ESCAPES = 64 * 1024, 4, 8
_COUNTED, _ENOUGH_TO_COUNT, _ENOUGH_TEXT, _VARIOUS = 8192, 4096, 256, 16
_WINDOWS = frozenset("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
"""The characters of Windows-1252 that Latin-1 has not."""
_BEGINNINGS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rb"\x89(?:P|PN|PNG\r?\n?\x1a?)?\Z",
        rb"\xff\xd8?\Z",
        rb"GIF8?[79]?\Z",
        rb"RIFF.{0,7}\Z",
        rb"BM.{0,23}\Z",
        rb"(?:II\*|MM\0)\Z",
        rb"\0\0\0.(?:f|ft|fty|ftyp.{0,7})?\Z",
    )
)


def text_damage(head: Source) -> Damage | None:
    """Damage by text handling that the first bytes show, at most 4 KiB of them.

    Three things prove it: the remains of a signature; replacement characters in bytes that are binary and yet
    clean UTF-8; clean UTF-8 with many and various characters of Latin-1 alone, which no compressed data is.
    """
    start = bytes(head[:_LOOKED_AT])
    remains = signature_damage(start)
    if remains is not None:
        return remains
    text = _as_utf8(start)
    if text.isascii() or not _BINARY.search(text):
        return None
    if text.count(_REPLACED) >= _FEW:
        because = "decoded as UTF-8: its bytes above 7F became EF BF BD and are lost"
        return Damage("text-mangled", start.find(_REPLACED_BYTES), because)
    above = _ABOVE_ASCII.findall(text)
    if len(above) >= _MANY and len(set(above)) >= _SORTS and max(set(above) - _WINDOWS, default="") <= "\xff":
        return Damage("text-mangled", text.index(above[0]), "decoded as Latin-1 and encoded as UTF-8")
    return None


def signature_damage(start: bytes) -> Damage | None:
    """What the remains of a signature show."""
    if start.startswith(_REMAINS):
        return Damage("text-mangled", 0, next(because for magic, because in _SIGNATURES if start.startswith(magic)))
    left = _LEFT_OUT.match(start)
    if left is None:
        return None
    because = "a question mark for each byte above 7F" if left["asked"] else "decoded, its undecodable bytes left out"
    return Damage("text-mangled", 0, because)


def signature_broken(head: Source) -> Damage | None:
    """A picture of a usual format but for some bytes of its signature: what stands behind that is as it should be."""
    start = bytes(head[:32])
    for at, signature, enough, around, whose in _DAMAGED:
        right = sum(one == other for one, other in zip(start[at:], signature, strict=False))
        if enough <= right < len(signature) and around.match(start):
            return Damage("corrupt", at, f"{whose} but for its signature: {right} of {len(signature)} bytes are right")
    return None


def written_out(start: bytes) -> Damage | None:
    """Binary data written as a text of their own: by Python's `str(data)`, or in UTF-16."""
    if start[:2] in (b"b'", b'b"') and start.count(b"\\x") >= _MANY_ESCAPES:
        return Damage("text-mangled", 0, "bytes as Python writes them: str(data) in the place of data")
    text = start[2:].decode("utf-16-le", "ignore") if start[:2] == codecs.BOM_UTF16_LE else ""
    if text and max(text) <= "\xff" and len(_BINARY.findall(text)) >= _MANY_ESCAPES:
        return Damage("text-mangled", 0, "decoded as Latin-1 and encoded as UTF-16")
    return None


def line_ends(data: Source) -> Damage | None:
    """Every LF of a picture has a CR in front: by chance that happens to one in 256."""
    start = bytes(data[:_SEARCHED])
    ends = start.count(b"\n")
    if ends < _MANY_ENDS or start.count(b"\r\n") < ends:
        return None
    return Damage("text-mangled", start.find(b"\r\n"), "each of its LF became CR LF")


def through_text(data: Source) -> Damage | None:
    """What went through text as the bytes of a whole and broken picture show, whose format packs its pixels tightly.

    Such bytes have all values alike: that one of 4 KiB has not one CR happens once in ten million files, that 256 of
    them are clean UTF-8 never.
    """
    start = bytes(data[:_COUNTED])
    if start.startswith(_WITHOUT_ZEROS):
        return Damage("text-mangled", 0, "its zero bytes were taken out")
    if len(start) >= _ENOUGH_TO_COUNT and b"\r" not in start and len(set(start)) == 255:
        return Damage("text-mangled", 0, "there is not one CR in it: its line ends were changed")
    if len(start) < _ENOUGH_TEXT or len(set(start)) < _VARIOUS or not _as_utf8(start[:_LOOKED_AT]):
        return None
    words = "no byte above 7F is left in it" if start.isascii() else "what is not UTF-8 was left out of it"
    return Damage("text-mangled", 0, words)


def cut_signature(start: bytes) -> Damage | None:
    """A whole file of a few bytes, which are the first of a picture's signature."""
    if any(signature.match(start) for signature in _BEGINNINGS):
        return Damage("truncated", len(start), "the file ends inside its signature")
    return None


def junk_before(head: Source) -> Damage | None:
    """Bytes in front of an image of a usual format, found in the first 1 KiB; `offset` is where the image begins."""
    found = _MAGIC.search(bytes(head[:1024]))
    if found is None or found.start() == 0:
        return None
    return Damage("junk-before", found.start(), f"{found.start()} bytes in front of the image's first byte")


def _as_utf8(start: bytes) -> str:
    """The bytes as text, or nothing where they are no UTF-8; the last character may be cut off."""
    decode: Callable[[bytes], str] = codecs.getincrementaldecoder("utf-8")().decode
    try:
        return decode(start)
    except UnicodeDecodeError:
        return ""
