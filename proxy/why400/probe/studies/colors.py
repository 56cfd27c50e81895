"""Which colors and depths are taken, and whether they are answered as the same picture in RGB is.

All that is sent shows the same: a picture without color, exact in each kind. So where the answer is another one, the
upstream drops alpha, cuts 16 bits, or reads a palette's indexes as levels, and says nothing.
"""

from typing import get_args

from why400.probe.bench import Bench, Tried
from why400.probe.contract import Contract
from why400.probe.experiment import Answer
from why400.probe.pictures import HOLDS, Color, colored, deep, grayish
from why400.probe.studies import formats

TOPIC = "color"
DEPTH = "bit depth"


def study(bench: Bench, contract: Contract) -> Contract:
    """Each color in the format that holds most of them and is taken."""
    carriers = [format for format in HOLDS if format in contract.having(formats.TOPIC, "taken")]
    source = grayish(bench.source)
    done: set[str] = set()
    for format in carriers:
        plain = bench.send(f"without color, {format}", colored(source, _plain(bench), format))
        if not bench.takes(plain):
            continue
        for color in get_args(Color):
            if color in HOLDS[format] and color not in done:
                done.add(color)
                answer = bench.send(f"{color}, {format}", colored(source, color, format))
                contract = contract.adding(bench.tried(TOPIC, color, answer, plain))
        if format == "png":
            contract = contract.adding(*_depths(bench, contract, plain))
    return contract


def _plain(bench: Bench) -> Color:
    """The color that the picture was first taken in."""
    return "gray" if bench.picture.color == "gray" else "rgba" if bench.picture.color == "rgba" else "rgb"


def _depths(bench: Bench, contract: Contract, plain: Answer) -> list[Tried]:
    """16 bits a sample, in a color that is taken with 8."""
    taken = contract.having(TOPIC, "taken")
    lines = []
    for color in ("rgb", "gray"):
        if color in taken:
            picture = deep(grayish(bench.source), "gray" if color == "gray" else "rgb")
            lines.append(bench.tried(DEPTH, f"16 bit {color}", bench.send(f"16 bit {color}", picture), plain))
    return lines
