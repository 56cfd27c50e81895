"""After an upgrade both sides speak their own protocol: bytes pass as they are, with back-pressure (RFC 9110 7.8)."""

import time

from why400.wire.books import close_books, header_fields
from why400.wire.downstream import Downstream
from why400.wire.fields import head_bytes, interim_bytes, interim_fields, request_bytes, upgrade_wanted
from why400.wire.forward import Upload
from why400.wire.framing import NO_BODY
from why400.wire.hops import marked
from why400.wire.house import House
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal
from why400.wire.relay import Relay, relay
from why400.wire.upstream import UpstreamConnection


async def tunnel(connection: Downstream, house: House, opened: Opened) -> bool:
    """Ask the upstream to switch; then carry bytes both ways, or its refusal like any other reply."""
    upstream = await house.pool.acquire()
    reply = upstream.begin(opened.head.method, connection.bell)
    opened.forwarded_at = time.perf_counter()
    upgrade = upgrade_wanted(opened.head)
    head = marked(opened.head, house.settings.forwarded, connection.peer, opened.host)
    upstream.transport.write(request_bytes(head, opened.target, NO_BODY, host=opened.host, upgrade=upgrade))
    try:
        while not reply.switched and reply.head is None and reply.fault is None:
            upstream.pace(reading=True)
            connection.expect(house.settings.upstream_timeout)
            await connection.happened()
            if connection.late:
                words = connection.waited("the upstream did not answer the upgrade in time")
                raise Refusal("upstream.timeout", 504, words)
        if not reply.switched:
            upload = Upload(upstream, opened.inbox, chunked=False, done=True)
            return await relay(Relay(connection, house, opened, upload, stay=False))
        await _carry(connection, house, opened, upstream)
        upstream.end()
    finally:
        upstream.abort()
    connection.end()
    return False


async def _carry(connection: Downstream, house: House, opened: Opened, upstream: UpstreamConnection) -> None:
    reply = upstream.reply
    assert reply is not None
    *before, head = reply.interim
    opened.status, opened.reply_at = 101, time.perf_counter()
    upgrade = head.value(b"upgrade") or b"websocket"
    fields = interim_fields(head)
    fields += [(b"Connection", b"Upgrade"), (b"Upgrade", upgrade), *header_fields(house, opened)]
    for interim in before:
        connection.write(interim_bytes(interim))
    connection.write(head_bytes(b"HTTP/1.1 101 %b\r\n" % head.reason, fields) + reply.surplus)
    connection.expect(None)
    opened.reply_complete = True
    close_books(house, opened)
    connection.join(upstream)
    upstream.join(connection)
    upstream.pace(reading=True)
    while not (connection.lost or upstream.lost or connection.late or (connection.eof and upstream.eof)):
        if connection.eof and connection.deadline is None and not upstream.transport.can_write_eof():
            connection.expect(house.patience.linger)  # TLS cannot say that no more will come, but the end of all
        await connection.bell.heard()
        connection.pace(upstream.writable)
        upstream.pace(connection.writable)
