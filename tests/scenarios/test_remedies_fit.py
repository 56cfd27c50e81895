"""Client lines fit the request that they are told for: a server that wants all of it takes what they send.

Each line is run as it stands, beside the picture that was sent (`photo.png` where it was a PNG), the document that was
sent (`body.json`), and the values that no record keeps, as environment variables.
"""

import base64
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from causes.tables import CATALOGUE
from raw.proxy import Proxy, serving
from scenarios.picky import picky
from scenarios.requests import Request, send
from scenarios.test_remedies import by_curl, by_node, by_python
from why400.diagnose.explain import narrative

VALUES = {"MODEL": "v2", "X_API_KEY": "k", "AUTHORIZATION": "Bearer t", "TOP": "5"}


def drawn(format: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(out, format)
    return out.getvalue()


PNG, JPEG, ALPHA, WEBP = drawn("PNG"), drawn("JPEG"), drawn("PNG", "RGBA"), drawn("WEBP")
JSON = (("Content-Type", "application/json"),)
KEY = ("X-Api-Key", "k")


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def urlsafe(data: bytes) -> str:
    """Of a picture whose text has one of the two other characters."""
    text = base64.urlsafe_b64encode(data).decode()
    assert set("-_") & set(text)
    return text


def posted(path: str, document: Any) -> Request:
    return Request(path, JSON, json.dumps(document).encode())


def chat(url: str) -> Request:
    content = [{"type": "text", "text": "what is it?"}, {"type": "image_url", "image_url": {"url": url}}]
    return posted("/chat", {"model": "m", "messages": [{"role": "user", "content": content}]})


def uploaded(part: str, data: bytes, declared: str, file_name: str | None = "x.png") -> Request:
    named = f'; filename="{file_name}"' if file_name else ""
    body = (
        f'--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nv2\r\n--b\r\nContent-Disposition: form-data; '
        f'name="{part}"{named}\r\nContent-Type: {declared}\r\n\r\n'
    ).encode()
    fields = (("Content-Type", "multipart/form-data; boundary=b"), ("X-Tenant", "north"))
    return Request("/upload", fields, body + data + b"\r\n--b--\r\n")


@dataclass(frozen=True, slots=True)
class Slip:
    """A request, the file that it was made from, and the cause whose lines are run."""

    name: str
    request: Request
    data: bytes
    suffix: str
    cause: str


SLIPS = (
    Slip(
        "PNG called JPEG, with a key and a query",
        Request("/raw?top=5", (("Content-Type", "image/jpeg"), KEY), PNG),
        PNG,
        "png",
        "content-type.image-type-wrong",
    ),
    Slip("no type, with a key and a query", Request("/raw?top=5", (KEY,), PNG), PNG, "png", "content-type.missing"),
    Slip(
        "base64 as the body, with a key and a query",
        Request("/raw?top=5", (("Content-Type", "image/png"), KEY), b64(PNG).encode()),
        PNG,
        "png",
        "base64.unexpected",
    ),
    Slip(
        "PNG in a part called JPEG, beside another part and a field",
        uploaded("photo", PNG, "image/jpeg"),
        PNG,
        "png",
        "content-type.image-type-wrong",
    ),
    Slip("a part without a file name", uploaded("photo", PNG, "image/png", None), PNG, "png", "multipart.no-filename"),
    Slip(
        "a part of base64 text",
        uploaded("photo", b64(PNG).encode(), "image/png"),
        PNG,
        "png",
        "base64.unexpected",
    ),
    Slip(
        "a data URI at a key",
        posted("/plain", {"image": f"data:image/png;base64,{b64(PNG)}"}),
        PNG,
        "png",
        "data-uri.unexpected",
    ),
    Slip(
        "URL-safe text deep in a document",
        posted("/nested", {"instances": [{"picture": {"b64": urlsafe(PNG)}}]}),
        PNG,
        "png",
        "base64.urlsafe",
    ),
    Slip(
        "a data URI deep in a document",
        posted("/nested", {"instances": [{"picture": {"b64": f"data:image/png;base64,{b64(PNG)}"}}]}),
        PNG,
        "png",
        "data-uri.unexpected",
    ),
    Slip(
        "text without padding beside other keys",
        posted(
            "/more",
            {"threshold": 0.25, "image": b64(JPEG + b"\n" * (1 + len(JPEG) % 3 // 2)).rstrip("="), "model": "v2"},
        ),
        JPEG,
        "jpg",
        "base64.padding",
    ),
    Slip(
        "encoded twice beside other keys",
        posted("/more", {"threshold": 0.25, "image": b64(b64(PNG).encode()), "model": "v2"}),
        PNG,
        "png",
        "base64.double",
    ),
    Slip(
        "the wrong type in a chat",
        chat(f"data:image/jpeg;base64,{b64(PNG)}"),
        PNG,
        "png",
        "content-type.image-type-wrong",
    ),
    Slip("URL-safe text in a chat", chat(f"data:image/png;base64,{urlsafe(PNG)}"), PNG, "png", "base64.urlsafe"),
    Slip(
        "base64 with line breaks in a tensor",
        posted(
            "/tensor",
            {
                "inputs": [
                    {"name": "pixels", "shape": [1], "datatype": "BYTES", "data": [base64.encodebytes(PNG).decode()]}
                ]
            },
        ),
        PNG,
        "png",
        "base64.whitespace",
    ),
    Slip(
        "raw bytes declared as text, with a token",
        Request("/bearer", (("Content-Type", "text/plain"), ("Authorization", "Bearer t")), PNG),
        PNG,
        "png",
        "content-type.image-type-wrong",
    ),
    Slip(
        "the image under another key beside others",
        posted("/more", {"threshold": 0.25, "img": b64(PNG), "model": "v2"}),
        PNG,
        "png",
        "json.field-name",
    ),
    Slip(
        "alpha, with a key and a query",
        Request("/raw?top=5", (("Content-Type", "image/png"), KEY), ALPHA),
        ALPHA,
        "png",
        "image.alpha",
    ),
    Slip("alpha in a part, beside another", uploaded("photo", ALPHA, "image/png"), ALPHA, "png", "image.alpha"),
    Slip("alpha in a chat", chat(f"data:image/png;base64,{b64(ALPHA)}"), ALPHA, "png", "image.alpha"),
    Slip(
        "alpha beside other keys",
        posted("/more", {"threshold": 0.25, "image": b64(ALPHA), "model": "v2"}),
        ALPHA,
        "png",
        "image.alpha",
    ),
    Slip(
        "WebP deep in a document",
        posted("/nested", {"instances": [{"picture": {"b64": b64(WEBP)}}]}),
        WEBP,
        "webp",
        "image.format-mismatch",
    ),
)

Run = Callable[[str], list[tuple[int, Any]]]
HOW: dict[str, Run] = {"python": by_python, "curl": by_curl} | ({"javascript": by_node} if shutil.which("node") else {})
TOOLS = ("magick", "jq")


def runs(language: str, slip: Slip) -> bool:
    """Its tools are on this machine; `sharp` is on none."""
    of_cause = CATALOGUE[slip.cause]
    if language == "curl":
        document = slip.request.path in ("/chat", "/more")
        return all(shutil.which(tool) for tool in TOOLS if tool in of_cause.curl or (tool == "jq" and document))
    return language == "python" or "sharp(" not in of_cause.javascript


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with picky() as model, serving(model, tmp_path_factory.mktemp("picky")) as one:
        yield one


@pytest.mark.parametrize(
    ("language", "slip"),
    [(language, slip) for language in HOW for slip in SLIPS if runs(language, slip)],
    ids=lambda given: given if isinstance(given, str) else given.name,
)
def test_what_they_send_is_taken(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, slip: Slip
) -> None:
    answer = send(f"http://127.0.0.1:{proxy.port}", slip.request)
    assert answer.status == 400
    told = narrative(proxy.record(answer.headers["why400-id"]), CATALOGUE)
    lines = next((getattr(one, language) for one in told.causes if one.cause == slip.cause), "")
    assert lines, [one.cause for one in told.causes]
    (tmp_path / f"photo.{slip.suffix}").write_bytes(slip.data)
    (tmp_path / "body.json").write_bytes(slip.request.body if slip.request.headers == JSON else b"{}")
    monkeypatch.chdir(tmp_path)
    for name, value in VALUES.items():
        monkeypatch.setenv(name, value)
    assert HOW[language](lines) == [(200, {"digit": 7})], lines
