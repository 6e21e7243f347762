from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After, JobGroup
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import job, scenario


def issues(of: Scenario) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in validate_scenario(of)]


def test_ties_that_lead_somewhere() -> None:
    jobs = (job(), job(job_id="J2", after=(After(job_id="J1"),)))
    assert issues(scenario(jobs=jobs, groups=[JobGroup(jobs=("J1", "J2"), who="same")])) == []


def test_every_wrong_tie_is_named() -> None:
    ties = (
        After(job_id="J1"),
        After(job_id="J1", min_gap_min=5),
        After(job_id="J9"),
        After(job_id="J2"),
    )
    of = scenario(
        jobs=(job(), job(job_id="J2", after=ties)),
        groups=[JobGroup(jobs=("J1", "J1", "J8"), who="another")],
    )
    assert issues(of) == [
        ("after-twice", "jobs[1].after[1].job_id"),
        ("unknown-job", "jobs[1].after[2].job_id"),
        ("after-itself", "jobs[1].after[3].job_id"),
        ("twice-in-a-group", "groups[0].jobs[1]"),
        ("unknown-job", "groups[0].jobs[2]"),
    ]
