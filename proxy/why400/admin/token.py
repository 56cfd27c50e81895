"""The admin token: what opens the page where not only this machine can reach it."""

import contextlib
import os
import secrets
from pathlib import Path

FILE = "admin-token"
"""Its name in the data folder."""

_SHORTEST = 16


class TokenError(Exception):
    """The token's file cannot be used; the message says why and what to do."""


def make_token(folder: Path) -> str:
    """The token kept in a data folder, made with mode 0600 at first use. OSError where it cannot be written."""
    path = folder / FILE
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    return read_token(path)


def read_token(path: Path) -> str:
    """The token in a file, one line of at least 16 printable characters without blanks."""
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise TokenError(f"the admin token in {path} cannot be read: {why.lower()}; write one line there") from None
    if len(token) < _SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        raise TokenError(
            f"the admin token in {path} is no token: wanted one line of {_SHORTEST} or more ASCII characters without "
            "blanks, such as the output of `openssl rand -hex 32`"
        )
    return token
