"""The model's stand-in: reads a request whole, answers 200 with a few words. Its own cost is not counted.

A target that ends with `?think=MS` is answered so many milliseconds later.
"""

import asyncio
import re
import sys

import uvloop

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"digit": 3}'


class Model(asyncio.BufferedProtocol):
    """Counts the bytes of each body by its Content-Length; looks at nothing."""

    def __init__(self, scratch: memoryview) -> None:
        self.scratch, self.head, self.left, self.think = scratch, b"", 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:
        return self.scratch

    def buffer_updated(self, nbytes: int) -> None:
        if self.left:
            self.left -= nbytes
        else:
            self.head += self.scratch[:nbytes]
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            fields = self.head[:end].lower()
            thinks = re.search(rb"\?think=(\d+) ", fields.split(b"\r\n", 1)[0])
            self.think = int(thinks[1]) / 1000 if thinks else 0.0
            at = fields.find(b"content-length:")
            length = int(fields[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            self.left = length - (len(self.head) - end - 4)
            self.head = b""
        if self.left <= 0:
            self.left = 0
            if self.think:
                asyncio.get_running_loop().call_later(self.think, self.transport.write, ANSWER)  # type: ignore[attr-defined]
            else:
                self.transport.write(ANSWER)  # type: ignore[attr-defined]


async def main(port: int) -> None:
    scratch = memoryview(bytearray(1 << 20))
    server = await asyncio.get_running_loop().create_server(lambda: Model(scratch), "127.0.0.1", port, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
