"""Days and moments in both languages, in the scenario's time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from optimizer.words.moments import (
    clock,
    day,
    day_and_clock,
    exact_moment,
    minutes_between,
    moment,
    short_day,
    span,
    weekday,
    whole_day,
)

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 7, 14, 23, 59, 59, tzinfo=UTC)  # 07:59:59 on the 15th in Changsha
DAY = date(2026, 7, 15)


def test_local_time_whatever_the_offset() -> None:
    assert clock(AT, ZONE) == "07:59"
    assert clock(AT) == "23:59"
    assert day_and_clock(AT, ZONE) == "15 Jul 07:59"
    assert day_and_clock(AT, ZONE, "zh") == "7月15日 07:59"
    assert span(AT, AT, ZONE) == "07:59–07:59"


def test_sentences_have_the_whole_date_and_seconds_only_to_prove_something() -> None:
    assert moment(AT, ZONE) == "2026-07-15 07:59"
    assert moment(AT, ZONE, "zh") == "7月15日 07:59"
    assert exact_moment(AT, ZONE) == "2026-07-15 07:59:59"
    assert exact_moment(AT.replace(second=0), ZONE) == "2026-07-15 07:59"


def test_days() -> None:
    assert (weekday(DAY), weekday(DAY, "zh")) == ("Wed", "周三")
    assert (day(DAY), day(DAY, "zh")) == ("Wed 15 Jul", "7月15日 周三")
    assert (short_day(DAY), short_day(DAY, "zh")) == ("15 Jul", "7月15日")
    assert (whole_day(DAY), whole_day(DAY, "zh")) == ("2026-07-15", "2026年7月15日")


def test_a_length_beside_its_clock_times_is_their_difference_as_shown() -> None:
    start, end = datetime(2026, 7, 15, 8, 6, 50, tzinfo=ZONE), datetime(2026, 7, 15, 8, 30, 10, tzinfo=ZONE)
    assert (clock(start), clock(end)) == ("08:06", "08:30")
    assert minutes_between(start, end) == "24 min"  # 23 min 20 s by the second
    assert minutes_between(start, end, language="zh") == "24 分钟"
    assert minutes_between(start, start) == "0 min"
