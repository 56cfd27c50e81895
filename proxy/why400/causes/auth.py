"""Causes in credentials. why400 judges none; it names what an upstream's refusal says."""

from why400.causes.cause import Cause
from why400.causes.lines import SAME_STYLE

CAUSES = (
    Cause(
        "auth.missing",
        "No credential was sent",
        what="The server wants a key or a token; the request has none.",
        see="curl -v shows no Authorization and no API key.",
        remedy="Send the credential that the server wants (its WWW-Authenticate field says which).",
        client=SAME_STYLE,
        look_alikes=(("auth.denied", "one was sent, and refused"),),
        references=("RFC 9110 section 15.5.2",),
    ),
    Cause(
        "auth.denied",
        "The credential was refused",
        what="A key, a token or a cookie was sent and is not accepted: expired, of another place, or a CSRF token is "
        "missing.",
        see="The same request with a fresh credential passes.",
        remedy="Use a valid credential; for 'CSRF verification failed' exempt the endpoint or send the token.",
        look_alikes=(("auth.missing", "none was sent"),),
        references=("RFC 9110 section 15.5.4",),
    ),
)
