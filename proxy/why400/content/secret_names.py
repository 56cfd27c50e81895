"""Names of fields, cookies and parameters that carry a credential."""

import re

_SECRET_NAME = re.compile(
    r"auth(?!enticate$)|cookie|token|secret|passw|credential|signature|session|bearer|jwt|apikey|(?:^|[-_.])key(?:$|[-_.])",
    re.IGNORECASE,
)


def is_secret(name: str) -> bool:
    """Whether a field, cookie or parameter of this name carries a credential."""
    return _SECRET_NAME.search(name) is not None
