"""`python -m why400` is the command `why400`."""

from why400.cli import main

if __name__ == "__main__":
    main()
