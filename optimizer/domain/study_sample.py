"""What a simulated day amounts to, and the days of one chain: the samples of a study."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import BillKind
from optimizer.domain.base import Count, Id, Name, Record

Seconds = Annotated[int, Field(ge=0)]
"""Whole seconds, of all people together."""


class ClocksEnded(Record):
    """Clocks of one rule and label that ended on a day."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks, such as ``target`` and ``limit``; empty: it has one."""
    free: bool = False
    """Targets that cost nothing when they are missed (`COMPLETE`): shown, but not counted as service on time."""
    kept: Count
    """Met in time."""
    missed: Count
    """Not met in time."""


class DayFigures(Record):
    """What a simulated day amounts to: counts and sums, of which every measure is made."""

    day: date
    """Which day."""
    reported: Count
    """Jobs that customers reported since the close of the day before."""
    done: Count
    """Jobs done."""
    fixed_first: Count
    """Those of them that one visit was enough for."""
    in_vain: Count
    """Visits after which another one is needed."""
    given_up: Count
    """Jobs that are no more without a visit: cancelled."""
    open_jobs: Count
    """Jobs that are left at the close, those that wait for a later day among them."""
    service_clocks: tuple[ClocksEnded, ...]
    """Clocks of service (arriving, finishing, answers by `REPLY_FAR`) that ended on the day, by rule and label. What is
    late because the customer did not open, or the site was not ready, is not among them."""
    desk_clocks: tuple[ClocksEnded, ...]
    """Clocks of the desk that ended on the day, by rule and label."""
    told: Count
    """Visits whose customer was told a window that ended on the day; what customers gave up is not among them."""
    told_kept: Count
    """Those of them that began in the window that was told first."""
    moved: Count
    """Customers who were told another time or person in the course of the day, or that nobody comes."""
    on_duty: Count
    """Technicians who were to work."""
    absent: Count
    """Those of them who did not: ill."""
    rostered_s: Seconds
    """Hours of those on duty by the roster."""
    worked_s: Seconds
    """Hours worked: service, set-up, loading on the way and driving."""
    driven_s: Seconds
    """Hours driven, part of those worked."""
    overtime_s: Seconds
    """Hours after regular ends of shifts."""
    uneven_s: Seconds
    """Standard deviation of the hours worked among those who were on duty and not absent."""
    distance_m: Annotated[int, Field(ge=0)]
    """Metres driven."""
    bill_cents: dict[BillKind, int]
    """What the day owes by the policy's prices, by kind of money."""
    wage_cents: Annotated[int, Field(ge=0)]
    """Regular wages of those on duty, by the roster; people without a wage count nothing."""


class Sample(Record):
    """One chain of days of one variant."""

    format: Literal["paigong-sample-1"] = "paigong-sample-1"
    """Name and version of this format."""
    variant: Name
    """Which variant; ``base``: the scenario without changes."""
    chain: Annotated[int, Field(ge=0)]
    """Which chain: all variants see the same chance in it."""
    people: tuple[Id, ...]
    """Technicians of the variant."""
    days: tuple[DayFigures, ...]
    """The days that count, in order; those of the warm-up are not among them."""
