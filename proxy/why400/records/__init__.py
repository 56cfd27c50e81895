"""What is kept of exchanges: the store's interface, SQLite, retention, redaction."""
