"""Whether staying out overnight would help a left-out job, in words."""

from optimizer.domain.reasons import StayingOut
from optimizer.words.language import Language
from optimizer.words.moments import short_day
from optimizer.words.numbers import count, minutes, money


def staying_words(out: StayingOut | None, language: Language = "en") -> str:
    """Return that a job is too far for one day, and what a trip would cost.

    Parameters
    ----------
    out : what was found; none: nothing
    language : English or Chinese
    """
    if out is None:
        return ""
    if language == "zh":
        return f"{_far_zh(out)}{_trip_zh(out)}"
    return " ".join(part for part in (_far(out), _trip(out)) if part)


def _far(out: StayingOut) -> str:
    if not out.far_s:
        return ""
    return (
        f"It is too far for one day: the way there and back and the work take at least {minutes(out.far_s)}."
    )


def _trip(out: StayingOut) -> str:
    if not out.looked_at:
        return (
            "What a trip for it alone would cost was not looked at, "
            "since it takes several visits or is tied to other jobs."
        )
    if out.technician_id is not None:
        days = f"from {out.day} to {out.until}" if out.until != out.day else f"on {out.day} by {out.means}"
        saves = f"saves {money(out.unserved_cents)} of leaving it out"
        return f"{out.technician_id} could be away for it {days}: that adds {money(out.cents)} and {saves}."
    if not out.trips:
        return "Nobody who may do it may stay out overnight."
    looked = f"No trip has room for it ({count(out.trips, 'trip')} looked at"
    if not out.busy:
        return f"{looked})."
    others = (
        f"{out.busy} of them on days with other work; whether that could be done on the way was not looked at"
    )
    return f"{looked}, {others})."


def _far_zh(out: StayingOut) -> str:
    return f"当天往返太远：路程加作业至少 {minutes(out.far_s, 'zh')}。" if out.far_s else ""


def _trip_zh(out: StayingOut) -> str:
    if not out.looked_at:
        return "需多次上门或与其他工单有关联，未计算单独出差的费用。"
    if out.technician_id is not None and out.day is not None and out.until is not None:
        days = f"{short_day(out.day, 'zh')}至{short_day(out.until, 'zh')}"
        days = days if out.until != out.day else short_day(out.day, "zh")
        more, saved = money(out.cents), money(out.unserved_cents)
        return f"{out.technician_id} 可以{days}出差去做：账单增加 {more}，可省下不派的 {saved}。"
    if not out.trips:
        return "能做的人都不能在外过夜。"
    busy = f"，其中 {out.busy} 趟的日子另有工作，未考虑顺路完成" if out.busy else ""
    return f"没有一趟出差排得进（看过 {out.trips} 趟{busy}）。"
