"""Train the demo's digits model and write its weights: `python tools/train_digits.py`.

The data are the 1,797 handwritten digits that come with scikit-learn (8 x 8 pixels, ink 0 to 16). A quarter is held
out. The file gets the weights of one hidden layer, the held-out accuracy, and the held-out digits themselves, from
which the demo and its tests draw their sample pictures: so no picture that anybody sends was trained on.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

SEED = 400
TARGET = Path(__file__).parents[1] / "proxy/why400/demo/digits.npz"


def main() -> None:
    """Train, print the held-out accuracy, write the file."""
    data = load_digits()
    seen, held_out = train_test_split(
        np.arange(len(data.target)), test_size=0.25, random_state=SEED, stratify=data.target
    )
    network = MLPClassifier((64,), alpha=0.01, max_iter=800, random_state=SEED)
    network.fit(data.data[seen] / 16, data.target[seen])
    accuracy = network.score(data.data[held_out] / 16, data.target[held_out])
    print(f"held-out accuracy: {accuracy:.4f} of {len(held_out)} digits")
    write(network, accuracy, data.images[held_out], data.target[held_out])


def write(network: MLPClassifier, accuracy: float, images: np.ndarray, labels: np.ndarray) -> None:
    """Write weights (float32), accuracy, and the held-out digits (uint8) with their labels."""
    (hidden, output), (hidden_bias, output_bias) = network.coefs_, network.intercepts_
    np.savez_compressed(
        TARGET,
        hidden=hidden.astype(np.float32),
        hidden_bias=hidden_bias.astype(np.float32),
        output=output.astype(np.float32),
        output_bias=output_bias.astype(np.float32),
        accuracy=np.float64(accuracy),
        held_out=images.astype(np.uint8),
        labels=labels.astype(np.uint8),
    )
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
