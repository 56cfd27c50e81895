import asyncio
import os
import re
import signal
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pillow

from decoding.jobs import ALL, SMALL, job, misbehaving, pool_of, told, until_gone
from fixes.made import file, photo, read, step
from why400 import limits
from why400.decoding.child import Child, Gone
from why400.decoding.frames import write_job
from why400.decoding.job import refusal
from why400.fixes.answer import Done, Failed


async def test_an_image_is_changed_and_a_worker_is_reused(pool):
    first = await pool.run(job(), SMALL)
    second = await pool.run(job(), SMALL)
    assert isinstance(first, Done)
    assert (read(first.data).mode, first.media_type, (first.width, first.height)) == ("L", "image/png", (64, 48))
    assert first.data == second.data
    assert pool.counts == {"started": 1, "done": 2}


@pytest.mark.parametrize(
    ("work", "why", "words"),
    [
        pytest.param(misbehaving("sleep", seconds=30), "deadline", "longer than 0.6 s", id="sleeps"),
        pytest.param(misbehaving("spin"), "deadline", "longer than 0.6 s", id="computes for ever"),
        pytest.param(misbehaving("die"), "crashed", "signal 9", id="dies"),
        pytest.param(misbehaving("eat", bytes=2**40), "memory", "more memory", id="eats memory"),
        pytest.param(misbehaving("nobody"), "refused", "nobody", id="a fix that there is not"),
    ],
)
async def test_what_goes_wrong_is_said_and_the_next_image_is_fine(work, why, words):
    pool = pool_of(deadline=0.3)
    failed = await pool.run(work, SMALL)
    assert (failed.why, words in failed.because) == (why, True)
    assert isinstance(await pool.run(job(), SMALL), Done)
    await pool.close()


async def test_the_kernel_ends_a_worker_that_nobody_watches():
    words = [f"{name}={run.__module__}:{run.__name__}" for name, run in ALL.items()]
    child = await Child.start(["why400.decoding.worker", *words], limits.DECODE_MEMORY, cpu=0.5)
    with pytest.raises(Gone):
        await child.ask(write_job(misbehaving("spin")), SMALL)
    assert await child.kill() == signal.SIGXCPU


async def test_where_memory_runs_out_a_worker_goes_before_its_proxy(pool, tmp_path):
    await pool.run(misbehaving("sleep", seconds=0, tell=str(tmp_path / "pid")), SMALL)
    assert goes_first(await told(tmp_path / "pid")) > goes_first(os.getpid())


def goes_first(pid: int) -> int:
    """How readily the kernel ends a process where memory runs out (proc(5))."""
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text())


async def test_a_worker_killed_from_outside_while_it_rests(pool, tmp_path):
    await pool.run(misbehaving("sleep", seconds=0, tell=str(tmp_path / "pid")), SMALL)
    pid = await told(tmp_path / "pid")
    os.kill(pid, signal.SIGKILL)
    await until_gone(pid)
    assert isinstance(await pool.run(job(), SMALL), Done)
    assert pool.counts["started"] == 2


async def test_a_worker_killed_from_outside_in_its_work(pool, tmp_path):
    work = asyncio.create_task(pool.run(misbehaving("sleep", seconds=30, tell=str(tmp_path / "pid")), SMALL))
    os.kill(await told(tmp_path / "pid"), signal.SIGKILL)
    assert (await work).why == "crashed"
    assert isinstance(await pool.run(job(), SMALL), Done)


async def test_a_hundred_at_once_through_a_queue_of_eight():
    pool = pool_of(workers=2, queue=8)
    answers = await asyncio.gather(*(pool.run(job(), SMALL) for _ in range(100)))
    whys = [answer.why for answer in answers if isinstance(answer, Failed)]
    assert (len(answers) - len(whys), whys) == (10, ["queue-full"] * 90)
    assert (pool.counts["started"], pool.depth) == (2, 0)
    await pool.close()


async def test_who_leaves_takes_his_work_with_him(pool, tmp_path):
    work = asyncio.create_task(pool.run(misbehaving("sleep", seconds=30, tell=str(tmp_path / "pid")), SMALL))
    pid = await told(tmp_path / "pid")
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await asyncio.wait_for(until_gone(pid), 5)
    assert isinstance(await pool.run(job(), SMALL), Done)


async def test_a_worker_at_rest_ends_by_itself(tmp_path):
    pool = pool_of(idle=0.1)
    await pool.run(misbehaving("sleep", seconds=0, tell=str(tmp_path / "pid")), SMALL)
    await asyncio.wait_for(until_gone(await told(tmp_path / "pid")), 5)
    assert isinstance(await pool.run(job(), SMALL), Done)
    await pool.close()


async def test_the_loop_is_not_blocked_by_a_large_image():
    """20 MB there and back while a metronome beats: between two beats the loop's thread never works for 20 ms."""
    large = file(Pillow.effect_noise((5000, 4000), 80), "PNG", compress_level=0)
    pool = pool_of(deadline=20)
    work = asyncio.create_task(pool.run(job("png", (5000, 4000), "gray", step("convert", color="gray")), large))
    longest = 0.0
    while not work.done():
        before = time.thread_time()
        await asyncio.sleep(0.001)
        longest = max(longest, time.thread_time() - before)
    assert len((await work).data) > 15_000_000
    assert longest < 0.02
    await pool.close()


LARGE = {
    "50 MP as JPEG, made small": ((8160, 6120), "JPEG", {"quality": 90}, step("resize", max_width=640)),
    "24 MP as JPEG, turned": ((6000, 4000), "JPEG", {"quality": 90}, step("rotate", orientation=6)),
    "24 MP as JPEG, to gray": ((6000, 4000), "JPEG", {"quality": 90}, step("convert", color="gray")),
    "24 MP as progressive JPEG, made small": (
        *((6000, 4000), "JPEG", {"quality": 90, "progressive": True}),
        step("resize", max_width=640),
    ),
    "16 MP as progressive JPEG, turned": (
        *((4608, 3456), "JPEG", {"quality": 90, "progressive": True}),
        step("rotate", orientation=6),
    ),
    "12 MP as PNG, to JPEG": ((4000, 3000), "PNG", {"compress_level": 1}, step("convert", format="jpeg")),
    "9 MP as WebP, to JPEG": ((3400, 2600), "WEBP", {"method": 0}, step("convert", format="jpeg")),
}


@pytest.mark.parametrize(("size", "format", "options", "asked"), LARGE.values(), ids=LARGE)
async def test_large_photos_are_within_the_limits(size, format, options, asked):
    pool = pool_of(deadline=20)
    work = job(format.lower(), size, "rgb", asked, progressive="progressive" in options)
    answer = await pool.run(work, file(photo(size), format, **options))
    assert isinstance(answer, Done), answer
    assert answer.width * answer.height in (640 * 480, 640 * 427, size[0] * size[1])
    await pool.close()


CONVERT, RGB, SMALL_ONE = step("convert", color="gray"), step("convert", color="rgb"), step("resize", max_width=640)
HEAVY = {
    "a WebP, of whose kind nothing is known": (("webp", (4032, 4032), "rgb"), CONVERT, 1_000_000),
    "a HEIC, of which nothing is known": (("heif", (4032, 3024), "rgb"), CONVERT, 1_000_000),
    "an AVIF of 10 bits": (("avif", (5712, 4284), "rgb"), CONVERT, 1_000_000),
    "what a decoder takes, and its file": (("png", (5500, 5500), "rgb"), CONVERT, 8_000_000),
    "16 bits in one strip": (("tiff", (4500, 3000), "rgb"), CONVERT, 2_000_000),
    "a file in three places": (("png", (5000, 4000), "rgb"), CONVERT, 25_000_000),
    "made of another colour": (("png", (4500, 3500), "rgba"), RGB, 2_000_000),
    "made larger": (("png", (2000, 2000), "rgb"), step("resize", min_width=12000), 1_000_000),
    "made smaller with its alpha": (("png", (5000, 4000), "rgba"), SMALL_ONE, 1_000_000),
    "searched for repetition": (("png", (3000, 2000), "rgb"), step("convert", format="webp"), 1_000_000),
    "turned and not in bands": (("png", (5000, 4500), "rgb"), step("rotate", orientation=6), 1_000_000),
    "all bands together": (("jpeg", (8160, 6120), "rgb"), step("rotate", orientation=6), 9_000_000),
}


@pytest.mark.parametrize(("facts", "asked", "size"), HEAVY.values(), ids=HEAVY)
def test_what_takes_more_memory_than_there_is_for_one_is_not_begun(facts, asked, size):
    depth = {"tiff": 16, "avif": 10}.get(facts[0], 8)
    refused = refusal(job(*facts, asked, bit_depth=depth), bytes(size))
    assert re.fullmatch(r"work on its \d+ MP takes \d+ MB of memory, more than the 136 MB given to it", refused.because)
    assert refused.why == "too-large"


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (("png", (5000, 4000), "rgb"), SMALL_ONE),
        (("png", (4000, 3000), "rgba"), SMALL_ONE),
        (("png", (6000, 4000), "rgb"), step("convert", format="jpeg")),
        (("jpeg", (6000, 4000), "rgb"), step("rotate", orientation=8)),
        (("jpeg", (4000, 3000), "rgb"), step("convert", format="png")),
        (("avif", (5712, 4284), "rgb"), step("convert", format="jpeg")),
        (("avif", (5712, 4284), "rgb"), SMALL_ONE),
        (("gif", (4000, 3000), "palette"), step("convert", format="jpeg")),
    ],
)
def test_what_is_usual_is_begun(facts, asked):
    assert refusal(job(*facts, asked), bytes(4_000_000)) is None


@pytest.mark.parametrize(
    ("format", "size", "weighs", "words"),
    [
        ("webp", (3400, 2600), 30_000, "9 MP in 30000 bytes: no picture is that simple"),
        ("webp", (3400, 2600), 300_000, None),
        ("jpeg", (5000, 4000), 50_000, "20 MP in 50000 bytes: no picture is that simple"),
    ],
)
def test_more_memory_is_for_files_that_have_something_to_show_for_it(format, size, weighs, words):
    refused = refusal(job(format, size, "rgb"), bytes(weighs))
    assert (refused is None) if words is None else refused.because == f"it claims {words}"


def test_a_small_gray_file_is_made_a_large_picture_of_colors_in_bands():
    work = job("tiff", (6000, 5000), "gray", step("convert", format="jpeg", color="rgb"))
    assert refusal(work, bytes(200_000)) is None
    whole = job("tiff", (6000, 5000), "gray", step("convert", format="png", color="rgb"))
    assert "30 MP takes 241 MB" in refusal(whole, bytes(200_000)).because


@pytest.mark.parametrize(
    ("sampling", "heavy"),
    [
        pytest.param(2, False, id="colours at half the size"),
        pytest.param(0, True, id="at full size"),
    ],
)
def test_a_progressive_picture_is_whole_in_memory_before_it_is_made_smaller(sampling, heavy):
    data = file(photo((5600, 4800)), "JPEG", progressive=True, subsampling=sampling, quality=40)
    refused = refusal(job("jpeg", (5600, 4800), "rgb", SMALL_ONE, progressive=True), data)
    assert (refused is not None) is heavy


def claims(width, height):
    """A PNG of 57 bytes that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


async def test_a_small_file_that_claims_much_is_refused_before_a_decoder_runs():
    pool = pool_of()
    answer = await pool.run(job("png", (3000, 3000), "rgba"), claims(3000, 3000))
    assert (answer.why, pool.counts["started"]) == ("refused", 0)
    assert "9 MP in" in answer.because


async def test_a_blank_page_is_no_bomb(pool):
    blank = file(Pillow.new("L", (5000, 6000), 255), "PNG")
    assert isinstance(await pool.run(job("png", (5000, 6000), "gray"), blank), Done)
    assert limits.FREE_PIXEL_BYTES > 30_000_000


async def test_no_worker_can_be_started(monkeypatch):
    monkeypatch.setattr("why400.decoding.child.sys.executable", "/nowhere/python")
    pool = pool_of()
    answer = await pool.run(job(), SMALL)
    assert (answer.why, answer.because) == ("unavailable", "no worker could be started (FileNotFoundError)")
