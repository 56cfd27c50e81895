"""why400: a diagnostic reverse proxy in front of a model container."""

__version__ = "0.1.0"
