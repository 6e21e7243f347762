"""What the service says of who did what."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from optimizer.domain.base import Record

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables


class AuditEntryInfo(Record):
    """Something that was done, or an attempt that was refused."""

    number: int
    """Rises by the order in which entries were written down."""
    at: datetime
    """When."""
    key_id: str
    """Id of the key; `local`: somebody at a machine without keys or with `paigong keys`; `nobody`: no valid key."""
    action: str
    """The operation's id, e.g. `upload_scenario`; `(none)` where it was refused before that was known."""
    about: str
    """Id of the object; empty: none."""
    detail: dict[str, Any]
    """Facts such as the revision that was made; of a refused attempt `refused` (kind of error) and `address`."""
    trace_id: str
    """Names the request in the service's log."""


class AuditPage(Record):
    """Some of the entries, the newest first."""

    entries: tuple[AuditEntryInfo, ...]
    """The entries."""
    after: int | None
    """Send it as `after` for the next page; none: this is the last."""


def entry_info(row: "tables.AuditEntry") -> AuditEntryInfo:
    """Return what the service says of an entry of the audit log."""
    return AuditEntryInfo.model_validate({name: getattr(row, name) for name in AuditEntryInfo.model_fields})
