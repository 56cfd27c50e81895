"""A full disk is said, and not once for each record."""

from why400.observe.losses import EVERY, Losses


def test_a_flood_of_losses_is_a_line_now_and_then() -> None:
    said: list[str] = []
    now = [0.0]
    losses = Losses(said.append, lambda: now[0])
    for _ in range(50):
        losses.lost("disk-full", 2, "database or disk is full")
        now[0] += EVERY / 25
    assert said == [
        "records: database or disk is full (disk-full, 2); make room, or lower --keep",
        "records: database or disk is full (disk-full, 50); make room, or lower --keep",
    ]


def test_each_reason_is_told_at_once() -> None:
    said: list[str] = []
    losses = Losses(said.append, lambda: 0.0)
    losses.lost("slow", 1, "no commit in 250 ms")
    losses.lost("parent-gone", 3, "the parent is gone")
    assert said == [
        "records: no commit in 250 ms (slow, 1); the data folder is on a slow disk",
        "records: the parent is gone (parent-gone, 3)",
    ]
