"""The key figures on one page: what the plan is for, what it does, what it costs, how it was made."""

from collections.abc import Iterator
from datetime import timedelta

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Cell, Table, column, yuan
from optimizer.words.approvals import day_states
from optimizer.words.language import Words
from optimizer.words.names import BILL_KIND_NAMES, ENDED_BY_NAMES, PRESET_NAMES, UNIT_NAMES
from optimizer.words.restocks import RESTOCK_FIGURE, restocks_made
from optimizer.words.slow_words import slow_notes
from optimizer.words.travel_source import travel_source_words

COLUMNS = (column("figure", "项目", 34), column("value", "数值", 30), column("unit", "单位", 12))
"""The columns, from left to right."""

_Line = tuple[Words, Cell, str]


def overview(facts: PlanFacts) -> Table:
    """Return the key figures, one a row.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    lines = (*_what(facts), *_figures(facts), *_bill(facts), *_how(facts))
    rows = tuple((title[facts.language], value, unit) for title, value, unit in lines)
    total = next(row for row, line in enumerate(lines) if line[0] is _TOTAL)
    return Table(COLUMNS, rows, frozenset({0, total}))


def _what(facts: PlanFacts) -> Iterator[_Line]:
    plan = facts.document.plan
    yield {"en": "scenario", "zh": "场景"}, plan.scenario, ""
    yield {"en": "first day", "zh": "首日"}, plan.horizon.first_day, ""
    last = plan.horizon.first_day + timedelta(days=plan.horizon.days - 1)
    yield {"en": "last day", "zh": "末日"}, last, ""
    yield {"en": "time zone of all times", "zh": "时区"}, plan.time_zone, ""
    yield {"en": "preset", "zh": "方案取向"}, PRESET_NAMES[plan.preset][facts.language], ""
    for day, state in day_states(facts.scenario, facts.language).items():
        yield {"en": f"state of {day}", "zh": f"{day} 状态"}, state, ""


def _figures(facts: PlanFacts) -> Iterator[_Line]:
    kpis = facts.document.assessment.kpis
    km, hours = ("km", "h") if facts.language == "en" else ("公里", "小时")
    yield {"en": "jobs", "zh": "工单总数"}, kpis.jobs, ""
    yield {"en": "jobs served", "zh": "已派工单"}, kpis.served, ""
    yield {"en": "jobs left out", "zh": "未派工单"}, kpis.jobs - kpis.served, ""
    yield {"en": "priority weight left out", "zh": "未派优先权重"}, kpis.unserved_weight, ""
    yield {"en": "on time", "zh": "按时率"}, _percent(kpis.on_time_share), "%"
    yield {"en": "service clocks met", "zh": "达标服务时限"}, kpis.clocks_met, ""
    yield {"en": "service clocks", "zh": "服务时限"}, kpis.clocks, ""
    yield {"en": "desk clocks met", "zh": "达标服务台时限"}, kpis.desk_clocks_met, ""
    yield {"en": "desk clocks", "zh": "服务台时限"}, kpis.desk_clocks, ""
    yield {"en": "technicians with work", "zh": "出工技术员"}, kpis.technicians_used, ""
    yield {"en": "technicians", "zh": "技术员总数"}, len(facts.technicians), ""
    yield {"en": "jobs per shift", "zh": "每班工单"}, kpis.jobs_per_shift, ""
    yield {"en": "driven", "zh": "行驶里程"}, kpis.distance_km, km
    yield {"en": "time driven", "zh": "行驶时间"}, kpis.travel_h, hours
    yield {"en": "time on site", "zh": "作业时间"}, kpis.service_h, hours
    yield {"en": "waited", "zh": "等候时间"}, kpis.waiting_h, hours
    yield {"en": "overtime", "zh": "加班时间"}, kpis.overtime_h, hours
    yield {"en": "most work in a day", "zh": "最忙一天"}, kpis.largest_load_h, hours
    yield {"en": "least work in a day", "zh": "最闲一天"}, kpis.smallest_load_h, hours
    if kpis.nights_away:
        yield (
            {"en": "nights away", "zh": "在外过夜"},
            kpis.nights_away,
            UNIT_NAMES["night"][1][facts.language],
        )
    if restocks := restocks_made(facts.document.plan):
        yield RESTOCK_FIGURE, restocks, ""


_TOTAL: Words = {"en": "bill in all", "zh": "合计"}


def _bill(facts: PlanFacts) -> Iterator[_Line]:
    bill = facts.document.assessment.bill
    unit = "yuan" if facts.language == "en" else "元"
    yield BILL_KIND_NAMES["outlay"], yuan(bill.outlay_cents), unit
    yield BILL_KIND_NAMES["transfer"], yuan(bill.transfer_cents), unit
    yield BILL_KIND_NAMES["service"], yuan(bill.service_cents), unit
    yield _TOTAL, yuan(bill.total_cents), unit


def _how(facts: PlanFacts) -> Iterator[_Line]:
    plan, made = facts.document.plan, facts.document.plan.provenance
    findings = len(facts.document.assessment.findings)
    yield {"en": "breaches of hard rules", "zh": "违反硬性规则"}, findings, ""
    yield (
        {"en": "travel times from", "zh": "路程来源"},
        travel_source_words(plan.travel.source, facts.language),
        "",
    )
    for warning in (*slow_notes(plan, facts.language), *plan.travel.warnings):
        yield {"en": "about travel times", "zh": "路程说明"}, warning, ""
    yield {"en": "engine", "zh": "求解引擎"}, made.engine, ""
    yield {"en": "seed", "zh": "随机种子"}, made.seed, ""
    yield {"en": "iterations", "zh": "迭代次数"}, made.iterations, ""
    yield {"en": "search ended", "zh": "搜索结束"}, ENDED_BY_NAMES[made.ended_by][facts.language], ""
    if made.lower_bound_cents is not None:
        bound: Words = {"en": "proven lower bound of the bill", "zh": "账单下界"}
        yield bound, yuan(made.lower_bound_cents), "yuan" if facts.language == "en" else "元"
    yield {"en": "scenario's fingerprint", "zh": "场景指纹"}, plan.scenario_sha256, ""


def _percent(share: float) -> float:
    """Return a share as percent, cut off so that 99.96 % is not shown as 100 %."""
    return int(share * 1000 + 1e-9) / 10
