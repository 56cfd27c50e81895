"""What libjpeg mends is heard of the picture that it is in, and of no other: memory is full of earlier decoders."""

import random
from io import BytesIO

import pytest
from PIL import Image

from why400.decoding import whole_jpeg
from why400.decoding.complaints import Ear, find_ear
from why400.decoding.whole_jpeg import Damaged, load


def jpeg(chance: random.Random) -> bytes:
    """A small picture of noise, of any size and kind."""
    file = BytesIO()
    picture = Image.effect_noise((chance.randint(8, 60), chance.randint(8, 60)), 60)
    mode, progressive = chance.choice(("RGB", "L", "CMYK")), chance.random() < 0.3
    picture.convert(mode).save(file, "JPEG", progressive=progressive, quality=chance.randint(20, 95))
    return file.getvalue()


def test_there_is_a_place_where_complaints_are_heard():
    assert find_ear() is not None


@pytest.mark.parametrize("told", [7, 0, -1, None], ids=["always something", "never", "nonsense", "deaf"])
def test_who_hears_what_is_not_there_is_not_believed(monkeypatch, told):
    """A count from a wrong place in memory: the same for whole pictures and cut ones."""
    monkeypatch.setattr(Ear, "count", lambda ear, decoder: told)
    monkeypatch.setattr(whole_jpeg, "_ear", lambda: Ear(0, 0, b""))
    data = jpeg(random.Random(400))
    load(Image.open(BytesIO(data)), data)


@pytest.mark.parametrize("seed", range(4))
def test_whole_pictures_among_broken_ones_are_whole(seed):
    chance = random.Random(seed)
    told = []
    for _ in range(200):
        data = jpeg(chance)
        is_cut = chance.random() < 0.5
        if is_cut:
            data = data[: -len(data) // 3] + b"\xff\xd9"
        try:
            load(Image.open(BytesIO(data)), data)
            told.append((is_cut, False))
        except (Damaged, OSError):
            told.append((is_cut, True))
    assert (False, True) not in told, "a good picture was called broken"
    assert sum(is_cut and not heard for is_cut, heard in told) <= 5
