"""What every store does, tried on each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.make import AT, an_id, distinct, kept
from why400.exchange import Certainty, Diagnosis, Outcome
from why400.records.memory import MemoryStore
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore
from why400.records.store import Store, causes_of, lead_cause


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = SqliteStore(tmp_path, Keep(), pytest.fail) if request.param == "sqlite" else MemoryStore()
    yield made
    made.close()


def cause(code: str, certainty: Certainty = Certainty.LIKELY) -> tuple[Diagnosis, ...]:
    return (Diagnosis(code, certainty, "facts", (), "", "client"),)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(
        [
            distinct(1, AT, diagnosis=cause("image.alpha")),
            distinct(2, AT + 60, diagnosis=cause("image.cmyk"), route="upload"),
            distinct(3, AT + 120, diagnosis=cause("image.alpha"), outcome=Outcome.REJECTED),
        ]
    )
    store.add(
        [
            distinct(4, AT + 180, diagnosis=(), outcome=Outcome.FORWARDED, weight=7.0),
            distinct(5, AT + 240, diagnosis=()),
        ]
    )
    return store


def test_what_was_added_is_found_again(store: Store) -> None:
    one = kept(1)
    store.add([one])
    assert store.get(an_id(1)) == one.record
    assert store.get("no-such-id") is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({}, [5, 4, 3, 2, 1], id="all, newest first"),
        pytest.param({"cause": "image.alpha"}, [3, 1], id="a cause"),
        pytest.param({"cause": "unknown"}, [5], id="no known cause"),
        pytest.param({"route": "upload"}, [2], id="a route"),
        pytest.param({"outcome": "rejected"}, [3], id="an outcome"),
        pytest.param({"since": AT + 60}, [5, 4, 3, 2], id="a time"),
        pytest.param({"limit": 2}, [5, 4], id="a limit"),
        pytest.param({"before": an_id(3)}, [2, 1], id="older than one"),
        pytest.param({"cause": "image.alpha", "since": AT + 60, "outcome": "rejected"}, [3], id="all at once"),
        pytest.param({"cause": "image.alpha' OR 1=1 --"}, [], id="no SQL gets through"),
    ],
)
def test_selections(filled: Store, asked: dict[str, object], found: list[int]) -> None:
    assert [record["id"] for record in filled.select(**asked)] == [an_id(number) for number in found]  # type: ignore[arg-type]


def test_counts_weigh_and_name_the_lead(filled: Store) -> None:
    counts = filled.counts(AT)
    assert counts["outcomes"]["refused"] == 3
    assert counts["routes"]["upload"] == 1
    assert next((line["cause"], line["count"]) for line in counts["causes"]) == ("image.alpha", 2)
    assert {line["cause"] for line in counts["causes"]} == {"image.alpha", "image.cmyk", "unknown"}
    assert counts["causes"][0]["last"] == "2026-11-18T11:08:40.000Z"


def test_live_tail(store: Store) -> None:
    store.add([distinct(1)])
    place, first = store.after(-1)
    store.add([distinct(2), distinct(3)])
    place, new = store.after(place)
    assert (first, [record["id"] for record in new]) == ([], [an_id(2), an_id(3)])
    assert store.after(place) == (place, [])


def test_a_body_is_apart_from_its_record(store: Store) -> None:
    store.add([kept(1, capture="failed-bodies", body=b"PNG\x00\xff"), kept(2)])
    assert (store.body(an_id(1)), store.body(an_id(2)), store.body("nobody")) == (b"PNG\x00\xff", None, None)


@pytest.mark.parametrize(
    ("changes", "found_by", "counted"),
    [
        pytest.param({"diagnosis": cause("image.alpha")}, ["image.alpha"], "image.alpha", id="likely"),
        pytest.param({"diagnosis": cause("image.alpha", Certainty.POSSIBLE)}, ["image.alpha"], "unknown", id="only possible"),
        pytest.param({"diagnosis": ()}, ["unknown"], "unknown", id="refused, no cause"),
        pytest.param({"diagnosis": (), "outcome": Outcome.FORWARDED}, [], None, id="nothing wrong"),
        pytest.param({"diagnosis": cause("silent.exif-rotation"), "outcome": Outcome.FORWARDED}, ["silent.exif-rotation"], "silent.exif-rotation", id="silently wrong"),
    ],
)  # fmt: skip
def test_what_a_record_is_found_by_and_counts_for(changes, found_by, counted) -> None:
    record = kept(1, **changes).record
    assert (causes_of(record), lead_cause(record)) == (found_by, counted)
