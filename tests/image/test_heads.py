"""Heads of pictures that are met again: what is remembered, and that it says what reading them anew does."""

import pytest

from corpus.cases import good
from corpus.damage import DAMAGES, spoil
from corpus.make import Case
from why400.image import jpeg
from why400.image.heads import Heads

JPEGS = {case.id: case.bytes() for case in good() if case.format == "jpeg"}


@pytest.mark.parametrize("name", JPEGS)
def test_whatever_comes_behind_a_head_it_says_the_same(name):
    data = JPEGS[name]
    scan = data.index(b"\xff\xda")
    others = [data[:at] for at in range(scan - 4, scan + 16)]
    others += [spoil(data, how) for how in DAMAGES] + [
        data[:scan] + b"\xff\xd9",
        data.replace(b"\xff\xda", b"\xff\xdb"),
    ]
    for other in others:
        jpeg.whole(data)
        for again in (other, bytearray(other), memoryview(other)):
            said, broken = jpeg.whole(again)
            assert said == jpeg.read(other, True)
            assert broken == (said if isinstance(said, jpeg.Damage) else jpeg.structure(other))


def test_pictures_in_turn_are_told_apart():
    for _ in range(2):
        for case in (Case(size=(8, 8)), Case(size=(16, 8)), Case(color="gray", size=(8, 8)), Case(orientation=6)):
            said, _ = jpeg.whole(case.bytes())
            assert (said.width, said.height, said.color, said.orientation) == (*case.size, case.color, case.orientation)


@pytest.mark.parametrize(
    ("learned", "comes", "known"),
    [
        (b"head", b"head and more", True),
        (b"head", b"head", True),
        (b"head", b"hea", False),
        (b"head", b"Head and more", False),
        (b"head", b"", False),
        (bytes(1024), bytes(2000), True),
        (bytes(1025), bytes(2000), False),
    ],
)
def test_what_is_known_again(learned, comes, known):
    heads = Heads[str]()
    heads.learn(learned, len(learned), "said", 7)
    assert heads.recall(comes) == (("said", 7) if known else None)


def test_nothing_is_known_of_nothing():
    assert Heads[str]().recall(b"anything") is None


def test_so_many_are_remembered_and_no_more():
    heads, all_of_them = Heads[int](), [b"%03d" % n for n in range(100)]
    for number, head in enumerate(all_of_them):
        heads.learn(head, 3, number, 0)
    assert [head for head in all_of_them if heads.recall(head)] == all_of_them[-64:]
