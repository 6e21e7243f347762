"""Puts studies into the queue, and asks for their end."""

from datetime import datetime

from optimizer.settings import Settings
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND, TOO_MANY
from service.scenarios.upload import upload
from service.store import Transaction, tables
from service.store.ids import new_id
from service.store.queue import ENDED, add, waiting
from service.store.studies import study_row, tell
from service.studies.reading import Prepared
from service.studies.records import study_info
from service.studies.states import end
from service.visible import visible_revision_number


def ask(
    tx: Transaction,
    caller: Caller,
    study: Prepared,
    settings: Settings,
    now: datetime,
    *,
    scenario_id: str | None = None,
    revision: int | None = None,
) -> Answer:
    """Put a study into the queue; a base that is not stored yet is stored as a scenario first.

    Parameters
    ----------
    study : what was sent, looked at
    settings : how many may wait
    now : the present moment
    scenario_id, revision : the stored scenario it starts from; none: its own base

    Raises
    ------
    Problem
        There is no such scenario or revision, its own base has branches that are not the caller's, or the queue is
        full.
    """
    if study.base is not None:
        note = f"Base of the study {study.name!r}."[:1000]
        scenario_id, revision = upload(tx, caller, study.base, note, now).about, 1
    assert scenario_id is not None  # what starts from no stored scenario comes with its base
    revision = visible_revision_number(tx, caller, scenario_id, revision)
    if waiting(tx, tables.Study) >= settings.study_queue:
        raise Problem(
            TOO_MANY, f"{settings.study_queue} studies are waiting already.", headers={"Retry-After": "60"}
        )
    row = tables.Study(
        study_id=new_id("sty"),
        scenario_id=scenario_id,
        revision=revision,
        name=study.name,
        body=study.body,
        result=None,
        state="queued",
        cancel_asked=False,
        made_by=caller.key_id,
        queued_at=now,
        started_at=None,
        ended_at=None,
        attempt=0,
        tries=0,
        leased_by=None,
        leased_until=None,
        progress=None,
        problem=None,
    )
    add(tx, row)
    tell(tx, row.study_id, "queued", {}, now)
    headers = {"Location": f"/studies/{row.study_id}"}
    detail = {"scenario": scenario_id, "revision": revision}
    return Answer(study_info(row), 202, headers, about=row.study_id, detail=detail)


def ask_to_cancel(tx: Transaction, caller: Caller, study_id: str, now: datetime) -> Answer:
    """Ask a study to end: a queued one ends at once, a running one within seconds, both without a result.

    Parameters
    ----------
    study_id : which
    now : the present moment

    Raises
    ------
    Problem
        There is no such study, or it has ended already.
    """
    row = study_row(tx, study_id, caller, to_change=True)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no study {study_id}.")
    if row.state in ENDED:
        raise Problem(CONFLICT, f"The study has ended already: {row.state}.")
    row.cancel_asked = True
    if row.state == "queued":
        end(tx, row, "cancelled", now)
    return Answer(study_info(row), 202, about=study_id)
