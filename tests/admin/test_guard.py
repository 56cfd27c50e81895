"""Who may see the page. The socket is always on loopback here; what the bound address is said to be varies."""

import asyncio

import pytest

from admin.conftest import TOKEN, Open
from why400.admin.guard import is_loopback_name

PAGES = ["/", "/records", "/records/x", "/causes", "/causes/image.alpha", "/rules",
         "/api/records", "/api/records/x", "/api/causes", "/api/overview", "/nothing-here"]  # fmt: skip
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.mark.parametrize("path", ["/metrics", "/livez", "/readyz"])
@pytest.mark.parametrize("host", ["why400:8401", "evil.example", "127.0.0.1"])
async def test_probes_are_open_to_all(opened: Open, path: str, host: str) -> None:
    client = await opened(loopback=False)
    assert (await client.get(path, headers={"Host": host})).status == 200


@pytest.mark.parametrize("path", PAGES)
async def test_all_else_needs_the_token_when_others_can_reach_it(opened: Open, path: str) -> None:
    client = await opened(loopback=False)
    answer = await client.get(path)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "why400 link" in await answer.text()


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        pytest.param(BEARER, "", 200, id="the token in a field"),
        pytest.param({**BEARER, "Host": "anything.example"}, "", 200, id="under any name"),
        pytest.param({"Authorization": f"bearer  {TOKEN} "}, "", 200, id="a lower-case scheme"),
        pytest.param({"Authorization": "Bearer wrong"}, "", 401, id="a wrong token"),
        pytest.param({"Authorization": f"Basic {TOKEN}"}, "", 401, id="another scheme"),
        pytest.param({"Authorization": "Bearer "}, "", 401, id="an empty token"),
        pytest.param({}, "?token=wrong", 401, id="a wrong token in the address"),
        pytest.param({}, "?token=%FF%00", 401, id="no text in the address"),
        pytest.param({"Cookie": "why400-00000000=guess"}, "", 401, id="a cookie of somebody's own"),
    ],
)
async def test_the_token(opened: Open, headers: dict[str, str], query: str, status: int) -> None:
    client = await opened(loopback=False)
    assert (await client.get(f"/api/records{query}", headers=headers)).status == status


async def test_a_token_in_the_address_becomes_a_cookie_and_leaves_the_address(opened: Open) -> None:
    client = await opened(loopback=False)
    answer = await client.get(f"/records?cause=image.alpha&token={TOKEN}", allow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status, answer.headers["Location"]) == (303, "/records?cause=image.alpha")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert TOKEN not in cookie
    client.session.cookie_jar.clear()
    sent = {"Cookie": cookie.partition(";")[0]}
    assert (await client.get("/records", headers=sent)).status == 200
    assert (await client.get("/records", headers={**sent, "Host": "any.example"})).status == 200


@pytest.mark.parametrize(
    ("public_url", "location", "secure"),
    [
        pytest.param(None, "/", False, id="none"),
        pytest.param("https://ops.example/why400/", "/why400/", True, id="behind a proxy, under a path"),
    ],
)
async def test_where_a_token_leads(opened: Open, public_url: str | None, location: str, secure: bool) -> None:
    client = await opened(public_url=public_url)
    answer = await client.get(f"/?token={TOKEN}", allow_redirects=False)
    assert answer.headers["Location"] == location
    assert ("Secure" in answer.headers["Set-Cookie"]) is secure


async def test_a_token_leads_to_no_other_site(opened: Open) -> None:
    client = await opened()
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(b"GET //evil.example/?token=%s HTTP/1.0\r\nHost: localhost\r\n\r\n" % TOKEN.encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.0 303")
    assert b"Location: //" not in answer


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1:8401", 200, id="loopback address"),
        pytest.param("localhost:8401", 200, id="localhost"),
        pytest.param("[::1]:8401", 200, id="loopback address, v6"),
        pytest.param("evil.example", 403, id="a name that was rebound to us"),
        pytest.param("127.0.0.1.evil.example", 403, id="a name that looks like loopback"),
        pytest.param("localhost.evil.example", 403, id="a name that begins with localhost"),
        pytest.param("192.168.1.5:8401", 403, id="another address of this machine"),
        pytest.param("0.0.0.0:8401", 403, id="the unspecified address"),
    ],
)
async def test_without_a_token_only_loopback_names_are_answered(opened: Open, host: str, status: int) -> None:
    client = await opened(token=None)
    assert (await client.get("/", headers={"Host": host})).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="no browser"),
        pytest.param({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200, id="typed"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200, id="our own link"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200, id="a link elsewhere"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403, id="a frame elsewhere"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403, id="an image elsewhere"),
        pytest.param({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403, id="another port's script"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="a script of another origin"),
        pytest.param({"Origin": "null"}, 403, id="a sandboxed script"),
        pytest.param({"Origin": "http://127.0.0.1:8401", "Host": "127.0.0.1:8401"}, 200, id="our own origin"),
    ],
)  # fmt: skip
async def test_other_sites_get_nothing(opened: Open, headers: dict[str, str], status: int) -> None:
    client = await opened()
    assert (await client.get("/", headers={**BEARER, **headers})).status == status


@pytest.mark.parametrize("path", [*PAGES, "/metrics", "/livez"])
async def test_every_answer_disarms_browsers(opened: Open, path: str) -> None:
    answer = await (await opened()).get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_can_be_changed_here(opened: Open, method: str) -> None:
    assert (await (await opened()).request(method, "/records")).status == 405


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.9.9.9:1", True), ("LOCALHOST", True), ("localhost.", True), ("[::1]", True),
     ("::1", False), ("", False), ("[", False), ("1", False), ("localhost@evil", False), ("[::ffff:8.8.8.8]", False)],
)  # fmt: skip
def test_names_of_this_machine(host: str, loopback: bool) -> None:
    assert is_loopback_name(host) is loopback
