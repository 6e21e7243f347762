"""Facts that no rule reads yet are noted."""

from optimizer.rules import RULES
from optimizer.rules.not_yet import NOT_YET, notes
from tests.unit.rules.build import branch, job, scenario


def test_a_plain_scenario_has_no_note() -> None:
    assert notes(scenario()) == ()


def test_a_fact_leaves_the_table_when_its_rule_comes() -> None:
    codes = [fact.code for fact in NOT_YET]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & {rule.code for rule in RULES}


def test_everybody_who_states_a_fact_is_counted() -> None:
    of = scenario(
        jobs=[job(shared_tools=("hoist",)), job(job_id="J2", shared_tools=("hoist",)), job(job_id="J3")],
        branches=[branch(shared_tools={"hoist": 1})],
    )
    assert notes(of) == (
        "2 jobs and 1 branch with shared tools; "
        "the rule SHARED_TOOL is not there yet, so nobody counts how many are out at once",
    )


def test_one_fact_is_said_in_the_singular() -> None:
    (note,) = notes(scenario(jobs=[job(shared_tools=("hoist",)), job(job_id="J2")]))
    assert note.startswith("1 job with shared tools; ")
