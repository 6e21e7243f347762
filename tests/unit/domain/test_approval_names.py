from datetime import timedelta

from optimizer.domain.approval import Approval, ApprovedTool, ApprovedVisit
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import DAY, at, scenario

VISIT = ApprovedVisit(job_id="J1", technician_id="T1", start=at("09:30"))
HOIST = ApprovedTool(job_id="J1", branch_id="B1", tool="hoist", piece=1)


def issues(*approvals: Approval) -> list[tuple[str, str]]:
    of = scenario().model_copy(update={"approvals": approvals})
    return [(one.code, one.path) for one in validate_scenario(of)]


def test_an_approval_that_is_fine() -> None:
    assert issues(Approval(day=DAY, by="Chen", at=at("08:00"), visits=(VISIT,), tools=(HOIST,))) == []


def test_everything_wrong_is_named() -> None:
    wrong = Approval(
        day=DAY,
        by="Chen",
        at=at("08:00"),
        visits=(VISIT.model_copy(update={"job_id": "J9"}), VISIT.model_copy(update={"technician_id": "T9"})),
        tools=(HOIST.model_copy(update={"job_id": "J8", "branch_id": "B9"}),),
    )
    later = Approval(day=DAY + timedelta(days=1), by="Chen", at=at("08:00"))
    assert issues(wrong, later, later.model_copy(update={"day": DAY})) == [
        ("unknown-job", "approvals[0].visits[0].job_id"),
        ("unknown-technician", "approvals[0].visits[1].technician_id"),
        ("unknown-job", "approvals[0].tools[0].job_id"),
        ("unknown-branch", "approvals[0].tools[0].branch_id"),
        ("outside-horizon", "approvals[1].day"),
        ("two-approvals", "approvals[2].day"),
    ]


def test_a_file_without_approvals_has_nothing_of_them() -> None:
    assert "approvals" not in scenario().model_dump(mode="json")
