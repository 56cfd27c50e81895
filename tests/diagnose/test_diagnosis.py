"""An exchange in, its diagnosis out: the whole machine, as tables."""

import pytest

from diagnose.build import (
    DIAGNOSE,
    JPEG,
    exchange,
    finding,
    form_body,
    image,
    in_form,
    in_json,
    json_body,
    lines,
)
from why400.content.trouble import Trouble
from why400.diagnose.judge import header_value
from why400.exchange import Certainty, Claim, FixDone, Outcome, RequestHead

FLASK = (
    "<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n"
    "<p>The browser (or proxy) sent a request that this server could not understand.</p>\n"
)
JSON = {"media": "application/json", "body": b'{"image": "/9j/4AAQ"}'}
FORM = {"media": "multipart/form-data", "body": form_body()}
TEXT = {"media": "image/jpeg", "body": b"/9j/4AAQSkZJRg"}


def missing(*loc):
    place = ",".join(f'"{name}"' for name in loc)
    return f'{{"detail":[{{"type":"missing","loc":[{place}],"msg":"Field required","input":null}}]}}'


def error(words):
    return f'{{"error":"{words}"}}'


SCENARIOS = {
    "no content type": (exchange(400, FLASK, media=""), "possible content-type.missing"),
    "no content type, 415": (exchange(415, "", media="", **{"body": JPEG}), "proven content-type.missing"),
    "octet-stream": (exchange(400, FLASK, media="application/octet-stream"), "possible content-type.not-accepted"),
    "form default": (
        exchange(400, FLASK, media="application/x-www-form-urlencoded"),
        "possible content-type.image-type-wrong",
    ),
    "image/jpg": (
        exchange(400, FLASK, media="image/jpg", images=[image(declared="image/jpg")]),
        "possible content-type.image-type-wrong",
    ),
    "raw as json": (exchange(400, FLASK, media="application/json"), "likely content-type.image-as-json"),
    "base64 as raw": (
        exchange(400, FLASK, **TEXT, images=[image(encoding="base64", troubles=["base64.unexpected"])]),
        "possible base64.unexpected",
    ),
    "data URI": (
        exchange(400, error("cannot identify image file"), **JSON, images=[in_json(troubles=["data-uri.unexpected"])]),
        "likely data-uri.unexpected",
    ),
    "base64 of base64": (
        exchange(400, error("cannot identify image file"), **JSON, images=[in_json(troubles=["base64.double"])]),
        "likely base64.double",
    ),
    "repr of bytes": (
        exchange(400, error("cannot identify image file"), **JSON, images=[in_json(troubles=["base64.illegal-char"])]),
        "likely base64.illegal-char",
    ),
    "url-safe": (
        exchange(400, error("cannot identify image file"), **JSON, images=[in_json(troubles=["base64.urlsafe"])]),
        "likely base64.urlsafe",
    ),
    "padding": (
        exchange(400, error("Incorrect padding"), **JSON, images=[in_json(troubles=["base64.padding"])]),
        "likely base64.padding",
    ),
    "line breaks": (
        exchange(400, FLASK, **JSON, images=[in_json(troubles=["base64.whitespace"])]),
        "possible base64.whitespace",
    ),
    "raw newlines, Python's own words": (
        exchange(
            400,
            error("Invalid control character at: line 1 column 88 (char 87)"),
            **JSON,
            images=[in_json(troubles=["base64.whitespace"])],
        ),
        "proven base64.whitespace",
    ),
    "PNG for JPEG": (
        exchange(400, FLASK, media="image/png", images=[image(format="png", declared="image/png")]),
        "possible image.format-mismatch",
    ),
    "alpha, PyTorch": (
        exchange(
            500,
            "RuntimeError: expected input[1, 4, 64, 64] to have 3 channels, but got 4 channels instead",
            **FORM,
            images=[in_form(format="png", declared="image/png", color="rgba", alpha=True)],
        ),
        "proven image.alpha",
    ),
    "alpha, matmul": (
        exchange(
            400,
            error("matmul: Input operand 1 has a mismatch in its core dimension 0"),
            **FORM,
            images=[in_form(format="png", declared="image/png", color="rgba", alpha=True)],
        ),
        "proven image.alpha",
    ),
    "palette": (
        exchange(
            400,
            error("not enough values to unpack (expected 3, got 2)"),
            **FORM,
            images=[in_form(format="png", declared="image/png", color="palette")],
        ),
        "proven image.palette",
    ),
    "gray": (
        exchange(
            400,
            error("not enough values to unpack (expected 3, got 2)"),
            **FORM,
            images=[in_form(color="gray")],
        ),
        "proven image.gray",
    ),
    "CMYK": (exchange(400, FLASK, images=[image(color="cmyk")]), "possible image.cmyk"),
    "16 bit": (
        exchange(
            500,
            "OSError: cannot write mode I;16 as JPEG",
            images=[image(format="png", declared="image/png", color="gray", bit_depth=16)],
        ),
        "proven image.depth",
    ),
    "over a limit, 400": (exchange(400, FLASK, size=530_000), "possible limit.body-size"),
    "over a limit, 413": (
        exchange(
            413,
            "<p>The data value transmitted exceeds the capacity limit.</p>",
            **FORM,
            images=[in_form()],
            size=2_000_000,
        ),
        "proven limit.body-size",
    ),
    "over a small limit, 413": (exchange(413, "", size=2000), "likely limit.body-size"),
    "text-mangled": (exchange(400, FLASK, images=[image(damage="text-mangled")]), "likely encoding.text-mangled"),
    "CR LF in front": (
        exchange(400, error("cannot identify image file"), **FORM, images=[in_form(damage="junk-before")]),
        "likely image.corrupt",
    ),
    "truncated, Pillow": (
        exchange(400, error("image file is truncated (12 bytes not processed)"), images=[image(damage="truncated")]),
        "proven image.truncated",
    ),
    "truncated, silent": (exchange(400, FLASK, images=[image(damage="truncated")]), "likely image.truncated"),
    "HTML as jpg": (
        exchange(400, error("cannot identify image file"), **FORM, images=[in_form(format="html", color=None)]),
        "likely image.error-page",
    ),
    "empty part": (
        exchange(400, error("cannot identify image file"), **FORM, images=[], troubles=["multipart.empty-part"]),
        "likely multipart.empty-part",
    ),
    "empty part, DRF": (
        exchange(
            400, '{"image":["The submitted file is empty."]}', **FORM, images=[], troubles=["multipart.empty-part"]
        ),
        "proven multipart.empty-part",
    ),
    "wrong part name, opaque": (exchange(400, FLASK, **FORM, images=[in_form()]), "possible multipart.part-name"),
    "wrong part name, FastAPI": (
        exchange(
            422, missing("body", "file"), media="multipart/form-data", body=form_body("image"), images=[in_form()]
        ),
        "proven multipart.part-name",
    ),
    "raw for a form, FastAPI": (exchange(422, missing("body", "file")), "proven content-type.raw-for-multipart"),
    "wrong key, KeyError": (
        exchange(400, error("'image'"), **json_body({"img": "x" * 40}), images=[in_json()]),
        "likely json.field-name",
    ),
    "wrong key, FastAPI": (
        exchange(422, missing("body", "image"), **json_body({"Image": "x" * 40}), images=[in_json()]),
        "proven json.field-name",
    ),
    "missing key, FastAPI": (
        exchange(422, missing("body", "image"), **json_body({"threshold": 1}), images=[]),
        "proven json.missing-field",
    ),
    "nested key, FastAPI": (
        exchange(422, missing("body", "image"), **json_body({"data": {"image": "x"}}), images=[]),
        "proven json.wrong-nesting",
    ),
    "no body, FastAPI": (
        exchange(422, missing("body"), media="application/json", body=b"", images=[]),
        "proven http.body-missing",
    ),
    "trailing comma": (
        exchange(400, FLASK, media="application/json", body=b'{"image": "x",}', images=[], troubles=["json.lax"]),
        "likely json.lax",
    ),
    "trailing comma, Python's words": (
        exchange(
            400,
            "Expecting property name enclosed in double quotes: line 1 column 15 (char 14)",
            media="application/json",
            body=b'{"image": "x",}',
            images=[],
            troubles=["json.lax"],
        ),
        "proven json.lax",
    ),
    "trailing comma, a family's words": (
        exchange(400, '{"detail":"JSON parse error - x"}', **JSON, images=[], troubles=["json.lax"]),
        "proven json.lax",
    ),
    "JSON in a string": (
        exchange(
            400,
            error("string indices must be integers, not 'str'"),
            media="application/json",
            body=b'"{}"',
            images=[],
            troubles=["json.double-encoded"],
        ),
        "likely json.double-encoded",
    ),
    "JSON as a form": (
        exchange(415, FLASK, media="application/x-www-form-urlencoded", body=b'{"image": "x"}', images=[]),
        "likely content-type.json-mislabelled",
    ),
    "curl -d, Flask": (
        exchange(
            415,
            "<p>Did not attempt to load JSON data because the request Content-Type was not &#39;application/json&#39;.</p>",
            media="application/x-www-form-urlencoded",
            body=b'{"image": "x"}',
            images=[],
        ),
        "proven content-type.json-mislabelled",
    ),
    "wrong path": (exchange(404, '{"detail":"Not Found"}'), "likely route.not-found"),
    "wrong method": (exchange(405, "Method Not Allowed"), "likely route.wrong-method"),
    "unknown model": (exchange(404, error("Model with name x does not exist.")), "likely route.model-unknown"),
    "loading": (exchange(503, error("Model with name x is not ready.")), "likely upstream.not-ready"),
    "data URI on its own": (
        exchange(400, error("Incorrect padding"), **JSON, images=[in_json(encoding="data-uri")]),
        "likely data-uri.unexpected",
    ),
    "URL-safe on its own": (
        exchange(400, error("Unable to base64 decode"), **JSON, images=[in_json(encoding="base64url")]),
        "likely base64.urlsafe",
    ),
    "empty part without a trouble": (
        exchange(400, FLASK, media="multipart/form-data", body=form_body()[: -len(JPEG)] + b"\r\n--b--", images=[]),
        "likely multipart.empty-part",
    ),
    "no file chosen": (
        exchange(
            400,
            FLASK,
            media="multipart/form-data",
            body=form_body()[: -len(JPEG)].replace(b"x.jpg", b"") + b"\r\n--b--",
            images=[],
        ),
        "likely multipart.empty-part",
    ),
    "newlines that break the JSON": (
        exchange(
            400,
            FLASK,
            **JSON,
            troubles=[Trouble("json.syntax", "x", offset=9)],
            images=[in_json(troubles=[Trouble("base64.whitespace", "x", offset=9)])],
        ),
        "likely base64.whitespace",
    ),
    "no key": (exchange(401, ""), "likely auth.missing"),
    "refused key": (exchange(401, "", fields=((b"Authorization", b"Bearer x"),)), "likely auth.denied"),
    "overloaded": (exchange(429, ""), "likely limit.rate"),
    "out of memory": (exchange(500, "CUDA out of memory. Tried to allocate"), "likely upstream.oom"),
    "a path of base64": (exchange(500, "OSError: [Errno 36] File name too long: 'x'"), "likely upstream.bug"),
    "words alone": (exchange(400, "OSError: Truncated File Read"), "likely image.truncated"),
    "an observed finding": (
        exchange(400, FLASK, found=[finding("image.too-large", enforced=False)], route="predict"),
        "likely image.too-large",
    ),
    "a trouble on a route": (
        exchange(400, FLASK, **FORM, images=[in_form()], troubles=["multipart.part-name"], route="predict"),
        "likely multipart.part-name",
    ),
}


@pytest.mark.parametrize(("given", "first"), SCENARIOS.values(), ids=SCENARIOS.keys())
def test_the_first_line(given, first):
    assert lines(DIAGNOSE(given))[0] == first


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(exchange(400, ""), ["possible upstream.error-as-400"], id="a bare 400"),
        pytest.param(exchange(400, FLASK), ["possible upstream.error-as-400"], id="the framework's page"),
        pytest.param(
            exchange(400, error("[Errno 2] No such file or directory: '/srv/labels.txt'")),
            ["likely upstream.error-as-400"],
            id="words of a file that the server lacks",
        ),
        pytest.param(
            exchange(400, error("the flux capacitor is cold")),
            ["possible upstream.error-as-400"],
            id="words of nobody's",
        ),
        pytest.param(
            exchange(400, "Traceback (most recent call last):\n  File x"),
            ["likely upstream.error-as-400"],
            id="a traceback called 400",
        ),
        pytest.param(exchange(500, "Internal Server Error"), ["possible upstream.bug"], id="a bare 500"),
        pytest.param(
            exchange(500, "Traceback (most recent call last):\n  File x"), ["likely upstream.bug"], id="a traceback"
        ),
        pytest.param(
            exchange(500, '{"error":"ValueError : labels are gone"}'),
            ["likely upstream.bug"],
            id="an exception of KServe",
        ),
    ],
)
def test_a_fine_request_is_never_blamed(given, expected):
    diagnosis = DIAGNOSE(given)
    assert lines(diagnosis) == expected
    assert {line.who_fixes for line in diagnosis} == {"model"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            exchange(500, "OSError: Truncated File Read", images=[image(damage="truncated")]),
            ["proven image.truncated", "proven upstream.client-error-as-500"],
            id="a proven mistake called 500",
        ),
        pytest.param(
            exchange(503, '{"message": "Prediction failed"}', images=[image(damage="truncated")]),
            ["likely image.truncated", "likely upstream.client-error-as-500", "possible upstream.not-ready"],
            id="a likely mistake called 503",
        ),
        pytest.param(
            exchange(
                400,
                FLASK,
                media="application/json",
                body=b'{"a": "x"',
                images=[in_json(damage="truncated")],
                troubles=["json.truncated"],
            ),
            ["likely json.truncated", "possible image.truncated"],
            id="a consequence follows its root",
        ),
        pytest.param(
            exchange(
                400,
                "OSError: cannot write mode RGBA as JPEG",
                images=[image(format="png", declared="image/png", color="rgba", alpha=True, damage="junk-after")],
            ),
            ["proven image.alpha", "possible image.corrupt"],
            id="what the reply proves demotes the rest",
        ),
        pytest.param(
            exchange(400, "OSError: cannot write mode RGBA as JPEG", images=[image()]),
            ["possible upstream.error-as-400"],
            id="words that the request rules out",
        ),
        pytest.param(
            exchange(
                400,
                "",
                media="application/octet-stream",
                images=[image(declared="application/octet-stream", format="unknown", color=None)],
            ),
            ["possible image.not-an-image", "possible upstream.error-as-400"],
            id="bytes of no picture are not called one",
        ),
        pytest.param(
            exchange(400, "", media="", body=b"", images=[]),
            ["possible http.body-missing", "possible upstream.error-as-400"],
            id="a POST without a body",
        ),
        pytest.param(
            exchange(404, "", media="", body=b"", images=[]).but(head=RequestHead("GET", b"/nix", (1, 1), ())),
            ["likely route.not-found"],
            id="a GET brings no body",
        ),
    ],
)
def test_the_whole_diagnosis(given, expected):
    assert lines(DIAGNOSE(given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(exchange(200, "{}"), [], id="fine"),
        pytest.param(exchange(200, "{}", images=[image(orientation=6)]), ["likely silent.exif-rotation"], id="turned"),
        pytest.param(exchange(200, "{}", images=[image(bit_depth=16)]), ["likely silent.depth-clipped"], id="16 bit"),
        pytest.param(exchange(200, "{}", images=[image(frames=3)]), ["likely silent.first-frame"], id="frames"),
        pytest.param(exchange(200, "{}", images=[image(alpha=True)]), ["possible silent.alpha-dropped"], id="alpha"),
        pytest.param(
            exchange(200, "{}", **JSON, images=[in_json(troubles=["base64.urlsafe"])]),
            ["possible silent.lenient-b64"],
            id="lenient base64",
        ),
        pytest.param(
            exchange(400, FLASK, images=[image(orientation=6)]), ["possible upstream.error-as-400"], id="refused"
        ),
        pytest.param(
            exchange(200, "{}", found=[finding("image.too-large", enforced=False)], route="predict"),
            [],
            id="a finding in observe mode on a success",
        ),
        pytest.param(
            exchange(
                200,
                "{}",
                found=[finding("image.alpha", fix="convert")],
                outcome=Outcome.FIXED,
                route="predict",
                fixes=(FixDone("convert", "body", {"color": "rgba"}, {"color": "rgb"}),),
                images=[image(orientation=6)],
            ),
            ["likely image.alpha"],
            id="fixed",
        ),
        pytest.param(exchange(200, "{}", images=[image(damage="truncated")]), [], id="damage that the model took"),
    ],
)
def test_successes(given, expected):
    assert lines(DIAGNOSE(given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            exchange(
                400,
                outcome=Outcome.REJECTED,
                found=[finding("image.alpha"), finding("content-type.missing"), finding("image.gray", enforced=False)],
            ),
            ["proven content-type.missing", "proven image.alpha"],
            id="enforced findings, in reading order",
        ),
        pytest.param(
            exchange(0, outcome=Outcome.REJECTED, claims=[Claim("http.framing", "rejection", Certainty.PROVEN, "x")]),
            ["proven http.framing"],
            id="an HTTP error",
        ),
        pytest.param(
            exchange(
                0, outcome=Outcome.FAILED, claims=[Claim("upstream.unreachable", "rejection", Certainty.PROVEN, "x")]
            ),
            ["proven upstream.unreachable"],
            id="nothing listens",
        ),
        pytest.param(
            exchange(400, FLASK, claims=[Claim("image.alpha", "counterfactual", Certainty.PROVEN, "x")]),
            ["proven image.alpha"],
            id="a counterfactual",
        ),
        pytest.param(
            exchange(
                400,
                FLASK,
                found=[finding("image.alpha", fix="convert")],
                route="predict",
                fixes=(FixDone("convert", "body", {"color": "rgba"}, {"color": "rgb"}),),
            ),
            ["possible upstream.error-as-400"],
            id="refused after a fix: what was cured is not why",
        ),
    ],
)
def test_own_decisions(given, expected):
    assert lines(DIAGNOSE(given)) == expected


def test_nothing_to_go_by_is_unknown_with_what_was_ruled_out():
    [line] = DIAGNOSE(exchange(0, outcome=Outcome.ABANDONED))
    assert (line.cause, line.who_fixes) == ("unknown", "unknown")
    assert "ruled out: there is a body" in line.evidence


def test_evidence_names_both_sources():
    [line, *_] = DIAGNOSE(SCENARIOS["truncated, Pillow"][0])
    assert line.source == "facts+fingerprint"
    assert line.evidence == (
        "seen, byte 12 of the image (body)",
        'the reply says "image file is truncated", words of Pillow',
    )


def test_a_remedy_has_the_requests_own_names():
    [line] = DIAGNOSE(exchange(0, outcome=Outcome.REJECTED, found=[finding("image.format-mismatch", want="jpeg")]))
    assert line.remedy == "Convert the image to jpeg: renaming the file does not."


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        pytest.param([], "unknown", id="nothing"),
        pytest.param(["possible image.alpha"], "unknown", id="only possible"),
        pytest.param(
            ["proven image.alpha", "likely upstream.bug", "possible x.y"], "image.alpha, upstream.bug", id="two"
        ),
        pytest.param([f"likely a.b{n}" for n in range(9)], "a.b0, a.b1, a.b2, a.b3, a.b4", id="five at most"),
        pytest.param(
            ["likely a." + "b" * 90, "likely c." + "d" * 90, "likely e.f" + "g" * 90],
            "a." + "b" * 90 + ", c." + "d" * 90,
            id="200 bytes at most",
        ),
    ],
)
def test_header_value(codes, value):
    from why400.exchange import Diagnosis

    pairs = [code.split(" ") for code in codes]
    made = [Diagnosis(cause, Certainty(certainty), "facts", (), "", "client") for certainty, cause in pairs]
    assert header_value(made) == value
