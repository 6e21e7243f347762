"""Jobs taken in, in the store."""

from sqlalchemy import select

from service.store.database import Transaction
from service.store.tables import Intake


def intake_row(tx: Transaction, scenario_id: str, job_id: str, *, to_change: bool = False) -> Intake | None:
    """Return a job that was taken in, or none.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(Intake).where(Intake.scenario_id == scenario_id, Intake.job_id == job_id)
    return tx.scalar(found.with_for_update() if to_change else found)


def intake_rows(
    tx: Transaction, scenario_id: str, *, state: str | None, after: str | None, limit: int
) -> list[Intake]:
    """Return the jobs taken in for a scenario, by their ids.

    Parameters
    ----------
    state : in this state only; none: in any
    after : job id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(Intake).where(Intake.scenario_id == scenario_id)
    if state is not None:
        found = found.where(Intake.state == state)
    if after is not None:
        found = found.where(Intake.job_id > after)
    return list(tx.scalars(found.order_by(Intake.job_id).limit(limit)))


def add_intake(tx: Transaction, row: Intake) -> None:
    """Add a job taken in; when somebody else took it in meanwhile, the whole transaction is done again."""
    tx.add(row)
    tx.flush()
