"""The congestion arithmetic of `LegMatrix`, second by second."""

from collections.abc import Callable, Sequence


def plain_hour(second: int) -> int:
    """Return the local hour of a second counted from local midnight, on days without a change of clocks."""
    return second // 3600 % 24


def arrival(
    departure_s: int, base_s: int, hour_percent: Sequence[int], hour: Callable[[int], int] = plain_hour
) -> int:
    """Return the first second by which a leg that leaves at `departure_s` is through."""
    needed = 100 * base_s
    now = departure_s
    while needed > 0:
        needed -= hour_percent[hour(now)]
        now += 1
    return now


def latest_departure(
    arrival_s: int, base_s: int, hour_percent: Sequence[int], hour: Callable[[int], int] = plain_hour
) -> int:
    """Return the last second at which a leg may leave to be through by `arrival_s`."""
    needed = 100 * base_s
    now = arrival_s
    while needed > 0:
        now -= 1
        needed -= hour_percent[hour(now)]
    return now
