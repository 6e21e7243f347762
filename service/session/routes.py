"""``/session``: signing in with a browser."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.access.keys import caller_of, secret_hash
from service.door.answer import json_response
from service.door.call import COOKIE, Knocks, Leaves, backend_of, rates_of
from service.door.docs import problems
from service.door.loopback import is_loopback
from service.door.problem import Problem
from service.door.problem_kinds import INVALID_INPUT, NOT_JSON, UNAUTHENTICATED
from service.door.rates import address_of
from service.session.records import SessionInfo, SignIn, session_info
from service.session.sign_in import SignedIn, sign_in
from service.session.sign_out import sign_out
from service.store import Transaction
from service.store.keys import key_row, sign_in_row

router = APIRouter(prefix="/session", tags=["session"])


@router.post(
    "",
    operation_id="sign_in",
    summary="Sign in",
    status_code=201,
    response_model=SessionInfo,
    responses=problems(INVALID_INPUT, NOT_JSON),
)
def open_session(request: Request, sent: SignIn) -> Response:
    """Sign in with a key; the answer sets the cookie that the browser sends from then on.

    Scripts in the page cannot read the cookie (`HttpOnly`), other sites' pages cannot send it (`SameSite=Strict`), and
    it travels encrypted only (`Secure`), except to this machine itself. It holds `PAIGONG_SESSION_H` hours. Sent again
    it opens another session: there is no `Idempotency-Key`, as the answer would have to be kept with the cookie.
    """
    backend, rates = backend_of(request), rates_of(request)
    key, hours, now = sent.key.get_secret_value(), backend.settings.session_h, backend.now()
    with backend.store.read() as tx:  # whoever has no valid key does not get as far as writing
        caller = caller_of(tx, bearer=key, session=None, now=now)
    if caller is not None:
        request.state.caller = caller
        rates.count_request(caller.key_id)
        trace_id = request.state.trace_id
        opened = backend.store.write(lambda tx: sign_in(tx, key, hours=hours, trace_id=trace_id, now=now))
        if opened is not None:
            return _opened(request, opened, now)
    rates.count_wrong_key(address_of(request.scope))
    raise Problem(UNAUTHENTICATED, "The key is not valid.")


@router.get(
    "", operation_id="get_session", summary="Say who one is", response_model=SessionInfo, responses=problems()
)
def get_session(call: Knocks, request: Request) -> Response:
    """Say who one is: role, rights, branches, and until when."""
    cookie = request.cookies.get(COOKIE)
    return json_response(
        session_info(
            call.caller, call.read(lambda tx: _ends(tx, call.caller.key_id, cookie, call.caller.by_session))
        )
    )


@router.delete(
    "",
    operation_id="sign_out",
    summary="Sign out",
    status_code=204,
    response_class=Response,
    responses=problems(),
)
def close_session(call: Leaves, request: Request) -> Response:
    """Sign out: the session ends and the cookie is taken back."""
    cookie = request.cookies.get(COOKIE) if call.caller.by_session else None
    return call.write(lambda tx: sign_out(tx, call.caller, cookie))


def _opened(request: Request, opened: SignedIn, now: datetime) -> Response:
    seconds = int((opened.expires_at - now).total_seconds())
    cookie = f"{COOKIE}={opened.cookie}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"
    if request.url.scheme != "http" or not is_loopback(request.url.hostname or ""):
        cookie += "; Secure"
    info = session_info(opened.caller, opened.expires_at)
    return json_response(info, status=201, headers={"Set-Cookie": cookie})


def _ends(tx: Transaction, key_id: str, cookie: str | None, by_session: bool) -> datetime | None:
    if by_session and cookie is not None:
        session = sign_in_row(tx, secret_hash(cookie))
        return None if session is None else session.expires_at
    key = key_row(tx, key_id)
    return None if key is None else key.expires_at
