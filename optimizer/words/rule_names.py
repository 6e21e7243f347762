"""A short name for every rule, as it stands in a table or behind a number."""

from typing import Final

from optimizer.words.language import Language, Words

RULE_NAMES: Final[dict[str, Words]] = {
    # who may do a job
    "SKILL": {"en": "skill", "zh": "技能"},
    "CERTIFICATE": {"en": "certificate", "zh": "证件"},
    "TOOL": {"en": "tools", "zh": "工具"},
    "SHARED_TOOL": {"en": "shared tools", "zh": "共用工具"},
    "TOOL_INSPECTION": {"en": "tool inspection", "zh": "工具检查"},
    "PART": {"en": "spare parts", "zh": "配件"},
    "ONBOARDED": {"en": "ready for work", "zh": "上岗条件"},
    "SUSPENDED": {"en": "suspension", "zh": "停工处分"},
    "ABSENT": {"en": "leave or sickness", "zh": "请假缺勤"},
    "NO_SHOW": {"en": "not clocked in", "zh": "未打卡"},
    "TERRITORY": {"en": "territory", "zh": "服务区域"},
    "CREW": {"en": "crew", "zh": "多人作业"},
    "CUSTOMER_EXCLUSION": {"en": "refused by the customer", "zh": "客户拒绝"},
    "PINNED": {"en": "dispatcher's pin", "zh": "派工员指定"},
    "APPROVED": {"en": "approved day", "zh": "已审批的日期"},
    "UNDER_WAY": {"en": "under way", "zh": "已在途或在场"},
    "SITE_READY": {"en": "site ready", "zh": "现场条件"},
    # when
    "SHIFT": {"en": "shift", "zh": "班次"},
    "BREAK": {"en": "midday rest", "zh": "午休"},
    "APPOINTMENT": {"en": "appointment", "zh": "预约时段"},
    "PROMISE": {"en": "promised time", "zh": "承诺时间"},
    "MIN_DURATION": {"en": "closing test run", "zh": "最短试机时间"},
    "PRECEDENCE": {"en": "order of jobs", "zh": "先后顺序"},
    "DURATION": {"en": "time on site", "zh": "作业时长"},
    "WORKLOAD_CAP": {"en": "cap on jobs and hours", "zh": "工作量上限"},
    "TRIP": {"en": "trips", "zh": "出差"},
    # clocks
    "DISPATCH": {"en": "dispatch order", "zh": "派工时限"},
    "CONTACT": {"en": "call to the customer", "zh": "联系客户"},
    "RESPOND": {"en": "answer to the report", "zh": "响应报修"},
    "ARRIVE_NEAR": {"en": "on site within the radius", "zh": "服务半径内到场"},
    "REPLY_FAR": {"en": "answer beyond the radius", "zh": "服务半径外答复"},
    "REPLY_WRITTEN": {"en": "written reply", "zh": "书面答复"},
    "ONSITE_CONTRACT": {"en": "on site by contract", "zh": "合同到场"},
    "COMPLETE": {"en": "repair finished", "zh": "维修完工"},
    "REWORK": {"en": "rework", "zh": "返工"},
    "COMPLAINT": {"en": "complaint settled", "zh": "投诉处理"},
    "FOLLOW_UP": {"en": "follow-up call", "zh": "回访"},
    "BENCH_REPAIR": {"en": "bench repair", "zh": "送修"},
    "PERIODIC_VISIT": {"en": "regular call or visit", "zh": "定期回访"},
    "PROGRESS_CHECK": {"en": "progress check", "zh": "进度询问"},
    "REPORT": {"en": "report", "zh": "汇报"},
    # what things cost
    "UNSERVED": {"en": "left out", "zh": "未派工单"},
    "LATE": {"en": "repair late", "zh": "维修超时"},
    "BROKEN_APPOINTMENT": {"en": "broken appointment", "zh": "失约"},
    "PIECE_BONUS": {"en": "piece bonus", "zh": "超单奖"},
    "MONTH_BONUS": {"en": "month bonus", "zh": "月度奖"},
    "OVERTIME": {"en": "overtime", "zh": "加班"},
    "TRAVEL": {"en": "travel", "zh": "路途"},
    "LODGING": {"en": "nights away", "zh": "在外过夜"},
    "EMPTY_VISIT": {"en": "empty visits", "zh": "空跑"},
    "SUBSIDY": {"en": "rework subsidy", "zh": "返工补贴"},
    "DEDICATED": {"en": "familiar face", "zh": "专人服务"},
    "OVERQUALIFIED": {"en": "overqualified", "zh": "大材小用"},
    "CHANGE": {"en": "changed promises", "zh": "改约改派"},
    "FAIRNESS": {"en": "fair shares", "zh": "派单均衡"},
}
"""A short name by rule code, in the order of the rule book."""


def rule_name(code: str, language: Language = "en") -> str:
    """Return the short name of a rule, or the code itself where there is no such rule.

    Parameters
    ----------
    code : the rule's code, e.g. ``SKILL``
    language : English or Chinese
    """
    return RULE_NAMES[code][language] if code in RULE_NAMES else code
