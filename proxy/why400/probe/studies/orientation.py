"""Does the upstream turn a phone photo as its EXIF orientation says? Most do not, and answer 200 all the same."""

from dataclasses import replace

from why400.probe.bench import Bench
from why400.probe.compare import same
from why400.probe.contract import Contract, Orientation
from why400.probe.pictures import SIGNS, drawn, on_its_side, saved

TOPIC = "orientation"


def study(bench: Bench, contract: Contract) -> Contract:
    """A picture upright, on its side, and on its side with the tag that says so: which two get the same answer?

    The answers must differ between the first two, else nothing can be told: so several pictures are tried.
    """
    format = bench.picture.format
    if not bench.steady or format not in ("jpeg", "png", "webp", "tiff"):
        return contract
    sources = [bench.source, *(drawn(sign, bench.picture.width) for sign in SIGNS[1:])]
    for source in sources if bench.picture.width == bench.picture.height else sources[:1]:
        upright = bench.send("upright", saved(source, format))
        lying = bench.send("on its side", on_its_side(source, format, tagged=False))
        if not (bench.takes(upright) and bench.takes(lying)) or same(upright, lying, bench.clocks):
            continue
        tagged = bench.send("on its side, with EXIF orientation 6", on_its_side(source, format, tagged=True))
        line = bench.tried(TOPIC, "EXIF orientation 6", tagged, upright)
        found: Orientation = "refused" if line.verdict == "refused" else "cannot tell"
        if line.verdict == "taken":
            found = "honoured"
        elif line.verdict == "other answer" and same(tagged, lying, bench.clocks):
            found = "ignored"
        return replace(contract.adding(line), orientation=found)
    return contract
