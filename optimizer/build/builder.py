"""The builder: rows and seconds in, the arrays of a Problem out."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.build.meters import Meters
from optimizer.build.supplies import Supplies
from optimizer.build.ties import Ties
from optimizer.problem import FAR, SLOT_S, UNLIMITED, Problem, pointers, tied

Windows = Sequence[tuple[int, int]]
ALWAYS: Windows = ((0, FAR // 2),)


class ProfileLegs(NamedTuple):
    """Travel data of one profile between all places (nowhere not included)."""

    seconds: NDArray[np.int32]
    """(place, place) seconds without congestion."""
    cents: NDArray[np.int32]
    """(place, place) price of a leg, without the hours where there is congestion."""
    hour_cents: int = 0
    """Cents an hour driven; only with congestion."""
    band: NDArray[np.uint8] | None = None
    """(place, place) row of `pace`, where there is congestion."""
    pace: NDArray[np.int64] | None = None
    """(band, slot) percent of the base speed by hour from the horizon's start."""


class ProblemBuilder:
    """Collects what is said about jobs and shifts, and turns it into arrays. All arguments are rows and seconds.

    Parameters
    ----------
    job_places : place row of each job
    shift_places : (start, end) place row of each shift, -1 for nowhere
    shift_profiles : profile row of each shift
    legs : travel data of each profile
    horizon_s : end of the horizon; left-out jobs pay the lateness of this moment
    sites : a number for each place, equal for places at the same point; none: all differ
    """

    def __init__(
        self,
        *,
        job_places: Sequence[int],
        shift_places: Sequence[tuple[int, int]],
        shift_profiles: Sequence[int],
        legs: Sequence[ProfileLegs],
        horizon_s: int,
        sites: Sequence[int] | None = None,
    ) -> None:
        jobs, shifts = len(job_places), len(shift_places)
        self.horizon_s = horizon_s
        self.levels = 1
        self.codes: list[str] = []
        self.legs = legs
        self.meters = Meters(jobs, shifts)
        """Prices of assignments and loads."""
        self.supplies = Supplies(jobs, shifts)
        """Spare parts."""
        self.ties = Ties(jobs, shifts)
        """Crews, parts of long jobs, links."""
        self._sites = sites
        self._job_places = job_places
        self._shift_places = shift_places
        self._shift_profiles = shift_profiles
        self._service = np.zeros((jobs, shifts), np.int32)
        self._setup = np.zeros((jobs, shifts), np.int32)
        self._windows: list[Windows] = [ALWAYS] * jobs
        self._weight = np.zeros(jobs, np.int64)
        self._unserved_cents = np.zeros(jobs, np.int64)
        self._late: list[list[tuple[int, int, int, bool]]] = [[] for _ in range(jobs)]
        self._forbidden = np.zeros((jobs, shifts), np.uint32)
        self._delivery: dict[int, Sequence[int]] = {}
        self._pickup: dict[int, Sequence[int]] = {}
        self._capacity: dict[int, Sequence[int]] = {}
        self._bounds = np.tile(np.array([0, FAR // 2, FAR // 2], np.int32), (shifts, 1))
        self._overtime = np.zeros(shifts, np.int64)
        self._use = np.zeros(shifts, np.int64)
        self._limits = np.full((shifts, 3), UNLIMITED, np.int64)
        self._rests: list[Sequence[tuple[int, Windows]]] = [()] * shifts
        self._groups: dict[tuple[int, ...], list[int]] = {}

    def forbid(self, code: str, jobs: Iterable[int], shifts: Iterable[int]) -> None:
        """Mark all pairs of these jobs and shifts as forbidden by `code`."""
        rows, columns = np.fromiter(jobs, np.int64), np.fromiter(shifts, np.int64)
        if code not in self.codes:
            self.codes.append(code)
        if rows.size and columns.size:
            self._forbidden[np.ix_(rows, columns)] |= np.uint32(1 << self.codes.index(code))

    def serve(self, jobs: Iterable[int], shifts: Iterable[int], service_s: int, setup_s: int) -> None:
        """Set the time on site of these pairs; the longer time said counts."""
        pairs = np.ix_(np.fromiter(jobs, np.int64), np.fromiter(shifts, np.int64))
        self._service[pairs] = np.maximum(self._service[pairs], service_s)
        self._setup[pairs] = np.maximum(self._setup[pairs], setup_s)

    def narrow(self, job: int, windows: Windows) -> None:
        """Keep only starts inside one of these windows."""
        self._windows[job] = intersect(self._windows[job], windows)

    def bound(self, shift: int, start_s: int, regular_end_s: int, latest_end_s: int) -> None:
        """Set a shift's earliest leaving, regular end and latest return."""
        self._bounds[shift] = (start_s, regular_end_s, latest_end_s)

    def rest(self, shift: int, rests: Sequence[tuple[int, Windows]]) -> None:
        """Set a shift's rests: (length, windows of the begin), in the order they are taken."""
        self._rests[shift] = rests

    def limit(
        self,
        shifts: Sequence[int],
        *,
        jobs: int | None = None,
        work_s: int | None = None,
        travel_s: int | None = None,
    ) -> None:
        """Limit one shift, or the sum of several (each shift in one group at most; no travel limit there)."""
        values = [UNLIMITED if limit is None else limit for limit in (jobs, work_s, travel_s)]
        if len(shifts) == 1:
            self._limits[shifts[0]] = np.minimum(self._limits[shifts[0]], values)
        elif shifts:
            group = self._groups.setdefault(tuple(sorted(shifts)), [UNLIMITED, UNLIMITED])
            group[:] = [min(group[0], values[0]), min(group[1], values[1])]

    def price_unserved(self, job: int, weight: int, cents: int) -> None:
        """Add to what leaving the job out costs."""
        self._weight[job] += weight
        self._unserved_cents[job] += cents

    def price_lateness(self, job: int, after_s: int, cents: int, hour_cents: int, on_end: bool) -> None:
        """Add a step that is owed when service starts (or ends) after a moment."""
        self._late[job].append((after_s, cents, hour_cents, on_end))

    def price_overtime(self, shift: int, hour_cents: int) -> None:
        """Add to the price of an hour of overtime."""
        self._overtime[shift] += hour_cents

    def price_use(self, shift: int, cents: int) -> None:
        """Add to the price of using the shift at all."""
        self._use[shift] += cents

    def load(self, job: int, delivery: Sequence[int], pickup: Sequence[int]) -> None:
        """Set what the job takes from the load and adds to it."""
        self._delivery[job], self._pickup[job] = delivery, pickup

    def capacity(self, shift: int, amounts: Sequence[int]) -> None:
        """Set the load a shift can carry."""
        self._capacity[shift] = amounts

    def build(self) -> Problem:
        """Return the arrays, read-only."""
        for job, halt, _ in self.supplies.halts:
            self._forbidden[halt] |= self._forbidden[job]
        problem = Problem(
            **self._travel_arrays(), **self._job_arrays(), **self._shift_arrays(), **self._rest_arrays(),
            **self._group_arrays(), **self.meters.arrays(), **self.supplies.arrays(),
            **self.ties.arrays(),
            levels=np.array([self.levels], np.int64),
        )  # fmt: skip
        if len(problem.fetch):
            problem = problem._replace(**self.supplies.fetched_for(np.flatnonzero(~tied(problem)).tolist()))
        for array in problem:
            array.flags.writeable = False
        return problem

    def _places(self) -> int:
        """Return how many places there are, nowhere not included; jobs have theirs where nobody travels."""
        return len(self.legs[0].seconds) if self.legs else max(self._job_places, default=-1) + 1

    def _travel_arrays(self) -> dict[str, Any]:
        profiles, places = len(self.legs), self._places()
        travel = np.zeros((profiles, places + 1, places + 1, 2), np.int32)
        congested = any(legs.pace is not None for legs in self.legs)
        band = np.zeros((profiles, places + 1, places + 1) if congested else (0, 0, 0), np.uint8)
        bands = max((len(legs.pace) for legs in self.legs if legs.pace is not None), default=0)
        slots = -(-self.horizon_s // SLOT_S) + 24 if congested else 0
        pace = np.full((profiles if congested else 0, bands, slots), 100, np.int64)
        for row, legs in enumerate(self.legs):
            travel[row, :places, :places, 0] = legs.seconds
            travel[row, :places, :places, 1] = legs.cents
            if legs.pace is not None and legs.band is not None:
                band[row, :places, :places] = legs.band
                pace[row, : len(legs.pace), : legs.pace.shape[1]] = legs.pace[:, :slots]
        pace_sum = np.zeros((*pace.shape[:2], slots + 1), np.int64)
        pace_sum[..., 1:] = np.cumsum(pace * SLOT_S, axis=2)
        sites = np.arange(places + 1) if self._sites is None else np.array([*self._sites, -1])
        hour_cents = np.array([legs.hour_cents for legs in self.legs], np.int64)
        return {"travel": travel, "hour_cents": hour_cents, "band": band, "pace": pace, "pace_sum": pace_sum,
                "site": sites.astype(np.int32)}  # fmt: skip

    def _job_arrays(self) -> dict[str, Any]:
        jobs = len(self._job_places)
        dimensions = max((len(amounts) for amounts in self._capacity.values()), default=0)
        delivery = np.zeros((jobs, dimensions), np.int64)
        pickup = np.zeros((jobs, dimensions), np.int64)
        for array, said in ((delivery, self._delivery), (pickup, self._pickup)):
            for job, amounts in said.items():
                array[job, : len(amounts)] = amounts
        spans = [span for windows in self._windows for span in windows]
        steps = [step for late in self._late for step in sorted(late)]
        unserved = self._unserved_cents.copy()
        for job, late in enumerate(self._late):
            for after, cents, hour_cents, _ in late:
                over = self.horizon_s - after
                unserved[job] += cents + (over * hour_cents + 1800) // 3600 if over > 0 else 0
        return {
            "place": np.array(self._job_places, np.int32),
            "window_ptr": pointers(self._windows),
            "window_open": np.array([span[0] for span in spans], np.int32),
            "window_close": np.array([span[1] for span in spans], np.int32),
            "weight": self._weight,
            "unserved_cents": unserved,
            "late_ptr": pointers(self._late),
            "late_after": np.array([step[0] for step in steps], np.int64),
            "late_cents": np.array([step[1] for step in steps], np.int64),
            "late_hour_cents": np.array([step[2] for step in steps], np.int64),
            "late_on_end": np.array([step[3] for step in steps], np.bool_),
            "forbidden": self._forbidden,
            "delivery": delivery,
            "pickup": pickup,
        }

    def _shift_arrays(self) -> dict[str, Any]:
        places = self._places()
        ends = np.array(
            [[places if place < 0 else place for place in pair] for pair in self._shift_places], np.int32
        )
        ends = ends.reshape(-1, 2)
        both = np.concatenate([self._service, self._setup])
        classes, column = unlike_columns(both)
        jobs = len(self._job_places)
        dimensions = max((len(amounts) for amounts in self._capacity.values()), default=0)
        capacity = np.full((len(ends), dimensions), UNLIMITED, np.int64)
        for shift, amounts in self._capacity.items():
            capacity[shift, : len(amounts)] = amounts
        return {
            "service_s": np.ascontiguousarray(classes[:jobs]),
            "setup_s": np.ascontiguousarray(classes[jobs:]),
            "profile": np.array(self._shift_profiles, np.int32),
            "service_class": column.astype(np.int32).reshape(-1),
            "start_place": np.ascontiguousarray(ends[:, 0]),
            "end_place": np.ascontiguousarray(ends[:, 1]),
            "start_s": np.ascontiguousarray(self._bounds[:, 0]),
            "regular_end_s": np.ascontiguousarray(self._bounds[:, 1]),
            "latest_end_s": np.ascontiguousarray(self._bounds[:, 2]),
            "overtime_hour_cents": self._overtime,
            "use_cents": self._use,
            "max_jobs": np.ascontiguousarray(self._limits[:, 0]),
            "max_work_s": np.ascontiguousarray(self._limits[:, 1]),
            "max_travel_s": np.ascontiguousarray(self._limits[:, 2]),
            "capacity": capacity,
        }

    def _rest_arrays(self) -> dict[str, Any]:
        rests = [rest for said in self._rests for rest in said]
        spans = [span for _, windows in rests for span in windows]
        return {
            "rest_ptr": pointers(self._rests),
            "rest_s": np.array([seconds for seconds, _ in rests], np.int32),
            "rest_window_ptr": pointers([windows for _, windows in rests]),
            "rest_open": np.array([span[0] for span in spans], np.int32),
            "rest_close": np.array([span[1] for span in spans], np.int32),
            "trips": np.zeros(1, np.int64),
            "night": np.zeros(0, np.bool_),
            "night_next_day_s": np.zeros(0, np.int32),
            "night_cents": np.zeros(self._places() + 1, np.int64),
            "sleeper": np.zeros((0, 0, 0), np.bool_),
            "transit_cents": np.zeros(1, np.int64),
            "rival_ptr": np.zeros(0, np.int32),
            "rival": np.zeros(0, np.int32),
        }

    def _group_arrays(self) -> dict[str, Any]:
        group = np.full(len(self._shift_places), -1, np.int32)
        for row, shifts in enumerate(self._groups):
            group[list(shifts)] = row
        limits = np.array(list(self._groups.values()), np.int64).reshape(-1, 2)
        return {
            "group": group,
            "group_max_jobs": np.ascontiguousarray(limits[:, 0]),
            "group_max_work_s": np.ascontiguousarray(limits[:, 1]),
        }


def unlike_columns(array: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the columns that differ, in order of their values, and which of them each column is.

    Parameters
    ----------
    array : two-dimensional
    """
    # As `np.unique(array, axis=1)`, which sorts all columns where there are few kinds of them.
    first: dict[bytes, int] = {}
    kind = [first.setdefault(column.tobytes(), len(first)) for column in np.ascontiguousarray(array.T)]
    kinds, place = np.unique(array[:, np.unique(kind, return_index=True)[1]], axis=1, return_inverse=True)
    return kinds, place.reshape(-1)[kind]


def intersect(one: Windows, other: Windows) -> list[tuple[int, int]]:
    """Return the spans common to both, ascending and merged where they touch."""
    common = sorted((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d))
    merged: list[tuple[int, int]] = []
    for start, end in common:
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
