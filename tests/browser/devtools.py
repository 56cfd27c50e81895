"""A headless Chromium, spoken to by its DevTools protocol over one websocket: no driver, no further package."""

import asyncio
import base64
import itertools
import json
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 30.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # a container's root has no other way; it is shown our own pages only
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


def find_chromium() -> str | None:
    """The path of a Chromium: `CHROMIUM` in the environment, or one of its usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page of the browser."""

    def __init__(self, socket: ClientWebSocketResponse, session: str) -> None:
        self._socket, self._session = socket, session
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._loaded = asyncio.Event()
        self.complaints: list[str] = []
        """What the browser logged: refused styles, failed loads, errors of scripts."""
        self.asked: list[str] = []
        """Every address that was asked for."""

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        call = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(call | ({"sessionId": self._session} if self._session else {}))
        return await asyncio.wait_for(answer, PATIENCE)

    async def hear(self) -> None:
        """Take answers and events until the browser is gone."""
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                self._heard(json.loads(message.data))

    def _heard(self, said: dict[str, Any]) -> None:
        if waiting := self._answers.pop(said.get("id", 0), None):
            if "error" in said:
                waiting.set_exception(RuntimeError(said["error"]["message"]))
            else:
                waiting.set_result(said["result"])
        match said:
            case {"method": "Page.loadEventFired"}:
                self._loaded.set()
            case {"method": "Log.entryAdded", "params": {"entry": entry}}:
                self.complaints.append(entry["text"])
            case {"method": "Network.requestWillBeSent", "params": {"request": request}}:
                self.asked.append(request["url"])

    async def begin(self) -> None:
        """Open an empty page and listen to what happens on it."""
        target = await self.send("Target.createTarget", url="about:blank")
        attached = await self.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Accessibility"):
            await self.send(f"{domain}.enable")

    async def open(self, url: str) -> None:
        """Go to an address and wait until it is there."""
        self._loaded.clear()
        await self.send("Page.navigate", url=url)
        await asyncio.wait_for(self._loaded.wait(), PATIENCE)

    async def after(self, act: str) -> None:
        """Do what an expression of JavaScript does, and wait for the page that it leads to."""
        self._loaded.clear()
        await self.value(act)
        await asyncio.wait_for(self._loaded.wait(), PATIENCE)

    async def look(self, width: int, dark: bool = False) -> None:
        """Be a screen of this width, on which people like it dark or not."""
        await self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        await self.send("Emulation.setEmulatedMedia", features=scheme)

    async def value(self, expression: str) -> Any:
        """What an expression of JavaScript gives on this page."""
        found = await self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    async def awaited(self, expression: str) -> Any:
        """What a promise of JavaScript comes to on this page."""
        found = await self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        """Press a key and let it go."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    async def heard_by_readers(self) -> list[tuple[str, str]]:
        """What a screen reader is told, in order: role and name of all that has one."""
        nodes = (await self.send("Accessibility.getFullAXTree"))["nodes"]
        told = [node for node in nodes if not node.get("ignored")]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in told if "role" in node]

    async def picture(self) -> bytes:
        """The whole page as PNG."""
        size = (await self.send("Page.getLayoutMetrics"))["cssContentSize"]
        area = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}
        shot = await self.send("Page.captureScreenshot", clip=area, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing(profile: Path) -> AsyncIterator[Tab]:
    """A browser with one page, its profile in a folder of its own; it ends with the block."""
    chromium = find_chromium()
    assert chromium, "no Chromium: apt-get install chromium, or name one in CHROMIUM"
    process = await asyncio.create_subprocess_exec(
        chromium, *FLAGS, f"--user-data-dir={profile}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        where = await _address(profile / "DevToolsActivePort", process)
        async with ClientSession() as session, session.ws_connect(where, max_msg_size=0) as socket:
            tab = Tab(socket, "")
            hearing = asyncio.create_task(tab.hear())
            await tab.begin()
            yield tab
            hearing.cancel()
            with suppress(asyncio.CancelledError):
                await hearing
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(file: Path, process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(PATIENCE):
        while not (told := _told(file)):
            assert process.returncode is None, f"Chromium ended with code {process.returncode}"
            await asyncio.sleep(0.05)
    return told


def _told(file: Path) -> str | None:
    port, _, path = file.read_text().partition("\n") if file.exists() else ("", "", "")
    return f"ws://127.0.0.1:{port}{path}" if path else None
