"""Builds what a dispatch order says about halts at branches to load parts."""

from optimizer.dispatch_orders.free_text import one_line, one_name
from optimizer.dispatch_orders.restock_records import Pieces, RestockLine
from optimizer.dispatch_orders.ride_lines import ride_lines
from optimizer.domain.plan import ShiftPlan
from optimizer.words.plan_book import PlanBook


def restock_lines(book: PlanBook, shift: ShiftPlan) -> tuple[RestockLine, ...]:
    """Return what is said about a day's halts to load parts, in order.

    Parameters
    ----------
    book : the plan with everything behind its ids
    shift : the day as planned
    """
    lines = []
    for one in shift.restocks:
        way = book.travelled(shift.means, one.leg)
        lines.append(
            RestockLine(
                branch=one_name(book.branch_name(one.branch_id)) or one.branch_id,
                address=one_line(book.branches[one.branch_id].place.address),
                departure=book.local(one.leg.departure),
                arrival=book.local(one.leg.arrival),
                start=book.local(one.start),
                end=book.local(one.end),
                travel_s=one.leg.travel_s,
                distance_m=one.leg.distance_m,
                rides=ride_lines(book, way),
                fare_cents=0 if way is None else way.fare_cents,
                parts=tuple(
                    Pieces(part=one_line(part), pieces=n) for part, n in sorted(one.picked_up.items())
                ),
            )
        )
    return tuple(lines)
