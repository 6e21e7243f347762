"""Facts of the further rules for a random scenario: parts, promises, histories, the desk and the bench.

They are drawn from dice of their own, so that the rest of a scenario stays what its seed makes it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from optimizer.domain.branch import BenchBatch, Branch
from optimizer.domain.job import Customer, DeskFacts, Job, Rework
from optimizer.domain.promise import Promise
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Ledger, Technician
from optimizer.domain.time import Window
from tests.property.setting import chance

PARTS = ("fan motor", "control board", "R32 cylinder")


def with_facts(scenario: Scenario, seed: int) -> Scenario:
    """Return the scenario with further facts.

    Parameters
    ----------
    scenario : a valid scenario
    seed : any whole number
    """
    rng = Random(f"facts {seed}")
    richer = scenario.model_copy(
        update={
            "branches": tuple(_branch(rng, scenario, one) for one in scenario.branches),
            "technicians": tuple(
                clocked_in_by(scenario.now, _technician(rng, scenario, one)) for one in scenario.technicians
            ),
            "jobs": tuple(known_by(scenario.now, _job(rng, scenario, one)) for one in scenario.jobs),
        }
    )
    rules = {**scenario.policy.rules, **_rules(rng), **_dear_changes(Random(f"changes {seed}"))}
    policy = scenario.policy.model_copy(update={"rules": rules})
    return richer.model_copy(update={"promises": _promises(rng, richer), "policy": policy})


def _rules(rng: Random) -> dict[str, dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = {}
    if chance(rng, 0.6):
        rules["CUSTOMER_EXCLUSION"] = {"active": True}
    if chance(rng, 0.5):
        rules["PIECE_BONUS"] = {
            "from_order": rng.choice((1, 2, 3)),
            "cents_per_order": rng.choice((500, 90_000)),
        }
    if chance(rng, 0.3):
        rules["FAIRNESS"] = {
            "band_h": 1,
            "cents_per_hour": rng.choice((1_999, 9_999)),
            "most_cents_per_hour": 90_000,
            "usual_h_a_shift": 0,
        }
    if chance(rng, 0.3):
        rules["OVERQUALIFIED"] = {"tolerance_levels": 0, "cents_per_level": 2_500}
    return rules


def _dear_changes(rng: Random) -> dict[str, dict[str, Any]]:
    """Return prices of changes that decide more often than the usual ones."""
    prices = {name: rng.choice((0, 1_111, 3_333)) for name in ("technician_cents", "day_cents", "far_cents")}
    return (
        {"CHANGE": {**prices, "tolerance_min": rng.choice((0, 15)), "far_min": 60}}
        if chance(rng, 0.4)
        else {}
    )


def without_broken_promises(scenario: Scenario) -> Scenario:
    """Return the scenario without promises for pinned jobs, which might contradict the pin."""
    pinned = {pin.job_id for pin in scenario.pins}
    kept = tuple(one for one in scenario.promises if one.job_id not in pinned)
    return scenario.model_copy(update={"promises": kept})


def _branch(rng: Random, scenario: Scenario, branch: Branch) -> Branch:
    first = scenario.horizon.first_day
    bench = tuple(
        BenchBatch(
            batch_id=f"{branch.branch_id}-{i}",
            customer_id=rng.choice((None, "C-bench")),
            units=rng.choice((1, 10, 11, 35)),
            received_on=first - timedelta(days=rng.randint(0, 6)),
            handed_back_at=rng.choice((None, _before(rng, scenario, 100))),
        )
        for i in range(rng.choice((0, 0, 0, 1, 2)))
    )
    stock = {part: rng.choice((0, 1, 1, 2, 5)) for part in PARTS if chance(rng, 0.8)}
    return branch.model_copy(update={"stock": stock, "bench": bench})


def _technician(rng: Random, scenario: Scenario, technician: Technician) -> Technician:
    given: dict[str, Any] = {
        "parts": {part: rng.choice((0, 1, 1, 3)) for part in PARTS if chance(rng, 0.5)},
        "piece_pay": chance(rng, 0.85),
        "month_to_date": Ledger(
            jobs=160, repairs=rng.choice((0, 5, 6, 149, 150, 160)), hours=rng.choice((0, 3.5, 40, 41.25, 60))
        ),
    }
    if chance(rng, 0.45):
        day = rng.choice(scenario.horizon.dates())
        given["attendance"] = (Attendance(day=day, clocked_in_at=_clock_in(rng, scenario, technician, day)),)
    return technician.model_copy(update=given)


def _clock_in(rng: Random, scenario: Scenario, technician: Technician, day: date) -> datetime | None:
    shifts = [
        one for one in roster(scenario) if one.key == (technician.technician_id, day) and chance(rng, 0.5)
    ]
    return shifts[0].start + timedelta(minutes=rng.choice((-10, 0, 7, 40))) if shifts else None


def _job(rng: Random, scenario: Scenario, job: Job) -> Job:
    names = tuple(one.technician_id for one in scenario.technicians)
    given: dict[str, Any] = {"desk": _desk(rng, scenario)}
    if chance(rng, 0.3):
        given["parts"] = {part: rng.randint(1, 2) for part in rng.sample(PARTS, rng.choice((1, 1, 2)))}
    if chance(rng, 0.12):
        given["second_visit"] = rng.choice(("tools", "parts", "fault_back"))
    if chance(rng, 0.06):
        given["site"] = job.site.model_copy(
            update={rng.choice(("property_consent", "power_supply_fit")): False}
        )
    if chance(rng, 0.2):
        given["rework"] = _rework(rng, scenario, names)
    if job.customer is None and chance(rng, 0.9 if job.type == "maintenance" else 0.3):
        job = job.model_copy(update={"customer": Customer(customer_id=f"C-{job.job_id}")})
    if job.customer is not None:
        given["customer"] = _customer(rng, scenario, job.customer, names)
    return job.model_copy(update=given)


def _desk(rng: Random, scenario: Scenario) -> DeskFacts:
    def some() -> datetime | None:
        return _before(rng, scenario, 40) if chance(rng, 0.4) else None

    return DeskFacts(
        answered_at=some(),
        contacted_at=some(),
        unreachable=chance(rng, 0.1),
        replied_in_writing_at=some(),
        confirmed_at=some(),
        reached_manufacturer=chance(rng, 0.2),
    )


def known_by(now: datetime | None, job: Job) -> Job:
    """Return the job with nothing done before its report, and nothing after the present time."""

    def by_now(at: datetime | None) -> datetime | None:
        return at if at is None or now is None else min(at, now, key=datetime.timestamp)

    intake = by_now(job.intake_at)
    given: dict[str, Any] = {"intake_at": intake, "dispatched_at": by_now(job.dispatched_at)}
    if intake is not None:
        done = {
            name: at if at is None else max(at, intake, key=datetime.timestamp)
            for name in ("answered_at", "contacted_at", "replied_in_writing_at", "confirmed_at")
            for at in (getattr(job.desk, name),)
        }
        given["desk"] = job.desk.model_copy(update=done)
    return job.model_copy(update=given)


def clocked_in_by(now: datetime | None, technician: Technician) -> Technician:
    """Return the technician, not clocked in so far where that would come after the present time."""
    known = tuple(
        one.model_copy(update={"clocked_in_at": None})
        if now is not None and one.clocked_in_at is not None and one.clocked_in_at > now
        else one
        for one in technician.attendance
    )
    return technician.model_copy(update={"attendance": known})


def _rework(rng: Random, scenario: Scenario, names: tuple[str, ...]) -> Rework:
    return Rework(
        installed_by=rng.choice((*names, "somebody who left")),
        installed_on=scenario.horizon.first_day - timedelta(days=rng.choice((10, 200, 365, 366, 500))),
        fault=rng.choice(("water_leak", "refrigerant_leak", "refrigerant_leak", "other")),
        inverter=chance(rng, 0.4),
        installation_fault=chance(rng, 0.8),
        installer_failed=chance(rng, 0.2),
        noticed_at=_before(rng, scenario, 40) if chance(rng, 0.5) else None,
    )


def _customer(rng: Random, scenario: Scenario, customer: Customer, names: tuple[str, ...]) -> Customer:
    first = scenario.horizon.first_day
    return customer.model_copy(
        update={
            "known_technicians": (rng.choice(names),) if chance(rng, 0.5) else (),
            "refused_technicians": (rng.choice(names),) if chance(rng, 0.4) else (),
            "warranty_until": rng.choice(
                (None, first - timedelta(days=1), first, first + timedelta(days=99))
            ),
            "last_call_on": rng.choice((None, first - timedelta(days=rng.choice((5, 29, 31, 60))))),
            "last_visit_on": rng.choice(
                (None, first - timedelta(days=rng.choice((100, 184, 365, 366, 400))))
            ),
        }
    )


def _promises(rng: Random, scenario: Scenario) -> tuple[Promise, ...]:
    found: list[Promise] = []
    for job in scenario.jobs:
        shifts = roster(scenario)
        if job.windows:
            found.extend(_asked(Random(f"asked {job.job_id} {job.windows}"), scenario, job))
        if not shifts or job.windows or not chance(rng, 0.15):
            continue
        one = rng.choice(shifts)
        length = round((one.end - one.start).total_seconds()) // 60
        opens = one.start + timedelta(minutes=rng.randint(0, length))
        found.append(
            Promise(
                job_id=job.job_id,
                technician_id=rng.choice(scenario.technicians).technician_id,
                window=Window(start=opens, end=opens + timedelta(minutes=rng.choice((0, 60, 180)))),
                start=opens + timedelta(minutes=rng.choice((0, 0, 25))) if chance(rng, 0.5) else opens,
                told=chance(rng, 0.85),
                asked=chance(Random(f"asked {job.job_id} {opens}"), 0.25),
                told_at=job.intake_at if chance(Random(f"told {job.job_id} {opens}"), 0.5) else None,
            )
        )
    return tuple(one for one in found if one.start <= one.window.end)


def _asked(rng: Random, scenario: Scenario, job: Job) -> Iterator[Promise]:
    """Yield for some jobs with appointments one that the customer is asked to move."""
    if chance(rng, 0.15):
        window = rng.choice(job.windows)
        who = rng.choice(scenario.technicians).technician_id
        yield Promise(job_id=job.job_id, technician_id=who, window=window, start=window.start, asked=True)


def _before(rng: Random, scenario: Scenario, hours: int) -> datetime:
    """Return a moment in the hours before the present time."""
    present = scenario.now or min((one.start for one in roster(scenario)), default=None)
    if present is None:
        present = datetime.fromisoformat(f"{scenario.horizon.first_day.isoformat()}T09:00:00+08:00")
    return present - timedelta(minutes=rng.randint(0, 60 * hours))
