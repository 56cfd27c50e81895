"""What was found, for people and for scripts."""

from collections.abc import Iterator
from typing import Any

from why400.probe.bench import Tried
from why400.probe.contract import Contract, Limit, NothingTaken
from why400.probe.studies import controls, formats, sides, sizes

_ORIENTATION = {
    "honoured": "a photo with EXIF orientation 6 is answered as it is upright",
    "ignored": "EXIF orientation is not read: a phone photo is answered as it lies",
    "refused": "a photo with EXIF orientation 6 is refused",
    "cannot tell": "cannot be told: the answers do not depend on it",
}
_WIDTH = 24
_MOST_LINES = 12
_CLEAR = (controls.TOPIC, formats.MOVING)


def table(contract: Contract) -> str:
    """One line a question: what is taken, and what is not with its status."""
    takes = " or ".join(place.words for place in contract.places)
    needs = [("needs", f"{want.words} ({want.value} was taken)") for want in contract.wants]
    rows = [
        *needs,
        *((topic, "; ".join(_sums(contract, topic))) for topic in dict.fromkeys(one.topic for one in contract.tried)),
    ]
    rows = [row for row in rows if row[0] not in ("sides", "orientation")]
    rows += [(limit.topic, _limit(limit)) for limit in contract.limits]
    rows += [("sides", _shapes(contract)), ("orientation", _ORIENTATION[contract.orientation])]
    rows += [(f"status {status or 'none'}", words) for status, words in _statuses(contract)]
    lines = [f"{contract.method} {contract.target} takes {takes}", ""]
    width = max([_WIDTH, *(len(topic) + 2 for topic, words in rows if words)])
    lines += [f"  {topic:<{width}}{words}" for topic, words in rows if words]
    lines += [f"  {'note':<{width}}{words}" for words in contract.notes]
    if contract.unfinished:
        lines.append(f"  {'not finished':<{width}}{', '.join(contract.unfinished)}: the budget was spent")
    return "\n".join(lines)


def nothing_table(nothing: NothingTaken) -> str:
    """What was tried in vain, and what it was answered."""
    lines = [f"  {one.status or 'no answer'}  {one.what}: {one.words or 'without a word'}" for one in nothing.tried]
    more = [f"  … and {len(lines) - _MOST_LINES} more ways"] if len(lines) > _MOST_LINES else []
    return "\n".join([f"Nothing was taken: {nothing.because}.", *lines[:_MOST_LINES], *more])


def as_json(contract: Contract) -> dict[str, Any]:
    """All that was found, for scripts."""
    return {
        "found": True,
        "method": contract.method,
        "target": contract.target,
        "places": [
            {"style": place.style, "name": place.name or None, "as": place.carried_as} for place in contract.places
        ],
        "needs": [{"kind": want.kind, "name": want.name, "value": want.value} for want in contract.wants],
        "tried": [
            {"topic": one.topic, "what": one.what, "verdict": one.verdict, "status": one.status, "words": one.words}
            for one in contract.tried
        ],
        "limits": [
            {"topic": one.topic, "taken": one.taken, "refused": one.refused, "status": one.status, "exact": one.exact}
            for one in contract.limits
        ],
        "orientation": contract.orientation,
        "notes": list(contract.notes),
        "unfinished": list(contract.unfinished),
        "requests": contract.requests,
    }


def _sums(contract: Contract, topic: str) -> Iterator[str]:
    taken = contract.having(topic, "taken")
    if taken:
        yield f"taken: {', '.join(taken)}"
    if misread := contract.having(topic, "other answer"):
        yield f"taken, but answered as another picture: {', '.join(misread)}"
    if unclear := contract.having(topic, "unclear"):
        yield f"unclear: {', '.join(unclear)}"
    refused = [one for one in contract.on(topic).values() if one.verdict == "refused"]
    if refused:
        yield f"refused: {', '.join(_with_status(one) for one in refused)}"


def _with_status(one: Tried) -> str:
    return f"{one.what} ({one.status or 'no answer'})"


def _limit(limit: Limit) -> str:
    unit = "bytes" if limit.topic == sizes.TOPIC else "px"
    if limit.refused is None:
        return f"{limit.taken:,} {unit} taken, nothing beyond was tried"
    between = "" if limit.exact else " (not tried between)"
    return f"{limit.taken:,} {unit} taken, {limit.refused:,} refused ({limit.status or 'no answer'}){between}"


def _shapes(contract: Contract) -> str:
    small, large = contract.limit(sides.SMALLEST), contract.limit(sides.LARGEST)
    if small and large and small.refused and large.refused and small.taken == large.taken:
        return f"only {small.taken} px is taken"
    return "; ".join(_sums(contract, sides.TOPIC))


def _statuses(contract: Contract) -> Iterator[tuple[int, str]]:
    """Which statuses the upstream has, and for what."""
    by_status: dict[int, list[str]] = {}
    for one in contract.tried:
        if one.verdict == "refused":
            what = one.what if one.topic in _CLEAR else f"{one.topic} {one.what}"
            by_status.setdefault(one.status, []).append(what)
    for limit in contract.limits:
        if limit.refused is not None:
            by_status.setdefault(limit.status, []).append(f"{limit.topic} of {limit.refused:,}")
    for status, named in sorted(by_status.items()):
        yield status, ", ".join(dict.fromkeys(named))
