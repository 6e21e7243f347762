"""Calls on lines: the one due first goes first, and no line waits while a call does."""

from random import Random

import pytest

from optimizer.rules.desk_lines import Gap, Wait, work_off


def starts(waits: list[Wait], gaps: list[Gap], task_s: int = 10) -> tuple[int | None, ...]:
    return work_off(waits, gaps, task_s)[0]


def test_the_one_due_first_goes_first() -> None:
    waits = [Wait(0, 300), Wait(0, 100), Wait(0, 200)]
    assert starts(waits, [Gap(0, 100)]) == (20, 0, 10)


def test_equals_go_in_the_order_listed() -> None:
    assert starts([Wait(0, 100), Wait(0, 100)], [Gap(0, 100)]) == (0, 10)


def test_a_call_waits_for_its_release() -> None:
    # the second is due later but there first; the first finds the line busy until 45
    assert starts([Wait(40, 50), Wait(35, 900)], [Gap(0, 100)]) == (45, 35)


def test_several_lines_work_side_by_side() -> None:
    waits = [Wait(0, 10), Wait(0, 20), Wait(0, 30)]
    assert starts(waits, [Gap(0, 100), Gap(0, 100)]) == (0, 0, 10)


@pytest.mark.parametrize(("end_s", "expected"), [(10, (0,)), (9, (None,))])
def test_a_call_ends_before_the_gap_does(end_s: int, expected: tuple[int | None, ...]) -> None:
    assert starts([Wait(0, 100)], [Gap(0, end_s)]) == expected


def test_a_call_that_finds_no_time_today_is_made_tomorrow() -> None:
    assert starts([Wait(95, 100)], [Gap(0, 100), Gap(200, 300)]) == (200,)


def test_a_pointless_call_is_not_made() -> None:
    gaps = [Gap(200, 300)]
    assert starts([Wait(0, 100, until_s=200), Wait(0, 150)], gaps) == (200, 210)
    assert starts([Wait(0, 100, until_s=199), Wait(0, 150)], gaps) == (None, 200)


def test_what_is_left() -> None:
    _, left = work_off([Wait(30, 100)], [Gap(0, 100), Gap(0, 35)], 10)
    assert left == (Gap(0, 30), Gap(0, 35), Gap(40, 100))
    _, left = work_off([Wait(5, 100)], [Gap(0, 20)], 10)
    assert left == ()  # 0–5 and 15–20 are too short for a call
    assert work_off([], [Gap(0, 20), Gap(0, 9)], 10) == ((), (Gap(0, 20),))


def plainly(waits: list[Wait], gaps: list[Gap], task_s: int) -> tuple[int | None, ...]:
    """Return the same starts, second by second."""
    found: list[int | None] = [None] * len(waits)
    busy = [0] * len(gaps)  # until when, by gap
    for now in range(max((gap.end_s for gap in gaps), default=0)):
        while True:
            ready = [i for i, one in enumerate(waits) if found[i] is None and one.release_s <= now]
            ready = [i for i in ready if (until := waits[i].until_s) is None or until >= now]
            # of the free gaps the longest-lasting is taken
            free = [i for i, gap in enumerate(gaps) if max(gap.start_s, busy[i]) <= now <= gap.end_s - task_s]
            if not ready or not free:
                break
            first = min(ready, key=lambda i: (waits[i].due_s, i))
            found[first] = now
            busy[max(free, key=lambda i: gaps[i].end_s)] = now + task_s
    return tuple(found)


def test_against_the_plain_way() -> None:
    random = Random(1)
    for _ in range(300):
        task_s = random.randint(1, 8)
        gaps = [Gap(a, a + random.randint(1, 25)) for a in random.choices(range(60), k=random.randint(0, 5))]
        waits = []
        for _ in range(random.randint(0, 12)):
            release = random.randint(0, 70)
            until = random.choice([None, release + random.randint(0, 20)])
            waits.append(Wait(release, release + random.randint(0, 30), until))
        assert starts(waits, gaps, task_s) == plainly(waits, gaps, task_s), (waits, gaps, task_s)
