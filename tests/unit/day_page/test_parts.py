"""Bill, timetables, left-out jobs, clocks, desk and figures: what stands in the tables."""

from datetime import timedelta

import pytest

from optimizer.assess import bill_of
from optimizer.day_page.bill import bill_view
from optimizer.day_page.book import Book
from optimizer.day_page.clocks import clock_view
from optimizer.day_page.days import day_views
from optimizer.day_page.desk import task_view
from optimizer.day_page.figures import head_figures
from optimizer.day_page.left_out import left_out_rows
from optimizer.day_page.provenance import made_by, warnings
from optimizer.day_page.timetable import timetables
from optimizer.domain.assessment import BillLine, ClockState, DeskTask
from optimizer.domain.explanation import LeftOut, Way
from optimizer.domain.promise import Promise
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.technician import Shift
from optimizer.domain.time import DateRange, Window
from tests.unit.day_page.one_day import answer, book, question, shift
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, technician


def _changed(**facts: object) -> Book:
    """Return the day's book with another assessment."""
    old = book()
    assessment = old.document.assessment.model_copy(update=facts)
    document = old.document.model_copy(update={"assessment": assessment})
    return Book(old.scenario, document, "en", {}, {})


def test_the_bills_parts_sum_to_its_total() -> None:
    def line(code: str, kind: str, cents: int) -> BillLine:
        facts = {"code": code, "kind": kind, "quantity": 1.5, "unit": "h", "cents": cents, "sentence": "."}
        return BillLine.model_validate(facts)

    lines = [line("TRAVEL", "outlay", 1001), line("UNSERVED", "service", 300), line("TRAVEL", "outlay", 99)]
    view = bill_view(_changed(bill=bill_of(lines)))
    assert [(part.kind, part.cents) for part in view.parts] == [("outlay", 1100), ("service", 300)]
    # Both lines of TRAVEL are one row: 3.0 h for 11.00; the bar of UNSERVED is 300 ÷ 1100 as long.
    assert [(row.amount, row.money) for row in view.parts[0].rows] == [("3.0 h", "¥11.00")]
    assert view.parts[1].rows[0].share == pytest.approx(300 / 1100)
    assert view.total == "¥14.00"


def test_a_real_bills_rows_sum_to_the_cent() -> None:
    view, bill = bill_view(book()), book().document.assessment.bill
    assert sum(row.cents for part in view.parts for row in part.rows) == bill.total_cents > 0


def test_a_timetable_in_order() -> None:
    (table,) = timetables(book(), [shift()])
    assert [(line.time, line.what) for line in table.lines] == [
        ("09:50", "leaves"),
        ("10:00–11:00", "repair"),
        ("11:05", "waits 55 min"),
        ("12:00–12:40", "midday rest"),
        ("12:40", "waits 20 min"),
        ("13:00–14:00", "repair"),
        ("14:15", "back"),
    ]
    assert (table.lines[1].number, table.lines[1].window) == ("A1", "09:30–11:30")
    assert (table.lines[1].way, table.lines[6].way) == (("10 min", "6.0 km"), ("15 min", "9.0 km"))
    assert (table.name, table.overtime) == ("王强", "45 min")


def test_work_and_parts_are_in_chinese_for_chinese_readers() -> None:
    asked = question(jobs=[job(product="aircon", units=2), job(job_id="J2"), job(job_id="J3")])
    day = shift().model_copy(update={"picked_up": {"fan motor": 1}})
    (table,) = timetables(book(asked, day, language="zh"), [day])
    assert (table.lines[1].what, table.parts) == ("维修 · 空调 ×2", "风扇电机 ×1")


def test_a_home_is_not_described() -> None:
    assert book().place("home:T1") == "home"


def test_jobs_left_out_stand_most_important_first() -> None:
    jobs = [job(), job(job_id="J2"), job(job_id="N"), job(job_id="E", priority="emergency")]
    asked = question(jobs=jobs)
    rows = left_out_rows(book(asked))
    assert [(row.job_id, row.priority, row.job) for row in rows] == [
        ("E", "emergency", 3),
        ("N", "normal", 2),
    ]
    assert rows[0].reason == "no reason known"


def test_a_left_out_job_has_reason_and_smallest_change() -> None:
    reason = UnservedReason(job_id="J3", sentence="Nobody has time.", obstacles=())
    way = Way(
        kind="overtime", job_id="J3", technician_id="T1", day=DAY, start=at("15:00"), weight=-10, cents=5,
        sentence="Allow overtime.", days=(),
    )  # fmt: skip
    old = _changed(unserved=(reason,))
    for fix, said in ((way, "Allow overtime."), (None, "No single change of the kinds tried makes room.")):
        explained = LeftOut(reason=reason, forced=None, fix=fix, proof="")
        (row,) = left_out_rows(Book(old.scenario, old.document, "en", {}, {"J3": explained}))
        assert (row.reason, row.fix) == ("Nobody has time.", said)


def test_windows_of_other_days_are_named_with_their_day() -> None:
    windows = (Window(start=at("09:00", NEXT_DAY), end=at("11:00", NEXT_DAY)),)
    asked = question(jobs=[job(), job(job_id="J2"), job(job_id="J3", windows=windows)])
    assert left_out_rows(book(asked))[0].windows == "16 Jul 09:00–11:00"


def test_worrying_clocks_stand_missed_ones_first() -> None:
    def clock(job_id: str, state: str, **facts: object) -> ClockState:
        usual = {"code": "COMPLETE", "job_id": job_id, "due": at("12:00"), "event": "finishing"}
        late = {"at": at("12:30"), "state": state, "slack_s": -1800}
        return ClockState.model_validate({**usual, **late, **facts})

    risky = clock("J1", "at_risk", at=at("11:50"), slack_s=600)
    clocks = (clock("J1", "met"), risky, clock("J2", "missed"), clock("J3", "missed", at=None, slack_s=None))
    call = clock("J1", "missed", code="CONTACT", event="calling")
    view = clock_view(_changed(clocks=(*clocks, call)))
    assert [(row.subject, row.letters, row.state) for row in view.rows] == [
        ("J2", "A", "missed"),
        ("J3", "", "missed"),
        ("J1", "A", "at_risk"),
    ]
    assert [row.happens for row in view.rows[:2]] == ["finished 15 Jul 12:30", "left out"]
    assert (view.rows[0].left, view.rows[2].left) == ("30 min late", "10 min left")
    assert [(one.missed, one.at_risk) for one in view.desk] == [(1, 0)]


def test_tasks_of_the_desk_and_calls_of_technicians_stand_apart() -> None:
    def task(owner: str, start: str | None) -> DeskTask:
        begin = None if start is None else at(start)
        facts = {
            "code": "CONTACT",
            "job_id": "J1",
            "release": at("08:00"),
            "due": at("09:00"),
            "sentence": "Call.",
        }
        return DeskTask.model_validate({**facts, "owner": owner, "start": begin})

    view = task_view(_changed(desk=(task("desk", "09:20"), task("T1", "08:30"), task("manager", None))))
    assert [(row.owner, row.late) for row in view.desk] == [("desk", "20 min late"), ("manager", "")]
    assert [row.when for row in view.desk] == ["15 Jul 09:20", "no time"]
    assert [(row.owner, row.job) for row in view.technicians] == [("王强", 0)]


def test_the_head_says_how_much_is_done() -> None:
    figures = {one.name: one for one in head_figures(book())}
    served = figures["jobs served"]
    assert (served.value, served.more, served.tone) == ("2 of 3", "1 left out", "warn")
    assert figures["technicians at work"].value == "1 of 1"


def test_where_no_clock_runs_nothing_is_praised() -> None:
    kpis = book().document.assessment.kpis.model_copy(update={"clocks": 0, "clocks_met": 0})
    on_time = head_figures(_changed(kpis=kpis))[1]
    assert (on_time.value, on_time.tone) == ("–", "")


def test_everybody_without_work_is_named_and_why_is_not() -> None:
    ill = technician(
        technician_id="T2", name="病", leave=(DateRange(first_day=DAY, last_day=DAY, reason="appendicitis"),)
    )
    idle = technician(technician_id="T3", name="闲", shifts=(Shift(day=DAY),))
    asked = question(technicians=[*question().technicians, ill, idle])
    (day,) = day_views(book(asked))
    assert day.without_work == ("病 (away)", "闲")


def test_every_planned_day_has_its_part() -> None:
    asked = question().model_copy(update={"horizon": question().horizon.model_copy(update={"days": 3})})
    days = day_views(book(asked))
    assert [day.key for day in days] == ["2026-07-15", "2026-07-16", "2026-07-17"]
    assert [day.summary for day in days[:2]] == ["1 technician · 2 jobs", "0 technicians · 0 jobs"]


def test_a_job_left_out_stands_on_the_days_of_its_windows() -> None:
    window = Window(start=at("09:00") + timedelta(days=1), end=at("11:00") + timedelta(days=1))
    jobs = [job(), job(job_id="J2"), job(job_id="J3", windows=(window,))]
    asked = question(jobs=jobs)
    asked = asked.model_copy(update={"horizon": asked.horizon.model_copy(update={"days": 2})})
    first, second = day_views(book(asked))
    assert [len(day.frames[0].left_out) for day in (first, second)] == [0, 1]
    moved = Promise(job_id="J3", technician_id="T1", window=window, start=window.start, asked=True)
    first, second = day_views(book(asked.model_copy(update={"promises": (moved,)})))  # any day will do
    assert [len(day.frames[0].left_out) for day in (first, second)] == [1, 1]


def test_the_provenance_says_where_the_times_come_from() -> None:
    old = answer(question(), shift())
    travel = old.plan.travel.model_copy(
        update={"source": "great circle", "warnings": ("The server was away.",)}
    )
    document = old.model_copy(update={"plan": old.plan.model_copy(update={"travel": travel})})
    said = Book(question(), document, "en", {}, {})
    assert "travel times: great circle" in made_by(said)
    assert "行程时间来源：直线距离" in made_by(Book(question(), document, "zh", {}, {}))
    assert warnings(said) == (
        "Travel times are estimates from straight lines, not from roads or timetables.",
        "The server was away.",
    )
