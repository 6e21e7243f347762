"""Names behind the ids of a plan."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.cli.words import plain
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician


class Lookup(NamedTuple):
    """What the view needs to know about a scenario, by id."""

    zone: ZoneInfo
    jobs: dict[str, Job]
    technicians: dict[str, Technician]
    places: dict[str, Place]
    branch_names: dict[str, str]

    def place(self, name: str) -> str:
        """Say a place name in words, e.g. ``branch Furong``."""
        kind, _, rest = name.partition(":")
        if kind == "branch":
            return plain(f"branch {self.branch_names.get(name) or rest}")
        if kind == "home":
            return "home"
        place = self.places.get(name)
        return kind if place is None else spot(place)

    def technician(self, technician_id: str) -> str:
        """Say who, e.g. ``T07 王强``."""
        known = self.technicians.get(technician_id)
        return plain(f"{technician_id} {known.name if known else ''}".rstrip())


def lookup(scenario: Scenario) -> Lookup:
    """Return the names of a scenario by id."""
    return Lookup(
        zone=ZoneInfo(scenario.time_zone),
        jobs={job.job_id: job for job in scenario.jobs},
        technicians={one.technician_id: one for one in scenario.technicians},
        places=place_book(scenario),
        branch_names={f"branch:{branch.branch_id}": branch.name for branch in scenario.branches},
    )


def spot(place: Place) -> str:
    """Say where a place is: its address, else its coordinates."""
    return plain(place.address) if place.address else f"{place.lat:.4f}, {place.lon:.4f}"


def work(job: Job | None) -> str:
    """Say what a job is, e.g. ``repair/aircon ×2``."""
    if job is None:
        return ""
    product = f"/{job.product}" if job.product else ""
    units = f" ×{job.units}" if job.units > 1 else ""
    return plain(f"{job.type}{product}{units}")
