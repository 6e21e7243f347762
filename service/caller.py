"""Who calls: a key or a session, with its role and its branches."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.roles import RIGHTS, Right, Role


@dataclass(frozen=True)
class Caller:
    """Somebody who was let in.

    Parameters
    ----------
    key_id : which key; ``local`` on a machine without keys
    name : what people call the key
    role : what it is for
    branches : the branches it is for; none: all
    technician_id : whose own orders it may see, for technicians
    by_session : signed in with a browser
    """

    key_id: str
    name: str
    role: Role
    branches: frozenset[str] | None = None
    technician_id: str | None = None
    by_session: bool = False

    def may(self, right: Right) -> bool:
        """Tell whether the role has a right."""
        return right in RIGHTS[self.role]

    def sees(self, branches: Iterable[str]) -> bool:
        """Tell whether all of some branches are the caller's."""
        return self.branches is None or self.branches.issuperset(branches)


LOCAL = Caller(key_id="local", name="this machine", role="admin")
"""Who calls as long as there is no key: the service then listens on loopback only."""
