"""What a person should read of an error of the system."""

import os
import re
import socket
import ssl


def in_words(error: OSError) -> str:
    """What a person should read of a connection error, whichever loop it came from."""
    if isinstance(error, socket.gaierror):
        return "the host name is not known"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); --upstream-ca names one that is"
    if isinstance(error, ssl.SSLError):
        return f"it does not speak TLS as we do ({(error.reason or 'no reason given').lower().replace('_', ' ')})"
    number = error.errno or next(map(int, re.findall(r"\[Errno (\d+)\]", str(error))), 0)
    return (os.strerror(number) if number > 0 else str(error)).lower()
