"""Formats that are recognised by their first bytes and not read: what people send that few models take."""

import re
from collections.abc import Callable

from why400.image.reader import ANY_BYTE, Reader

_PNM = re.compile(rb"P[1-6](?:\s|#[^\n]*\n)+\d+\s+\d+\s|P7\s+WIDTH|P[Ff]\s+\d+\s+\d+\s")
_PICKLE = re.compile(rb"\x80(?:[\x04\x05]\x95|[\x02\x03][\](}cX\x8cKJU)N])")


def _prefix(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magics)


def _row(
    name: str,
    media_type: str,
    extensions: str,
    starts: bytes,
    matches: Callable[[bytes], bool],
) -> Reader:
    return Reader(name, (media_type,), tuple(extensions.split()), starts, matches)


READERS = (
    _row("ico", "image/vnd.microsoft.icon", "ico cur", b"\0", _prefix(b"\0\0\1\0", b"\0\0\2\0")),
    _row("icns", "image/icns", "icns", b"i", _prefix(b"icns")),
    _row("jpeg2000", "image/jp2", "jp2 j2k jpx", b"\0\xff", _prefix(b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")),
    _row("jpegxl", "image/jxl", "jxl", b"\0\xff", _prefix(b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")),
    _row("pnm", "image/x-portable-anymap", "pnm pbm pgm ppm pam pfm", b"P", lambda head: bool(_PNM.match(head))),
    _row("psd", "image/vnd.adobe.photoshop", "psd psb", b"8", _prefix(b"8BPS\0\1", b"8BPS\0\2")),
    _row("openexr", "image/x-exr", "exr", b"\x76", _prefix(b"\x76\x2f\x31\x01")),
    _row("radiance", "image/vnd.radiance", "hdr", b"#", _prefix(b"#?RADIANCE", b"#?RGBE")),
    _row("dds", "image/vnd.ms-dds", "dds", b"D", _prefix(b"DDS \x7c\0\0\0")),
    _row("eps", "application/postscript", "eps ps", b"%\xc5", _prefix(b"%!PS", b"\xc5\xd0\xd3\xc6")),
    _row("pdf", "application/pdf", "pdf", b"%", _prefix(b"%PDF-")),
    _row("zip", "application/zip", "zip npz", b"P", _prefix(b"PK\3\4", b"PK\5\6")),
    _row("gzip", "application/gzip", "gz tgz", b"\x1f", _prefix(b"\x1f\x8b\x08")),
    _row("zstd", "application/zstd", "zst", b"\x28", _prefix(b"\x28\xb5\x2f\xfd")),
    _row("npy", "application/octet-stream", "npy", b"\x93", _prefix(b"\x93NUMPY")),
    _row("pickle", "application/octet-stream", "pkl pickle", b"\x80", lambda head: bool(_PICKLE.match(head))),
    _row("hdf5", "application/x-hdf5", "h5 hdf5", b"\x89", _prefix(b"\x89HDF\r\n\x1a\n")),
    _row("mp4", "video/mp4", "mp4 mov m4v", b"\0", lambda head: head[4:8] == b"ftyp" and len(head) >= 12),
    _row("matroska", "video/webm", "webm mkv", b"\x1a", _prefix(b"\x1a\x45\xdf\xa3")),
    _row(
        "safetensors",
        "application/octet-stream",
        "safetensors",
        ANY_BYTE,
        lambda head: head[4:8] == b"\0\0\0\0" and head[8:10] == b'{"',
    ),
    _row("dicom", "application/dicom", "dcm", ANY_BYTE, lambda head: head[128:132] == b"DICM"),
)
"""The rows for `ftyp` and for any first byte stand last: the first reader that matches is taken."""
