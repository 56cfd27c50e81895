import pytest

from why400.alike import nearest


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        pytest.param("image", ["mask", "imagee", "img"], "imagee", id="the nearest"),
        pytest.param("image", ["mask", "shape"], None, id="none is near"),
        pytest.param("image", [], None, id="none at all"),
    ],
)
def test_nearest(word: str, words: list[str], found: str | None) -> None:
    assert nearest(word, words) == found


def test_how_near_is_asked_for() -> None:
    assert nearest("image", ["img"], 0.9) is None
    assert nearest("image", ["img"], 0.5) == "img"
