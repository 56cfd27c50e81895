"""One worker process as its pool sees it: started, asked, killed. Nothing here blocks the event loop."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

from why400 import limits
from why400.decoding.frames import LENGTHS, MAX_ANSWER_HEAD, READY, framed

_PIECE = 256 * 1024


class Gone(Exception):
    """The worker's end of the socket is closed: it died."""


class Child:
    """A running worker; `Child.start` makes it."""

    def __init__(self, process: Process, channel: socket.socket) -> None:
        self.process = process
        self._channel = channel

    @classmethod
    async def start(cls, command: Sequence[str], memory: int, cpu: float) -> "Child":
        """A worker that is ready for jobs: `python -m MODULE FD MEMORY CPU WORD…`, the `command` its module and words.

        TimeoutError, Gone, OSError: it did not come to be.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        module, *words = command
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, str(theirs.fileno()), str(memory), str(cpu), *words),
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        child = cls(process, ours)
        try:
            async with asyncio.timeout(limits.DECODE_START):
                await child._exactly(len(READY))
        except BaseException:
            await child.kill()
            raise
        return child

    async def ask(self, head: bytes, body: bytes | bytearray | memoryview) -> tuple[bytes, bytes] | None:
        """Head and body of the worker's answer; None where they would be too large. Gone: it died over it."""
        await self._send(framed(head, body))
        await self._send(body)
        size, rest = LENGTHS.unpack(await self._exactly(LENGTHS.size))
        if size > MAX_ANSWER_HEAD or rest > limits.DECODE_ANSWER:
            return None
        return await self._exactly(size), await self._exactly(rest)

    @property
    def alive(self) -> bool:
        """It rests, and has not ended: then the kernel would have closed its end of the socket at once."""
        try:
            self._channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    async def kill(self) -> int:
        """End it now; the signal that ended it, this one or an earlier."""
        self._channel.close()
        if self.process.returncode is None:
            with suppress(ProcessLookupError):  # its own `kill` may reap it first, and its end is then unknown
                os.kill(self.process.pid, signal.SIGKILL)
        return -await self.process.wait()

    async def _send(self, data: bytes | bytearray | memoryview) -> None:
        """Piece by piece, others' turns between: one large copy would stall the loop."""
        loop, view = asyncio.get_running_loop(), memoryview(data)
        try:
            for at in range(0, len(view), _PIECE):
                await loop.sock_sendall(self._channel, view[at : at + _PIECE])
                await asyncio.sleep(0)
        except OSError as error:
            raise Gone from error

    async def _exactly(self, size: int) -> bytes:
        """The next `size` bytes, piece by piece too."""
        loop, gathered = asyncio.get_running_loop(), BytesIO()
        while gathered.tell() < size:
            try:
                piece = await loop.sock_recv(self._channel, min(size - gathered.tell(), _PIECE))
            except OSError as error:
                raise Gone from error
            if not piece:
                raise Gone
            gathered.write(piece)
            await asyncio.sleep(0)
        return gathered.getvalue()
