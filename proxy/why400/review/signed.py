"""Requests that are signed over their bodies: whoever changes one breaks its signature."""

from why400.exchange import RequestHead

# RFC 9421 (with a digest of the body among the components), AWS Signature Version 4, and what webhooks send.
_OVER_THE_BODY = (b"x-hub-signature", b"x-hub-signature-256", b"x-signature", b"x-signature-sha256")
_UNSIGNED = (b"UNSIGNED-PAYLOAD", b"STREAMING-UNSIGNED-PAYLOAD-TRAILER")


def signed_over_body(head: RequestHead) -> bool:
    """The head carries a signature that covers the body."""
    aws = head.value(b"x-amz-content-sha256")
    if aws is not None and aws not in _UNSIGNED:
        return True
    if b"content-digest" in (head.value(b"signature-input") or b"").lower():
        return True
    return any(head.value(name) is not None for name in _OVER_THE_BODY)
