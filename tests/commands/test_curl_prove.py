"""`why400 curl --prove` in front of the real demo model: sent again, changed, until it is accepted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.test_curl import why400
from scenarios.kit import kit
from scenarios.processes import run_model
from scenarios.tap import Tap, tapped
from why400.demo import samples as draw


@pytest.fixture(scope="module")
def tap() -> Iterator[Tap]:
    with run_model() as url, tapped(url) as between:
        yield between


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clear.png").write_bytes(draw.png(draw.transparent(kit().picture)))
    (tmp_path / "good.jpg").write_bytes(kit().jpeg)
    (tmp_path / "phone.jpg").write_bytes(draw.phone_jpeg(kit().picture))
    return tmp_path


ENDS = {
    "offered": (
        "curl -s -H 'Content-Type: image/png' --data-binary @clear.png M/predict",
        1,
        ("note: to be sure, why400 curl --prove … sends it again, changed, at most 40 times:",),
    ),
    "proven": (
        "curl --prove -s -H 'Content-Type: image/png' --data-binary @clear.png M/predict",
        1,
        ("image.format-mismatch:", "this is proven", "with “make it JPEG” 200", "more requests"),
    ),
    "two at once": (
        "curl --prove -s -F 'image=@clear.png;type=image/png' M/upload",
        1,
        ("image.alpha:", "multipart.part-name:", "with less 400"),
    ),
    "the server's own fault": (
        "curl --prove -s -H 'Content-Type: image/jpeg' --data-binary @good.jpg M/fussy",
        1,
        ("not proven: none of the changes was accepted",),
    ),
    "accepted, nothing to prove": (
        "curl --prove -s -H 'Content-Type: image/jpeg' --data-binary @good.jpg M/predict",
        0,
        ("accepted: the answer is 200", "nothing to prove"),
    ),
    "accepted and misread": (
        "curl --prove -s -H 'Content-Type: image/jpeg' --data-binary @phone.jpg M/predict",
        0,
        ("silent.exif-rotation", "this is proven", "and another answer"),
    ),
}


@pytest.mark.parametrize(("line", "code", "said"), ENDS.values(), ids=ENDS)
def test_it_ends(line: str, code: int, said: tuple[str, ...], tap: Tap, folder: Path) -> None:
    tap.came.clear()
    ended, printed, told = why400(line.replace("M/", f"{tap.url}/"), folder)
    assert (ended, [words for words in said if words not in told]) == (code, []), told
    assert "--prove" in line or len(tap.came) == 1
    assert len(tap.came) <= 1 + 40
    assert printed
