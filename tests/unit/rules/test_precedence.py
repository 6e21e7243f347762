"""PRECEDENCE: order and gaps, groups, one visit at a time, long jobs; the times are of one Wednesday and Thursday."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Customer, Job
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.ties import After, JobGroup
from optimizer.rules.precedence import RULE, PrecedenceParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.recording import LayoutRecording, Recording, Tie

PEOPLE = (technician(), technician(technician_id="T2"), technician(technician_id="T3"))


def pair(**tie: Any) -> Scenario:
    """Return a question in which J2 comes after J1."""
    jobs = (job(), job(job_id="J2", after=(After(job_id="J1", **tie),)))
    return scenario(PEOPLE, jobs, days=3)


def day(job_id: str, clock: str, *, minutes: int = 60, who: str = "T1", **facts: Any) -> ShiftPlan:
    """Return somebody's day with one stop; `on` says which day, `seat` and `part` which visit it is."""
    on = facts.pop("on", DAY)
    start = at(clock, on)
    return shift_plan(
        [stop(job_id, start, start + timedelta(minutes=minutes), **facts)], technician_id=who, day=on
    )


def found(of: Scenario, *days: ShiftPlan, **params: Any) -> list[Finding]:
    made: Plan = plan(of, days)
    return list(RULE.check(of, PrecedenceParams(**params), made))


def amounts(findings: list[Finding]) -> list[tuple[str | None, float, float, float, str]]:
    return [(one.job_id, one.measured, one.limit, one.over, one.unit) for one in findings]


def test_a_gap_that_is_kept_has_no_finding() -> None:
    of = pair(min_gap_min=30, max_gap_min=90)
    # J1 ends at 10:00: from 10:30 to 11:30 is right, both included
    assert found(of, day("J1", "09:00"), day("J2", "10:30", who="T2")) == []
    assert found(of, day("J1", "09:00"), day("J2", "11:30", who="T2")) == []


def test_too_early_and_too_late_are_found_in_minutes() -> None:
    of = pair(min_gap_min=30, max_gap_min=90)
    (early,) = found(of, day("J1", "09:00"), day("J2", "10:13", who="T2"))
    assert amounts([early]) == [("J2", 613, 630, 17, "min")]
    assert early.sentence == ("J2 starts 17 min before 2026-07-15 10:30, the earliest after the end of J1.")
    (late,) = found(of, day("J1", "09:00"), day("J2", "11:35", who="T2"))
    assert amounts([late]) == [("J2", 695, 690, 5, "min")]


def test_gaps_may_count_from_the_start() -> None:
    of = pair(gap_from="start", min_gap_min=30)
    assert found(of, day("J1", "09:00"), day("J2", "09:30", who="T2")) == []
    assert amounts(found(of, day("J1", "09:00"), day("J2", "09:20", who="T2"))) == [
        ("J2", 560, 570, 10, "min")
    ]


def test_the_second_needs_the_first_but_not_the_other_way_round() -> None:
    of = pair()
    assert amounts(found(of, day("J2", "10:30"))) == [("J2", 0, 1, 1, "jobs")]
    assert found(of, day("J1", "09:00")) == []


def test_the_next_working_day_begins_at_midnight() -> None:
    of = pair(next_working_day=True)
    assert found(of, day("J1", "09:00"), day("J2", "00:00", on=NEXT_DAY)) == []
    assert amounts(found(of, day("J1", "09:00"), day("J2", "23:50"))) == [("J2", 1430, 1440, 10, "min")]
    # with Thursday free the next working day is Friday: 48 h after Wednesday's midnight
    free = of.model_copy(update={"calendar": HolidayCalendar(extra_free_days=(NEXT_DAY,))})
    assert amounts(found(free, day("J1", "09:00"), day("J2", "23:00", on=NEXT_DAY))) == [
        ("J2", 2820, 2880, 60, "min")
    ]


@pytest.mark.parametrize(("who", "one", "other"), [("same", "T1", "T2"), ("another", "T1", "T1")])
def test_the_wrong_person_is_found(who: str, one: str, other: str) -> None:
    of = pair(who=who)
    right = "T2" if who == "another" else "T1"
    assert found(of, day("J1", "09:00", who=one), day("J2", "10:30", who=right)) == []
    (finding,) = found(of, day("J1", "09:00", who=one), day("J2", "10:30", who=other))
    assert (finding.job_id, finding.over, finding.unit) == ("J2", 1, "people")


def test_who_leads_and_the_last_day_count() -> None:
    # J1 takes two days: T1 leads, T2 comes along. J2 counts from its end on Thursday at 10:00.
    of = pair(min_gap_min=30, who="same")
    first = (
        day("J1", "09:00"),
        day("J1", "09:00", who="T2", seat=1),
        day("J1", "09:00", on=NEXT_DAY, part=1),
        day("J1", "09:00", on=NEXT_DAY, part=1, who="T2", seat=1),
    )
    assert found(of, *first, day("J2", "10:30", on=NEXT_DAY)) == []
    (finding,) = found(of, *first, day("J2", "10:00", on=NEXT_DAY))
    assert finding.over == 30
    from_start = pair(gap_from="start", min_gap_min=30)
    assert found(from_start, *first, day("J2", "09:30")) == []


def test_groups_look_at_people() -> None:
    jobs = [job(job_id=f"J{number}") for number in (1, 2, 3)]
    same = scenario(PEOPLE, jobs, groups=[JobGroup(jobs=("J1", "J2", "J3"), who="same")])
    another = scenario(PEOPLE, jobs, groups=[JobGroup(jobs=("J1", "J2", "J3"), who="another")])
    alone = [day("J1", "09:00"), day("J2", "11:00")]
    apart = [day("J1", "09:00"), day("J2", "11:00", who="T2"), day("J3", "11:00", who="T3")]
    assert found(same, *alone) == []
    assert amounts(found(same, *apart)) == [("J1", 3, 1, 2, "people")]
    assert found(another, *apart) == []
    assert amounts(found(another, *alone)) == [("J1", 1, 2, 1, "people")]


def at_one_customer(customer_id: str = "C", **facts: Any) -> Job:
    return job(customer=Customer(customer_id=customer_id), **facts)


def test_two_jobs_of_one_customer_are_not_under_way_at_once() -> None:
    of = scenario(PEOPLE, (at_one_customer(), at_one_customer(job_id="J2")))
    assert found(of, day("J1", "09:00"), day("J2", "10:00", who="T2")) == []
    both = day("J1", "09:00"), day("J2", "09:45", who="T2")
    assert amounts(found(of, *both)) == [("J2", 15, 0, 15, "min")]
    assert found(of, *both, one_at_a_time=False) == []
    assert found(of, *both, site_from_jobs=2) == []
    neighbours = scenario(PEOPLE, (at_one_customer(), at_one_customer("D", job_id="J2")))
    assert found(neighbours, *both) == []


def test_the_parts_of_a_long_job_come_day_after_day_by_the_same_people() -> None:
    of = scenario(PEOPLE, days=3)
    right = [
        day("J1", "09:00", on=NEXT_DAY, part=1),  # the order in a file means nothing
        day("J1", "09:00"),
        day("J1", "09:00", who="T2", seat=1),
        day("J1", "09:00", who="T2", seat=1, on=NEXT_DAY, part=1),
    ]
    assert found(of, *right) == []
    (early,) = found(of, day("J1", "09:00"), day("J1", "23:00", part=1))
    assert (early.over, early.unit) == (60, "min")
    stranger = day("J1", "09:00", who="T3", seat=1, on=NEXT_DAY, part=1)
    assert amounts(found(of, *right[:3], stranger)) == [("J1", 2, 1, 1, "people")]


def test_every_finding_has_its_advice() -> None:
    of = pair(min_gap_min=30, who="same")
    for finding in (
        *found(of, day("J2", "10:30")),
        *found(of, day("J1", "09:00"), day("J2", "10:00", who="T2")),
    ):
        assert "J2" in RULE.advise(finding)


def test_what_the_search_is_told() -> None:
    jobs = (
        at_one_customer(),
        at_one_customer(job_id="J2", after=(After(job_id="J1", min_gap_min=5, max_gap_min=90, who="same"),)),
        at_one_customer(job_id="J3"),
        job(job_id="J4", after=(After(job_id="J3", gap_from="start", next_working_day=True),)),
    )
    of = scenario(PEOPLE, jobs, days=2, groups=[JobGroup(jobs=("J1", "J4"), who="another")])
    draft = Recording(of)
    RULE.compile(of, PrecedenceParams(), draft)
    assert draft.links == [
        Tie("J1", "J2", "end", 300, 5400, next_working_day=False, who="same"),
        Tie("J3", "J4", "start", 0, None, next_working_day=True, who="anyone"),
    ]
    assert draft.groups == [(("J1", "J4"), "another")]
    assert draft.apart == [frozenset(("J1", "J3")), frozenset(("J2", "J3"))]  # J1 and J2 are tied already
    assert not draft.forbidden


def test_a_job_that_no_day_holds_is_split() -> None:
    # 12 h of work, of which a day holds 12:40–20:00 at most and 12:40–18:00 in regular hours: 3 × 4 h
    long = scenario((technician(),), (job(duration_min=720), job(job_id="J2")), days=3)
    layout = LayoutRecording()
    RULE.lay_out(long, PrecedenceParams(), layout)
    assert layout.parts == {"J1": 3}


def issues(*jobs: Job) -> list[tuple[str, str, str]]:
    found = RULE.validate(scenario(PEOPLE, jobs), PrecedenceParams())
    return [(one.code, one.path, one.cause) for one in found]


def test_a_circle_is_named() -> None:
    assert issues(
        job(job_id="A", after=(After(job_id="C"),)),
        job(job_id="B", after=(After(job_id="A"),)),
        job(job_id="C", after=(After(job_id="B"),)),
    ) == [("circular-order", "jobs[1].after[0]", "B would come before itself: B → C → A → B.")]


def test_gaps_that_others_make_impossible_are_named() -> None:
    # B takes 60 min (54 by the quickest) and starts 20 min after A at least: C comes 74 min after A or later
    assert issues(
        job(job_id="A"),
        job(job_id="B", after=(After(job_id="A", min_gap_min=20),)),
        job(job_id="C", after=(After(job_id="A", max_gap_min=73), After(job_id="B"))),
    ) == [
        (
            "gaps-contradict",
            "jobs[2].after[0].max_gap_min",
            "C comes at most 1 h 13 min after the end of A, but A → B → C takes 1 h 14 min at least.",
        )
    ]
