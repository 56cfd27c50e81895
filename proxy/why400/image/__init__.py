"""What an image is, from its bytes and without a decoder: one reader a format, and facts. Pure; bounded work."""
