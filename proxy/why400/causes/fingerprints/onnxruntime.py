"""ONNX Runtime."""

from why400.causes.fingerprint import Fingerprint

_INVALID = r"Got invalid dimensions for input: \S{1,80} for the following indices\s{1,4}index: \d{1,2} Got: "
_SAID = "INVALID_ARGUMENT : Got invalid dimensions for input: x for the following indices\n index: 1 Got: "

FINGERPRINTS = (
    Fingerprint(
        "Got invalid dimensions for input",
        _INVALID + r"[24] Expected: 3\b",
        "ONNX Runtime",
        ("image.alpha", "image.cmyk", "tensor.shape", "tensor.layout"),
        "P",
        _SAID + "4 Expected: 3",
    ),
    Fingerprint(
        "Got invalid dimensions for input",
        _INVALID + r"1 Expected: 3\b",
        "ONNX Runtime",
        ("image.gray", "image.palette", "tensor.shape", "tensor.layout"),
        "P",
        _SAID + "1 Expected: 3",
    ),
    Fingerprint(
        "Got invalid dimensions for input",
        _INVALID + r"(?![124] Expected: 3\b)",
        "ONNX Runtime",
        ("tensor.shape", "tensor.layout", "image.size-mismatch"),
        "P",
        _SAID + "8 Expected: 3",
    ),
    Fingerprint(
        "Invalid rank for input",
        r"Invalid rank for input: \S+ Got: \d+ Expected: \d+",
        "ONNX Runtime",
        ("tensor.rank", "image.palette", "image.gray"),
        "P",
        "INVALID_ARGUMENT : Invalid rank for input: x Got: 3 Expected: 4",
    ),
    Fingerprint(
        "Unexpected input data type. Actual",
        r"Unexpected input data type\. Actual: \(tensor\(\w+\)\)",
        "ONNX Runtime",
        ("tensor.dtype",),
        "P",
        "Unexpected input data type. Actual: (tensor(uint8)) , expected: (tensor(float))",
    ),
    Fingerprint(
        "Required inputs",
        r"Required inputs \(\[.{0,300}\]\) are missing",
        "ONNX Runtime",
        ("tensor.missing-input", "tensor.name-unknown"),
        "P",
        "Required inputs (['x']) are missing from input feed (['y']).",
    ),
    Fingerprint(
        "Invalid input name",
        r"Invalid input name: \S+",
        "ONNX Runtime",
        ("tensor.name-unknown",),
        "P",
        "INVALID_ARGUMENT : Invalid input name: img",
    ),
    Fingerprint(
        "Input channels C is not equal",
        r"Input channels C is not equal",
        "ONNX Runtime",
        ("image.alpha", "image.gray", "tensor.layout"),
        "P",
        "Input channels C is not equal to kernel channels * group. C: 4 kernel channels: 3 group: 1",
    ),
)
