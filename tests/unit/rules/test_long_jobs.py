"""What a day can hold: with the usual rest 09:00–12:50 or 12:40–20:00, of it 12:40–18:00 in regular hours."""

from datetime import time
from typing import Any

from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.time import DaySpan
from optimizer.rules.long_jobs import LongJobs, long_jobs
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, technician


def of(minutes: int, *people: Technician, days: int = 4, **facts: Any) -> Scenario:
    return scenario(people or (technician(),), (job(duration_min=minutes, **facts),), days=days)


def parts(question: Scenario, longest_min: int = 480) -> dict[str, int]:
    return dict(long_jobs(question, longest_min).parts)


def test_what_a_day_holds_is_not_split() -> None:
    assert parts(of(440)) == {}  # 12:40–20:00
    assert parts(of(441)) == {"J1": 2}


def test_parts_are_as_few_as_fit_into_regular_hours() -> None:
    assert parts(of(640)) == {"J1": 2}  # 320 min, 12:40–18:00
    assert parts(of(641)) == {"J1": 3}
    assert parts(of(640), longest_min=300) == {"J1": 3}


def test_without_days_enough_it_stays_whole() -> None:
    assert long_jobs(of(641, days=2), 480) == LongJobs({}, {"J1": 3})
    # a horizon of one day splits nothing
    assert long_jobs(of(641, days=1), 480) == LongJobs({}, {})


def test_somebody_quicker_or_without_a_rest_holds_more() -> None:
    whole_day = Shift(day=DAY, rest="none")
    people = technician(), technician(technician_id="T2", shifts=(whole_day,))
    assert parts(of(660, *people)) == {}
    assert parts(of(661, *people)) == {"J1": 2}
    # 480 min take 432 at level 5
    assert parts(of(480, technician(level=5))) == {}
    assert parts(of(480, technician(level=1))) == {"J1": 2}


def test_people_who_come_together_take_what_the_table_says() -> None:
    # 435 + 5 min of set-up by whoever they are
    assert parts(of(435, technician(level=5), setup_min=5, seats=2)) == {}
    assert parts(of(436, technician(level=5), setup_min=5, seats=2)) == {"J1": 2}


def test_absences_count() -> None:
    away = Shift(day=DAY, rest="none", absences=(DaySpan(start=time(15), end=time(16)),))
    following = away.model_copy(update={"day": NEXT_DAY})
    # 09:00–15:00 is the longest stretch
    assert parts(of(360, technician(shifts=(away, following)), days=2)) == {}
    assert parts(of(361, technician(shifts=(away, following)), days=2)) == {"J1": 2}


def test_the_present_time_changes_nothing() -> None:
    now = of(440).model_copy(update={"now": at("15:00")})
    assert parts(now) == {}


def test_nobody_on_the_roster_splits_nothing() -> None:
    assert long_jobs(scenario((), (job(duration_min=900),), days=3), 480) == LongJobs({}, {})
