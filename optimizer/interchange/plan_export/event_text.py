"""What stands in a calendar's event for a stop, for the technician who reads it on a telephone."""

from collections.abc import Iterator
from typing import Final

from optimizer.domain.call_before import CallBefore, call_before, on_duty
from optimizer.domain.course import waited_s
from optimizer.domain.crew_kit import brought_tools
from optimizer.domain.job import Job
from optimizer.domain.parts import required_parts
from optimizer.domain.plan import Restock, ShiftPlan, Stop
from optimizer.domain.requirements import branch_in_charge
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.timetable import agreed_windows
from optimizer.rules.taking_along import ToolsOfJobs
from optimizer.words.free_text import harmless, one_line
from optimizer.words.language import Words
from optimizer.words.line_words import leg_rides_words
from optimizer.words.moments import clock
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.numbers import kilometres, minutes
from optimizer.words.tied_stops import chain_lines, company_words, stop_day_words, tool_lines
from optimizer.words.trade_words import pieces_words, trade_word, work_words

LABELS: Final[dict[str, Words]] = {
    "call": {"en": "Call by", "zh": "联系客户不晚于"},
    "call_first": {"en": "Call first thing,", "zh": "上岗先联系客户"},
    "leave": {"en": "Leave", "zh": "出发"},
    "arrive": {"en": "arrive", "zh": "到达"},
    "wait": {"en": "wait", "zh": "等候"},
    "window": {"en": "Agreed", "zh": "预约时段"},
    "priority": {"en": "Priority", "zh": "优先级"},
    "reported": {"en": "Reported", "zh": "报修内容"},
    "wishes": {"en": "Wishes", "zh": "客户要求"},
    "tools": {"en": "Tools", "zh": "工具"},
    "parts": {"en": "Parts", "zh": "配件"},
    "load": {"en": "Load before leaving", "zh": "出发前领料"},
    "hotline": {"en": "Hotline", "zh": "服务热线"},
    "complaint": {"en": "A complaint", "zh": "投诉单"},
    "strong": {"en": "A strong complaint", "zh": "重大投诉"},
    "again": {"en": "Second visit", "zh": "二次上门"},
    "crew": {"en": "Crew", "zh": "协作"},
    "shared": {"en": "Shared tool", "zh": "共用工具"},
}
"""What stands before each fact, in both languages."""


_COLON: Final[Words] = {"en": ": ", "zh": "："}


def summary(stop: Stop, facts: PlanFacts) -> str:
    """Return an event's title: the job, what it is, whose it is, and which of its days.

    Parameters
    ----------
    stop : the stop
    facts : the plan with its scenario
    """
    job = facts.jobs[stop.job_id]
    said = work_words(job, facts.language, between=" ")
    name = f" · {job.customer.name}" if job.customer is not None and job.customer.name else ""
    day = stop_day_words(facts, stop)
    return one_line(f"{job.job_id} {said}{name}{f' · {day}' if day else ''}")


def call_of(stop: Stop, shift: ShiftPlan, facts: PlanFacts) -> CallBefore:
    """Return when the customer of a stop is called, the same as on the dispatch order.

    Parameters
    ----------
    stop : the stop
    shift : the day it belongs to
    facts : the plan with its scenario
    """
    duty = on_duty(facts.rostered[shift.key], facts.scenario.now)
    return call_before(stop.leg.arrival, duty, facts.scenario.policy.desk.call_before_min)


def description(stop: Stop, shift: ShiftPlan, facts: PlanFacts, needed: ToolsOfJobs, *, first: bool) -> str:
    """Return what the technician has to know about a stop, one fact a line.

    Parameters
    ----------
    stop : the stop
    shift : the day it belongs to
    facts : the plan with its scenario
    needed : the tools that its jobs ask for
    first : the day's first stop, which also names the parts to load before leaving
    """
    return harmless("\n".join(_lines(stop, shift, facts, needed, first=first)), keep_lines=True)


def restock_description(restock: Restock, shift: ShiftPlan, facts: PlanFacts) -> str:
    """Return what the technician has to know about a halt to load parts, one fact a line.

    Parameters
    ----------
    restock : the halt
    shift : the day it belongs to
    facts : the plan with its scenario
    """
    lines = [_fact("parts", pieces_words(restock.picked_up, facts.language), facts)]
    lines.append(_way(restock, shift, facts))
    if hotline := facts.branches[restock.branch_id].hotline:
        lines.append(_fact("hotline", one_line(hotline), facts))
    return harmless("\n".join(lines), keep_lines=True)


def _lines(
    stop: Stop, shift: ShiftPlan, facts: PlanFacts, needed: ToolsOfJobs, *, first: bool
) -> Iterator[str]:
    language, job = facts.language, facts.jobs[stop.job_id]
    if first and shift.picked_up:
        yield _fact("load", pieces_words(shift.picked_up, language), facts)
    if stop.seat == 0:
        yield _call(job, call_of(stop, shift, facts), facts)
    if company := company_words(facts, stop):
        yield _fact("crew", company, facts)
    yield _way(stop, shift, facts)
    yield from chain_lines(facts, stop)
    if job.windows:
        yield _fact("window", agreed_windows(job, facts).replace("\n", ", "), facts)
    if job.priority in ("emergency", "vip"):
        yield _fact("priority", PRIORITY_NAMES[job.priority][language], facts)
    if job.complaint != "none":
        yield LABELS[job.complaint][facts.language]
    if job.second_visit != "none":
        yield LABELS["again"][facts.language]
    if job.fault:
        yield _fact("reported", one_line(job.fault), facts)
    if job.wishes:
        yield _fact("wishes", one_line(job.wishes), facts)
    ways = tool_lines(facts, stop)
    tools = needed.needed(job, shift.technician_id)
    own = brought_tools(tools, facts.crew_of(stop), stop.seat, facts.scenario.policy)
    # Those that the branch issues come last.
    listed = dict.fromkeys((*own, *(() if ways or stop.seat else job.shared_tools)))
    if listed:
        yield _fact("tools", ", ".join(trade_word(tool, language) for tool in listed), facts)
    for way in ways:
        yield _fact("shared", way, facts)
    if not (stop.seat or stop.part) and (parts := required_parts(job, facts.scenario.policy)):
        yield _fact("parts", pieces_words(parts, language), facts)
    if hotline := branch_in_charge(job, facts.scenario).hotline:
        yield _fact("hotline", one_line(hotline), facts)


def _call(job: Job, call: CallBefore, facts: PlanFacts) -> str:
    by = LABELS["call_first" if call.first_thing else "call"][facts.language]
    whom = "" if job.customer is None else one_line(f"{job.customer.name} {job.customer.phone}")
    said = f"{by} {clock(call.at, facts.zone)}"
    return f"{said}{_COLON[facts.language]}{whom}" if whom else said


def _way(halt: Stop | Restock, shift: ShiftPlan, facts: PlanFacts) -> str:
    words, leg = facts.language, halt.leg
    parts = [
        f"{LABELS['leave'][words]} {clock(leg.departure, facts.zone)}",
        f"{LABELS['arrive'][words]} {clock(leg.arrival, facts.zone)}",
    ]
    if leg.travel_s or leg.distance_m:
        parts.append(f"{minutes(leg.travel_s, words)}, {kilometres(leg.distance_m, words)}")
    if rides := leg_rides_words(facts, shift.means, leg):
        parts.append(rides)
    waited = waited_s(halt, shift.rests)
    if waited >= 60:
        parts.append(f"{LABELS['wait'][words]} {minutes(waited, words)}")
    return " · ".join(parts)


def _fact(label: str, text: str, facts: PlanFacts) -> str:
    return f"{LABELS[label][facts.language]}{_COLON[facts.language]}{text}"
