"""Why a served job is late: which clock, what stands before it, and the cheapest way to be in time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.assessment import ClockState
from optimizer.domain.explanation import LateReason, Way
from optimizer.engines.lns.obstacle import AFTER, CENTS
from optimizer.explain.candidates import gaining, lesser_jobs, room
from optimizer.explain.changes import Change
from optimizer.explain.fetching import fetched
from optimizer.explain.outings import technician_of
from optimizer.explain.patches import early, spans_until, starting_in
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedChanges
from optimizer.explain.untied import on_site_s
from optimizer.explain.ways import best_proven, prove
from optimizer.explain.witness import Witness
from optimizer.rules import RULES
from optimizer.rules.lateness import LatenessRule
from optimizer.schedule.lanes import Timekeeper
from optimizer.words.moments import clock as hour
from optimizer.words.moments import moment
from optimizer.words.numbers import listed, minutes


class Explained(NamedTuple):
    """An explanation and the plan that proves its way."""

    answer: LateReason
    """What is said."""
    witness: Witness | None
    """The plan with the job in time; none: there is no such way."""


class _Place(NamedTuple):
    """A place that is in time, the cheapest first when sorted."""

    weight: int
    cents: int
    shift: int
    pos: int
    gone: tuple[int, ...]


def late(subject: Subject, job: int) -> tuple[Explained, ...]:
    """Return why each missed clock of a served job is missed, where coming or finishing earlier would meet it.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a served job
    """
    job_id = subject.names.jobs[job]
    return tuple(
        _explained(subject, job, clock)
        for clock in subject.assessment.clocks
        if clock.job_id == job_id and clock.state == "missed" and clock.event in ("arriving", "finishing")
    )


def _explained(subject: Subject, job: int, clock: ClockState) -> Explained:
    proven = _in_time(subject, job, clock)
    way, shown = proven if proven is not None else (None, None)
    last = subject.ties.parts(job)[-1][0] if clock.event == "finishing" and subject.ties is not None else job
    shift = subject.shift_of[last]
    stops = subject.routes.stops[shift]
    job_of = subject.compiled.problem.job_of
    at = clock.at or clock.due
    before = [one for one in stops[: stops.index(last)] if subject.problem.shelf[one] < 0]
    answer = LateReason(
        job_id=subject.names.jobs[job],
        code=clock.code,
        label=clock.label,
        due=clock.due,
        at=at,
        late_s=-(clock.slack_s or 0),
        before=tuple(subject.names.jobs[int(job_of[one])] for one in before),
        way=way,
        earliest=_earliest(subject, job, finishing=clock.event == "finishing"),
        sentence="",
    )
    who = technician_of(subject.compiled, shift)
    said = _sentence(
        answer, who, clock.event, priced=_priced(subject, answer.job_id), by_weight=subject.by_weight
    )
    return Explained(answer.model_copy(update={"sentence": said}), shown)


def _priced(subject: Subject, job_id: str) -> bool:
    """Return whether the bill has anything for this job being late, by whatever rule."""
    codes = {rule.code for rule in RULES if rule.section == "clock" or isinstance(rule, LatenessRule)}
    lines = subject.assessment.bill.lines
    return any(line.job_id == job_id and line.code in codes and line.cents > 0 for line in lines)


def _in_time(subject: Subject, job: int, clock: ClockState) -> tuple[Way, Witness] | None:
    """Return the cheapest single move that meets the clock, else the cheapest with one lesser job left out."""
    due = subject.compiled.timeline.seconds(clock.due)
    finishing = clock.event == "finishing"
    if subject.is_tied(job):
        return _tied_in_time(subject, job, clock, due)
    every = np.flatnonzero(subject.problem.forbidden[job] == 0).astype(np.int32)
    for place in _best_first(subject, job, every, due, finishing):
        proven = _proven(subject, job, place, due, finishing)
        if proven is not None and _met(proven[1], clock):
            return proven
    return fetched(subject, job, every.tolist(), accept=lambda shown: _met(shown, clock))


def _tied_in_time(subject: Subject, job: int, clock: ClockState, due: int) -> tuple[Way, Witness] | None:
    """Return the same for a job that takes several visits or is tied to others: all of it goes elsewhere."""
    ties = subject.ties
    until = None
    if clock.event == "arriving":
        until = due
    elif ties is not None and len(ties.parts(job)) == 1:
        until = due - int(subject.problem.service_s[job].min())
    looked = TiedChanges(subject, job, until=until)
    alone, dropped = looked.as_it_stands(), looked.leaving_out()

    def met(shown: Witness) -> bool:
        return _met(shown, clock)

    if subject.by_weight:
        moved = best_proven(subject, job, alone, accept=met)
        return moved or best_proven(subject, job, dropped, accept=met)
    return best_proven(subject, job, sorted([*alone, *dropped]), accept=met)


def _best_first(
    subject: Subject, job: int, shifts: NDArray[np.int32], due: int, finishing: bool
) -> Iterator[_Place]:
    """Yield moves alone and those with a lesser job left out, the best first; by weight, moves alone are better."""
    alone = sorted(_places(subject, job, shifts, due, finishing, ()))
    if subject.by_weight:
        yield from alone
        alone = []
    yield from sorted([*alone, *_with_room_made(subject, job, shifts, due, finishing)])


def _with_room_made(
    subject: Subject, job: int, shifts: NDArray[np.int32], due: int, finishing: bool
) -> Iterator[_Place]:
    for other in sorted(lesser_jobs(subject, job)):
        near = shifts[gaining(subject, job, subject.rows(other))[shifts]]
        yield from _places(subject, job, near, due, finishing, (other,))


def _places(
    subject: Subject, job: int, shifts: NDArray[np.int32], due: int, finishing: bool, gone: tuple[int, ...]
) -> Iterator[_Place]:
    """Yield the cheapest place in each shift from which the job is in time, the rest in its order."""
    if not len(shifts):
        return
    p = subject.problem
    weight = int(p.weight[list(gone)].sum()) if subject.by_weight else 0
    gone_rows = [row for one in gone for row in subject.rows(one)]
    with subject.bench.without((job, *gone_rows)) as gap:
        for latest, rows in _by_latest_start(subject, job, shifts, due, finishing, gone).items():
            spans = spans_until(p, job, latest)
            if not spans:
                continue
            with subject.bench.starting({job: spans}):
                found = subject.bench.examine(np.array(rows, np.int32))
            for i in np.flatnonzero(room(found)).tolist():
                if gap.unsound <= {rows[i][1]}:
                    cents = gap.cents + int(found[i, CENTS] - p.unserved_cents[job])
                    yield _Place(weight, cents, rows[i][1], int(found[i, AFTER]), gone)


def _by_latest_start(
    subject: Subject, job: int, shifts: NDArray[np.int32], due: int, finishing: bool, gone: tuple[int, ...]
) -> dict[int, list[tuple[int, int, int, int]]]:
    """Return the places to look at by the latest start that is in time; set-up depends on the stop before."""
    rows: defaultdict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for shift in shifts.tolist():
        off = {row for one in (job, *gone) for row in subject.rows(one)}
        stops = [one for one in subject.routes.stops[shift] if one not in off]
        if not finishing:
            rows[due].append((job, shift, 0, len(stops)))
            continue
        for pos in range(len(stops) + 1):
            rows[due - _stay(subject, job, shift, stops, pos)].append((job, shift, pos, pos))
    return rows


def _stay(subject: Subject, job: int, shift: int, stops: list[int], pos: int) -> int:
    p = subject.problem
    return on_site_s(p, job, shift, int(p.place[stops[pos - 1]] if pos else p.start_place[shift]))


def _proven(
    subject: Subject, job: int, place: _Place, due: int, finishing: bool
) -> tuple[Way, Witness] | None:
    routes = subject.with_job(job, place.shift, place.pos, gone=place.gone)
    before = list(routes.stops[place.shift][: place.pos])
    stay = _stay(subject, job, place.shift, before, place.pos) if finishing else 0
    timed = starting_in(subject.compiled.problem, job, spans_until(subject.problem, job, due - stay))
    change = Change(subject.compiled.scenario, timed)  # in time also where being late would be cheaper
    return prove(subject, "move", job, place.shift, routes, change)


def _met(shown: Witness, clock: ClockState) -> bool:
    return any(
        one.state != "missed"
        for one in shown.assessment.clocks
        if (one.code, one.label, one.job_id) == (clock.code, clock.label, clock.job_id)
    )


def _earliest(subject: Subject, job: int, *, finishing: bool) -> datetime | None:
    """Return when somebody could be there (or be done) at the earliest, with nothing else to do that day."""
    p = subject.compiled.problem
    timekeeper = Timekeeper(early(p, job))
    shifts = np.flatnonzero(p.forbidden[job] == 0).tolist()
    times = [time for shift in shifts if (time := timekeeper.time(shift, (job,))) is not None]
    moments = [int((time.end if finishing else time.start)[0]) for time in times]
    return subject.compiled.timeline.moment(min(moments)) if moments else None


def _sentence(answer: LateReason, who: str, event: str, *, priced: bool, by_weight: bool) -> str:
    does = "starts" if event == "arriving" else "is finished"
    said = [
        f"{answer.job_id} {does} {moment(answer.at)}, {minutes(answer.late_s)} after it was due "
        f"({moment(answer.due)}): {_clock_name(answer.code, answer.label)} is missed"
        f"{'' if priced else '; being late here costs nothing'}.",
        f"Before it {who} serves {listed(answer.before)}."
        if answer.before
        else f"It is the first stop of {who}.",
    ]
    if answer.way is not None:
        # By weight moves alone are tried first: with a job left out there is no move that does.
        only = by_weight and answer.way.left_out
        how = (
            "Only leaving out a less important job would make it in time"
            if only
            else "Cheapest way to be in time"
        )
        said.append(f"{how}: {answer.way.sentence}")
    elif answer.earliest is None:
        said.append("Nobody else could do it.")
    elif answer.earliest > answer.due:
        done = "could be there" if event == "arriving" else "could be done"
        said.append(f"Nobody {done} before {hour(answer.earliest)}, even with nothing else to do that day.")
    else:
        said.append(
            "No single move gets there in time, not even with one less important job left out and all other stops "
            f"in their order; with nothing else to do somebody could by {hour(answer.earliest)}."
        )
    return " ".join(said)


def _clock_name(code: str, label: str = "") -> str:
    """Return a clock with what it says, e.g. ``the clock ARRIVE_NEAR (On site within 24 h)``."""
    title = next((rule.title for rule in RULES if rule.code == code), "")
    named = f"the clock {code}{' ' if label else ''}{label}"
    return f"{named} ({title.rstrip('.')})" if title else named
