"""Broken hard rules in Chinese: whose, which rule, by how much."""

from datetime import date

import pytest

from optimizer.domain.assessment import Finding
from optimizer.words.findings import finding_words


@pytest.mark.parametrize(
    ("facts", "chinese"),
    [
        (
            {"code": "WORKLOAD_CAP", "measured": 11.84, "limit": 10, "over": 1.84, "unit": "h"},
            "工作量上限（WORKLOAD_CAP），T1 7月15日：实际 11.8 小时，规定 10 小时，相差 1.8 小时。",
        ),
        (
            # 17:36:40 instead of 17:30, in minutes of the day: only the difference tells anything.
            {
                "code": "APPOINTMENT",
                "job_id": "J1",
                "measured": 1056.7,
                "limit": 1050,
                "over": 6.7,
                "unit": "min",
            },
            "预约时段（APPOINTMENT），T1、J1 7月15日：相差 6 分钟。",
        ),
        (
            {"code": "SKILL", "measured": 2, "limit": 0, "over": 2, "unit": "missing"},
            "技能（SKILL），T1 7月15日：不符合 2 处。",
        ),
        (
            {"code": "CREW", "job_id": "J2", "measured": 1, "limit": 2, "over": 1, "unit": "people"},
            "多人作业（CREW），T1、J2 7月15日：实际 1 人，规定 2 人，相差 1 人。",
        ),
        (
            {"code": "PRECEDENCE", "job_id": "J2", "measured": 620, "limit": 630, "over": 10, "unit": "min"},
            "先后顺序（PRECEDENCE），T1、J2 7月15日：相差 10 分钟。",
        ),
        (
            {"code": "SHARED_TOOL", "job_id": "J2", "measured": 2, "limit": 1, "over": 1, "unit": "pieces"},
            "共用工具（SHARED_TOOL），T1、J2 7月15日：实际 2 件，规定 1 件，相差 1 件。",
        ),
        (
            {
                "code": "PLAN",
                "technician_id": None,
                "day": None,
                "measured": 1,
                "limit": 0,
                "over": 1,
                "unit": "mismatch",
            },
            "PLAN（PLAN）：不符合 1 处。",
        ),
    ],
)
def test_what_is_broken(facts: dict[str, object], chinese: str) -> None:
    usual: dict[str, object] = {"technician_id": "T1", "day": date(2026, 7, 15), "sentence": "It is broken."}
    finding = Finding.model_validate(usual | facts)
    assert finding_words(finding) == "It is broken."
    assert finding_words(finding, "zh") == chinese
