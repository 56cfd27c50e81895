"""The model that all servers share: a colour classifier that takes three channels, as most image models do."""

import numpy as np
from PIL import Image

LABELS = ("red", "green", "blue")


def classify(picture: Image.Image) -> str:
    """The strongest colour of a picture; raises what numpy raises where it has not three channels."""
    pixels = np.asarray(picture.resize((32, 32)), dtype=np.float32) / 255
    batch = pixels.reshape(1, 32, 32, 3)
    return LABELS[int(batch.mean(axis=(0, 1, 2)).argmax())]
