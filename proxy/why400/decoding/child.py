"""One decode worker as its pool sees it: started, asked, killed. Nothing here blocks the event loop."""

import asyncio
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO

from why400 import limits
from why400.decoding.frames import LENGTHS, MAX_ANSWER_HEAD, READY, framed, nonsense, read_answer, write_job
from why400.decoding.job import Operation
from why400.fixes.answer import Answer
from why400.fixes.plan_image import ImageJob

_PIECE = 256 * 1024


class Gone(Exception):
    """The worker's end of the socket is closed: it died."""


class Child:
    """A running decode worker; `Child.start` makes it."""

    def __init__(self, process: Process, channel: socket.socket) -> None:
        self.process = process
        self._channel = channel

    @classmethod
    async def start(cls, operations: Mapping[str, Operation], memory: int, cpu: float) -> "Child":
        """A worker that is ready for jobs. TimeoutError, Gone, OSError: it did not come to be."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            words = [f"{name}={run.__module__}:{run.__name__}" for name, run in operations.items()]
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "why400.decoding.worker", str(theirs.fileno()), str(memory), str(cpu), *words),
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

    async def ask(self, job: ImageJob, image: bytes) -> Answer:
        """The worker's answer to one job. Gone: it died over it."""
        await self._send(framed(write_job(job), image))
        await self._send(image)
        head, body = LENGTHS.unpack(await self._exactly(LENGTHS.size))
        if head > MAX_ANSWER_HEAD or body > limits.DECODE_ANSWER:
            return nonsense()
        return read_answer(await self._exactly(head), await self._exactly(body))

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
        with suppress(ProcessLookupError):
            self.process.kill()
        return -await self.process.wait()

    async def _send(self, data: bytes) -> None:
        try:
            await asyncio.get_running_loop().sock_sendall(self._channel, data)
        except OSError as error:
            raise Gone from error

    async def _exactly(self, size: int) -> bytes:
        """The next `size` bytes, piece by piece, others' turns between: one large copy would stall the loop."""
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
