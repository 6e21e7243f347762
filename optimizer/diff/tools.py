"""What has become of each shared tool's day."""

from collections.abc import Iterator

from optimizer.compile.layout import ToolShift
from optimizer.domain.plan import Plan, ToolPlan
from optimizer.domain.plan_diff import ToolChange
from optimizer.words.numbers import listed


def tool_changes(old: Plan, new: Plan) -> Iterator[ToolChange]:
    """Yield the days of shared tools that are otherwise, in order of the new plan.

    Parameters
    ----------
    old, new : the plans
    """
    before, after = ({_which(one): one for one in plan.tools} for plan in (old, new))
    for which in dict.fromkeys((*after, *before)):
        was, now = before.get(which), after.get(which)
        if was != now:
            jobs = _jobs(was), _jobs(now)
            yield ToolChange(
                branch_id=which.branch_id,
                tool=which.tool,
                piece=which.piece,
                day=which.day,
                old=jobs[0],
                new=jobs[1],
                sentence=f"{which}: {_words(*jobs)}.",
            )


def _which(one: ToolPlan) -> ToolShift:
    return ToolShift(one.branch_id, one.tool, one.piece, one.day)


def _jobs(one: ToolPlan | None) -> tuple[str, ...]:
    return tuple(stop.job_id for stop in one.stops) if one else ()


def _words(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    if not new:
        return f"stays at the branch; it was at {listed(old)}"
    if not old:
        return f"goes to {listed(new)} now; it stayed at the branch"
    return f"goes to {listed(new)} instead of {listed(old)}" if old != new else "the same jobs at other times"
