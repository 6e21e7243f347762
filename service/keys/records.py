"""What the service says of API keys."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from optimizer.domain.base import Record
from optimizer.domain.time import Instant
from service.door.words import Label, OwnId
from service.roles import Role

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables


class NewKey(Record):
    """A key to be made."""

    name: Label
    """What people call it, e.g. who or what program uses it."""
    role: Role
    """What it is for."""
    branches: Annotated[tuple[OwnId, ...], Field(min_length=1, max_length=1000)] | None = None
    """Ids of the branches it is for; none: all."""
    technician_id: OwnId | None = None
    """Whose own dispatch orders it may see: for the role `technician`, and only for it."""
    expires_at: Instant | None = None
    """From when it is not valid any more; none: without end."""


class KeyInfo(Record):
    """A key without its secret, of which only a hash is kept."""

    key_id: str
    """The key's id; objects and the audit log name it."""
    name: str
    """What people call it."""
    role: Role
    """What it is for."""
    branches: tuple[str, ...] | None
    """Ids of the branches it is for; none: all."""
    technician_id: str | None
    """Whose own dispatch orders it may see."""
    made_by: str
    """Id of the key that made it; `local`: somebody at the machine itself."""
    made_at: datetime
    """When it was made."""
    expires_at: datetime | None
    """From when it is not valid any more; none: without end."""
    revoked_at: datetime | None
    """When it was withdrawn; none: it was not."""


class KeyList(Record):
    """All keys of one's branches, the newest first."""

    keys: tuple[KeyInfo, ...]
    """The keys, also those withdrawn or expired."""


class MadeKey(Record):
    """A key that was just made."""

    key: KeyInfo
    """The key without its secret."""
    secret: str | None
    """What `Authorization: Bearer …` takes, shown this once. None in the answer to a repeated request with the same
    `Idempotency-Key`: it is not kept anywhere. Whoever lost the first answer withdraws the key and makes another."""


def key_info(row: "tables.Key") -> KeyInfo:
    """Return what the service says of a stored key."""
    return KeyInfo.model_validate(
        {name: getattr(row, name) for name in KeyInfo.model_fields if name != "branches"}
        | {"branches": None if row.branches is None else tuple(row.branches)}
    )
