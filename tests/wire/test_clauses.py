"""What a route says besides its rules, on real sockets: exceptions, answers, refusals inside a 200, origins."""

import gzip
import json

import pytest

from corpus.make import picture
from wire.stage import fields_of, play, reply, request, status_of

GOOD, GRAY = picture("jpeg"), picture("jpeg", "gray")
JPEG = "Content-Type: image/jpeg"
OK = reply(b'{"digit": 7}', "200 OK", "Content-Type: application/json")
ENFORCED = "mode: enforce\nrules:\n  color: { require: { color: rgb } }\n  depth: { require: { bit_depth: 8 } }\n"
EXCEPTION = "[{ header: { x-client: legacy }, until: 2999-01-01, reason: moving in spring }]"

# Rules, a field of the request, what becomes of a gray picture, whether the finding is told as excepted.
EXCEPTIONS = {
    "enforced without the field": (f"{ENFORCED}exceptions: {EXCEPTION}", "", "rejected", [False]),
    "observed with it": (f"{ENFORCED}exceptions: {EXCEPTION}", "X-Client: legacy", "forwarded", [True]),
    "enforced with another value": (f"{ENFORCED}exceptions: {EXCEPTION}", "X-Client: new", "rejected", [False]),
    "enforced once it is over": (
        f"{ENFORCED}exceptions: {EXCEPTION.replace('2999', '2020')}",
        "X-Client: legacy",
        "rejected",
        [False],
    ),
    "observed for one rule": (
        ENFORCED.replace("color: rgb }", f"color: rgb }}, exceptions: {EXCEPTION}"),
        "X-Client: legacy",
        "forwarded",
        [True],
    ),
    "any value": (
        f"{ENFORCED}exceptions: {EXCEPTION.replace('legacy', 'any')}",
        "X-Client: whoever",
        "forwarded",
        [True],
    ),
}


@pytest.mark.parametrize(("lines", "field", "outcome", "excepted"), EXCEPTIONS.values(), ids=EXCEPTIONS)
async def test_exceptions_are_observed_not_enforced(lines: str, field: str, outcome: str, excepted: list[bool]) -> None:
    ((_, exchange, _),) = await play(lines, OK, request(GRAY, JPEG, *([field] if field else [])))
    assert exchange.outcome == outcome
    assert [finding.excepted for finding in exchange.findings] == excepted
    assert exchange.verdict == "reject"


async def test_members_are_added_to_our_own_answers() -> None:
    lines = ENFORCED + 'answer: { add: { error: "{status}: {detail}", ok: false, code: "{cause}" } }\n'
    ((answer, _, _),) = await play(lines, OK, request(GRAY, JPEG))
    body = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (body["error"], body["ok"], body["code"]) == (
        "400: the image is gray, accepted is rgb",
        False,
        "image.gray",
    )
    assert body["detail"] == "the image is gray, accepted is rgb"


REFUSED = reply(b"bad input", "400 Bad Request", "Content-Type: text/plain", "X-Model: 7", "ETag: a")


async def test_refusals_are_explained_and_quoted() -> None:
    ((answer, exchange, _),) = await play("answer: explain", REFUSED, request(b"hello", JPEG))
    fields, body = fields_of(answer), json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (status_of(answer), exchange.outcome) == (400, "refused")
    assert (fields["content-type"], fields["x-model"], "etag" in fields) == ("application/problem+json", "7", False)
    assert fields["why400-outcome"] == "refused"
    assert body["upstream"] == {"content_type": "text/plain", "body": "bad input"}
    assert body["type"] == f"urn:why400:cause:{body['diagnosis'][0]['cause']}"
    assert body["instance"] == f"urn:uuid:{exchange.id}"


async def test_a_coded_refusal_is_quoted_as_text() -> None:
    coded = reply(gzip.compress(b"bad input"), "400 Bad Request", "Content-Encoding: gzip")
    ((answer, _, _),) = await play("answer: explain", coded, request(b"hello", JPEG))
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["upstream"]["body"] == "bad input"


async def test_without_explain_the_words_of_the_model_stay() -> None:
    ((answer, _, _),) = await play("mode: observe", REFUSED, request(b"hello", JPEG))
    assert answer.endswith(b"bad input")


JSON = "Content-Type: application/json"
# What the route calls a refusal, the reply's body, its fields, the outcome.
INSIDE = {
    "the value": ("{ json: $.status, equals: failed }", b'{"status": "failed"}', [JSON], "refused"),
    "another value": ("{ json: $.status, equals: failed }", b'{"status": "fine"}', [JSON], "forwarded"),
    "one of several": ("{ json: $.status, equals: [failed, error] }", b'{"status": "error"}', [JSON], "refused"),
    "any value": ("{ json: $.error }", b'{"error": {"code": 3}}', [JSON], "refused"),
    "null is none": ("{ json: $.error }", b'{"error": null}', [JSON], "forwarded"),
    "false is no zero": ("{ json: $.ok, equals: false }", b'{"ok": 0}', [JSON], "forwarded"),
    "false": ("{ json: $.ok, equals: false }", b'{"ok": false}', [JSON], "refused"),
    "deeper": (
        "{ json: '$.outputs[*].status', equals: bad }",
        b'{"outputs": [{}, {"status": "bad"}]}',
        [JSON],
        "refused",
    ),
    "gzip": (
        "{ json: $.ok, equals: false }",
        gzip.compress(b'{"ok": false}'),
        [JSON, "Content-Encoding: gzip"],
        "refused",
    ),
    "no JSON": ("{ json: $.ok, equals: false }", b'{"ok": false}', ["Content-Type: text/plain"], "forwarded"),
    "broken JSON": ("{ json: $.ok, equals: false }", b'{"ok": false', [JSON], "forwarded"),
}


@pytest.mark.parametrize(("when", "body", "fields", "outcome"), INSIDE.values(), ids=INSIDE)
async def test_a_refusal_inside_a_200(when: str, body: bytes, fields: list[str], outcome: str) -> None:
    ((answer, exchange, _),) = await play(f"refused_when: {when}", reply(body, "200 OK", *fields), request(GOOD, JPEG))
    assert (exchange.outcome, fields_of(answer)["why400-outcome"]) == (outcome, outcome)
    assert (status_of(answer), answer.partition(b"\r\n\r\n")[2]) == (200, body)


ORIGIN = "Origin: https://app.example"
ALLOWING = reply(b"{}", "200 OK", "Access-Control-Allow-Origin: https://app.example", "Vary: Origin")
CORS = "cors: {{ origins: {} }}\n"


async def test_the_upstreams_own_leave_is_remembered() -> None:
    answers = await play(
        ENFORCED, ALLOWING, request(GRAY, JPEG, ORIGIN), request(GOOD, JPEG, ORIGIN), request(GRAY, JPEG, ORIGIN)
    )
    before, passed, after = (fields_of(answer) for answer, _, _ in answers)
    assert "access-control-allow-origin" not in before
    assert passed["access-control-expose-headers"] == "Why400-Id, Why400-Outcome, Why400-Cause"
    assert (after["access-control-allow-origin"], after["vary"]) == ("https://app.example", "Origin")
    assert after["access-control-expose-headers"] == "Why400-Id, Why400-Outcome, Why400-Cause"


async def test_leave_is_for_one_origin() -> None:
    other = "Origin: https://evil.example"
    (_, (answer, _, _)) = await play(ENFORCED, ALLOWING, request(GOOD, JPEG, ORIGIN), request(GRAY, JPEG, other))
    assert "access-control-allow-origin" not in fields_of(answer)


BY_ROUTE = {
    "named": ("https://app.example", "https://app.example"),
    "one of two": ("[https://b.example, https://app.example]", "https://app.example"),
    "any": ("any", "*"),
    "not named": ("https://b.example", None),
    "named, with credentials": ("https://app.example, credentials: true", "https://app.example"),
}


@pytest.mark.parametrize(("origins", "allowed"), BY_ROUTE.values(), ids=BY_ROUTE)
async def test_a_route_says_which_origins(origins: str, allowed: str | None) -> None:
    ((answer, _, _),) = await play(ENFORCED + CORS.format(origins), OK, request(GRAY, JPEG, ORIGIN))
    fields = fields_of(answer)
    assert fields.get("access-control-allow-origin") == allowed
    assert ("access-control-allow-credentials" in fields) == ("credentials" in origins)


async def test_preflights_are_never_judged() -> None:
    lines = (
        "match: [POST /predict, OPTIONS /predict]\nmode: enforce\nrules: { a: { require: { header: { x-key: any } } } }"
    )
    asked = request(b"", ORIGIN, "Access-Control-Request-Method: POST", method="OPTIONS")
    plain = request(b"", ORIGIN, method="OPTIONS")
    answers = await play(lines, OK, asked, plain)
    assert [received for _, _, received in answers] == [True, False]
