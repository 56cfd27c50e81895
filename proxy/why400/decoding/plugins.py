"""What of Pillow's decoders is not always there: AVIF, which some builds leave out, and HEIC, which is a plugin."""

from functools import cache
from io import BytesIO

from PIL import Image

from why400.fixes.fix import NoDecoder
from why400.fixes.formats import Format

_OPTIONAL_CODINGS = ("jpeg", "lzma", "webp", "zstd")
"""What libtiff needs other libraries for."""


def ready(format: Format) -> None:
    """Make Pillow read the format. NoDecoder: it cannot, and what is to be installed."""
    if format.name == "avif" and not _reads_avif():
        raise NoDecoder("AVIF is not read by the Pillow that is installed; its own wheels do (pip install pillow)")
    if format.extra == "heif" and not _reads_heif():
        raise NoDecoder("HEIC is read by an extra that is not installed: pip install 'why400[heif]'")


@cache
def _reads_avif() -> bool:
    """Load Pillow's plugin at the first AVIF: its libraries weigh as much as all others."""
    from PIL import AvifImagePlugin

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    return AvifImagePlugin.SUPPORTED


@cache
def _reads_heif() -> bool:
    """Register pillow-heif (libheif), once in the life of a worker."""
    try:
        from pillow_heif import options, register_heif_opener
    except ImportError:
        return False
    options.DECODE_THREADS = 1
    register_heif_opener()
    return True


@cache
def reads_tiff_of(compression: str | None) -> bool:
    """Whether libtiff was built with this coding of strips and tiles, by Pillow's name for it: then it writes it too.

    Without it, its decoder calls every such file corrupt.
    """
    if compression not in _OPTIONAL_CODINGS:
        return True
    try:
        Image.new("RGB", (16, 16)).save(BytesIO(), "TIFF", compression=compression)
    except (OSError, RuntimeError, ValueError):
        return False
    return True
