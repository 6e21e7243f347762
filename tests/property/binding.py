"""Which rules of the book matter in a scenario, by what they say to the search."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.book import RuleBook
from tests.unit.rules import build
from tests.unit.rules.recording import LayoutRecording, Load, Recording

Pair = tuple[str, ShiftKey]


class _Open(NamedTuple):
    """What is still possible once every rule has forbidden what it forbids."""

    jobs_of: dict[ShiftKey, list[str]]
    shifts_of: dict[str, list[ShiftKey]]


def binding(scenario: Scenario) -> set[str]:
    """Return the codes of the active rules that forbid, limit or price something in a scenario.

    A who-rule matters when it forbids a job in a shift; a rule of hours or caps when the eligible jobs are
    more than its limit; a duration when technicians differ or set-up counts; a clock when it can run out
    while somebody works.

    Parameters
    ----------
    scenario : a valid scenario
    """
    book = RuleBook.of(scenario.policy)
    said: dict[str, Recording] = {}
    layout = LayoutRecording()
    found = set()
    for rule in book.active():
        said[rule.code] = Recording(scenario)
        rule.lay_out(scenario, book.params(rule), layout)
        rule.compile(scenario, book.params(rule), said[rule.code])
        if said[rule.code].forbidden:
            found.add(rule.code)
    still = _open(scenario, said)
    bounds = said["SHIFT"].bounds
    last_end = max((bounds[key].latest_end.timestamp() for key in still.jobs_of), default=0.0)
    for rule in book.active():
        clocks = list(rule.clocks(scenario, book.params(rule), build.plan(scenario, ())))
        steps = [step.after for _, _, steps in said[rule.code].lateness for step in steps]
        due = [clock.due for clock in clocks] + steps
        if any(moment.timestamp() < last_end for moment in due):
            found.add(rule.code)
        if said[rule.code].charged or _prices_pairs(still, said[rule.code]):
            found.add(rule.code)
        if any(_reaches(still, said, load) for load in said[rule.code].loads):
            found.add(rule.code)
    checks = {
        "PINNED": _excluded(said.get("PINNED")),
        "BREAK": "BREAK" in said and any(key in still.jobs_of for key in said["BREAK"].breaks),
        "APPOINTMENT": any(job in still.shifts_of for job in said["APPOINTMENT"].narrowed),
        "SHIFT": _too_much(
            still, said, {key: _span_s(bounds[key].start, bounds[key].latest_end) for key in bounds}
        ),
        "OVERTIME": any(said["OVERTIME"].overtime.values())
        and any(bounds[key].latest_end > bounds[key].end for key in still.jobs_of)
        and _too_much(still, said, {key: _span_s(bounds[key].start, bounds[key].end) for key in bounds}),
        "DURATION": _durations_differ(still, said),
        "MIN_DURATION": _longer(still, said),
        "WORKLOAD_CAP": _capped(still, said),
        "TRAVEL": any(said["TRAVEL"].travel.values()) and bool(still.jobs_of),
        "PART": "PART" in said and _lacking(still, said["PART"]),
        "PROMISE": "PROMISE" in said and any(job in still.shifts_of for job in said["PROMISE"].narrowed),
        "BROKEN_APPOINTMENT": "BROKEN_APPOINTMENT" in said and bool(said["BROKEN_APPOINTMENT"].unserved),
        "CHANGE": "CHANGE" in said and bool(said["CHANGE"].unserved),
        "PROGRESS_CHECK": bool(still.jobs_of),
        "CREW": any(job in still.shifts_of for job in layout.seats),
        "SHARED_TOOL": any(_scarce(still, pieces, jobs) for pieces, jobs in layout.lent.values()),
        "PRECEDENCE": "PRECEDENCE" in said and _tied(still, said["PRECEDENCE"], layout),
        "TRIP": any(len(days) > 1 and _goes_there(still, days) for days, _, _ in layout.stays),
        "LODGING": "LODGING" in said
        and any(said["LODGING"].nights.values())
        and any(len(days) > 1 and _goes_there(still, days) for days, _, _ in layout.stays),
        "UNSERVED": any(job.job_id not in still.shifts_of for job in scenario.jobs),
    }
    found |= {code for code, matters in checks.items() if matters}
    return found


def _open(scenario: Scenario, said: dict[str, Recording]) -> _Open:
    forbidden: set[Pair] = set().union(*(one.forbidden for one in said.values()))
    forbidden |= {(job, key) for one in said.values() for job, key, seat in one.seats_forbidden if seat == 0}
    fixed = [item for one in said.values() for item in one.fixed.items()]
    allowed: dict[str, frozenset[ShiftKey]] = {}
    for job_id, sets in fixed:
        for keys in sets:
            allowed[job_id] = allowed.get(job_id, keys) & keys
    jobs_of: defaultdict[ShiftKey, list[str]] = defaultdict(list)
    shifts_of: defaultdict[str, list[ShiftKey]] = defaultdict(list)
    for job in scenario.jobs:
        for key in said["SHIFT"].bounds:
            if (job.job_id, key) not in forbidden and key in allowed.get(job.job_id, {key}):
                jobs_of[key].append(job.job_id)
                shifts_of[job.job_id].append(key)
    return _Open(dict(jobs_of), dict(shifts_of))


def _goes_there(still: _Open, days: Sequence[ShiftKey]) -> bool:
    """Tell whether some job can be done by somebody on all days of a trip, so that it could be done on the trip."""
    return bool(set.intersection(*(set(still.jobs_of.get(day, ())) for day in days)))


def _excluded(said: Recording | None) -> bool:
    if said is None:
        return False
    every = {shift.key for shift in said.shifts}
    return bool(said.narrowed) or any(keys < every for sets in said.fixed.values() for keys in sets)


def _scarce(still: _Open, pieces: int, jobs: Collection[str]) -> bool:
    """Tell whether more jobs that can be done need a tool than there are pieces."""
    return sum(job in still.shifts_of for job in jobs) > pieces


def _tied(still: _Open, said: Recording, layout: LayoutRecording) -> bool:
    """Tell whether two jobs that can be done are tied, or one is done in parts."""
    pairs = [{tie.first, tie.second} for tie in said.links]
    pairs += [set(pair) for jobs, _ in said.groups for pair in combinations(jobs, 2)]
    pairs += [set(pair) for pair in said.apart]
    return any(job in still.shifts_of for job in layout.parts) or any(
        pair <= still.shifts_of.keys() for pair in pairs
    )


def _prices_pairs(still: _Open, said: Recording) -> bool:
    """Tell whether it matters for some job who serves it."""
    priced = said.assignment
    return bool(priced) and any(
        len({priced.get((job, key), 0) for key in keys}) > 1 or priced.get((job, keys[0]), 0) > 0
        for job, keys in still.shifts_of.items()
    )


def _reaches(still: _Open, said: dict[str, Recording], load: Load) -> bool:
    """Tell whether the jobs that shifts may take bring a load above some step beyond what stands on it."""
    possible = {job for key in load.shifts for job in still.jobs_of.get(key, ())}
    if load.jobs is not None:
        most = len(possible & load.jobs)
    else:
        most = sum(
            max(
                said["DURATION"].served[job, key][0]
                for key in load.shifts
                if job in still.jobs_of.get(key, ())
            )
            for job in possible
        )
    return any(load.before <= step.after < load.before + most for step in load.steps)


def _lacking(still: _Open, said: Recording) -> bool:
    """Tell whether some part is too rare for all jobs that want it, or for one technician's."""
    wanted: Counter[str] = Counter()
    for job, parts in said.consumed.items():
        if job in still.shifts_of:
            wanted.update(parts)
    there: Counter[str] = Counter()
    for pieces in [*(parts for _, parts in said.vans), *said.stocks.values()]:
        there.update(pieces)
    return any(count > there[part] for part, count in wanted.items())


def _too_much(still: _Open, said: dict[str, Recording], room_s: dict[ShiftKey, float]) -> bool:
    """Tell whether some shift cannot take all its jobs, driving not even counted."""
    return any(_service_s(said, key, jobs) > room_s[key] for key, jobs in still.jobs_of.items())


def _service_s(said: dict[str, Recording], key: ShiftKey, jobs: Collection[str]) -> int:
    return sum(said["DURATION"].served[job, key][0] for job in jobs)


def _durations_differ(still: _Open, said: dict[str, Recording]) -> bool:
    served = said["DURATION"].served
    return any(
        len({served[job, key][0] for key in keys}) > 1 or any(served[job, key][1] for key in keys)
        for job, keys in still.shifts_of.items()
    )


def _longer(still: _Open, said: dict[str, Recording]) -> bool:
    if "MIN_DURATION" not in said:
        return False
    return any(
        service_s > said["DURATION"].served[job, key][0]
        for (job, key), (service_s, _) in said["MIN_DURATION"].served.items()
        if job in still.jobs_of.get(key, ())
    )


def _capped(still: _Open, said: dict[str, Recording]) -> bool:
    if "WORKLOAD_CAP" not in said:
        return False
    for keys, jobs, work_s in said["WORKLOAD_CAP"].limits:
        possible = {(job, key) for key in keys for job in still.jobs_of.get(key, ())}
        if jobs is not None and len({job for job, _ in possible}) > jobs:
            return True
        least = defaultdict(list)
        for job, key in possible:
            least[job].append(said["DURATION"].served[job, key][0])
        if work_s is not None and sum(min(times) for times in least.values()) > work_s:
            return True
    return False


def _span_s(start: datetime, end: datetime) -> float:
    return end.timestamp() - start.timestamp()
