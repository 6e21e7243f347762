"""Opens the store, binds the address and serves until it is told to stop."""

import socket
from functools import partial
from types import FrameType
from typing import Final

import uvicorn

from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from service.access.keys import is_open
from service.app import AtWork, create_app
from service.backend import Backend
from service.boards.watch import Watch
from service.demo import Demo
from service.door.loopback import is_loopback
from service.executor.opening import open_executor
from service.housekeeper import Housekeeper
from service.log import set_up_log
from service.runs.keeper import Keeper
from service.store import Store, StoreBusy
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studio import Studio
from service.webhooks.sender import Sender

_SHUTDOWN_S: Final = 10


def serve_forever(settings: Settings, *, demo: bool = False) -> None:
    """Serve until a signal ends it.

    Parameters
    ----------
    settings : what the operator decided
    demo : fill it with the scenarios that come with the program, one of them planned and published

    Raises
    ------
    InvalidInput
        The address cannot be used, or is not loopback although there is no key yet.
    """
    set_up_log(settings.log)
    store = open_store(settings)
    with store.read() as tx:
        without_keys = is_open(tx)
    if without_keys and not is_loopback(settings.host):
        raise _refused(
            f"Without a key the service listens on loopback only, not on {settings.host}: anybody could do anything.",
            "Make a key with `paigong keys add`, or leave PAIGONG_HOST at 127.0.0.1.",
        )
    listener = _bound(settings)
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"Paigong listens on {address} (documentation: {address}/docs)", flush=True)
    if without_keys:
        print("There is no key yet: whoever uses this machine may do everything.", flush=True)
    # Before runs, which nobody waits for at the other end of a line, and behind the service itself.
    backend = Backend(settings, store, Studio(settings.studio, nice=settings.worker_nice // 2))
    backend.studio.open()
    keeper = Keeper(backend, open_executor(settings))
    at_work: list[AtWork] = [keeper, Sender(backend), Watch(backend), Housekeeper(backend)]
    if demo:
        at_work.append(Demo(backend, address, partial(print, flush=True)))
    config = uvicorn.Config(
        create_app(backend, at_work),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who connects is who calls: what proxies say, anybody can write
        timeout_graceful_shutdown=_SHUTDOWN_S,
    )
    _Server(config, backend).run([listener])


class _Server(uvicorn.Server):
    """Ends open streams before it waits for them."""

    def __init__(self, config: uvicorn.Config, backend: Backend) -> None:
        super().__init__(config)
        self._backend = backend

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end when a signal comes."""
        self._backend.closing.set()
        super().handle_exit(sig, frame)


def open_store(settings: Settings) -> Store:
    """Return the store, its tables in their newest form.

    Parameters
    ----------
    settings : what the operator decided

    Raises
    ------
    InvalidInput
        The data folder cannot be used, the database does not answer, or its tables have a form that this program
        does not know.
    """
    url = settings.database_url
    try:
        store = Store(sqlite_url(settings.data_folder()) if url is None else url.get_secret_value())
        upgrade(store)
    except OSError as error:
        cause = f"The data folder {str(settings.data_folder())!r} cannot be used: {error.strerror or error}."
        raise InvalidInput((Issue("bad-folder", "PAIGONG_DATA", cause, "Name another one."),)) from None
    except StoreBusy:
        cause = "The database does not answer, or does not let this program in."
        action = "See whether it runs, and whether name and password are right."
        raise InvalidInput((Issue("no-database", "PAIGONG_DATABASE_URL", cause, action),)) from None
    return store


def _bound(settings: Settings) -> socket.socket:
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        # Named, not left to the system: asyncio sends at once (TCP_NODELAY) only where a socket says it is TCP's, and
        # an answer in two packets else waits 40 ms for the client's acknowledgement of the first.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        raise _refused(
            f"Nothing can listen on {settings.host}, port {settings.port}: {error.strerror or error}.",
            "Choose another address or port with --host and --port.",
        ) from None
    return listener


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-address", "", cause, action),))
