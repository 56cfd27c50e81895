"""The good pictures: every format with the colours, depths, turns and frames that it can have."""

from collections.abc import Iterator

from corpus.make import Case

SIZES = ((1, 1), (64, 48), (33, 200))


def good() -> Iterator[Case]:
    """Some three hundred pictures, each labelled by the words that made it."""
    for size in SIZES:
        yield from _colors(size)
    yield from _turned()
    yield from _animated()
    yield from _profiled()


def _colors(size: tuple[int, int]) -> Iterator[Case]:
    for color in ("rgb", "gray", "cmyk"):
        yield Case("jpeg", color, size)
        yield Case("jpeg", color, size, progressive=True)
    for color, depths in (
        ("gray", (1, 2, 4, 8, 16)),
        ("palette", (1, 2, 4, 8)),
        ("rgb", (8, 16)),
        ("rgba", (8, 16)),
        ("gray-alpha", (8, 16)),
    ):
        for depth in depths:
            if (color, depth, size) == ("palette", 8, (1, 1)):
                continue  # Pillow packs one colour into one bit.
            yield Case("png", color, size, depth)
            if depth != 1 or color == "gray":
                yield Case("png", color, size, depth, progressive=True)
    for color in ("rgb", "rgba"):
        yield Case("webp", color, size)
        yield Case("webp", color, size, lossless=True)
        yield Case("bmp", color, size)
        yield Case("avif", color, size)
    yield Case("bmp", "palette", size)
    yield Case("bmp", "gray", size)
    yield Case("bmp", "gray", size, 1)
    for color in ("gray", "gray-alpha", "rgb", "rgba", "cmyk"):
        yield Case("tiff", color, size)
        yield Case("tiff", color, size, 16)
    yield Case("tiff", "gray", size, 1)
    yield Case("tiff", "palette", size)
    yield Case("gif", "palette", (size[0] + 60, size[1] + 60), 6)
    yield Case("gif", "palette", (size[0] + 60, size[1] + 60), 6, progressive=True)


def _turned() -> Iterator[Case]:
    for orientation in range(2, 9):
        for form in ("jpeg", "png", "webp", "tiff", "avif"):
            yield Case(form, orientation=orientation)
        yield Case("jpeg", "gray", (640, 480), orientation=orientation, progressive=True)
        yield Case("webp", "rgba", orientation=orientation, lossless=True)


def _animated() -> Iterator[Case]:
    for frames in (2, 3, 12):
        yield Case("png", "rgb", frames=frames)
        yield Case("webp", "rgb", frames=frames)
        yield Case("tiff", "rgb", frames=frames)
        yield Case("gif", "palette", depth=6, frames=frames)


def _profiled() -> Iterator[Case]:
    for profile in ("srgb", "lab"):
        for form in ("jpeg", "png", "webp", "tiff", "avif"):
            yield Case(form, profile=profile)
            yield Case(form, profile=profile, orientation=6)
