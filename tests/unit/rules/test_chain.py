from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After
from optimizer.rules.chain import circles, contradictions
from tests.unit.rules.build import job, scenario


def chained(job_id: str, *ties: After | str) -> Job:
    """Return an hour's job after others."""
    after = tuple(After(job_id=tie) if isinstance(tie, str) else tie for tie in ties)
    return job(job_id=job_id, after=after)


def question(*jobs: Job) -> Scenario:
    return scenario(jobs=jobs)


def test_a_diamond_is_no_circle() -> None:
    of = question(chained("D", "B", "C"), chained("B", "A"), chained("C", "A"), chained("A"))
    assert list(circles(of)) == []
    assert list(contradictions(of)) == []


def test_each_circle_is_named_in_order_of_time() -> None:
    of = question(
        chained("A", "B"), chained("B", "A"), chained("X", "A", "Z"), chained("Z", "Y"), chained("Y", "X")
    )
    # A is walked back to B, whose tie to A closes the first; X goes back to Z, Y and itself
    assert [(one.row, one.tie, one.jobs) for one in circles(of)] == [
        (1, 0, ("B", "A", "B")),
        (4, 0, ("Y", "Z", "X", "Y")),
    ]


def test_a_chain_of_thousands_is_walked() -> None:
    of = question(*(chained(f"J{i}", f"J{i + 1}") for i in range(3000)), chained("J3000"))
    assert list(circles(of)) == []


def test_unknown_jobs_are_passed_over() -> None:
    of = question(chained("A", "nobody", After(job_id="B", max_gap_min=0)), chained("B"))
    assert list(circles(of)) == []
    assert list(contradictions(of)) == []


def test_a_gap_from_the_start_contains_the_first_job_itself() -> None:
    # The quickest does B in 54 min and A in 54 min: C starts 108 min after A's start at the earliest.
    def of(most: int) -> Scenario:
        latest = After(job_id="A", gap_from="start", max_gap_min=most)
        return question(chained("A"), chained("B", "A"), chained("C", latest, "B"))

    assert list(contradictions(of(108))) == []
    (one,) = contradictions(of(107))
    assert (one.row, one.tie, one.least_min, one.way) == (2, 0, 108, ("A", "B", "C"))


def test_how_long_the_first_job_takes_at_most_is_not_known() -> None:
    # B starts 50 min after A's start; whether that is after A's end depends on who does A.
    of = question(
        chained("A"),
        chained("B", After(job_id="A", gap_from="start", min_gap_min=50)),
        chained("C", After(job_id="A", max_gap_min=0), After(job_id="B", gap_from="start")),
    )
    assert list(contradictions(of)) == []
