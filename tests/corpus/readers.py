"""All readers in the order in which they are collected: by the name of their file."""

from why400.image import avif_heif, bmp, gif, jpeg, others, png, texts, tiff, webp

ALL = (
    *avif_heif.READERS,
    bmp.READER,
    gif.READER,
    jpeg.READER,
    *others.READERS,
    png.READER,
    *texts.READERS,
    tiff.READER,
    webp.READER,
)
