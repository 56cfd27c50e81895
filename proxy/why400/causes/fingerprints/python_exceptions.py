"""Python's words for what fails inside a server, whatever was sent: files, modules, names, sockets of its own."""

from why400.causes.fingerprint import Fingerprint

_OWN = ("upstream.error-as-400", "upstream.bug")

FINGERPRINTS = (
    Fingerprint(
        "No such file or directory",
        r"\[Errno 2\] No such file or directory",
        "Python",
        (*_OWN, "base64.is-reference"),
        "P",
        "[Errno 2] No such file or directory: '/srv/model/labels.txt'",
        notes="A server that opens the path it was sent says so too.",
    ),
    Fingerprint(
        "Permission denied",
        r"\[Errno 13\] Permission denied",
        "Python",
        _OWN,
        "P",
        "PermissionError: [Errno 13] Permission denied: '/tmp/cache'",
    ),
    Fingerprint(
        "Read-only file system",
        r"\[Errno 30\] Read-only file system",
        "Python",
        _OWN,
        "P",
        "OSError: [Errno 30] Read-only file system: '/app/uploads/photo.jpg'",
    ),
    Fingerprint(
        "No space left on device",
        r"\[Errno 28\] No space left on device",
        "Python",
        _OWN,
        "P",
        "OSError: [Errno 28] No space left on device",
    ),
    Fingerprint(
        "Too many open files",
        r"\[Errno 24\] Too many open files",
        "Python",
        _OWN,
        "P",
        "OSError: [Errno 24] Too many open files: 'weights.bin'",
    ),
    Fingerprint(
        "Connection refused",
        r"\[Errno 111\] Connection refused",
        "Python",
        _OWN,
        "P",
        "ConnectionRefusedError: [Errno 111] Connection refused",
    ),
    Fingerprint(
        "No module named",
        r"No module named '[\w.]{1,80}'",
        "Python",
        _OWN,
        "P",
        "ModuleNotFoundError: No module named 'cv2'",
    ),
    Fingerprint(
        "is not defined",
        r"name '\w{1,80}' is not defined",
        "Python",
        _OWN,
        "P",
        "NameError: name 'transform' is not defined",
    ),
    Fingerprint(
        "referenced before assignment",
        r"local variable '\w{1,80}' referenced before assignment",
        "Python",
        _OWN,
        "P",
        "UnboundLocalError: local variable 'image' referenced before assignment",
    ),
    Fingerprint(
        "not associated with a value",
        r"cannot access local variable '\w{1,80}' where it is not associated with a value",
        "Python",
        _OWN,
        "P",
        "UnboundLocalError: cannot access local variable 'image' where it is not associated with a value",
        version=">=3.11",
    ),
    Fingerprint(
        "NoneType' object has no attribute",
        r"'NoneType' object has no attribute '(?:predict\w*|forward|run|eval|infer\w*|generate|signatures|get_inputs)'",
        "Python",
        _OWN,
        "P",
        "AttributeError: 'NoneType' object has no attribute 'predict'",
        says="that there is no model",
    ),
)
