"""Kept bodies: who looked is on record, and no browser makes anything of them."""

from typing import Any

import pytest

from admin.conftest import Open
from records.make import an_id, exchange, kept
from why400.admin.bodies import hex_rows
from why400.records.record import to_record
from why400.records.sqlite import SqliteStore

BODY = b"<script>alert(1)</script>\x00\xff" + bytes(range(256)) * 4


@pytest.fixture
def with_body(store: SqliteStore) -> SqliteStore:
    store.add([to_record(exchange(BODY), "failed-bodies", b"k"), kept(2)])
    return store


async def test_a_body_comes_as_a_file_that_no_browser_opens(opened: Open, with_body: SqliteStore) -> None:
    answer = await (await opened()).get(f"/api/records/{an_id(1)}/body")
    assert (answer.status, await answer.read()) == (200, BODY)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="why400-{an_id(1)}.bin"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "no-store"


async def test_its_page_shows_the_first_bytes_as_text(opened: Open, with_body: SqliteStore) -> None:
    text = await (await (await opened()).get(f"/records/{an_id(1)}/body")).text()
    assert "3c 73 63 72 69 70 74" in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert text.count('scope="row"') == 32


@pytest.mark.parametrize(
    ("path", "what"), [("/records/{}/body", "its first bytes"), ("/api/records/{}/body", "all of it")]
)
async def test_each_look_is_an_audit_line(opened: Open, with_body: SqliteStore, path: str, what: str) -> None:
    lines: list[str] = []
    client = await opened(audit=lines.append)
    await client.get(path.format(an_id(1)))
    assert lines == [f"audit: 127.0.0.1 viewed the kept body of {an_id(1)}, {what}"]


@pytest.mark.parametrize("path", ["/records/{}/body", "/api/records/{}/body"])
@pytest.mark.parametrize("number", [2, 3], ids=["none was kept", "no such record"])
async def test_where_there_is_none_nothing_was_looked_at(
    opened: Open, with_body: SqliteStore, path: str, number: int
) -> None:
    lines: list[str] = []
    answer = await (await opened(audit=lines.append)).get(path.format(an_id(number)))
    assert (answer.status, lines) == (404, [])


@pytest.mark.parametrize(("number", "leads"), [(1, True), (2, False)], ids=["kept", "not kept"])
async def test_a_record_leads_to_its_body(opened: Open, with_body: SqliteStore, number: int, leads: bool) -> None:
    text = await (await (await opened()).get(f"/records/{an_id(number)}")).text()
    assert (f'href="/records/{an_id(number)}/body"' in text) is leads


async def test_a_body_needs_the_token_like_all_else(opened: Open, with_body: SqliteStore) -> None:
    lines: list[str] = []
    client: Any = await opened(loopback=False, audit=lines.append)
    assert (await client.get(f"/api/records/{an_id(1)}/body")).status == 401
    assert lines == []


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"\x89PNG\r\n", [("0000", "89 50 4e 47 0d 0a", "·PNG··")], id="less than a row"),
        pytest.param(b"a" * 9, [("0000", "61 " * 7 + "61", "a" * 8), ("0008", "61", "a")], id="more than a row"),
    ],
)
def test_hex_rows(data: bytes, rows: list[tuple[str, str, str]]) -> None:
    assert hex_rows(data) == rows
