"""What one slot of a technician who may do the job lacks, as records with the amounts."""

from collections.abc import Iterator, Sequence

from optimizer.compile import Compiled
from optimizer.domain.reasons import Shortfall
from optimizer.engines.lns.obstacle import (
    AFTER,
    BARS,
    FULL_DAY,
    FULL_WEEK,
    LACK_S,
    LONG_HOURS,
    NO_LOAD,
    NO_PARTS,
    ON_TRIP,
    TIME,
    Lack,
)
from optimizer.explain.bench import Bench
from optimizer.explain.codes import TIE_CODES
from optimizer.explain.outings import trip_around
from optimizer.explain.slots import JobSlots
from optimizer.explain.tied_shortfalls import late_ties, tied_shortfalls
from optimizer.problem import FAR


def shortfalls(
    compiled: Compiled, bench: Bench, own: dict[str, str], slots: JobSlots, i: int, codes: Sequence[str]
) -> tuple[Shortfall, ...]:
    """Return what the technician lacks: time first, then jobs and hours, parts, room on the van, and what is tied.

    Parameters
    ----------
    compiled : the question, laid out
    bench : the plan's routes
    own : what fixes the time of a job, see `own_window_codes`
    slots : the job's slots
    i : the slot
    codes : the codes that stop it
    """
    stops = bench.routes.stops[slots.shift[i]]
    time = (_time(compiled, bench, stops, own, slots, i),) if slots.found[i, TIME] >= 0 else ()
    bars = int(slots.found[i, BARS])
    away = (_away(compiled, bench, int(slots.shift[i])),) if bars & ON_TRIP else ()
    return (*time, *away, *_bars(bars, len(stops)), *_ties(compiled, bench, slots, i, codes))


def _away(compiled: Compiled, bench: Bench, day: int) -> Shortfall:
    """Return on which trip somebody is on a day, or from which they rest."""
    row = trip_around(compiled, bench.routes.stops, day)
    if row is None:  # the trip itself, where somebody works on its days
        return Shortfall(kind="trip")
    days = [compiled.shifts[one].key.day for one in compiled.days_of(row)[0]]
    return Shortfall(kind="trip", first_day=days[0], last_day=days[-1])


def _ties(
    compiled: Compiled, bench: Bench, slots: JobSlots, i: int, codes: Sequence[str]
) -> tuple[Shortfall, ...]:
    if bench.tied is None or not any(code in TIE_CODES for code in codes):
        return ()
    shift, p = int(slots.shift[i]), bench.with_ties
    if slots.tied is None:
        return late_ties(compiled, bench.tied.ties, bench.routes, shift)
    row = int(slots.window[i])
    window = (int(p.window_open[row]), int(p.window_close[row]))
    return tied_shortfalls(compiled, slots.tied, shift, window, codes)


def _bars(bars: int, stops: int) -> Iterator[Shortfall]:
    if bars & FULL_DAY:
        yield Shortfall(kind="jobs_a_day", jobs=stops)
    if bars & FULL_WEEK:
        yield Shortfall(kind="jobs_a_week")
    if bars & LONG_HOURS:
        yield Shortfall(kind="hours")
    if bars & NO_PARTS:
        yield Shortfall(kind="parts")
    if bars & NO_LOAD:
        yield Shortfall(kind="load")


def _time(
    compiled: Compiled, bench: Bench, stops: tuple[int, ...], own: dict[str, str], slots: JobSlots, i: int
) -> Shortfall:
    """Return what time lacks at the place of the day where least is lacking."""
    found = slots.found[i]
    lack_s = int(found[LACK_S])
    if lack_s >= FAR // 2:
        return Shortfall(kind="unreachable")
    match Lack(int(found[TIME])):
        case Lack.OWN_WINDOW:
            code = own.get(compiled.names.jobs[slots.job])
            return Shortfall(kind="own_window", lack_s=lack_s, code=code)
        case Lack.LATER_WINDOW:
            follower = int(found[AFTER])
            late = None
            if follower < len(stops):
                late = compiled.names.jobs[int(bench.with_ties.job_of[stops[follower]])]
            return Shortfall(kind="later_stop", lack_s=lack_s, job_id=late)
        case Lack.REST:
            p, shift = compiled.problem, int(slots.shift[i])
            kinds = compiled.rest_kinds[int(p.rest_ptr[shift]) : int(p.rest_ptr[shift + 1])]
            return Shortfall(kind="rest", lack_s=lack_s, rests=tuple(sorted(set(kinds), reverse=True)))
        case _:
            return Shortfall(kind="time", lack_s=lack_s)
