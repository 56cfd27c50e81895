"""A process that writes records as `serve` does and prints each id once its answer may go: it is there to be killed.

Arguments: the data folder, and how large a file may become (then it stops by itself after 400 records).
"""

import resource
import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "proxy")]

from records.make import an_id, distinct  # noqa: E402
from why400.records.retention import Keep  # noqa: E402
from why400.records.sqlite import SqliteStore  # noqa: E402
from why400.records.writer import Ears, Writer  # noqa: E402

RELEASED = threading.Semaphore(0)


def committed(tickets) -> None:
    for _, number in tickets:
        print(an_id(number), flush=True)
        RELEASED.release()


def lost(reason: str, count: int, words: str) -> None:
    print("lost", reason, count, flush=True)


def main() -> None:
    folder, limited = Path(sys.argv[1]), len(sys.argv) > 2
    store = SqliteStore(folder, Keep(), print)
    if limited:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    writer = Writer(store, Ears(committed, lambda records: None, lost), patience=60.0)
    number = 0
    while not limited or number < 400:
        number += 1
        writer.submit((1, number), distinct(number, body=b"x" * 4000, capture="failed-bodies"))
        if number % 8 == 0:
            for _ in range(8):
                RELEASED.acquire()
    writer.close()
    print("all released", flush=True)


if __name__ == "__main__":
    main()
