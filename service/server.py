"""Opens the store, binds the address and serves until it is told to stop."""

import gc
import socket
from contextlib import ExitStack
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
from service.store.opening import open_store
from service.studies.keeper import StudyKeeper
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
        The store, the cluster or the address cannot be used, or the address is not loopback although there is no key
        yet.
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
    executor = open_executor(settings)  # what is wrong with the settings is said before any address is
    listener = _bound(settings)
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"Paigong listens on {address} (documentation: {address}/docs)", flush=True)
    if without_keys:
        print("There is no key yet: whoever uses this machine may do everything.", flush=True)
    # Before runs, which nobody waits for at the other end of a line, and behind the service itself.
    studio = Studio(settings.studio, nice=settings.worker_nice // 2)
    studio.open()
    backend = Backend(settings, store, studio, executor)
    at_work: list[AtWork] = [Keeper(backend, executor), Sender(backend), Watch(backend), Housekeeper(backend)]
    if settings.study_workers != 0:
        at_work.append(StudyKeeper(backend))
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
    # What is here now stays: looking through it again and again for garbage would stop everybody for a moment.
    gc.collect()
    gc.freeze()
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


def _bound(settings: Settings) -> socket.socket:
    # Closed again where the address cannot be had.
    with ExitStack() as stack:
        try:
            family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
            # Named, not left to the system: asyncio sends at once (TCP_NODELAY) only where a socket says it is TCP's,
            # and an answer in two packets else waits 40 ms for the client's acknowledgement of the first.
            listener = stack.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise _refused(
                f"Nothing can listen on {settings.host}, port {settings.port}: {error.strerror or error}.",
                "Choose another address or port with --host and --port.",
            ) from None
        stack.pop_all()
    return listener


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-address", "address", cause, action),))
