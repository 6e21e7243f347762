"""Random jobs: short and long, promised and free, urgent and not, with clocks that run or ran out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from optimizer.domain.job import PRIORITIES, Customer, Job, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.time import Window
from tests.property.setting import Setting, chance, moment, point, window

TYPES = (
    "repair",
    "repair",
    "quick repair",
    "quick repair",
    "installation",
    "short installation",
    "complaint",
)


def random_job(setting: Setting, job_id: str, places: Sequence[Place]) -> Job:
    """Return one job of a random scenario, sometimes at one of the places given."""
    rng = setting.rng
    intake = _intake(setting) if chance(rng, 0.7) else None
    late_order = intake is not None and chance(rng, 0.5)
    return Job(
        job_id=job_id,
        type=rng.choice((*TYPES, "maintenance", "survey")),
        product=rng.choice(("aircon", "heater")) if chance(rng, 0.35) else None,
        customer=Customer(customer_id=f"C-{job_id}", key_customer=chance(rng, 0.5))
        if chance(rng, 0.3)
        else None,
        place=_place(setting, places),
        area=rng.choice((None, "north", "south")),
        branch_id=rng.choice((None, *setting.branches)),
        units=rng.choice((1, 1, 2, 3)),
        duration_min=rng.choice((10, 33, 60, 150)) if chance(rng, 0.4) else None,
        setup_min=rng.choice((0, 7)) if chance(rng, 0.3) else None,
        windows=_windows(setting),
        priority=rng.choice(PRIORITIES),
        skills={"repair": rng.randint(1, 4)} if chance(rng, 0.15) else {},
        certificates=("electrician",) if chance(rng, 0.12) else (),
        tools=("ladder",) if chance(rng, 0.02) else (),
        site=_site(setting),
        intake_at=intake,
        dispatched_at=intake + timedelta(minutes=rng.randint(0, 300)) if intake and late_order else None,
        contract=chance(rng, 0.2),
        complaint=rng.choice(("none", "none", "none", "complaint", "strong")),
        drive_line=chance(rng, 0.05),
        supplier_needed=chance(rng, 0.1),
        delay_agreed=chance(rng, 0.1),
    )


def _place(setting: Setting, places: Sequence[Place]) -> Place:
    rng = setting.rng
    if chance(rng, 0.2):
        return rng.choice(places)
    return point(setting, km_east=120.0 if chance(rng, 0.03) else 0.0)


def _site(setting: Setting) -> SiteFacts:
    rng = setting.rng
    if chance(rng, 0.8):
        return SiteFacts()
    return SiteFacts(working_height_m=rng.choice((2.5, 2.6, 9)), outdoor_unit_floor=rng.choice((0, 1, 2, 5)))


def _intake(setting: Setting) -> datetime:
    """Return a report between 60 hours before and one day after the horizon's first midnight."""
    return moment(setting, setting.days[0], setting.rng.randint(-60 * 60, 24 * 60))


def _windows(setting: Setting) -> tuple[Window, ...]:
    rng = setting.rng
    days = [day for day in setting.days if chance(rng, 0.75)] or list(setting.days[:1])
    pattern = rng.choice(("none", "none", "narrow", "moment", "half", "several", "night"))
    if pattern == "none":
        return ()
    if pattern == "moment":
        return (window(setting, days[0], rng.randint(9 * 60, 17 * 60), 0),)
    if pattern == "night":
        return tuple(window(setting, day, 20 * 60, rng.choice((60, 10 * 60))) for day in days)
    if pattern == "half":
        return tuple(window(setting, day, rng.choice((9 * 60, 13 * 60)), 4 * 60) for day in days)
    if pattern == "narrow":
        return tuple(
            window(setting, day, rng.randint(8 * 60, 19 * 60), rng.choice((10, 60, 120))) for day in days
        )
    return tuple(
        window(setting, day, start + rng.randint(0, 60), rng.randint(0, 90))
        for day in days
        for start in (9 * 60, 12 * 60, 16 * 60)
        if chance(rng, 0.8)
    ) or (window(setting, days[0], 9 * 60, 60),)
