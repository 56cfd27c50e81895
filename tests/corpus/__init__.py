"""Pictures made on the spot, each with what it is known to be. Code, not files."""
