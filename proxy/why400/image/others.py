"""Formats that are recognised by their first bytes and not read: what people send that few models take."""

import re
from collections.abc import Callable

from why400.image.reader import ANY_BYTE, Reader

_PNM = re.compile(rb"P[1-6](?:\s|#[^\n]*\n)+\d+\s+\d+\s|P7\s+WIDTH|P[Ff]\s+\d+\s+\d+\s")
_ICON = re.compile(rb"\0\0[\x01\x02]\0(?!\0\0)..(?:.{3}\0|\Z)", re.DOTALL)
"""The kind, at least one picture, and the byte of its entry that is always 0."""

_TARGA = re.compile(
    rb"\0\0[\x02\x03\x0a\x0b]\0{5}.{4}(?!\0\0)..(?!\0\0)..[\x08\x0f\x10\x18\x20][\0-\x2f]"
    rb"|\0\x01[\x01\x09]\0\0..[\x0f\x10\x18\x20].{4}(?!\0\0)..(?!\0\0)..[\x08\x10][\0-\x2f]",
    re.DOTALL,
)
"""Truevision TGA has no magic: kind, colour map, origin, size, bits a pixel and alpha have to fit."""

_PCX = re.compile(rb"\x0a[\0\x02-\x05]\x01[\x01\x02\x04\x08]")
_SGI = re.compile(rb"\x01\xda[\0\x01][\x01\x02]\0[\x01-\x03]")
_XBM = re.compile(rb"#define\s+\S*_width\s+\d+\s")
_CAMERA = re.compile(rb".{4}ftypcrx |FUJIFILMCCD-RAW|II(?:RO|RS|U\0|\*\0.{4}CR\x02)", re.DOTALL)
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
    _row("ico", "image/vnd.microsoft.icon", "ico cur", b"\0", lambda head: bool(_ICON.match(head))),
    _row("icns", "image/icns", "icns", b"i", _prefix(b"icns")),
    _row("jpeg2000", "image/jp2", "jp2 j2k jpx", b"\0\xff", _prefix(b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")),
    _row("jpegxl", "image/jxl", "jxl", b"\0\xff", _prefix(b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")),
    _row("pnm", "image/x-portable-anymap", "pnm pbm pgm ppm pam pfm", b"P", lambda head: bool(_PNM.match(head))),
    _row("jpegxr", "image/jxr", "jxr wdp hdp", b"I", _prefix(b"II\xbc\1", b"II\xbc\0")),
    _row("cgbi", "image/png", "png", b"\x89", lambda head: head[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\4CgBI"),
    _row("mng", "video/x-mng", "mng", b"\x8a", _prefix(b"\x8aMNG\r\n\x1a\n")),
    _row("jng", "image/x-jng", "jng", b"\x8b", _prefix(b"\x8bJNG\r\n\x1a\n")),
    _row("qoi", "image/qoi", "qoi", b"q", _prefix(b"qoif")),
    _row("tga", "image/x-tga", "tga icb vda vst", b"\0", lambda head: bool(_TARGA.match(head))),
    _row("pcx", "image/vnd.zbrush.pcx", "pcx", b"\x0a", lambda head: bool(_PCX.match(head))),
    _row("sgi", "image/sgi", "sgi rgb bw", b"\1", lambda head: bool(_SGI.match(head))),
    _row("xpm", "image/x-xpixmap", "xpm", b"/", _prefix(b"/* XPM */")),
    _row("xbm", "image/x-xbitmap", "xbm", b"#", lambda head: bool(_XBM.match(head))),
    _row("fits", "image/fits", "fits fit fts", b"S", _prefix(b"SIMPLE  =")),
    _row("dpx", "image/x-dpx", "dpx", b"SX", _prefix(b"SDPX", b"XPDS")),
    _row("sun-raster", "image/x-sun-raster", "ras sun", b"\x59", _prefix(b"\x59\xa6\x6a\x95")),
    _row("xcf", "image/x-xcf", "xcf", b"g", _prefix(b"gimp xcf ")),
    _row("bpg", "image/bpg", "bpg", b"B", _prefix(b"BPG\xfb")),
    _row("flif", "image/flif", "flif", b"F", _prefix(b"FLIF")),
    _row("wmf", "image/wmf", "wmf", b"\xd7", _prefix(b"\xd7\xcd\xc6\x9a")),
    _row("emf", "image/emf", "emf", b"\1", lambda head: head[:4] == b"\1\0\0\0" and head[40:44] == b" EMF"),
    _row("camera-raw", "image/x-raw", "cr2 cr3 raf orf rw2", b"\0FI", lambda head: bool(_CAMERA.match(head))),
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
    _row("avi", "video/x-msvideo", "avi", b"R", lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI "),
    _row("wav", "audio/wav", "wav", b"R", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
    _row("parquet", "application/vnd.apache.parquet", "parquet", b"P", _prefix(b"PAR1")),
    _row("7z", "application/x-7z-compressed", "7z", b"7", _prefix(b"7z\xbc\xaf\x27\x1c")),
    _row("rar", "application/vnd.rar", "rar", b"R", _prefix(b"Rar!\x1a\x07")),
    _row("xz", "application/x-xz", "xz", b"\xfd", _prefix(b"\xfd7zXZ\0")),
    _row("bzip2", "application/x-bzip2", "bz2", b"B", lambda head: head[:3] == b"BZh" and head[4:10] == b"1AY&SY"),
    _row("mp4", "video/mp4", "mp4 mov m4v", b"\0", lambda head: head[4:8] == b"ftyp" and len(head) >= 12),
    _row("matroska", "video/webm", "webm mkv", b"\x1a", _prefix(b"\x1a\x45\xdf\xa3")),
    _row(
        "safetensors",
        "application/octet-stream",
        "safetensors",
        ANY_BYTE,
        lambda head: head[4:8] == b"\0\0\0\0" and head[8:10] == b'{"',
    ),
    _row("tar", "application/x-tar", "tar", ANY_BYTE, lambda head: head[257:262] == b"ustar"),
    _row("dicom", "application/dicom", "dcm", ANY_BYTE, lambda head: head[128:132] == b"DICM"),
)
"""The rows for `ftyp` and for any first byte stand last: the first reader that matches is taken."""
