"""The days of shared tools: where each piece is when, and who has it."""

from collections.abc import Iterator
from datetime import datetime

from optimizer.domain.plan import Leg, ToolPlan
from optimizer.domain.together import Lent
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Cell, Clock, Table, column, in_km, in_minutes
from optimizer.words.language import Words
from optimizer.words.tied_stops import taken_by
from optimizer.words.trade_words import trade_word

COLUMNS = (
    column("branch", "网点编号", 12),
    column("branch name", "网点", 18),
    column("tool", "工具", 16),
    column("piece", "编号", 7),
    column("day", "日期", 11),
    column("order", "顺序", 6),
    column("what", "事项", 9),
    column("job", "工单", 9),
    column("with", "使用人", 12),
    column("brought by", "携带人", 12),
    column("address", "地址", 30, wrap=True),
    column("arrival", "到达", 7),
    column("start", "开始", 7),
    column("handed over", "交接", 8),
    column("way min", "路程（分）", 7),
    column("km", "公里", 7),
)
"""The columns, from left to right."""

_LEAVES: Words = {"en": "leaves", "zh": "借出"}
_JOB: Words = {"en": "job", "zh": "使用"}
_BACK: Words = {"en": "back", "zh": "归还"}


def tools(facts: PlanFacts) -> Table:
    """Return where each shared tool is on each day: leaving its branch, at each job, and coming back.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    rows: list[tuple[Cell, ...]] = []
    starts = set()
    for route in facts.document.plan.tools:
        starts.add(len(rows))
        rows += _day(route, facts)
    return Table(COLUMNS, tuple(rows), frozenset(starts))


def _day(route: ToolPlan, facts: PlanFacts) -> Iterator[tuple[Cell, ...]]:
    language, branch = facts.language, facts.branch_name(route.branch_id)
    leaving = route.stops[0].leg.departure
    yield _line(route, facts, what=_LEAVES[language], address=branch, start=leaving)
    for number, stop in enumerate(route.stops):
        crew = facts.together.crew(stop.job_id, stop.part)
        brought = taken_by(facts, Lent(route, number))
        yield _line(
            route,
            facts,
            number=number + 1,
            what=_JOB[language],
            job_id=stop.job_id,
            person=facts.technician_name(crew[0].technician_id) if crew else None,
            brought_by=facts.technician_name(brought) if brought else None,
            address=facts.jobs[stop.job_id].place.address,
            leg=stop.leg,
            start=stop.start,
            end=stop.end,
        )
    yield _line(route, facts, what=_BACK[language], address=branch, leg=route.last_leg)


def _line(
    route: ToolPlan,
    facts: PlanFacts,
    *,
    what: str,
    number: int | None = None,
    job_id: str | None = None,
    person: str | None = None,
    brought_by: str | None = None,
    address: str = "",
    leg: Leg | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> tuple[Cell, ...]:
    def clock(at: datetime | None) -> Clock | None:
        return None if at is None else Clock(facts.wall_clock(at), route.day)

    return (
        route.branch_id,
        facts.branch_name(route.branch_id),
        trade_word(route.tool, facts.language),
        route.piece,
        route.day,
        number,
        what,
        job_id,
        person,
        brought_by,
        address,
        clock(leg.arrival if leg else None),
        clock(start),
        clock(end),
        None if leg is None else in_minutes(leg.travel_s),
        None if leg is None else in_km(leg.distance_m),
    )
