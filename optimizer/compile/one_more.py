"""Compiles a question again that has got one more job, done by one person in one visit: every array gets one row.

What rules say of such a job they say without looking at other jobs: a scenario with the same technicians and this job
alone is compiled as any other, and its row is put into the arrays of the whole. Where that would not be the whole
truth, the whole question is compiled (see `_stands_alone`). A test holds both ways equal, array by array.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from optimizer.build.builder import unlike_columns
from optimizer.build.meters import Meters
from optimizer.compile.compiled import Compiled
from optimizer.compile.layout import Part, Visit, Visits, sites_of
from optimizer.compile.legs import all_legs
from optimizer.domain.job import Job
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.problem import SLOT_S, Problem
from optimizer.rules.book import RuleBook
from optimizer.rules.draft import Draft, LoadStep
from optimizer.travel.base import LegMatrix, TravelTable

BY_ROW: Final = ("weight", "unserved_cents", "delivery", "pickup", "shelf", "cover_row")
"""Arrays with one value or one row of values a visit."""
LISTS: Final = (
    ("window_ptr", ("window_open", "window_close")),
    ("late_ptr", ("late_after", "late_cents", "late_hour_cents", "late_on_end")),
)
"""Lists that the new job has entries in: pointer and columns."""
EMPTY: Final = ("need_ptr", "fetch_ptr", "crew_ptr", "part_ptr", "link_ptr")
"""Pointers to lists that the new job has nothing in."""
OF_SHIFTS: Final = ("BREAK", "OVERTIME", "WORKLOAD_CAP")
"""Rules that say the same of the shifts whatever jobs there are: `bare` and `alone` may be compiled without them."""
OF_LOADS: Final = ("PIECE_BONUS", "MONTH_BONUS", "FAIRNESS")
"""Rules that price loads, and look at all jobs for that."""
NAME_ROWS: Final = ("job_of", "lead", "fetch", "crew", "part", "link_from", "link_to")
"""Arrays whose values are rows of visits."""


def one_more(
    known: Compiled, bare: Compiled, alone: Compiled, scenario: Scenario, travel: TravelTable
) -> Compiled | None:
    """Return the compiled question with one more job; none: it has to be compiled as a whole.

    The job may start whenever it may by itself: that nothing begins before the present time where work goes on is left
    to the caller.

    Parameters
    ----------
    known : the compiled question without the job
    bare : the same technicians without any job, compiled
    alone : the same technicians with this job alone, compiled
    scenario : the question with the job, its last one
    travel : its travel data
    """
    job = scenario.jobs[-1]
    if not _stands_alone(known, alone, job):
        return None
    row = len(known.scenario.jobs)
    p, one = known.problem, alone.problem
    visits = _visits(known.visits, row)
    arrays = _travel(known, scenario, travel) | _lists(p, one, row) | _service(p, one, row)
    arrays |= _meters(known, scenario, visits)
    for name in BY_ROW:
        arrays[name] = np.insert(getattr(p, name), row, getattr(one, name)[0], axis=0)
    for name in NAME_ROWS:
        values = getattr(p, name)
        arrays[name] = (values + (values >= row)).astype(values.dtype)
    for name in ("job_of", "lead"):
        arrays[name] = np.insert(arrays[name], row, row)
    nowhere = len(known.travel.places)
    for name in ("start_place", "end_place"):
        values = getattr(p, name)
        arrays[name] = (values + (values == nowhere)).astype(values.dtype)
    arrays["place"] = np.insert(p.place, row, len(travel.places) - 1)
    arrays["night_cents"] = np.zeros(len(travel.places) + 1, np.int64)
    arrays["charged_cents"] = p.charged_cents + one.charged_cents - bare.problem.charged_cents
    arrays["forbidden"] = np.insert(p.forbidden, row, _forbidden(known, alone), axis=0)
    arrays["assignment_cents"] = _assignment(p, one, row)
    for array in arrays.values():
        array.flags.writeable = False
    return known._replace(
        scenario=scenario,
        problem=p._replace(**arrays),
        names=known.names._replace(
            jobs=(*known.names.jobs, job.job_id), places=(*travel.places, known.names.places[-1])
        ),
        visits=visits,
        travel=travel,
    )


def _stands_alone(known: Compiled, alone: Compiled, job: Job) -> bool:
    """Tell whether all that rules say of a job hangs on the job alone, and its row fits the arrays.

    Not where it takes several people, days, shared tools or spare parts, comes after another job, or is at a place
    where its customer has another one; nor where trips are made, which have columns of their own, or areas are slow,
    for that is a band of legs by itself.
    """
    if known.trips or alone.trips or not known.shifts or len(alone.visits.rows) > 1:
        return False
    if job.after or len(alone.problem.need_part) or known.scenario.travel.slow_areas:
        return False
    if any(job.job_id in group.jobs for group in known.scenario.groups):
        return False
    if job.customer is not None and any(
        other.customer is not None and other.customer.customer_id == job.customer.customer_id
        for other in known.scenario.jobs
    ):
        return False
    return set(alone.names.codes) <= set(known.names.codes)


def _forbidden(known: Compiled, alone: Compiled) -> NDArray[np.uint32]:
    """Return the new row's bits, in the order of the codes of the whole; no shared tool goes to the job."""
    codes = known.names.codes
    found = np.zeros(len(known.problem.profile), np.uint32)
    people = len(known.shifts)
    for bit, code in enumerate(alone.names.codes):
        said = (alone.problem.forbidden[0, :people] >> bit) & 1
        found[:people] |= (said << codes.index(code)).astype(np.uint32)
    if len(found) > people:
        found[people:] = 1 << codes.index("SHARED_TOOL")
    return found


def _service(p: Problem, one: Problem, row: int) -> dict[str, NDArray[Any]]:
    """Return times on site with the new row; shifts are of a kind where they take as long for every job."""
    people = len(one.profile)
    rows = []
    for name in ("service_s", "setup_s"):
        new = np.zeros(len(p.profile), np.int32)
        new[:people] = getattr(one, name)[0, one.service_class]
        rows.append(np.insert(getattr(p, name)[:, p.service_class], row, new, axis=0))
    kinds, column = unlike_columns(np.concatenate(rows))
    half = len(rows[0])
    return {
        "service_s": np.ascontiguousarray(kinds[:half]),
        "setup_s": np.ascontiguousarray(kinds[half:]),
        "service_class": column.astype(np.int32),
    }


def _lists(p: Problem, one: Problem, row: int) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    for pointer, columns in LISTS:
        ptr, mine = getattr(p, pointer), int(getattr(one, pointer)[1])
        at = int(ptr[row])
        found[pointer] = np.concatenate([ptr[: row + 1], ptr[row:] + mine]).astype(np.int32)
        for name in columns:
            found[name] = np.insert(getattr(p, name), at, getattr(one, name)[:mine])
    for pointer in EMPTY:
        ptr = getattr(p, pointer)
        found[pointer] = np.insert(ptr, row, ptr[row])
    return found


def _meters(known: Compiled, scenario: Scenario, visits: Visits) -> dict[str, NDArray[Any]]:
    """Return the prices of loads: which of them can be reached at all hangs on how many jobs there are."""
    book, loads = RuleBook.of(scenario.policy), _Loads(known, scenario, visits)
    for rule in book.active():
        if rule.code in OF_LOADS:
            rule.compile(scenario, book.params(rule), cast(Draft, loads))
    arrays = loads.meters.arrays()
    return {name: arrays[name] for name in arrays if name not in ("assignment_cents", "charged_cents")}


class _Loads:
    """What rules of loads know of a draft."""

    def __init__(self, known: Compiled, scenario: Scenario, visits: Visits) -> None:
        self.shifts = known.shifts
        self.meters = Meters(len(visits.rows), len(known.problem.profile))
        self._shift_row = {one.key: row for row, one in enumerate(known.shifts)}
        self._people = {
            job.job_id: parts[0].people for job, parts in zip(scenario.jobs, visits.parts, strict=True)
        }
        self._counted: dict[frozenset[str], frozenset[int]] = {}

    def price_load(
        self,
        shifts: Sequence[ShiftKey],
        *,
        jobs: Iterable[str] | None,
        before: int,
        steps: Sequence[LoadStep],
    ) -> None:
        """See `Draft.price_load`."""
        self.meters.price_load(
            [self._shift_row[key] for key in shifts],
            None if jobs is None else self._rows(jobs),
            before,
            steps,
        )

    def _rows(self, jobs: Iterable[str]) -> frozenset[int]:
        # The same jobs are counted for many shifts: a set that was frozen once is found by its hash.
        named = frozenset(jobs)
        if named not in self._counted:
            self._counted[named] = frozenset(row for job in named for row in self._people[job])
        return self._counted[named]


def _assignment(p: Problem, one: Problem, row: int) -> NDArray[np.int32]:
    if not p.assignment_cents.size and not one.assignment_cents.size:
        return p.assignment_cents.copy()
    before = p.assignment_cents
    if not before.size:
        before = np.zeros((len(p.place), len(p.profile)), np.int32)
    new = np.zeros(len(p.profile), np.int32)
    if one.assignment_cents.size:
        new[: len(one.profile)] = one.assignment_cents[0]
    return np.insert(before, row, new, axis=0)


def _travel(known: Compiled, scenario: Scenario, travel: TravelTable) -> dict[str, NDArray[Any]]:
    """Return what legs take and cost: those between the places known so far as before, and those of the new one."""
    p, here = known.problem, len(known.travel.places)
    horizon_s = known.timeline.end_of(scenario.horizon.dates()[-1])
    slots = range(-(-horizon_s // SLOT_S) + 24)
    found: dict[str, NDArray[Any]] = {"site": np.array([*sites_of(scenario, travel.places), -1], np.int32)}
    found["travel"] = np.zeros((len(p.travel), here + 2, here + 2, 2), np.int32)
    found["travel"][:, :here, :here] = p.travel[:, :here, :here]
    found["band"] = p.band.copy()
    if p.band.size:
        found["band"] = np.zeros((len(p.band), here + 2, here + 2), np.uint8)
        found["band"][:, :here, :here] = p.band[:, :here, :here]
    for rows, columns in ((slice(here, None), slice(None)), (slice(None), slice(here, None))):
        some = travel._replace(legs={means: _cut(one, rows, columns) for means, one in travel.legs.items()})
        for row, legs in enumerate(
            all_legs(some, known.prices, known.timeline, slots, tools=bool(known.tools))
        ):
            there = (row, slice(*rows.indices(here + 1)), slice(*columns.indices(here + 1)))
            found["travel"][(*there, 0)], found["travel"][(*there, 1)] = legs.seconds, legs.cents
            if p.band.size and legs.band is not None:
                found["band"][there] = legs.band
    return found


def _cut(matrix: LegMatrix, rows: slice, columns: slice) -> LegMatrix:
    """Return the travel data of some legs alone."""
    arrays = {
        name: getattr(matrix, name)[rows, columns]
        for name in ("base_s", "metres", "band", "fare_cents", "sleeper", "way")
        if getattr(matrix, name).size
    }
    return matrix._replace(**arrays)


def _visits(visits: Visits, row: int) -> Visits:
    def later(rows: Sequence[int]) -> tuple[int, ...]:
        return tuple(one + (one >= row) for one in rows)

    parts = tuple(
        tuple(Part(later(part.people), later(part.tools)) for part in parts) for parts in visits.parts
    )
    rows = (*visits.rows[:row], Visit(row, 0, 0), *visits.rows[row:])
    return Visits((*parts, (Part((row,), ()),)), rows)
