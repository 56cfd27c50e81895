"""Proving: a recorded request sent again, changed, until its upstream tells what the reason was."""
