import pytest

from records.make import AT, kept
from why400.exchange import Certainty, Diagnosis, Outcome
from why400.records.kept import Kept
from why400.records.stories import WHOLE_A_MINUTE, Stories

MINUTE = AT // 60 * 60 + 1


def told(records: list[Kept], at: list[float]) -> int:
    """How many of these are kept whole."""
    stories, whole = Stories(), 0
    for place, (one, moment) in enumerate(zip(records, at, strict=True), 1):
        if stories.shared(one.record, moment) is None:
            whole += 1
            stories.kept(one.record, place)
    return whole


def because(words: str) -> tuple[Diagnosis, ...]:
    return (Diagnosis("http.framing", Certainty.PROVEN, "rejection", (words,), "", "client"),)


OTHER = (Diagnosis("image.cmyk", Certainty.LIKELY, "facts", (), "", "client"),)


@pytest.mark.parametrize(
    ("records", "at", "whole"),
    [
        pytest.param([kept(n) for n in range(100)], [MINUTE] * 100, WHOLE_A_MINUTE, id="identical, in one minute"),
        pytest.param([kept(n) for n in range(40)], [MINUTE] * 20 + [MINUTE + 60] * 20, 40, id="identical, over two minutes"),
        pytest.param([kept(n, target=b"/%d" % n) for n in range(40)], [MINUTE] * 40, 40, id="other targets"),
        pytest.param([kept(n, status=400 + n) for n in range(40)], [MINUTE] * 40, 40, id="other statuses"),
        pytest.param([kept(n, diagnosis=OTHER if n % 2 else ()) for n in range(40)], [MINUTE] * 40, 40, id="other causes"),
        pytest.param([kept(n, diagnosis=because("no number" if n % 2 else "a chunk has no size")) for n in range(60)], [MINUTE] * 60, 40, id="the same cause for another reason"),
        pytest.param([kept(n, diagnosis=because(f"the body ended after {n} of 90 bytes")) for n in range(60)], [MINUTE] * 60, 20, id="the same reason with other numbers"),
        pytest.param([kept(n, outcome=Outcome.FIXED) for n in range(40)], [MINUTE] * 40, 40, id="not refused"),
    ],
)  # fmt: skip
def test_what_is_kept_whole(records: list[Kept], at: list[float], whole: int) -> None:
    assert told(records, at) == whole
