import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.make import kept
from why400.records.folder import FolderTaken, take_folder
from why400.records.memory import MemoryStore
from why400.records.opening import open_store
from why400.records.retention import Keep


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with take_folder(tmp_path / "a" / "data") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700


def test_a_second_serve_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with take_folder(tmp_path), pytest.raises(FolderTaken, match=f"process {os.getpid()}.*--data another folder"):
        take_folder(tmp_path)
    take_folder(tmp_path).close()


def test_the_lock_goes_with_the_process(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from why400.records.folder import take_folder; import os; take_folder(Path({str(tmp_path)!r})); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": "proxy"})
    take_folder(tmp_path).close()


def test_the_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    with take_folder(tmp_path) as folder:
        key = folder.key()
        assert (len(key), folder.key()) == (32, key)
    assert (tmp_path / "body-id.key").stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_records_stay_in_memory_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said: list[str] = []
    opened = open_store(tmp_path / "file" / "data", Keep(), said.append)
    assert isinstance(opened.store, MemoryStore)
    assert opened.folder is None
    assert "NO RECORDS ON DISK" in said[0]
    assert "--data" in said[0]


def test_a_store_on_disk_is_opened_and_closed_with_its_folder(tmp_path: Path) -> None:
    opened = open_store(tmp_path, Keep(), pytest.fail)
    opened.store.add([kept(1)])
    opened.close()
    again = open_store(tmp_path, Keep(), pytest.fail)
    assert len(again.store.select()) == 1
    again.close()


def test_memory_holds_the_last_ones_only() -> None:
    store = MemoryStore(most=3)
    store.add([kept(number) for number in range(10)])
    assert len(store.select()) == 3
    assert store.after(0)[0] == 10
