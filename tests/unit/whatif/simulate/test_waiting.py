"""Jobs wait until they can be planned, and come back where the fault does."""

from datetime import timedelta

from optimizer.domain.job import Job
from optimizer.domain.time import Window
from optimizer.whatif.simulate.waiting import Reported, Waiting, again
from tests.unit.rules.build import NEXT_DAY, at, job, scenario
from tests.unit.whatif.simulate.fate import Fate


def names(found: tuple[Reported, ...]) -> list[str]:
    return [one.job.job_id for one in found]


def called(job_id: str, *windows: Window) -> Job:
    return job(job_id=job_id, windows=windows)


def test_who_reported_by_now_is_due_once() -> None:
    waiting, of = Waiting(), scenario()
    waiting.add([Reported(called("early"), at("08:00")), Reported(called("late"), at("11:00"))])
    assert names(waiting.due(of, at("07:59"))) == []
    assert names(waiting.due(of, at("08:00"))) == ["early"]
    assert [one.job_id for one in waiting.jobs] == ["late"]
    assert names(waiting.due(of, at("12:00"))) == ["late"]
    assert len(waiting) == 0


def test_who_agreed_on_a_later_day_waits_for_it() -> None:
    tomorrow = Window(start=at("09:00", NEXT_DAY), end=at("11:00", NEXT_DAY))
    waiting = Waiting()
    waiting.add([Reported(called("tomorrow", tomorrow), at("08:00"))])
    assert names(waiting.due(scenario(), at("10:00"))) == []
    assert names(waiting.due(scenario(days=2), at("10:00"))) == ["tomorrow"]  # planned days reach it


def test_windows_that_are_over_bind_nobody() -> None:
    morning, noon = Window(start=at("08:00"), end=at("09:00")), Window(start=at("12:00"), end=at("13:00"))
    waiting = Waiting()
    waiting.add([Reported(called("J1", morning, noon), at("07:00"))])
    (found,) = waiting.due(scenario(), at("09:00"))  # the window ends at this very moment
    assert found.job.windows == (noon,)
    waiting.add([Reported(called("J2", morning), at("07:00"))])
    (found,) = waiting.due(scenario(), at("10:00"))
    assert found.job.windows == ()  # any time now


def test_a_job_is_there_once_and_can_be_dropped() -> None:
    waiting = Waiting()
    waiting.add([Reported(called("J1"), at("08:00")), Reported(called("J1"), at("09:00"))])
    assert names(waiting.due(scenario(), at("08:30"))) == []  # the later report has taken its place
    waiting.drop("J1")
    waiting.drop("J1")
    assert len(waiting) == 0


def test_a_fault_that_is_back_is_a_job_of_its_own() -> None:
    done = job(
        job_id="J1",
        intake_at=at("08:00"),
        dispatched_at=at("08:15"),
        windows=(Window(start=at("09:00"), end=at("11:00")),),
        parts={"pump": 1},
    )
    at_noon = at("12:00", NEXT_DAY)
    found = again(Fate(), scenario(), done, at_noon)
    assert found.job.job_id == "J1-again"
    assert found.job.second_visit == "fault_back"
    assert found.job.intake_at == at_noon
    # The desk writes the order a quarter of an hour later; known it is from then on.
    assert found.job.dispatched_at == found.at == at_noon + timedelta(minutes=15)
    assert (found.job.windows, found.job.parts) == ((), {})
    assert (found.job.place, found.job.type) == (done.place, done.type)
