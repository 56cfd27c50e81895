"""Form bodies written as every reader takes them (RFC 7578, and names escaped as WHATWG has it)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from why400.content.file_names import extension_of


@dataclass(frozen=True, slots=True)
class File:
    """One file of a form: the part's name, its bytes and their media type, the file's name if it has one."""

    name: str
    data: bytes
    media_type: str
    file_name: str = ""

    @property
    def called(self) -> str:
        """Its file name, else one by the media type."""
        return self.file_name or f"image.{extension_of(self.media_type, self.media_type.rpartition('/')[2])}"


def write_form(files: Sequence[File]) -> tuple[str, bytes]:
    """The value of Content-Type and the body. The same files give the same bytes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.data)
    boundary = f"why400-{digest.hexdigest()[:32]}"
    parts = [_head(file, boundary) + file.data + b"\r\n" for file in files]
    return f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()


def _head(file: File, boundary: str) -> bytes:
    disposition = f'form-data; name="{escaped(file.name)}"; filename="{escaped(file.called)}"'
    return f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {file.media_type}\r\n\r\n".encode()


def escaped(name: str) -> str:
    """A name as it stands between quotes (HTML, multipart form data, "escape a name")."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
