"""What ties stop: who would come along, which tool is out, which job comes first, in words."""

from optimizer.domain.reasons import SeatReason, Shortfall
from optimizer.words.language import Language
from optimizer.words.moments import clock, moment
from optimizer.words.numbers import count, listed, minutes


def tie_words(one: Shortfall) -> str:
    """Return what a tie stops, as what a technician cannot do: ``finds no hoist free before 15:00``."""
    match one.kind:
        case "nobody_along":
            return f"does not find {count(one.count - 1, 'other')} who are free at the same time"
        case "seat":
            return f"finds nobody for place {one.seat + 1} in the crew at that time: {_able(one)}"
        case "cover":
            return f"would not have {listed(one.names)} in any crew that is free"
        case "no_tool":
            return f"finds no {listed(one.names)}: the branch has none that day"
        case "tool_out":
            before = "that day" if one.at is None else f"before {clock(one.at)}"
            return f"finds no {listed(one.names)} free {before}{_held(one)}"
        case "left_out_before":
            return f"would have to wait for {one.job_id}, which comes first and is left out"
        case "after":
            before = "" if one.at is None else f", not before {moment(one.at)}"
            return f"could only come after {one.job_id}{before}"
        case "gap":
            return f"would come at least {minutes(one.lack_s)} later after {one.job_id} than is allowed"
        case "apart":
            return f"would be there at the same time as the visit for {one.job_id}"
        case "days":
            return f"does not find {count(one.count, 'day')} on which the same people have time for its parts"
        case "tied_stop":
            late = "" if one.job_id is None else f" to {one.job_id}"
            return f"would make others late who are tied{late}"
        case _:
            return "finds the people, the tools and the right order, but not all at one time"


def _able(one: Shortfall) -> str:
    if not one.count:
        return "nobody else who works that day may come along"
    who = listed(one.able if one.count == len(one.able) else (*one.able, f"{one.count - len(one.able)} more"))
    when = "not free any more that day" if one.at is None else f"not free before {clock(one.at)}"
    return f"{who} may, but {'is' if one.count == 1 else 'are'} {when}"


def _held(one: Shortfall) -> str:
    return "" if one.job_id is None else f" ({one.job_id} has it)"


def tie_words_zh(one: Shortfall) -> str:
    """Return the same in Chinese."""
    match one.kind:
        case "nobody_along":
            return f"同一时间凑不齐另外 {one.count - 1} 人"
        case "seat":
            return f"届时没有人能当班组第 {one.seat + 1} 人：{_able_zh(one)}"
        case "cover":
            return f"有空的人员组合中都没有{listed(one.names, 'zh')}"
        case "no_tool":
            return f"当天网点没有{listed(one.names, 'zh')}"
        case "tool_out":
            held = "" if one.job_id is None else f"（{one.job_id} 正在使用）"
            before = "当天" if one.at is None else f"{clock(one.at)} 之前"
            return f"{before}没有空闲的{listed(one.names, 'zh')}{held}"
        case "left_out_before":
            return f"要等 {one.job_id} 先做，而它未派出"
        case "after":
            before = "" if one.at is None else f"，不早于 {moment(one.at)}"
            return f"只能在 {one.job_id} 之后{before}"
        case "gap":
            return f"与 {one.job_id} 的间隔至少超出 {minutes(one.lack_s, 'zh')}"
        case "apart":
            return f"会与 {one.job_id} 同时在客户处"
        case "days":
            return f"找不到同一批人都有空的 {one.count} 天来分天完成"
        case "tied_stop":
            late = "" if one.job_id is None else f" {one.job_id} "
            return f"会使与{late}相关联的其他人迟到"
        case _:
            return "人手、工具与先后顺序各自可行，但凑不到同一时间"


def _able_zh(one: Shortfall) -> str:
    if not one.count:
        return "当天上班的其他人都不能同去"
    who = listed(one.able, "zh") + (f" 等 {one.count} 人" if one.count > len(one.able) else "")
    return f"{who} 可以，但{'当天已没有空' if one.at is None else f'{clock(one.at)} 之前没有空'}"


def seat_words(seats: tuple[SeatReason, ...], language: Language = "en") -> str:
    """Return who may take the places in a crew as a sentence; empty for a job of one.

    Parameters
    ----------
    seats : who may take each place
    language : English or Chinese
    """
    if not seats:
        return ""
    if language == "zh":
        said = [f"{'负责人' if one.seat == 0 else f'第 {one.seat + 1} 人'}：{_some_zh(one)}" for one in seats]
        return f"需要 {len(seats)} 人同时到场（{'；'.join(said)}）。"
    said = [
        f"{_some(one)} could {'lead' if one.seat == 0 else f'take place {one.seat + 1}'}" for one in seats
    ]
    return f"It takes {len(seats)} people: {'; '.join(said)}."


def _some(one: SeatReason) -> str:
    if not one.count:
        return "nobody"
    more = one.count - len(one.technician_ids)
    return listed([*one.technician_ids, *([f"{more} more"] if more else [])])


def _some_zh(one: SeatReason) -> str:
    if not one.count:
        return "无人可以"
    return "、".join(one.technician_ids) + (
        f" 等 {one.count} 人" if one.count > len(one.technician_ids) else ""
    )
