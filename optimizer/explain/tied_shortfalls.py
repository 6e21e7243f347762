"""What ties stop in one slot, as records: who is missing, which tool is out, which job comes first."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from optimizer.compile import Compiled
from optimizer.domain.reasons import Shortfall
from optimizer.domain.requirements import carried_tools, required_certificates
from optimizer.explain.codes import CREW, PRECEDENCE, SHARED_TOOL, TIE_CODES
from optimizer.explain.outings import first_shift
from optimizer.explain.placing import HI, LO, POS, SHIFT
from optimizer.explain.seats import NAMED, able_along
from optimizer.explain.tied_slots import TiedSlots
from optimizer.explain.ties import Span, Ties, common
from optimizer.problem import Routes
from optimizer.rules.settings import params_of
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools


def tied_shortfalls(
    compiled: Compiled, tied: TiedSlots, shift: int, window: Span, codes: Sequence[str]
) -> tuple[Shortfall, ...]:
    """Return what ties stop in a slot.

    Parameters
    ----------
    compiled : the question, laid out
    tied : the ties of the job
    shift, window : the slot
    codes : the codes that stop it
    """
    spans = tied.start_spans(shift, window)
    found: list[Shortfall] = []
    if PRECEDENCE in codes:
        found += _order(compiled, tied, shift, spans)
    if CREW in codes:
        found += _crew(compiled, tied, shift, spans)
    if SHARED_TOOL in codes:
        found += _tools(compiled, tied, shift, spans)
    if not found and any(code in TIE_CODES for code in codes):
        found.append(Shortfall(kind="together"))
    return tuple(found)


def late_ties(compiled: Compiled, ties: Ties, routes: Routes, shift: int) -> tuple[Shortfall, ...]:
    """Return that others would be late who are tied to a stop of a route."""
    leads = (int(ties.problem.lead[row]) for row in routes.stops[shift])
    late = next((lead for lead in leads if lead in ties.spans), None)
    return (Shortfall(kind="tied_stop", job_id=None if late is None else _job(compiled, ties, late)),)


def _order(compiled: Compiled, tied: TiedSlots, shift: int, spans: Sequence[Span]) -> Iterator[Shortfall]:
    ties, moment = tied.ties, compiled.timeline.moment
    for job in tied.missing:
        yield Shortfall(kind="left_out_before", job_id=compiled.names.jobs[job])
    if tied.missing or tied.order_fits(shift, spans):
        return
    stopped = False
    for bound in ties.bounds(tied.lead, tied.openings.least_s(tied.lead)):
        if common(spans, bound.spans):
            continue
        stopped = True
        other, (opens, closes) = compiled.names.jobs[bound.other], bound.spans[0]
        if bound.apart:
            yield Shortfall(kind="apart", job_id=other)
        elif spans[-1][1] < opens:
            yield Shortfall(kind="after", job_id=other, at=moment(opens))
        else:
            yield Shortfall(kind="gap", job_id=other, lack_s=max(1, spans[0][0] - closes))
    if not stopped and len(tied.openings.parts) > 1:
        yield Shortfall(kind="days", count=len(tied.openings.parts))


def _crew(compiled: Compiled, tied: TiedSlots, shift: int, spans: Sequence[Span]) -> Iterator[Shortfall]:
    if tied.crew_fits(shift, spans):
        return
    for seat, row in enumerate(tied.people[1:], start=1):
        if not tied.crew_fits(shift, spans, only=(row,), covered=False):
            able = able_along(compiled, tied, row, shift)
            at = _free_from(compiled, tied, row, shift, spans) if able else None
            yield Shortfall(kind="seat", seat=seat, able=able[:NAMED], count=len(able), at=at)
            return
    if tied.crew_fits(shift, spans, covered=False):
        yield Shortfall(kind="cover", names=_lacking(compiled, tied.job, shift))
    else:
        yield Shortfall(kind="nobody_along", count=len(tied.people))


def _free_from(
    compiled: Compiled, tied: TiedSlots, row: int, shift: int, spans: Sequence[Span]
) -> datetime | None:
    """Return when somebody else could make a visit on the day of a shift, behind these spans; none: never."""
    standing = tied.ties.problem.standing
    found = tied.room(row)
    found = found[(found[:, SHIFT] != shift) & (found[:, HI] > spans[-1][1])]
    found = found[standing[found[:, SHIFT]] == standing[shift]]
    day = first_shift(compiled, shift).key.day
    starts = [
        int(one[LO])
        for one in found
        if first_shift(compiled, int(one[SHIFT])).key.day == day and one[LO] > spans[-1][1]
    ]
    return compiled.timeline.moment(min(starts)) if starts else None


def _lacking(compiled: Compiled, job: int, shift: int) -> tuple[str, ...]:
    """Return which certificates and tools of a job's crew the one who leads has not."""
    scenario, one = compiled.scenario, first_shift(compiled, shift)
    asked = scenario.jobs[job]
    held = {held.name for held in one.technician.certificates if held.valid_on(one.key.day)}
    held |= carried_tools(one.technician, scenario.policy)
    tools = needed_tools(asked, scenario, params_of(TOOL, scenario.policy))
    return tuple(
        name for name in (*required_certificates(asked, scenario.policy), *tools) if name not in held
    )


def _tools(compiled: Compiled, tied: TiedSlots, shift: int, spans: Sequence[Span]) -> Iterator[Shortfall]:
    p, people = tied.bench.problem, len(compiled.shifts)
    day = first_shift(compiled, shift).key.day
    for row in tied.tools:
        if tied.tool_fits(row, shift, spans):
            continue
        tool = tied.ties.visits.rows[row].tool
        allowed = (np.flatnonzero(p.forbidden[row, people:] == 0) + people).tolist()
        pieces = [one for one in allowed if compiled.tools[one - people].day == day]
        if not pieces:
            yield Shortfall(kind="no_tool", names=(tool,))
            continue
        found = tied.room(row)
        found = found[np.isin(found[:, SHIFT], pieces) & (found[:, LO] > spans[-1][1])]
        if not len(found):
            yield Shortfall(kind="tool_out", names=(tool,), count=len(pieces))
            continue
        first = found[np.lexsort((found[:, SHIFT], found[:, LO]))[0]]
        before = tied.bench.routes.stops[int(first[SHIFT])][: int(first[POS])]
        yield Shortfall(
            kind="tool_out",
            names=(tool,),
            count=len(pieces),
            job_id=_job(compiled, tied.ties, before[-1]) if before else None,
            at=compiled.timeline.moment(int(first[LO])),
        )


def _job(compiled: Compiled, ties: Ties, row: int) -> str:
    return compiled.names.jobs[int(ties.problem.job_of[row])]
