"""How much there is of what, for those who watch the service."""

from sqlalchemy import func, select

from service.store.database import Transaction
from service.store.tables import Delivery, Run, Study


def runs_by_state(tx: Transaction) -> dict[str, int]:
    """Return how many runs are in each state."""
    found = tx.execute(select(Run.state, func.count()).group_by(Run.state))
    return {row[0]: row[1] for row in found}


def studies_by_state(tx: Transaction) -> dict[str, int]:
    """Return how many studies are in each state."""
    found = tx.execute(select(Study.state, func.count()).group_by(Study.state))
    return {row[0]: row[1] for row in found}


def deliveries_by_state(tx: Transaction) -> dict[str, int]:
    """Return how many messages to webhooks are in each state."""
    found = tx.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    return {row[0]: row[1] for row in found}
