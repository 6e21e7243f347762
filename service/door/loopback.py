"""Tells whether an address is this machine's own."""

from ipaddress import IPv6Address, ip_address


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this machine and nothing else.

    Parameters
    ----------
    host : e.g. ``localhost``, ``127.0.0.1`` or ``::1``
    """
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    # A socket for both kinds of addresses shows IPv4 callers as ::ffff:127.0.0.1.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
