"""What one slot of a technician who may do a job lacks, in words."""

from typing import Final

from optimizer.domain.reasons import Obstacle, Shortfall
from optimizer.words.hindrances import hindrance
from optimizer.words.language import Language
from optimizer.words.moments import short_day
from optimizer.words.names import REST_NAMES
from optimizer.words.numbers import count, listed, minutes, money
from optimizer.words.ties import tie_words, tie_words_zh

_OWN_TIME: Final = {
    "PINNED": ("pinned start", "指定的开始时间"),
    "APPROVED": ("approved start", "审批的开始时间"),
    "PROMISE": ("promised time", "承诺的时间"),
}
_REST_ZH: Final = {kind: words["zh"] for kind, words in REST_NAMES.items()} | {"night": "过夜"}
_TIME_KINDS: Final = ("unreachable", "own_window", "later_stop", "rest", "time")


def obstacle_words(obstacle: Obstacle, language: Language = "en") -> str:
    """Return what a technician cannot do in a slot, as a sentence.

    Parameters
    ----------
    obstacle : the slot and what is lacking there
    language : English or Chinese
    """
    if language == "en":
        return obstacle.sentence or f"{obstacle.technician_id} {_days(obstacle)} {_english(obstacle)}."
    return f"{obstacle.technician_id} {_days_zh(obstacle)}{_chinese(obstacle)}。"


def _days(obstacle: Obstacle) -> str:
    if obstacle.until is None:
        return f"on {obstacle.day}"
    return f"on a trip from {obstacle.day} to {obstacle.until}"


def _days_zh(obstacle: Obstacle) -> str:
    first = short_day(obstacle.day, "zh")
    return first if obstacle.until is None else f"{first}至{short_day(obstacle.until, 'zh')}出差"


def _english(obstacle: Obstacle) -> str:
    if obstacle.shortfalls:
        several = len(obstacle.shortfalls) > 1
        return listed([_lacking(one, several=several) for one in obstacle.shortfalls])
    if obstacle.cents is None:
        return f"is stopped by {listed([hindrance(code) for code in obstacle.codes])}"
    more = f"could take it for {money(obstacle.cents)} more"
    if obstacle.unserved_cents is None:
        return more
    return f"{more}, but leaving it out costs only {money(obstacle.unserved_cents)}"


def _lacking(one: Shortfall, *, several: bool) -> str:
    # The place of the day where least is lacking is looked at, hence "at least".
    lacking = f"at least {minutes(one.lack_s)}"
    match one.kind:
        case "trip":
            if one.first_day is None:
                return "is at work elsewhere on these days"
            return f"is away on a trip from {one.first_day} to {one.last_day}, or rests after it"
        case "jobs_a_day":
            return f"already has {count(one.jobs, 'job')}, the cap of a day"
        case "jobs_a_week":
            return "has reached the cap on jobs of the week"
        case "hours":
            return "would exceed the cap on hours"
        case "parts":
            return "lacks the spare parts, neither on the van nor at a branch on the way"
        case "load":
            return "cannot load it"
        case "unreachable":
            return "cannot be there in time at all"
        case "own_window":
            return f"would come {lacking} after the {_own_time(one)[0]}"
        case "later_stop":
            late = "the end of the day" if one.job_id is None else one.job_id
            return f"would then reach {late} or a later stop {lacking} too late"
        case "rest":
            return f"would begin {_rests(one)} {lacking} too late"
        case "time":
            short = f"{lacking} are lacking"
            return f"has too little time left ({short})" if several else f"has too little time left: {short}"
        case _:
            return tie_words(one)


def _own_time(one: Shortfall) -> tuple[str, str]:
    return _OWN_TIME.get(one.code or "", ("agreed window", "预约时段"))


def _rests(one: Shortfall) -> str:
    if "night" in one.rests:
        return "a rest or the night of the trip"
    if one.rests == ("break",):
        return "the midday rest"
    return "the absence within the day" if one.rests == ("absence",) else "the midday rest or absence"


def _chinese(obstacle: Obstacle) -> str:
    if obstacle.shortfalls:
        return "；".join(_lacking_zh(one) for one in obstacle.shortfalls)
    if obstacle.cents is None:
        return f"受阻：{listed([hindrance(code, 'zh') for code in obstacle.codes], 'zh')}"
    more = f"可以接，账单增加 {money(obstacle.cents)}"
    if obstacle.unserved_cents is None:
        return more
    return f"{more}，但不派只需 {money(obstacle.unserved_cents)}"


def _lacking_zh(one: Shortfall) -> str:
    lacking = f"至少 {minutes(one.lack_s, 'zh')}"
    match one.kind:
        case "trip":
            if one.first_day is None or one.last_day is None:
                return "这几天另有工作"
            return f"{short_day(one.first_day, 'zh')}至{short_day(one.last_day, 'zh')}出差在外，或出差后休息"
        case "jobs_a_day":
            return f"已有 {count(one.jobs, 'job', 'zh')}，达到每日上限"
        case "jobs_a_week":
            return "本周单量已达上限"
        case "hours":
            return "会超出每日或每周工时上限"
        case "parts":
            return "缺少配件，车上没有，沿途网点也没有"
        case "load":
            return "装不下"
        case "unreachable":
            return "怎么排都赶不上"
        case "own_window":
            return f"会比{_own_time(one)[1]}晚到{lacking}"
        case "later_stop":
            late = "收工" if one.job_id is None else f"到 {one.job_id} 或其后的工单"
            return f"接单后{late}要晚{lacking}"
        case "rest":
            names = "或".join(_REST_ZH[kind] for kind in one.rests) or "午休或中途外出"
            return f"{names}要推迟{lacking}"
        case "time":
            return f"剩余时间不够，差{lacking}"
        case _:
            return tie_words_zh(one)
