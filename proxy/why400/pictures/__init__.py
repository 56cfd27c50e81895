"""Pictures made from words, for tests of rules: `picture` is what can be asked for, `make` paints, `damage` spoils."""
