"""Hugging Face's inference toolkit and endpoints."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "Body needs to provide a inputs key",
        r"Body needs to provide a (?P<name>inputs) key",
        "Hugging Face's inference toolkit",
        ("json.missing-field", "json.field-name", "json.wrong-nesting", "route.protocol-mismatch"),
        "P",
        '{"error":"Body needs to provide a inputs key, received: {}"}',
    ),
    Fingerprint(
        "Supported content types are",
        r"not supported\. Supported content types are: ",
        "Hugging Face's inference toolkit",
        ("content-type.not-accepted", "content-type.missing", "content-type.json-mislabelled"),
        "P",
        'Content type "text/csv" not supported. Supported content types are: application/json, image/png',
        (400,),
        notes="compares the whole field, its parameters included",
    ),
)
