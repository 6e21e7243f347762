"""Adds trips to a problem: each is a row more among the shifts, made of the days it lies on.

A night away is a rest like any other: it begins at the day's regular end and lasts until the next day's start. A way
by a sleeper that takes no longer may be ridden meanwhile. So a
trip is one route, and the one timing rule holds for it. What is said of single days holds for a trip as follows, each
time so that no day of the trip can break it: who is barred on one of the days is barred; a day's cap on jobs, and what
a day can take before a bonus is due, hold for the whole trip; a day's cap on hours ends the day early; nobody works
overtime but on the last day. Sums over a week take trips in as they take days in.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import UNLIMITED, Problem, pointers

NO_NIGHT = -1
"""Where a rest is not a night."""


class Rest(NamedTuple):
    """A rest of a shift or trip; seconds."""

    length_s: int
    windows: list[tuple[int, int]]
    """Of its begin."""
    next_day_s: int = NO_NIGHT
    """Of a night away: when the working day after the day that it ends begins."""


class Trip(NamedTuple):
    """One person's days in a row, the nights between them away; all numbers are rows."""

    days: tuple[int, ...]
    """The shifts, in order of time; one alone is a day by another means of transport."""
    profile: int
    """How it travels."""
    free: tuple[int, ...] = ()
    """Shifts after the return on which the person rests."""


class Days:
    """What is said of single days, put together for trips.

    Parameters
    ----------
    problem : without trips
    """

    def __init__(self, problem: Problem) -> None:
        self._p = problem
        self._shifts_of: dict[int, list[int]] = {}
        for shift in range(len(problem.profile)):
            for meter in self.meters(shift):
                self._shifts_of.setdefault(meter, []).append(shift)

    def meters(self, shift: int) -> list[int]:
        """Return the meters a shift's load goes to."""
        p = self._p
        rows: list[int] = p.meter[p.meter_ptr[shift] : p.meter_ptr[shift + 1]].tolist()
        return rows

    def common_meters(self, trip: Trip) -> list[int]:
        """Return the meters a trip's load goes to: those that do not count single days."""
        mine = self.meters(trip.days[0])
        return mine if len(trip.days) == 1 else [one for one in mine if len(self._shifts_of[one]) > 1]

    def rests(self, shift: int) -> list[Rest]:
        """Return a shift's rests; none of them is a night."""
        p = self._p
        found = []
        for rest in range(int(p.rest_ptr[shift]), int(p.rest_ptr[shift + 1])):
            rows = range(int(p.rest_window_ptr[rest]), int(p.rest_window_ptr[rest + 1]))
            windows = [(int(p.rest_open[row]), int(p.rest_close[row])) for row in rows]
            found.append(Rest(int(p.rest_s[rest]), windows))
        return found

    def rests_of(self, trip: Trip) -> list[Rest]:
        """Return a trip's rests in order: those of its days, and between them the nights."""
        found = self.rests(trip.days[0])
        for day, following in pairwise(trip.days):
            begin_s = self.end_away(day)
            length_s = int(self._p.start_s[following]) - begin_s
            found.append(Rest(length_s, [(begin_s, begin_s)], int(self._p.next_day_s[day])))
            found += self.rests(following)
        return found

    def end_away(self, day: int) -> int:
        """Return when a day ends whose night is away, in seconds: without overtime."""
        return min(int(self._p.regular_end_s[day]), self.latest_end(day))

    def latest_end(self, day: int) -> int:
        """Return the latest end of one of several days, in seconds, by which its hours of work cannot be exceeded."""
        p = self._p
        rested_s = sum(rest.length_s for rest in self.rests(day))
        return min(int(p.latest_end_s[day]), int(p.start_s[day] + p.max_work_s[day]) + rested_s)

    def most_jobs(self, trip: Trip) -> int:
        """Return how many jobs a trip may have so that none of its days can have too many, or earn a bonus."""
        p = self._p
        most = int(p.max_jobs[list(trip.days)].min())
        if len(trip.days) == 1:
            return most
        for meter in {meter for day in trip.days for meter in self.meters(day)}:
            after = p.meter_after[p.meter_step_ptr[meter] : p.meter_step_ptr[meter + 1]]
            if len(self._shifts_of[meter]) == 1 and after.size:
                most = min(most, int(after.min() - p.meter_before[meter]))
        return most

    def can_be_made(self, trip: Trip) -> bool:
        """Tell whether what is said of a trip's days can be said of all of them together."""
        p, days = self._p, list(trip.days)
        if any(p.latest_end_s[day] <= p.start_s[day] for day in days):
            return False
        if len(days) == 1:
            return True
        # Who is back before the last day, or leaves after the first one, ends and starts where those days do.
        alike = ("service_class", "group", "person", "standing", "start_place", "end_place")
        return (
            all(
                p.start_s[following] > self.end_away(day) > p.start_s[day]
                for day, following in pairwise(days)
            )
            and all(len(set(getattr(p, name)[days].tolist())) == 1 for name in alike)
            and all(
                set(days) <= set(self._shifts_of[meter])
                or (len(self._shifts_of[meter]) == 1 and p.meter_column[meter] >= 0)
                for day in days
                for meter in self.meters(day)
            )
            and self.most_jobs(trip) > 0
        )


class Nights(NamedTuple):
    """What nights away cost, and which ways may be ridden asleep."""

    cents: Sequence[int]
    """Price of a night at each place."""
    transit_cents: int = 0
    """Price of a night on board."""
    sleepers: Mapping[int, NDArray[np.bool_]] = {}
    """By profile row: (place, place) the night may be spent on the way."""


class Bars(NamedTuple):
    """What keeps jobs off trips, by the bits of `Problem.forbidden`."""

    uneven: int
    """The bit for jobs that cost something else on each day of a trip."""
    of_days: int = 0
    """Bits that are said of days only: such a job is kept off a trip where it is kept off all of its days."""


def add_trips(problem: Problem, trips: Sequence[Trip], nights: Nights, bars: Bars) -> Problem:
    """Return a problem with a row more for each trip.

    Parameters
    ----------
    problem : without trips
    trips : those that can be made (`Days.can_be_made`)
    nights : their prices, and the ways ridden asleep
    bars : what keeps jobs off trips
    """
    rows = _Rows(problem, trips)
    found = problem._replace(
        **rows.shifts(), **rows.rests(), **rows.meters(), **rows.vans(), **rows.pairs(bars), **rows.rivals(),
        trips=np.array([len(trips)], np.int64), night_cents=np.array([*nights.cents, 0], np.int64),
        sleeper=_sleeper(problem, trips, nights), transit_cents=np.array([nights.transit_cents], np.int64),
    )  # fmt: skip
    for array in found:
        array.flags.writeable = False
    return found


def _sleeper(problem: Problem, trips: Sequence[Trip], nights: Nights) -> NDArray[np.bool_]:
    """Return which ways may be ridden asleep, by profile; empty where nobody is away for a night by such means."""
    away = {trip.profile for trip in trips if len(trip.days) > 1}
    used = {row: ways for row, ways in nights.sleepers.items() if row in away and ways.any()}
    found = np.zeros(problem.travel.shape[:3] if used else (0, 0, 0), np.bool_)
    for row, ways in used.items():
        found[row, :-1, :-1] = ways
    return found


class _Rows:
    """The arrays of all shifts, those of trips at the end, by name."""

    def __init__(self, problem: Problem, trips: Sequence[Trip]) -> None:
        self._p = problem
        self._trips = trips
        self._days = Days(problem)

    def shifts(self) -> dict[str, Any]:
        """Return one number a shift: of a trip that of its first day, or of its last one, or of all together."""
        p, trips, days = self._p, self._trips, self._days
        first = [trip.days[0] for trip in trips]
        last = [trip.days[-1] for trip in trips]
        of_first = ("service_class", "start_place", "start_s", "group", "branch", "person", "standing", "van")
        of_last = ("end_place", "regular_end_s", "overtime_hour_cents", "next_day_s")
        of_all: dict[str, list[Any]] = {
            "profile": [trip.profile for trip in trips],
            "latest_end_s": [
                days.latest_end(trip.days[-1]) if len(trip.days) > 1 else p.latest_end_s[trip.days[0]]
                for trip in trips
            ],
            "use_cents": [p.use_cents[list(trip.days)].sum() for trip in trips],
            "max_jobs": [days.most_jobs(trip) for trip in trips],
            "max_work_s": [UNLIMITED if len(trip.days) > 1 else p.max_work_s[trip.days[0]] for trip in trips],
            "max_travel_s": [p.max_travel_s[list(trip.days)].min() for trip in trips],
            "capacity": [p.capacity[list(trip.days)].min(axis=0) for trip in trips],
        }
        return {
            **{name: self._more(name, getattr(p, name)[first]) for name in of_first},
            **{name: self._more(name, getattr(p, name)[last]) for name in of_last},
            **{name: self._more(name, rows) for name, rows in of_all.items()},
        }

    def _more(self, name: str, rows: Any) -> NDArray[Any]:
        known = getattr(self._p, name)
        more = np.array(rows, known.dtype).reshape(len(self._trips), *known.shape[1:])
        return np.concatenate([known, more])

    def pairs(self, bars: Bars) -> dict[str, Any]:
        """Return what is said of jobs and shifts, and of crews and shifts."""
        cents, of_days = self._p.assignment_cents, np.uint32(bars.of_days)
        forbidden = self._columns(self._p.forbidden & ~of_days, np.bitwise_or)
        forbidden |= self._columns(self._p.forbidden & of_days, np.bitwise_and)
        for column, trip in enumerate(self._trips if cents.size else (), start=len(self._p.profile)):
            mine = cents[:, list(trip.days)]
            forbidden[(mine != mine[:, :1]).any(axis=1), column] |= np.uint32(1 << bars.uneven)
        self._bar_halts_at_the_ends(forbidden, bars)
        return {
            "forbidden": forbidden,
            "assignment_cents": self._columns(cents, np.maximum) if cents.size else cents,
            "cover": self._columns(self._p.cover, np.bitwise_and),
        }

    def _bar_halts_at_the_ends(self, forbidden: NDArray[np.uint32], bars: Bars) -> None:
        """Let nobody load on a trip where it starts or ends: a night there is no night away."""
        p = self._p
        for column, trip in enumerate(self._trips, start=len(p.profile)):
            ends = (p.start_place[trip.days[0]], p.end_place[trip.days[-1]])
            forbidden[(p.shelf >= 0) & np.isin(p.place, ends), column] |= np.uint32(1 << bars.uneven)

    def _columns(self, array: NDArray[Any], merge: np.ufunc) -> NDArray[Any]:
        merged = [merge.reduce(array[:, list(trip.days)], axis=1) for trip in self._trips]
        return np.ascontiguousarray(np.column_stack([array, *merged]).astype(array.dtype))

    def rests(self) -> dict[str, Any]:
        """Return the rests of all shifts, the nights among them."""
        lists = [self._days.rests(shift) for shift in range(len(self._p.profile))]
        lists += [self._days.rests_of(trip) for trip in self._trips]
        rows = [rest for rests in lists for rest in rests]
        spans = [span for rest in rows for span in rest.windows]
        return {
            "rest_ptr": pointers(lists),
            "rest_s": np.array([rest.length_s for rest in rows], np.int32),
            "rest_window_ptr": pointers([rest.windows for rest in rows]),
            "rest_open": np.array([opens for opens, _ in spans], np.int32),
            "rest_close": np.array([closes for _, closes in spans], np.int32),
            "night": np.array([rest.next_day_s != NO_NIGHT for rest in rows], np.bool_),
            "night_next_day_s": np.array([rest.next_day_s for rest in rows], np.int32),
        }

    def meters(self) -> dict[str, Any]:
        """Return the meters of all shifts."""
        lists = [self._days.meters(shift) for shift in range(len(self._p.profile))]
        lists += [self._days.common_meters(trip) for trip in self._trips]
        return {
            "meter_ptr": pointers(lists),
            "meter": np.array([row for mine in lists for row in mine], np.int32),
        }

    def vans(self) -> dict[str, Any]:
        """Return the shifts of each van, in order of days."""
        first = [trip.days[0] for trip in self._trips]
        of = np.concatenate([self._p.van, self._p.van[first]])
        start_s = np.concatenate([self._p.start_s, self._p.start_s[first]])
        return {
            "van_ptr": np.searchsorted(np.sort(of), np.arange(len(self._p.van_ptr))).astype(np.int32),
            "van_shift": np.lexsort((start_s, of)).astype(np.int32),
        }

    def rivals(self) -> dict[str, Any]:
        """Return which shifts and trips rule each other out."""
        known = len(self._p.profile)
        found: list[set[int]] = [set() for _ in range(known + len(self._trips))]
        taken = [{*trip.days, *trip.free} for trip in self._trips]
        for one, trip in enumerate(self._trips):
            others = {
                known + other
                for other, second in enumerate(self._trips)
                if other != one and (taken[one] & set(second.days) or taken[other] & set(trip.days))
            }
            for row in taken[one] | others:
                found[known + one].add(row)
                found[row].add(known + one)
        lists = [sorted(mine) for mine in found]
        return {
            "rival_ptr": pointers(lists),
            "rival": np.array([row for mine in lists for row in mine], np.int32),
        }
