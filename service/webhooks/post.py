"""Sends one message to one address, and to no other place than was checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping
from ipaddress import ip_address
from typing import Final, NamedTuple

import httpx

from optimizer import __version__
from optimizer.errors import InvalidInput
from service.webhooks.address import IpAddress, Target, is_allowed, is_public, read_target

SECONDS: Final = 10.0
"""So long may a message take in all: looking the name up, connecting, sending, answering."""

_STEP_S: Final = 5.0
_READ: Final = 4096  # bytes of the answer that are taken in, so that the receiver sees it was read
_UNSAFE: Final = "The host's address is not one of the public internet's."


class Outcome(NamedTuple):
    """How sending went."""

    taken: bool
    """The receiver said yes (2xx)."""
    said: str
    """What is told of it, e.g. ``HTTP 503``; nothing of what the receiver wrote."""


Resolve = Callable[[str, int], Awaitable[Collection[str]]]
"""Looks up the addresses of a host."""


async def resolve(host: str, port: int) -> Collection[str]:
    """Return the addresses of a host.

    Parameters
    ----------
    host, port : where a message goes
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Collection[str] = (),
    resolved: Resolve = resolve,
    seconds: float = SECONDS,
) -> Outcome:
    """Send a message and say how that went; it never raises what the other side does.

    Parameters
    ----------
    url : where to
    body : the message
    headers : its signature
    allowed : hosts in private networks that the operator allows
    resolved : looks names up
    seconds : so long may it take in all
    """
    try:
        async with asyncio.timeout(seconds):
            target = read_target(url, allowed)
            addresses = [ip_address(one) for one in await resolved(target.host, target.port)]
            if not addresses:
                return Outcome(False, "The host has no address.")
            # One that is not public spoils all: a name that also means a private machine is no honest one.
            if not is_allowed(target.host, allowed) and not all(is_public(one) for one in addresses):
                return Outcome(False, _UNSAFE)
            return await _sent(target, addresses[0], body, headers)
    except TimeoutError:
        return Outcome(False, f"No answer within {seconds:g} seconds.")
    except InvalidInput as error:
        return Outcome(False, error.issues[0].cause)
    except (OSError, ValueError):
        return Outcome(False, "The host's name is not known.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Outcome(False, f"The connection failed ({type(error).__name__}).")


async def _sent(target: Target, address: IpAddress, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send to this address and no other: the name is not looked up again, only said in Host and to TLS."""
    host = f"[{address}]" if address.version == 6 else str(address)
    request_headers = {
        "Host": target.shown_host,
        "Content-Type": "application/json",
        "User-Agent": f"paigong/{__version__}",
        "Accept-Encoding": "identity",
        **headers,
    }
    # No proxy and no password file of this machine's, no redirects: they could lead elsewhere.
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_STEP_S) as client:
        request = client.build_request(
            "POST",
            f"{target.scheme}://{host}:{target.port}{target.path}",
            content=body,
            headers=request_headers,
            extensions={"sni_hostname": target.host},
        )
        answer = await client.send(request, stream=True)
        try:
            await _taste(answer)
        finally:
            await answer.aclose()
    return Outcome(answer.is_success, f"HTTP {answer.status_code}")


async def _taste(answer: httpx.Response) -> None:
    taken = 0
    async for piece in answer.aiter_raw(_READ):
        taken += len(piece)
        if taken >= _READ:
            return
