"""A request that was let in: who calls, and how it reads from and writes to the store.

An operation asks for one right by the kind of call it takes: ``Reads``, ``Plans``, ``Approves`` and so on.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final, TypeVar, cast

from fastapi import Header, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from starlette.requests import Request
from starlette.responses import Response

from service.access.keys import caller_of, is_open
from service.backend import Backend
from service.caller import LOCAL, Caller
from service.door.answer import JSON, Answer
from service.door.loopback import is_loopback
from service.door.problem import Problem
from service.door.problem_kinds import FORBIDDEN, KEY_REUSED, UNAUTHENTICATED
from service.door.rates import Rates, address_of
from service.roles import Right
from service.store import Transaction
from service.store.audit import add_audit_entry
from service.store.kept_answers import keep_answer, kept_answer
from service.store.tables import AuditEntry, KeptAnswer

T = TypeVar("T")

COOKIE = "paigong_session"
"""Name of the cookie of a browser that has signed in."""

_OURS: Final = 500
"""From this status on a mistake is ours, and the same request may be answered better later."""
_FORWARDED: Final = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})

_bearer = HTTPBearer(auto_error=False, scheme_name="ApiKey", description="`Authorization: Bearer pgk_…`")
_cookie = APIKeyCookie(
    name=COOKIE, auto_error=False, scheme_name="Session", description="Set by `POST /session`; for browsers."
)


@dataclass(frozen=True)
class Call:
    """A request that only looks.

    Parameters
    ----------
    backend : what stands behind the HTTP
    caller : who calls
    trace_id : names the request in the log
    """

    backend: Backend
    caller: Caller
    trace_id: str

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Return what some work reads from one state of the store."""
        with self.backend.store.read() as tx:
            return work(tx)


@dataclass(frozen=True)
class ListenCall(Call):
    """A request whose answer goes on for long; who was let in at its beginning may not be any more.

    Parameters
    ----------
    who : finds out anew who calls
    """

    who: Callable[[Transaction], Caller | None]

    def is_still_let_in(self, tx: Transaction) -> bool:
        """Tell whether the caller would be let in now with the same rights: keys are withdrawn, sessions end."""
        return self.who(tx) == self.caller


@dataclass(frozen=True)
class WriteCall(Call):
    """A request that changes something.

    Parameters
    ----------
    action : what it does, for the audit log: the operation's id
    idempotency_key : the header of that name; none: not sent
    request_sha256 : fingerprint of method, address and body
    """

    action: str = ""
    idempotency_key: str | None = None
    request_sha256: str = ""

    def write(self, work: Callable[[Transaction], Answer]) -> Response:
        """Do the work, its entry in the audit log and its kept answer in one transaction, and answer.

        A request with a key that was answered before is answered the same again, and nothing is done.

        Parameters
        ----------
        work : may be called more than once; what it raises undoes everything

        Raises
        ------
        Problem
            The key belongs to another request.
        """
        return self.backend.store.write(lambda tx: self._write(tx, work))

    def compute(self, work: Callable[[], Response]) -> Response:
        """Answer with what is worked out at once and changes nothing; a repeated request is answered the same again.

        Parameters
        ----------
        work : works it out, outside of any transaction

        Raises
        ------
        Problem
            The key belongs to another request.
        """
        if (again := self.answered()) is not None:
            return again
        response = work()
        if self.idempotency_key is None or response.status_code >= _OURS:
            return response
        return self.backend.store.write(lambda tx: self._first(tx, response))

    def _first(self, tx: Transaction, response: Response) -> Response:
        """Keep an answer, unless the same request was answered meanwhile: then that answer is given."""
        kept = kept_answer(tx, self.caller.key_id, str(self.idempotency_key))
        if kept is not None:
            return self._again(kept)
        self._keep(tx, response.status_code, {}, bytes(response.body))
        return response

    def _keep(self, tx: Transaction, status: int, headers: dict[str, str], body: bytes) -> None:
        if self.idempotency_key is not None:
            keep = KeptAnswer(
                key_id=self.caller.key_id,
                idempotency_key=self.idempotency_key,
                request_sha256=self.request_sha256,
                status=status,
                headers=headers,
                body=body,
                made_at=self.backend.now(),
            )
            keep_answer(tx, keep)

    def answered(self) -> Response | None:
        """Return the kept answer to this very request, or none; for work that begins before its transaction.

        Raises
        ------
        Problem
            The key belongs to another request.
        """
        key = self.idempotency_key
        if key is None:
            return None
        with self.backend.store.read() as tx:
            kept = kept_answer(tx, self.caller.key_id, key)
        return None if kept is None else self._again(kept)

    def _write(self, tx: Transaction, work: Callable[[Transaction], Answer]) -> Response:
        kept = (
            None
            if self.idempotency_key is None
            else kept_answer(tx, self.caller.key_id, self.idempotency_key)
        )
        if kept is not None:
            return self._again(kept)
        answer = work(tx)
        headers = dict(answer.headers)
        entry = AuditEntry(
            at=self.backend.now(),
            key_id=self.caller.key_id,
            action=self.action,
            about=answer.about,
            detail=dict(answer.detail),
            trace_id=self.trace_id,
        )
        add_audit_entry(tx, entry)
        self._keep(tx, answer.status, headers, answer.kept_body())
        return _response(answer.body(), answer.status, headers)

    def _again(self, kept: KeptAnswer) -> Response:
        if kept.request_sha256 != self.request_sha256:
            raise Problem(KEY_REUSED)
        return _response(kept.body, kept.status, {**kept.headers, "Idempotency-Replayed": "true"})


def _response(body: bytes, status: int, headers: dict[str, str]) -> Response:
    return Response(body, status, headers, JSON if body else None)


def caller_let_in(
    request: Request,
    rights: SecurityScopes,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)] = None,
    session: Annotated[str | None, Security(_cookie)] = None,
) -> Caller:
    """Return who calls, if they may do what the operation asks for.

    Raises
    ------
    Problem
        Nobody is signed in, or the role does not have the right.
    """
    backend, rates = backend_of(request), rates_of(request)
    request.state.who = who = partial(_who, request, None if bearer is None else bearer.credentials, session)
    with backend.store.read() as tx:
        caller = who(tx)
    if caller is None:
        if bearer is not None:
            rates.count_wrong_key(address_of(request.scope))
        raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
    request.state.caller = caller
    rates.count_request(caller.key_id)
    for right in cast(list[Right], rights.scopes):
        if not caller.may(right):
            raise Problem(
                FORBIDDEN, f"This needs the right {right!r}; the role {caller.role!r} does not have it."
            )
    return caller


def _who(request: Request, key: str | None, session: str | None, tx: Transaction) -> Caller | None:
    """Return who calls, or none: nobody who is let in."""
    caller = caller_of(tx, bearer=key, session=session, now=backend_of(request).now())
    return LOCAL if caller is None and _is_this_machine(request) and is_open(tx) else caller


def backend_of(request: Request) -> Backend:
    """Return what stands behind the HTTP."""
    return cast(Backend, request.app.state.backend)


def rates_of(request: Request) -> Rates:
    """Return the counts of who called how often."""
    return cast(Rates, request.app.state.rates)


def _is_this_machine(request: Request) -> bool:
    """Tell whether a program of this machine calls; a proxy here that speaks for others does not count as one."""
    client = request.client
    return client is not None and is_loopback(client.host) and _FORWARDED.isdisjoint(request.headers)


def read_call(request: Request, caller: Annotated[Caller, Security(caller_let_in)]) -> Call:
    """Return the request as one that only looks."""
    return Call(backend_of(request), caller, request.state.trace_id)


def listen_call(request: Request, caller: Annotated[Caller, Security(caller_let_in)]) -> ListenCall:
    """Return the request as one that is answered for long."""
    return ListenCall(backend_of(request), caller, request.state.trace_id, request.state.who)


def write_call(
    request: Request,
    caller: Annotated[Caller, Security(caller_let_in)],
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=255,
            description="Any text that is new for each new request. Sent again with the same request, the first "
            "answer is given again and nothing is done twice.",
        ),
    ] = None,
) -> WriteCall:
    """Return the request as one that changes something."""
    parts = (request.method, request.url.path, request.url.query, request.headers.get("content-type", ""))
    sha256 = hashlib.sha256("\n".join(parts).encode() + b"\n" + request.state.body).hexdigest()
    action = str(getattr(request.scope.get("route"), "operation_id", "") or "")
    call = WriteCall(backend_of(request), caller, request.state.trace_id, action, idempotency_key, sha256)
    request.state.write_call = call  # for `door.errors`: a refusal may come too late
    return call


Knocks = Annotated[Call, Security(read_call, scopes=[])]
"""Asks who one is: anybody who is let in."""
Leaves = Annotated[WriteCall, Security(write_call, scopes=[])]
"""Signs out: anybody who is let in."""
Reads = Annotated[Call, Security(read_call, scopes=["read"])]
"""Looks at what is not personal."""
Listens = Annotated[ListenCall, Security(listen_call, scopes=["read"])]
"""Is told what is not personal, for as long as something happens."""
ReadsOwnOrders = Annotated[Call, Security(read_call, scopes=["own_orders"])]
"""Looks at dispatch orders: a technician at their own."""
ReadsPersonal = Annotated[Call, Security(read_call, scopes=["read", "personal"])]
"""Looks at customers' data."""
ReadsRecords = Annotated[Call, Security(read_call, scopes=["administer"])]
"""Looks at keys, webhooks and the record of who did what."""
Asks = Annotated[WriteCall, Security(write_call, scopes=["read"])]
"""Has something computed at once; changes nothing."""
ReportsOwn = Annotated[WriteCall, Security(write_call, scopes=["own_orders"])]
"""Reports what has happened: a technician to the own jobs."""
AsksPersonal = Annotated[WriteCall, Security(write_call, scopes=["read", "personal"])]
"""Has something computed at once that names customers; changes nothing."""
Plans = Annotated[WriteCall, Security(write_call, scopes=["plan"])]
"""Changes scenarios, runs, boards."""
Approves = Annotated[WriteCall, Security(write_call, scopes=["approve"])]
"""Says yes to a day."""
Administers = Annotated[WriteCall, Security(write_call, scopes=["administer"])]
"""Makes keys and webhooks."""
