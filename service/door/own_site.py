"""Refuses what a browser sends from other sites' pages, and what calls the service by a name that is not its own.

A page of another site can point its own name at this machine (DNS rebinding) and would then be read by the browser as
if it were ours; and it can post forms here, with our cookie where the browser sends it along (CSRF). Both hold on
loopback as well, so nothing is let pass there either. There is no CORS: no other origin reads any answer.
"""

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.door.errors import problem_response
from service.door.loopback import is_loopback
from service.door.problem import Problem
from service.door.problem_kinds import WRONG_ORIGIN
from service.door.refusals import record_refusal

_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>\d{1,5}))?")
_LOOKS_ONLY: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_PAGES: Final = ("same-origin", "none")  # none: typed into the address line
_PORTS: Final = {"http": "80", "https": "443"}
_ANY: Final = ("0.0.0.0", "::")


class OwnSite:
    """Lets in requests to the service's own names only, and changes from its own pages only.

    Parameters
    ----------
    app : who goes on
    host : the address it listens on
    allowed : further names under which it may be called
    """

    def __init__(self, app: ASGIApp, host: str, allowed: Iterable[str]) -> None:
        self._app = app
        self._names = {_plain(name) for name in (host, *allowed)} - {*_ANY}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        said = "" if scope["type"] != "http" else self._refused(scope)
        if not said:
            await self._app(scope, receive, send)
            return
        problem = Problem(WRONG_ORIGIN, said)
        await run_in_threadpool(record_refusal, scope, problem)
        await problem_response(scope, problem)(scope, receive, send)

    def _refused(self, scope: Scope) -> str:
        """Return why a request is refused, or nothing."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if host is None or not self._is_own(_plain(host["name"]), scope):
            return "The service is called by a name that is not its own."
        if scope["method"] not in _LOOKS_ONLY and _from_elsewhere(headers, host):
            return "The change was sent from a page of another origin."
        return ""

    def _is_own(self, name: str, scope: Scope) -> bool:
        return is_loopback(name) or name in self._names or name == _own_address(scope)


def _from_elsewhere(headers: Mapping[str, str], host: re.Match[str]) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_PAGES:
        return True
    origin = headers.get("origin")
    if origin is not None:
        return not _is_origin_of(origin.lower(), host)
    # Browsers send Origin with every change; a cookie without it comes of something that hides it.
    return site is None and "cookie" in headers


def _is_origin_of(origin: str, host: re.Match[str]) -> bool:
    """Tell whether an origin is this host; behind a proxy the scheme may differ, the browser's view of it does not."""
    scheme, sign, rest = origin.partition("://")
    there = _HOST.fullmatch(rest)
    if not sign or there is None or scheme not in _PORTS:
        return False
    usual = _PORTS[scheme]
    return there["name"] == host["name"] and (there["port"] or usual) == (host["port"] or usual)


def _own_address(scope: Scope) -> str | None:
    """Return the address the connection came in on; where the service listens on all, each of them is its own."""
    address = (scope.get("server") or ("",))[0]
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def _plain(name: str) -> str:
    """Return a name in small letters, an address in its one usual form."""
    bare = name.lower().removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare
