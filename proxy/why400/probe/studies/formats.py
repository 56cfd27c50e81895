"""Which image formats are taken, each declared as what it is; where that is refused, once more as the usual type."""

from dataclasses import replace

from why400.probe.bench import Bench
from why400.probe.contract import Contract
from why400.probe.pictures import FORMATS, Picture, moving, saved

TOPIC = "format"
UNDER_ANOTHER_TYPE = "format, declared as the usual type"
MOVING = "frames"
MOVE = ("gif", "webp")
"""Formats whose pictures commonly move."""


def study(bench: Bench, contract: Contract) -> Contract:
    """The same picture in each format."""
    usual = bench.picture
    contract = contract.adding(bench.tried(TOPIC, usual.format, bench.normal))
    for format in FORMATS:
        if format != usual.format:
            contract = _one(bench, contract, saved(bench.source, format))
    for format in MOVE:
        if contract.on(TOPIC)[format].verdict == "taken":
            answer = bench.send(f"a moving {format}", moving(bench.source, format))
            contract = contract.adding(bench.tried(MOVING, f"a moving {format}", answer, bench.normal))
    return contract


def _one(bench: Bench, contract: Contract, picture: Picture) -> Contract:
    line = bench.tried(TOPIC, picture.format, bench.send(picture.format, picture))
    if line.verdict != "refused" or bench.place.style == "json":
        return contract.adding(line)
    label = replace(picture.label, media_type=bench.picture.media_type)
    again = bench.send(f"{picture.format} declared as {label.media_type}", picture, label)
    if not bench.takes(again):
        return contract.adding(line)
    return contract.adding(line, bench.tried(UNDER_ANOTHER_TYPE, picture.format, again))
