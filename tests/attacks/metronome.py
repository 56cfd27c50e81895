"""Good requests at a steady pace, as a process of its own: `metronome.py HOST:PORT`; prints each one's seconds."""

import http.client
import sys
import time

from corpus.make import picture

PACE = 0.02


def main(address: str) -> None:
    good = picture("jpeg", size=(120, 90))
    connection = http.client.HTTPConnection(address, timeout=30)
    due = time.monotonic()
    while True:
        due = max(due + PACE, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))
        start = time.monotonic()
        connection.request("POST", "/predict", good, {"Content-Type": "image/jpeg"})
        reply = connection.getresponse()
        reply.read()
        print(reply.status, time.monotonic() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
