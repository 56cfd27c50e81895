"""Jobs and pools for the tests of decoding, and pixel functions that misbehave (imported by workers by their names)."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fixes.made import FIXES, OPERATIONS, file, image, photo, step
from why400.decoding.pictures import DecodePool
from why400.fixes.fix import Step
from why400.fixes.plan_image import ImageJob, image_job

SMALL = file(photo(), "PNG")
SIZE = (64, 48)


def job(format: str = "png", size: tuple[int, int] = SIZE, color: str = "rgb", *steps: Step, **facts: Any) -> ImageJob:
    """Steps on an image of which these facts were read; turned gray where nothing is asked."""
    made = image_job(image(format, size, color, **facts), steps or (step("convert", color="gray"),), FIXES)
    assert isinstance(made, ImageJob)
    return made


def misbehaving(name: str, **args: Any) -> ImageJob:
    """A job whose one step is a function of this file."""
    made = job()
    return ImageJob(made.at, "png", *SIZE, "rgb", (Step(name, "body", 12, args),), made.encode)


def sleep(picture: Any, args: Any) -> tuple[Any, str | None]:
    """Say who works here, then sleep."""
    Path(args.get("tell", os.devnull)).write_text(f"{os.getpid()}\n")
    time.sleep(args["seconds"])
    return picture, None


def spin(picture: Any, args: Any) -> tuple[Any, str | None]:
    while True:
        pass


def die(picture: Any, args: Any) -> tuple[Any, str | None]:
    os.kill(os.getpid(), signal.SIGKILL)
    return picture, None


def eat(picture: Any, args: Any) -> tuple[Any, str | None]:
    return picture, str(len(bytes(args["bytes"])))


ALL = {**OPERATIONS, "sleep": sleep, "spin": spin, "die": die, "eat": eat}


def pool_of(**settings: Any) -> DecodePool:
    return DecodePool(ALL, **settings)


def pid_in(path: Path) -> int:
    return int(path.read_text())


async def told(path: Path) -> int:
    """The process id that a `sleep` has told."""
    await until(lambda: path.exists() and path.read_text().endswith("\n"))
    return pid_in(path)


async def until_gone(pid: int) -> None:
    """Wait until a process has ended and was reaped."""
    await until(lambda: not Path(f"/proc/{pid}").exists())


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; TimeoutError after 10 s."""
    end = time.monotonic() + 10
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.01)
