"""When a shared tool can go from job to job is the same to the search as to the check, which are written apart."""

from datetime import timedelta
from random import Random

from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.plan import ToolPlan, ToolStop
from optimizer.domain.scenario import Scenario
from optimizer.rules.book import RuleBook
from optimizer.rules.shared_tool import RULE
from tests.unit.rules.build import (
    DAY,
    at,
    branch,
    job,
    leg,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)

PEOPLE = [technician(), technician(technician_id="T2")]


def random_scenario(dice: Random) -> Scenario:
    """Return two jobs that need the only hoist, on a day that may have begun."""
    jobs = [
        job(
            job_id=name,
            place=north(dice.randint(1, 60)),
            duration_min=dice.randint(30, 240),
            setup_min=dice.randint(0, 9),
            shared_tools=("hoist",),
        )
        for name in ("J1", "J2")
    ]
    rules = {
        "SHARED_TOOL": {
            "handover_min": dice.choice((0, 15, 30)),
            "issued_before_min": dice.choice((0, 60)),
            "returned_after_min": dice.choice((0, 90)),
        },
        "SHIFT": {"overtime_limit_min": dice.choice((0, 120))},
    }
    now = dice.choice((None, at("08:20"), at("09:30")))
    return scenario(PEOPLE, jobs, branches=[branch(shared_tools={"hoist": 1})], rules=rules, now=now)


def goes(compiled: Compiled, starts: list[int]) -> bool:
    """Tell whether the problem's hoist is at both jobs in this order when they start, and back in time."""
    problem, hoist = compiled.problem, len(compiled.shifts)
    profile, here, free_s = problem.profile[hoist], problem.start_place[hoist], problem.start_s[hoist]
    for job_row, start_s in enumerate(starts):
        row = compiled.visits.parts[job_row][0].tools[0]
        if free_s + problem.travel[profile, here, problem.place[row], 0] > start_s:
            return False
        here, free_s = problem.place[row], start_s + problem.service_s[row, problem.service_class[hoist]]
    return bool(
        free_s + problem.travel[profile, here, problem.end_place[hoist], 0] <= problem.latest_end_s[hoist]
    )


def test_a_tools_day() -> None:
    found = {True: 0, False: 0}
    for seed in range(300):
        dice = Random(seed)
        of = random_scenario(dice)
        compiled = compile_scenario(of)
        params = RuleBook.of(of.policy).params(RULE)
        first_s = 60 * dice.randint(8 * 60, 14 * 60)
        # just before, at or after the moment at which the hoist can be at the second job
        problem, hoist = compiled.problem, len(compiled.shifts)
        one, other = (compiled.visits.parts[row][0].tools[0] for row in (0, 1))
        lasts = problem.service_s[[one, other], problem.service_class[hoist]].tolist()
        ways = [
            int(problem.travel[problem.profile[hoist], a, b, 0])
            for a, b in (
                (problem.start_place[hoist], problem.place[one]),
                (problem.place[one], problem.place[other]),
                (problem.place[other], problem.end_place[hoist]),
            )
        ]
        second_s = first_s + lasts[0] + ways[1] + dice.choice((-60, 0, 0, 60))
        starts = [first_s, second_s]
        moments = [compiled.timeline.moment(second) for second in starts]
        ends = [moment + timedelta(seconds=last) for moment, last in zip(moments, lasts, strict=True)]
        handover = timedelta(minutes=params.handover_min)
        day = ToolPlan(
            branch_id="B1",
            tool="hoist",
            piece=1,
            day=DAY,
            means="car",
            stops=tuple(
                ToolStop(
                    job_id=name,
                    leg=leg(here, f"job:{name}", moment, travel_s=way),
                    start=moment,
                    end=end,
                )
                for name, here, moment, end, way in zip(
                    ("J1", "J2"), ("branch:B1", "job:J1"), moments, ends, ways[:2], strict=True
                )
            ),
            last_leg=leg("job:J2", "branch:B1", ends[1] + timedelta(seconds=ways[2]), travel_s=ways[2]),
        )
        people = [
            shift_plan([stop(name, moment, end - handover)], technician_id=who)
            for name, moment, end, who in zip(("J1", "J2"), moments, ends, ("T1", "T2"), strict=True)
        ]
        findings = list(RULE.check(of, params, plan(of, people, [day])))
        assert goes(compiled, starts) == (not findings), (seed, findings)
        found[not findings] += 1
    assert min(found.values()) > 50, found
