"""Several names tried at once: in groups, and narrowed down to the one that counts."""

from collections.abc import Callable
from dataclasses import replace

from why400.probe.places import Place, moved


def batches(names: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """The names in groups of at most `most`."""
    step = max(1, most)
    return [names[start : start + step] for start in range(0, len(names), step)]


def only(place: Place, names: tuple[str, ...]) -> Place:
    """The place with fewer names."""
    if place.style == "form":
        return replace(place, names=names)
    if place.style == "raw" or names == place.names or place.carried_as == "binary":
        return place
    return moved(place, names, place.carried_as, place.frame)


def sole(names: tuple[str, ...], holds: Callable[[tuple[str, ...]], bool]) -> str | None:
    """The one of `names` with which it holds: by halves, and one by one where that leads nowhere."""
    left = names
    while len(left) > 1:
        half = left[: (len(left) + 1) // 2]
        left = half if holds(half) else left[len(half) :]
    if holds(left):
        return left[0]
    return next((name for name in names if holds((name,))), None)
