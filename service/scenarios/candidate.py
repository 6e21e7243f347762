"""A scenario with one more job, looked over as a whole before anything is stored."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, Self

from pydantic import ValidationError

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.scenario_file import parse_scenario
from optimizer.rules.respond import RULE as RESPOND
from optimizer.rules.settings import params_of
from service.scenarios.intake_records import NewJob, RemoteHelp
from service.scenarios.reading import text_of


class Sent(NamedTuple):
    """A job as it was sent."""

    job: dict[str, Any]
    """The job."""
    remote_help: RemoteHelp
    """Whether remote help was tried."""
    issues: tuple[Issue, ...]
    """What is wrong beside the job itself."""


class Question(NamedTuple):
    """A scenario as it stands."""

    revision: int
    """Its newest revision."""
    document: dict[str, Any]
    """What that says."""
    scenario: Scenario
    """The same as records."""
    moment: datetime
    """Its present moment."""

    @classmethod
    def of(cls, revision: int, body: bytes, now: datetime) -> Self:
        """Return a stored scenario.

        Parameters
        ----------
        revision : its newest revision
        body : what that says
        now : the clock on the wall
        """
        scenario = Scenario.model_validate_json(body)
        return cls(revision, json.loads(body), scenario, present(scenario, now))

    def has(self, job_id: object) -> bool:
        """Tell whether the scenario has a job of this id."""
        return any(job.job_id == job_id for job in self.scenario.jobs)


class Candidate(NamedTuple):
    """A scenario with one more job."""

    scenario: Scenario
    """The whole."""
    job: Job
    """The new job."""


def read_new_job(body: bytes) -> Sent:
    """Read a job that is to be taken in; the job itself is looked over later, within its scenario.

    Parameters
    ----------
    body : what was sent

    Raises
    ------
    InvalidInput
        It is no JSON, or there is no job in it.
    """
    source = read_json(text_of(body))
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        asked = NewJob.model_validate(source.value)
        issues: tuple[Issue, ...] = ()
        help_: RemoteHelp = asked.remote_help
    except ValidationError as error:
        found = record_issues(error, source, NewJob)
        issues = tuple(one for one in found if not one.path.startswith("job."))
        help_ = "not_tried"
    job = source.value.get("job") if isinstance(source.value, dict) else None
    if not isinstance(job, dict):
        raise InvalidInput(issues)
    return Sent(job, help_, issues)


def present(scenario: Scenario, now: datetime) -> datetime:
    """Return the present moment of a scenario: the clock on the wall while it is within the planned days.

    A scenario that is tried on another day has the present time it says.

    Parameters
    ----------
    scenario : the scenario
    now : the clock on the wall
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    here = now.astimezone(timeline.zone).replace(microsecond=0)
    ends = timeline.moment(timeline.end_of(scenario.horizon.dates()[-1]))
    return here if scenario.now is None or scenario.now <= here < ends else scenario.now


def with_job(question: Question, job: dict[str, Any], name: Callable[[str], str]) -> Candidate:
    """Return a scenario with one more job.

    The present time of a scenario that has one moves up to now: the report cannot lie in its future.

    Parameters
    ----------
    question : the scenario without it
    job : the job
    name : says where in what was sent a place in the job stands, such as ``job.place``

    Raises
    ------
    InvalidInput
        The job breaks the format or contradicts the scenario; carries every mistake found.
    """
    before, moment = question.scenario, question.moment.isoformat()
    if job.get("intake_at") is None:
        job = {**job, "intake_at": moment}
    document = {**question.document, "jobs": [*question.document["jobs"], job]}
    if before.now is not None:
        document["now"] = moment
    try:
        scenario = parse_scenario(json.dumps(document, ensure_ascii=False), json=True)
    except InvalidInput as error:
        raise InvalidInput(tuple(_in_what_was_sent(error.issues, len(before.jobs), name))) from None
    return Candidate(scenario, scenario.jobs[-1])


def confirmed(job: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return a job whose customer has confirmed a visit; where nobody noted an answer, that was one.

    Parameters
    ----------
    job : the job
    at : when
    """
    desk = {"answered_at": at.isoformat(), **job.get("desk", {}), "confirmed_at": at.isoformat()}
    return {**job, "desk": desk}


def respond_by(candidate: Candidate) -> datetime | None:
    """Return when the report of a new job must be answered; none: it is, or no such clock runs.

    Parameters
    ----------
    candidate : the scenario with the job
    """
    scenario = candidate.scenario.model_copy(update={"jobs": (candidate.job,)})
    params = params_of(RESPOND, scenario.policy)
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    call = next(RESPOND.calls(scenario, params, timeline), None) if params.active else None
    return None if call is None or call.done_s is not None else timeline.moment(call.due_s)


def _in_what_was_sent(issues: Iterable[Issue], row: int, name: Callable[[str], str]) -> Iterable[Issue]:
    """Yield the issues of a whole scenario as issues of the one job that was sent; it has no lines of its own."""
    inside = f"jobs[{row}]"
    for issue in issues:
        path = name("job" + issue.path.removeprefix(inside)) if issue.path.startswith(inside) else ""
        yield replace(issue, path=path, cause=issue.cause.replace(inside, "job"), line=None)
