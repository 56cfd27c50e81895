"""The page in a real browser: on small and wide screens, light and dark, with the keyboard, and read aloud."""

import asyncio
import statistics
import time
import urllib.request
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from browser.conftest import page_over
from browser.devtools import Tab
from browser.screenshots import pages
from browser.stage import Stage
from scenarios.processes import run_model, run_proxy
from scenarios.requests import Request, send
from why400.admin.token import make_token
from why400.demo.digits import load
from why400.demo.run import RULES
from why400.demo.samples import png, telling, transparent

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

CONTRAST = Path(__file__).with_name("contrast.js").read_text()
NAMES = ["overview", "records", "causes", "cause", "rules", "wordings", "complaint", "body", "proof-plan", "proof-cannot", "record-proven", "record-rejected", "record-refused",
         "record-fixed", "record-failed", "record-silent", "record-abandoned", "record-no-request", "record-refused-unknown", "record-refused-hostile"]  # fmt: skip
GOOD_RULES = "why400: 1\nroutes:\n  predict:\n    match: POST /predict\n    image: body\n    rules:\n      color: { require: { color: rgb } }\n"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("name", NAMES)
async def test_every_page_fits_and_can_be_read(tab: Tab, stage: Stage, name: str, width: int, dark: bool) -> None:
    await tab.look(width, dark)
    await tab.open(f"http://{stage.admin}{pages(stage)[name]}")
    assert await tab.value("document.documentElement.scrollWidth") <= width
    assert await tab.value(CONTRAST) == []
    assert [said for said in tab.complaints if "404" not in said] == []
    assert {address.split("/")[2] for address in tab.asked if address.startswith("http")} == {stage.admin}


@pytest.mark.parametrize("name", NAMES)
async def test_every_page_can_be_read_aloud(tab: Tab, stage: Stage, name: str) -> None:
    await tab.open(f"http://{stage.admin}{pages(stage)[name]}")
    told = await tab.heard_by_readers()
    roles = [role for role, _ in told]
    assert {"banner", "navigation", "main"} <= set(roles)
    assert (roles.count("main"), await tab.value("document.querySelectorAll('h1').length")) == (1, 1)
    nameless = [
        role for role, named in told if not named and role in ("link", "button", "combobox", "heading", "RootWebArea")
    ]
    assert nameless == []
    levels = await tab.value("[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => +one.tagName[1])")
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False)), levels


async def test_the_keyboard_leads_to_a_record(tab: Tab, stage: Stage) -> None:
    await tab.open(f"http://{stage.admin}/records")
    await tab.press("Tab", 9)
    assert await tab.value("document.activeElement.textContent") == "To the content"
    assert await tab.value("document.activeElement.getBoundingClientRect().left >= 0")
    for _ in range(20):
        await tab.press("Tab", 9)
        assert await tab.value("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if "/records/" in (await tab.value("document.activeElement.href") or ""):
            break
    await tab.after("document.activeElement.click()")
    assert await tab.value("location.pathname") in {f"/records/{id}" for id in stage.ids.values()}


async def test_the_list_is_narrowed_by_its_form(tab: Tab, stage: Stage) -> None:
    await tab.open(f"http://{stage.admin}/records")
    await tab.value("document.querySelector('[name=outcome]').value = 'rejected'")
    await tab.after("document.querySelector('form button').click()")
    shown = await tab.value("[...document.querySelectorAll('.rows a')].map((one) => one.pathname.slice(9))")
    assert sorted(shown) == sorted([stage.ids["rejected"], stage.ids["no-request"]])
    assert await tab.value("document.querySelector('[name=outcome]').value") == "rejected"


async def test_ten_thousand_records_are_paged_through(tab: Tab, many: Path) -> None:
    with page_over(many) as url:
        seen: set[str] = set()
        await tab.open(f"{url}/records?cause=image.cmyk")
        for _ in range(3):
            seen |= set(await tab.value("[...document.querySelectorAll('.rows a')].map((one) => one.pathname)"))
            await tab.after("document.querySelector('[rel=next]').click()")
        assert len(seen) == 150
        assert await tab.value("document.querySelector('[name=cause]').value") == "image.cmyk"


@pytest.mark.parametrize("path", ["/", "/?since=7d", "/records", "/records?cause=image.alpha", "/api/overview"])
async def test_ten_thousand_records_keep_nobody_waiting(many: Path, path: str) -> None:
    with page_over(many) as url:
        taken = [timed(url + path) for _ in range(9)]
        assert statistics.median(taken) < 0.1


async def test_a_token_leaves_the_address_and_stays_in_the_browser(tab: Tab, many: Path) -> None:
    token = make_token(many)
    with page_over(many, admin="0.0.0.0:0") as url:
        await tab.open(f"{url}/records")
        assert await tab.value("document.querySelector('h1').textContent") == "401"
        await tab.open(f"{url}/records?token={token}&cause=image.alpha")
        assert await tab.value("location.href") == f"{url}/records?cause=image.alpha"
        assert await tab.value("document.cookie") == ""
        await tab.after("document.querySelector('nav a').click()")
        assert await tab.value("document.querySelectorAll('nav a').length") == 3
    (many / "admin-token").unlink()


async def test_the_button_proves_through_a_running_serve(tab: Tab, tmp_path: Path) -> None:
    """From the record to what would be tried, to the button, to the proof on the record: in front of the real model."""
    sent = png(transparent(telling(load()).picture))
    flags = ("--rules", str(RULES), "--capture", "failed-bodies", "--mode", "observe")
    with run_model() as model, run_proxy(model, tmp_path / "data", *flags) as proxy:
        id = send(proxy.url, Request("/predict", (("Content-Type", "image/png"),), sent)).headers["why400-id"]
        await tab.open(f"http://{proxy.admin}/records/{id}")
        await tab.after("[...document.links].find((one) => one.pathname.endsWith('/proof')).click()")
        assert await tab.value("document.querySelector('h1').textContent") == "What would be tried"
        assert f"The requests go to {model}, at most 50 of them" in await tab.value(
            "document.querySelector('main').textContent"
        )
        await tab.after("document.querySelector('main form button').click()")
        deadline = time.monotonic() + 30
        while "Proven: image.format" not in await tab.value("document.body ? document.body.textContent : ''"):
            assert time.monotonic() < deadline, await tab.value("document.body.textContent")
            await asyncio.sleep(0.2)  # the page follows by itself, and is not there for a moment
        await tab.open(f"http://{proxy.admin}/records/{id}")
        shown = await tab.value("document.querySelector('main').textContent")
        assert "How it was proven" in shown
        assert "outcome: fixed, rules: [format]" in shown
        assert await tab.value("document.querySelector('.sure').textContent") == "proven"


async def test_all_links_stay_behind_a_path(tab: Tab, stage: Stage) -> None:
    """As a reverse proxy serves it that takes `/ops/why400` off the path."""

    async def pass_on(request: web.Request) -> web.Response:
        async with ClientSession() as session, session.get(f"http://{behind}{request.path_qs[11:]}") as answer:
            return web.Response(body=await answer.read(), headers={"Content-Type": answer.headers["Content-Type"]})

    app = web.Application()
    app.router.add_get("/ops/why400/{path:.*}", pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    front = f"http://127.0.0.1:{runner.addresses[0][1]}/ops/why400"
    with page_over(stage.data, "--public-url", front) as url:
        behind = url.removeprefix("http://")
        for path in ("/", "/records", f"/records/{stage.ids['refused']}", "/causes", "/causes/image.alpha"):
            await tab.open(front + path)
            links = await tab.value("[...document.links, ...document.forms].map((one) => one.href || one.action)")
            outside = [link for link in links if not link.startswith((front, "#"))]
            assert outside == []
    await runner.cleanup()


async def test_what_is_wrong_with_serve_stands_on_every_page(tab: Tab, stage: Stage) -> None:
    for path in ("/", "/records", "/rules", "/causes"):
        await tab.open(f"http://{stage.admin}{path}")
        assert "Not ready: no connection to" in await tab.value("document.querySelector('.note').textContent")


async def test_an_empty_store_and_rules_that_were_not_taken(tab: Tab, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(GOOD_RULES)
    with run_proxy("http://127.0.0.1:9", tmp_path / "data", "--rules", str(rules), wait_for="/livez") as proxy:
        await tab.open(f"http://{proxy.admin}/")
        assert "Nothing refused" in await tab.value("document.querySelector('h1').textContent")
        assert "Every refusal comes here" in await tab.value("document.querySelector('.none').textContent")
        rules.write_text(GOOD_RULES.replace("rgb", "rbg"))
        deadline = time.monotonic() + 10
        while "last good rules" not in await tab.value("document.querySelector('main').textContent"):
            assert time.monotonic() < deadline
            await tab.open(f"http://{proxy.admin}/rules")
        shown = await tab.value("document.querySelector('main').textContent")
        assert "rules.yaml:7:" in shown, "the page says what is wrong with the rules, and where"
        assert "rgb" in await tab.value("document.querySelector('pre.yaml').textContent")


def timed(url: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(url, timeout=10) as answer:
        answer.read()
    return time.perf_counter() - started
