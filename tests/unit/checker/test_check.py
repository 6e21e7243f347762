from optimizer.checker import check_plan
from tests.unit.checker.sound import J1, J2, J3, TECHNICIAN, day, plan
from tests.unit.rules import build


def test_a_broken_rule_is_reported_with_advice() -> None:
    hard = build.scenario((TECHNICIAN,), (J1.model_copy(update={"skills": {"repair": 5}}), J2, J3))
    (finding,) = check_plan(hard, plan(day(), scenario=hard))
    # the technician has level 3
    assert (finding.code, finding.job_id, finding.over) == ("SKILL", "J1", 2)
    assert finding.advice


def test_a_rule_that_does_not_apply_is_not_checked() -> None:
    free = build.scenario(
        (TECHNICIAN,),
        (J1.model_copy(update={"skills": {"repair": 5}}), J2, J3),
        rules={"SKILL": {"active": False}},
    )
    assert check_plan(free, plan(day(), scenario=free)) == ()
