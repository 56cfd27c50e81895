"""Whatever comes: no reader raises, and none works longer or takes more memory than a few heads are worth."""

import random
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.hostile import FILES
from corpus.make import picture
from corpus.readers import ALL
from why400.image import exif, icc
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

SEEDS = [
    picture("jpeg", orientation=6, profile="srgb"),
    picture("png", "palette", orientation=3),
    picture("webp", orientation=6, profile="srgb"),
    picture("webp", frames=3),
    picture("gif", "palette", frames=3),
    picture("bmp", "gray"),
    picture("tiff", orientation=6, profile="srgb", frames=2),
    picture("avif", "rgba", orientation=6),
]
MAGICS = [data[:16] for data in SEEDS] + [
    b"",
    b"<svg",
    b"{",
    b"P6",
    b"\x80\x04",
    b"\xef\xbf\xbdPNG",
    b"BM",
    b"II*\0",
    b"II+\0",
]
LONGEST_LOOK = 0.05
LONGEST_STRUCTURE = 0.5
MOST_MEMORY = 2_000_000
Mutation = tuple[int, str, int]
MUTATIONS = st.lists(
    st.tuples(st.integers(0, 2**16), st.sampled_from(["set", "cut", "double", "drop"]), st.integers(0, 255)), max_size=8
)


def mutated(data: bytes, mutations: list[Mutation]) -> bytes:
    changed = bytearray(data)
    for where, what, value in mutations:
        at = where % (len(changed) or 1)
        if what == "set":
            changed[at : at + 1] = bytes([value])
        elif what == "cut":
            del changed[max(at, 4) :]
        elif what == "double":
            changed[at:at] = changed[at : at + value]
        else:
            del changed[at : at + value % 8]
    return bytes(changed)


def ask_everything(data: bytes) -> None:
    assert isinstance(look(ALL, data, True), ImageFacts | Damage)
    answer = look(ALL, memoryview(data), False)
    assert isinstance(answer, ImageFacts | Damage | NeedMore)
    assert not isinstance(answer, NeedMore) or answer.upto > len(data)
    found = damage(ALL, bytearray(data))
    assert found is None or 0 <= found.offset <= len(data)


@given(st.sampled_from(SEEDS), MUTATIONS)
@settings(max_examples=500, deadline=None)
def test_good_files_gone_bad(data: bytes, mutations: list[Mutation]) -> None:
    ask_everything(mutated(data, mutations))


@given(st.sampled_from(MAGICS), st.binary(max_size=300))
@settings(max_examples=500, deadline=None)
def test_noise_behind_a_magic(magic: bytes, noise: bytes) -> None:
    ask_everything(magic + noise)


@given(st.binary(max_size=600))
def test_noise(noise: bytes) -> None:
    ask_everything(noise)
    assert isinstance(exif.read(noise), exif.Exif)
    assert icc.description(noise) is None or icc.description(noise)
    assert icc.deflated_description(noise) is None


def test_many_changes_in_the_first_bytes_of_each_format() -> None:
    rng = random.Random(400)
    for data in SEEDS:
        for _ in range(400):
            ask_everything(mutated(data, [(rng.randrange(200), "set", rng.choice((0, 1, 127, 128, 255)))]))


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_a_look_is_short(data: bytes, complete: bool) -> None:
    start = time.perf_counter()
    look(ALL, data, complete)
    assert time.perf_counter() - start < LONGEST_LOOK


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_a_whole_file_is_followed_so_far_and_no_further(data: bytes) -> None:
    start = time.perf_counter()
    damage(ALL, data)
    assert time.perf_counter() - start < LONGEST_STRUCTURE


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_it_takes_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        look(ALL, data, True)
        damage(ALL, data)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
