"""The problem: a question compiled to integers.

Whole seconds from the horizon's start, whole metres, whole cents. Rows are jobs, shifts, profiles (a means of
transport at one speed), places and groups (the shifts of one technician in one week). A job that takes several people,
tools or days has a row for each of these visits: first all jobs have their row (the lead's visit, of the first
part), then come the others, and last the halts at branches where parts of a job can be fetched in mid-route. A
shared tool is a shift row behind those of people; behind these stand the trips, each
the days of one technician in one row, with the nights between them as rests. Lists of varying length lie behind
pointers: the windows of job j are rows ``window_ptr[j] : window_ptr[j + 1]``. A feature a problem does not use is an
empty array, never None, so kernels compile once.
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


ANY_ORDER, BEFORE, APART = 0, 1, 2
"""How two tied visits follow each other: as it comes, the first before the second, not at the same time."""

A_TOOL = -2
"""What `Problem.standing` says of a shared tool."""

ANYONE, SAME, ANOTHER = 0, 1, 2
"""Who makes the second of two tied visits, compared with the first."""


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
    trips: NDArray[np.int64]
    """(1,) how many of the last shifts are trips."""
    night: NDArray[np.bool_]
    """(rest,) it is a night away; empty where there are no trips."""
    night_next_day_s: NDArray[np.int32]
    """(rest,) of a night away: when the working day after the day that it ends begins; empty where there are no
    trips."""
    night_cents: NDArray[np.int64]
    """(place,) price of a night there; nights at a shift's own start or end place are free."""
    sleeper: NDArray[np.bool_]
    """(profile, place, place) the leg may be ridden during a night away; (0, 0, 0) where none may."""
    transit_cents: NDArray[np.int64]
    """(1,) price of a night on board, wherever it begins and ends."""
    rival_ptr: NDArray[np.int32]
    """(shift + 1,) rows of `rival`; empty where there are no trips."""
    rival: NDArray[np.int32]
    """(row,) the shifts that cannot have jobs beside this one: a trip's days, and the other trips on them."""
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
    """(shift,) the branch it starts from and may load parts at in the morning, -1 for none."""
    branch_stock: NDArray[np.int32]
    """(branch, part) pieces on the shelf, for all its shifts together."""
    fetch_ptr: NDArray[np.int32]
    """(job + 1,) rows of `fetch`."""
    fetch: NDArray[np.int32]
    """(row,) the halts at branches of which one may come before the job in its route; then its parts come from there.
    A halt is a visit of weight 0 whose need is what it loads, as a negative number; it is made for its job alone, in
    the same route. It is no job where the number of a shift's or a week's jobs is limited."""
    shelf: NDArray[np.int32]
    """(job,) the branch at which a halt loads, -1 for visits to customers."""

    job_of: NDArray[np.int32]
    """(job,) the row of the job it belongs to; its own for the job's first visit."""
    lead: NDArray[np.int32]
    """(job,) the row of its crew's lead: visits of one lead start together. Its own for those who work alone."""
    crew_ptr: NDArray[np.int32]
    """(job + 1,) rows of `crew`."""
    crew: NDArray[np.int32]
    """(row,) the visits that start together, the lead first; for a lead of at least two only."""
    part_ptr: NDArray[np.int32]
    """(job + 1,) rows of `part`."""
    part: NDArray[np.int32]
    """(row,) the leads of a job's parts in order of days, the job's first; only where it has at least two. All
    parts are served or none."""
    cover_row: NDArray[np.int32]
    """(job,) row of `cover` for a crew's lead, -1 where the crew together needs nothing."""
    cover: NDArray[np.uint32]
    """(crew, shift) bits of what the shift brings along of what the crew needs together."""
    cover_all: NDArray[np.uint32]
    """(crew,) all the bits it needs."""
    link_from: NDArray[np.int32]
    """(link,) a visit."""
    link_to: NDArray[np.int32]
    """(link,) the visit tied to it."""
    link_order: NDArray[np.uint8]
    """(link,) `ANY_ORDER`, `BEFORE` (the one tied to it is served only where the first is), `APART`; both leads."""
    link_on_end: NDArray[np.bool_]
    """(link,) gaps count from the end of the first visit, else from its start."""
    link_least: NDArray[np.int64]
    """(link,) seconds at least to the start of the second; with `BEFORE`."""
    link_most: NDArray[np.int64]
    """(link,) seconds at most, `UNLIMITED` for any; with `BEFORE`."""
    link_next_day: NDArray[np.bool_]
    """(link,) the second starts on the next working day after the first one's, or later; with `BEFORE`."""
    link_who: NDArray[np.uint8]
    """(link,) `ANYONE`, `SAME`, `ANOTHER`: whether both visits are the same `person`'s; holds where both are served."""
    link_ptr: NDArray[np.int32]
    """(job + 1,) rows of `link`."""
    link: NDArray[np.int32]
    """(row,) the links that name each visit, at either end."""
    person: NDArray[np.int32]
    """(shift,) whose shift it is; every tool is somebody of its own."""
    standing: NDArray[np.int32]
    """(shift,) the standing crew of its person, -1 for none: people of one crew have the same number here; `A_TOOL`
    for a tool, which goes with anybody."""
    next_day_s: NDArray[np.int32]
    """(shift,) when the next working day begins; of a trip, after its last day (see `night_next_day_s`)."""
    worst_hour_cents: NDArray[np.int64]
    """(1,) cents for every hour of the longest lateness of all jobs, measured from each one's first step."""

    levels: NDArray[np.int64]
    """(1,) 1: compare (unserved weight, cents); 0: compare cents alone."""


def pointers(lists: Sequence[Sequence[object]]) -> NDArray[np.int32]:
    """Return where each of some lists begins when they are written one behind the other, and where the last ends."""
    return np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)]).astype(np.int32)


class Names(NamedTuple):
    """What the rows of a problem are called."""

    jobs: tuple[str, ...]
    """Job ids; further visits of a job (`Problem.job_of`) have no row here."""
    shifts: tuple[str, ...]
    """Shift keys in words, shared tools included."""
    places: tuple[str, ...]
    """Place names, nowhere included."""
    codes: tuple[str, ...]
    """Rule code of each bit of `forbidden`."""
    parts: tuple[str, ...] = ()
    """Spare parts."""
    branches: tuple[str, ...] = ()
    """Branch ids."""


class Routes(NamedTuple):
    """An engine's answer: for each shift its jobs in order, and what is left out. No money, and no times but those
    on which tied routes have agreed."""

    stops: tuple[tuple[int, ...], ...]
    """(shift) job rows in order of service."""
    unserved: tuple[int, ...]
    """Job rows left out, ascending; of a job with several visits its first."""
    agreed: tuple[tuple[int, int], ...] = ()
    """(job row, second): when each served lead that is tied to others starts, ascending by row."""


def tied(problem: Problem) -> NDArray[np.bool_]:
    """Return (job,) which leads are tied to other visits: by a crew, a part or a link that bears on their times."""
    found: NDArray[np.bool_] = (np.diff(problem.crew_ptr) > 0) | (np.diff(problem.part_ptr) > 0)
    timed = problem.link_order != ANY_ORDER
    found[problem.link_from[timed]] = True
    found[problem.link_to[timed]] = True
    found &= problem.lead == np.arange(len(problem.lead))
    return found


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
    if len(problem.fetch):
        found.add("halts at branches")
    if len(problem.crew):
        found.add("crews")
    if len(problem.link_from):
        found.add("links")
    if problem.worst_hour_cents[0]:
        found.add("worst lateness")
    if len(problem.rival):
        found.add("trips")
    return frozenset(found)
