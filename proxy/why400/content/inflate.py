"""One content coding taken off: gzip (RFC 1952), deflate (RFC 1950 and 1951), br (RFC 7932), zstd (RFC 8878).

However large a body would become, no more than `limit` bytes of it are made, and no decoder holds more than its window:
32 KiB of deflate, 16 MiB of brotli, 8 MiB of zstd (RFC 9659 section 3; frames that want more cannot be read).
"""

import sys
import zlib
from collections.abc import Callable
from typing import Any, Literal, Protocol

State = Literal["cut", "corrupt", "more", "ended"]
"""The stream ends in its middle, is none, goes on beyond the limit, or has ended."""

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW_LOG = 23
_PIECE = 16 * 1024
_BYTES_A_STREAM = 4 * 1024
_FEWEST_STREAMS = 64


class _Decoder(Protocol):
    """What zlib and zstd have in common."""

    @property
    def eof(self) -> bool:
        """One stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What was given behind its end."""

    def decompress(self, data: Any, max_length: int, /) -> bytes:
        """At most so many bytes; what is left over comes with the next call, for zlib by `unconsumed_tail`."""


def inflate(name: str, data: bytes | bytearray, limit: int) -> tuple[bytes, State]:
    """At most `limit` bytes of what `data` holds or starts, and how it ended. What is no such stream is `corrupt`."""
    if name == "br":
        return _brotli(data, limit)
    if name == "zstd":
        return _streams(_zstd, data, limit, ZSTD_MAGIC)
    if name == "gzip":
        return _streams(lambda: zlib.decompressobj(zlib.MAX_WBITS | 16), data, limit, GZIP_MAGIC)
    wrapped = _streams(lambda: zlib.decompressobj(zlib.MAX_WBITS), data, limit)
    # RFC 9110 section 8.4.1.2: some send the deflated data without the zlib format around it.
    return wrapped if wrapped[1] != "corrupt" else _streams(lambda: zlib.decompressobj(-zlib.MAX_WBITS), data, limit)


def _streams(
    make: Callable[[], _Decoder], data: bytes | bytearray, limit: int, magic: bytes = b""
) -> tuple[bytes, State]:
    """Streams one after another, as `cat` makes them of files. Bytes behind them that start none are left."""
    view, got, at = memoryview(data), 0, 0
    made: list[bytes] = []
    for _ in range(max(_FEWEST_STREAMS, limit // _BYTES_A_STREAM)):
        decoder = make()
        while not decoder.eof:
            try:
                piece, at = _next(decoder, view, at, limit + 1 - got)
            except Exception:  # zlib.error, ZstdError: each library has its own
                return b"".join(made), "corrupt"
            made.append(piece)
            got += len(piece)
            if got > limit:
                made[-1] = piece[: limit - got]
                return b"".join(made), "more"
            if at >= len(view) and not decoder.eof:
                return b"".join(made), "cut"
        if not magic or view[at : at + len(magic)] != magic:
            return b"".join(made), "ended"
    return b"".join(made), "more"


def _next(decoder: _Decoder, view: memoryview, at: int, room: int) -> tuple[bytes, int]:
    """What the next piece of the data becomes, at most `room` bytes, and how far the data was taken in."""
    given = view[at : at + _PIECE]
    piece = decoder.decompress(given, room)
    kept = getattr(decoder, "unconsumed_tail", b"")
    return piece, at + len(given) - len(decoder.unused_data if decoder.eof else kept)


def _zstd() -> _Decoder:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})


def _brotli(data: bytes | bytearray, limit: int) -> tuple[bytes, State]:
    import brotli

    decoder = brotli.Decompressor()
    try:
        made = decoder.process(data, output_buffer_limit=limit + 1)
    except brotli.error:
        return b"", "corrupt"
    if len(made) > limit:
        return made[:limit], "more"
    if decoder.is_finished():
        return made, "ended"
    return made, "cut" if decoder.can_accept_more_data() else "more"
