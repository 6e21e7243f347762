"""A change in words: what to do, what comes of it, what it does to the bill."""

from typing import Final

from optimizer.domain.explanation import Way, Widening
from optimizer.words.bill import bill_change
from optimizer.words.language import Language, Words
from optimizer.words.moments import clock, short_day
from optimizer.words.numbers import count, listed, minutes

GRANTED: Final[Words] = {
    "en": (
        "one more hour of overtime for one technician, another time for the customer, tools lent, certificates, "
        "a wider territory, parts fetched for one place"
    ),
    "zh": "一名技术员多加班一小时、与客户另约时间、借用工具、办证、扩大服务区域、为一处补配件",
}
"""The single changes that are tried, but for jobs left out."""
LOOSENED: Final[Words] = {
    "en": (
        "no longest gap to the jobs before it, anybody to do it, one more piece of a shared tool, one more person for "
        "the crew"
    ),
    "zh": "取消与前一工单的最长间隔、不限由谁来做、共用工具多一件、班组多一人",
}
"""Those that are tried besides for a job that takes several visits or is tied to others."""


def way_words(way: Way, language: Language = "en") -> str:
    """Return a change as a sentence.

    Parameters
    ----------
    way : the change
    language : English or Chinese
    """
    if language == "en":
        return way.sentence or _english(way)
    return _chinese(way)


def place_words(after: str | None, language: Language = "en") -> str:
    """Return where in the day a job comes, e.g. ``after AZ-03`` or ``as the first stop``.

    Parameters
    ----------
    after : the stop before it; none: it is the first
    language : English or Chinese
    """
    if language == "zh":
        return "作为第一站" if after is None else f"排在 {after} 之后"
    return "as the first stop" if after is None else f"after {after}"


def _english(way: Way) -> str:
    nights = _nights(way)
    if way.start is None:
        return f"Leave out {way.job_id}; one job less is served{nights}, and {bill_change(way.cents)}."
    who = f"{way.technician_id} on {way.day} at {clock(way.start)}, {place_words(way.after)}"
    deed, comes = _deed(way), "moves to" if way.kind == "move" else "is then served by"
    along = f" with {listed(way.along)}" if way.along else ""
    return f"{deed}{deed and '; '}{way.job_id} {comes} {who}{along}{nights}, and {bill_change(way.cents)}."


def _nights(way: Way) -> str:
    """Return how many nights away more or less a change brings, as a part of a sentence."""
    if not way.nights:
        return ""
    many = "one night" if abs(way.nights) == 1 else count(abs(way.nights), "night")
    return f", with {many} away {'more' if way.nights > 0 else 'less'}"


def _nights_zh(way: Way) -> str:
    if not way.nights:
        return ""
    return f"，在外过夜{'多' if way.nights > 0 else '少'} {abs(way.nights)} 晚"


def _deed(way: Way) -> str:
    who = way.granted_to or way.technician_id
    match way.kind:
        case "serve":
            return "Serve it all the same"
        case "move":
            return f"Leave out {listed(way.left_out)}" if way.left_out else ""
        case "part":
            pieces = [f"{count(number, 'piece')} of {part}" for part, number in way.parts.items()]
            to = f"the van of {who}" if way.branch_id is None else f"branch {way.branch_id}"
            return f"Fetch {listed(pieces)} for {to}"
        case "tool":
            return f"Lend {who} {listed(way.names)}"
        case "territory":
            return f"Widen the territory of {who} to {listed(way.names)}"
        case "window":
            agreed = "Agree on another time with the customer"
            if way.window is None:
                return agreed
            return f"{agreed}, {clock(way.window.start)} to {clock(way.window.end)} on {way.day}"
        case "overtime":
            before_min = way.limit_min - way.minutes
            before = minutes(60 * before_min) if before_min > 0 else "none"
            up_to = f"up to {minutes(60 * way.limit_min)} instead of {before}"
            return f"Allow {who} one more hour of overtime on {way.day} ({up_to})"
        case "certificate":
            return f"Get {who} the certificate{'' if len(way.names) == 1 else 's'} {listed(way.names)}"
        case "gap":
            return f"Allow any gap after {listed(way.tied_to)}"
        case "anyone":
            return f"Let it be done by anybody, whoever does {listed(way.tied_to)}"
        case "shared_tool":
            return f"Have one more {listed(way.names)} at branch {way.branch_id}"
        case "helper":
            return "Call in one more person for the crew"
        case "leave_out":
            return f"Leave out {listed(way.left_out)} instead"


def _chinese(way: Way) -> str:
    bill = bill_change(way.cents, "zh")
    if way.start is None:
        return f"不派 {way.job_id}：少做一个工单{_nights_zh(way)}，{bill}。"
    who = f"{way.technician_id} {short_day(way.day, 'zh')} {clock(way.start)} 上门"
    deed, comes = _deed_zh(way), "改派给" if way.kind == "move" else "由"
    along = f"，{listed(way.along, 'zh')} 同行" if way.along else ""
    return (
        f"{deed}{deed and '；'}{way.job_id} {comes} {who}（{place_words(way.after, 'zh')}）"
        f"{along}{_nights_zh(way)}，{bill}。"
    )


def _deed_zh(way: Way) -> str:
    who = way.granted_to or way.technician_id
    match way.kind:
        case "serve":
            return "直接派出即可"
        case "move":
            return f"不派 {listed(way.left_out, 'zh')}" if way.left_out else ""
        case "part":
            pieces = [f"{part} {count(number, 'piece', 'zh')}" for part, number in way.parts.items()]
            to = f" {who} 的车" if way.branch_id is None else f"网点 {way.branch_id} "
            return f"为{to}补配件：{listed(pieces, 'zh')}"
        case "tool":
            return f"借给 {who} 工具：{listed(way.names, 'zh')}"
        case "territory":
            wider = listed(way.names if way.territory is None else wider_words(way.territory, "zh"), "zh")
            return f"扩大 {who} 的服务区域：{wider}"
        case "window":
            if way.window is None:
                return "与客户另约时间"
            span = f"{clock(way.window.start)}–{clock(way.window.end)}"
            return f"与客户另约时间：{short_day(way.day, 'zh')} {span}"
        case "overtime":
            before_min = way.limit_min - way.minutes
            before = f"由 {minutes(60 * before_min, 'zh')}" if before_min > 0 else "由不加班"
            limit = f"上限{before}改为 {minutes(60 * way.limit_min, 'zh')}"
            return f"允许 {who} {short_day(way.day, 'zh')}多加班一小时（{limit}）"
        case "certificate":
            return f"给 {who} 办证：{listed(way.names, 'zh')}"
        case "gap":
            return f"不限与 {listed(way.tied_to, 'zh')} 的最长间隔"
        case "anyone":
            return f"不论 {listed(way.tied_to, 'zh')} 由谁做，均可由任何人做"
        case "shared_tool":
            return f"网点 {way.branch_id} 增加一件{listed(way.names, 'zh')}"
        case "helper":
            return "为班组另叫一人"
        case "leave_out":
            return f"改为不派 {listed(way.left_out, 'zh')}"


def wider_words(wider: Widening, language: Language = "en") -> tuple[str, ...]:
    """Return what a territory is widened by, a few words each.

    Parameters
    ----------
    wider : how it is widened
    language : English or Chinese
    """
    english = language == "en"
    said = []
    if wider.any_area:
        said.append("any area" if english else "所有片区")
    if wider.area is not None:
        said.append(f"{wider.area} as well" if english else f"增加片区 {wider.area}")
    if wider.branch_id is not None:
        branch = wider.branch_id
        said.append(f"jobs of branch {branch} as well" if english else f"增加网点 {branch} 的工单")
    if wider.radius_km is not None:
        said.append(
            f"a radius of {wider.radius_km:g} km" if english else f"半径扩大到 {wider.radius_km:g} 公里"
        )
    return tuple(said)
