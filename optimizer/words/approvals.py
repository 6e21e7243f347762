"""Whether each day of a plan is a draft or approved, in words."""

from datetime import date, tzinfo

from optimizer.domain.approval import Approval
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.words.language import Language
from optimizer.words.moments import moment


def day_states(scenario: Scenario, language: Language = "en") -> dict[date, str]:
    """Return for each planned day whether it is a draft or who approved it when; empty for a single day's draft.

    Parameters
    ----------
    scenario : the question
    language : English or Chinese
    """
    days = scenario.horizon.dates()
    if len(days) == 1 and not scenario.approvals:
        return {}
    zone = Timeline(scenario.horizon.first_day, scenario.time_zone).zone
    approved = {one.day: one for one in scenario.approvals}
    return {day: approval_words(approved.get(day), zone, language) for day in days}


def approval_words(approval: Approval | None, zone: tzinfo, language: Language = "en") -> str:
    """Return e.g. ``approved by Chen Lei at 2026-06-12 16:00``; ``draft`` where there is no approval.

    Parameters
    ----------
    approval : who approved the day; none: nobody has
    zone : the scenario's time zone
    language : English or Chinese
    """
    if approval is None:
        return {"en": "draft", "zh": "草案"}[language]
    at = moment(approval.at, zone, language)
    return {"en": f"approved by {approval.by} at {at}", "zh": f"{approval.by} 于 {at} 审批"}[language]
