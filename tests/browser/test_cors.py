"""Scripts on another origin's page: they may read our own answers exactly when the upstream, or the route, allows it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from browser.devtools import Tab
from corpus.make import picture
from raw.proxy import Proxy, serving
from raw.upstream import Heard, Upstream, upstream

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

RULES = """why400: 1
routes:
  predict:
    match: POST /predict
    mode: enforce
    image: body
    rules: {{ format: {{ require: {{ format: [jpeg] }} }} }}
{cors}"""
BY_RULE = "    cors: {{ origins: [{origin}], credentials: {credentials} }}\n"
FETCH = """fetch({url}, {{
  method: "POST", body: new Uint8Array({data}), credentials: {credentials}, headers: {{"Content-Type": "image/jpeg"}}
}}).then(async reply => [reply.status, await reply.text(), reply.headers.get("why400-cause"), reply.headers.get("why400-outcome")],
         error => [0, String(error), null, null])"""

PAGE = b"<!doctype html><title>app</title>"


class Model:
    """An upstream that allows, or not, what a browser asks; it keeps the methods that it was asked with."""

    def __init__(self, stage: Upstream) -> None:
        self.stage = stage
        self.allows: dict[str, str] = {}
        self.refuses = False
        stage.play(self.answer)

    def answer(self, heard: Heard) -> None:
        head = heard.head()
        heard.body(head)
        allowed = "".join(f"{name}: {value}\r\n" for name, value in self.allows.items())
        if head.startswith(b"OPTIONS "):
            heard.sock.sendall(f"HTTP/1.1 204 No Content\r\n{allowed}\r\n".encode())
        elif self.refuses:
            heard.sock.sendall(f"HTTP/1.1 400 Bad Request\r\n{allowed}Content-Length: 4\r\n\r\nnope".encode())
        else:
            heard.sock.sendall(f"HTTP/1.1 200 OK\r\n{allowed}Content-Length: 4\r\n\r\nfine".encode())

    def allow(self, origin: str, *, credentials: bool = False) -> None:
        self.allows = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Headers": "Content-Type",
            "Vary": "Origin",
        }
        if credentials:
            self.allows["Access-Control-Allow-Credentials"] = "true"

    @property
    def methods(self) -> list[bytes]:
        return [bytes(one.bytes).split(b" ")[0] for one in self.stage.heard if one.bytes]


@contextmanager
def app() -> Iterator[str]:
    """A page on an origin of its own."""
    with upstream() as stage:
        stage.play(
            lambda heard: heard.body(heard.head()),
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
        )
        yield stage.url


@contextmanager
def standing(folder: Path, cors: str = "") -> Iterator[tuple[Proxy, Model, str]]:
    """The proxy with rules, its model, and the origin of the page."""
    with upstream() as stage, app() as origin:
        (folder / "rules.yaml").write_text(RULES.format(cors=cors.format(origin=origin)))
        with serving(stage.url, folder, "--rules", str(folder / "rules.yaml")) as proxy:
            yield proxy, Model(stage), origin


async def post(tab: Tab, proxy: Proxy, data: bytes, *, credentials: bool = False) -> list:
    """What a script on the page gets: status, text, and what it can read of our own fields; 0 for a network error."""
    words = {
        "url": f"http://127.0.0.1:{proxy.port}/predict",
        "data": list(data),
        "credentials": "include" if credentials else "omit",
    }
    return await tab.awaited(FETCH.format(**{name: json.dumps(value) for name, value in words.items()}))


JPEG, PNG = picture("jpeg"), picture("png")


async def test_what_the_upstream_lets_a_script_read_it_reads_of_us_too(tab: Tab, tmp_path: Path) -> None:
    with standing(tmp_path) as (proxy, model, origin):
        model.allow(origin)
        await tab.open(origin)
        assert await post(tab, proxy, JPEG) == [200, "fine", None, "forwarded"]
        assert model.methods[0] == b"OPTIONS", "the preflight is the model's to answer"
        status, text, cause, outcome = await post(tab, proxy, PNG)
        assert (status, cause, outcome) == (400, "image.format-mismatch", "rejected")
        assert json.loads(text)["findings"][0]["cause"] == "image.format-mismatch"


async def test_a_refusal_of_the_upstream_is_readable_with_our_fields(tab: Tab, tmp_path: Path) -> None:
    with standing(tmp_path) as (proxy, model, origin):
        model.allow(origin)
        model.refuses = True
        await tab.open(origin)
        status, text, cause, outcome = await post(tab, proxy, JPEG)
        assert (status, text, outcome) == (400, "nope", "refused")
        assert cause


async def test_nobody_reads_what_the_upstream_does_not_allow(tab: Tab, tmp_path: Path) -> None:
    """The preflight fails at the model, as it would without a proxy; nothing of ours makes up for it."""
    with standing(tmp_path) as (proxy, model, origin):
        await tab.open(origin)
        for data in (JPEG, PNG):
            assert (await post(tab, proxy, data))[0] == 0
        assert set(model.methods) == {b"OPTIONS"}


async def test_leave_for_another_origin_is_none_for_this_one(tab: Tab, tmp_path: Path) -> None:
    with standing(tmp_path) as (proxy, model, origin):
        model.allow("http://other.example")
        await tab.open(origin)
        assert (await post(tab, proxy, PNG))[0] == 0


CREDENTIALS = {"allowed": (True, 400), "not allowed": (False, 0)}


@pytest.mark.parametrize(("allowed", "status"), CREDENTIALS.values(), ids=CREDENTIALS)
async def test_with_credentials_only_where_these_are_allowed(
    tab: Tab, tmp_path: Path, allowed: bool, status: int
) -> None:
    with standing(tmp_path) as (proxy, model, origin):
        model.allow(origin, credentials=allowed)
        await tab.open(origin)
        await post(tab, proxy, JPEG, credentials=True)
        assert (await post(tab, proxy, PNG, credentials=True))[0] == status


@pytest.mark.parametrize(("credentials", "status"), [(True, 400), (False, 0)], ids=["with credentials", "without"])
async def test_the_route_says_who_may_read(tab: Tab, tmp_path: Path, credentials: bool, status: int) -> None:
    """`cors:` holds for our own answers from the first one on; the preflight is still the model's."""
    cors = BY_RULE.replace("{credentials}", str(credentials).lower())
    with standing(tmp_path, cors) as (proxy, model, origin):
        model.allow(origin, credentials=True)
        await tab.open(origin)
        assert (await post(tab, proxy, PNG))[:1] == [400]
        assert (await post(tab, proxy, PNG, credentials=True))[0] == status
