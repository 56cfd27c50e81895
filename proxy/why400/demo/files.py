"""The sample files that a person can send by hand."""

from pathlib import Path

from why400.demo import samples as draw
from why400.demo.digits import Classifier


def write_samples(model: Classifier, folder: Path) -> int:
    """Write one digit in good and bad variants into `folder` (made where missing); gives the digit."""
    sample = draw.telling(model)
    upright = sample.picture
    files = {
        "good.jpg": draw.jpeg(upright),
        "plain.png": draw.png(upright),
        "transparent.png": draw.png(draw.transparent(upright)),
        "gray.jpg": draw.jpeg(draw.gray(upright)),
        "four-inks.jpg": draw.cmyk_jpeg(upright),
        "phone.jpg": draw.phone_jpeg(upright),
        "cut-off.jpg": draw.jpeg(upright)[:-700],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sample.digit
