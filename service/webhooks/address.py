"""Which addresses messages may be sent to: public ones, so that nobody reaches a private network through the service.

A name is written into a webhook by somebody who administers the service, but what it means is decided by whoever runs
the name's DNS, anew for every message. So the text is checked when it is written, and the address when a message is
sent; the connection then goes to the very address that was checked.

References
----------
IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
OWASP, Server-Side Request Forgery Prevention.
"""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from optimizer.errors import InvalidInput, Issue

_PRIVATE_4: Final = tuple(
    IPv4Network(one)
    for one in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a carrier's translation
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; clouds answer there with their machines' secrets
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_PUBLIC_6: Final = IPv6Network("2000::/3")
_PRIVATE_6: Final = tuple(
    IPv6Network(one)
    for one in (
        "2001::/23",  # protocols' own, Teredo with an IPv4 address inside
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
"""What is not public within `_PUBLIC_6`; beyond it nothing is: loopback, IPv4-mapped, NAT64, link-local, ULA, …"""

_LABEL: Final = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z0-9-]*[a-z]){_LABEL}")
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_USUAL_PORTS: Final = {"http": 80, "https": 443}

IpAddress = IPv4Address | IPv6Address


class Target(NamedTuple):
    """Where messages go, as it was written."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """Name in small letters, or an address in its usual form without brackets."""
    port: int
    """Port."""
    path: str
    """Path with what follows ``?``, at least ``/``."""

    @property
    def shown_host(self) -> str:
        """The header Host: an IPv6 address in brackets, the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL_PORTS[self.scheme] else f"{host}:{self.port}"


def read_target(url: str, allowed: Collection[str] = ()) -> Target:
    """Read the address of a webhook; nothing is looked up.

    Parameters
    ----------
    url : as it was written
    allowed : hosts in private networks that the operator allows

    Raises
    ------
    InvalidInput
        It is no address that messages are sent to.
    """
    if not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        raise _refused("It holds spaces or characters beyond ASCII.", "Write names as DNS has them (xn--…).")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("It is no web address.", "Write it like https://example.com/hook.") from None
    host = (parts.hostname or "").lower()
    if parts.scheme not in _USUAL_PORTS:
        raise _refused(
            "Messages are sent over http and https only.", "Write it like https://example.com/hook."
        )
    if "@" in parts.netloc:
        raise _refused("A name and a password in it would be sent nowhere.", "Leave them out.")
    if parts.fragment or port == 0 or not host:
        raise _refused("It has a fragment, the port 0 or no host.", "Write it like https://example.com/hook.")
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return Target(parts.scheme, _host(host, allowed), port or _USUAL_PORTS[parts.scheme], path)


def is_public(address: IpAddress) -> bool:
    """Tell whether an address is one of the public internet's.

    Parameters
    ----------
    address : the address
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _PRIVATE_4)
    if address.scope_id is not None:
        return False
    return address in _PUBLIC_6 and not any(address in network for network in _PRIVATE_6)


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Tell whether the operator allows a host by name, wherever it is.

    Parameters
    ----------
    host : as `Target.host` has it
    allowed : the setting `webhook_hosts`
    """
    return host in {_plain(name) for name in allowed}


def _host(host: str, allowed: Collection[str]) -> str:
    plain = _plain(host)
    if is_allowed(plain, allowed):
        return plain
    try:
        address = ip_address(host)
    except ValueError:
        # `2130706433`, `0x7f.1` and `127.1` are addresses to whoever looks names up, and so is anything that ends so.
        if _NUMBER.fullmatch(host.rpartition(".")[2]) or not _NAME.fullmatch(host) or len(host) > 253:
            said = "Its host is neither a full name, such as hooks.example.com, nor an address in its usual form."
            raise _refused(said, _ALLOW) from None
        return host
    if not is_public(address):
        raise _refused("Its host is not an address of the public internet.", _ALLOW)
    return plain


def _plain(host: str) -> str:
    bare = host.lower().removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare


_ALLOW: Final = "Use a public host, or let the operator name it in PAIGONG_WEBHOOK_HOSTS."


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-webhook-address", "url", cause, action),))
