"""A part of a scenario is a scenario: whatever is said of others is not in it."""

from optimizer.domain.approval import Approval, ApprovedVisit
from optimizer.domain.promise import Pin
from optimizer.domain.travel import Matrix, Travel
from optimizer.preview.part import part_of
from tests.unit.rules.build import DAY, at, branch, job, scenario, technician

WHOLE = scenario(
    [technician(), technician(technician_id="T2")],
    [job(), job(job_id="J2")],
    pins=[Pin(job_id="J1", day=DAY), Pin(job_id="J2", day=DAY)],
)


def test_technicians_jobs_and_what_is_said_of_them() -> None:
    visits = tuple(ApprovedVisit(job_id=one, technician_id="T1", start=at("09:10")) for one in ("J1", "J2"))
    approval = Approval(day=DAY, by="a manager", at=at("08:00"), visits=visits)
    whole = WHOLE.model_copy(update={"approvals": (approval,)})
    part = part_of(whole, whole.technicians[1:], whole.jobs[1:])
    assert [one.technician_id for one in part.technicians] == ["T2"]
    assert [one.job_id for one in part.jobs] == ["J2"]
    assert [pin.job_id for pin in part.pins] == ["J2"]
    assert [visit.job_id for visit in part.approvals[0].visits] == ["J2"]
    assert part.branches == WHOLE.branches


def test_matrices_have_the_places_of_the_part_alone() -> None:
    table = tuple(tuple(10 * row + column for column in range(3)) for row in range(3))
    matrix = Matrix(places=("branch:B1", "job:J1", "job:J2"), seconds=table, metres=table)
    whole = WHOLE.model_copy(update={"travel": Travel(matrices={"car": matrix}), "branches": (branch(),)})
    cut = part_of(whole, whole.technicians, whole.jobs[1:]).travel.matrices["car"]
    assert cut.places == ("branch:B1", "job:J2")
    assert cut.seconds == cut.metres == ((0, 2), (20, 22))
