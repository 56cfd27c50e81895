"""Tornado, Sanic and Falcon."""

from why400.causes.fingerprint import Fingerprint

_PAGE = "<html><title>{0}</title><body>{0}</body></html>"

FINGERPRINTS = (
    Fingerprint(
        "404: Not Found",
        r"<html><title>404: Not Found</title>",
        "Tornado",
        ("route.not-found", "route.trailing-slash"),
        "P",
        _PAGE.format("404: Not Found"),
        (404,),
    ),
    Fingerprint(
        "405: Method Not Allowed",
        r"<html><title>405: Method Not Allowed</title>",
        "Tornado",
        ("route.wrong-method",),
        "P",
        _PAGE.format("405: Method Not Allowed"),
        (405,),
    ),
    Fingerprint(
        "500: Internal Server Error",
        r"<html><title>500: Internal Server Error</title>",
        "Tornado",
        ("upstream.client-error-as-500", "upstream.bug"),
        "N",
        _PAGE.format("500: Internal Server Error"),
        (500,),
    ),
    Fingerprint(
        "Requested URL",
        r"Requested URL \S{1,200} not found",
        "Sanic",
        ("route.not-found", "route.trailing-slash"),
        "P",
        "Requested URL /predikt not found",
        (404,),
    ),
    Fingerprint(
        "not allowed for URL",
        r"Method \w+ not allowed for URL ",
        "Sanic",
        ("route.wrong-method",),
        "P",
        "Method PUT not allowed for URL /predict",
        (405,),
    ),
    Fingerprint(
        "Failed when parsing body as json",
        r"(?i)Failed when parsing body as json",
        "Sanic",
        ("json.*", "content-type.image-as-json", "http.body-missing"),
        "P",
        "Failed when parsing body as json",
        (400,),
    ),
    Fingerprint(
        "parameter is required",
        r'The \\?"(?P<name>[\w.-]{1,64})\\?" parameter is required',
        "Falcon",
        ("multipart.part-name", "json.missing-field", "json.field-name", "request.query"),
        "S",
        '{"title": "Missing parameter", "description": "The \\"upload\\" parameter is required."}',
        (400,),
    ),
    Fingerprint(
        "Malformed multipart/form-data request media",
        r"Malformed multipart/form-data request media",
        "Falcon",
        ("multipart.*",),
        "S",
        '{"title": "Malformed multipart/form-data request media", "description": "unexpected form structure"}',
        (400,),
    ),
    Fingerprint(
        "Could not parse JSON body",
        r"Could not parse JSON body",
        "Falcon",
        ("json.*", "encoding.*", "content-type.image-as-json"),
        "S",
        '{"title": "Invalid JSON", "description": "Could not parse JSON body - Expecting value: line 1 column 1"}',
        (400,),
    ),
)
