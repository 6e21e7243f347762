from optimizer.control import Progress
from service.executor.events import Progressed
from service.executor.reporter import Reporter


def told(*steps: tuple[float, int]) -> list[tuple[float, int]]:
    """Return which of these steps are told: seconds, and the price of the best plan then."""
    events: list[Progressed] = []
    now_s = 0.0
    reporter = Reporter("a", events.append, lambda: now_s)
    for now_s, cents in steps:
        reporter.watch(Progress(now_s, 10, 0.5, weight=3, cents=cents, unserved=1))
    return [(event.elapsed_s, event.cents) for event in events]


def test_a_search_that_finds_nothing_better_is_told_of_twice_a_second() -> None:
    steps = [(tenth / 8, 100) for tenth in range(17)]  # 0 to 2 s, eight times a second
    assert told(*steps) == [(0, 100), (0.5, 100), (1, 100), (1.5, 100), (2, 100)]


def test_a_better_plan_is_told_at_once() -> None:
    assert told((0, 100), (0.375, 90)) == [(0, 100), (0.375, 90)]


def test_many_better_plans_are_told_five_times_a_second() -> None:
    steps = [(quarter / 16, 100 - quarter) for quarter in range(8)]
    # Told at 0; 0.2 s later the next is due, and comes at 4/16 s; then none until 8/16 s.
    assert told(*steps) == [(0, 100), (0.25, 96)]


def test_a_better_plan_that_came_too_soon_is_told_soon() -> None:
    assert told((0, 100), (0.1, 90), (0.25, 90)) == [(0, 100), (0.25, 90)]


def test_a_report_says_what_the_search_says() -> None:
    events: list[Progressed] = []
    Reporter("a", events.append).watch(Progress(1.5, 20, 0.25, weight=3, cents=400, unserved=2))
    assert events == [Progressed("a", 1.5, 20, 0.25, weight=3, cents=400, unserved=2)]
