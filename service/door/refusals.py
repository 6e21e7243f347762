"""Writes down who was refused (401, 403), without what was sent and without letting anybody flood the record."""

from typing import Any, Final

from starlette.types import Scope

from service.backend import Backend
from service.caller import Caller
from service.door.problem import Problem
from service.door.rates import Rates, address_of
from service.store.audit import add_audit_entry
from service.store.database import StoreBusy
from service.store.tables import AuditEntry

NOBODY: Final = "nobody"
"""Stands for the key where the attempt had none that is valid."""


def record_refusal(scope: Scope, problem: Problem) -> None:
    """Write a refused attempt into the record of who did what; one too many for the record stands in the log only.

    Parameters
    ----------
    scope : the request
    problem : what it was answered
    """
    app: Any = scope["app"]
    backend: Backend = app.state.backend
    rates: Rates = app.state.rates
    caller: Caller | None = scope.get("state", {}).get("caller")
    address = address_of(scope)
    if not rates.is_worth_recording(address if caller is None else caller.key_id):
        return
    entry = AuditEntry(
        at=backend.now(),
        key_id=NOBODY if caller is None else caller.key_id,
        action=str(getattr(scope.get("route"), "operation_id", None) or "(none)"),
        about="",
        detail={"refused": problem.kind.slug, "address": address},
        trace_id=scope.get("state", {}).get("trace_id", ""),
    )
    try:
        backend.store.write(lambda tx: add_audit_entry(tx, entry))
    except StoreBusy:
        return  # the attempt is refused all the same, and the log has it
