"""The Gantt chart: everything stands where its time is."""

from dataclasses import replace

import pytest

from optimizer.day_page.gantt import day_chart
from optimizer.day_page.gantt_parts import WIDTH
from optimizer.domain.assessment import ClockState
from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from tests.unit.day_page.one_day import book, question, shift
from tests.unit.rules.build import at, job, technician

HOUR = WIDTH / 6
"""The axis runs from 09:00, the shift's start, to 15:00, the full hour after the end at 14:15."""


def test_the_axis_has_full_hours_around_all_work() -> None:
    chart = day_chart(book(), [shift()], [])
    assert [hour.text for hour in chart.hours] == ["09", "10", "11", "12", "13", "14", "15"]
    assert chart.hours[1].x == pytest.approx(HOUR)


def test_bars_stand_where_their_time_is() -> None:
    (row,) = day_chart(book(), [shift()], []).rows
    first, second = [bar for bar in row.bars if bar.kind == "visit"]
    assert (first.x, first.width) == pytest.approx((HOUR, HOUR))
    assert second.x == pytest.approx(4 * HOUR)
    assert second.text == "J2"
    (rest,) = [bar for bar in row.bars if bar.kind == "break"]
    assert (rest.x, rest.width) == pytest.approx((3 * HOUR, 2 / 3 * HOUR))
    assert "10:00–11:00" in first.title


def test_an_id_stands_in_its_bar_whole_or_not_at_all() -> None:
    # An hour is 133 units wide: 20 letters of 5.6 fit, 40 do not.
    for letters, text in ((20, "J" * 20), (40, "")):
        job_id = "J" * letters
        day = shift()
        leg = day.stops[0].leg.model_copy(update={"to_place": f"job:{job_id}"})
        stop = day.stops[0].model_copy(update={"job_id": job_id, "leg": leg})
        asked = question(jobs=[job(job_id=job_id), job(job_id="J2")])
        (row,) = day_chart(book(asked), [day.model_copy(update={"stops": (stop, *day.stops[1:])})], []).rows
        assert next(bar.text for bar in row.bars if bar.kind == "visit") == text


def test_overtime_begins_at_the_shifts_end() -> None:
    # The shift ends 13:30, back 14:15: 45 minutes.
    (row,) = day_chart(book(), [shift()], []).rows
    (over,) = [bar for bar in row.bars if bar.kind == "overtime"]
    assert (over.x, over.width) == pytest.approx((4.5 * HOUR, 0.75 * HOUR))
    assert row.overtime == "+45 min"
    assert (row.shift_x, row.shift_width) == pytest.approx((0, 4.5 * HOUR))


def test_windows_are_brackets_and_promises_are_told_apart() -> None:
    told = Window(start=at("12:30"), end=at("13:30"))
    promise = Promise(job_id="J2", technician_id="T1", window=told, start=at("13:00"))
    (row,) = day_chart(book(question(promises=[promise])), [shift()], []).rows
    agreed, promised = row.brackets
    assert (agreed.x, agreed.width) == pytest.approx((0.5 * HOUR, 2 * HOUR))
    assert (promised.x, promised.width) == pytest.approx((3.5 * HOUR, HOUR))
    assert [(one.job, one.promised) for one in row.brackets] == [(0, False), (1, True)]
    asked = promise.model_copy(update={"asked": True})
    (row,) = day_chart(book(question(promises=[promise, asked])), [shift()], []).rows
    assert [(one.job, one.promised) for one in row.brackets] == [(0, False)]


def test_windows_that_overlap_stand_in_two_lines() -> None:
    jobs = [
        job(windows=(Window(start=at("09:30"), end=at("11:30")),)),
        job(job_id="J2", windows=(Window(start=at("11:00"), end=at("13:00")),)),
    ]
    (row,) = day_chart(book(question(jobs=jobs)), [shift()], []).rows
    assert row.brackets[0].y != row.brackets[1].y


def test_a_window_of_several_days_has_no_ends_in_the_picture() -> None:
    jobs = [job(windows=(Window(start=at("08:00"), end=at("23:00")),)), job(job_id="J2")]
    (bracket,) = day_chart(book(question(jobs=jobs)), [shift()], []).rows[0].brackets
    assert (bracket.x, bracket.width, bracket.opens, bracket.closes) == (0, WIDTH, False, False)


@pytest.mark.parametrize("state", ["met", "at_risk", "missed"])
def test_clocks_are_ticks_at_their_due_time(state: str) -> None:
    plain = book()
    clock = ClockState.model_validate(
        {"code": "COMPLETE", "job_id": "J1", "due": at("12:00"), "event": "finishing", "at": at("11:00"),
         "state": state, "slack_s": 3600}
    )  # fmt: skip
    late = clock.model_copy(update={"due": at("20:00")})  # beyond the axis: no tick
    assessment = plain.document.assessment.model_copy(update={"clocks": (clock, late)})
    asked = replace(plain, document=plain.document.model_copy(update={"assessment": assessment}))
    (row,) = day_chart(asked, [shift()], []).rows
    (tick,) = row.dues
    assert tick.x == pytest.approx(3 * HOUR)
    assert (tick.state, tick.job) == (state, 0)
    worry = next(bar.worry for bar in row.bars if bar.job == 0)
    assert worry == ("" if state == "met" else state)


def test_now_is_a_line_only_inside_the_day() -> None:
    assert day_chart(book(question(now=at("09:30"))), [shift()], []).now == pytest.approx(HOUR / 2)
    assert day_chart(book(question(now=at("07:30"))), [shift()], []).now is None


def test_a_day_without_work_has_an_empty_chart() -> None:
    chart = day_chart(book(question(technicians=[technician()])), [], [])
    assert chart.rows == ()
