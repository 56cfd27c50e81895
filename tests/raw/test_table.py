"""The whole table against us: each row is right, nothing is added, and each refusal is on record with its cause.

`make compare-wire` runs the same rows against nginx and haproxy too.
"""

import re
from collections import Counter

import pytest

from raw import judge, table
from raw.proxy import Proxy
from raw.table.ask import Ask
from raw.table.play import Play
from raw.upstream import Upstream

ASKS = {row.name: row for row in table.requests()}
PLAYS = {row.name: row for row in table.plays()}


def test_the_table_is_large_and_no_row_hides_another() -> None:
    names = Counter(row.name for row in [*table.requests(), *table.plays()])
    assert [name for name, count in names.items() if count > 1] == []
    assert len(ASKS) > 1000
    assert len(PLAYS) > 300


@pytest.mark.parametrize("row", ASKS.values(), ids=ASKS)
def test_request(proxy: Proxy, stage: Upstream, row: Ask) -> None:
    seen = judge.run(proxy.port, stage, row)
    assert (judge.fault_of_ask(row, seen), judge.added(row, seen)) == ("", []), seen
    check_records(proxy, seen)


@pytest.mark.parametrize("row", PLAYS.values(), ids=PLAYS)
def test_upstream(proxy: Proxy, stage: Upstream, row: Play) -> None:
    seen = judge.run(proxy.port, stage, row)
    assert (judge.fault_of_play(row, seen), judge.added(row, seen)) == ("", []), seen
    check_records(proxy, seen)


def check_records(proxy: Proxy, seen: judge.Seen) -> None:
    """Whoever was refused finds the record, and in it the cause that the answer named."""
    for head in re.findall(rb"HTTP/1\.1 [45]\d\d .*?\r\n\r\n", seen.got, re.DOTALL):
        fields = dict(re.findall(rb"(Why400-\w+): (.*)\r", head))
        record = proxy.record(fields[b"Why400-Id"].decode(), patience=1.0)
        causes = [line["cause"] for line in record["diagnosis"]]
        if record["outcome"] == "failed" and "upstream.cut" in causes:  # said of a refusal before its end was known
            continue
        assert record["outcome"].encode() == fields[b"Why400-Outcome"]
        assert fields[b"Why400-Cause"].split(b",")[0].decode() in (*causes, "unknown")
