"""All limits of the program in one table. Sizes are bytes, times seconds, unless the name says otherwise."""

from dataclasses import dataclass

MAX_TARGET = 64 * 1024
"""Longest request target; above it 414 `http.head-too-large` (RFC 9110 section 15.5.15)."""

MAX_FIELD = 128 * 1024
"""Longest header field line; above it 431 (RFC 6585 section 5). Above every usual server's own limit, so that the
upstream refuses first and we can say why."""

MAX_FIELDS = 500
"""Most header fields of one message."""

MAX_HEAD = 256 * 1024
"""Largest whole head of a message; as much is read of the interim heads (1xx) in front of a reply."""

HEAD_TIMEOUT = 30.0
"""A request head has to be complete this long after its first byte, else 408 `http.timeout`."""

BODY_IDLE_TIMEOUT = 30.0
"""A request body may pause this long, else 408 `http.timeout`."""

KEEPALIVE_TIMEOUT = 75.0
"""An idle connection of a client is closed after this."""

WRITE_STALL_TIMEOUT = 60.0
"""A client or upstream that reads nothing for this long is left."""

EVIDENCE_HEAD = 1024 * 1024
"""How much of the start of a streamed body is held while its exchange is open."""

EVIDENCE_TAIL = 64 * 1024
"""How much of the end of a streamed body is held."""

EVIDENCE_BUDGET = 10 * 1024 * 1024
"""What all open exchanges of one worker may hold as evidence together; beyond it each holds `EVIDENCE_LEAST`."""

EVIDENCE_LEAST = 16 * 1024
"""How much of the start of a streamed body is held in any case: enough for the head of most images."""

HOLD = 32 * 1024 * 1024
"""Largest body held for a rule that needs it whole, where `--max-body` says nothing else."""

HOLD_BUDGET = 256 * 1024 * 1024
"""What all bodies held for rules may take in one worker; beyond it 503 `limit.overload`."""

SMALL_BODY = 256 * 1024
"""A body up to this size is received whole before it is forwarded, in one write with its head."""

SMALL_BODY_SECONDS = 0.5
"""How long such a body is waited for; then it streams like a large one, so that an early reply reaches its client."""

BURST = 256 * 1024
"""After so much from one client that is not held, others have a turn of the event loop before more of it is read."""

PIECE = 64 * 1024
"""How much is read from a socket at a time, and written while streaming."""

STREAM_WINDOW = 128 * 1024
"""How much of a streamed body may wait for a slower other side before reading pauses."""

REPLY_HELD = 64 * 1024
"""How much of a refusal's body is held for its diagnosis, and kept in its record."""

REPLY_HOLD_SECONDS = 0.1
"""How long a refusal's head is held for its diagnosis."""

RECORDS_BACKLOG = 64 * 1024 * 1024
"""Bytes of records that may wait for a parent that does not take them; beyond it they are lost, and counted."""

PARENT_WAIT_SECONDS = 1.0
"""How long a worker waits for the parent's word on a record; the parent itself frees answers long before."""

LINGER_SECONDS = 10.0
"""After an early answer the rest of the request is read and dropped this long (RFC 9112 section 9.6)."""

LINGER_BYTES = 64 * 1024 * 1024
"""After an early answer this much of the request is read and dropped."""

LINGER_KEEPALIVE = 256 * 1024
"""If no more than this is left of a request that was answered early, the connection is kept."""

MAX_CONNECTIONS = 2048
"""Clients that one worker serves at once, fewer where the system gives it few open files (`FILES_KEPT`). One more ends
those that rest between two requests; where none does, it is told 503 `limit.overload`."""

TOLD_OF_NO_ROOM = 256
"""Clients that one worker tells at the same time that there is no room; beyond it those are cut off that have been."""

FILES_KEPT = 48
"""Open files that a worker keeps for itself: its parent, its decode workers, names, certificates."""

CONNECT_TIMEOUT = 5.0
"""A TCP connection to the upstream has to stand after this, else 504 `upstream.timeout`."""

UPSTREAM_POOL = 256
"""Idle connections to the upstream kept by one worker."""

GRACE_SECONDS = 30.0
"""After SIGTERM, what is in flight may take this long to finish."""

MAX_PIXELS = 64_000_000
"""Most pixels of an image that is worked on (a 50 MP phone photo is). The claim of its header decides."""

MAX_DECODED = 130 * 1024 * 1024
"""Most memory, in bytes, that work on one image may take by its header's claim: decoding it, what it becomes on its way
and three copies of its file. With the worker (40 MB) it is below the 200 MB that no attack may make all processes grow
by. A JPEG counts as small as its decoder makes it (DCT scaling); of what becomes a JPEG, one band at a time counts."""

MAX_SIDE = 65_535
"""Longest side of an image that is worked on: what JPEG and GIF can say. A decoder keeps a table of all rows."""

MAX_ANIMATED = 16_000_000
"""Most pixels that the frames of an animation are decoded to, only to see whether that can be done."""

MAX_TOGETHER = 64_000_000
"""Most pixels of all images of one request that are worked on; each counts for `LEAST_PIXELS` at least, a baseline
JPEG for a quarter, an animation for its frames."""

LEAST_PIXELS = 100_000
"""What is done for an image however small it is takes as long as so many pixels."""

MAX_SCANNED = 640_000_000
"""Most pixels that a progressive JPEG's scans go over together: a usual file has ten scans, of `MAX_PIXELS` at most."""

FREE_PIXEL_BYTES = 32 * 1024 * 1024
"""Decoded pixels up to this many bytes are always tried; more only if the file has bytes to show for them."""

MAX_INFLATION = 1000
"""Beyond `FREE_PIXEL_BYTES`: most decoded bytes for each byte of the file, else it is taken for a bomb."""

DECODE_DEADLINE = 2.0
"""A decode worker has this much of a processor's time for one image, then it is killed and the request rejected. It is
waited for twice as long: good pictures do not pay for a busy machine at once."""

DECODE_MEMORY = 512 * 1024 * 1024
"""Address space of a decode worker: `MAX_DECODED`, what decoders reserve and do not use, and the interpreter (170 MiB,
a quarter of it in use)."""

DECODE_START = 10.0
"""A new decode worker has to be ready after this."""

DECODE_QUEUE = 32
"""Images of one traffic worker that may wait for a decode worker; beyond it 503 `limit.overload`."""

DECODE_IDLE = 60.0
"""A decode worker that had nothing to do for this long ends."""

DECODE_ANSWER = 128 * 1024 * 1024
"""Largest image that a decode worker may hand back."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the wire waits for a client, in seconds: those limits above that a test has to see run out."""

    head: float = HEAD_TIMEOUT
    body: float = BODY_IDLE_TIMEOUT
    keepalive: float = KEEPALIVE_TIMEOUT
    stall: float = WRITE_STALL_TIMEOUT
    linger: float = LINGER_SECONDS


STUDY_DEADLINE = 1.0
"""A look at a request that takes longer than the event loop has time for is done elsewhere, and ends after this."""

STUDY_WAIT = 0.5
"""A refusal waits this long for such a look; then it is diagnosed from what a quick one saw."""

STUDY_QUEUE = 64
"""Requests of one traffic worker that may wait for such a look; beyond it a refusal goes without, a review is 503."""

STUDY_MEMORY = 512 * 1024 * 1024
"""Address space of a process that looks: the largest held body, and what its JSON becomes."""

STUDY_IDLE = 600.0
"""A process that had nothing to look at for this long ends."""
