"""What is erased is in no file any more: not in a page, not in a free page, not in the write-ahead log."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from records.make import AT, an_id, kept
from why400.records.erase import Erased, erase_all, erase_before, erase_one
from why400.records.reading import open_records
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore
from why400.records.stories import WHOLE_A_MINUTE

SECRET = b"a face that nobody should see " * 400
KEPT = b"a body that stays " * 400


def store_of(folder: Path) -> SqliteStore:
    """Three records with bodies, the second of them the secret one, in a store that stays open."""
    store = SqliteStore(folder, Keep(), pytest.fail)
    for number, body in enumerate((KEPT, SECRET, KEPT), start=1):
        store.add(
            [kept(number, AT + 60 * number, "failed-bodies", body=body, target=b"/" + b"ouX"[number - 1 : number] * 40)]
        )
    return store


def files_with(folder: Path, text: bytes) -> list[str]:
    """The files that hold a text: what `grep -r` would say."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and text in path.read_bytes())


WAYS: dict[str, tuple[Callable[[Path], Erased], list[int]]] = {
    "one": (lambda folder: erase_one(folder, an_id(2)), [3, 1]),
    "before a time": (lambda folder: erase_before(folder, AT + 150), [3]),
    "all": (erase_all, []),
}


@pytest.mark.parametrize(("erase", "left"), WAYS.values(), ids=WAYS)
def test_nothing_is_left_in_any_file(tmp_path: Path, erase: Callable[[Path], Erased], left: list[int]) -> None:
    store = store_of(tmp_path)
    assert files_with(tmp_path, SECRET[:200])
    assert erase(tmp_path) == Erased(3 - len(left), True)
    assert files_with(tmp_path, SECRET[:30]) == []
    assert files_with(tmp_path, b"u" * 40) == []
    assert [record["id"] for record in store.select()] == [an_id(number) for number in left]
    store.add([kept(9, AT + 999)])
    assert store.get(an_id(9)) is not None


def test_what_retention_deleted_is_gone_too(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    store._writing.execute("DELETE FROM records WHERE id = ?", (an_id(2),))
    erase_one(tmp_path, an_id(1))
    assert files_with(tmp_path, SECRET[:30]) == []


def test_damaged_files_that_were_moved_aside_go_with_all(tmp_path: Path) -> None:
    store_of(tmp_path)
    (tmp_path / "records.sqlite.corrupt-20261123T100000Z").write_bytes(SECRET)
    erase_all(tmp_path)
    assert files_with(tmp_path, SECRET[:30]) == []


def test_lines_of_a_story_go_with_it_and_new_ones_are_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, Keep(), pytest.fail)
    store.add([kept(number, AT) for number in range(1, WHOLE_A_MINUTE + 6)])
    assert erase_one(tmp_path, an_id(WHOLE_A_MINUTE)).records == 6
    store.add([kept(99, AT)])
    assert store.get(an_id(99)) is not None


def test_a_writer_goes_on_meanwhile(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, Keep(), pytest.fail)
    store.add([kept(number, AT + number * 60, "failed-bodies", body=SECRET) for number in range(1, 400)])
    done = threading.Event()

    def write() -> None:
        number = 1000
        while not done.is_set():
            number += 1
            store.add([kept(number, AT + number * 60)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        erased = erase_before(tmp_path, AT + 400 * 60)
    finally:
        done.set()
        writer.join()
    assert erased.records >= 399
    assert open_records(tmp_path).get(an_id(1001)) is not None
    assert files_with(tmp_path, SECRET[:30]) == []
