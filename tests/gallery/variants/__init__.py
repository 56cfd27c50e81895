"""Rare kinds of each format, each with the pixels that a person sees in it; Pillow or bytes by hand make them."""
