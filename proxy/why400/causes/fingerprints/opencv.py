"""OpenCV."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "_src.empty",
        r"!_src\.empty\(\)",
        "OpenCV",
        ("image.not-an-image", "image.empty", "image.format-unsupported", "base64.unexpected", "encoding.*"),
        "S",
        "error: (-215:Assertion failed) !_src.empty() in function 'cvtColor'",
        notes="imdecode gave None and nobody looked",
    ),
    Fingerprint(
        "ssize.empty",
        r"!ssize\.empty\(\)",
        "OpenCV",
        ("image.not-an-image", "image.empty", "image.format-unsupported", "base64.unexpected", "encoding.*"),
        "S",
        "error: (-215:Assertion failed) !ssize.empty() in function 'resize'",
    ),
    Fingerprint(
        "'NoneType' object has no attribute 'shape'",
        r"'NoneType' object has no attribute 'shape'",
        "OpenCV",
        ("image.not-an-image", "image.empty", "image.format-unsupported", "base64.unexpected", "encoding.*"),
        "S",
        "AttributeError: 'NoneType' object has no attribute 'shape'",
    ),
    Fingerprint(
        "buf.empty",
        r"!buf\.empty\(\)",
        "OpenCV",
        ("image.empty", "multipart.empty-part", "http.body-missing"),
        "P",
        "error: (-215:Assertion failed) !buf.empty() in function 'imdecode_'",
    ),
    Fingerprint(
        "CV_IO_MAX_IMAGE_PIXELS",
        r"CV_IO_MAX_IMAGE_PIXELS",
        "OpenCV",
        ("image.bomb",),
        "P",
        "error: (-215:Assertion failed) pixels <= CV_IO_MAX_IMAGE_PIXELS in function 'validateInputImageSize'",
    ),
    Fingerprint(
        "Bad number of channels",
        r"Bad number of channels",
        "OpenCV",
        ("image.alpha", "image.gray"),
        "P",
        "error: (-15:Bad number of channels) in function 'cvtColor': Invalid number of channels in input image",
    ),
)
