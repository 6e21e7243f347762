"""What the service says of who is signed in."""

from datetime import datetime
from typing import Annotated

from pydantic import SecretStr, StringConstraints

from optimizer.domain.base import Record
from service.caller import Caller
from service.roles import RIGHTS, Right, Role


class SignIn(Record):
    """A key to sign in with."""

    key: Annotated[SecretStr, StringConstraints(min_length=1, max_length=200)]
    """The API key, e.g. `pgk_…`."""


class SessionInfo(Record):
    """Who one is, and what one may do."""

    key_id: str
    """Id of the key; `local` on a machine without keys."""
    name: str
    """What people call the key."""
    role: Role
    """What it is for."""
    rights: tuple[Right, ...]
    """What the role may do, sorted."""
    branches: tuple[str, ...] | None
    """Ids of the branches it is for, sorted; none: all."""
    technician_id: str | None
    """Whose own dispatch orders it may see."""
    by_session: bool
    """Signed in with a browser's cookie, not by sending the key."""
    expires_at: datetime | None
    """Until when the session or the key holds; none: without end."""


def session_info(caller: Caller, expires_at: datetime | None) -> SessionInfo:
    """Return what the service says of a caller.

    Parameters
    ----------
    caller : who calls
    expires_at : until when the session or the key holds
    """
    return SessionInfo(
        key_id=caller.key_id,
        name=caller.name,
        role=caller.role,
        rights=tuple(sorted(RIGHTS[caller.role])),
        branches=None if caller.branches is None else tuple(sorted(caller.branches)),
        technician_id=caller.technician_id,
        by_session=caller.by_session,
        expires_at=expires_at,
    )
