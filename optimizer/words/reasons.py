"""Why a job is left out, in words."""

from typing import Final

from optimizer.domain.reasons import Block, UnservedReason
from optimizer.words.hindrances import hindrance
from optimizer.words.language import Language
from optimizer.words.numbers import listed
from optimizer.words.obstacles import obstacle_words
from optimizer.words.staying_out import staying_words
from optimizer.words.ties import seat_words

NAMED: Final = 3
"""Single reasons that a sentence names at most; all of them are counted."""

_NO_SLOT: Final = {
    "nobody_works": ("Nobody works on the planned days.", "计划日内无人上班。"),
    "no_common_moment": (
        "Its pin, its promise and its agreed windows have no moment in common.",
        "派工员指定、承诺时间与预约时段没有共同的时刻。",
    ),
    "approval": ("The approved start lies in nobody's shift.", "审批的开始时间不在任何人的班次内。"),
    "pin": ("The pinned start lies in nobody's shift.", "指定的开始时间不在任何人的班次内。"),
    "promise": ("The promised time lies in nobody's shift.", "承诺的时间不在任何人的班次内。"),
    "windows": ("No agreed window lies in anybody's shift.", "预约时段不在任何人的班次内。"),
}


def reason_words(reason: UnservedReason, language: Language = "en") -> str:
    """Return the main reason why a job is left out.

    Parameters
    ----------
    reason : every slot and what stops the job there
    language : English or Chinese
    """
    if language == "en":
        return reason.sentence or _english(reason)
    waits = f"要等 {listed(reason.after, 'zh')} 先做，而前者也未派出。" if reason.after else ""
    long = f"需要分 {reason.days} 天完成，超过有班次的天数。" if reason.days else ""
    seats, out = seat_words(reason.seats, "zh"), staying_words(reason.out, "zh")
    return f"{waits}{long}{seats}{out}{_chinese(reason)}"


def _english(reason: UnservedReason) -> str:
    left = "is left out" if len(reason.after) == 1 else "are left out"
    waits = f"It comes after {listed(reason.after)}, which {left} as well." if reason.after else ""
    long = f"It would take {reason.days} days, more than there are shifts on." if reason.days else ""
    said = (waits, long, seat_words(reason.seats), staying_words(reason.out), _slots(reason))
    return " ".join(part for part in said if part)


def _slots(reason: UnservedReason) -> str:
    if reason.no_slot is not None:
        return _NO_SLOT[reason.no_slot][0]
    closest = obstacle_words(reason.obstacles[0]) if reason.obstacles else ""
    if reason.free:
        return f"Nothing stops it: {closest}"
    near = f"Closest: {closest} " if closest else ""
    if reason.slots == 1:
        stops = listed([hindrance(block.code, names=block.names) for block in reason.blocks])
        return f"{near}The only shift that comes into question is stopped by {stops}."
    named, others = _singles(reason)
    said = [f"{block.alone} by {hindrance(block.code, names=block.names)} alone" for block in named]
    if others:
        said.append(f"{others} by another single reason each")
    if reason.jointly:
        most = _most_often(reason)
        often = hindrance(most.code, names=most.names)
        said.append(f"{reason.jointly} by several reasons at once, most often {often}")
    what = "shifts" if reason.shifts == reason.slots else "slots (a shift and an agreed window each)"
    every = "Both" if reason.slots == 2 else f"All {reason.slots}"
    return f"{near}{every} {what} are stopped: {'; '.join(said)}."


def _chinese(reason: UnservedReason) -> str:
    if reason.no_slot is not None:
        return _NO_SLOT[reason.no_slot][1]
    closest = obstacle_words(reason.obstacles[0], "zh") if reason.obstacles else ""
    if reason.free:
        return f"没有规则阻止：{closest}"
    near = f"最接近的是：{closest}" if closest else ""
    if not reason.slots:  # a file that was written before the cause was noted
        return f"{near}没有可用的班次。"
    if reason.slots == 1:
        stops = listed([hindrance(block.code, "zh", names=block.names) for block in reason.blocks], "zh")
        return f"{near}唯一可考虑的班次排不进：{stops}。"
    named, others = _singles(reason)
    said = [f"{block.alone} 个只因{hindrance(block.code, 'zh', names=block.names)}" for block in named]
    if others:
        said.append(f"{others} 个各因其他单项原因")
    if reason.jointly:
        most = _most_often(reason)
        often = hindrance(most.code, "zh", names=most.names)
        said.append(f"{reason.jointly} 个同时有几项原因，最常见的是{often}")
    what = "个班次" if reason.shifts == reason.slots else "个时段（班次与预约时段的组合）"
    every = f"两{what}" if reason.slots == 2 else f"全部 {reason.slots} {what}"
    return f"{near}{every}都排不进：{'；'.join(said)}。"


def _singles(reason: UnservedReason) -> tuple[list[Block], int]:
    """Return the single reasons to be named, and how many slots have another single reason."""
    single = sorted((one for one in reason.blocks if one.alone), key=lambda one: -one.alone)
    named = single if len(single) <= NAMED else single[: NAMED - 1]
    return named, sum(block.alone for block in single[len(named) :])


def _most_often(reason: UnservedReason) -> Block:
    return max(reason.blocks, key=lambda block: block.jointly)
