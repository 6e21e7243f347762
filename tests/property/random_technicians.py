"""Random technicians: mostly able to do most jobs, each with something of their own that is not in order."""

from datetime import date, time
from typing import Literal

from optimizer.domain.technician import (
    BreakRule,
    Certificate,
    Ledger,
    Onboarding,
    Shift,
    Technician,
    Territory,
)
from optimizer.domain.time import DateRange, DaySpan
from tests.property.setting import Setting, chance, days_before, point

KINDS = ("repair", "installation", "complaint", "maintenance")
SKILLS = (*KINDS, "survey", *(f"{kind}/{product}" for kind in KINDS for product in ("aircon", "heater")))
"""Skills that random jobs may ask for."""


def random_technician(setting: Setting, technician_id: str) -> Technician:
    """Return one technician of a random scenario."""
    rng = setting.rng
    at_home = chance(rng, 0.4)
    ends_at_home = at_home and chance(rng, 0.7)
    return Technician(
        technician_id=technician_id,
        branch_id=rng.choice(setting.branches),
        home=point(setting) if at_home else None,
        starts_from="home" if at_home else "branch",
        ends_at="home" if ends_at_home else "branch",
        skills={skill: rng.randint(1, 5) for skill in SKILLS if chance(rng, 0.93)},
        level=rng.randint(1, 5),
        certificates=_certificates(setting),
        kits=("installer", "repairer") if chance(rng, 0.9) else (rng.choice(("installer", "repairer")),),
        tools=("rope",) if chance(rng, 0.75) else (),
        missing_tools=("multimeter",) if chance(rng, 0.04) else (),
        last_inspection=_inspected(setting),
        means=rng.choice(("car", "car", "motorcycle", "public_transport")),
        territory=_territory(setting),
        shifts=_shifts(setting),
        min_rest_min=rng.choice((11 * 60, 11 * 60, 8 * 60, 14 * 60, 16 * 60)),
        leave=_days(setting, 0.08),
        suspended=_days(setting, 0.06),
        onboarding=_onboarding(setting),
        wage_cents_per_hour=rng.choice((None, 2_999, 5_001)),
        week_to_date=Ledger(jobs=rng.randint(0, 3), hours=rng.choice((0, 3.5, 7)))
        if chance(rng, 0.3)
        else Ledger(),
    )


def _inspected(setting: Setting) -> date | None:
    if chance(setting.rng, 0.75):
        return None
    return days_before(setting.days[0], setting.rng.choice((3, 20, 30, 31, 40)))


def _certificates(setting: Setting) -> tuple[Certificate, ...]:
    rng = setting.rng
    found = []
    for name in ("welding", "electrician"):
        if chance(rng, 0.85):
            until = days_before(setting.days[0], rng.choice((1, 0, -1, -400))) if chance(rng, 0.3) else None
            found.append(Certificate(name=name, valid_until=until))
    return tuple(found)


def _territory(setting: Setting) -> Territory:
    rng = setting.rng
    if chance(rng, 0.75):
        return Territory()
    return rng.choice(
        (
            Territory(areas=("north", "south")),
            Territory(branches=(rng.choice(setting.branches),)),
            Territory(radius_km=round(setting.spread_km * rng.uniform(0.3, 1.5), 2)),
        )
    )


def _onboarding(setting: Setting) -> Onboarding:
    rng = setting.rng
    if chance(rng, 0.88):
        return Onboarding()
    return rng.choice(
        (Onboarding(examined=False), Onboarding(insured=False), Onboarding(trained_products=("heater",)))
    )


def _days(setting: Setting, probability: float) -> tuple[DateRange, ...]:
    if not chance(setting.rng, probability):
        return ()
    first = setting.rng.choice(setting.days)
    return (
        DateRange(
            first_day=first, last_day=setting.rng.choice([day for day in setting.days if day >= first])
        ),
    )


def _shifts(setting: Setting) -> tuple[Shift, ...] | None:
    rng = setting.rng
    if chance(rng, 0.3):
        return None
    return tuple(_shift(setting, day) for day in setting.days if chance(rng, 0.9))


def _shift(setting: Setting, day: date) -> Shift:
    rng = setting.rng
    start, end = rng.choice(
        (
            (time(9), time(18)),
            (time(8, 30), time(12, 45)),
            (time(9), time(13)),
            (time(12, 10), time(20, 30)),
            (time(7), time(22)),
            (time(17), time(2)),
            (time(22), time(6)),
        )
    )
    absences = []
    if start < time(11) and end > time(12, 30):
        if chance(rng, 0.15):
            absences.append(DaySpan(start=time(10), end=time(10, rng.choice((20, 50)))))
        if chance(rng, 0.12):
            absences.append(DaySpan(start=time(12, rng.choice((0, 15))), end=time(12, 30)))
    if start <= time(13) and end > time(16) and chance(rng, 0.12):
        absences.append(DaySpan(start=time(15), end=time(15, 45)))
    rest: Literal["policy", "none"] = rng.choice(("policy", "policy", "none"))
    own = BreakRule(
        minutes=rng.choice((30, 75)),
        inside=DaySpan(start=time(11, 30), end=rng.choice((time(12, 45), time(13, 20)))),
    )
    return Shift(
        day=day,
        start=start,
        end=end,
        overtime_limit_min=rng.choice((None, None, 0, 45)),
        rest=own if chance(rng, 0.3) else rest,
        absences=tuple(absences),
        start_at=point(setting) if chance(rng, 0.07) else None,
        end_at=point(setting) if chance(rng, 0.07) else None,
    )
