"""Roles and what each may do; every operation asks for one right."""

from typing import Final, Literal, get_args

Role = Literal["viewer", "technician", "dispatcher", "manager", "admin"]
"""What a key is for: looking on, one's own dispatch orders, planning, approving, running the service."""

Right = Literal["read", "own_orders", "personal", "plan", "approve", "administer"]
"""What an operation asks for.

``read`` looks at everything but customers' data; ``own_orders`` at one's own dispatch orders; ``personal`` at names,
telephone numbers and addresses; ``plan`` changes scenarios, computes and publishes; ``approve`` says yes to a day;
``administer`` makes keys and webhooks and reads the record of who did what.
"""

_DISPATCHER: Final[frozenset[Right]] = frozenset({"read", "own_orders", "personal", "plan"})

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    "viewer": frozenset({"read"}),
    "technician": frozenset({"own_orders"}),
    "dispatcher": _DISPATCHER,
    "manager": _DISPATCHER | {"approve"},
    "admin": frozenset(get_args(Right)),
}
"""What each role may do."""
