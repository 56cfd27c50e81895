"""`--header 'Name: value'`, as fields."""

import click

from why400.exchange import Fields

_OURS = ("content-length", "transfer-encoding", "connection")


def fields_given(headers: tuple[str, ...], *refused: str) -> Fields:
    """The fields of a person's words; those of the message itself, and `refused` ones, are a usage error."""
    fields = []
    for text in headers:
        name, colon, value = text.partition(":")
        if not colon or not name.strip() or "\n" in text or "\r" in text:
            raise click.BadParameter(f"got {text!r}, wanted 'Name: value'", param_hint="--header")
        if name.strip().lower() in (*_OURS, *refused):
            raise click.BadParameter(f"{name.strip()} is what the experiments are about", param_hint="--header")
        fields.append((name.strip().encode(), value.strip().encode()))
    return tuple(fields)
