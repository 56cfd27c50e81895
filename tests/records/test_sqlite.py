"""The file: its modes, its damage, its neighbours, its size, and the death of who writes it."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from records.make import AT, an_id, distinct, kept
from why400.records.reading import NoRecords, open_records
from why400.records.retention import Keep, used_bytes
from why400.records.schema import FILE, OtherVersion
from why400.records.sqlite import SqliteStore
from why400.records.store import StoreError
from why400.records.stories import WHOLE_A_MINUTE

WRITER = Path(__file__).with_name("writing_child.py")


FOREVER = Keep()


def opened(folder: Path, keep: Keep = FOREVER, say=pytest.fail) -> SqliteStore:
    return SqliteStore(folder, keep, say)


def test_records_outlive_the_store_object(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([kept(1)])
    store.close()
    assert opened(tmp_path).get(an_id(1)) == kept(1).record


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    opened(tmp_path).add([kept(1)])
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}


def test_identical_refusals_share_one_story(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([kept(number, AT, body=b"x" * number) for number in range(1, 101)])
    line = store.get(an_id(100))
    assert line is not None
    assert line["story"] == an_id(WHOLE_A_MINUTE)
    assert (line["id"], line["diagnosis"], line["evidence"]["kept"]) == (
        an_id(100),
        kept(1).record["diagnosis"],
        "story",
    )
    assert len(store.select(cause="image.alpha", limit=1000)) == 100
    assert sum("story" not in record for record in store.select(limit=1000)) == WHOLE_A_MINUTE


def test_a_shared_story_of_which_next_to_nothing_is_kept(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([kept(n, capture="none") for n in range(30)])
    assert store.get(an_id(29))["diagnosis"] == store.get(an_id(0))["diagnosis"]
    assert "request" not in store.get(an_id(29))


def test_an_id_that_comes_again_amends_its_record(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([kept(1)])
    store.add([kept(1, diagnosis=())])
    assert [record["diagnosis"] for record in store.select()] == [[]]
    assert store.select(cause="image.alpha") == []


def test_a_beginning_of_an_id_is_enough_when_it_is_the_only_one(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([kept(1), kept(0x200)])
    assert store.get(an_id(0x200)[:-1]) == kept(0x200).record
    assert store.get(an_id(1)[:20]) is None
    assert store.get("0193") is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"not a database at all" * 500), id="another file"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="cut"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xa5" * 40_000), id="overwritten"),
        pytest.param(lambda path: path.write_bytes(b"\0" * 4096), id="zeroed"),
    ],
)
def test_a_damaged_file_is_moved_aside_and_said(tmp_path: Path, damage) -> None:
    store = opened(tmp_path)
    store.add([distinct(number) for number in range(50)])
    store.close()
    damage(tmp_path / FILE)
    said: list[str] = []
    store = opened(tmp_path, say=said.append)
    store.add([kept(1)])
    assert len(store.select()) == 1
    assert "damaged" in said[0]
    assert any(path.name.startswith(f"{FILE}.corrupt-") for path in tmp_path.iterdir())


def test_an_empty_file_is_a_new_store(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    opened(tmp_path).add([kept(1)])


def test_a_file_of_another_version_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OtherVersion, match="got version 99, wanted 1"):
        opened(tmp_path)
    with pytest.raises(NoRecords, match="got version 99"):
        open_records(tmp_path)


def test_a_file_that_is_damaged_while_open_starts_anew(tmp_path: Path) -> None:
    said: list[str] = []
    store = opened(tmp_path, say=said.append)
    store.add([distinct(number, body=b"x" * 3000, capture="failed-bodies") for number in range(200)])
    store._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 100_000)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        store.select()
    store.add([distinct(300)])
    assert [record["id"] for record in store.select()] == [an_id(300)]
    assert any("damaged" in words for words in said)


def test_a_file_that_is_taken_away_starts_anew(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "data").mkdir()
    store = opened(tmp_path / "data", say=said.append)
    store.add([distinct(1)])
    for path in (tmp_path / "data").iterdir():
        path.unlink()
    (tmp_path / "data").rmdir()
    store.add([distinct(2)])
    assert [record["id"] for record in store.select()] == [an_id(2)]
    assert "anew" in said[0]


def test_reading_beside_the_writer(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add([distinct(1)])
    reader = open_records(tmp_path)
    store.add([distinct(2)])
    assert [record["id"] for record in reader.select()] == [an_id(2), an_id(1)]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._rows("DELETE FROM records")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda folder: None, "there is no data folder", id="no folder"),
        pytest.param(lambda folder: folder.mkdir(), "holds no records", id="an empty folder"),
        pytest.param(
            lambda folder: (folder.mkdir(), (folder / FILE).write_bytes(b"junk" * 999)), "cannot be read", id="junk"
        ),
    ],
)
def test_nothing_to_read_is_said(tmp_path: Path, make, words: str) -> None:
    make(tmp_path / "data")
    with pytest.raises(NoRecords, match=words):
        open_records(tmp_path / "data")


def test_what_is_too_old_goes(tmp_path: Path) -> None:
    store = opened(tmp_path, Keep(seconds=3600))
    store.add([distinct(1, AT), distinct(2, AT + 3000)])
    assert store.prune(AT + 4000) == 1
    assert [record["id"] for record in store.select()] == [an_id(2)]
    assert store.select(cause="image.alpha", before=an_id(2)) == []


def test_a_line_goes_with_its_story(tmp_path: Path) -> None:
    store = opened(tmp_path, Keep(seconds=3600))
    store.add([kept(number, AT) for number in range(1, 31)])
    assert store.prune(AT + 4000) == WHOLE_A_MINUTE
    assert store.select() == []


def test_the_file_stays_under_its_size(tmp_path: Path) -> None:
    keep = Keep(seconds=1e9, size=2_000_000)
    store = opened(tmp_path, keep)
    for start in range(0, 1000, 100):
        bodies = [distinct(number, body=b"x" * 8000, capture="failed-bodies") for number in range(start, start + 100)]
        store.add(bodies)
        while store.prune(AT):
            pass
        assert used_bytes(store._writing) <= keep.size
    assert store.select(limit=1)[0]["id"] == an_id(999)
    store._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert (tmp_path / FILE).stat().st_size <= keep.size * 1.2


@pytest.mark.parametrize("times", range(5))
def test_what_was_committed_survives_kill_9(tmp_path: Path, times: int) -> None:
    child = subprocess.Popen([sys.executable, str(WRITER), str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    seen = [child.stdout.readline().strip() for _ in range(40 + 7 * times)]
    child.send_signal(signal.SIGKILL)
    seen += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.wait()
    found = {record["id"] for record in opened(tmp_path).select(limit=100_000)}
    assert set(seen) <= found
    assert len(seen) >= 40


def test_a_full_disk_is_a_reason_and_no_more(tmp_path: Path) -> None:
    """A child that may write files of 400 KB at most goes on after the first failure, and says why."""
    done = subprocess.run(
        [sys.executable, str(WRITER), str(tmp_path), "400000"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "lost store-error" in done.stdout or "lost disk-full" in done.stdout
    assert done.stdout.strip().endswith("all released")
    assert opened(tmp_path).select(limit=1)


def test_a_store_error_says_what_it_is(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store._writing.execute("PRAGMA max_page_count = 30")
    with pytest.raises(StoreError, match="full") as caught:
        store.add([distinct(number, body=b"x" * 9000, capture="failed-bodies") for number in range(100)])
    assert caught.value.reason == "disk-full"
    store._writing.execute("PRAGMA max_page_count = 100000")
    store.add([distinct(1)])
    assert len(store.select()) == 1
