"""Inline tests of rules: a request made from words (`request`), and what became of it against what was expected."""
