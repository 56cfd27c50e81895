"""Sanic."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "Failed when parsing body as json",
        r"Failed when parsing body as json",
        "Sanic",
        ("json.*", "content-type.not-accepted", "content-type.image-as-json", "encoding.*", "http.body-missing"),
        "P",
        '{"description":"Bad Request","status":400,"message":"Failed when parsing body as json"}',
        (400,),
    ),
)
