import pytest

from admin.conftest import Open
from records.make import an_id, distinct, kept
from why400.admin.parts import Health
from why400.exchange import Outcome
from why400.records.sqlite import SqliteStore


async def test_records_are_the_contract_as_kept(opened: Open, store: SqliteStore) -> None:
    store.add([kept(1)])
    client = await opened()
    assert await (await client.get(f"/api/records/{an_id(1)}")).json() == kept(1).record
    assert (await (await client.get("/api/records")).json())["records"] == [kept(1).record]


@pytest.mark.parametrize(
    ("query", "found"),
    [("", [3, 2, 1]), ("?limit=1", [3]), ("?outcome=rejected", [2]), ("?cause=image.alpha&before=" + an_id(3), [2, 1])],
)
async def test_records_narrow_as_on_the_page(opened: Open, store: SqliteStore, query: str, found: list[int]) -> None:
    store.add([distinct(1), distinct(2, outcome=Outcome.REJECTED), distinct(3)])
    answer = await (await (await opened()).get(f"/api/records{query}")).json()
    assert [record["id"] for record in answer["records"]] == [an_id(number) for number in found]


@pytest.mark.parametrize(
    ("path", "status"), [("/api/records/none", 404), ("/api/records?since=x", 400), ("/api/none", 404)]
)
async def test_errors_are_json(opened: Open, path: str, status: int) -> None:
    answer = await (await opened()).get(path)
    assert answer.status == status
    assert set(await answer.json()) == {"error"}


async def test_the_catalogue(opened: Open) -> None:
    causes = (await (await (await opened()).get("/api/causes")).json())["causes"]
    assert {"image.alpha", "base64.urlsafe", "data-uri.unexpected"} <= {cause["code"] for cause in causes}
    assert {"title", "what", "remedy", "who_fixes"} <= set(causes[0])


async def test_the_overview(opened: Open, store: SqliteStore) -> None:
    store.add([distinct(1), distinct(2)])
    answer = await (await (await opened()).get("/api/overview")).json()
    assert answer["outcomes"] == {"refused": 2}
    assert answer["causes"][0] | {"last": ""} == {"cause": "image.alpha", "count": 2, "last": ""}
    assert answer["ready"] is True


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
async def test_readiness(opened: Open, ready: bool, status: int) -> None:
    answer = await (await opened(health=lambda: Health(ready, {"upstream": "words"}))).get("/readyz")
    assert (answer.status, await answer.json()) == (status, {"ready": ready, "upstream": "words"})


async def test_metrics_say_what_they_are(opened: Open) -> None:
    answer = await (await opened()).get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert b"why400_in_flight" in await answer.read()
