"""Python's base64 and binascii."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "Incorrect padding",
        r"Incorrect padding",
        "Python base64",
        ("base64.padding", "data-uri.unexpected", "base64.urlsafe", "base64.form-damage", "base64.is-reference"),
        "S",
        "binascii.Error: Incorrect padding",
    ),
    Fingerprint(
        "number of data characters",
        r"number of data characters \(\d+\) cannot be 1 more",
        "Python base64",
        ("base64.length", "base64.illegal-char", "data-uri.unexpected", "base64.urlsafe", "base64.is-reference"),
        "S",
        "Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4",
    ),
    Fingerprint(
        "Only base64 data is allowed",
        r"Only base64 data is allowed",
        "Python base64",
        ("base64.whitespace", "base64.urlsafe", "data-uri.unexpected", "base64.illegal-char", "base64.form-damage"),
        "S",
        "binascii.Error: Only base64 data is allowed",
    ),
    Fingerprint(
        "Non-base64 digit found",
        r"Non-base64 digit found",
        "Python base64",
        ("base64.whitespace", "base64.urlsafe", "data-uri.unexpected", "base64.illegal-char", "base64.form-damage"),
        "S",
        "binascii.Error: Non-base64 digit found",
    ),
    Fingerprint(
        "Excess data after padding",
        r"Excess data after padding",
        "Python base64",
        ("base64.padding", "base64.double"),
        "S",
        "binascii.Error: Excess data after padding",
    ),
    Fingerprint(
        "string argument should contain only ASCII characters",
        r"string argument should contain only ASCII characters",
        "Python base64",
        ("base64.illegal-char", "base64.expected"),
        "P",
        "ValueError: string argument should contain only ASCII characters",
    ),
    Fingerprint(
        "argument should be a bytes-like object or ASCII string",
        r"argument should be a bytes-like object or ASCII string, not '(?:NoneType|int|float|bool|dict)'",
        "Python base64",
        ("json.wrong-type",),
        "P",
        "TypeError: argument should be a bytes-like object or ASCII string, not 'NoneType'",
    ),
    Fingerprint(
        "argument should be a bytes-like object or ASCII string",
        r"argument should be a bytes-like object or ASCII string, not 'list'",
        "Python base64",
        ("json.list-vs-single",),
        "P",
        "TypeError: argument should be a bytes-like object or ASCII string, not 'list'",
    ),
)
