"""One kind of mistake, and the ways to make one from a good request."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from upstreams.endpoint import Endpoint
from upstreams.wire import Request

Make = Callable[[Endpoint, bytes], Request]
ALL = ("raw", "form", "json", "data-uri")
TEXT = ("json", "data-uri")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of mistake: a name, the true causes, how to make it, and the styles in which people make it.

    `silent` are the causes where the server takes it and should not; `all_of` what is to be named of several faults.
    """

    name: str
    causes: tuple[str, ...]
    make: Make
    styles: tuple[str, ...] = ALL
    silent: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()


def another_image(
    name: str, cause: str, image: Callable[[bytes], bytes], media: str = "image/jpeg", silent: str = ""
) -> Mistake:
    """Another picture, sent as it should be."""
    return Mistake(
        name, tuple(cause.split()), lambda where, good: where.good(image(good), media), silent=tuple(silent.split())
    )


def another_text(name: str, cause: str, change: Callable[[str], str], styles: tuple[str, ...] = TEXT) -> Mistake:
    """Another spelling of the good picture."""
    return Mistake(name, tuple(cause.split()), lambda where, good: where.text(change(where.spelled(good))), styles)


def another_json(name: str, cause: str, change: Callable[[bytes], bytes]) -> Mistake:
    """Another text of the good document."""
    return Mistake(name, tuple(cause.split()), lambda where, good: where.json(change(where.good(good).body)), TEXT)


def another_document(name: str, cause: str, change: Callable[[Endpoint, str], object]) -> Mistake:
    """Another document around the good text."""

    def make(where: Endpoint, good: bytes) -> Request:
        return where.json(json.dumps(change(where, where.spelled(good))))

    return Mistake(name, tuple(cause.split()), make, TEXT)


def mistake(name: str, cause: str, make: Make, *styles: str) -> Mistake:
    return Mistake(name, tuple(cause.split()), make, styles or ALL)


def several(name: str, causes: str, make: Make, *styles: str, or_else: str = "") -> Mistake:
    """Several faults at once: any may stand first, and all are to be named. `or_else` are other words for one of them."""
    every = tuple(causes.split())
    return Mistake(name, (*every, *or_else.split()), make, styles or ALL, all_of=every)
