"""How strict the base64 has to be: alphabet, padding, line breaks, data URI."""

import base64
from collections.abc import Mapping
from dataclasses import replace

from why400.probe.bench import Bench
from why400.probe.contract import Contract
from why400.probe.places import Spell, byte_array, carry, data_uri, hexadecimal, plain_base64, unpadded, urlsafe

TOPIC = "spelling"
OCTETS = "application/octet-stream"
OF_OCTETS = "a data URI of octets"

_COMMENT = 16
"""Least size of a JPEG comment segment here, its marker and length included (ITU-T T.81, B.2.4.5)."""


def _unpadded(image: bytes, media_type: str) -> str:
    return plain_base64(image, media_type).rstrip("=")


def _in_lines(image: bytes, media_type: str) -> str:
    return base64.encodebytes(image).decode("ascii")


def _twice(image: bytes, media_type: str) -> str:
    return plain_base64(plain_base64(image, media_type).encode("ascii"), media_type)


WAYS: Mapping[str, Spell] = {
    "base64": plain_base64,
    "data-uri": data_uri,
    "base64url": urlsafe,
    "base64url-unpadded": unpadded,
    "base64 without padding": _unpadded,
    "base64 with line breaks": _in_lines,
    "base64 of base64": _twice,
    "hex": hexadecimal,
    "byte-array": byte_array,
}


def study(bench: Bench, contract: Contract) -> Contract:
    """The usual picture, spelled in each way. Only where it is spelled at all."""
    if bench.place.style != "json":
        return contract
    data, label = _telling(bench), bench.picture.label
    for what, spell in WAYS.items():
        answer = bench.post(what, carry(bench.place, data, label, spell))
        contract = contract.adding(bench.tried(TOPIC, what, answer, bench.normal))
    if bench.place.carried_as == "data-uri":
        octets = carry(bench.place, data, replace(label, media_type=OCTETS))
        contract = contract.adding(bench.tried(TOPIC, OF_OCTETS, bench.post(OF_OCTETS, octets), bench.normal))
    return contract


def _telling(bench: Bench) -> bytes:
    """The picture as a file whose base64 ends in padding and has signs in which the alphabets differ.

    A comment does it in a JPEG; in another format the file is left as it is, and must have a padding by itself.
    """
    data = bench.picture.data
    if bench.picture.format != "jpeg":
        return data
    size = _COMMENT + (1 - len(data) - _COMMENT) % 3
    return data[:2] + b"\xff\xfe" + (size - 2).to_bytes(2, "big") + b"\xff" * (size - 4) + data[2:]
