"""A closed loop of clients: each connection sends one request, waits for its answer, sends the next."""

import asyncio
import sys
import time
from pathlib import Path

import uvloop


async def client(port: int, message: bytes, until: float, took: list[float]) -> None:
    """One keep-alive connection until the time is up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
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


async def main(port: int, path: str, media_type: str, body: bytes, seconds: float, connections: int) -> None:
    """Print how many answers came, and the 50th and 99th percentile of how long they took, in milliseconds."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: load\r\nAccept: */*\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    message, took = head.encode() + body, list[float]()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, message, until, took) for _ in range(connections)))
    took.sort()
    print(len(took), took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3)


if __name__ == "__main__":
    _, port, path, media_type, file, seconds, connections = sys.argv
    uvloop.run(main(int(port), path, media_type, Path(file).read_bytes(), float(seconds), int(connections)))
