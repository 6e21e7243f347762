"""Takes jobs in: remote help is tried before anybody is sent."""

from datetime import datetime
from typing import Any, NamedTuple

from service.access.redact import redacted
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.door.versions import etag
from service.scenarios.candidate import Candidate, respond_by
from service.scenarios.intake_records import IntakeInfo, IntakePage, IntakeState, Kept, RemoteHelp
from service.scenarios.upload import Written, revise, to_change
from service.store import Transaction, tables
from service.store import intakes as store
from service.visible import visible_scenario


class Made(NamedTuple):
    """A scenario with a new job, ready to be stored."""

    candidate: Candidate
    """The scenario and its new job."""
    scenario: Written
    """The scenario as it is stored."""
    made_from: int
    """The revision it was made from."""


def let_wait(
    tx: Transaction, caller: Caller, scenario_id: str, candidate: Candidate, now: datetime
) -> Answer:
    """Keep a job until remote help was tried.

    Parameters
    ----------
    scenario_id : the scenario, which does not have the job
    candidate : the scenario with the job
    now : the present moment
    """
    visible_scenario(tx, caller, scenario_id)
    kept = Kept(job=candidate.job, remote_help="not_tried", respond_by=respond_by(candidate))
    row = _add(tx, caller, scenario_id, kept, "waiting", now)
    return Answer(info(row), 201, about=scenario_id, detail={"job_id": row.job_id})


def send_somebody(
    tx: Transaction, caller: Caller, scenario_id: str, made: Made, remote_help: RemoteHelp, now: datetime
) -> Answer:
    """Put a job into the scenario's next revision at once.

    Parameters
    ----------
    scenario_id : the scenario
    made : the scenario with the job
    remote_help : why nothing can be done from afar
    now : the present moment
    """
    row = _revised(tx, caller, scenario_id, made, now)
    kept = Kept(
        job=made.candidate.job,
        remote_help=remote_help,
        respond_by=respond_by(made.candidate),
        revision=row.revision,
    )
    intake = _add(tx, caller, scenario_id, kept, "visit", now)
    return _in_revision(row, intake, 201)


def waiting_job(tx: Transaction, scenario_id: str, job_id: str) -> dict[str, Any]:
    """Return a job that waits for remote help, as it was taken in.

    Parameters
    ----------
    scenario_id, job_id : which
    """
    row = _waiting(tx, scenario_id, job_id, to_change=False)
    return Kept.model_validate(row.job).job.model_dump(mode="json", exclude_defaults=True)


def solve(tx: Transaction, caller: Caller, scenario_id: str, job_id: str, now: datetime) -> Answer:
    """Close a job that was solved from afar.

    Parameters
    ----------
    scenario_id, job_id : which
    now : the present moment

    Raises
    ------
    Problem
        It does not wait.
    """
    visible_scenario(tx, caller, scenario_id)
    row = _waiting(tx, scenario_id, job_id, to_change=True)
    row.state, row.ended_at = "solved", now
    return Answer(info(row), about=scenario_id, detail={"job_id": job_id})


def visit(tx: Transaction, caller: Caller, scenario_id: str, made: Made, now: datetime) -> Answer:
    """Put a job that waited into the scenario's next revision.

    Parameters
    ----------
    scenario_id : the scenario
    made : the scenario with the job
    now : the present moment

    Raises
    ------
    Problem
        The job does not wait any more, or the scenario has changed meanwhile.
    """
    job = made.candidate.job
    row = _revised(tx, caller, scenario_id, made, now)
    intake = _waiting(tx, scenario_id, job.job_id, to_change=True)
    kept = Kept.model_validate(intake.job)
    kept = kept.model_copy(update={"job": job, "revision": row.revision})
    intake.job, intake.state, intake.ended_at = _dumped(kept), "visit", now
    return _in_revision(row, intake, 200)


def listed(
    tx: Transaction,
    caller: Caller,
    scenario_id: str,
    *,
    state: IntakeState | None,
    after: str | None,
    limit: int,
) -> IntakePage:
    """Return the jobs taken in for a scenario, by their ids.

    Parameters
    ----------
    scenario_id : which scenario
    state : in this state only; none: in any
    after : job id of the last one of the page before; none: the first page
    limit : at most so many
    """
    visible_scenario(tx, caller, scenario_id)
    rows = store.intake_rows(tx, scenario_id, state=state, after=after, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    personal = caller.may("personal")
    return IntakePage(
        intakes=tuple(info(row, personal=personal) for row in page),
        after=page[-1].job_id if more else None,
    )


def info(row: tables.Intake, *, personal: bool = True) -> IntakeInfo:
    """Return what the service says of a job taken in.

    Parameters
    ----------
    row : the job
    personal : with customers' data
    """
    content = row.job if personal else {**row.job, "job": redacted({"jobs": [row.job["job"]]})["jobs"][0]}
    kept = Kept.model_validate(content)
    return IntakeInfo(
        scenario_id=row.scenario_id,
        job_id=row.job_id,
        state=row.state,  # type: ignore[arg-type] # kept by this file only
        remote_help=kept.remote_help,
        respond_by=kept.respond_by,
        revision=kept.revision,
        job=kept.job,
        made_by=row.made_by,
        made_at=row.made_at,
        ended_at=row.ended_at,
    )


def _add(
    tx: Transaction, caller: Caller, scenario_id: str, kept: Kept, state: IntakeState, now: datetime
) -> tables.Intake:
    job_id = kept.job.job_id
    if store.intake_row(tx, scenario_id, job_id) is not None:
        raise Problem(CONFLICT, f"A job {job_id} was taken in before; give each its own id.")
    row = tables.Intake(
        scenario_id=scenario_id,
        job_id=job_id,
        job=_dumped(kept),
        state=state,
        made_by=caller.key_id,
        made_at=now,
        ended_at=None if state == "waiting" else now,
    )
    store.add_intake(tx, row)
    return row


def _dumped(kept: Kept) -> dict[str, Any]:
    return kept.model_dump(mode="json", exclude_defaults=True)


def _waiting(tx: Transaction, scenario_id: str, job_id: str, *, to_change: bool) -> tables.Intake:
    row = store.intake_row(tx, scenario_id, job_id, to_change=to_change)
    if row is None:
        raise Problem(NOT_FOUND, f"No job {job_id} was taken in for the scenario {scenario_id}.")
    if row.state != "waiting":
        raise Problem(CONFLICT, f"The job {job_id} does not wait for remote help any more: {row.state}.")
    return row


def _revised(tx: Transaction, caller: Caller, scenario_id: str, made: Made, now: datetime) -> tables.Scenario:
    row = to_change(tx, caller, scenario_id, etag(made.made_from))
    revise(tx, caller, row, made.scenario, f"{made.candidate.job.job_id} was taken in.", now)
    return row


def _in_revision(row: tables.Scenario, intake: tables.Intake, status: int) -> Answer:
    detail = {"job_id": intake.job_id, "revision": row.revision}
    return Answer(info(intake), status, {"ETag": etag(row.revision)}, about=row.scenario_id, detail=detail)
