"""A slow area that slows nobody down is doubted; one that does is not."""

from datetime import time, timedelta

from optimizer.domain.technician import Shift
from optimizer.rules.doubts import doubts
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician
from tests.unit.slow_day import jam, slow_day, with_areas


def test_areas_in_force_are_not_doubted() -> None:
    assert doubts(slow_day()) == ()
    whole = jam(start=at("00:00", DAY - timedelta(days=3)), end=at("00:00", NEXT_DAY))
    assert doubts(slow_day(whole)) == ()


def test_an_area_far_from_every_place() -> None:
    (said,) = doubts(slow_day(jam(), jam(name="storm", centre=north(40), radius_km=2.5)))
    assert said == (
        "the slow area storm (2.5 km around lat 28.5597, lon 112.98) holds no place of the scenario; correct its "
        "centre or radius, or take it out"
    )


def test_an_area_before_or_after_the_planned_days() -> None:
    over = jam(name="over", start=at("08:00", DAY - timedelta(days=1)), end=at("00:00"))
    ahead = jam(name="ahead", start=at("00:00", NEXT_DAY), end=at("03:00", NEXT_DAY))
    said = doubts(slow_day(over, ahead))
    assert said[0] == (
        "the slow area over is slow from 2026-07-14 08:00 to 2026-07-15 00:00, at no time of the planned days; correct "
        "its hours, or take it out"
    )
    assert said[1].startswith("the slow area ahead is slow from 2026-07-16 00:00")


def test_the_night_after_the_last_day_counts_where_somebody_works_in_it() -> None:
    night = technician(shifts=(Shift(day=DAY, start=time(20), end=time(4), rest="none"),))
    ahead = jam(start=at("00:00", NEXT_DAY), end=at("03:00", NEXT_DAY))
    assert doubts(with_areas(scenario((night,), (job(),)), ahead)) == ()
