"""Forms and media types: a good picture in a bad wrapping."""

import base64
import json
import urllib.parse

from upstreams.mistakes.kind import TEXT, mistake
from upstreams.wire import BOUNDARY, Request


def _unclosed(request: Request) -> Request:
    return request.but(body=request.body.removesuffix(f"\r\n--{BOUNDARY}--\r\n".encode()))


FORMS = (
    mistake(
        "no boundary",
        "multipart.no-boundary",
        lambda where, good: where.good(good).typed("multipart/form-data"),
        "form",
    ),
    mistake(
        "other boundary",
        "multipart.boundary-mismatch",
        lambda where, good: where.good(good).typed("multipart/form-data; boundary=----other"),
        "form",
    ),
    mistake("bare lf", "multipart.bare-lf", lambda where, good: where.form(good, line=b"\n"), "form"),
    mistake(
        "no last delimiter", "multipart.no-final-boundary", lambda where, good: _unclosed(where.form(good)), "form"
    ),
    mistake("wrong part", "multipart.part-name", lambda where, good: where.form(good, name="attachment"), "form"),
    mistake("near part", "multipart.part-name", lambda where, good: where.form(good, name=where.name + "s"), "form"),
    mistake(
        "no file name", "multipart.no-filename", lambda where, good: where.form(good, None, file_name=None), "form"
    ),
    mistake(
        "path as text part",
        "multipart.no-filename base64.is-reference",
        lambda where, good: where.form(b"@photo.jpg", None, file_name=None),
        "form",
    ),
    mistake(
        "base64 as text part",
        "multipart.no-filename base64.unexpected",
        lambda where, good: where.form(base64.b64encode(good), None, file_name=None),
        "form",
    ),
    mistake("empty part", "multipart.empty-part image.empty", lambda where, good: where.form(b""), "form"),
    mistake(
        "part of octets",
        "content-type.image-type-wrong content-type.not-accepted",
        lambda where, good: where.form(good, "application/octet-stream"),
        "form",
    ),
    mistake(
        "raw instead of form",
        "content-type.raw-for-multipart content-type.not-accepted",
        lambda where, good: where.carrying(good, "image/jpeg"),
        "form",
    ),
    mistake(
        "json instead of form",
        "content-type.json-for-multipart content-type.not-accepted",
        lambda where, good: where.json(json.dumps({where.name: base64.b64encode(good).decode()})),
        "form",
    ),
    mistake(
        "form declared json",
        "content-type.not-accepted content-type.multipart-for-raw multipart.no-boundary",
        lambda where, good: where.form(good).typed("application/json"),
        "form",
    ),
    mistake(
        "urlencoded instead of form",
        "content-type.not-accepted content-type.raw-for-multipart multipart.no-filename",
        lambda where, good: where.carrying(
            urllib.parse.urlencode({where.name: base64.b64encode(good)}).encode(), "application/x-www-form-urlencoded"
        ),
        "form",
    ),
)

TYPES = (
    mistake("no type, json", "content-type.missing", lambda where, good: where.good(good).typed(None), *TEXT),
    mistake(
        "json as text", "content-type.json-mislabelled", lambda where, good: where.good(good).typed("text/plain"), *TEXT
    ),
    mistake(
        "json as form",
        "content-type.json-mislabelled",
        lambda where, good: where.good(good).typed("application/x-www-form-urlencoded"),
        *TEXT,
    ),
    mistake(
        "json as octets",
        "content-type.json-mislabelled",
        lambda where, good: where.good(good).typed("application/octet-stream"),
        *TEXT,
    ),
    mistake(
        "image as json",
        "content-type.image-as-json base64.expected",
        lambda where, good: where.carrying(good, "application/json"),
        *TEXT,
    ),
    mistake(
        "raw instead of json",
        "base64.expected content-type.not-accepted",
        lambda where, good: where.carrying(good, "image/jpeg"),
        *TEXT,
    ),
    mistake(
        "form instead of json",
        "content-type.not-accepted content-type.multipart-for-raw",
        lambda where, good: where.form(good),
        *TEXT,
    ),
    mistake(
        "urlencoded instead of json",
        "content-type.not-accepted",
        lambda where, good: where.carrying(
            urllib.parse.urlencode({where.name: where.spelled(good)}).encode(), "application/x-www-form-urlencoded"
        ),
        *TEXT,
    ),
    mistake(
        "form instead of raw",
        "content-type.multipart-for-raw",
        lambda where, good: where.form(good, name="file"),
        "raw",
    ),
    mistake(
        "json instead of raw",
        "content-type.not-accepted",
        lambda where, good: where.json(json.dumps({"image": base64.b64encode(good).decode()})),
        "raw",
    ),
    mistake(
        "data uri instead of raw",
        "base64.unexpected data-uri.unexpected",
        lambda where, good: where.carrying(b"data:image/jpeg;base64," + base64.b64encode(good), "image/jpeg"),
        "raw",
    ),
)
