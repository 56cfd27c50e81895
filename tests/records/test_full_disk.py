"""A disk that is really full: answers go on, the loss is counted, and with room again records are kept again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from raw.proxy import eventually, serving
from raw.upstream import request, upstream
from records.make import distinct
from records.small_disk import fill, small_disk
from scenarios.requests import Request, send
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore
from why400.records.store import StoreError

REFUSED = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"


class Disk:
    """A folder whose disk can be filled and freed."""

    def __init__(self, folder: Path, real: bool) -> None:
        self.folder, self._real = folder, real

    def fill(self, store: SqliteStore) -> None:
        if self._real:
            fill(self.folder)
        else:
            pages = store._writing.execute("PRAGMA page_count").fetchone()[0]
            store._writing.execute(f"PRAGMA max_page_count = {pages}")

    def free(self, store: SqliteStore) -> None:
        (self.folder / "full").unlink(missing_ok=True)
        store._writing.execute("PRAGMA max_page_count = 1000000")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 1024) as folder:
        yield Disk(folder or tmp_path / "disk", folder is not None)


def test_a_full_disk_is_a_reason_and_room_again_mends_it(disk: Disk) -> None:
    store = SqliteStore(disk.folder, Keep(), pytest.fail)
    store.add([distinct(1)])
    disk.fill(store)
    with pytest.raises(StoreError) as caught:
        store.add([distinct(number) for number in range(2, 1000)])
    assert caught.value.reason == "disk-full"
    disk.free(store)
    store.add([distinct(2000)])
    assert len(store.select()) == 2
    store.close()


def test_serve_on_a_full_disk_goes_on_answering(disk: Disk, tmp_path: Path) -> None:
    refused = Request("/predict", (("Content-Type", "image/png"), ("X-Filler", "x" * 3000)), b"no picture")
    with upstream() as model, serving(model.url, tmp_path, data=disk.folder / "data") as proxy:
        model.play(request, REFUSED)
        base = f"http://127.0.0.1:{proxy.port}"
        assert proxy.record(send(base, refused).headers["why400-id"])
        full = fill(disk.folder)
        answers = [send(base, refused) for _ in range(60)]
        assert {(answer.status, answer.body) for answer in answers} == {(400, b"no")}
        assert {answer.headers["why400-outcome"] for answer in answers} == {"refused"}
        lost = 'why400_records_lost_total{reason="disk-full"}'
        eventually(lambda: proxy.count(lost) > 0)
        assert "disk-full" in proxy.said
        full.unlink()
        assert proxy.record(send(base, refused).headers["why400-id"])
