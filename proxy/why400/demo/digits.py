"""The digits classifier, with numpy alone: one hidden layer, weights from `tools/train_digits.py`."""

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Digits = npt.NDArray[np.uint8]

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""The weights of red, green and blue in gray (ITU-R BT.601)."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights of a network 64 -> 64 -> 10, its accuracy on held-out digits, and those digits (n, 8, 8) with labels."""

    hidden: Array
    hidden_bias: Array
    output: Array
    output_bias: Array
    accuracy: float
    held_out: Digits
    labels: Digits

    def digit(self, ink: Array) -> int:
        """The digit in an (8, 8) array of ink, 0 (paper) to 1."""
        activity = np.maximum(ink.reshape(64) @ self.hidden + self.hidden_bias, 0)
        return int(np.argmax(activity @ self.output + self.output_bias))


def load() -> Classifier:
    """Read the weights that lie beside this module."""
    with as_file(files(__package__) / "digits.npz") as path, np.load(path) as stored:
        return Classifier(
            **{name: stored[name] for name in ("hidden", "hidden_bias", "output", "output_bias", "held_out", "labels")},
            accuracy=float(stored["accuracy"]),
        )


def ink_of(pixels: Digits) -> Array:
    """Dark ink on light paper, (height, width, 3) of 8 bits and at least 8 x 8, to (8, 8) ink from 0 to 1.

    Each of the 64 values is the mean of its block. Another shape is an error in numpy's or Python's own words.
    """
    height, width, _channels = pixels.shape
    rows, columns = height // 8, width // 8
    gray = pixels[: rows * 8, : columns * 8] @ LUMA
    blocks = gray.reshape(8, rows, 8, columns).mean(axis=(1, 3))
    ink: Array = (1 - blocks / 255).astype(np.float32)
    return ink
