"""The image formats that are decoded and made here, and what each can hold."""

from dataclasses import dataclass

from why400.image.facts import Color


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name in facts and in Pillow, its media type, the colours and bit depths that we write in it.

    `exif` says that we can write EXIF into it, `lossy` that what we write is not pixel for pixel what we had,
    `turns` that its decoder has turned the picture as its orientation says. `made` False: it is only read, and becomes
    `JPEG` or, with alpha, `PNG`; `extra` is the extra of this distribution that reads it. The first colour is what a
    picture becomes that has none of them. `weight` is how many bytes of memory its decoder takes for a pixel at
    least (`decoding/heaviness.py` says when it is more); 0: no more than the picture itself.
    """

    name: str
    pillow: str
    media_type: str
    colors: tuple[Color, ...]
    depths: tuple[int, ...] = (8,)
    exif: bool = True
    lossy: bool = False
    turns: bool = False
    made: bool = True
    extra: str | None = None
    weight: float = 0

    def nearest(self, color: Color | None) -> Color:
        """The colour that keeps most of `color` in this format."""
        for wanted in _KEEPS[color or "rgb"]:
            if wanted in self.colors:
                return wanted
        return self.colors[0]


_KEEPS: dict[Color, tuple[Color, ...]] = {
    "rgb": ("rgb",),
    "rgba": ("rgba", "rgb"),
    "gray": ("gray", "rgb"),
    "gray-alpha": ("gray-alpha", "rgba", "gray"),
    "palette": ("palette", "rgba", "rgb"),
    "cmyk": ("cmyk", "rgb"),
}

FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("jpeg", "JPEG", "image/jpeg", ("rgb", "gray", "cmyk"), lossy=True),
        Format("png", "PNG", "image/png", ("rgb", "rgba", "gray", "gray-alpha", "palette"), (8, 16)),
        Format("webp", "WEBP", "image/webp", ("rgb", "rgba"), lossy=True, weight=4.2),
        Format("gif", "GIF", "image/gif", ("palette",), exif=False),
        Format("bmp", "BMP", "image/bmp", ("rgb",), exif=False),
        Format("tiff", "TIFF", "image/tiff", ("rgb", "rgba", "gray", "cmyk"), (8, 16), exif=False, turns=True),
        Format("avif", "AVIF", "image/avif", ("rgb", "rgba", "gray"), lossy=True, made=False, weight=4.1),
        Format(
            "heif",
            "HEIF",
            "image/heic",
            ("rgb", "rgba", "gray"),
            lossy=True,
            turns=True,
            made=False,
            extra="heif",
            weight=4.6,
        ),
    )
}
"""Never decoded, whatever Pillow could: formats whose decoders have a bad record (EPS, ICO, ICNS, JPEG 2000, PSD)."""

MADE = tuple(name for name, format in FORMATS.items() if format.made)


def made_as(format: str, *, alpha: bool | None) -> Format:
    """The format in which a picture of `format` is written: its own where that is made here."""
    found = FORMATS[format]
    return found if found.made else FORMATS["png" if alpha else "jpeg"]


BACKGROUNDS: dict[str, tuple[int, int, int]] = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "gray": (128, 128, 128),
}


def background_of(word: str) -> tuple[int, int, int]:
    """The sRGB value of `white`, `black`, `gray` or `#rrggbb`."""
    if word in BACKGROUNDS:
        return BACKGROUNDS[word]
    red, green, blue = bytes.fromhex(word.removeprefix("#"))
    return red, green, blue
