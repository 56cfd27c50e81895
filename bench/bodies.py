"""The four bodies, made from a seed: noise pictures of the sizes that models get."""

import base64
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request: its name, where it goes, what it says it is, how large its image is, and how many a second
    every contender can hold."""

    name: str
    path: str
    media_type: str
    image_bytes: int
    rate: float


BODIES = (
    Case("9 KB image", "/predict", "image/jpeg", 9_000, 100),
    Case("67 KB image", "/predict", "image/jpeg", 67_000, 50),
    Case("566 KB image", "/predict", "image/jpeg", 566_000, 12),
    Case("1 MB in JSON", "/predict-json", "application/json", 750_000, 8),
)


def jpeg(size: int, seed: int = 400) -> bytes:
    """A noisy JPEG of about `size` bytes: its height is what makes the size."""
    noise = random.Random(seed)
    width = 160 if size < 20_000 else 640

    def encoded(height: int) -> bytes:
        out = io.BytesIO()
        small = Image.frombytes(
            "RGB", (width // 4, max(1, height // 4)), noise.randbytes(width // 4 * max(1, height // 4) * 3)
        )
        small.resize((width, height)).save(out, "JPEG", quality=90)
        return out.getvalue()

    height = 200
    height = max(8, round(height * size / len(encoded(height))))
    return encoded(height)


def large_jpeg(size: int) -> bytes:
    """A JPEG of at least `size` bytes, quickly: noise, and what is missing behind its end."""
    out = io.BytesIO()
    side = int((size * 0.9) ** 0.5)
    Image.effect_noise((side, side), 80).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue().ljust(size, b"\0")


def write_bodies(folder: Path) -> dict[str, Path]:
    """Each case's body in a file."""
    files = {}
    for case in BODIES:
        image = jpeg(case.image_bytes)
        in_json = case.media_type == "application/json"
        body = json.dumps({"image": base64.b64encode(image).decode()}).encode() if in_json else image
        files[case.name] = folder / case.name.replace(" ", "-")
        files[case.name].write_bytes(body)
    return files
