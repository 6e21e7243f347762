"""``/keys``: who may call the service, and for what."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from service.door.answer import json_response
from service.door.call import Administers, ReadsRecords
from service.door.docs import problems
from service.door.problem_kinds import CONFLICT, INVALID_INPUT, NOT_FOUND, NOT_JSON
from service.keys.add import add
from service.keys.records import KeyList, MadeKey, NewKey, key_info
from service.keys.revoke import revoke
from service.keys.visible import keys_seen

router = APIRouter(prefix="/keys", tags=["keys"])

KeyId = Annotated[
    str,
    Path(
        max_length=80,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="The key's id; not its secret.",
        examples=["key_06f3m5x2k9q8w7t1z4y0v6s3rn"],
    ),
]
"""The key in an address."""


@router.get("", operation_id="list_keys", summary="List keys", response_model=KeyList, responses=problems())
def list_keys(call: ReadsRecords) -> Response:
    """List the keys of one's branches, the newest first; their secrets are not kept."""
    rows = call.read(lambda tx: keys_seen(tx, call.caller))
    return json_response(KeyList(keys=tuple(key_info(row) for row in rows)))


@router.post(
    "",
    operation_id="add_key",
    summary="Make a key",
    status_code=201,
    response_model=MadeKey,
    responses=problems(INVALID_INPUT, NOT_JSON, CONFLICT),
)
def add_key(call: Administers, new: NewKey) -> Response:
    """Make a key and show its secret, this once.

    The key may do no more than its maker's own: no further role and no further branches. The first key of a service
    is an admin's for all branches; from then on nothing is open without a key.
    """
    return call.write(lambda tx: add(tx, call.caller, new, call.backend.now()))


@router.delete(
    "/{key_id}",
    operation_id="revoke_key",
    summary="Withdraw a key",
    status_code=204,
    response_class=Response,
    responses=problems(NOT_FOUND, CONFLICT),
)
def revoke_key(call: Administers, key_id: KeyId) -> Response:
    """Withdraw a key: it and its sessions end at once.

    Refused while it is the last valid key that administers its branches.
    """
    return call.write(lambda tx: revoke(tx, call.caller, key_id, call.backend.now()))
