"""DEDICATED."""

import pytest

from optimizer.domain.job import Customer, Job
from optimizer.rules.dedicated import RULE, DedicatedParams
from tests.unit.rules.build import (
    DAY,
    at,
    job,
    near_and_far,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = DedicatedParams()
PEOPLE = [technician(technician_id=name) for name in ("T1", "T2", "T3")]


def at_customer(*known: str, key: bool = True, job_id: str = "J1") -> Job:
    return job(job_id=job_id, customer=Customer(customer_id="C1", key_customer=key, known_technicians=known))


def owed(one: Job, who: str) -> list[int]:
    of = scenario(PEOPLE, [one])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))], technician_id=who)])
    return [line.cents for line in RULE.bill(of, PARAMS, made)]


def priced(*jobs: Job) -> dict[tuple[str, str], int]:
    draft = Recording(scenario(PEOPLE, jobs))
    RULE.compile(scenario(PEOPLE, jobs), PARAMS, draft)
    return {(one, key.technician_id): cents for (one, key), cents in draft.assignment.items()}


def test_the_person_they_know_owes_nothing() -> None:
    assert owed(at_customer("T1", "T2"), "T1") == []
    assert owed(at_customer("T1", "T2"), "T2") == []


@pytest.mark.parametrize(("key", "cents"), [(True, 5_000), (False, 1_000)])
def test_a_stranger_is_owed(key: bool, cents: int) -> None:
    one = at_customer("T1", "T2", key=key)
    assert owed(one, "T3") == [cents]
    assert priced(one) == {("J1", "T3"): cents}


def test_where_nobody_is_known_nothing_is_owed() -> None:
    assert owed(at_customer(), "T3") == []
    assert owed(job(), "T3") == []
    assert priced(at_customer(), job(job_id="J2")) == {}


def test_where_the_known_person_has_left_everybody_is_a_stranger() -> None:
    assert owed(at_customer("T9"), "T1") == [5_000]
    assert priced(at_customer("T9")) == {("J1", name): 5_000 for name in ("T1", "T2", "T3")}


def test_sentences() -> None:
    for key, sentence in (
        (True, "T3 goes to J1, where the key customer knows T1 or T2: ¥50.00."),
        (False, "T3 goes to J1, where the site is known to T1 or T2: ¥10.00."),
    ):
        of = scenario(PEOPLE, [at_customer("T1", "T2", key=key)])
        made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))], technician_id="T3")])
        (line,) = RULE.bill(of, PARAMS, made)
        assert (line.sentence, line.kind, line.day) == (sentence, "service", DAY)


def test_jobs_alike_are_said_in_one_call() -> None:
    jobs = [at_customer("T1", "T2"), at_customer("T2", "T1", job_id="J2"), at_customer("T1", job_id="J3")]
    draft = Recording(scenario(PEOPLE, jobs))
    RULE.compile(scenario(PEOPLE, jobs), PARAMS, draft)
    assert draft.calls == ["price_assignment"] * 2


def test_prices_of_nothing_are_not_said() -> None:
    of = scenario(PEOPLE, [at_customer("T1")])
    draft = Recording(of)
    RULE.compile(of, DedicatedParams(key_customer_cents=0), draft)
    assert draft.calls == []


def test_solve_sends_the_person_they_know_if_that_is_not_too_far() -> None:
    # The way from the other branch costs 2,613 cents more: worth it for a key customer (5,000), not else (1,000).
    near, far = technician(), technician(technician_id="T2", branch_id="B2")
    assert who_does(solved(near_and_far(near, far, [at_customer("T2")]))) == {"J1": "T2"}
    assert who_does(solved(near_and_far(near, far, [at_customer("T2", key=False)]))) == {"J1": "T1"}
