"""The catalogue of causes, in rows of words, and the fingerprints of frameworks' replies, as data."""
