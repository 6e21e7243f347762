"""APPOINTMENT."""

from optimizer.domain.promise import Promise
from optimizer.domain.roster import ShiftKey
from optimizer.domain.time import Window
from optimizer.rules.appointment import RULE, AppointmentParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

PARAMS = AppointmentParams()
MORNING = Window(start=at("09:30"), end=at("10:00"))
AFTERNOON = Window(start=at("14:00"), end=at("15:00"))


def starts(clock: str) -> list[tuple[float, str]]:
    of = scenario(jobs=[job(windows=(MORNING, AFTERNOON))])
    made = plan(of, [shift_plan([stop("J1", at(clock), at("17:00"))])])
    found = list(RULE.check(of, PARAMS, made))
    assert all(
        (one.code, one.job_id, one.technician_id, one.day) == ("APPOINTMENT", "J1", "T1", DAY)
        for one in found
    )
    return [(one.over, one.sentence) for one in found]


def test_kept_at_both_ends_of_each_window() -> None:
    assert [starts(clock) for clock in ("09:30", "10:00", "14:00", "15:00")] == [[]] * 4


def test_missed_is_measured_from_the_nearest_window() -> None:
    assert starts("09:20") == [(10, "J1 starts 2026-07-15 09:20, 10 min before the nearest agreed window.")]
    assert starts("10:01")[0][0] == 1
    # 12:30 is 150 min after the morning and 90 min before the afternoon
    assert starts("12:30")[0] == (
        90, "J1 starts 2026-07-15 12:30, 1 h 30 min before the nearest agreed window."
    )  # fmt: skip
    assert starts("15:20:30")[0] == (
        20.5, "J1 starts 2026-07-15 15:20:30, 20 min 30 s after the nearest agreed window."
    )  # fmt: skip


def test_nothing_starts_in_the_past() -> None:
    of = scenario(now=at("09:30"))
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    (finding,) = RULE.check(of, PARAMS, made)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (550, 570, 20, "min")
    assert RULE.advise(finding).endswith(".")


def test_compile_narrows_to_what_is_left() -> None:
    jobs = [job(windows=(MORNING, AFTERNOON)), job(job_id="J2")]
    of = scenario(jobs=jobs)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    both = ((at("09:30"), at("10:00")), (at("14:00"), at("15:00")))
    assert draft.narrowed == {"J1": [both]}
    later = scenario(jobs=jobs, now=at("14:20"))
    draft = Recording(later)
    RULE.compile(later, PARAMS, draft)
    assert draft.narrowed == {"J1": [((at("14:20"), at("15:00")),)]}
    assert not draft.forbidden


def test_compile_forbids_jobs_whose_windows_are_over() -> None:
    of = scenario(jobs=[job(windows=(MORNING,)), job(job_id="J2")], days=2, now=at("10:01"))
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY)), ("J1", ShiftKey("T1", NEXT_DAY))}
    assert draft.narrowed == {}


def test_solve_honours_it() -> None:
    exact = Window(start=at("11:00"), end=at("11:00"))
    tomorrow = Window(start=at("09:30", NEXT_DAY), end=at("09:40", NEXT_DAY))
    jobs = [
        job(windows=(exact,)),
        job(job_id="J2", windows=(AFTERNOON,)),
        job(job_id="J3", windows=(tomorrow,)),
    ]
    of = scenario(jobs=jobs, days=2)
    made = solved(of)
    start = {one.job_id: one.start for day in made.shifts for one in day.stops}
    assert start["J1"] == at("11:00")
    assert at("14:00") <= start["J2"] <= at("15:00")
    assert at("09:30", NEXT_DAY) <= start["J3"] <= at("09:40", NEXT_DAY)
    # 11:00 twice is impossible for one technician
    clash = scenario(jobs=[job(windows=(exact,)), job(job_id="J2", windows=(exact,))])
    assert len(solved(clash).unserved) == 1


def test_who_is_asked_for_another_time_may_come_at_any_time_from_now_on() -> None:
    asked = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:30"), asked=True)
    for told, now in ((True, None), (False, None), (True, at("16:00"))):  # at four both windows have passed
        promise = asked.model_copy(update={"told": told})
        of = scenario(jobs=[job(windows=(MORNING, AFTERNOON))], promises=[promise], now=now)
        draft = Recording(of)
        RULE.compile(of, PARAMS, draft)
        assert draft.calls == []
        made = plan(of, [shift_plan([stop("J1", at("16:30"), at("17:30"))])])
        assert list(RULE.check(of, PARAMS, made)) == []
    past = plan(of, [shift_plan([stop("J1", at("15:50"), at("16:50"))])])
    assert [one.over for one in RULE.check(of, PARAMS, past)] == [10]
    unasked = scenario(jobs=of.jobs, promises=[asked.model_copy(update={"asked": False})])
    assert [one.over for one in RULE.check(unasked, PARAMS, made)] == [90]
