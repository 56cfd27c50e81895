"""Finding a limit in few questions: by round numbers first, for that is what people write into servers."""

from collections.abc import Callable, Sequence

ROUND = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 25, 30, 32, 40, 48, 50, 64, 75, 80, 100, 128, 150, 200, 250, 256)
ROUND_MORE = (300, 320, 384, 400, 500, 512, 600, 640, 750, 768, 800, 1200, 1500, 1536, 2500, 2560)
_UNITS = (1000, 1024, 1000**2, 1024**2)
_STEPS = 8
"""Halvings between two round numbers, where the limit is none of them."""

SIZES = tuple(sorted({number * unit for number in (*ROUND, *ROUND_MORE) for unit in _UNITS}))
"""Round numbers of bytes."""

_OF_MODELS = (7, 14, 24, 28, 56, 60, 96, 112, 160, 192, 224, 240, 299, 336, 448, 480)
SIDES = tuple(sorted({*ROUND, *ROUND_MORE, *_OF_MODELS}))
SIDES_LARGE = (
    896,
    1000,
    1024,
    1080,
    1200,
    1280,
    1333,
    1500,
    1536,
    1600,
    1920,
    2000,
    2048,
    2500,
    2560,
    3000,
    3072,
    3840,
)
"""Round numbers of pixels, and the sides that models have."""


def limit(holds: Callable[[int], bool], good: int, bad: int, landmarks: Sequence[int]) -> tuple[int, int]:
    """The furthest that holds and the nearest that does not, of a condition that changes once between `good` and `bad`.

    Works in both directions. The two are neighbours where the limit is a landmark, or one beside it.
    """
    way = 1 if bad > good else -1
    between = sorted((one for one in landmarks if min(good, bad) < one < max(good, bad)), reverse=way < 0)
    while between:
        middle = between[len(between) // 2]
        if holds(middle):
            good, between = middle, between[len(between) // 2 + 1 :]
        else:
            bad, between = middle, between[: len(between) // 2]
    for guess in (good + way, bad - way):
        if (guess - good) * way > 0 and (bad - guess) * way > 0:
            good, bad = (guess, bad) if holds(guess) else (good, guess)
    for _ in range(_STEPS):
        if abs(bad - good) > max(1, abs(good) // 200):
            middle = (good + bad) // 2
            good, bad = (middle, bad) if holds(middle) else (good, middle)
    return good, bad
