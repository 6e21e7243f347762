"""Facts that no rule reads yet are noted."""

from datetime import timedelta

import pytest

from optimizer.domain.job import Customer, Job, Rework, SiteFacts
from optimizer.domain.policy import DEFAULT_JOB_TYPES, Policy
from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from optimizer.rules import RULES
from optimizer.rules.not_yet import NOT_YET, notes
from tests.unit.rules.build import DAY, at, branch, job, scenario, technician


def test_a_plain_scenario_has_no_note() -> None:
    assert notes(scenario()) == ()


def test_a_fact_leaves_the_table_when_its_rule_comes() -> None:
    codes = [fact.code for fact in NOT_YET]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("one", "begins"),
    [
        (job(shared_tools=("hoist",)), "1 job with shared tools; the rule SHARED_TOOL is not there yet, so "),
        (job(parts={"fan": 1}), "1 job with spare parts; the rule PART is not there yet, so "),
        (
            job(customer=Customer(customer_id="C1", refused_technicians=("T1",))),
            "1 job with refused technicians; the rule CUSTOMER_EXCLUSION is not there yet, so ",
        ),
        (
            job(customer=Customer(customer_id="C1", known_technicians=("T1",))),
            "1 job with known technicians; the rule DEDICATED is not there yet, so ",
        ),
        (
            job(rework=Rework(installed_by="T1", installed_on=DAY - timedelta(days=9), fault="other")),
            "1 job with rework; the rule REWORK is not there yet, so ",
        ),
        *(
            (
                job(site=site),
                "1 job with a site that is not ready; the rule SITE_READY is not there yet, so ",
            )
            for site in (
                SiteFacts(power_supply_fit=False),
                SiteFacts(property_consent=False),
                SiteFacts(confirmations_signed=False),
            )
        ),
    ],
)
def test_one_fact_of_a_job(one: Job, begins: str) -> None:
    (note,) = notes(scenario(jobs=[one, job(job_id="J2", customer=Customer(customer_id="C2"))]))
    assert note.startswith(begins)


def test_promises() -> None:
    window = Window(start=at("09:00"), end=at("10:00"))
    promise = Promise(job_id="J1", technician_id="T1", window=window, start=at("09:30"))
    (note,) = notes(scenario(promises=[promise]))
    assert note == "1 promise already made; the rule PROMISE is not there yet, so what was told may change"


def test_everybody_who_states_a_fact_is_counted() -> None:
    # J1 needs a part itself, J2 by its type; T1 carries one, B1 has one in stock; J3 and T2 have none.
    types = DEFAULT_JOB_TYPES | {
        "refill": DEFAULT_JOB_TYPES["repair"].model_copy(update={"parts": {"gas": 1}})
    }
    of = scenario(
        [technician(parts={"fan": 1}), technician(technician_id="T2")],
        [job(parts={"fan": 1}), job(job_id="J2", type="refill"), job(job_id="J3")],
        branches=[branch(stock={"fan": 1})],
    ).model_copy(update={"policy": Policy(job_types=types)})
    assert notes(of) == (
        "2 jobs, 1 technician and 1 branch with spare parts; "
        "the rule PART is not there yet, so parts are not looked at",
    )
