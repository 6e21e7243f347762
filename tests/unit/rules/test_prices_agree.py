"""What the search is told and what the bill says agree to the cent, for any plan: they are written apart."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from optimizer.domain.job import Customer, Job, Rework
from optimizer.domain.plan import Plan, Stop
from optimizer.domain.promise import Promise
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Technician
from optimizer.domain.time import Horizon, Window
from optimizer.rules.base import Rule
from optimizer.rules.broken_appointment import RULE as BROKEN_APPOINTMENT
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.dedicated import RULE as DEDICATED
from optimizer.rules.empty_visit import RULE as EMPTY_VISIT
from optimizer.rules.fairness import RULE as FAIRNESS
from optimizer.rules.month_bonus import RULE as MONTH_BONUS
from optimizer.rules.overqualified import RULE as OVERQUALIFIED
from optimizer.rules.piece_bonus import RULE as PIECE_BONUS
from optimizer.rules.subsidy import RULE as SUBSIDY
from tests.unit.rules.build import at, branch, job, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.recording import Load, Recording

FIRST = date(2026, 7, 30)  # three days go over the month's end
END = at("00:00", date(2026, 8, 2))
NAMES = ("T1", "T2", "T3", "T4")
CASES: tuple[tuple[Rule[Any], dict[str, Any]], ...] = (
    (BROKEN_APPOINTMENT, {}),
    (PIECE_BONUS, {"from_order": 2}),
    (MONTH_BONUS, {}),
    (EMPTY_VISIT, {"expected_percent": 7, "empty_visit_cents": 1_234}),
    (SUBSIDY, {}),
    (DEDICATED, {}),
    (OVERQUALIFIED, {"tolerance_levels": 0}),
    (CHANGE, {"technician_cents": 1_237, "moved_cents": 777, "far_cents": 555, "far_min": 90}),
    (FAIRNESS, {"band_h": 1, "cents_per_hour": 233, "most_cents_per_hour": 1_300, "usual_h_a_shift": 1}),
)


def some(dice: Random, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if dice.random() < 0.5)


def random_technician(dice: Random, name: str) -> Technician:
    return technician(
        technician_id=name,
        branch_id=dice.choice(("B1", "B1", "B2")),
        skills={"repair": dice.randint(1, 5), "wiring": dice.randint(1, 5)},
        piece_pay=dice.random() < 0.8,
        month_to_date=Ledger(
            repairs=dice.choice((0, 147, 148, 149, 150, 151)), hours=dice.choice((0, 1.26, 7, 12.345))
        ),
    )


def random_job(dice: Random, name: str) -> Job:
    hours = [(at("09:00", FIRST) + timedelta(hours=24 * day)) for day in range(-1, 5)]
    rework = Rework(
        installed_by=dice.choice((*NAMES, "T9")),
        installed_on=FIRST - timedelta(days=dice.choice((40, 364, 365, 366))),
        fault=dice.choice(("water_leak", "refrigerant_leak", "other")),
        inverter=dice.random() < 0.5,
        installation_fault=dice.random() < 0.8,
        installer_failed=dice.random() < 0.3,
    )
    return job(
        job_id=name,
        type=dice.choice(("repair", "repair", "maintenance")),
        skills={"wiring": dice.randint(1, 3)} if dice.random() < 0.3 else {},
        windows=tuple(
            Window(start=one, end=one + timedelta(hours=2)) for one in hours if dice.random() < 0.3
        ),
        customer=Customer(
            customer_id=f"C-{name}", key_customer=dice.random() < 0.5, known_technicians=some(dice, NAMES)
        )
        if dice.random() < 0.7
        else None,
        rework=rework if dice.random() < 0.6 else None,
        complaint=dice.choice(("none", "complaint", "strong")),
        second_visit=dice.choice(("none", "tools", "parts", "fault_back")),
    )


def random_promise(dice: Random, job_id: str) -> Promise:
    """Return a promise for a morning that nobody has to keep: internal, or the customer is asked."""
    start = at("08:00", FIRST) + timedelta(hours=24 * dice.randint(0, 3), minutes=dice.choice((0, 90, 240)))
    told = dice.random() < 0.6
    return Promise(
        job_id=job_id,
        technician_id=dice.choice(NAMES),
        window=Window(start=start, end=start + timedelta(hours=2)),
        start=start + timedelta(minutes=dice.choice((-20, 0, 20))),
        told=told,
        asked=told or dice.random() < 0.5,
    )


def random_scenario(dice: Random) -> Scenario:
    jobs = [random_job(dice, f"J{number}") for number in range(8)]
    day = at("09:00", FIRST) + timedelta(hours=24 * dice.randint(0, 4))
    told = Promise(
        job_id=dice.choice(jobs).job_id,
        technician_id="T1",
        window=Window(start=day, end=day + timedelta(hours=1)),
        start=day,
        told=dice.random() < 0.7,
    )
    others = Random(f"promises {dice.random()}")
    base = scenario(
        [random_technician(dice, name) for name in NAMES],
        jobs,
        branches=[branch(), branch(branch_id="B2")],
        promises=[told, *(random_promise(others, one.job_id) for one in jobs if others.random() < 0.5)],
    )
    now = dice.choice((None, at("12:00", FIRST)))  # at noon the promise of the first morning has passed
    return base.model_copy(update={"horizon": Horizon(first_day=FIRST, days=3), "now": now})


def random_plan(dice: Random, of: Scenario, keys: list[ShiftKey]) -> Plan:
    """Return a plan in which each job goes somewhere or is left out; times are in order, nothing else is.

    Some jobs take several people, some several days.
    """
    stops: defaultdict[ShiftKey, list[Stop]] = defaultdict(list)
    clock: dict[ShiftKey, datetime] = {}
    for one in of.jobs:
        seats, parts = dice.choice((1, 1, 2, 3)), dice.choice((1, 1, 2))
        chosen = [dice.choice([*keys[:3], *keys, None])]
        if chosen[0] is not None:
            others = [key for key in keys if key != chosen[0]]
            chosen += dice.sample(others, seats * parts - 1)
        for number, key in enumerate(chosen):
            if key is not None:
                start = clock.get(key, at("09:00", key.day))
                clock[key] = start + timedelta(seconds=dice.randint(100, 9_000))
                part, seat = divmod(number, seats)
                setup_s = dice.choice((0, 90))
                stops[key].append(stop(one.job_id, start, clock[key], setup_s=setup_s, seat=seat, part=part))
    days = [shift_plan(made, technician_id=key.technician_id, day=key.day) for key, made in stops.items()]
    return plan(of, days)


def added_up(draft: Recording, made: Plan) -> int:
    """Return what the verbs cost in a plan, each as the draft says.

    Who serves a job is priced for the lead on the first day, and so is when it starts; everybody's hours count, and as
    a job the first day. Lateness of what is left out is that of the last day's end.
    """
    visits = [(one, day.key) for day in made.shifts for one in day.stops]
    owed = draft.charged + sum(cents for one in made.unserved for _, cents in draft.unserved.get(one, []))
    owed += sum(
        draft.assignment.get((one.job_id, key), 0) for one, key in visits if one.seat == one.part == 0
    )
    starts = {one.job_id: one.start for one, _ in visits if one.seat == one.part == 0}
    for job_id, event, steps in draft.lateness:
        assert event == "start"
        at_s = starts.get(job_id, END).timestamp()
        for step in steps:
            owed += step.cents if at_s > step.after.timestamp() else 0
            assert step.cents_per_hour == 0
    for meter in draft.loads:
        inside = [one for one, key in visits if key in meter.shifts]
        if meter.jobs is None:
            owed += of_load(meter, sum(one.service_s for one in inside), 3600)
        else:
            owed += of_load(meter, sum(one.part == 0 and one.job_id in meter.jobs for one in inside), 1)
    return owed


def of_load(meter: Load, load: int, unit: int) -> int:
    owed = 0
    for step in meter.steps:
        for sign, stands in ((1, meter.before + load), (-1, meter.before)):
            if stands > step.after:
                beyond = (stands - step.after) * step.cents_per_unit
                owed += sign * (step.cents + (beyond + unit // 2) // unit)
    return owed


@pytest.mark.parametrize(("rule", "values"), CASES, ids=[rule.code for rule, _ in CASES])
def test_the_bill_is_what_the_search_is_told(rule: Rule[Any], values: dict[str, Any]) -> None:
    params = rule.params.model_validate(values)
    amounts = set()
    for seed in range(25):
        dice = Random(seed)
        of = random_scenario(dice)
        draft = Recording(of)
        rule.compile(of, params, draft)
        for _ in range(4):
            made = random_plan(dice, of, [one.key for one in draft.shifts])
            owed = sum(line.cents for line in rule.bill(of, params, made))
            assert owed == added_up(draft, made), seed
            amounts.add(owed)
    assert len(amounts) > 1, "the plans are too much alike to show anything"


def test_the_search_counts_the_same() -> None:
    from optimizer.control import Iterations
    from optimizer.planning import plan_with_steps

    rules = {rule.code: values for rule, values in CASES}
    for seed in range(8):
        of = random_scenario(Random(seed))
        of = of.model_copy(update={"policy": of.policy.model_copy(update={"rules": rules})})
        planned = plan_with_steps(of, stop=Iterations(60), seed=seed)
        assert planned.solution.cents == planned.document.assessment.bill.total_cents, seed
