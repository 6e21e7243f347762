"""Why jobs are left out: Chinese sentences with the facts of the English ones."""

from datetime import date

import pytest

from optimizer.domain.reasons import Block, Obstacle, Shortfall, StayingOut, UnservedReason
from optimizer.words.hindrances import hindrance
from optimizer.words.obstacles import obstacle_words
from optimizer.words.reasons import reason_words
from optimizer.words.staying_out import staying_words

DAY = date(2026, 7, 15)


def obstacle(*lacking: Shortfall, cents: int | None = None, unserved_cents: int | None = None) -> Obstacle:
    return Obstacle(
        technician_id="T1",
        day=DAY,
        codes=(),
        cents=cents,
        unserved_cents=unserved_cents,
        shortfalls=lacking,
        sentence="",
    )


@pytest.mark.parametrize(
    ("lacking", "english", "chinese"),
    [
        (
            Shortfall(kind="jobs_a_day", jobs=10),
            "already has 10 jobs, the cap of a day",
            "已有 10 个工单，达到每日上限",
        ),
        (Shortfall(kind="jobs_a_week"), "has reached the cap on jobs of the week", "本周单量已达上限"),
        (
            Shortfall(kind="hours"),
            "would exceed the cap on hours",
            "会超出每日或每周工时上限",
        ),
        (
            Shortfall(kind="parts"),
            "lacks the spare parts, neither on the van nor at a branch on the way",
            "缺少配件，车上没有，沿途网点也没有",
        ),
        (Shortfall(kind="load"), "cannot load it", "装不下"),
        (Shortfall(kind="unreachable"), "cannot be there in time at all", "怎么排都赶不上"),
        (
            Shortfall(kind="own_window", lack_s=3900),
            "would come at least 1 h 05 min after the agreed window",
            "会比预约时段晚到至少 1 小时 05 分",
        ),
        (
            Shortfall(kind="own_window", lack_s=60, code="PINNED"),
            "would come at least 1 min after the pinned start",
            "会比指定的开始时间晚到至少 1 分钟",
        ),
        (
            Shortfall(kind="later_stop", lack_s=60, job_id="J7"),
            "would then reach J7 or a later stop at least 1 min too late",
            "接单后到 J7 或其后的工单要晚至少 1 分钟",
        ),
        (
            Shortfall(kind="later_stop", lack_s=60),
            "would then reach the end of the day or a later stop at least 1 min too late",
            "接单后收工要晚至少 1 分钟",
        ),
        (
            Shortfall(kind="rest", lack_s=60, rests=("break",)),
            "would begin the midday rest at least 1 min too late",
            "午休要推迟至少 1 分钟",
        ),
        (
            Shortfall(kind="rest", lack_s=60, rests=("break", "absence")),
            "would begin the midday rest or absence at least 1 min too late",
            "午休或中途外出要推迟至少 1 分钟",
        ),
        (
            Shortfall(kind="time", lack_s=60),
            "has too little time left: at least 1 min are lacking",
            "剩余时间不够，差至少 1 分钟",
        ),
    ],
)
def test_what_is_lacking(lacking: Shortfall, english: str, chinese: str) -> None:
    assert obstacle_words(obstacle(lacking)) == f"T1 on 2026-07-15 {english}."
    assert obstacle_words(obstacle(lacking), "zh") == f"T1 7月15日{chinese}。"


def test_several_lacks_and_none() -> None:
    both = obstacle(Shortfall(kind="time", lack_s=60), Shortfall(kind="load"))
    assert (
        obstacle_words(both)
        == "T1 on 2026-07-15 has too little time left (at least 1 min are lacking) and cannot load it."
    )
    assert obstacle_words(both, "zh") == "T1 7月15日剩余时间不够，差至少 1 分钟；装不下。"
    dear = obstacle(cents=90_000, unserved_cents=50_000)
    assert (
        obstacle_words(dear)
        == "T1 on 2026-07-15 could take it for ¥900.00 more, but leaving it out costs only ¥500.00."
    )
    assert obstacle_words(dear, "zh") == "T1 7月15日可以接，账单增加 ¥900.00，但不派只需 ¥500.00。"


def reason(*blocks: Block, slots: int, shifts: int = 0, jointly: int = 0, free: int = 0) -> UnservedReason:
    return UnservedReason(
        job_id="J1",
        sentence="",
        slots=slots,
        shifts=shifts or slots,
        jointly=jointly,
        free=free,
        blocks=blocks,
        obstacles=(obstacle(Shortfall(kind="load")),),
    )


SKILL = Block(code="SKILL", alone=1, jointly=3)
PART = Block(code="PART", alone=2, jointly=3)
NAMED_SKILL = SKILL.model_copy(update={"names": ("repair/空调",)})
NAMED_PART = PART.model_copy(update={"names": ("fan", "inverter board")})
SHIFT = Block(code="SHIFT", alone=1, jointly=0)
BREAK = Block(code="BREAK", alone=1, jointly=0)
NEAR, NEAR_ZH = "Closest: T1 on 2026-07-15 cannot load it. ", "最接近的是：T1 7月15日装不下。"


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (
            reason(SKILL, PART, slots=6, jointly=3),
            f"{NEAR}All 6 shifts are stopped: 2 by missing spare parts (PART) alone; 1 by a missing skill (SKILL) "
            "alone; 3 by several reasons at once, most often a missing skill (SKILL).",
            f"{NEAR_ZH}全部 6 个班次都排不进：2 个只因缺少配件（PART）；1 个只因缺少技能（SKILL）；3 个同时有几项原因，"
            "最常见的是缺少技能（SKILL）。",
        ),
        (
            reason(NAMED_SKILL, NAMED_PART, slots=6, jointly=3),
            f"{NEAR}All 6 shifts are stopped: 2 by the missing parts fan and inverter board (PART) alone; 1 by the "
            "missing skill repair/空调 (SKILL) alone; 3 by several reasons at once, most often the missing skill "
            "repair/空调 (SKILL).",
            f"{NEAR_ZH}全部 6 个班次都排不进：2 个只因缺少配件 fan、inverter board（PART）；1 个只因缺少技能 "
            "repair/空调（SKILL）；3 个同时有几项原因，最常见的是缺少技能 repair/空调（SKILL）。",
        ),
        (
            reason(NAMED_SKILL, slots=1),
            f"{NEAR}The only shift that comes into question is stopped by the missing skill repair/空调 (SKILL).",
            f"{NEAR_ZH}唯一可考虑的班次排不进：缺少技能 repair/空调（SKILL）。",
        ),
        (
            # Four single reasons: the two most frequent are named, the other two counted together.
            reason(PART, SKILL, SHIFT, BREAK, slots=5, shifts=4),
            f"{NEAR}All 5 slots (a shift and an agreed window each) are stopped: 2 by missing spare parts (PART) "
            "alone; 1 by a missing skill (SKILL) alone; 2 by another single reason each.",
            f"{NEAR_ZH}全部 5 个时段（班次与预约时段的组合）都排不进：2 个只因缺少配件（PART）；"
            "1 个只因缺少技能（SKILL）；2 个各因其他单项原因。",
        ),
        (
            reason(PART, slots=2),
            f"{NEAR}Both shifts are stopped: 2 by missing spare parts (PART) alone.",
            f"{NEAR_ZH}两个班次都排不进：2 个只因缺少配件（PART）。",
        ),
        (
            reason(SHIFT, slots=1),
            f"{NEAR}The only shift that comes into question is stopped by too little time in the shift (SHIFT).",
            f"{NEAR_ZH}唯一可考虑的班次排不进：班次时间不够（SHIFT）。",
        ),
        (
            reason(slots=3, free=1),
            "Nothing stops it: T1 on 2026-07-15 cannot load it.",
            "没有规则阻止：T1 7月15日装不下。",
        ),
    ],
)
def test_the_main_reason(found: UnservedReason, english: str, chinese: str) -> None:
    assert reason_words(found) == english
    assert reason_words(found, "zh") == chinese


def test_of_many_missing_things_some_are_named() -> None:
    five = ("a", "b", "c", "d", "e")
    assert hindrance("TOOL", names=five) == "the missing tools a, b, c and 2 more (TOOL)"
    assert hindrance("TOOL", "zh", names=five) == "缺少工具 a、b、c 等 5 种（TOOL）"
    assert hindrance("TOOL", names=five[:4]) == "the missing tools a, b, c and d (TOOL)"


def test_without_a_slot() -> None:
    none = UnservedReason(job_id="J1", sentence="", no_slot="pin", obstacles=())
    assert reason_words(none) == "The pinned start lies in nobody's shift."
    assert reason_words(none, "zh") == "指定的开始时间不在任何人的班次内。"


def test_an_older_file_has_its_own_english_sentence_and_some_chinese() -> None:
    old = UnservedReason(job_id="J1", sentence="Nobody holds the skill it needs.", obstacles=())
    assert reason_words(old) == "Nobody holds the skill it needs."
    assert reason_words(old, "zh") == "没有可用的班次。"


def test_a_trip_for_a_job_of_several_visits_was_not_looked_at() -> None:
    out = StayingOut(far_s=3600, looked_at=False)
    assert staying_words(out).endswith(
        "What a trip for it alone would cost was not looked at, since it takes several visits or is tied to other jobs."
    )
    assert staying_words(out, "zh").endswith("需多次上门或与其他工单有关联，未计算单独出差的费用。")
