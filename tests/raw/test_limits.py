"""Each limit reached exactly, and passed by one: the former goes on untouched, the latter is told, counted, on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from raw.client import fin, talk
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Upstream, request, upstream
from why400 import limits

H = b"Host: model\r\n"
POST = b"POST /predict HTTP/1.1\r\n" + H
MOST = 1000
"""What `--max-body` says here."""

HELD = 3000
"""What it says where a rule needs the whole body."""

RULES = """
why400: 1
routes:
  whole: { match: POST /predict, mode: enforce, rules: { json: { require: { json: any } } } }
"""


@pytest.fixture(scope="module")
def model() -> Iterator[Upstream]:
    with upstream() as one:
        yield one


@pytest.fixture(scope="module")
def bounded(model: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with serving(model.url, tmp_path_factory.mktemp("limits"), "--max-body", f"{MOST}B") as proxy:
        yield proxy


def target(size: int) -> bytes:
    return b"GET /" + b"a" * (size - 1) + b" HTTP/1.1\r\n" + H + b"\r\n"


def method(size: int) -> bytes:
    return b"A" * size + b" / HTTP/1.1\r\n" + H + b"\r\n"


def field(size: int) -> bytes:
    """One whose line, without its end, is as long."""
    return b"GET / HTTP/1.1\r\n" + H + b"X: " + b"a" * (size - 3) + b"\r\n\r\n"


def fields(count: int) -> bytes:
    return b"GET / HTTP/1.1\r\n" + H + b"X: y\r\n" * (count - 1) + b"\r\n"


def whole_head(size: int) -> bytes:
    lines = b"GET / HTTP/1.1\r\n" + H + (b"X: " + b"a" * 995 + b"\r\n") * 262
    rest = size - len(lines) - 2
    return lines + b"Y: " + b"a" * (rest - 5) + b"\r\n\r\n"


def sized(size: int) -> bytes:
    return POST + b"Content-Length: %d\r\n\r\n" % size + b"1".ljust(size)


def chunked(size: int) -> bytes:
    return (
        POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n1\r\n%x\r\n" % (size - 1) + b" " * (size - 1) + b"\r\n0\r\n\r\n"
    )


LIMITS = {
    "the target": (target, limits.MAX_TARGET, 414, "http.head-too-large"),
    "the method": (method, 64, 501, "http.method"),
    "a field": (field, limits.MAX_FIELD, 431, "http.head-too-large"),
    "the fields": (fields, limits.MAX_FIELDS, 431, "http.head-too-large"),
    "the head": (whole_head, limits.MAX_HEAD, 431, "http.head-too-large"),
    "a body of stated length": (sized, MOST, 413, "limit.body-size"),
    "a body in chunks": (chunked, MOST, 413, "limit.body-size"),
}


@pytest.mark.parametrize(("made", "most", "status", "cause"), LIMITS.values(), ids=LIMITS)
def test_as_much_as_may_be_and_one_more(
    bounded: Proxy, model: Upstream, made, most: int, status: int, cause: str
) -> None:
    model.play(request, OK)
    assert talk(bounded.port, made(most), fin).plain == OK
    assert model.came == made(most) or made is chunked
    before = refusals(bounded, cause)
    said = talk(bounded.port, made(most + 1), fin)
    assert (said.status, said.cause, said.reset) == (status, cause, False)
    record = bounded.record(said.ids[0], patience=0)
    assert (record["outcome"], record["status"], record["diagnosis"][0]["cause"]) == ("rejected", status, cause)
    eventually(lambda: refusals(bounded, cause) == before + 1)


def refusals(proxy: Proxy, cause: str) -> float:
    """So many are counted for this cause, before there was a request and after."""
    series = 'why400_causes_total{{cause="{}",certainty="proven",route="{}"}}'
    return sum(proxy.count(series.format(cause, route)) for route in "-!")


@pytest.mark.parametrize("made", [sized, chunked], ids=["of stated length", "in chunks"])
def test_a_body_that_a_rule_needs_whole(model: Upstream, tmp_path: Path, made) -> None:
    (tmp_path / "rules.yaml").write_text(RULES)
    flags = ("--rules", str(tmp_path / "rules.yaml"), "--max-body", f"{HELD}B")
    model.play(request, OK)
    with serving(model.url, tmp_path, *flags) as proxy:
        assert talk(proxy.port, made(HELD), fin).status == 200
        said = talk(proxy.port, made(HELD + 1), fin)
        assert (said.status, said.cause) == (413, "limit.body-size")
        assert proxy.record(said.ids[0], patience=0)["route"] == "whole"
