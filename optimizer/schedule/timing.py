"""The timing rule's smallest parts: windows, drives under congestion, rests, lateness prices.

All are private kernels: seconds in, seconds out, `FAR` for never and `-FAR` for not in time.
"""

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import FAR, SLOT_S, Problem
from optimizer.schedule.kernel import kernel


@kernel
def first_start(p: Problem, job: int, at: int) -> int:
    """Return the earliest allowed start of service not before `at`."""
    for w in range(p.window_ptr[job], p.window_ptr[job + 1]):
        if at <= p.window_close[w]:
            return max(at, p.window_open[w])
    return FAR


@kernel
def agreed_start(p: Problem, job: int, at: int, agreed: NDArray[np.int32]) -> int:
    """Return the earliest start of service not before `at`; a visit with an agreed start has only that one."""
    if agreed.size and agreed[job] >= 0:
        return int(agreed[job]) if at <= agreed[job] else FAR
    return first_start(p, job, at)


@kernel
def last_start(p: Problem, job: int, at: int) -> int:
    """Return the latest allowed start of service not after `at`."""
    for w in range(p.window_ptr[job + 1] - 1, p.window_ptr[job] - 1, -1):
        if at >= p.window_open[w]:
            return min(at, p.window_close[w])
    return -FAR


@kernel
def first_rest(p: Problem, rest: int, at: int) -> int:
    """Return the earliest begin of a rest not before `at`."""
    for w in range(p.rest_window_ptr[rest], p.rest_window_ptr[rest + 1]):
        if at <= p.rest_close[w]:
            return max(at, p.rest_open[w])
    return FAR


@kernel
def rested(p: Problem, rest: int, at: int) -> int:
    """Return the earliest end of a rest that begins not before `at`."""
    begin = first_rest(p, rest, at)
    return begin + p.rest_s[rest] if begin < FAR else FAR


@kernel
def last_rest(p: Problem, rest: int, ready: int) -> int:
    """Return the latest begin of a rest that ends not after `ready`."""
    at = ready - p.rest_s[rest]
    for w in range(p.rest_window_ptr[rest + 1] - 1, p.rest_window_ptr[rest] - 1, -1):
        if at >= p.rest_open[w]:
            return min(at, p.rest_close[w])
    return -FAR


@kernel
def rest_cents(p: Problem, shift: int, rest: int, place: int) -> int:
    """Return the price of a rest at a place: of a night away from where the shift starts and ends."""
    if p.night.size == 0 or not p.night[rest] or place == p.start_place[shift] or place == p.end_place[shift]:
        return 0
    return int(p.night_cents[place])


@kernel
def can_ride(p: Problem, shift: int, rest: int, a: int, b: int) -> bool:
    """Tell whether the way from place `a` to `b` can be ridden asleep during a rest, which is a night away."""
    if p.sleeper.size == 0 or not p.night[rest] or not p.sleeper[p.profile[shift], a, b]:
        return False
    return bool(p.travel[p.profile[shift], a, b, 0] <= p.rest_s[rest])


@kernel
def ridden(p: Problem, shift: int, rest: int, a: int, b: int, at: int) -> int:
    """Return when who is ready at `at` arrives by riding through the night: in the morning, never sooner."""
    return rested(p, rest, at) if can_ride(p, shift, rest, a, b) else FAR


@kernel
def board_by(p: Problem, shift: int, rest: int, a: int, b: int, at: int) -> int:
    """Return the latest moment of being ready to ride through the night and arrive not after `at`."""
    return last_rest(p, rest, at) if can_ride(p, shift, rest, a, b) else -FAR


@kernel
def arrive(p: Problem, profile: int, a: int, b: int, leave: int) -> int:
    """Return when a drive from place `a` to `b` that leaves at `leave` arrives."""
    base = p.travel[profile, a, b, 0]
    if leave >= FAR:
        return FAR
    if p.pace.size == 0 or base == 0:
        return leave + base
    band = p.band[profile, a, b]
    last = p.pace.shape[2] - 1
    slot = min(max(leave // SLOT_S, 0), last)
    need = (
        p.pace_sum[profile, band, slot] + (leave - slot * SLOT_S) * p.pace[profile, band, slot] + 100 * base
    )
    while slot < last and need > p.pace_sum[profile, band, slot + 1]:
        slot += 1
    missing = need - p.pace_sum[profile, band, slot]
    rate = p.pace[profile, band, slot]
    return slot * SLOT_S + (missing + rate - 1) // rate


@kernel
def leave_by(p: Problem, profile: int, a: int, b: int, at: int) -> int:
    """Return the latest leaving of place `a` that arrives at `b` not after `at`."""
    base = p.travel[profile, a, b, 0]
    if at <= -FAR:
        return -FAR
    if p.pace.size == 0 or base == 0:
        return at - base
    band = p.band[profile, a, b]
    last = p.pace.shape[2] - 1
    slot = min(max(at // SLOT_S, 0), last)
    have = p.pace_sum[profile, band, slot] + (at - slot * SLOT_S) * p.pace[profile, band, slot] - 100 * base
    while slot > 0 and have < p.pace_sum[profile, band, slot]:
        slot -= 1
    return slot * SLOT_S + (have - p.pace_sum[profile, band, slot]) // p.pace[profile, band, slot]


@kernel
def lateness(p: Problem, job: int, start: int, end: int) -> int:
    """Return the cents owed for a service from `start` to `end`."""
    cents = 0
    for step in range(p.late_ptr[job], p.late_ptr[job + 1]):
        over = (end if p.late_on_end[step] else start) - p.late_after[step]
        if over > 0:
            cents += p.late_cents[step] + (over * p.late_hour_cents[step] + 1800) // 3600
    return cents


@kernel
def leg_cents(p: Problem, profile: int, a: int, b: int, driven: int) -> int:
    """Return the price of a leg that was driven in `driven` seconds."""
    cents = p.travel[profile, a, b, 1]
    if p.pace.size:
        cents += (driven * p.hour_cents[profile] + 1800) // 3600
    return cents


@kernel
def overtime(p: Problem, shift: int, arrival: int) -> int:
    """Return the cents owed for reaching the end place at `arrival`."""
    over = arrival - p.regular_end_s[shift]
    return (over * p.overtime_hour_cents[shift] + 1800) // 3600 if over > 0 else 0


@kernel
def visit_s(p: Problem, job: int, shift: int, from_place: int) -> int:
    """Return the seconds on site for a technician who comes from `from_place`."""
    column = p.service_class[shift]
    seconds = p.service_s[job, column]
    if p.site[p.place[job]] != p.site[from_place]:
        seconds += p.setup_s[job, column]
    return seconds


@kernel
def next_day(p: Problem, shift: int, start: int) -> int:
    """Return when the next working day begins for what starts at `start`: of a trip, the day after that very day."""
    if p.night.size:
        for rest in range(p.rest_ptr[shift], p.rest_ptr[shift + 1]):
            if p.night[rest] and start <= p.rest_open[p.rest_window_ptr[rest]]:
                return int(p.night_next_day_s[rest])
    return int(p.next_day_s[shift])


@kernel
def last_on_day_before(p: Problem, shift: int, by: int) -> int:
    """Return the latest start for which the next working day has begun at `by`: `FAR` for any, `-FAR` for none."""
    if p.next_day_s[shift] <= by:
        return FAR
    if p.night.size:
        for rest in range(p.rest_ptr[shift + 1] - 1, p.rest_ptr[shift] - 1, -1):
            if p.night[rest] and p.night_next_day_s[rest] <= by:
                return int(p.rest_open[p.rest_window_ptr[rest]])
    return -FAR
