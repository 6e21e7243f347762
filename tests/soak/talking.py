"""A client as it should be: it asks again when nobody answers, with the same Idempotency-Key."""

import time
from types import TracebackType
from typing import Any, Final, Self

import httpx

from tests.soak.serving import PATIENCE_S, Serving

LATER: Final = (429, 503)
"""Answers after which one asks again."""
FINAL: Final = ("finished", "cancelled", "failed")
"""States in which a run has ended."""


class Talking:
    """Talks with a service that may be dead at times; one for each thread.

    Parameters
    ----------
    service : whom to talk with
    """

    def __init__(self, service: Serving) -> None:
        self._service = service
        self._http = httpx.Client(timeout=30)
        self.asked_again = 0
        """How often nobody answered, or was to be asked later."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def ask(self, method: str, path: str, *, key: str = "", match: str = "", **more: Any) -> httpx.Response:
        """Ask until there is an answer.

        Parameters
        ----------
        method, path : what to ask
        key : the Idempotency-Key; empty: none
        match : the header If-Match; empty: none
        more : the body, as httpx takes it
        """
        sent = {"Idempotency-Key": key, "If-Match": match, "Content-Type": "application/json"}
        headers = {name: value for name, value in sent.items() if value}
        until_s = time.monotonic() + PATIENCE_S
        while True:
            answer = self._once(method, path, headers, more)
            if answer is not None and answer.status_code not in LATER:
                assert answer.status_code < 500, answer.text
                return answer
            self.asked_again += 1
            assert time.monotonic() < until_s, f"nobody answers {method} {path}"
            time.sleep(0.1)

    def _once(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> httpx.Response | None:
        url = self._service.url
        if not url:
            return None
        try:
            return self._http.request(method, url + path, headers=headers, **more)
        except httpx.TransportError:
            return None

    def told(self, status: int, method: str, path: str, **more: Any) -> Any:
        """Ask, expect a status, and return what was answered."""
        answer = self.ask(method, path, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def upload(self, content: str, key: str = "") -> str:
        """Upload a scenario and return its id."""
        scenario_id: str = self.told(201, "POST", "/scenarios", content=content, key=key)["scenario_id"]
        return scenario_id

    def run(self, scenario_id: str, *, key: str = "", seed: int = 0, **limits: float) -> str:
        """Ask for a run and return its id."""
        asked = {"scenario_id": scenario_id, "seed": seed, "limits": limits}
        run_id: str = self.told(202, "POST", "/runs", json=asked, key=key)["run_id"]
        return run_id

    def ended(self, run_id: str, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        """Wait until a run has ended and return what is said of it."""
        until_s = time.monotonic() + patience_s
        while True:
            said: dict[str, Any] = self.told(200, "GET", f"/runs/{run_id}")
            if said["state"] in FINAL:
                return said
            assert time.monotonic() < until_s, f"the run does not end: {said}"
            time.sleep(0.1)
