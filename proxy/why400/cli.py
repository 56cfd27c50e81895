"""The command `why400`: words from a person, one file a command."""


def main() -> None:
    """Run the command line."""
