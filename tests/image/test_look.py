"""The first questions: how many bytes recognition needs, and what it says of too few."""

import pytest

from corpus.make import picture
from corpus.readers import ALL
from why400.image.facts import ImageFacts, NeedMore, Reading
from why400.image.look import look, recognise

UNKNOWN = ImageFacts("unknown")
ROWS: list[tuple[str, bytes, bool, Reading]] = [
    ("nothing yet", b"", False, NeedMore(32)),
    ("nothing at all", b"", True, UNKNOWN),
    ("a magic, and too little behind it", picture("png")[:20], False, NeedMore(32)),
    ("not known yet", b"\xfe" * 40, False, NeedMore(512)),
    ("not known", b"\xfe" * 512, False, UNKNOWN),
    ("a short thing that is not known", b"\xfe" * 40, True, UNKNOWN),
    ("recognised from the first bytes", b"%PDF-1.7\n" + b"\xfe" * 40, False, ImageFacts("pdf", "application/pdf")),
]


@pytest.mark.parametrize(("head", "complete", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_look(head: bytes, complete: bool, want: Reading) -> None:
    assert look(ALL, head, complete) == want


@pytest.mark.parametrize(
    ("head", "name"), [(picture("jpeg"), "jpeg"), (b"GIF89a", "gif"), (b"\xfe", None), (b"", None)]
)
def test_recognise(head: bytes, name: str | None) -> None:
    found = recognise(ALL, head)
    assert (found.name if found else None) == name


def test_without_readers_nothing_is_known() -> None:
    assert look((), picture("jpeg"), True) == UNKNOWN
