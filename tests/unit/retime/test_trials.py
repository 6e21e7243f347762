"""One reading of a problem serves for all its limits."""

from optimizer.compile import compile_scenario
from optimizer.problem import Problem
from optimizer.retime.give_way import late_for_a_price, put
from optimizer.retime.trials import Trials
from optimizer.schedule.lanes import Timekeeper
from tests.unit.rules.build import job, scenario


def test_times_are_those_of_each_problem_in_turn() -> None:
    # T1 is home at 10:20 = 37,200 s; by 10:00 nobody is.
    problem = compile_scenario(scenario([*scenario().technicians], [job()])).problem
    too_short = put(problem, "latest_end_s", 0, 36_000)
    # Reached at 09:10 = 33,000 s, half an hour after its window; it may be late for a price alone.
    closed = put(problem, "window_close", 0, 31_200)
    priced = late_for_a_price(closed, (0,))
    trials = Trials(0, (0,), ())
    for one in (problem, too_short, closed, priced, problem, closed, priced):
        assert _arrival(trials, one) == _fresh(one)
    assert [_fresh(one) for one in (problem, too_short, closed, priced)] == [37_200, None, None, 37_200]


def _arrival(trials: Trials, problem: Problem) -> int | None:
    times = trials.times(problem)
    return None if times is None else int(times.arrive[-1])


def _fresh(problem: Problem) -> int | None:
    times = Timekeeper(problem).time(0, (0,))
    return None if times is None else int(times.arrive[-1])
