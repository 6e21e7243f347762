"""Mistakes that only the whole scenario shows."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from optimizer.domain.branch import Branch
from optimizer.domain.job import Customer, Rework
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Shift, Territory
from optimizer.domain.time import DaySpan, Horizon, Window
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician


def codes(of: Scenario) -> list[tuple[str, str]]:
    """Return code and path of every issue; each must say cause and action."""
    issues = validate_scenario(of)
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in issues)
    return [(issue.code, issue.path) for issue in issues]


def changed(**fields: Any) -> Scenario:
    """Return the plain scenario with some fields replaced."""
    return scenario().model_copy(update=fields)


def window(start: str, end: str, day: date = DAY) -> Window:
    """Return a window on a day."""
    return Window(start=at(start, day), end=at(end, day))


def span(start: str, end: str) -> DaySpan:
    """Return a span of a day."""
    return DaySpan(start=time.fromisoformat(start), end=time.fromisoformat(end))


def test_nothing_wrong() -> None:
    of = scenario(
        [technician(shifts=(Shift(day=DAY, absences=(span("10:00", "11:00"), span("11:00", "12:00"))),))],
        [job(windows=(window("09:00", "10:00"), window("10:00", "11:00"))), job(job_id="J2")],
        promises=[
            Promise(job_id="J1", technician_id="T1", window=window("09:00", "10:00"), start=at("09:30"))
        ],
        pins=[Pin(job_id="J2", technician_id="T1", day=DAY, start=at("13:00"))],
    )
    assert codes(of) == []


def test_duplicate_ids() -> None:
    of = scenario(
        [technician(), technician(technician_id="T2"), technician()],
        [job(), job()],
        branches=[branch(), branch()],
    )
    assert codes(of) == [
        ("duplicate-id", "branches[1].branch_id"),
        ("duplicate-id", "technicians[2].technician_id"),
        ("duplicate-id", "jobs[1].job_id"),
    ]


def test_ids_of_different_things_may_be_equal() -> None:
    of = scenario(
        [technician(technician_id="X")], [job(job_id="X")], branches=[branch(), branch(branch_id="X")]
    )
    assert codes(of) == []


def test_unknown_references() -> None:
    of = scenario(
        [
            technician(
                branch_id="nowhere", kits=("repairer", "golden"), territory=Territory(branches=("B1", "B9"))
            )
        ],
        [
            job(
                type="magic",
                branch_id="B8",
                customer=Customer(
                    customer_id="C1", known_technicians=("T1", "T8"), refused_technicians=("T9",)
                ),
                rework=Rework(installed_by="T7", installed_on=DAY - timedelta(days=90), fault="other"),
            )
        ],
        promises=[
            Promise(job_id="J8", technician_id="T5", window=window("09:00", "10:00"), start=at("09:00"))
        ],
        pins=[Pin(job_id="J9", technician_id="T6")],
    )
    assert codes(of) == [
        ("unknown-branch", "technicians[0].branch_id"),
        ("unknown-kit", "technicians[0].kits[1]"),
        ("unknown-branch", "technicians[0].territory.branches[1]"),
        ("unknown-job-type", "jobs[0].type"),
        ("unknown-branch", "jobs[0].branch_id"),
        ("unknown-technician", "jobs[0].customer.known_technicians[1]"),
        ("unknown-technician", "jobs[0].customer.refused_technicians[0]"),
        ("unknown-job", "promises[0].job_id"),
        ("unknown-technician", "promises[0].technician_id"),
        ("unknown-job", "pins[0].job_id"),
        ("unknown-technician", "pins[0].technician_id"),
    ]
    first = validate_scenario(of)[0]
    assert first.cause == "The branch 'nowhere' is not in the scenario."
    assert first.action == "Correct the name or add the branch."


def test_windows_unordered_and_overlapping() -> None:
    of = scenario(
        jobs=[
            job(windows=(window("11:00", "12:00"), window("09:00", "10:00"))),
            job(
                job_id="J2",
                windows=(window("09:00", "10:00"), window("09:59", "11:00"), window("14:00", "15:00")),
            ),
        ]
    )
    assert codes(of) == [("unordered", "jobs[0].windows[1]"), ("overlapping", "jobs[1].windows[1]")]


def test_shifts_and_absences() -> None:
    shifts = (
        Shift(day=DAY, absences=(span("10:00", "12:00"), span("11:00", "13:00"))),
        Shift(day=NEXT_DAY, absences=(span("15:00", "16:00"), span("10:00", "11:00"))),
        Shift(day=DAY, start=time(18), end=time(20)),
    )
    assert codes(scenario([technician(shifts=shifts)])) == [
        ("overlapping", "technicians[0].shifts[0].absences[1]"),
        ("unordered", "technicians[0].shifts[1].absences[1]"),
        ("two-shifts-on-a-day", "technicians[0].shifts[2].day"),
    ]


@pytest.mark.parametrize("name", ["Asia/Nowhere", "Asia", "../etc/passwd", "asia shanghai"])
def test_unknown_time_zone(name: str) -> None:
    assert codes(changed(time_zone=name)) == [("unknown-time-zone", "time_zone")]


def test_unknown_holiday_country() -> None:
    assert codes(changed(calendar=HolidayCalendar(country="ZZ"))) == [("unknown-country", "calendar.country")]
    assert codes(changed(calendar=HolidayCalendar(country="CN"))) == []


def test_year_out_of_reach() -> None:
    of = changed(horizon=Horizon(first_day=date(9999, 12, 31), days=2))
    assert codes(of) == [("horizon-year", "horizon.first_day")]


def test_windows_outside_the_horizon() -> None:
    before, after = DAY - timedelta(days=1), NEXT_DAY
    of = scenario(
        jobs=[
            job(windows=(window("09:00", "10:00", before), window("09:00", "10:00", after))),
            job(job_id="J2", windows=(window("09:00", "10:00"), window("09:00", "10:00", after))),
            job(job_id="J3", windows=(Window(start=at("23:00", before), end=at("00:00")),)),
            job(job_id="J4", windows=(window("00:00", "01:00", after),)),
        ]
    )
    assert codes(of) == [("outside-horizon", "jobs[0].windows"), ("outside-horizon", "jobs[3].windows")]
    asked = Promise(
        job_id="J4",
        technician_id="T1",
        window=window("00:00", "01:00", after),
        start=at("00:30", after),
        asked=True,
    )
    asked_of = of.model_copy(update={"promises": (asked,)})
    assert codes(asked_of) == [("outside-horizon", "jobs[0].windows")]


@pytest.mark.parametrize(
    "shift",
    [Shift(day=DAY, start=time(20), end=time(4)), Shift(day=DAY, end=time(23), overtime_limit_min=90)],
)
def test_a_night_shift_reaches_beyond_the_last_day(shift: Shift) -> None:
    night = job(windows=(window("00:00", "01:00", NEXT_DAY),))
    pins = [Pin(job_id="J1", day=DAY, start=at("00:30", NEXT_DAY))]
    assert codes(scenario([technician(shifts=(shift,))], [night], pins=pins)) == []


def test_pins_that_contradict() -> None:
    jobs = [job(job_id=f"J{i}") for i in range(5)]
    pins = [
        Pin(job_id="J0", technician_id="T1"),
        Pin(job_id="J0", day=DAY),
        Pin(job_id="J1", day=NEXT_DAY + timedelta(days=1), start=at("10:00")),
        Pin(job_id="J2", day=DAY, start=at("10:00", NEXT_DAY)),
        Pin(job_id="J3", start=at("10:00", DAY - timedelta(days=1))),
        Pin(job_id="J4", start=at("10:00", NEXT_DAY)),
    ]
    assert codes(scenario(jobs=jobs, days=2, pins=pins)) == [
        ("two-pins", "pins[1].job_id"),
        ("outside-horizon", "pins[2].day"),
        ("outside-day", "pins[3].start"),
        ("outside-day", "pins[4].start"),
    ]


def test_speed_profiles() -> None:
    day = (100,) * 24
    travel = Travel(
        profiles={
            "car": SpeedProfile(bands=()),
            "motorcycle": SpeedProfile(
                bands=(
                    SpeedBand(up_to_km=5, kmh=20, hour_percent=day),
                    SpeedBand(up_to_km=5, kmh=30, hour_percent=day[1:]),
                )
            ),
        }
    )
    assert codes(changed(travel=travel)) == [
        ("speed-bands", "travel.profiles.car.bands"),
        ("unordered", "travel.profiles.motorcycle.bands[1].up_to_km"),
        ("hours-of-day", "travel.profiles.motorcycle.bands[1].hour_percent"),
    ]


def test_means_without_travel_times() -> None:
    of = scenario([technician(means="motorcycle")])
    assert codes(of) == [("no-travel-times", "technicians[0].means")]


def matrix(places: tuple[str, ...], size: int | None = None) -> Matrix:
    """Return a matrix of zeros, square in its places unless a size is given."""
    rows = ((0,) * (size or len(places)),) * (size or len(places))
    return Matrix(places=places, seconds=rows, metres=rows)


def test_matrices_fit_their_places_and_the_scenario() -> None:
    assert codes(changed(travel=Travel(matrices={"car": matrix(("job:J1", "branch:B1", "else"))}))) == []
    assert codes(changed(travel=Travel(matrices={"car": matrix(("branch:B1",))}))) == [
        ("missing-place", "travel.matrices.car.places")
    ]
    # nobody goes by motorcycle, so its matrix need not know every place
    assert codes(changed(travel=Travel(matrices={"motorcycle": matrix(("branch:B1",))}))) == []
    wrong = Matrix(
        places=("branch:B1", "job:J1", "job:J1"), seconds=((0, 1, 1), (1, 0)), metres=((0,) * 3,) * 3
    )
    assert codes(changed(travel=Travel(matrices={"car": wrong}))) == [
        ("duplicate-place", "travel.matrices.car.places[2]"),
        ("matrix-shape", "travel.matrices.car.seconds"),
        ("matrix-shape", "travel.matrices.car.seconds[1]"),
    ]


def test_many_missing_places_are_one_issue() -> None:
    of = scenario(jobs=[job(job_id=f"J{i}", place=north(i)) for i in range(9)])
    of = of.model_copy(update={"travel": Travel(matrices={"car": matrix(("branch:B1",))})})
    (issue,) = validate_scenario(of)
    assert len(place_book(of)) == 10
    assert issue.cause == (
        "9 places of the scenario are missing: job:J0, job:J1, job:J2, job:J3, job:J4 and others."
    )


def test_everything_at_once() -> None:
    of = scenario(
        [technician(branch_id="B9")],
        [job(type="magic")],
        branches=[Branch(branch_id="B1", place=north(0))] * 2,
    ).model_copy(update={"time_zone": "Mars/Base", "calendar": HolidayCalendar(country="ZZ")})
    assert [issue.code for issue in validate_scenario(of)] == [
        "unknown-time-zone",
        "unknown-country",
        "duplicate-id",
        "unknown-branch",
        "unknown-job-type",
    ]
