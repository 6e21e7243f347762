"""How often somebody may call: requests of a key, wrong keys from an address, refusals that are written down.

The counts are this process's own: with several servers behind one address each of them counts for itself.
"""

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import Scope

from service.door.problem import Problem
from service.door.problem_kinds import TOO_MANY

_RECORDED: Final = 10  # refusals a minute of one caller, or of one address where nobody is signed in
_RECORDED_IN_ALL: Final = 100


class Rates:
    """Counts in windows of a minute that move along.

    Parameters
    ----------
    each : requests a minute for one key
    wrong_keys : wrong keys a minute from one address; nobody guesses 256 bits, but attempts shall cost nothing
    """

    def __init__(self, each: int, wrong_keys: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._each = RateLimitItemPerMinute(each, namespace="requests")
        self._wrong = RateLimitItemPerMinute(wrong_keys, namespace="wrong-keys")
        self._recorded = RateLimitItemPerMinute(_RECORDED, namespace="recorded")
        self._recorded_in_all = RateLimitItemPerMinute(_RECORDED_IN_ALL, namespace="recorded-in-all")

    def count_request(self, key_id: str) -> None:
        """Count a request of a key.

        Raises
        ------
        Problem
            429: it has sent too many within a minute.
        """
        self._count(self._each, key_id, f"This key may send {self._each.amount} requests a minute.")

    def count_wrong_key(self, address: str) -> None:
        """Count a wrong key; somebody with a valid key is not kept out by a neighbour's wrong ones.

        Raises
        ------
        Problem
            429: too many came from this address within a minute.
        """
        self._count(self._wrong, address, "Too many wrong keys came from this address.")

    def is_worth_recording(self, who: str) -> bool:
        """Tell whether a refusal is written down; beyond a few a minute they tell nothing new.

        Parameters
        ----------
        who : id of the key, or the address where nobody is signed in
        """
        return self._limiter.hit(self._recorded, who) and self._limiter.hit(self._recorded_in_all)

    def _count(self, item: RateLimitItem, who: str, said: str) -> None:
        if self._limiter.hit(item, who):
            return
        left = self._limiter.get_window_stats(item, who).reset_time - time.time()
        raise Problem(TOO_MANY, said, headers={"Retry-After": str(max(1, math.ceil(left)))})


def address_of(scope: Scope) -> str:
    """Return from where a request comes, as far as the connection itself shows it; whole networks in IPv6.

    What proxies say in headers is not believed: anybody can write it.

    Parameters
    ----------
    scope : the request
    """
    host = (scope.get("client") or ("unknown",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))  # one customer has at least so many addresses
    return str(address)
