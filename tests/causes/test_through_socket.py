"""Each cause of the catalogue, triggered over a real socket: it has to be on record, first where the row says so."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from causes.sent import carried, http, pictures
from causes.sent.row import GOOD, Row, answer, post
from causes.tables import CATALOGUE
from raw.client import Said, Step, connect, talk
from raw.inside import talk_with
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Upstream, close, request, some, upstream
from why400.commands.explain import cause_text
from why400.limits import MAX_CONNECTIONS, Patience

ROWS = (*http.ROWS, *carried.ROWS, *pictures.ROWS)
PHOTO = post(GOOD, "image/jpeg")
HALF = b"POST /predict HTTP/1.1\r\nHost: model\r\nContent-Length: 10\r\n\r\nabc"

PLAIN_HTTP = (some, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", close)
"""What a plain port says to a TLS hello."""

RULES = """\
why400: 1
routes:
  header: { match: POST /header, mode: enforce, rules: { version: { require: { header: { x-api-version: ['2'] } } } } }
  query: { match: POST /query, mode: enforce, rules: { top: { require: { query: { top: ['1', '5'] } } } } }
  first: { match: POST /first, mode: enforce, image: { json: "$.images[0]", as: base64 } }
  profile: { match: POST /profile, mode: enforce, image: body, rules: { profile: { require: { profile: srgb } } } }
  upright: { match: POST /upright, mode: enforce, image: body, rules: { up: { require: { orientation: upright } } } }
  square: { match: POST /square, mode: enforce, image: body, rules: { sq: { require: { aspect_ratio: { max: 2 } } } } }
  bare: { match: POST /bare, mode: enforce, image: body, rules: { bare: { require: { metadata: none } } } }
  scale:
    match: POST /scale
    rules: { scale: { require: { tensor: { name: INPUT__0, values: { max: 1 } } } } }
  error-in-200: { match: POST /error-in-200, refused_when: { json: $.status, equals: failed } }
"""


@pytest.fixture(scope="module")
def model() -> Iterator[Upstream]:
    with upstream() as one:
        yield one


@pytest.fixture(scope="module")
def proxies(model: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Proxy]]:
    """One `serve` without rules, one with `RULES`."""
    folder, other = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("ruled")
    (other / "rules.yaml").write_text(RULES)
    flags = ("--upstream-timeout", "500ms", "--log-format", "json")
    with (
        serving(model.url, folder, *flags) as plain,
        serving(model.url, other, *flags, "--rules", str(other / "rules.yaml")) as ruled,
    ):
        yield {"plain": plain, "ruled": ruled}


def newest(proxy: Proxy, known: str | None) -> dict | None:
    """The newest record, if it is another than the one that is known."""
    record = next(iter(proxy.records(1)), None)
    return record if record and record["id"] != known else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.cause)
def test_it_is_on_record(model: Upstream, proxies: dict[str, Proxy], row: Row) -> None:
    proxy = proxies[row.stage]
    model.play(*(row.plays or (request, OK)))
    known = next((record["id"] for record in proxy.records(1)), None)
    said = talk(proxy.port, *row.told)
    record = (
        proxy.record(said.ids[-1]) if said.ids else eventually(lambda: newest(proxy, known), lambda: "no record", 3)
    )
    causes = [line["cause"] for line in record["diagnosis"]]
    found = {*causes, *(finding["cause"] for finding in record["findings"])}
    assert row.cause in (causes[:1] if row.first else found), (causes, said.bytes[:300])


IN_PROCESS: dict[str, tuple[tuple[Step, ...], str]] = {
    "http.timeout": ((HALF,), "http://127.0.0.1:{port}"),
    "upstream.unreachable": ((PHOTO,), "http://127.0.0.1:1"),
    "upstream.tls": ((PHOTO,), "https://127.0.0.1:{port}"),
}
"""Those that wait for long, or want another upstream: the same wire in this process."""


@pytest.mark.parametrize(("cause", "given"), IN_PROCESS.items(), ids=IN_PROCESS)
def test_it_ends_on_the_wire(model: Upstream, cause: str, given: tuple[tuple[Step, ...], str]) -> None:
    steps, url = given
    model.play(*(PLAIN_HTTP if url.startswith("https") else answer("200 OK")))
    short = Patience(head=0.3, body=0.3, keepalive=0.3, stall=0.3, linger=0.3)
    said, exchanges = talk_with(short, url.format(port=model.port), *steps)
    assert said.cause == cause
    assert [exchange.diagnosis[0].cause for exchange in exchanges] == [cause]


def test_a_client_for_whom_there_is_no_room_is_on_record(model: Upstream, proxies: dict[str, Proxy]) -> None:
    model.play(request, OK)
    proxy = proxies["ruled"]
    with ExitStack() as stack:
        for _ in range(MAX_CONNECTIONS):
            stack.callback(connect(proxy.port).sock.close)
        said = eventually(lambda: refused(talk(proxy.port, PHOTO)))
    assert proxy.record(said.ids[0])["diagnosis"][0]["cause"] == "limit.overload"


def refused(said: Said) -> Said | None:
    """What was said, once it is a refusal."""
    return said if said.cause == "limit.overload" else None


def test_each_cause_has_a_row() -> None:
    shown = {row.cause for row in ROWS} | set(IN_PROCESS) | {"limit.overload"}
    by_hand = {cause.code for cause in CATALOGUE if cause.by_hand}
    assert {cause.code for cause in CATALOGUE} - shown == by_hand


def test_what_is_looked_for_by_hand_says_so() -> None:
    """Codes of the contract that stand in the catalogue for people: no request and no reply shows them by itself."""
    told = {cause.code: cause_text(cause) for cause in CATALOGUE if cause.by_hand}
    assert set(told) == {"silent.channel-order", "silent.double-resize"}
    assert all("No record names it: " in words and "How to see it" in words for words in told.values())
