"""A request that takes shape: where its image goes, and what goes with it."""

from dataclasses import dataclass, replace
from typing import Any

from why400.probe.places import Place, moved, path_to, with_value
from why400.probe.wanted import Want


@dataclass(frozen=True, slots=True)
class Draft:
    """A place, with fields of the head and parameters of the query (`asked`) that are sent with it."""

    place: Place
    asked: tuple[Want, ...] = ()

    @property
    def wants(self) -> tuple[Want, ...]:
        """All that goes with the image."""
        parts = tuple(Want("beside", name, value) for name, value in self.place.beside)
        return (
            *self.asked,
            *parts,
            *(Want("beside", _unrooted(path), str(value)) for path, value in leaves(self.place.frame)),
        )


def beside(draft: Draft, parts: dict[str, str]) -> Draft:
    """The draft with these text parts in its form."""
    return replace(draft, place=replace(draft.place, beside=tuple(parts.items())))


def _unrooted(path: str) -> str:
    """A path as people write it: `params.size`, `[*].id`."""
    return path.removeprefix("$").removeprefix(".")


def leaves(frame: Any, path: str = "$") -> tuple[tuple[str, Any], ...]:
    """The values of a frame by their paths; an empty object or list is one."""
    if isinstance(frame, dict) and frame:
        return tuple(one for key, value in frame.items() for one in leaves(value, path + path_to(key)[1:]))
    if isinstance(frame, list) and frame:
        return leaves(frame[0], f"{path}[*]")
    return () if frame is None else ((path, frame),)


def without(draft: Draft, want: Want) -> Draft:
    """The draft without one thing that goes with the image."""
    if want in draft.asked:
        return replace(draft, asked=tuple(one for one in draft.asked if one is not want))
    if draft.place.style == "form":
        return beside(draft, {name: value for name, value in draft.place.beside if name != want.name})
    kept = [(path, value) for path, value in leaves(draft.place.frame) if _unrooted(path) != want.name]
    frame: Any = None
    for path, value in kept:
        frame = with_value(frame, path, value)
    way = draft.place.carried_as
    assert way != "binary"
    return replace(draft, place=moved(draft.place, draft.place.names, way, frame))
