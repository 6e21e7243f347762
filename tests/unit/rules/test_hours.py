"""What is left of a shift."""

from optimizer.domain.technician import Attendance
from optimizer.rules.hours import Hours, rostered_hours, working_hours
from tests.unit.rules.build import DAY, at, scenario, technician

HOUR = 3600


def test_rostered_hours_know_no_present_time() -> None:
    late = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("09:30")),))
    (hours,) = rostered_hours(scenario([late], now=at("11:00")), 120).values()
    assert hours == Hours(9 * HOUR, 18 * HOUR, 20 * HOUR)


def test_the_later_of_roster_present_time_and_late_clock_in_counts() -> None:
    late = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("09:30")),))
    for now, start_s in ((None, 9.5 * HOUR), (at("09:40"), 9 * HOUR + 2400), (at("08:00"), 9.5 * HOUR)):
        (hours,) = working_hours(scenario([late], now=now), 0).values()
        assert hours.start_s == start_s
    early = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("08:30")),))
    (hours,) = working_hours(scenario([early]), 0).values()
    assert hours.start_s == 9 * HOUR
