"""A small plan document made by hand, for tests of files and views."""

from optimizer.domain.assessment import (
    Assessment,
    Bill,
    BillLine,
    ClockState,
    Kpis,
)
from optimizer.domain.document import PlanDocument
from optimizer.domain.place import Place
from optimizer.domain.plan import Rest
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.scenario import Scenario
from tests.unit.rules.build import at, job, leg, north, plan, scenario, shift_plan, stop, technician


def question() -> Scenario:
    """Return two repairs for one repairer; the second has an address that tries to paint the terminal."""
    tricky = Place(lat=north(6).lat, lon=112.98, address="[red]五一大道[/red] \x1b[31m1号")
    jobs = [job(place=tricky, product="aircon", units=2), job(job_id="J2", place=north(9), priority="vip")]
    return scenario([technician(name="王强")], jobs)


def document() -> PlanDocument:
    """Return a plan that serves J1 from 11:00 to 12:00, rests, and leaves J2 out.

    Left at 10:40, arrived 10:50, waited until 11:00; back at 12:50 after a rest of 40 min.
    """
    first = stop("J1", at("11:00"), at("12:00"), arrival=at("10:50"))
    rest = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    shift = shift_plan([first], rests=[rest], last_leg=leg("job:J1", "branch:B1", at("12:50")))
    late = ClockState(
        code="COMPLETE",
        job_id="J1",
        due=at("11:30"),
        event="finishing",
        at=at("12:00"),
        state="missed",
        slack_s=-1800,
    )
    lines = (
        BillLine(
            code="TRAVEL",
            kind="outlay",
            technician_id="T1",
            quantity=12,
            unit="km",
            cents=123_456,
            sentence="",
        ),
        BillLine(
            code="UNSERVED", kind="service", job_id="J2", quantity=1, unit="job", cents=500_001, sentence=""
        ),
    )
    assessment = Assessment(
        bill=Bill(
            lines=lines, outlay_cents=123_456, transfer_cents=0, service_cents=500_001, total_cents=623_457
        ),
        findings=(),
        clocks=(late,),
        kpis=Kpis(
            jobs=2,
            served=1,
            served_share=0.5,
            unserved_weight=10,
            clocks=1,
            clocks_met=0,
            on_time_share=0.0,
            technicians_used=1,
            jobs_per_shift=1.0,
            distance_km=12.0,
            travel_h=0.333,
            service_h=1.0,
            waiting_h=0.167,
            overtime_h=0.0,
            largest_load_h=1.333,
            smallest_load_h=1.333,
        ),
        unserved=(UnservedReason(job_id="J2", sentence="Nobody holds the skill it needs.", obstacles=()),),
    )
    return PlanDocument(plan=plan(question(), [shift]), assessment=assessment)
