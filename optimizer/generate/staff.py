"""The technicians of a generated scenario: installers, repairers, and a few who do both."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Final, Literal, TypeVar

from optimizer.domain.branch import Branch
from optimizer.domain.technician import (
    BreakRule,
    Certificate,
    Ledger,
    Level,
    Means,
    Onboarding,
    Shift,
    Technician,
    Territory,
)
from optimizer.domain.time import DateRange, DaySpan
from optimizer.generate.region import Region

T = TypeVar("T")

Trade = Literal["installer", "repairer", "both"]
Fate = Literal["fit", "leave", "suspended", "inspection overdue", "tool missing", "not examined"]

TRADES: Final[tuple[Trade, ...]] = 4 * ("installer",) + 4 * ("repairer",) + ("both",)
"""Of every nine technicians, four install, four repair, and one does both."""
FATES: Final[tuple[Fate, ...]] = (
    *("fit",) * 54,
    *("leave", "leave", "suspended", "inspection overdue", "tool missing", "not examined"),
)
"""Of every sixty technicians, six cannot work on the first day."""
MEANS: Final[dict[Means, int]] = {"car": 70, "motorcycle": 22, "public_transport": 8}
KINDS: Final[dict[Trade, tuple[str, ...]]] = {
    "installer": ("installation", "survey"),
    "repairer": ("repair", "complaint", "maintenance"),
    "both": ("installation", "survey", "repair", "complaint", "maintenance"),
}
SURNAMES: Final = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗"


def technicians(rng: Random, count: int, days: tuple[date, ...], region: Region) -> tuple[Technician, ...]:
    """Draw so many technicians with shifts on the given days."""
    trades, fates = _dealt(rng, TRADES, count), _dealt(rng, FATES, count)
    seats = _seats(trades, region)
    return tuple(
        _technician(rng, number, trade, fate, days, region, seat)
        for number, (trade, fate, seat) in enumerate(zip(trades, fates, seats, strict=True), start=1)
    )


def _seats(trades: Sequence[Trade], region: Region) -> list[Branch | None]:
    """Share each trade out to branches too far apart to help each other; none where chance may decide.

    The next of a trade goes to the branch with the most people for each it has (divisors 1, 3, 5, …: Sainte-Laguë).
    """
    if not region.homes_near_branch:
        return [None] * len(trades)
    people = region.people()
    have: Counter[tuple[Trade, int]] = Counter()
    seats: list[Branch | None] = []
    for trade in trades:
        seat = max(range(len(people)), key=lambda ix: people[ix] / (2 * have[trade, ix] + 1))
        have[trade, seat] += 1
        seats.append(region.branches[seat])
    return seats


def _technician(
    rng: Random,
    number: int,
    trade: Trade,
    fate: Fate,
    days: tuple[date, ...],
    region: Region,
    seat: Branch | None,
) -> Technician:
    first_day = days[0]
    last_inspection = first_day - timedelta(days=45 if fate == "inspection overdue" else rng.randint(1, 14))
    leave = DateRange(
        first_day=first_day, last_day=first_day + timedelta(days=rng.randint(0, 6)), reason="leave"
    )
    shares = [town.share for town in region.towns[: len(region.branches)]]
    drawn = rng.choices(region.branches, shares)[0]
    branch = seat or drawn
    level = rng.choices((1, 2, 3, 4, 5), (8, 20, 42, 22, 8))[0]
    home = region.home(rng, branch)
    starts_from: Literal["branch", "home"] = "home" if rng.random() < 0.4 else "branch"
    return Technician(
        technician_id=f"T{number:03}",
        name=f"{rng.choice(SURNAMES)}师傅",
        branch_id=branch.branch_id,
        home=home,
        starts_from=starts_from,
        ends_at=starts_from,
        skills=_skills(rng, trade, level),
        level=level,
        certificates=_certificates(rng, trade, first_day),
        kits=("installer", "repairer") if trade == "both" else (trade,),
        tools=("rope",) if rng.random() < (0.25 if trade == "repairer" else 0.8) else (),
        missing_tools=("multimeter",) if fate == "tool missing" else (),
        last_inspection=last_inspection,
        means=_drawn(rng, MEANS),
        territory=_territory(rng, branch.branch_id),
        shifts=_shifts(rng, days),
        leave=(leave,) if fate == "leave" else (),
        suspended=(_three_days_from(first_day),) if fate == "suspended" else (),
        onboarding=Onboarding(examined=fate != "not examined"),
        wage_cents_per_hour=rng.randrange(2200, 4600, 100),
        month_to_date=Ledger(jobs=rng.randint(30, 90), hours=float(rng.randint(60, 110))),
    )


def _skills(rng: Random, trade: Trade, level: Level) -> dict[str, Level]:
    products = ("aircon", "central-aircon") if rng.random() < 0.4 else ("aircon",)
    return {f"{kind}/{product}": level for kind in KINDS[trade] for product in products}


def _certificates(rng: Random, trade: Trade, first_day: date) -> tuple[Certificate, ...]:
    held: list[Certificate] = []
    if trade != "repairer" and rng.random() < 0.96:
        lapsed = rng.random() < 0.03
        until = first_day - timedelta(days=9) if lapsed else first_day + timedelta(days=rng.randint(30, 900))
        held.append(Certificate(name="welding", valid_until=until))
    if rng.random() < 0.4:
        held.append(
            Certificate(name="electrician", valid_until=first_day + timedelta(days=rng.randint(30, 900)))
        )
    return tuple(held)


def _territory(rng: Random, branch_id: str) -> Territory:
    draw = rng.random()
    if draw < 0.12:
        return Territory(branches=(branch_id,))
    return Territory(radius_km=float(rng.randint(30, 80))) if draw < 0.22 else Territory()


def _shifts(rng: Random, days: tuple[date, ...]) -> tuple[Shift, ...]:
    """Draw one working rhythm and put it on every day but one free day a week."""
    start_hour, hours = rng.choices(((8, 9), (9, 9), (9, 10), (10, 9), (9, 5)), (30, 35, 15, 15, 5))[0]
    overtime_min = rng.choice((0, 30, 60, 60))
    half_day = hours <= 5
    rest: BreakRule | Literal["policy", "none"] = "none" if half_day else "policy"
    if not half_day and rng.random() < 0.1:
        rest = BreakRule(minutes=60, inside=DaySpan(start=time(11, 30), end=time(13, 30)))
    doctor = DaySpan(start=time(14), end=time(15, 30))
    away = (doctor,) if not half_day and rng.random() < 0.03 else ()
    free_day = rng.randint(1, 6) if len(days) >= 6 else None
    return tuple(
        Shift(
            day=day,
            start=time(start_hour),
            end=time(start_hour + hours),
            overtime_limit_min=overtime_min,
            rest=rest,
            absences=away if number == 0 else (),
        )
        for number, day in enumerate(days)
        if free_day is None or number % 7 != free_day
    )


def _three_days_from(day: date) -> DateRange:
    return DateRange(first_day=day, last_day=day + timedelta(days=2), reason="first refusal of orders")


def _dealt(rng: Random, cards: tuple[T, ...], count: int) -> list[T]:
    """Deal from shuffled packs, so that the shares hold even for few technicians."""
    dealt: list[T] = []
    while len(dealt) < count:
        dealt += rng.sample(cards, len(cards))
    return dealt[:count]


def _drawn(rng: Random, shares: dict[T, int]) -> T:
    return rng.choices(tuple(shares), tuple(shares.values()))[0]
