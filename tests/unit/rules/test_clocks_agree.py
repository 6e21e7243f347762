"""What the search adds up for a clock is what the bill owes: compile and bill are written apart."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from optimizer.domain.job import Customer, DeskFacts, Job, Rework
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.base import Rule
from optimizer.rules.complaint import RULE as COMPLAINT
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.dispatch import RULE as DISPATCH
from optimizer.rules.late import RULE as LATE
from optimizer.rules.onsite_contract import RULE as ONSITE_CONTRACT
from optimizer.rules.periodic_visit import RULE as PERIODIC_VISIT
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.rework import RULE as REWORK
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.recording import Recording

PRICED: list[tuple[Rule[Any], dict[str, Any]]] = [
    (DISPATCH, {"missed_target_cents": 70}),
    (ARRIVE_NEAR, {}),
    (REPLY_FAR, {}),
    (ONSITE_CONTRACT, {}),
    (COMPLETE, {"missed_target_cents": 70}),
    (REWORK, {"cents_per_hour_late": 777}),
    (COMPLAINT, {"cents_per_hour_late": 333}),
    (PERIODIC_VISIT, {"cents_per_hour_late": 11}),
    (LATE, {}),
]
END = at("00:00", NEXT_DAY)


def moment(dice: Random) -> datetime:
    return at("00:00") + timedelta(minutes=dice.randint(-60 * 60, 20 * 60), seconds=dice.choice((0, 17)))


def random_job(dice: Random, name: str) -> Job:
    """Return a job with facts for every clock."""
    some = [moment(dice) if dice.random() < 0.6 else None for _ in range(3)]
    return job(
        job_id=name,
        type=dice.choice(("repair", "repair", "complaint", "maintenance")),
        intake_at=moment(dice) if dice.random() < 0.9 else None,
        dispatched_at=some[0] if dice.random() < 0.5 else None,
        supplier_needed=dice.random() < 0.4,
        contract=dice.random() < 0.7,
        complaint=dice.choice(("none", "complaint", "strong")),
        desk=DeskFacts(confirmed_at=some[1]),
        rework=Rework(
            installed_by="T1",
            installed_on=DAY - timedelta(days=dice.choice((9, 365, 366))),
            fault="refrigerant_leak",
            noticed_at=some[2],
        ),
        customer=Customer(
            customer_id=name,
            key_customer=dice.random() < 0.5,
            warranty_until=DAY,
            last_visit_on=DAY - timedelta(days=dice.choice((180, 181, 182, 364, 365, 366, 400))),
        ),
    )


def told(dice: Random, one: Job) -> Promise:
    """Return what the customer was told, or was to be told, perhaps with the moment."""
    return Promise(
        job_id=one.job_id,
        technician_id="T1",
        window=Window(start=at("16:00"), end=at("20:00")),
        start=at("16:00"),
        told=dice.random() < 0.7,
        told_at=moment(dice) if dice.random() < 0.5 else None,
    )


def random_plan(dice: Random, of: Scenario) -> Plan:
    """Return a plan that serves some of the jobs, some after midnight, some by two people or in two parts."""
    shifts = []
    for i, one in enumerate(of.jobs):
        start = at("16:00") + timedelta(minutes=dice.randint(0, 9 * 60), seconds=dice.choice((0, 1)))
        if dice.random() < 0.6:
            for part in range(dice.choice((1, 1, 2))):
                begin = start + timedelta(minutes=100 * part)
                for seat in range(dice.choice((1, 1, 2))):
                    end = begin + timedelta(minutes=50 + 7 * seat)
                    done = stop(one.job_id, begin + timedelta(minutes=3 * seat), end, seat=seat, part=part)
                    shifts.append(shift_plan([done], technician_id=f"T{(i + seat) % len(of.jobs)}"))
    dice.shuffle(shifts)  # the order in a file means nothing
    return plan(of, shifts)


def added_up(draft: Recording, made: Plan) -> int:
    """Return what the verbs cost for a plan."""
    stops = [one for shift in made.shifts for one in shift.stops if one.seat == 0]
    first = {one.job_id: one for one in sorted(stops, key=lambda one: -one.part)}
    last = {one.job_id: one for one in sorted(stops, key=lambda one: one.part)}
    cents = draft.charged
    for job_id, said in draft.unserved.items():
        cents += 0 if job_id in first else sum(price for _, price in said)
    for job_id, event, steps in draft.lateness:
        when = END
        if job_id in first:
            when = first[job_id].start if event == "start" else last[job_id].end
        for step in steps:
            over_s = round(when.timestamp() - step.after.timestamp())
            cents += step.cents + (over_s * step.cents_per_hour + 1800) // 3600 if over_s > 0 else 0
    return cents


@pytest.mark.parametrize(("rule", "values"), PRICED, ids=[rule.code for rule, _ in PRICED])
def test_the_bill_is_what_the_verbs_add_up_to(rule: Rule[Any], values: dict[str, Any]) -> None:
    params = rule.params(**values)
    owing = 0
    for seed in range(60):
        dice = Random(seed)
        crew = [technician(technician_id=f"T{i}") for i in range(6)]
        now = dice.choice((None, at("08:00"), at("15:59:30"), at("18:00", DAY - timedelta(days=1))))
        jobs = [random_job(dice, f"J{i}") for i in range(6)]
        of = scenario(crew, jobs, now=now, promises=[told(dice, one) for one in jobs if dice.random() < 0.3])
        made = random_plan(dice, of)
        draft = Recording(of)
        rule.compile(of, params, draft)
        billed = sum(line.cents for line in rule.bill(of, params, made))
        assert billed == added_up(draft, made), seed
        owing += billed > 0
    assert owing > 20, "the plans owe too little to show anything"
