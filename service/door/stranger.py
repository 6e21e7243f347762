"""Who sends much must be somebody: a stranger's request is refused before its body is kept."""

from typing import Any

from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import Request
from starlette.types import Scope

from service.backend import Backend
from service.door.call import COOKIE, who_calls
from service.door.problem import Problem
from service.door.problem_kinds import BUSY, UNAUTHENTICATED
from service.door.rates import Rates, address_of
from service.store.database import StoreBusy


def refused_stranger(scope: Scope) -> Problem | None:
    """Return how a request is refused that nobody who is let in has sent; none: somebody has.

    Parameters
    ----------
    scope : the request
    """
    app: Any = scope["app"]
    backend: Backend = app.state.backend
    rates: Rates = app.state.rates
    request = Request(scope)
    scheme, sent = get_authorization_scheme_param(request.headers.get("Authorization"))
    key = sent if scheme.lower() == "bearer" and sent else None
    try:
        with backend.store.read() as tx:
            if who_calls(request, key, request.cookies.get(COOKIE), tx) is not None:
                return None
        if key is not None:
            rates.count_wrong_key(address_of(scope))
    except StoreBusy:
        return Problem(BUSY, headers={"Retry-After": "2"})
    except Problem as too_many:
        return too_many
    return Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
