"""TensorFlow's operations and Keras."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "Unknown image file format. One of",
        r"Unknown image file format\. One of",
        "TensorFlow",
        ("image.not-an-image", "base64.unexpected", "image.format-unsupported", "encoding.text-mangled"),
        "S",
        "Unknown image file format. One of JPEG, PNG, GIF, BMP required.",
    ),
    Fingerprint(
        "Expected image (JPEG, PNG, or GIF), got",
        r"Expected image \(JPEG, PNG, or GIF\), got",
        "TensorFlow",
        ("image.not-an-image", "base64.unexpected", "image.format-unsupported", "encoding.text-mangled"),
        "S",
        "Expected image (JPEG, PNG, or GIF), got unknown format starting with 'AAAA'",
    ),
    Fingerprint(
        "Input is empty",
        r"Input is empty\.",
        "TensorFlow",
        ("image.empty", "multipart.empty-part"),
        "P",
        "{{function_node}} Input is empty. [Op:DecodeImage]",
    ),
    Fingerprint(
        "Invalid PNG data",
        r"Invalid PNG data",
        "TensorFlow",
        ("image.truncated", "image.corrupt"),
        "P",
        "Invalid PNG data, size 120",
    ),
    Fingerprint(
        "Invalid JPEG data",
        r"Invalid JPEG data",
        "TensorFlow",
        ("image.truncated", "image.corrupt"),
        "P",
        "Invalid JPEG data or crop window, data size 4096",
    ),
    Fingerprint(
        "Invalid character found in base64",
        r"Invalid character found in base64",
        "TensorFlow",
        ("base64.urlsafe", "base64.illegal-char"),
        "P",
        "Invalid character found in base64.",
        notes="this operation wants the URL-safe alphabet",
    ),
    Fingerprint(
        "is incompatible with the layer",
        r"is incompatible with the layer: expected (?:axis|shape|min_ndim|ndim)",
        "Keras",
        ("image.size-mismatch", "image.alpha", "image.gray", "tensor.rank", "tensor.layout"),
        "P",
        'Input 0 of layer "conv2d" is incompatible with the layer: expected axis -1 of input shape to have value 3',
    ),
    Fingerprint(
        "Input to reshape is a tensor with",
        r"Input to reshape is a tensor with \d+ values, but the requested",
        "TensorFlow",
        ("tensor.data-count", "image.size-mismatch"),
        "P",
        "Input to reshape is a tensor with 4096 values, but the requested shape has 784",
    ),
    Fingerprint(
        "evenly divisible by filter depth",
        r"evenly divisible by filter depth",
        "TensorFlow",
        ("image.alpha", "image.gray", "tensor.layout"),
        "P",
        "input depth must be evenly divisible by filter depth: 4 vs 3",
    ),
)
