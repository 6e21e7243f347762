"""What a single record cannot see: ids used twice, names that lead nowhere, times and tables that contradict.

Technicians, branches, job types and kits are things of the scenario and must be there. Skills, certificates,
tools and areas are plain words: a word that nobody else uses is not an error.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.approval_names import approval_names
from optimizer.domain.crew_facts import crew_facts
from optimizer.domain.fact_order import facts_in_order
from optimizer.domain.job import Job
from optimizer.domain.line_facts import line_facts
from optimizer.domain.promise import asked_jobs
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.slow_area_facts import slow_area_facts
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.tie_names import tie_names
from optimizer.domain.time import zone_named
from optimizer.domain.travel import LOCAL_MEANS, LONG_DISTANCE, MOST_BANDS, Matrix, SpeedProfile, Travel
from optimizer.errors import Issue

HOURS_A_DAY = 24
YEARS = range(1980, 2200)


def validate_scenario(scenario: Scenario) -> tuple[Issue, ...]:
    """Return everything that contradicts itself in a well-formed scenario, all at once.

    Parameters
    ----------
    scenario : every record in it is valid by itself

    Returns
    -------
    One issue for each mistake with the exact path, in the order of the file's parts; empty when all is well.
    """
    if scenario.horizon.first_day.year not in YEARS:
        cause = f"The first day {scenario.horizon.first_day} is in no year that can be planned."
        action = f"Give a day from {YEARS.start} to {YEARS.stop - 1}."
        return (Issue("horizon-year", "horizon.first_day", cause, action),)
    zone = zone_named(scenario.time_zone)
    known = _Known.of(scenario)
    return tuple(
        chain(
            () if zone else _unknown_zone(scenario.time_zone),
            _calendar(scenario.calendar),
            _doubles("branches", "branch_id", [one.branch_id for one in scenario.branches]),
            _doubles("technicians", "technician_id", [one.technician_id for one in scenario.technicians]),
            _doubles("jobs", "job_id", [one.job_id for one in scenario.jobs]),
            *(_technician(f"technicians[{i}]", one, known) for i, one in enumerate(scenario.technicians)),
            *(_job(f"jobs[{i}]", one, known) for i, one in enumerate(scenario.jobs)),
            _bench(scenario),
            _promises(scenario, known),
            tie_names(scenario),
            crew_facts(scenario),
            _pins(scenario, known),
            approval_names(scenario),
            _horizon(scenario, zone) if zone else (),
            facts_in_order(scenario, zone) if zone else (),
            _travel(scenario),
            line_facts(scenario),
            slow_area_facts(scenario) if zone else (),
        )
    )


class _Known(NamedTuple):
    """The names that references may use."""

    branches: frozenset[str]
    technicians: frozenset[str]
    jobs: frozenset[str]
    job_types: Collection[str]
    kits: Collection[str]
    means: frozenset[str]

    @classmethod
    def of(cls, scenario: Scenario) -> "_Known":
        return cls(
            branches=frozenset(one.branch_id for one in scenario.branches),
            technicians=frozenset(one.technician_id for one in scenario.technicians),
            jobs=frozenset(one.job_id for one in scenario.jobs),
            job_types=scenario.policy.job_types.keys(),
            kits=scenario.policy.kits.keys(),
            means=_known_means(scenario.travel),
        )


def _known_means(travel: Travel) -> frozenset[str]:
    """Return the means that have travel times; who goes by lines needs the speeds in town."""
    by_speeds = frozenset(travel.profiles) - {LONG_DISTANCE}
    lines = {LONG_DISTANCE} if LOCAL_MEANS in by_speeds else frozenset[str]()
    return by_speeds | lines | frozenset(travel.matrices)


def _unknown_zone(name: str) -> Iterator[Issue]:
    cause = f"The time zone {name!r} is not known."
    yield Issue("unknown-time-zone", "time_zone", cause, "Give an IANA name such as Asia/Shanghai.")


def _calendar(calendar: HolidayCalendar) -> Iterator[Issue]:
    if calendar.country is None:
        return
    import holidays  # imported here: it is large, and few scenarios name a country

    if calendar.country not in holidays.list_supported_countries():
        cause = f"The public holidays of {calendar.country!r} are not known."
        action = "Give an ISO 3166 code such as CN, or list the free days in extra_free_days."
        yield Issue("unknown-country", "calendar.country", cause, action)


def _doubles(path: str, field: str, ids: Sequence[str]) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for i, one in enumerate(ids):
        if one in first:
            cause = f"The id {one!r} is already used at {path}[{first[one]}]."
            yield Issue("duplicate-id", f"{path}[{i}].{field}", cause, "Give each its own id.")
        first.setdefault(one, i)


def _reference(thing: str, path: str, name: str | None, known: Collection[str]) -> Iterator[Issue]:
    if name is not None and name not in known:
        cause = f"The {thing} {name!r} is not in the scenario."
        yield Issue(
            f"unknown-{thing.replace(' ', '-')}", path, cause, f"Correct the name or add the {thing}."
        )


def _references(thing: str, path: str, names: Sequence[str], known: Collection[str]) -> Iterator[Issue]:
    for i, name in enumerate(names):
        yield from _reference(thing, f"{path}[{i}]", name, known)


def _technician(path: str, technician: Technician, known: _Known) -> Iterator[Issue]:
    yield from _reference("branch", f"{path}.branch_id", technician.branch_id, known.branches)
    yield from _references("kit", f"{path}.kits", technician.kits, known.kits)
    yield from _references(
        "branch", f"{path}.territory.branches", technician.territory.branches, known.branches
    )
    yield from _references("job", f"{path}.lent_for", technician.lent_for or (), known.jobs)
    if technician.means not in known.means:
        cause = f"There are no travel times by {technician.means}."
        speeds = LOCAL_MEANS if technician.means == LONG_DISTANCE else technician.means
        action = f"Add travel.profiles.{speeds} or travel.matrices.{technician.means}."
        yield Issue("no-travel-times", f"{path}.means", cause, action)
    first: dict[date, int] = {}
    for i, shift in enumerate(technician.shifts or ()):
        if shift.day in first:
            cause = f"There already is a shift on {shift.day} at {path}.shifts[{first[shift.day]}]."
            action = "Make one shift of the two, with an absence between."
            yield Issue("two-shifts-on-a-day", f"{path}.shifts[{i}].day", cause, action)
        first.setdefault(shift.day, i)
        yield from _in_order("absence", f"{path}.shifts[{i}].absences", shift.absences)
    days: dict[date, int] = {}
    for i, record in enumerate(technician.attendance):
        if record.day in days:
            cause = f"The attendance on {record.day} already stands at {path}.attendance[{days[record.day]}]."
            yield Issue("two-attendances", f"{path}.attendance[{i}].day", cause, "Keep one record a day.")
        days.setdefault(record.day, i)


def _in_order(thing: str, path: str, spans: Sequence[Any]) -> Iterator[Issue]:
    for i, (before, after) in enumerate(pairwise(spans), start=1):
        if after.start < before.start:
            cause = f"The {thing} starts before the one listed before it."
            yield Issue("unordered", f"{path}[{i}]", cause, "Put them in order of time.")
        elif after.start < before.end:
            cause = f"The {thing} starts before the one listed before it ends."
            yield Issue("overlapping", f"{path}[{i}]", cause, "Join the two or move one.")


def _job(path: str, job: Job, known: _Known) -> Iterator[Issue]:
    yield from _reference("job type", f"{path}.type", job.type, known.job_types)
    yield from _reference("branch", f"{path}.branch_id", job.branch_id, known.branches)
    yield from _in_order("window", f"{path}.windows", job.windows)
    if job.customer is not None:
        for field, names in (
            ("known_technicians", job.customer.known_technicians),
            ("refused_technicians", job.customer.refused_technicians),
        ):
            yield from _references("technician", f"{path}.customer.{field}", names, known.technicians)


def _bench(scenario: Scenario) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for i, branch in enumerate(scenario.branches):
        for x, batch in enumerate(branch.bench):
            path = f"branches[{i}].bench[{x}]"
            if batch.batch_id in first:
                cause = f"The id {batch.batch_id!r} is already used at {first[batch.batch_id]}."
                yield Issue("duplicate-id", f"{path}.batch_id", cause, "Give each its own id.")
            first.setdefault(batch.batch_id, path)
            if batch.repaired > batch.units:
                cause = f"{batch.repaired} units are repaired of {batch.units}."
                yield Issue("too-many-repaired", f"{path}.repaired", cause, f"Give at most {batch.units}.")


def _promises(scenario: Scenario, known: _Known) -> Iterator[Issue]:
    for i, promise in enumerate(scenario.promises):
        yield from _reference("job", f"promises[{i}].job_id", promise.job_id, known.jobs)
        yield from _reference(
            "technician", f"promises[{i}].technician_id", promise.technician_id, known.technicians
        )


def _pins(scenario: Scenario, known: _Known) -> Iterator[Issue]:
    first: dict[str, int] = {}
    days = scenario.horizon.dates()
    for i, pin in enumerate(scenario.pins):
        yield from _reference("job", f"pins[{i}].job_id", pin.job_id, known.jobs)
        yield from _reference("technician", f"pins[{i}].technician_id", pin.technician_id, known.technicians)
        for who in pin.mates:
            yield from _reference("technician", f"pins[{i}].mates.{who}", who, known.technicians)
        if pin.job_id in first:
            cause = f"The job {pin.job_id!r} is already pinned at pins[{first[pin.job_id]}]."
            yield Issue("two-pins", f"pins[{i}].job_id", cause, "Make one pin of the two.")
        first.setdefault(pin.job_id, i)
        if pin.day is not None and pin.day not in days:
            cause = f"The day {pin.day} is not among the planned days {days[0]} to {days[-1]}."
            yield Issue("outside-horizon", f"pins[{i}].day", cause, "Correct the day or drop the pin.")


def _horizon(scenario: Scenario, zone: ZoneInfo) -> Iterator[Issue]:
    """Yield windows and pinned starts outside the planned days; a night shift makes its day longer."""
    spans = day_spans(scenario, zone)
    opens, closes = min(spans.values())[0], max(spans.values())[1]
    days = f"the planned days {min(spans)} to {max(spans)}"
    asked = asked_jobs(scenario.promises)
    for i, job in enumerate(scenario.jobs):
        if job.job_id in asked:
            continue  # such windows bind no more
        if job.windows and not any(one.end >= opens and one.start < closes for one in job.windows):
            action = "Correct the windows, leave the job out, or plan more days."
            yield Issue("outside-horizon", f"jobs[{i}].windows", f"No window lies in {days}.", action)
    for i, pin in enumerate(scenario.pins):
        if pin.start is None or (pin.day is not None and pin.day not in spans):
            continue  # such a day is reported by itself
        fit = spans.values() if pin.day is None else [spans[pin.day]]
        if not any(first <= pin.start < last for first, last in fit):
            where = f"the pinned day {pin.day}" if pin.day is not None else days
            cause = f"The start {pin.start.isoformat()} is not on {where}."
            yield Issue("outside-day", f"pins[{i}].start", cause, "Correct the start or the day.")


def day_spans(scenario: Scenario, zone: ZoneInfo) -> dict[date, tuple[datetime, datetime]]:
    """Return from when to when each planned day lasts: to its midnight, or to the next where somebody works at night.

    Parameters
    ----------
    scenario : the question
    zone : its time zone
    """
    nights = {
        shift.day
        for technician in scenario.technicians
        for shift in technician.shifts or ()
        if _into_the_night(shift)
    }
    return {day: _span(day, 2 if day in nights else 1, zone) for day in scenario.horizon.dates()}


def _span(day: date, days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, time(), tzinfo=zone),
        datetime.combine(day + timedelta(days=days), time(), tzinfo=zone),
    )


def _into_the_night(shift: Shift) -> bool:
    end_min = shift.end.hour * 60 + shift.end.minute
    return shift.end <= shift.start or end_min + (shift.overtime_limit_min or 0) >= HOURS_A_DAY * 60


def _travel(scenario: Scenario) -> Iterator[Issue]:
    travel: Travel = scenario.travel
    for means, profile in travel.profiles.items():
        yield from _profile(f"travel.profiles.{means}", profile)
    in_use = scenario.means_in_use
    for means, matrix in travel.matrices.items():
        yield from _matrix(f"travel.matrices.{means}", matrix)
        missing = place_book(scenario).keys() - set(matrix.places) if means in in_use else set()
        if missing:
            some = ", ".join(sorted(missing)[:5]) + (" and others" if len(missing) > 5 else "")
            cause = f"{len(missing)} places of the scenario are missing: {some}."
            path = f"travel.matrices.{means}.places"
            yield Issue("missing-place", path, cause, "Add a row and a column for each.")


def _profile(path: str, profile: SpeedProfile) -> Iterator[Issue]:
    if not 1 <= len(profile.bands) <= MOST_BANDS:
        cause = f"There are {len(profile.bands)} speed bands."
        yield Issue("speed-bands", f"{path}.bands", cause, f"Give 1 to {MOST_BANDS}.")
    for i, (before, after) in enumerate(pairwise(profile.bands), start=1):
        if after.up_to_km <= before.up_to_km:
            cause = f"{after.up_to_km:g} km does not lie above the {before.up_to_km:g} km of the band before."
            yield Issue("unordered", f"{path}.bands[{i}].up_to_km", cause, "Put the bands in rising order.")
    for i, band in enumerate(profile.bands):
        if len(band.hour_percent) not in (0, HOURS_A_DAY):
            cause = f"There are {len(band.hour_percent)} values."
            action = "Give 24, one for each hour of the day, or none."
            yield Issue("hours-of-day", f"{path}.bands[{i}].hour_percent", cause, action)


def _matrix(path: str, matrix: Matrix) -> Iterator[Issue]:
    size = len(matrix.places)
    first: dict[str, int] = {}
    for i, name in enumerate(matrix.places):
        if name in first:
            cause = f"The place {name!r} is already at {path}.places[{first[name]}]."
            yield Issue("duplicate-place", f"{path}.places[{i}]", cause, "Name each place once.")
        first.setdefault(name, i)
    for field, rows in (("seconds", matrix.seconds), ("metres", matrix.metres)):
        if len(rows) != size:
            cause = f"There are {len(rows)} rows for {size} places."
            yield Issue("matrix-shape", f"{path}.{field}", cause, "Give one row for each place.")
        for i, row in enumerate(rows):
            if len(row) != size:
                cause = f"The row has {len(row)} values for {size} places."
                yield Issue("matrix-shape", f"{path}.{field}[{i}]", cause, "Give one value for each place.")
