"""The straight lane and the task say and do the same: each row goes over both, after a request with the same head."""

import asyncio
import gc
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
import uvloop
from PIL import Image

from raw.client import Said, Step, fin, leave, rst, talk, until
from raw.proxy import eventually, serving
from raw.upstream import OK, Upstream, head, request, some, to_end
from raw.upstream import fin as say_no_more
from raw.upstream import rst as hang_up
from why400.app.rules import load_content
from why400.app.traffic import make_house
from why400.exchange import Exchange, Mode
from why400.limits import Patience
from why400.observe.meters import Meters
from why400.rules.source import SourceFile
from why400.settings import Settings, parse_upstream
from why400.wire.familiar import Heads
from why400.wire.house import House
from why400.wire.inbox import Inbox
from why400.witness import NoDecoder, Witness, during


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def turned() -> bytes:
    camera = Image.Exif()
    camera[0x0112] = 6
    return picture(exif=camera)


JPEG = picture()
LARGE = JPEG + bytes(500_000)
COMMENT = b"\xff\xfe\x04\x02" + bytes(1024)
HEAD = b"POST /predict HTTP/1.1\r\nHost: model\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
PATIENCE = Patience(head=0.5, body=0.9, keepalive=0.5, stall=0.5, linger=0.5)
RULES = b"""
why400: 1
routes:
  predict:
    match: POST /predict
    mode: %s
    image: { body: whole }
    rules:
      declared-type: { require: { declared_type: true }, fix: relabel }
      format: { require: { format: [jpeg, png] } }
      whole: { require: { intact: structure } }
      large: { require: { body_size: { max: 2MB } }, status: 413 }
    refused_when: { json: $.error }
"""


def post(data: bytes = JPEG, length: int | None = None) -> bytes:
    return HEAD % (len(data) if length is None else length) + data


class Forgetful(Heads):
    """Knows no head again, so that everything is the task's."""

    def recall(self, raw, rules):
        return None


class Counting(Heads):
    """Counts the heads that it knew again."""

    known = 0

    def recall(self, raw, rules):
        found = super().recall(raw, rules)
        self.known += found is not None
        return found


@dataclass(frozen=True)
class Row:
    """`client` after a request that was answered, on the same connection; `model` after it, on the same connection.

    `early`: it is over before its end, and how much of it has come by then is chance.
    """

    client: tuple[Step, ...]
    model: tuple[object, ...] = (request, OK)
    status: int = 200
    outcome: str = "forwarded"
    settings: dict[str, object] = field(default_factory=dict)
    mode: str | None = None
    known: int = 1
    early: bool = False


def reply(body: bytes = b"ok", line: bytes = b"200 OK", more: bytes = b"") -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\n%b\r\n%b" % (line, len(body), more, body)


JSON = b"Content-Type: application/json\r\n"
CUT = len(post()) - 100
_BOTH = threading.Barrier(2, timeout=PATIENCE.stall * 20)


def meet(_: object) -> None:
    """Both sides have come this far: what one sends next is a packet of its own, however busy the machine."""
    _BOTH.wait()


CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

ROWS = {
    "one packet": Row((post(),)),
    "another body of another length": Row((post(picture(size=(64, 64))),)),
    "another head": Row((post().replace(b"model", b"other"),), known=0),
    "the same head but for the spelling of a name": Row((post().replace(b"Content-L", b"content-l"),), known=0),
    "a length with a sign": Row((post().replace(b"Length: ", b"Length: +"),), status=400, outcome="rejected", known=0),
    "a length with zeros before it": Row((post().replace(b"Length: ", b"Length: 00"),), known=0),
    "NUL for the digits": Row((re.sub(rb"Length: \d+", b"Length: \0", post()),), status=400, outcome="rejected", known=0),
    "two lengths": Row((post().replace(b"\r\n\r\n", b"\r\nContent-Length: 1\r\n\r\n", 1),), status=400, outcome="rejected", known=0),
    "three packets": Row((post()[:CUT], 0.005, post()[CUT:-9], 0.005, post()[-9:])),
    "a head in two packets": Row((post()[:30], 0.01, post()[30:])),
    "a slow body": Row((post()[:CUT], 0.1, post()[CUT:])),
    "a body that pauses for too long": Row((post()[:CUT],), status=408, outcome="rejected"),
    "a reply to a body that pauses": Row((post()[:CUT],), (head, reply(b"no", b"413 Too Large")), status=413, outcome="refused"),
    "a body that is never whole": Row((post()[:CUT], fin), status=400, outcome="rejected"),
    "a client that hangs up inside its body": Row((post()[:CUT], 0.05, rst), status=0, outcome="abandoned"),
    "a client that leaves while the model works": Row((post(), 0.1, leave), (request, 0.4, OK), outcome="abandoned"),
    "a client that sends no more": Row((post(), fin), (request, 0.1, OK)),
    "two requests in a packet": Row((post() + post(),), (request, OK, request, OK)),
    "a request and a half": Row((post() + post()[:99], 0.1, post()[99:]), (request, OK, request, OK)),
    "a body as large as one may be": Row((post(JPEG + bytes(262_144 - len(JPEG))),)),
    "a body larger than that": Row((post(JPEG + bytes(262_145 - len(JPEG))),)),
    "more than --max-body": Row((post(JPEG + bytes(9000)),), status=413, outcome="rejected", settings={"max_body": 5000}),
    "x-forwarded": Row((post(),), settings={"forwarded": frozenset(("x-forwarded", "via"))}),
    "no headers of ours": Row((post(),), settings={"headers": False}),
    "no content": Row((post(),), (request, b"HTTP/1.1 204 No Content\r\n\r\n"), status=204),
    "moved": Row((post(),), (request, reply(b"", b"307 Temporary Redirect", b"Location: /x\r\n")), status=307),
    "refused": Row((post(),), (request, reply(b"cannot identify image file", b"400 Bad Request")), status=400, outcome="refused"),
    "failed": Row((post(),), (request, reply(b"oops", b"500 Internal Server Error")), status=500, outcome="failed"),
    "a reply in two packets": Row((post(),), (request, OK[:-2], 0.05, OK[-2:])),
    "a reply whose head comes in two packets": Row((post(),), (request, OK[:9], 0.05, OK[9:])),
    "a reply in chunks": Row((post(),), (request, CHUNKS + b"2\r\nok\r\n0\r\n\r\n")),
    "a stream": Row((post(), until(b"chunked"), meet, until(b"2\r\nok\r\n"), meet), (request, CHUNKS, meet, b"2\r\nok\r\n", meet, b"2\r\nno\r\n0\r\n\r\n")),
    "a stream in three packets, each on its own": Row((post(), until(b"2\r\nok\r\n"), meet, until(b"1\r\na\r\n"), meet), (request, CHUNKS + b"2\r\nok\r\n", meet, b"1\r\na\r\n", meet, b"0\r\nT: 1\r\n\r\n")),
    "a stream that is cut": Row((post(), until(b"2\r\nok\r\n"), meet), (request, CHUNKS, 0.05, b"2\r\nok\r\n", meet, hang_up), outcome="failed"),
    "a stream with a bad chunk": Row((post(), until(b"chunked"), meet), (request, CHUNKS, meet, b"2\r\nok\r\nx\r\n"), outcome="failed"),
    "a stream that falls silent": Row((post(),), (request, CHUNKS + b"2\r\nok\r\n", 0.6), outcome="failed", settings={"upstream_timeout": 0.2}),
    "a stream whose client leaves": Row((post(), until(b"2\r\nok\r\n"), rst), (request, CHUNKS + b"2\r\nok\r\n", 0.3, b"1\r\na\r\n", 0.1), outcome="abandoned"),
    "a stream whose client sends on": Row((post(), until(b"2\r\nok\r\n"), post()), (request, CHUNKS + b"2\r\nok\r\n", 0.1, b"0\r\n\r\n", request, OK)),
    "a large reply, read late": Row((post(), 0.3), (request, reply(bytes(5_000_000)))),
    "up to the end of the connection": Row((post(),), (request, b"HTTP/1.1 200 OK\r\n\r\nok", say_no_more)),
    "a model that closes": Row((post(),), (request, reply(more=b"Connection: close\r\n"))),
    "an interim reply": Row((post(),), (request, b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK)),
    "a reply cut short": Row((post(),), (request, OK[:-1], hang_up), outcome="failed"),
    "no reply": Row((post(),), (request, hang_up), status=502, outcome="failed"),
    "no HTTP": Row((post(),), (request, b"hello there\r\n\r\n"), status=502, outcome="failed"),
    "more than a reply": Row((post(),), (request, OK + b"more")),
    "an early refusal": Row((post()[:CUT], 0.1, post()[CUT:]), (some, reply(b"no", b"413 Too Large"), to_end), status=413, outcome="refused"),
    "silence": Row((post(),), (request, 0.6), status=504, outcome="failed", settings={"upstream_timeout": 0.2}),
    "a model that has hung up": Row((0.2, post()), (hang_up,)),
    "rules: in order": Row((post(),), mode="enforce"),
    "rules: a slow body": Row((post()[:CUT], 0.1, post()[CUT:]), mode="enforce"),
    "rules: a slow body, wrong": Row((post(picture("GIF"))[:CUT], 0.1, post(picture("GIF"))[CUT:]), status=400, outcome="rejected", mode="enforce", early=True),
    "rules: rejected": Row((post(picture("GIF")),), status=400, outcome="rejected", mode="enforce"),
    "rules: rejected before its end": Row((post(picture("GIF"), 9000), until(b"HTTP/1.1 400"), bytes(99)), status=400, outcome="rejected", mode="enforce"),
    "rules: fixed": Row((post(picture("PNG")),), outcome="fixed", mode="enforce"),
    "rules: too large": Row((post(JPEG + bytes(2_500_000)),), status=413, outcome="rejected", mode="enforce", early=True),
    "rules: large, in order": Row((post(LARGE),), mode="enforce"),
    "rules: large, in two halves": Row((post(LARGE)[:300_000], 0.1, post(LARGE)[300_000:]), mode="enforce"),
    "rules: large, to be looked at in turns": Row((post(JPEG[:2] + COMMENT * 400 + JPEG[2:]),), mode="enforce"),
    "rules: large, and never whole": Row((post(LARGE)[:300_000], fin), status=400, outcome="rejected", mode="enforce"),
    "rules: large, and its client gone": Row((post(LARGE)[:300_000], 0.005, rst), status=0, outcome="abandoned", mode="enforce", early=True),
    "rules: larger than is held on the lane": Row((post(JPEG + bytes(1_500_000)),), mode="enforce"),
    "rules: large, observed": Row((post(LARGE),), mode="observe"),
    "rules: observed, in order": Row((post(),), mode="observe"),
    "rules: observed, wrong": Row((post(picture("GIF")),), mode="observe"),
    "rules: a refusal inside a success": Row((post(),), (request, reply(b'{"error": "bad image"}', more=JSON)), outcome="refused", mode="observe"),
    "rules: a success that knows refusals": Row((post(),), (request, reply(b'{"digit": 3}', more=JSON)), mode="enforce"),
    "a picture that may be silently wrong": Row((post(turned()),)),
    "no picture": Row((post(b"hello there"),)),
    "nothing": Row((post(b""),), known=0),
}  # fmt: skip


def over(row: Row, stage: Upstream, heads: Heads) -> tuple[Said, list[Exchange], bytes, House]:
    """What the client got after the first request, the exchanges after it, and what reached the model."""
    _BOTH.reset()
    seen = Witness()
    settings = Settings(upstream=parse_upstream(stage.url), upstream_idle=5.0, **row.settings)
    house = make_house(settings, seen, Meters(), NoDecoder())
    house.patience, house.heads = PATIENCE, heads
    if row.mode is not None:
        source = SourceFile("rules.yaml", RULES % row.mode.encode())
        loaded = load_content((source,), {}, Mode.ENFORCE)
        assert not loaded.problems, loaded.problems
        house.rules = loaded.ruleset
    stage.play(request, OK, *row.model)

    async def act(port: int) -> Said:
        return await asyncio.to_thread(talk, port, post(), until(b"\r\n\r\nok"), *row.client)

    said = uvloop.run(during(act, house))
    return said, seen.seen[1:], stage.came, house


def told(said: Said) -> tuple[bytes, bool]:
    """What a client got of the second exchange, apart from what is new in each run."""
    text = re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", b"ID", said.bytes.partition(b"\r\n\r\nok")[2])
    return text, said.reset


def plain(exchange: Exchange, early: bool) -> Exchange:
    """An exchange apart from its name, its times, and what is chance."""
    come = {"body": b"", "body_size": 0, "body_complete": False, "seen": None} if early else {}
    return replace(exchange, id="", at=0.0, timing={}, **come)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_lane_does_as_the_task_does(stage: Upstream, row: Row) -> None:
    heads = Counting()
    by_task, exchanges, came, _ = over(row, stage, Forgetful())
    on_lane, others, arrived, house = over(row, stage, heads)
    assert told(on_lane) == told(by_task)
    assert [plain(one, row.early) for one in others] == [plain(one, row.early) for one in exchanges]
    assert arrived == came
    assert heads.known == row.known
    assert (house.in_flight, house.held, house.evidence) == (0, 0, 0)
    last = others[-1]
    assert (last.status, last.outcome) == (row.status, row.outcome)


def test_the_end_of_service_waits_for_an_exchange_on_the_lane(stage: Upstream, tmp_path) -> None:
    stage.play(request, OK, request, 0.5, OK)
    with serving(stage.url, tmp_path, "--upstream-idle", "5s") as proxy, ThreadPoolExecutor(1) as pool:
        saying = pool.submit(talk, proxy.port, post(), until(b"\r\n\r\nok"), post())
        eventually(lambda: len(stage.came) > len(post()) * 2 - 100)
        assert proxy.end() == 0
        assert saying.result().bytes.count(b"\r\n\r\nok") == 2


def test_the_end_of_service_waits_for_the_rest_of_a_request(stage: Upstream, tmp_path) -> None:
    stage.play(request, OK, request, OK)
    with serving(stage.url, tmp_path, "--upstream-idle", "5s") as proxy, ThreadPoolExecutor(1) as pool:
        saying = pool.submit(talk, proxy.port, post(), until(b"\r\n\r\nok"), post()[:CUT], 0.5, post()[CUT:])
        eventually(lambda: len(stage.came) > len(post()) - 100)
        assert proxy.end() == 0
        assert saying.result().bytes.count(b"\r\n\r\nok") == 2


def test_the_end_of_service_waits_for_the_rest_of_a_reply(stage: Upstream, tmp_path) -> None:
    stage.play(request, OK, request, CHUNKS + b"2\r\nyo\r\n", 0.5, b"3\r\nend\r\n0\r\n\r\n")
    with serving(stage.url, tmp_path, "--upstream-idle", "5s") as proxy, ThreadPoolExecutor(1) as pool:
        saying = pool.submit(talk, proxy.port, post(), until(b"\r\n\r\nok"), post())
        eventually(lambda: len(stage.came) > len(post()) * 2 - 100)
        assert proxy.end() == 0
        assert saying.result().bytes.endswith(b"2\r\nyo\r\n3\r\nend\r\n0\r\n\r\n")


def test_a_connection_that_rests_holds_no_body(stage: Upstream) -> None:
    stage.play(request, OK, request, OK)
    house = make_house(Settings(upstream=parse_upstream(stage.url)), Witness(), Meters(), NoDecoder())
    house.patience, house.heads = PATIENCE, Counting()
    gc.collect()
    others = {id(one) for one in gc.get_objects() if isinstance(one, Inbox)}

    async def act(port: int) -> list[int]:
        client = asyncio.create_task(asyncio.to_thread(talk, port, post(), until(b"\r\n\r\nok"), post(), 0.5))
        await asyncio.sleep(0.3)
        inboxes = [one for one in gc.get_objects() if isinstance(one, Inbox) and id(one) not in others]
        held = [one.size for one in inboxes if one.size]
        await client
        return held

    assert uvloop.run(during(act, house)) == []
    assert house.heads.known == 1


def test_a_picture_that_is_to_be_decoded_leaves_the_lane(stage: Upstream, tmp_path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_bytes(RULES.replace(b"intact: structure", b"intact: pixels") % b"enforce")
    stage.play(*(request, OK) * 2)
    lossless = JPEG.replace(b"\xff\xc0", b"\xff\xc3", 1)
    with serving(stage.url, tmp_path, "--rules", str(rules), "--upstream-idle", "5s") as proxy:
        said = talk(proxy.port, post(), until(b"\r\n\r\nok"), post(lossless), fin)
    assert re.findall(rb"HTTP/1.1 (\d+)", said.bytes) == [b"200", b"400"]


def test_rules_that_come_hold_for_heads_that_are_known(stage: Upstream, tmp_path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_bytes(RULES % b"disabled")
    stage.play(*(request, OK) * 9)
    wrong = post(picture("GIF"))
    with serving(stage.url, tmp_path, "--rules", str(rules), "--upstream-idle", "5s") as proxy:
        first = talk(proxy.port, wrong, until(b"\r\n\r\nok"), wrong, fin)
        assert first.bytes.count(b"HTTP/1.1 200") == 2
        rules.write_bytes(RULES % b"enforce")
        eventually(lambda: talk(proxy.port, wrong, fin).status == 400)
        assert talk(proxy.port, wrong, fin).cause
