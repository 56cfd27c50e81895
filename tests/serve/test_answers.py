"""What goes out besides the upstream's own bytes: the contract's fields and problems, and the settings that change them."""

import json
import uuid
from pathlib import Path

import pytest

from raw.client import Said, fin, talk
from raw.proxy import serving
from raw.upstream import OK, Upstream, request
from serve.rules import rules

MEMBERS = ["type", "title", "status", "detail", "instance", "findings", "unchecked"]
FINDING = {"cause", "rule", "at", "got", "want", "message", "remedy", "who_fixes", "fixable"}
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"


def post(body: bytes, *fields: bytes) -> bytes:
    lines = b"".join(field + b"\r\n" for field in fields)
    return b"POST /predict HTTP/1.1\r\nHost: model\r\n%bContent-Length: %d\r\n\r\n" % (lines, len(body)) + body


def problem(said: Said) -> dict:
    return json.loads(said.body)


def test_a_rejection_is_a_problem_of_the_contract(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--rules", str(rules(tmp_path / "rules"))) as proxy:
        said = talk(proxy.port, post(b"GIF89a\x01\0\x01\0\0\0\0;", b"Content-Type: image/png"), fin)
        got = problem(said)
        record = proxy.record(said.ids[0], patience=0)
    assert list(got) == MEMBERS
    first = got["findings"][0]
    assert got["type"] == f"urn:why400:cause:{first['cause']}"
    assert (got["status"], got["detail"]) == (said.status, first["message"])
    assert got["instance"] == f"urn:uuid:{said.ids[0]}"
    assert uuid.UUID(said.ids[0]).version == 7
    assert [finding["rule"] for finding in got["findings"]] == ["type"]
    assert all(set(finding) == FINDING for finding in got["findings"])
    assert got["unchecked"] == ["format", "whole"]
    assert b"\r\nContent-Type: application/problem+json\r\n" in said.bytes
    assert (b"Why400-Outcome: rejected\r\n" in said.bytes, said.cause) == (True, first["cause"])
    assert (record["outcome"], [found["rule"] for found in record["findings"]]) == ("rejected", ["type"])
    assert stage.came == b""


def test_with_a_public_url_the_type_is_a_link(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--public-url", "https://why.example/x/") as proxy:
        said = talk(proxy.port, b"GET /a b HTTP/1.1\r\n\r\n")
    assert problem(said)["type"] == "https://why.example/x/causes/http.bad-request-line"


def test_without_headers_nothing_is_added(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--no-headers") as proxy:
        assert talk(proxy.port, post(b"ok"), fin).bytes == OK
        stage.play(request, REFUSAL)
        assert talk(proxy.port, post(b"ok"), fin).bytes == REFUSAL
        assert b"Why400" not in talk(proxy.port, b"nonsense\r\n\r\n").bytes


FIELDS = {
    "forwarded": (OK, {b"Why400-Id", b"Why400-Outcome"}),
    "refused": (REFUSAL, {b"Why400-Id", b"Why400-Outcome", b"Why400-Cause"}),
    "failed": (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", {b"Why400-Id", b"Why400-Outcome", b"Why400-Cause"}),
}


def test_the_fields_of_each_outcome(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        for outcome, (reply, names) in FIELDS.items():
            stage.play(request, reply)
            said = talk(proxy.port, post(b"ok"), fin)
            head = said.bytes.partition(b"\r\n\r\n")[0].split(b"\r\n")
            assert {line.partition(b":")[0] for line in head if line.startswith(b"Why400")} == names, outcome
            assert f"Why400-Outcome: {outcome}".encode() in head


CAPS = {
    "enforce": ("rejected", ["type"]),
    "observe": ("forwarded", ["type", "format", "format", "whole"]),
    "disabled": ("forwarded", []),
}


@pytest.mark.parametrize(("mode", "told"), CAPS.items(), ids=CAPS)
def test_the_mode_caps_what_rules_may_do(
    stage: Upstream, tmp_path: Path, mode: str, told: tuple[str, list[str]]
) -> None:
    flags = ("--rules", str(rules(tmp_path / "rules")), "--mode", mode)
    with serving(stage.url, tmp_path, *flags) as proxy:
        said = talk(proxy.port, post(b"GIF89a\x01\0\x01\0\0\0\0;", b"Content-Type: image/png"), fin)
        record = proxy.record(said.ids[0])
    assert (record["outcome"], [finding["rule"] for finding in record["findings"]]) == told
    assert bool(stage.came) is (told[0] == "forwarded")


def test_a_body_above_the_limit_is_rejected_before_it_is_sent(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--max-body", "1KB") as proxy:
        said = talk(proxy.port, post(bytes(1001)), fin)
        assert (said.status, said.cause) == (413, "limit.body-size")
        assert talk(proxy.port, post(bytes(1000)), fin).plain == OK


def test_a_chunked_body_above_the_limit_is_rejected_too(stage: Upstream, tmp_path: Path) -> None:
    start = b"POST / HTTP/1.1\r\nHost: model\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serving(stage.url, tmp_path, "--max-body", "1KB") as proxy:
        said = talk(proxy.port, start + b"3e9\r\n" + bytes(1001) + b"\r\n0\r\n\r\n", fin)
        assert (said.status, said.cause) == (413, "limit.body-size")
        assert b"\r\n0\r\n\r\n" not in stage.came


KEEPS = {
    "none": (False, False, False),
    "facts": (True, False, False),
    "failed-bodies": (True, True, True),
}


@pytest.mark.parametrize(("facts", "body", "name"), KEEPS.values(), ids=KEEPS)
def test_what_is_captured(
    stage: Upstream, tmp_path: Path, facts: bool, body: bool, name: bool, request_capture
) -> None:
    stage.play(request, REFUSAL)
    secret = b"the-secret-payload-of-a-person" * 3
    with serving(stage.url, tmp_path, "--capture", request_capture) as proxy:
        said = talk(proxy.port, post(secret, b"Content-Type: text/plain"), fin)
        record = proxy.record(said.ids[0], patience=0)
        proxy.end()
        stored = b"".join(path.read_bytes() for path in proxy.data.iterdir())
    assert bool(record.get("facts")) is facts
    assert bool(record["request"].get("body_id") if record.get("request") else None) is body
    assert (secret in stored) is body


@pytest.fixture
def request_capture(request: pytest.FixtureRequest) -> str:
    """The capture setting that the row is named after."""
    return request.node.callspec.id
