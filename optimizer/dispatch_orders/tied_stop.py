"""What a dispatch order says about crew mates, shared tools, and jobs before and after."""

from optimizer.dispatch_orders.free_text import one_line, one_name
from optimizer.dispatch_orders.tied_records import ChainLine, CrewLine, JobAndPerson, ToolWayLine
from optimizer.domain.plan import Stop
from optimizer.domain.together import Lent
from optimizer.words.plan_book import PlanBook
from optimizer.words.tied_stops import Chained, piece_number, taken_by


def crew_lines(book: PlanBook, stop: Stop) -> tuple[CrewLine, ...]:
    """Return the others at a stop's job, the one who leads first."""
    return tuple(
        CrewLine(
            technician_id=one.technician_id,
            technician=one_name(book.technicians[one.technician_id].name),
            leads=one.stop.seat == 0,
            arrival=book.local(one.stop.leg.arrival),
        )
        for one in book.together.mates(stop)
    )


def tool_way_lines(book: PlanBook, stop: Stop, technician_id: str) -> tuple[ToolWayLine, ...]:
    """Return the shared tools at a stop's job.

    Parameters
    ----------
    book : the plan with everything behind its ids
    stop : a stop of the plan
    technician_id : who reads it
    """
    return tuple(_tool_way(book, lent, technician_id) for lent in book.together.tools(stop.job_id, stop.part))


def _tool_way(book: PlanBook, lent: Lent, technician_id: str) -> ToolWayLine:
    who = taken_by(book, lent)
    return ToolWayLine(
        tool=one_line(lent.route.tool),
        number=piece_number(book, lent.route),
        branch=one_name(book.branch_name(lent.route.branch_id)) or lent.route.branch_id,
        from_job=None if lent.before is None else _led(book, lent.before.job_id, lent.before.part),
        kept_from=book.together.keeps(lent.before, lent.stop),
        leaves=book.local(lent.stop.leg.departure),
        there=book.local(lent.stop.leg.arrival),
        until=book.local(lent.stop.end),
        to_job=None if lent.after is None else _led(book, lent.after.job_id, lent.after.part),
        kept_for=book.together.keeps(lent.stop, lent.after),
        onwards=book.local(lent.way_on.arrival),
        brought_by=_name(book, who),
        taken_along=who == technician_id,
    )


def chain_line(book: PlanBook, one: Chained) -> ChainLine:
    """Return a job that comes before or after another one.

    Parameters
    ----------
    book : the plan with everything behind its ids
    one : which job, and when
    """
    return ChainLine(
        job=_led(book, one.job_id, one.part),
        comes=one.comes,
        at=book.local(one.at),
        gap_min=one.gap_min,
        gap_from=one.gap_from,
    )


def _led(book: PlanBook, job_id: str, part: int) -> JobAndPerson:
    crew = book.together.crew(job_id, part)
    return JobAndPerson(job_id=job_id, technician=_name(book, crew[0].technician_id if crew else ""))


def _name(book: PlanBook, technician_id: str) -> str:
    """Return the name of a technician, else the id; nothing for nobody."""
    return one_name(book.technician_name(technician_id)) or technician_id if technician_id else ""
