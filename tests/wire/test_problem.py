"""Answers of our own: RFC 9457 in the contract's shape, framed so that a strict client reads them."""

import re
from pathlib import Path

import h11
import orjson
import pytest

import why400.wire
from causes.tables import CATALOGUE
from why400.exchange import Certainty, Diagnosis, Finding
from why400.wire.problem import answer_bytes, finding_of, in_order, problem
from why400.wire.refusal import Refusal

ID = "01234567-89ab-7cde-8f01-23456789abcd"
ALPHA = Finding(
    "color", "color", "image.alpha", "body", "rgba", "rgb", "the image is rgba, the model takes rgb", 422, fixable=True
)
FRAMING = finding_of(Refusal("http.framing", 400, "the value of Content-Length is not one number of bytes"))


def test_members():
    diagnosis = (Diagnosis("image.alpha", Certainty.PROVEN, "rejection", (), "flatten it onto white", "client"),)
    body = problem(ID, (ALPHA,), ("size",), diagnosis, CATALOGUE)
    assert body == {
        "type": "urn:why400:cause:image.alpha",
        "title": CATALOGUE.get("image.alpha").title,
        "status": 422,
        "detail": "the image is rgba, the model takes rgb",
        "instance": f"urn:uuid:{ID}",
        "findings": [
            {
                "cause": "image.alpha",
                "rule": "color",
                "at": "body",
                "got": "rgba",
                "want": "rgb",
                "message": "the image is rgba, the model takes rgb",
                "remedy": "flatten it onto white",
                "who_fixes": "client",
                "fixable": True,
            }
        ],
        "unchecked": ["size"],
    }


@pytest.mark.parametrize("url", ["https://why.example/", "https://why.example"])
def test_with_a_public_url_the_type_is_a_link(url):
    assert problem(ID, (ALPHA,), (), (), CATALOGUE, url)["type"] == "https://why.example/causes/image.alpha"


PLACES = {
    "http.framing": "body",
    "http.body-incomplete": "body",
    "limit.body-size": "body",
    "http.bad-header": "head",
    "http.host": "head",
}


@pytest.mark.parametrize(("cause", "at"), PLACES.items(), ids=PLACES)
def test_where_a_refusal_of_the_wire_points(cause, at):
    assert finding_of(Refusal(cause, 400, "words")).at == at


def test_what_rejects_stands_first_then_the_rank():
    observed = Finding("form", "form", "multipart.part-name", "body", "", "", "", enforced=False)
    assert in_order((observed, ALPHA, FRAMING), CATALOGUE) == (FRAMING, ALPHA, observed)


ANSWERS = {
    "kept": (b"POST", 400, {"close": False}, False, True),
    "the last of its connection": (b"POST", 422, {"close": True}, True, True),
    "HEAD gets the head only": (b"HEAD", 400, {"close": False}, False, False),
    "a status without a name of ours": (b"GET", 418, {"close": False}, False, True),
}


@pytest.mark.parametrize(("method", "status", "how", "closes", "has_body"), ANSWERS.values(), ids=ANSWERS)
def test_a_strict_client_reads_the_answer(method, status, how, closes, has_body):
    body = problem(ID, (FRAMING,), (), (), CATALOGUE)
    data = answer_bytes(status, body, ((b"Why400-Id", b"1"),), head_only=method == b"HEAD", **how)
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
    client.send(h11.EndOfMessage())
    client.receive_data(data)
    reply = client.next_event()
    assert (reply.status_code, dict(reply.headers)[b"content-type"]) == (status, b"application/problem+json")
    assert dict(reply.headers)[b"why400-id"] == b"1"
    assert [orjson.loads(bytes(client.next_event().data))] == [body] if has_body else True
    assert isinstance(client.next_event(), h11.EndOfMessage)
    assert (client.their_state is h11.MUST_CLOSE, client.trailing_data[0]) == (closes, b"")


def test_every_cause_that_the_wire_names_is_in_the_catalogue():
    sources = "".join(path.read_text() for path in Path(why400.wire.__path__[0]).glob("*.py"))
    named = set(re.findall(r"Refusal\(\s*\"([a-z0-9.-]+)\"", sources))
    assert {"http.framing", "http.tls-mismatch", "upstream.bad-reply"} <= named
    assert [code for code in sorted(named) if CATALOGUE.get(code) is None] == []
