"""Calls that come and go among others: what is booked anew is what booking everything anew would say."""

from collections.abc import Sequence
from random import Random

from optimizer.rules.desk_lines import Gap, Wait, work_off
from optimizer.rules.desk_stretches import Stretches
from optimizer.rules.desk_tasks import Booked, Call


def call(number: int, release_s: int, due_s: int, *, until_s: int | None = None) -> Call:
    return Call("A", "desk", release_s, due_s, f"Call {number}.", job_id=f"J{number:02}", until_s=until_s)


def place(one: Call) -> tuple[int, int]:
    return 0, int((one.job_id or "")[1:])


def booked(calls: Sequence[Call], gaps: Sequence[Gap], task_s: int) -> list[Booked]:
    """Return all calls booked from the beginning."""
    waits = [Wait(one.release_s, one.due_s, one.until_s) for one in calls]
    starts, _ = work_off(waits, gaps, task_s)
    return [Booked(one, start_s) for one, start_s in zip(calls, starts, strict=True)]


def test_a_call_that_comes_puts_off_those_that_wait_and_no_others() -> None:
    # The first of three begins at 0; with another one due sooner it begins at 10; at 50 and 100 nothing is otherwise.
    gaps, calls = [Gap(0, 200)], [call(1, 0, 90), call(2, 50, 90), call(3, 100, 190)]
    found = Stretches(booked(calls, gaps, 10), gaps, 10).rebooked([], [new := call(4, 0, 20)], place)
    assert found.gone == {Booked(calls[0], 0)}
    assert found.come == {Booked(new, 0), Booked(calls[0], 10)}


def test_a_delay_is_followed_as_long_as_it_is_felt() -> None:
    # One after the other without a pause: each is put off by one that comes first, and 40 is not quiet any more.
    gaps, calls = [Gap(0, 200)], [call(1, 0, 10), call(2, 10, 20), call(3, 20, 30), call(4, 40, 50)]
    found = Stretches(booked(calls, gaps, 10), gaps, 10).rebooked([], [call(0, 0, 5), call(5, 0, 6)], place)
    assert {one.call.job_id: one.start_s for one in found.come} == {
        "J00": 0,
        "J05": 10,
        "J01": 20,
        "J02": 30,
        "J03": 40,
        "J04": 50,
    }


def test_what_was_done_is_a_fact() -> None:
    done = call(1, 0, 10)._replace(done_s=5)
    found = Stretches([Booked(done, 5)], [Gap(0, 100)], 10).rebooked([done], [], place)
    assert found == ({Booked(done, 5)}, set())


def test_against_booking_everything_anew() -> None:
    random = Random(1)
    for _ in range(2000):
        task_s = random.randint(1, 8)
        gaps = [Gap(a, a + random.randint(1, 60)) for a in random.choices(range(120), k=random.randint(0, 5))]
        every = []
        for number in range(random.randint(1, 16)):
            release_s = random.randint(0, 130)
            until_s = random.choice([None, release_s + random.randint(0, 20)])
            due_s = release_s + random.randint(0, 30)
            every.append(call(number, release_s, due_s, until_s=until_s))
        gone = [one for one in every if random.random() < 0.15]
        come = [one for one in every if one not in gone and random.random() < 0.15]
        before = booked([one for one in every if one not in come], gaps, task_s)
        after = booked([one for one in every if one not in gone], gaps, task_s)
        found = Stretches(before, gaps, task_s).rebooked(gone, come, place)
        assert found.gone == {*before} - {*after}, (every, gone, come, gaps, task_s)
        assert found.come == {*after} - {*before}, (every, gone, come, gaps, task_s)
