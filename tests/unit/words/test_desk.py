"""Desk tasks and clocks in both languages."""

import pytest

from optimizer.domain.assessment import ClockState, DeskTask
from optimizer.rules import RULES
from optimizer.rules.desk_tasks import DeskRule
from optimizer.words.clocks import clock_words
from optimizer.words.desk import desk_task_words
from optimizer.words.names import owner_name
from tests.unit.rules.build import at


def task(code: str, **facts: object) -> DeskTask:
    usual: dict[str, object] = {
        "code": code,
        "job_id": "J1",
        "owner": "desk",
        "release": at("09:00"),
        "due": at("10:00"),
        "start": at("09:00"),
        "sentence": "Call.",
    }
    return DeskTask.model_validate(usual | facts)


TASKS = [
    (task("REPLY_FAR"), "给 J1 的客户约定上门时间。"),
    (task("CONTACT"), "致电 J1 的客户：暂时排不出人手。"),
    (task("CONTACT", owner="T1"), "致电 J1 的客户，确认上门时间。"),
    (task("RESPOND"), "答复 J1 的报修，先尝试远程指导。"),
    (task("REPLY_WRITTEN"), "就 J1 的传动系统故障发出书面答复。"),
    (
        task("FOLLOW_UP", job_id=None, batch_id="S1", customer_id="K02"),
        "回访客户 K02：批次 S1 修好的机器是否正常。",
    ),
    (task("FOLLOW_UP", job_id=None, batch_id="S1"), "回访客户：批次 S1 修好的机器是否正常。"),
    (task("FOLLOW_UP"), "回访 J1 的客户：上门后是否一切正常。"),
    (task("PROGRESS_CHECK", technician_id="T1"), "向 T1 询问 J1 的进度。"),
    (task("COMPLAINT", owner="manager"), "亲自安排重大投诉 J1。"),
    (task("COMPLAINT"), "受理投诉 J1，告知客户已收到。"),
    (task("PERIODIC_VISIT", job_id=None, customer_id="C1"), "致电客户 C1：保修期内的每月例行电话。"),
]


@pytest.mark.parametrize(("todo", "chinese"), TASKS)
def test_what_to_do(todo: DeskTask, chinese: str) -> None:
    assert desk_task_words(todo) == "Call."
    assert desk_task_words(todo, "zh") == chinese


def test_every_rule_with_calls_has_its_chinese_sentence() -> None:
    with_calls = {rule.code for rule in RULES if isinstance(rule, DeskRule)}
    assert {todo.code for todo, _ in TASKS} == with_calls


def test_owners() -> None:
    assert [owner_name("desk", "zh"), owner_name("manager"), owner_name("T1", "zh")] == [
        "服务台",
        "manager",
        "T1",
    ]


CLOCK = ClockState(
    code="COMPLETE",
    label="limit",
    job_id="J1",
    due=at("10:00"),
    event="finishing",
    at=at("11:05"),
    state="missed",
    slack_s=-3900,
)


def test_how_a_clock_stands() -> None:
    assert (
        clock_words(CLOCK)
        == "J1, repair finished, limit: due 15 Jul 10:00, finished 15 Jul 11:05, 1 h 05 min late (missed)."
    )
    assert (
        clock_words(CLOCK, "zh")
        == "J1 维修完工（最迟）：7月15日 10:00 到期，7月15日 11:05 完工，超时 1 小时 05 分（超时）。"
    )
    never = CLOCK.model_copy(update={"at": None, "slack_s": None, "label": ""})
    assert clock_words(never) == "J1, repair finished: due 15 Jul 10:00, not in this plan (missed)."
    assert clock_words(never, "zh") == "J1 维修完工：7月15日 10:00 到期，本方案未安排（超时）。"
