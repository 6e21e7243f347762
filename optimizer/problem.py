"""The problem: a question compiled to integers.

Whole seconds from the horizon's start, whole metres, whole cents. Rows are jobs, shifts, profiles (a means of
transport at one speed), places and groups (the shifts of one technician in one week). Lists of varying length lie
behind pointers: the windows of job j are rows ``window_ptr[j] : window_ptr[j + 1]``. A feature a problem does not
use is an empty array, never None, so kernels compile once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FAR = 1 << 30
"""Later than any moment of any horizon (34 years in seconds); `-FAR` is earlier than any."""

UNLIMITED = 1 << 60
"""A limit that never binds."""

SLOT_S = 3600
"""Length of one slot of the congestion tables in seconds."""


class Problem(NamedTuple):
    """The question in read-only arrays, one argument for a kernel."""

    travel: NDArray[np.int32]
    """(profile, place, place, 2) seconds without congestion, and cents of the leg (hours included only
    where there is no congestion). The last place is nowhere: all its legs are 0."""
    hour_cents: NDArray[np.int64]
    """(profile,) cents an hour driven, 0 where `travel` includes them."""
    band: NDArray[np.uint8]
    """(profile, place, place) row of `pace`; (0, 0, 0) without congestion."""
    pace: NDArray[np.int64]
    """(profile, band, slot) progress a second in percent of the base speed, by hour from the horizon's start."""
    pace_sum: NDArray[np.int64]
    """(profile, band, slot + 1) progress from the horizon's start to the slot's beginning."""

    site: NDArray[np.int32]
    """(place,) equal for places at the same point: no set-up between them."""
    place: NDArray[np.int32]
    """(job,) where it is."""
    service_s: NDArray[np.int32]
    """(job, class) seconds of service without set-up."""
    setup_s: NDArray[np.int32]
    """(job, class) seconds of set-up when coming from another place."""
    window_ptr: NDArray[np.int32]
    """(job + 1,) rows of the windows."""
    window_open: NDArray[np.int32]
    """(window,) first allowed start of service; ascending within a job."""
    window_close: NDArray[np.int32]
    """(window,) last allowed start of service."""
    weight: NDArray[np.int64]
    """(job,) priority weight lost when left out."""
    unserved_cents: NDArray[np.int64]
    """(job,) cents on the bill when left out, missed clocks included."""
    late_ptr: NDArray[np.int32]
    """(job + 1,) rows of the lateness steps."""
    late_after: NDArray[np.int64]
    """(step,) the step is owed when the event is later than this."""
    late_cents: NDArray[np.int64]
    """(step,) cents owed at once."""
    late_hour_cents: NDArray[np.int64]
    """(step,) cents for every hour beyond."""
    late_on_end: NDArray[np.bool_]
    """(step,) the event is the end of service, else its start."""
    forbidden: NDArray[np.uint32]
    """(job, shift) bits of the codes that forbid the pair; 0 = eligible."""
    delivery: NDArray[np.int64]
    """(job, dimension) amount loaded at the shift's start."""
    pickup: NDArray[np.int64]
    """(job, dimension) amount kept until the shift's end."""

    profile: NDArray[np.int32]
    """(shift,) how it travels."""
    service_class: NDArray[np.int32]
    """(shift,) column of the service times."""
    start_place: NDArray[np.int32]
    """(shift,) where it starts."""
    end_place: NDArray[np.int32]
    """(shift,) where it ends."""
    start_s: NDArray[np.int32]
    """(shift,) earliest leaving."""
    regular_end_s: NDArray[np.int32]
    """(shift,) overtime counts from here."""
    latest_end_s: NDArray[np.int32]
    """(shift,) latest moment of being back, rests included."""
    overtime_hour_cents: NDArray[np.int64]
    """(shift,) cents an hour of overtime."""
    use_cents: NDArray[np.int64]
    """(shift,) cents owed when the shift has any job."""
    max_jobs: NDArray[np.int64]
    """(shift,) jobs at most."""
    max_work_s: NDArray[np.int64]
    """(shift,) seconds of service, set-up and driving at most."""
    max_travel_s: NDArray[np.int64]
    """(shift,) seconds of driving at most."""
    capacity: NDArray[np.int64]
    """(shift, dimension) load at most at any moment."""
    rest_ptr: NDArray[np.int32]
    """(shift + 1,) rows of the rests, taken in this order."""
    rest_s: NDArray[np.int32]
    """(rest,) length."""
    rest_window_ptr: NDArray[np.int32]
    """(rest + 1,) rows of the windows in which a rest begins."""
    rest_open: NDArray[np.int32]
    """(rest window,) first allowed begin; ascending within a rest."""
    rest_close: NDArray[np.int32]
    """(rest window,) last allowed begin."""
    group: NDArray[np.int32]
    """(shift,) its technician's week, -1 for none."""
    group_max_jobs: NDArray[np.int64]
    """(group,) jobs at most."""
    group_max_work_s: NDArray[np.int64]
    """(group,) seconds of service, set-up and driving at most."""

    assignment_cents: NDArray[np.int32]
    """(job, shift) cents owed when the shift serves the job; (0, 0) where nothing is."""
    charged_cents: NDArray[np.int64]
    """(1,) cents owed whatever the plan."""
    counted: NDArray[np.uint8]
    """(job, column) 1 where a meter of the column counts the job."""
    meter_ptr: NDArray[np.int32]
    """(shift + 1,) rows of `meter`."""
    meter: NDArray[np.int32]
    """(row,) the meters that a shift's load goes to."""
    meter_column: NDArray[np.int32]
    """(meter,) the column of `counted` whose jobs it counts, -1: it adds up seconds of service."""
    meter_unit: NDArray[np.int64]
    """(meter,) what `meter_unit_cents` is for: 1 job or 3600 s."""
    meter_before: NDArray[np.int64]
    """(meter,) load before the plan; the plan pays what it adds to the price."""
    meter_step_ptr: NDArray[np.int32]
    """(meter + 1,) rows of the steps."""
    meter_after: NDArray[np.int64]
    """(step,) the step is owed when the load is above this."""
    meter_cents: NDArray[np.int64]
    """(step,) cents owed at once."""
    meter_unit_cents: NDArray[np.int64]
    """(step,) cents for every unit beyond."""

    need_ptr: NDArray[np.int32]
    """(job + 1,) rows of the parts it takes."""
    need_part: NDArray[np.int32]
    """(need,) part."""
    need_count: NDArray[np.int32]
    """(need,) pieces."""
    van: NDArray[np.int32]
    """(shift,) its technician's van."""
    van_ptr: NDArray[np.int32]
    """(van + 1,) rows of `van_shift`."""
    van_shift: NDArray[np.int32]
    """(row,) the shifts of each van, in order of days."""
    van_stock: NDArray[np.int32]
    """(van, part) pieces on the van."""
    branch: NDArray[np.int32]
    """(shift,) the branch it passes first and may load parts at, -1 for none."""
    branch_stock: NDArray[np.int32]
    """(branch, part) pieces on the shelf, for all its shifts together."""

    levels: NDArray[np.int64]
    """(1,) 1: compare (unserved weight, cents); 0: compare cents alone."""


def pointers(lists: Sequence[Sequence[object]]) -> NDArray[np.int32]:
    """Return where each of some lists begins when they are written one behind the other, and where the last ends."""
    return np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)]).astype(np.int32)


class Names(NamedTuple):
    """What the rows of a problem are called."""

    jobs: tuple[str, ...]
    """Job ids."""
    shifts: tuple[str, ...]
    """Shift keys in words."""
    places: tuple[str, ...]
    """Place names, nowhere included."""
    codes: tuple[str, ...]
    """Rule code of each bit of `forbidden`."""
    parts: tuple[str, ...] = ()
    """Spare parts."""
    branches: tuple[str, ...] = ()
    """Branch ids."""


class Routes(NamedTuple):
    """An engine's answer: for each shift its jobs in order, and what is left out. No times, no money."""

    stops: tuple[tuple[int, ...], ...]
    """(shift) job rows in order of service."""
    unserved: tuple[int, ...]
    """Job rows left out, ascending."""


def features(problem: Problem) -> frozenset[str]:
    """Return the names of the features the problem uses beyond the bare one."""
    found = set()
    if problem.pace.size:
        found.add("congestion")
    if problem.setup_s.any():
        found.add("setup")
    if len(problem.window_open) > len(problem.place):
        found.add("several windows")
    if len(problem.late_after):
        found.add("lateness prices")
    if problem.overtime_hour_cents.any():
        found.add("overtime prices")
    if len(problem.rest_s) and int(np.diff(problem.rest_ptr).max()) > 1:
        found.add("several rests")
    if problem.capacity.shape[1]:
        found.add("capacities")
    if (problem.group >= 0).any():
        found.add("weekly limits")
    if problem.assignment_cents.size:
        found.add("assignment prices")
    if len(problem.meter):
        found.add("load prices")
    if len(problem.need_part):
        found.add("parts")
    return frozenset(found)
