"""A scenario written out reads back as the same scenario."""

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.job import Customer
from optimizer.interchange.scenario_file import parse_scenario
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from tests.unit.rules.build import at, job, scenario

# Any text a person could write: everything but halves of surrogate pairs, which no file can hold.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=100, deadline=None)
@given(address=words, note=words)
def test_written_and_read_back(address: str, note: str) -> None:
    place = job().place.model_copy(update={"address": address})
    made = scenario(
        jobs=[job(place=place, customer=Customer(customer_id="C1", name=note), intake_at=at("08:00"))],
        rules={"OVERTIME": {"active": False}},
    ).model_copy(update={"story": note})
    assert parse_scenario(scenario_yaml(made), json=False) == made
    assert parse_scenario(scenario_json(made), json=True) == made


def test_one_line_for_each_job() -> None:
    lines = scenario_yaml(scenario(jobs=[job(), job(job_id="J2")])).splitlines()
    assert sum("job_id" in line for line in lines) == 2
    assert lines[0] == 'format: "paigong-scenario-1"'
