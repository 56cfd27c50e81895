"""The table that a person reads after a probe."""

import pytest

from why400.probe.bench import Tried
from why400.probe.contract import Contract
from why400.probe.experiment import Answer
from why400.probe.pictures import Picture
from why400.probe.places import Place
from why400.probe.table import table

BARE = Contract("POST", "/p", (Place("raw"),), Picture(b"", "jpeg", 1, 1), Answer(400))
TOPICS = {
    "short ones": ("format", "color"),
    "one that is longer than most": ("format", "format, declared as the usual type"),
}


@pytest.mark.parametrize("topics", TOPICS.values(), ids=TOPICS)
def test_its_lines_stand_under_each_other(topics: tuple[str, ...]) -> None:
    tried = (Tried(topic, "webp", "taken") for topic in topics)
    lines = table(BARE.adding(*tried).noting("a remark")).splitlines()[2:]
    starts = {
        line.index(words)
        for line in lines
        for words in ("  taken: ", "  cannot be told", "  a remark")
        if words in line
    }
    assert len(starts) == 1, "\n".join(lines)
