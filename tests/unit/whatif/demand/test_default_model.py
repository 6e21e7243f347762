from collections import Counter
from datetime import time, timedelta

import pytest

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.scenario import HolidayCalendar
from optimizer.domain.time import Horizon
from optimizer.generate import generate_scenario
from optimizer.generate.season import FACTORS
from optimizer.interchange.scenario_file import load_scenario
from optimizer.scenario_library import RULE_SCENARIOS, scenario_names, scenario_path
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.default_model import default_model
from optimizer.whatif.demand.new_jobs import new_jobs
from optimizer.whatif.demand.style import demand_issues
from tests.unit.whatif.demand.town import MONDAY, TOWN

STORIES = [name for name in scenario_names() if not name.startswith(RULE_SCENARIOS)]


@pytest.mark.parametrize("name", STORIES)
def test_every_scenario_gets_a_demand_of_its_own_jobs(name: str) -> None:
    path = scenario_path(name)
    assert path is not None
    scenario = load_scenario(path)
    model = default_model(scenario)
    assert demand_issues(model, scenario) == ()
    day = scenario.horizon.first_day
    worked = [
        one for one in scenario.horizon.dates() if one.isoweekday() not in scenario.calendar.free_weekdays
    ]
    free = scenario.calendar.extra_free_days
    expected = len(scenario.jobs) / len([one for one in worked if one not in free])
    assert model.jobs_a_day(day) == pytest.approx(expected)
    own = Counter((job.area, job.product) for job in scenario.jobs)
    for source in model.sources:
        share = own[source.area, source.product] / len(scenario.jobs)
        assert source.units * source.failures_per_day == pytest.approx(expected * share)
    drawn = new_jobs(model, scenario, Chain(1, 0), day)
    assert len(drawn) == pytest.approx(expected, abs=4.5 * expected**0.5)
    assert {one.job.area for one in drawn} <= {job.area for job in scenario.jobs}
    assert DemandModel.model_validate_json(model.model_dump_json()) == model


def test_the_jobs_days_are_taken_as_days_of_their_season() -> None:
    summer = default_model(TOWN, seasons=FACTORS)
    assert summer.jobs_a_day(MONDAY) == pytest.approx(
        4
    )  # two repairs, an installation and a complaint in July
    # In January 2 × 0.8 ÷ 1.8 + 1 × 0.5 ÷ 1.6 + 1 × 0.8 ÷ 1.6.
    assert summer.jobs_a_day(MONDAY + timedelta(days=184)) == pytest.approx(1.7014, abs=1e-4)
    assert default_model(TOWN).jobs_a_day(MONDAY + timedelta(days=184)) == pytest.approx(4)


def test_free_weekdays_bring_nothing_and_do_not_count() -> None:
    week = TOWN.model_copy(
        update={
            "horizon": Horizon(first_day=MONDAY, days=7),
            "calendar": HolidayCalendar(free_weekdays=(3, 6, 7)),
        }
    )
    model = default_model(week)
    assert [round(model.jobs_a_day(MONDAY + timedelta(days=ahead)), 9) for ahead in range(7)] == [
        1,
        1,
        0,
        1,
        1,
        0,
        0,
    ]


def test_windows_are_the_scenarios_own() -> None:
    scenario = generate_scenario(technicians=6, jobs=60, seed=3)
    appointments = default_model(scenario).appointments
    assert appointments.share == 1
    by_span = {(shape.start, shape.end): shape.weight for shape in appointments.shapes}
    own = Counter((job.windows[0].start.time(), job.windows[0].end.time()) for job in scenario.jobs)
    assert by_span == own
    assert (time(8, 30), time(17, 30)) in own
    # Repairs and complaints run by the clock, the others are booked ahead.
    assert set(appointments.days_ahead_by_type) == {"installation", "maintenance", "survey"}


def test_without_jobs_there_is_no_demand() -> None:
    empty = TOWN.model_copy(update={"jobs": ()})
    assert default_model(empty).sources == ()
    assert new_jobs(default_model(empty), empty, Chain(1, 0), MONDAY) == ()
