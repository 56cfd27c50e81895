"""What an inline test sends beside its image: text parts of a form, members of a JSON object."""

from collections.abc import Mapping
from dataclasses import replace

import orjson

from why400.content.media_type import parse
from why400.locations.context import NewBody


def with_beside(made: NewBody, values: Mapping[str, str]) -> NewBody:
    """The body with more in it; as it was where it is neither a form nor a JSON object."""
    boundary = parse(made.content_type.encode("latin-1", "replace")).boundary
    if boundary is not None:
        texts = [_part(boundary, name, value) for name, value in values.items()]
        return replace(made, data=b"".join(texts) + made.data)
    try:
        document = orjson.loads(made.data)
    except orjson.JSONDecodeError:
        return made
    return replace(made, data=orjson.dumps({**document, **values})) if isinstance(document, dict) else made


def _part(boundary: bytes, name: str, value: str) -> bytes:
    head = b'--%b\r\nContent-Disposition: form-data; name="%b"' % (boundary, name.encode())
    return head + b"\r\n\r\n" + value.encode() + b"\r\n"
