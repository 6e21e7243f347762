"""What is wrong with a new job, or with windows that are asked for, everything at once."""

from collections.abc import Iterator, Sequence

from optimizer.domain.job import Job
from optimizer.domain.time import Window
from optimizer.domain.validation import validate_scenario
from optimizer.errors import Issue
from optimizer.offers.question import alone
from optimizer.preview.standing import Standing


def job_issues(standing: Standing, job: Job) -> tuple[Issue, ...]:
    """Return everything that contradicts itself in a new job, by itself or with the scenario.

    Parameters
    ----------
    standing : the plan
    job : the new job
    """
    scenario = standing.scenario
    found: list[Issue] = []
    if job.job_id in standing.jobs:
        cause = f"The scenario has a job {job.job_id!r} already."
        found.append(Issue("same-id", "job.job_id", cause, "Give the new job an id of its own."))
    if job.under_way is not None:
        cause = f"Somebody is on the way to {job.job_id} already."
        found.append(
            Issue("under-way", "job.under_way", cause, "Take this out; an offer is for a job to come.")
        )
    before = dict.fromkeys(tie.job_id for tie in job.after if tie.job_id in standing.jobs)
    others = [standing.jobs[one] for one in before if one != job.job_id]
    part = alone(scenario, *others, job)
    issues = validate_scenario(part)
    if not issues:
        book = standing.book
        issues = tuple(one for rule in book.active() for one in rule.validate(part, book.params(rule)))
    where = f"jobs[{len(others)}]"
    found.extend(
        Issue(one.code, f"job{one.path.removeprefix(where)}", one.cause, one.action)
        for one in issues
        if one.path.startswith(where) or one.code == "cheaper-to-drop"
    )
    return tuple(found)


def window_issues(standing: Standing, windows: Sequence[Window], path: str = "slots") -> Iterator[Issue]:
    """Yield the windows that lie outside the planned days or are over.

    Parameters
    ----------
    standing : the plan
    windows : what is to be offered
    path : what they are called where they were given
    """
    timeline, scenario = standing.compiled.timeline, standing.scenario
    end_s = timeline.end_of(scenario.horizon.dates()[-1])
    now_s = 0 if scenario.now is None else timeline.seconds(scenario.now)
    for number, window in enumerate(windows):
        where = f"{path}[{number}]"
        if timeline.seconds(window.end) < max(now_s, 0):
            yield Issue("window-over", where, "The window is over.", "Give a window that is still to come.")
        elif timeline.seconds(window.start) >= end_s:
            cause = "The window lies after the planned days."
            yield Issue("window-after-horizon", where, cause, "Plan more days, or give an earlier window.")
