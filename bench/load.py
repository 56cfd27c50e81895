"""Clients of a proxy, each on a connection of its own: one request, its answer, the next.

At full load the next request goes out at once; at a rate each has its time, and those that are late catch up.
"""

import asyncio
import sys
import time
from pathlib import Path

import uvloop


async def client(port: int, message: bytes, until: float, pause: float, took: list[float]) -> None:
    """One keep-alive connection until the time is up; `pause` seconds from one request's start to the next's."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    due = time.perf_counter()
    while time.perf_counter() < until:
        if pause:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            due += pause
        began = time.perf_counter()
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), _length(head)
        await reader.readexactly(length)
        if status != 200:
            raise SystemExit(f"port {port} answered {status}: {head!r}")
        took.append(time.perf_counter() - began)
    writer.close()


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def main(
    port: int, path: str, media_type: str, body: bytes, seconds: float, connections: int, rate: float
) -> None:
    """Print how many answers came, and the 50th and 99th percentile of how long they took, in milliseconds."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: load\r\nAccept: */*\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    message, took = head.encode() + body, list[float]()
    until = time.perf_counter() + seconds
    pause = connections / rate if rate else 0.0
    clients = []
    for number in range(connections):
        clients.append(asyncio.ensure_future(client(port, message, until, pause, took)))
        await asyncio.sleep(pause / connections if number < connections - 1 else 0)
    await asyncio.gather(*clients)
    took.sort()
    print(len(took), took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3)


if __name__ == "__main__":
    _, port, path, media_type, file, seconds, connections, rate = sys.argv
    body = Path(file).read_bytes()
    uvloop.run(main(int(port), path, media_type, body, float(seconds), int(connections), float(rate)))
