"""What a diagnostic code of `why400 check` is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem with rules: what it is, why it is one, an example that has it and the same put right.

    Examples are whole files where they start with `why400:`, else the lines of one route. `wrong` is empty where the
    mistake cannot be shown as text (bytes that are no UTF-8).
    """

    code: str
    what: str
    why: str
    wrong: str
    right: str
