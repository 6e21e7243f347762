"""``/audit``: who did what."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.audit.find import find
from service.audit.records import AuditPage
from service.door.answer import json_response
from service.door.call import ReadsRecords
from service.door.docs import problems
from service.door.words import PRINTABLE, Moment
from service.store.audit import AuditFilter

router = APIRouter(prefix="/audit", tags=["audit"])


@router.get(
    "",
    operation_id="read_audit_log",
    summary="List who did what",
    response_model=AuditPage,
    responses=problems(),
)
def read_audit_log(
    call: ReadsRecords,
    key_id: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="Of this key only.")
    ] = None,
    action: Annotated[
        str | None, Query(max_length=200, pattern=PRINTABLE, description="This operation only, by its id.")
    ] = None,
    about: Annotated[
        str | None, Query(max_length=200, pattern=PRINTABLE, description="About this object only, by its id.")
    ] = None,
    since: Annotated[Moment | None, Query(description="Not before this moment.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many.")] = 100,
    after: Annotated[int | None, Query(ge=1, le=2**62, description="`after` of the page before.")] = None,
) -> Response:
    """List who did what, the newest first, attempts that were refused included.

    Every change is written down in the transaction that makes it; looking is not. Of refused attempts a few a minute
    are written down for each caller; the log has them all.
    """
    wanted = AuditFilter(action=action, about=about, since=since, until=until)
    page = call.read(lambda tx: find(tx, call.caller, wanted, key_id=key_id, after=after, limit=limit))
    return json_response(page)
