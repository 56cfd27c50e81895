"""Units of quantities, and how quantities are said to people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)")

_SPELLED = {
    "byte": "B",
    "bytes": "B",
    "kbyte": "KB",
    "kilobyte": "KB",
    "kilobytes": "KB",
    "mbyte": "MB",
    "megabyte": "MB",
    "megabytes": "MB",
    "gigabyte": "GB",
    "gigabytes": "GB",
    "megapixel": "MP",
    "megapixels": "MP",
    "mpix": "MP",
    "mpx": "MP",
}
"""Units as people spell them."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a quantity is counted in: `names` maps a unit as written to how many of the base it is.

    Without `names` the quantity is a bare number (pixels of a side, a ratio), below 0 only where `signed`. `base` is
    the word for one.
    """

    base: str
    example: str
    names: Mapping[str, int]
    whole: bool = True
    signed: bool = False

    def parse(self, text: str) -> float | None:
        """The quantity in the base unit, or None where `text` does not spell one exactly: `10MB`, `1.5MiB`."""
        match = QUANTITY.fullmatch(text)
        if not match or " " in text or match[2] not in self.names:
            return None
        amount = float(match[1]) * self.names[match[2]]
        return int(amount) if self.whole else amount

    def repair(self, text: str) -> str | None:
        """What `text` was most likely meant to be: `10 mb` → `10MB`, `10485760` → `10MiB`. None: no idea."""
        match = QUANTITY.fullmatch(text.strip(" <>=~"))
        if not match:
            return None
        if not match[2]:
            return self._with_unit(float(match[1]))
        word = _SPELLED.get(match[2].lower(), match[2]).lower()
        near = [name for name in self.names if name.lower() in (word, f"{word}b")]
        return f"{match[1]}{near[0]}" if near else None

    def _with_unit(self, amount: float) -> str | None:
        """A bare number with the unit in which it is short; a small one most likely meant the commonest unit."""
        for name in ("GiB", "MiB", "KiB", "GB", "MB", "KB", "MP"):
            size = self.names.get(name, 0)
            if size and amount >= size and amount % size == 0:
                return f"{amount / size:.0f}{name}"
        if amount >= 1000 and "B" in self.names:
            return f"{amount:.0f}B"
        return f"{amount:g}{self.example.lstrip('0123456789')}"

    def schema(self) -> dict[str, Any]:
        """A string with a unit, or a number where there are none."""
        if self.names:
            return {"type": "string", "pattern": rf"^[0-9]+(\.[0-9]+)?({'|'.join(self.names)})$"}
        return {"type": "integer" if self.whole else "number", **({} if self.signed else {"minimum": 0})}

    def say(self, amount: float) -> str:
        """An amount for people: `10.5 MB (10,500,000 bytes)`, `4096 px`, `1.5`."""
        if self.base == "bytes":
            return say_bytes(int(amount))
        if self.base == "pixels":
            return f"{amount / 1e6:.3g} MP"
        return f"{amount:g} {self.base}".rstrip()


def say_bytes(amount: int) -> str:
    """`512 bytes`, `68 KB (68,012 bytes)`, `10 MB (10,000,000 bytes)`: short, then exact."""
    if amount < 1000:
        return f"{amount} bytes"
    short = f"{amount / 1e6:.3g} MB" if amount >= 1_000_000 else f"{amount / 1000:.3g} KB"
    return f"{short} ({amount:,} bytes)"


BYTES = Unit(
    "bytes",
    "10MB",
    {"B": 1, "KB": 1000, "MB": 10**6, "GB": 10**9, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3},
)
PIXELS = Unit("pixels", "20MP", {"MP": 10**6})
SIDE = Unit("px", "4096", {})
RATIO = Unit("", "1.5", {}, whole=False)
COUNT = Unit("", "4", {})
VALUE = Unit("", "1", {}, whole=False, signed=True)
