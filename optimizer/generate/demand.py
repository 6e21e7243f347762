"""The jobs of a generated scenario: installations, repairs, complaints, maintenance and surveys."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.job import Customer, Job, Priority, Rework, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.season import Season
from optimizer.domain.technician import Technician
from optimizer.domain.time import Window
from optimizer.generate.region import Region
from optimizer.generate.season import seasonal
from optimizer.generate.windows import windows

TYPES: Final[dict[str, float]] = {
    "installation": 28,
    "repair": 46,
    "complaint": 8,
    "maintenance": 12,
    "survey": 6,
}
PLANNED: Final = ("installation", "maintenance", "survey")
"""Types that are booked ahead: no clock runs."""
PRIORITIES: Final[dict[Priority, int]] = {
    "emergency": 3,
    "vip": 8,
    "contract": 10,
    "normal": 64,
    "flexible": 15,
}
SURNAMES: Final = "谢邓曾彭萧田董袁潘于蒋蔡余杜叶程苏魏吕丁"


class Demand:
    """Draws jobs one after the other.

    Parameters
    ----------
    rng : source of chance
    days : planned days, at least one
    zone : time zone of the windows
    region : where the jobs are
    staff : technicians that customers know, refuse, or complain about
    season : part of the year; some types of job are asked for more
    """

    def __init__(
        self,
        rng: Random,
        days: tuple[date, ...],
        zone: ZoneInfo,
        region: Region,
        staff: Sequence[Technician],
        season: Season = "none",
    ) -> None:
        self._rng = rng
        self._days = days
        self._zone = zone
        self._region = region
        self._staff = staff
        self._types = seasonal(TYPES, season)

    def jobs(self, areas: Sequence[str | None]) -> tuple[Job, ...]:
        """Draw a job for each area; now and then one more at the place of the one before.

        Parameters
        ----------
        areas : area of each job; none: chance decides
        """
        jobs: list[Job] = []
        for number, area in enumerate(areas, start=1):
            again = jobs[-1] if jobs and self._rng.random() < 0.04 else None
            if again is not None and area not in (None, again.area):
                again = None  # the next area begins: nothing of the last one is repeated
            jobs.append(self._job(f"J{number:05}", again, area))
        return tuple(jobs)

    def _job(self, job_id: str, again: Job | None, wanted: str | None) -> Job:
        rng = self._rng
        type_ = rng.choices(tuple(self._types), tuple(self._types.values()))[0]
        priority = rng.choices(tuple(PRIORITIES), tuple(PRIORITIES.values()))[0]
        strong = type_ == "complaint" and rng.random() < 0.25
        agreed = windows(rng, self._agreed_days(), self._zone)
        facts: dict[str, Any] = {}
        if type_ not in PLANNED:
            facts |= self._report(agreed)
        if type_ == "repair" and rng.random() < 0.05 and self._staff:
            facts["rework"] = self._rework()
        if type_ == "installation":
            facts |= self._site()
        area, place = (again.area, again.place) if again else self._where(wanted)
        return Job(
            job_id=job_id,
            type=type_,
            product="central-aircon" if rng.random() < 0.12 else "aircon",
            customer=again.customer if again else self._customer(job_id, priority),
            place=place,
            area=area,
            units=rng.choices((1, 2, 3), (78, 17, 5))[0] if type_ in ("installation", "maintenance") else 1,
            windows=agreed,
            priority="emergency" if strong else priority,
            contract=priority == "contract",
            complaint="strong" if strong else "complaint" if type_ == "complaint" else "none",
            **facts,
        )

    def _where(self, wanted: str | None) -> tuple[str | None, Place]:
        if wanted is not None:
            return wanted, self._region.place_in(self._rng, wanted)
        if self._rng.random() < self._region.far_share:
            return None, self._region.far_away(self._rng)
        return self._region.somewhere(self._rng)

    def _customer(self, job_id: str, priority: Priority) -> Customer:
        rng = self._rng
        name = f"{rng.choice(SURNAMES)}{rng.choice(('女士', '先生'))}"
        known = rng.choice(self._staff).technician_id if self._staff and rng.random() < 0.1 else None
        return Customer(
            customer_id=f"C{job_id[1:]}",
            name=name,
            key_customer=priority == "vip",
            known_technicians=(known,) if known else (),
        )

    def _agreed_days(self) -> tuple[date, ...]:
        """Draw up to three days in a row."""
        rng, count = self._rng, len(self._days)
        length = min(count, rng.choice((1, 1, 2, 3)))
        first = rng.randint(0, count - length)
        return self._days[first : first + length]

    def _report(self, agreed: tuple[Window, ...]) -> dict[str, Any]:
        """Draw when the customer called; what comes in at night becomes an order when the desk opens at 7:30.

        Who has a morning appointment called the afternoon before; who chose a later day has no clock at all.
        """
        rng, first_day = self._rng, self._days[0]
        if agreed[0].start.date() != first_day:
            return {}
        desk_opens = datetime.combine(first_day, time(7, 30), tzinfo=self._zone)
        if agreed[0].end.time() <= time(13):
            intake = desk_opens - timedelta(minutes=rng.randint(14 * 60, 18 * 60))
            dispatched = intake + timedelta(minutes=rng.randint(5, 30))
        else:
            intake = desk_opens - timedelta(minutes=rng.randint(0, 12 * 60))
            dispatched = desk_opens + timedelta(minutes=rng.randint(0, 30))
        return {"intake_at": intake, "dispatched_at": dispatched, "supplier_needed": rng.random() < 0.02}

    def _rework(self) -> Rework:
        rng = self._rng
        return Rework(
            installed_by=rng.choice(self._staff).technician_id,
            installed_on=self._days[0] - timedelta(days=rng.randint(10, 300)),
            fault=rng.choice(("water_leak", "refrigerant_leak", "other")),
            inverter=rng.random() < 0.5,
        )

    def _site(self) -> dict[str, Any]:
        """Draw how high the outdoor unit hangs and whether the power supply is changed on the way."""
        rng = self._rng
        facts: dict[str, Any] = {}
        if rng.random() < 0.35:
            floor = rng.randint(2, 20)
            facts["site"] = SiteFacts(working_height_m=3.0 * floor, outdoor_unit_floor=floor)
        if rng.random() < 0.06:
            facts["certificates"] = ("electrician",)
        return facts
