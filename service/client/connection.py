"""Sends a client's requests, and sends them again where that is safe."""

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from uuid import uuid4

import httpx
from pydantic import BaseModel

from service.client.problem import problem_of

R = TypeVar("R", bound=BaseModel)

JSON: Final = "application/json"
_AGAIN: Final = frozenset({429, 503})
_LONGEST_PAUSE_S: Final = 5.0


class Connection:
    """Speaks HTTP with one service.

    Every change carries an ``Idempotency-Key``, so the service does it once however often it is sent.

    Parameters
    ----------
    address : the service, e.g. ``http://127.0.0.1:8470``
    key : API key; none: a service on this machine that has no key yet
    patience_s : seconds for which a request is sent again when the service is busy or out of reach
    timeout_s : seconds to wait for an answer; the service gives up computing one after PAIGONG_ANSWER_S
    transport : how requests are carried; none: over the network
    """

    def __init__(
        self,
        address: str,
        key: str | None,
        *,
        patience_s: float,
        timeout_s: float,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self.patience_s = patience_s
        # The environment's proxies and passwords are not for a service that was named.
        self._http = httpx.Client(
            base_url=address, headers=headers, timeout=timeout_s, transport=transport, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def get(self, path: str, record: type[R], **params: object) -> R:
        """Return what the service says at an address.

        Parameters
        ----------
        path : the address
        record : what is answered
        params : the query; what is none is left out
        """
        return record.model_validate_json(self.send("GET", path, params=params).content)

    def content(self, path: str, **params: object) -> bytes:
        """Return a file that the service makes.

        Parameters
        ----------
        path : the address
        params : the query; what is none is left out
        """
        return self.send("GET", path, params=params).content

    def change(
        self,
        method: str,
        path: str,
        record: type[R],
        body: BaseModel | None = None,
        *,
        version: int | None = None,
    ) -> R:
        """Send a change and return what the service says of it.

        Parameters
        ----------
        method : POST, PUT or PATCH
        path : the address
        record : what is answered
        body : what is sent; none: nothing
        version : version of the object that the change was decided on; none: it asks for none
        """
        content = None if body is None else body.model_dump_json(exclude_unset=True).encode()
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        answer = self.send(method, path, content=content, headers=headers)
        return record.model_validate_json(answer.content)

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        content: bytes | None = None,
        kind: str = JSON,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request until it is answered or patience ends.

        Parameters
        ----------
        method : HTTP method
        path : the address
        params : the query; what is none is left out
        content : the body
        kind : the body's Content-Type
        headers : further headers

        Raises
        ------
        ServiceProblem
            The service refuses it, or is busy for too long.
        httpx.TransportError
            The service was out of reach for too long.
        """
        sent = dict(headers or {})
        if method != "GET":
            sent["Idempotency-Key"] = str(uuid4())
        if content is not None:
            sent["Content-Type"] = kind
        request = self._http.build_request(
            method, path, params=_said(params or {}), content=content, headers=sent
        )
        patience = Patience(self.patience_s)
        while True:
            try:
                answer = self._http.send(request)
            except httpx.UnsupportedProtocol:  # the address is wrong, and stays so
                raise
            except httpx.TransportError:
                if not patience.wait():
                    raise
                continue
            if answer.status_code in _AGAIN and patience.wait(answer.headers.get("Retry-After")):
                continue
            if answer.is_error:
                raise problem_of(answer)
            return answer

    @contextmanager
    def stream(self, path: str, headers: Mapping[str, str], quiet_s: float) -> Iterator[httpx.Response]:
        """Open a stream of events.

        Parameters
        ----------
        path : the address
        headers : further headers
        quiet_s : a stream that says nothing for so many seconds counts as broken

        Raises
        ------
        ServiceProblem
            The service refuses it.
        """
        timeout = httpx.Timeout(self._http.timeout.connect, read=quiet_s)
        with self._http.stream("GET", path, headers=headers, timeout=timeout) as answer:
            if answer.is_error:
                answer.read()
                raise problem_of(answer)
            yield answer


class Patience:
    """Waits between tries, for a bounded time altogether.

    Parameters
    ----------
    seconds : altogether
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._tries = 0

    def wait(self, retry_after: str | None = None) -> bool:
        """Wait for the next try; false at once where the patience does not reach that far.

        Parameters
        ----------
        retry_after : seconds that the service asks to wait; none: it does not say
        """
        pause = min(_LONGEST_PAUSE_S, 0.2 * 2.0**self._tries) * random.uniform(0.5, 1)
        if retry_after is not None and retry_after.isdecimal():
            pause = float(retry_after)
        self._tries += 1
        if time.monotonic() + pause > self._until:
            return False
        time.sleep(pause)
        return True


def _said(params: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in params.items()
        if value is not None
    }
