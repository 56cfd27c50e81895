"""The datatypes of tensors: their names in the Open Inference Protocol V2, sizes, and what people write instead."""

from dataclasses import dataclass

BYTES = "BYTES"


@dataclass(frozen=True, slots=True)
class Datatype:
    """One datatype. `size` is bytes a value (0: each value has its own), `least` and `most` the ends of integers.

    `code` is its sign in Python's `struct`, empty where there is none. `in_json`: JSON can carry its values.
    """

    name: str
    size: int
    code: str = ""
    least: int | None = None
    most: int | None = None
    in_json: bool = True

    @property
    def is_integer(self) -> bool:
        """Its values are whole numbers."""
        return self.most is not None


def _integer(name: str, size: int, code: str, signed: bool) -> Datatype:
    bits = 8 * size
    return Datatype(name, size, code, -(2 ** (bits - 1)) if signed else 0, 2 ** (bits - signed) - 1)


DATATYPES = {
    one.name: one
    for one in (
        Datatype("BOOL", 1, "?"),
        _integer("UINT8", 1, "B", signed=False),
        _integer("UINT16", 2, "H", signed=False),
        _integer("UINT32", 4, "I", signed=False),
        _integer("UINT64", 8, "Q", signed=False),
        _integer("INT8", 1, "b", signed=True),
        _integer("INT16", 2, "h", signed=True),
        _integer("INT32", 4, "i", signed=True),
        _integer("INT64", 8, "q", signed=True),
        Datatype("FP16", 2, "e", in_json=False),
        Datatype("BF16", 2, in_json=False),
        Datatype("FP32", 4, "f"),
        Datatype("FP64", 8, "d"),
        Datatype(BYTES, 0),
    )
}
"""By name, as the protocol lists them (Open Inference Protocol, "Tensor Data Types"; BF16 is Triton's)."""

_ALIASES = {
    "float": "FP32",
    "double": "FP64",
    "half": "FP16",
    "bfloat": "BF16",
    "int": "INT32",
    "long": "INT64",
    "short": "INT16",
    "byte": "UINT8",
    "uchar": "UINT8",
    "char": "INT8",
    "boolean": "BOOL",
    "string": "BYTES",
    "str": "BYTES",
    "object": "BYTES",
    "binary": "BYTES",
}


def meant(name: str) -> str | None:
    """The datatype that another spelling stands for: `float32`, `TYPE_FP32`, `tensor(float)`, `np.uint8`."""
    plain = name.strip().lower().removeprefix("tensor(").removesuffix(")")
    word = plain.rpartition(".")[2].removeprefix("type_").removeprefix("dt_")
    known = word.upper() if word.upper() in DATATYPES else None
    return known or _ALIASES.get(word) or _numbered(word)


def _numbered(word: str) -> str | None:
    """`float32`, `bfloat16`, `f4`."""
    for stem, short in (("bfloat", "BF"), ("float", "FP"), ("fp", "FP"), ("f", "FP")):
        bits = word.removeprefix(stem)
        if word.startswith(stem) and bits.isdigit():
            sized = f"{short}{int(bits[:3]) * (8 if stem == 'f' and int(bits[:3]) <= 8 else 1)}"
            return sized if sized in DATATYPES else None
    return None
