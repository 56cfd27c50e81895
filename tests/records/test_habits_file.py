"""What was learnt, in its file."""

from pathlib import Path

import pytest

from why400.records.habits_file import FILE, HabitsFile, erase_habits

KNOWN = {"learnt": ["1"], "known": []}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert HabitsFile(tmp_path).read() is None
    assert HabitsFile(tmp_path).write(KNOWN)
    assert HabitsFile(tmp_path).read() == {"version": 1, **KNOWN}
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_was_erased_is_to_be_forgotten(tmp_path: Path) -> None:
    kept = HabitsFile(tmp_path)
    assert kept.write(KNOWN)
    erase_habits(tmp_path)
    assert not kept.write(KNOWN)
    assert not (tmp_path / FILE).exists()
    assert kept.write(KNOWN)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"version": 2}', b"\xff"])
def test_what_is_no_such_file_is_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert HabitsFile(tmp_path).read() is None


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    assert HabitsFile(tmp_path / "nowhere").write(KNOWN)
