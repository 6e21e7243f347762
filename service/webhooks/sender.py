"""Sends the messages that wait, from a thread of its own; several servers share the work.

A message is leased before it is sent and its outcome stored after; a server that dies in between loses nothing: the
message is due again when the lease ends, and may then be sent twice. Its ``webhook-id`` tells the receiver so.
"""

import asyncio
import json
import logging
import threading
from datetime import datetime, timedelta
from typing import Final

from service.backend import Backend
from service.mistakes import log_mistake, places
from service.store import Transaction
from service.store.database import StoreBusy
from service.store.tables import Delivery, Webhook
from service.store.webhooks import any_due, lease_due, store_outcome
from service.webhooks.post import SECONDS, Outcome, Resolve, post, resolve
from service.webhooks.signature import signature_headers

FIRST_PAUSE: Final = timedelta(seconds=10)
"""So long after the first try the second follows; each further pause is four times as long."""

LONGEST_PAUSE: Final = timedelta(hours=1)
"""No pause is longer."""

_LEASE: Final = timedelta(seconds=6 * SECONDS)
_AT_ONCE: Final = 16
_LOOK_S: Final = 1.0


class Sender:
    """Sends messages until it is told to stop.

    Parameters
    ----------
    backend : where they wait, and the settings
    resolved : looks names up
    """

    def __init__(self, backend: Backend, resolved: Resolve = resolve) -> None:
        self._backend = backend
        self._resolved = resolved
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send, in the background."""
        # httpx notes every address it calls, and a receiver's address may hold a secret.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._ended.clear()
        self._thread = threading.Thread(target=self._run, name="paigong-webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; what is being sent is finished first, which takes a few seconds at most."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(SECONDS + _LOOK_S)
            self._thread = None

    def send_due(self, runner: asyncio.Runner) -> int:
        """Send what is due now, and return how many messages that were.

        Parameters
        ----------
        runner : what the connections run in
        """
        now, store = self._backend.now(), self._backend.store
        with store.read() as tx:
            if not any_due(tx, now):
                return 0
        leased = store.write(lambda tx: lease_due(tx, now, now + _LEASE, _AT_ONCE))
        outcomes = runner.run(self._send_all(leased))
        now = self._backend.now()
        store.write(lambda tx: self._keep(tx, outcomes, now))
        return len(leased)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            while not self._ended.is_set():
                if not self._looked(runner):
                    self._ended.wait(_LOOK_S)

    def _looked(self, runner: asyncio.Runner) -> int:
        try:
            return self.send_due(runner)
        except StoreBusy:
            return 0
        except Exception as error:  # noqa: BLE001 # a mistake with one message must not silence all others
            log_mistake(type(error).__name__, places(error), work="webhooks")
            return 0

    async def _send_all(self, leased: list[tuple[Delivery, Webhook]]) -> list[tuple[Delivery, Outcome]]:
        sent = await asyncio.gather(*(self._send(row, webhook) for row, webhook in leased))
        return [(row, outcome) for (row, _), outcome in zip(leased, sent, strict=True)]

    async def _send(self, row: Delivery, webhook: Webhook) -> Outcome:
        body = json.dumps(row.message, ensure_ascii=False, separators=(",", ":")).encode()
        seconds = int(self._backend.now().timestamp())
        headers = signature_headers(webhook.secret, row.delivery_id, seconds, body)
        allowed = self._backend.settings.webhook_hosts
        return await post(webhook.url, body, headers, allowed=allowed, resolved=self._resolved)

    def _keep(self, tx: Transaction, outcomes: list[tuple[Delivery, Outcome]], now: datetime) -> None:
        for row, outcome in outcomes:
            is_last = row.tries >= self._backend.settings.webhook_tries
            state = "delivered" if outcome.taken else "given_up" if is_last else "waiting"
            next_at = now + pause(row.tries)
            store_outcome(
                tx, row.delivery_id, row.tries, state=state, next_at=next_at, said=outcome.said[:200]
            )


def pause(tries: int) -> timedelta:
    """Return how long after a try the next one follows.

    Parameters
    ----------
    tries : how often it was tried, from 1
    """
    times: int = 4 ** min(tries - 1, 5)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE)
