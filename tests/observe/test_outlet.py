"""Log lines and who reads them, or does not."""

import io
import os
import time

from why400.observe.outlet import Outlet


def test_lines_come_in_order_and_closing_writes_what_waits() -> None:
    stream = io.StringIO()
    outlet = Outlet(stream)
    assert all(outlet.take(str(number)) for number in range(1000))
    outlet.close()
    assert stream.getvalue().split() == [str(number) for number in range(1000)]


def test_a_pipe_that_nobody_reads_holds_up_nobody() -> None:
    reading, writing = os.pipe()
    outlet = Outlet(os.fdopen(writing, "w"), most=100)
    started = time.monotonic()
    taken = sum(outlet.take("x" * 1000) for _ in range(5000))
    assert time.monotonic() - started < 0.5
    assert 100 <= taken < 5000
    os.close(reading)
    outlet.close()


def test_a_slow_reader_gets_the_lines_that_were_taken() -> None:
    reading, writing = os.pipe()
    outlet = Outlet(os.fdopen(writing, "w"), most=100)
    taken = sum(outlet.take("x" * 1000) for _ in range(500))
    with os.fdopen(reading) as reader:
        assert [len(reader.readline()) for _ in range(taken)] == [1001] * taken
        assert outlet.take("after")
        assert reader.readline() == "after\n"
    outlet.close()


def test_a_stream_that_is_gone_stops_nobody() -> None:
    stream = io.StringIO()
    stream.close()
    outlet = Outlet(stream)
    assert outlet.take("hello")
    outlet.close()
