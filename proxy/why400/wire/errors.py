"""What a person should read of an error of the system."""

import errno
import os
import re
import socket
import ssl

_OURS = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL))


def number_of(error: OSError) -> int:
    """The system's number of an error, whichever loop it came from; 0 if it has none."""
    return error.errno or next(map(int, re.findall(r"\[Errno (\d+)\]", str(error))), 0)


def is_ours(error: OSError) -> bool:
    """This machine has no more files, ports or memory for a connection: its other side is not to blame."""
    return number_of(error) in _OURS


def in_words(error: OSError) -> str:
    """What a person should read of a connection error, whichever loop it came from."""
    if isinstance(error, socket.gaierror):
        return "the host name is not known"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); --upstream-ca names one that is"
    if isinstance(error, ssl.SSLError):
        return f"it does not speak TLS as we do ({(error.reason or 'no reason given').lower().replace('_', ' ')})"
    number = number_of(error)
    return (os.strerror(number) if number > 0 else str(error)).lower()
