"""CherryPy."""

from why400.causes.fingerprint import Fingerprint

FINGERPRINTS = (
    Fingerprint(
        "Missing parameters",
        r"Missing parameters: (?P<name>[\w.-]{1,64})",
        "CherryPy",
        (
            "multipart.part-name",
            "multipart.no-boundary",
            "content-type.raw-for-multipart",
            "content-type.json-for-multipart",
            "content-type.not-accepted",
            "content-type.missing",
            "http.body-missing",
        ),
        "P",
        "<p>Missing parameters: photo</p>",
        (404,),
        notes="what a handler takes is a part of its address, so its absence is 404",
    ),
    Fingerprint(
        "Unexpected body parameters",
        r"Unexpected body parameters: ",
        "CherryPy",
        ("multipart.part-name",),
        "P",
        "<p>Unexpected body parameters: picture</p>",
        (400, 404),
    ),
)
