"""What the fixes do to pixels. Only decode workers import these modules, for they import Pillow."""
