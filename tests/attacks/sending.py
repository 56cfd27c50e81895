"""Sending an attack."""

import http.client

from attacks.bodies import Attack


def send(address: str, attack: Attack) -> tuple[int, dict[str, str]]:
    """The status and fields of what the proxy at `address` (host:port) answers."""
    connection = http.client.HTTPConnection(address, timeout=30)
    fields = {"Content-Type": attack.content_type.decode(), **attack.fields}
    if attack.coding is not None:
        fields["Content-Encoding"] = attack.coding.decode()
    try:
        connection.request("POST", attack.path, attack.body, fields)
        reply = connection.getresponse()
        reply.read()
        return reply.status, dict(reply.getheaders())
    finally:
        connection.close()
