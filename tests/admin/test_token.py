from pathlib import Path

import pytest

from why400.admin.token import FILE, TokenError, make_token, read_token


def test_a_token_is_made_once_and_kept_private(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    assert len(token) >= 40
    assert make_token(tmp_path) == token
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_every_installation_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert make_token(tmp_path / "a") != make_token(tmp_path / "b")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "is no token", id="empty"),
        pytest.param(b"short\n", "16 or more", id="short"),
        pytest.param(b"two words that are long enough", "without blanks", id="blanks"),
        pytest.param("schlüssel-der-lang-genug-ist".encode(), "ASCII", id="not ASCII"),
        pytest.param(b"\xff\xfe" * 20, "cannot be read", id="no text"),
    ],
)
def test_what_is_no_token(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "t").write_bytes(content)
    with pytest.raises(TokenError, match=words):
        read_token(tmp_path / "t")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TokenError, match="cannot be read"):
        read_token(tmp_path / "none")
