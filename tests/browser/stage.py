"""A data folder in which every kind of record is: made by real requests through `why400 serve` to the demo's model."""

import base64
import json
import socket
import struct
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from scenarios.processes import Proxy, get, run_model, run_proxy
from scenarios.requests import Request, send
from why400.demo.digits import load
from why400.demo.run import RULES
from why400.demo.samples import jpeg, phone_jpeg, png, telling, transparent

JPEG = (("Content-Type", "image/jpeg"),)
HOSTILE = (("Content-Type", f"image/{'m' * 25}"), ("X-Note", f"<script>alert(1)</script>{'wide' * 300}"))
"""What neither a browser nor a narrow page must take for anything but letters."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of exchange: what it is called here, how it ends, and what makes it."""

    name: str
    outcome: str
    enforced: bool
    request: Request | Callable[[Proxy], None]


def kinds(picture: Image.Image) -> tuple[Kind, ...]:
    """One of each."""
    good, clear = jpeg(picture), png(transparent(picture))
    form = (
        b'--b\r\nContent-Disposition: form-data; name="%s"; filename="holiday.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    as_form = (("Content-Type", "multipart/form-data; boundary=b"),)
    prefixed = b'{"image": "data:image/jpeg;base64,%s"}' % base64.b64encode(good)
    uploaded = form % b"file" + clear + b"\r\n--b--\r\n"
    return (
        Kind("refused", "refused", False, Request("/predict", (("Content-Type", "image/png"),), clear)),
        Kind("refused-data-uri", "refused", False, Request("/predict-json", (("Content-Type", "application/json"),), prefixed)),
        Kind("refused-part-name", "refused", False, Request("/upload", as_form, form % b"image" + good + b"\r\n--b--\r\n")),
        Kind("refused-unknown", "refused", False, Request("/fussy", JPEG, good)),
        Kind("refused-hostile", "refused", False, Request("/predict", HOSTILE, clear)),
        Kind("silent", "forwarded", False, Request("/predict", JPEG, phone_jpeg(picture))),
        Kind("rejected", "rejected", True, Request("/predict", (("Content-Type", "text/plain"),), b"hello, model")),
        Kind("fixed", "fixed", True, Request("/upload", as_form, uploaded)),
        Kind("abandoned", "abandoned", True, leave),
        Kind("no-request", "rejected", True, gibberish),
        Kind("failed", "failed", True, Request("/predict", JPEG, good)),
    )  # fmt: skip


def proven(proxy: Proxy, id: str) -> str:
    """Have a record proven, as a script does it; its id."""
    token = (proxy.data / "admin-token").read_text().strip()
    where = f"http://{proxy.admin}/api/records/{id}/proof"
    begin = urllib.request.Request(where, b"", {"Authorization": f"Bearer {token}"})
    urllib.request.urlopen(begin, timeout=10).close()
    deadline = time.monotonic() + 30
    while not json.loads(get(proxy.admin, f"/api/records/{id}/proof")[1])["run"]["done"]:
        assert time.monotonic() < deadline, "the proof did not end"
        time.sleep(0.1)
    return id


def leave(proxy: Proxy) -> None:
    """Begin an upload and go away."""
    with connected(proxy) as sock:
        sock.sendall(
            b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nContent-Length: 90000\r\n\r\n\xff\xd8\xff\xe0"
        )
        time.sleep(0.3)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not an end


def gibberish(proxy: Proxy) -> None:
    """Send what is no HTTP."""
    with connected(proxy) as sock:
        sock.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n")
        sock.recv(1000)


def connected(proxy: Proxy) -> socket.socket:
    host, _, port = proxy.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


@dataclass(slots=True)
class Stage:
    """What is shown: the admin port's host:port, and the id of one record of each kind."""

    admin: str
    data: Path
    ids: dict[str, str]


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Make one of each kind: first observed, then, on the same data, enforced; at last without the model."""
    picture = telling(load()).picture
    data, ids = folder / "data", {}
    flags = ("--rules", str(RULES), "--capture", "failed-bodies")
    with run_model() as model, run_proxy(model, data, *flags, "--mode", "observe") as proxy:
        for kind in kinds(picture):
            if not kind.enforced:
                ids[kind.name] = play(kind, proxy)
        ids["proven"] = proven(proxy, play(kinds(picture)[0], proxy))
    with run_model() as model, run_proxy(model, data, *flags) as proxy:
        for kind in kinds(picture)[:-1]:
            if kind.enforced:
                ids[kind.name] = play(kind, proxy)
    with refusing_port() as nobody, run_proxy(nobody, data, *flags, wait_for="/livez") as proxy:
        ids["failed"] = play(kinds(picture)[-1], proxy)
        yield Stage(proxy.admin, data, ids)


@contextmanager
def refusing_port() -> Iterator[str]:
    """An address that nobody listens on for as long as the block lasts."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"


def play(kind: Kind, proxy: Proxy) -> str:
    """Send it; the id of its record."""
    if isinstance(kind.request, Request):
        return send(proxy.url, kind.request).headers["why400-id"]
    kind.request(proxy)
    return newest(proxy, kind.outcome)


def newest(proxy: Proxy, outcome: str) -> str:
    """The id of the newest record with this outcome, once there is one."""
    deadline = time.monotonic() + 10
    while True:
        found = json.loads(get(proxy.admin, f"/api/records?outcome={outcome}&limit=1")[1])["records"]
        if found:
            return found[0]["id"]
        assert time.monotonic() < deadline, f"no record is {outcome}"
        time.sleep(0.05)
