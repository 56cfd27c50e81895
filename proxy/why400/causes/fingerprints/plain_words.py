"""Words that applications write by hand. They name a cause in plain English, so they only suggest it."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "too large",
        r"(?i)\b(?:file|image|upload|body|request|payload|entity|content)\b.{0,20}\btoo large",
        "an application",
        ("limit.body-size", "image.too-large"),
        "S",
        '{"error":"file is too large"}',
    ),
    Fingerprint(
        "too big",
        r"(?i)\b(?:file|image|upload|body|request|payload|content)\b.{0,20}\btoo big",
        "an application",
        ("limit.body-size", "image.too-large"),
        "S",
        "image too big",
    ),
    Fingerprint(
        "no file part",
        r"(?i)no file part",
        "an application",
        (
            "multipart.part-name",
            "content-type.raw-for-multipart",
            "content-type.json-for-multipart",
            "multipart.no-filename",
        ),
        "S",
        '{"error":"No file part"}',
    ),
    Fingerprint(
        "no selected file",
        r"(?i)no selected file",
        "an application",
        ("multipart.no-filename", "multipart.empty-part"),
        "S",
        "No selected file",
    ),
    Fingerprint(
        "no file uploaded",
        r"(?i)no file uploaded",
        "an application",
        (
            "multipart.part-name",
            "content-type.raw-for-multipart",
            "content-type.json-for-multipart",
            "multipart.no-filename",
        ),
        "S",
        '{"error":"no file uploaded"}',
    ),
    Fingerprint(
        "no image provided",
        r"(?i)no image provided",
        "an application",
        (
            "json.missing-field",
            "json.field-name",
            "json.wrong-nesting",
            "multipart.part-name",
            "content-type.raw-for-multipart",
            "image.missing",
        ),
        "S",
        '{"error":"No image provided"}',
    ),
    Fingerprint(
        "invalid base64",
        r"(?i)invalid base64",
        "an application",
        ("base64.*", "data-uri.unexpected"),
        "S",
        '{"error":"invalid base64"}',
    ),
    Fingerprint(
        "only jpeg",
        r"(?i)only jpe?gs? ",
        "an application",
        ("image.format-mismatch", "content-type.not-accepted"),
        "S",
        '{"error":"only JPEG images are accepted"}',
    ),
)
