"""Why a job is left out: for every shift the codes that forbid it, or what is lacking at the best place."""

from collections import Counter

from optimizer.compile import Compiled
from optimizer.domain.assessment import Obstacle, UnservedReason
from optimizer.engines.lns import obstacle as room
from optimizer.engines.lns.obstacle import Lack
from optimizer.problem import FAR, Routes
from optimizer.rules.words import money

CODES: dict[Lack, str] = {
    Lack.OWN_WINDOW: "APPOINTMENT",
    Lack.LATER_WINDOW: "APPOINTMENT",
    Lack.DAY: "SHIFT",
    Lack.JOBS: "WORKLOAD_CAP",
    Lack.LOAD: "CAPACITY",
    Lack.LIMIT: "WORKLOAD_CAP",
    Lack.REST: "BREAK",
    Lack.NO_WINDOW: "APPOINTMENT",
    Lack.WORTH: "UNSERVED",
}
"""The code that stands for each lack."""

OF_THE_JOB = (Lack.OWN_WINDOW, Lack.NO_WINDOW)
"""What a pinned start can be the cause of."""


def unserved_reasons(compiled: Compiled, routes: Routes) -> tuple[UnservedReason, ...]:
    """Return why each left-out job is left out, in scenario order.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes
    """
    lacking = room.obstacles(compiled.problem, routes)
    starts = {pin.job_id for pin in compiled.scenario.pins if pin.start is not None}
    pinned = {job for job in routes.unserved if compiled.names.jobs[job] in starts}
    return tuple(_reason(compiled, routes, lacking, pinned, job) for job in routes.unserved)


def _reason(
    compiled: Compiled,
    routes: Routes,
    lacking: dict[tuple[int, int], room.Obstacle],
    pinned: set[int],
    job: int,
) -> UnservedReason:
    found = tuple(
        _forbidden(compiled, job, shift)
        if compiled.problem.forbidden[job, shift]
        else _lacking(compiled, routes, lacking[job, shift], job, shift, job in pinned)
        for shift in range(len(compiled.shifts))
    )
    return UnservedReason(job_id=compiled.names.jobs[job], sentence=_summary(found), obstacles=found)


def _forbidden(compiled: Compiled, job: int, shift: int) -> Obstacle:
    key = compiled.shifts[shift].key
    bits = int(compiled.problem.forbidden[job, shift])
    codes = tuple(code for bit, code in enumerate(compiled.names.codes) if bits >> bit & 1)
    return Obstacle(
        technician_id=key.technician_id,
        day=key.day,
        codes=codes,
        forbidden=True,
        sentence=f"{key} may not take it: {', '.join(codes)}.",
    )


def _lacking(
    compiled: Compiled, routes: Routes, found: room.Obstacle, job: int, shift: int, pinned: bool
) -> Obstacle:
    key = compiled.shifts[shift].key
    over_min = round(found.lack_s / 60, 1) if 0 < found.lack_s < FAR // 2 else None
    return Obstacle(
        technician_id=key.technician_id,
        day=key.day,
        codes=("PINNED" if pinned and found.lack in OF_THE_JOB else CODES[found.lack],),
        forbidden=found.lack is Lack.NO_WINDOW,
        over_min=over_min,
        cents=found.cents,
        sentence=f"{key} {_words(compiled, routes, found, job, shift, pinned)}",
    )


def _words(
    compiled: Compiled, routes: Routes, found: room.Obstacle, job: int, shift: int, pinned: bool
) -> str:
    stops = routes.stops[shift]
    minutes = -(-found.lack_s // 60)
    match found.lack:
        case Lack.OWN_WINDOW:
            agreed = "pinned start" if pinned else "last agreed window"
            return f"would come {minutes} min after the {agreed} at best."
        case Lack.NO_WINDOW:
            return f"may not take it: the {'pinned start' if pinned else 'agreed time'} is not in the shift."
        case Lack.LATER_WINDOW:
            return f"would reach {compiled.names.jobs[stops[found.after]]} or a later customer {minutes} min late."
        case Lack.DAY:
            return f"has too little time left: {minutes} min are lacking."
        case Lack.JOBS:
            return f"already has {len(stops)} jobs, as many as are allowed."
        case Lack.LIMIT:
            return "would exceed the limit of jobs or hours in the day or week."
        case Lack.REST:
            return "could not take the midday rest in its window any more."
        case Lack.LOAD:
            return "cannot load it."
        case Lack.WORTH:
            cents = found.cents or 0
            left = int(compiled.problem.unserved_cents[job])
            return f"could take it for {money(cents)} more, but leaving it out costs only {money(left)}."


def _summary(found: tuple[Obstacle, ...]) -> str:
    """Return the main reason in words."""
    if not found:
        return "Nobody works on the planned days."
    free = [one for one in found if not one.forbidden]
    if not free:
        codes = Counter(code for one in found for code in one.codes)
        listed = ", ".join(f"{code} ({count})" for code, count in codes.most_common())
        shifts = "the only shift is" if len(found) == 1 else f"all {len(found)} shifts are"
        return f"Nobody may take it: {shifts} ruled out by {listed}."
    people = len({one.technician_id for one in free})
    who = "1 technician may" if people == 1 else f"{people} technicians may"
    timed = [one for one in free if one.over_min is not None]
    closest = min(timed, key=lambda one: one.over_min or 0.0) if timed else free[0]
    return f"{who} take it, but none has room; closest: {closest.sentence}"
