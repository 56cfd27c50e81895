"""What is wrong with some bytes by themselves, as a value."""

from why400.value import value


@value
class Trouble:
    """One thing that is wrong with a content, whoever asks: a lax JSON comma, a padding that is missing.

    `code` is a cause code of the catalogue, `detail` says what was seen without quoting values,
    `at` is where in the contract's words (`head`, `body`, `part:NAME`, `json:/pointer`, `tensor:NAME`) and
    `offset` counts bytes from the start of the body, where that can be said.
    """

    code: str
    detail: str
    at: str = "body"
    offset: int | None = None
