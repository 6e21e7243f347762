"""What approved days hold."""

from datetime import timedelta

from optimizer.domain.approval import Approval, ApprovedTool, ApprovedVisit
from optimizer.domain.time import DateRange
from optimizer.rules.approved_days import approved_days, approved_jobs
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario, technician


def test_only_planned_days_count_in_order_of_the_calendar() -> None:
    days = (DAY - timedelta(days=1), NEXT_DAY, DAY)  # the first one is over
    approvals = tuple(
        Approval(
            day=day,
            by="Chen",
            at=at("08:00"),
            visits=(ApprovedVisit(job_id=f"J{row}", technician_id="T1", start=at("09:30", day)),),
        )
        for row, day in enumerate(days)
    )
    of = scenario(days=2).model_copy(update={"approvals": approvals})
    assert [one.day for one in approved_days(of)] == [DAY, NEXT_DAY]
    assert approved_jobs(of) == {"J1", "J2"}


def test_visits_of_who_is_away_are_released_with_their_crew_and_tools() -> None:
    ill = DateRange(first_day=DAY, last_day=DAY, reason="ill")
    visits = (
        ApprovedVisit(job_id="J1", technician_id="T1", start=at("09:30")),
        ApprovedVisit(job_id="J1", technician_id="T2", start=at("09:30"), seat=1),
        ApprovedVisit(job_id="J2", technician_id="T1", start=at("11:00")),
        ApprovedVisit(job_id="J3", technician_id="T9", start=at("11:00")),  # no shift that day
    )
    hoist = ApprovedTool(job_id="J1", branch_id="B1", tool="hoist", piece=1)
    approval = Approval(day=DAY, by="Chen", at=at("08:00"), visits=visits, tools=(hoist,))
    of = scenario([technician(), technician(technician_id="T2", leave=(ill,))])
    (day,) = approved_days(of.model_copy(update={"approvals": (approval,)}))
    assert day.visits == (visits[2],)
    assert day.tools == ()
    assert day.released == {("J1", 0), ("J3", 0)}
