"""Digests of a body that a fix has changed, in the fields that carry one. Pure."""

import base64
import hashlib
from collections.abc import Callable

_ALGORITHMS = {"sha-512": "sha512", "sha-256": "sha256", "sha": "sha1", "md5": "md5"}
"""RFC 9530 section 5 and RFC 3230 section 4.1.1, those that libraries make, by the names of hashlib."""

_BEST = b"sha-256"


def content_md5(value: bytes, body: bytes) -> bytes:
    """Content-MD5 (RFC 1864)."""
    return _digest("md5", body)


def digest_dictionary(value: bytes, body: bytes) -> bytes:
    """Content-Digest and Repr-Digest (RFC 9530): a request's content is its whole representation, so both are one."""
    return b", ".join(name + b"=:" + _digest(_of(name), body) + b":" for name in _names(value))


def instance_digest(value: bytes, body: bytes) -> bytes:
    """Digest (RFC 3230), its algorithms spelled as they were."""
    return b",".join(name + b"=" + _digest(_of(name), body) for name in _names(value))


def _names(value: bytes) -> list[bytes]:
    """The algorithms of a field, those that nobody knows left out; SHA-256 where none is left."""
    names = [item.partition(b"=")[0].strip() for item in value.split(b",")]
    return [name for name in dict.fromkeys(names) if _of(name)] or [_BEST]


def _of(name: bytes) -> str:
    return _ALGORITHMS.get(name.decode("latin-1").lower(), "")


def _digest(algorithm: str, body: bytes) -> bytes:
    return base64.b64encode(hashlib.new(algorithm, body, usedforsecurity=False).digest())


DIGESTS: dict[bytes, Callable[[bytes, bytes], bytes]] = {
    b"content-md5": content_md5,
    b"content-digest": digest_dictionary,
    b"repr-digest": digest_dictionary,
    b"digest": instance_digest,
}
"""What renews a field, from its value and the new body, by its name in small letters."""
