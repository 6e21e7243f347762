"""Small questions for the service, no two of them the same."""

from functools import cache

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.scenario_library import scenario_path

DAY = "2026-07-15"
"""The day that is planned."""
BRANCH = "furong"
"""The only branch of `content`."""
JOB = "WX-1"
"""One of its four jobs."""


@cache
def _part() -> str:
    path = scenario_path("rules/part")
    assert path is not None
    return scenario_json(load_scenario(path))


def content(name: str, branch: str = BRANCH) -> str:
    """Return a scenario of four jobs, its one branch called as asked: a branch has one board a day."""
    text = _part().replace(f'"{BRANCH}"', f'"{branch}"')
    return scenario_json(Scenario.model_validate_json(text).model_copy(update={"name": name}))
