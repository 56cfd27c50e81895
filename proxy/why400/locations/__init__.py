"""Where images are in a body: one file a kind of location. Pure."""
