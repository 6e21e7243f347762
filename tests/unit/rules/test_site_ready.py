"""SITE_READY."""

from itertools import product

import pytest

from optimizer.domain.job import SiteFacts
from optimizer.domain.policy import DEFAULT_JOB_TYPES, Policy
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Certificate
from optimizer.rules.site_ready import RULE, SiteReadyParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = SiteReadyParams()
DONE = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]
NOTHING = SiteFacts(power_supply_fit=False, property_consent=False, confirmations_signed=False)


def test_kept() -> None:
    of = scenario(jobs=[job(type="installation")])
    assert list(RULE.check(of, PARAMS, plan(of, DONE))) == []
    of = scenario(jobs=[job(type="repair", site=NOTHING)])
    assert list(RULE.check(of, PARAMS, plan(of, DONE))) == []


@pytest.mark.parametrize("there", [facts for facts in product((True, False), repeat=3) if not all(facts)])
def test_missing_facts_are_counted(there: tuple[bool, bool, bool]) -> None:
    site = SiteFacts(power_supply_fit=there[0], property_consent=there[1], confirmations_signed=there[2])
    of = scenario(jobs=[job(type="installation", site=site)])
    (finding,) = RULE.check(of, PARAMS, plan(of, DONE))
    assert (finding.code, finding.job_id, finding.technician_id) == ("SITE_READY", "J1", "T1")
    assert (finding.over, finding.limit, finding.unit) == (there.count(False), 0, "missing")
    assert "J1" in RULE.advise(finding)


def test_the_sentence_names_what_is_missing() -> None:
    of = scenario(jobs=[job(type="installation", site=NOTHING)])
    (finding,) = RULE.check(of, PARAMS, plan(of, DONE))
    assert finding.sentence == (
        "The site of J1 is not ready: the power supply cannot carry the unit, "
        "the property management has not agreed, the confirmations are not signed."
    )


def test_other_kinds_may_wait_too() -> None:
    of = scenario(jobs=[job(type="survey", site=NOTHING)])
    both = SiteReadyParams(kinds=("installation", "survey"))
    assert [finding.over for finding in RULE.check(of, both, plan(of, DONE))] == [3]


def test_a_policy_may_name_job_types() -> None:
    types = DEFAULT_JOB_TYPES | {"pipes": DEFAULT_JOB_TYPES["installation"]}
    jobs = [job(type="installation", site=NOTHING), job(job_id="J2", type="pipes", site=NOTHING)]
    of = scenario([technician(), technician(technician_id="T2")], jobs)
    of = of.model_copy(update={"policy": Policy(job_types=types)})
    only_pipes = SiteReadyParams(job_types=("pipes",))
    draft = Recording(of)
    RULE.compile(of, only_pipes, draft)
    assert {one for one, _ in draft.forbidden} == {"J2"}
    stops = [stop("J1", at("09:30"), at("10:30")), stop("J2", at("11:00"), at("12:00"))]
    assert [one.job_id for one in RULE.check(of, only_pipes, plan(of, [shift_plan(stops)]))] == ["J2"]
    assert list(RULE.validate(of, only_pipes)) == []
    (issue,) = RULE.validate(of, SiteReadyParams(job_types=("pipes", "ducts")))
    assert (issue.code, issue.path) == ("unknown-job-type", "policy.rules.SITE_READY.job_types[1]")


def test_compile_lets_the_job_wait_whoever_could_do_it() -> None:
    jobs = [
        job(type="installation", site=SiteFacts(property_consent=False)),
        job(job_id="J2", type="installation"),
        job(job_id="J3", site=NOTHING),
        job(job_id="J4", type="installation", site=NOTHING),
    ]
    of = scenario([technician(), technician(technician_id="T2")], jobs, days=2)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    shifts = [ShiftKey(who, day) for who in ("T1", "T2") for day in (DAY, NEXT_DAY)]
    assert draft.forbidden == {(one, key) for one in ("J1", "J4") for key in shifts}
    assert draft.calls == ["forbid"]


def test_solve_honours_it() -> None:
    installer = technician(
        skills={"installation": 3}, kits=("installer",), certificates=(Certificate(name="welding"),)
    )
    jobs = [
        job(type="installation", site=SiteFacts(confirmations_signed=False)),
        job(job_id="J2", type="installation"),
    ]
    made = solved(scenario([installer], jobs))
    assert (who_does(made), made.unserved) == ({"J2": "T1"}, ("J1",))
    off = scenario([installer], jobs, rules={"SITE_READY": {"active": False}})
    assert solved(off).unserved == ()
