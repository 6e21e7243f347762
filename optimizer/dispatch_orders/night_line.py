"""Builds what a dispatch order says about the night after a day, and which stops are taken along for."""

from datetime import timedelta

from optimizer.dispatch_orders.free_text import one_name
from optimizer.dispatch_orders.night_records import NightLine
from optimizer.domain.plan import Night, ShiftPlan
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.roster import ShiftKey
from optimizer.domain.trips import evening_at, outings, ridden_to, stays
from optimizer.rules.lodging import RULE as LODGING
from optimizer.rules.settings import params_of
from optimizer.words.plan_book import PlanBook


def night_line(book: PlanBook, shift: ShiftPlan) -> NightLine | None:
    """Return what is said about the night after a day; none: the technician is back in the evening.

    Parameters
    ----------
    book : the plan with everything behind its ids
    shift : the day as planned
    """
    night = shift.night
    job_id = ridden_to(shift) if night == "transit" else evening_at(shift)
    if night is None or (job_id is None and night != "transit"):
        return None
    params = params_of(LODGING, book.scenario.policy)
    tomorrow = ShiftKey(shift.technician_id, shift.day + timedelta(days=1))
    following = next((day for day in book.document.plan.shifts if day.key == tomorrow), None)
    return NightLine(
        job_id=job_id,
        night=night,
        branch=_host(book, shift, night),
        bed_cents=params.bed_cents if params.active and night == "lodging" else None,
        board_cents=params.board_cents if params.active else None,
        starts=None if following is None or stays(following) else book.local(following.departure),
    )


def days_ahead(book: PlanBook) -> dict[ShiftKey, tuple[ShiftPlan, ...]]:
    """Return the further days of each trip by the day on which it starts: what they need is taken along then.

    Parameters
    ----------
    book : the plan with everything behind its ids
    """
    return {days[0].key: days[1:] for days in outings(book.document.plan) if len(days) > 1}


def _host(book: PlanBook, shift: ShiftPlan, night: Night) -> str:
    """Return the branch in whose beds a night is spent: the nearest one that has any; empty: none."""
    hosts = [branch for branch in book.scenario.branches if branch.housing]
    if night != "housing" or not hosts:
        return ""
    place = book.places[shift.last_leg.to_place]
    nearest = min(hosts, key=lambda one: great_circle_m(place, one.place))
    return one_name(nearest.name) or nearest.branch_id
